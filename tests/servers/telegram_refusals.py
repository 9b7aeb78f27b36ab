"""How the server says no, in Telegram's own words, and what else a request is made of."""

from dataclasses import dataclass
from typing import Any

Object = dict[str, Any]


class Refusal(Exception):
    """An answer that is not ok: error code, description, and what the bot can do about it."""

    def __init__(
        self,
        code: int,
        description: str,
        retry_after: int | None = None,
        migrate_to_chat_id: int | None = None,
    ) -> None:
        super().__init__(description)
        self.code, self.description, self.retry_after = code, description, retry_after
        hints = {"retry_after": retry_after, "migrate_to_chat_id": migrate_to_chat_id}
        self.parameters = {name: value for name, value in hints.items() if value is not None}

    @property
    def answer(self) -> Object:
        """The JSON of the answer."""
        answer: Object = {"ok": False, "error_code": self.code, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(words: str) -> Refusal:
    """A refusal because of what the request says."""
    return Refusal(400, f"Bad Request: {words}")


def too_many_requests(seconds: int) -> Refusal:
    """A refusal because of how often the bot asks."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", seconds)


@dataclass(frozen=True)
class Upload:
    """A file that came as a part of a multipart request, or that a person sent."""

    name: str
    content: bytes
    mime_type: str = "application/octet-stream"


def filled(content: Object) -> Object:
    """Without the empty fields, which Telegram leaves out of its objects."""
    return {name: value for name, value in content.items() if value not in (None, "", [], {})}
