"""Invitations by deep link: what the link says, and what is kept of it. Pure but for the dice."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Final

from bot.store import DAY

LASTS: Final = 7 * DAY
"""Seconds in which an invitation may be followed."""
_PREFIX: Final = "i-"
_PAYLOAD: Final = re.compile(r"i-([A-Za-z0-9_-]{22})")


@dataclass(frozen=True, slots=True)
class Invitation:
    """A new invitation. Whoever has its payload is invited: it is shown once, and never logged."""

    payload: str
    """What `/start` is followed by."""
    hash: str
    """What is kept of it."""

    def __repr__(self) -> str:
        return "Invitation(…)"

    def link(self, bot: str) -> str:
        """The address that begins a chat with the bot of this user name."""
        return f"https://t.me/{bot}?start={self.payload}"


def new_invitation() -> Invitation:
    """An invitation of 128 random bits."""
    token = secrets.token_urlsafe(16)
    return Invitation(f"{_PREFIX}{token}", _hash(token))


def hash_of(payload: str) -> str | None:
    """What is kept of an invitation with this payload; None where it is none."""
    match = _PAYLOAD.fullmatch(payload)
    return _hash(match[1]) if match else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
