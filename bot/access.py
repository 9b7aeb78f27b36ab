"""Who may ask, who may administer, and how much."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Self

from rag.settings import Settings

TERMINAL: Final = 0
"""The chat and the asker of the terminal; Telegram gives nobody this id."""


_SHARES: Final = 4
"""Of a day's tokens, where the settings do not say what one asker may have."""


class Standing(StrEnum):
    """What admins have decided about somebody; it comes before what the settings say."""

    ALLOWED = "allowed"
    BLOCKED = "blocked"


class Membership:
    """What admins have decided, by user and chat id: a copy of the database's table in memory.

    Every question asks it, so it costs no access to the database; `bot.upkeep` renews it.
    """

    def __init__(self) -> None:
        self._standings: Mapping[int, Standing] = {}
        self._begun = self._renewed = 0
        self._lock = threading.Lock()

    def begin(self) -> int:
        """A number for a reading of the database that begins now. From any thread."""
        with self._lock:
            self._begun += 1
            return self._begun

    def renew(self, standings: Mapping[int, Standing], begun: int) -> None:
        """Takes over what a reading has found, unless one that began later was taken over."""
        with self._lock:
            if begun >= self._renewed:
                self._standings, self._renewed = dict(standings), begun

    def standing(self, member: int) -> Standing | None:
        """What was decided about a user or a chat; None where nothing was."""
        return self._standings.get(member)


@dataclass(frozen=True, slots=True)
class Access:
    """The rules for one front end: those of the settings, and what admins have decided since."""

    admins: frozenset[int]
    allowed: frozenset[int]
    """User and chat ids; empty: everyone."""
    questions_per_hour: int
    """Per asker; 0: no limit."""
    tokens_per_day: int
    """Of the model, all askers together; 0: no limit."""
    members: Membership = field(default_factory=Membership, compare=False)
    questions_per_hour_in_all: int = 0
    """All askers together; 0: no limit."""
    tokens_per_day_each: int = 0
    """Of the day's tokens, those that one asker may have; 0: as many as all."""

    @classmethod
    def for_telegram(cls, settings: Settings) -> Self:
        """The rules that the settings give."""
        return cls(
            admins=settings.telegram_admin_ids,
            allowed=settings.telegram_allowed_ids,
            questions_per_hour=settings.questions_per_hour,
            tokens_per_day=settings.tokens_per_day,
            questions_per_hour_in_all=settings.questions_per_hour_in_all,
            tokens_per_day_each=_share(settings),
        )

    @classmethod
    def for_terminal(cls, settings: Settings) -> Self:
        """Whoever sits at the terminal is the owner; only the model's tokens are counted."""
        owner = frozenset({TERMINAL})
        return cls(owner, owner, questions_per_hour=0, tokens_per_day=settings.tokens_per_day)

    @property
    def open_to_everyone(self) -> bool:
        """Whether strangers may ask."""
        return not self.allowed

    def may_ask(self, chat: int, asker: int) -> bool:
        """Whether this asker may ask in this chat. Blocked is blocked, whatever else is allowed."""
        if self.is_admin(asker):
            return True
        decided = {self.members.standing(chat), self.members.standing(asker)}
        if Standing.BLOCKED in decided:
            return False
        listed = bool({chat, asker} & self.allowed)
        return self.open_to_everyone or listed or Standing.ALLOWED in decided

    def is_admin(self, asker: int) -> bool:
        """Whether this asker may use the admin commands."""
        return asker in self.admins


def _share(settings: Settings) -> int:
    """The tokens of a day that one asker may have; where nothing is said, some are left to others.

    No share is smaller than one token, so that whoever comes first is answered once.
    """
    each = settings.tokens_per_day_each
    return settings.tokens_per_day // _SHARES or 1 if each is None else each
