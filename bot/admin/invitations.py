"""Invitations by deep link: what the link says, and what is kept of it. Pure but for the dice."""

import hashlib
import re
import secrets
from dataclasses import dataclass, field
from typing import Final

from bot.store import DAY

LASTS: Final = 7 * DAY
"""Seconds in which an invitation may be followed."""
PREFIX: Final = "join"
"""What the deep link begins with, before an underscore and the token."""
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True, slots=True)
class Invitation:
    """A new invitation. Whoever has its token is invited: it is shown once, and never logged."""

    token: str = field(repr=False)
    expires: float
    """Seconds since 1970."""

    @property
    def hash(self) -> str:
        """What is kept of it."""
        return _hash(self.token)

    def link(self, bot: str) -> str:
        """The address that begins a chat with the bot of this user name."""
        return f"https://t.me/{bot}?start={PREFIX}_{self.token}"


def new_invitation(now: float) -> Invitation:
    """An invitation of 128 random bits."""
    return Invitation(secrets.token_urlsafe(16), now + LASTS)


def hash_of(token: str) -> str | None:
    """What is kept of the invitation with this token; None where none could have it."""
    return _hash(token) if _TOKEN.fullmatch(token) else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
