"""Who may ask, who may administer, and how much."""

from dataclasses import dataclass
from typing import Final, Self

from rag.settings import Settings

TERMINAL: Final = 0
"""The chat and the asker of the terminal; Telegram gives nobody this id."""


@dataclass(frozen=True, slots=True)
class Access:
    """The rules for one front end."""

    admins: frozenset[int]
    allowed: frozenset[int]
    """User and chat ids; empty: everyone."""
    questions_per_hour: int
    """Per asker; 0: no limit."""
    tokens_per_day: int
    """Of the model, all askers together; 0: no limit."""

    @classmethod
    def for_telegram(cls, settings: Settings) -> Self:
        """The rules that the settings give."""
        return cls(
            admins=settings.telegram_admin_ids,
            allowed=settings.telegram_allowed_ids,
            questions_per_hour=settings.questions_per_hour,
            tokens_per_day=settings.tokens_per_day,
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
        """Whether this asker may ask in this chat."""
        return not self.allowed or bool({chat, asker} & self.allowed) or self.is_admin(asker)

    def is_admin(self, asker: int) -> bool:
        """Whether this asker may use the admin commands."""
        return asker in self.admins
