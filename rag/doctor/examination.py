"""An examination: what is found, and what servers said meanwhile."""

import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any, Final

from rag.settings import Settings

_TIMEOUT: Final = 10
_LONGEST_BODY: Final = 4 * 2**20


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found. `ok` is None where there was nothing to check."""

    part: str
    ok: bool | None
    says: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a request; `status` is 0 where the server cannot be reached."""

    status: int
    body: Any = None
    """Of JSON; None where it is none."""


@dataclass(slots=True)
class Examination:
    """One run of the doctor."""

    settings: Settings
    skews: dict[str, float] = field(default_factory=dict)
    """By how many seconds the clocks of the servers that were asked are ahead of ours."""

    def ask(
        self, server: str, address: str, key: str = "", body: dict[str, Any] | None = None
    ) -> Answered:
        """What a server answers; it is named `server` where its clock is compared.

        Nothing of `address` is shown anywhere: it may hold a token.
        """
        headers = {"Content-Type": "application/json"} | (
            {"Authorization": f"Bearer {key}"} if key else {}
        )
        content = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(address, data=content, headers=headers)  # noqa: S310
        try:
            with urllib.request.urlopen(asked, timeout=_TIMEOUT) as response:  # noqa: S310
                self._compare(server, response.headers.get("Date"))
                return Answered(int(response.status), _json(response.read(_LONGEST_BODY)))
        except urllib.error.HTTPError as error:
            with error:
                self._compare(server, error.headers.get("Date"))
                return Answered(error.code)
        except (OSError, ValueError):
            return Answered(0)

    def _compare(self, server: str, date: str | None) -> None:
        try:
            self.note_time(server, parsedate_to_datetime(date or "").timestamp())
        except ValueError:
            return

    def note_time(self, server: str, seconds: float) -> None:
        """A server says that it is so many seconds since 1970."""
        self.skews[server] = seconds - time.time()


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None
