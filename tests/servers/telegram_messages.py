"""What passes between a bot and its chats: requests, messages, drafts and queries."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tests.waiting import PATIENCE

from .telegram_refusals import Object
from .telegram_rich import plain
from .telegram_texts import utf16

if TYPE_CHECKING:
    from .bot_api import BotApiServer
    from .telegram_people import Person

MARKS = re.compile(r"(?<!\S)(?:(/\w{1,64}(?:@\w+)?)|@\w{3,32})", re.ASCII)
MEDIA = ("photo", "voice", "sticker", "document")


@dataclass(eq=False)
class Request:
    """One request of the bot and what came of it; `time` is `time.monotonic()`."""

    time: float
    method: str
    parameters: Object
    outcome: str = ""  # "ok", the words of a refusal, "cut before" or "cut after"; empty: under way
    result: object = None  # what acting on it gave, also where the bot never learnt of it

    @property
    def accepted(self) -> bool:
        """Whether it was acted upon, be it that the receipt never came."""
        return self.outcome in ("ok", "cut after")


class Draft(NamedTuple):
    """What the bot shows in a private chat while it writes."""

    time: float
    id: int
    text: str
    entities: list[Object]
    can_stop: bool
    keep_on_stop: bool
    topic: int | None = None


@dataclass(eq=False)
class Message:
    """A message as its chat shows it now; `history` is what it was before each edit."""

    object: Object
    by_bot: bool = False
    author: "Person | None" = None
    inline_id: str = ""  # of a message that the bot sent through somebody's inline query
    history: list[Object] = field(default_factory=list)
    reactions: list[str] = field(default_factory=list)
    seen: int = -1  # how many edits it had when `wait_for` passed it

    @property
    def id(self) -> int:
        return int(self.object["message_id"])

    @property
    def text(self) -> str:
        rich = self.object.get("rich_message", {"blocks": []})
        words = plain(rich["blocks"]).strip()
        return str(self.object.get("text", self.object.get("caption", words)))

    @property
    def entities(self) -> list[Object]:
        marks: list[Object] | None = self.object.get("entities")
        return marks or self.object.get("caption_entities", [])

    @property
    def buttons(self) -> list[Object]:
        rows = self.object.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    @property
    def topic(self) -> int | None:
        """The forum topic it stands in."""
        return self.object.get("message_thread_id") if "is_topic_message" in self.object else None

    @property
    def sender(self) -> str:
        """The name above it."""
        shown = self.object.get("sender_chat") or self.object.get("from") or self.object["chat"]
        return str(shown.get("title", shown.get("first_name")))


@dataclass(frozen=True, eq=False)
class Query:
    """Something that the bot has to answer once: a press, an inline query or a guest's mention."""

    server: "BotApiServer"
    id: str
    kind: str  # of its update
    person: "Person"
    content: Object

    @property
    def answer(self) -> Object | None:
        """The bot's answer, or None as long as there is none."""
        return self.server.answers[self.id]

    @property
    def text(self) -> str | None:
        """The words a press was answered with, which may be none; None: not answered."""
        return None if self.answer is None else str(self.answer.get("text", ""))

    @property
    def alert(self) -> bool:
        """Whether the words have to be closed by hand."""
        return bool(self.answer and self.answer.get("show_alert"))

    def wait_for_answer(self, timeout: float = PATIENCE) -> Object:
        """The bot's answer, as soon as there is one."""
        with self.server.changed:
            if not self.server.changed.wait_for(lambda: self.answer is not None, timeout):
                raise TimeoutError(f"no answer to a {self.kind} within {timeout} s")
        assert self.answer is not None
        return self.answer


def marked(text: str) -> list[Object]:
    """The commands and mentions of a text, as entities."""
    return [
        {
            "type": "bot_command" if found[1] else "mention",
            "offset": utf16(text[: found.start()]),
            "length": utf16(found[0]),
        }
        for found in MARKS.finditer(text)
    ]
