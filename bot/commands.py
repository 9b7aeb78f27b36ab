"""The commands: what they are called, who may use them, and which of them need not wait."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Command:
    """A command; what it does is described by the words `command-<name>`."""

    name: str
    for_admins: bool = False
    overtakes: bool = False
    """Whether it waits for nothing. Others wait for commands before them, but for no answer."""
    only_in_telegram: bool = False
    in_menus: bool = True
    """Whether Telegram's menus show it; what a button does better, they do not."""


COMMANDS: Final = (
    Command("ask"),
    Command("help"),
    Command("sources"),
    Command("new", overtakes=True),
    Command("stop", overtakes=True, only_in_telegram=True),
    Command("language", overtakes=True),
    Command("forget", overtakes=True),
    Command("show", in_menus=False),
    Command("good", in_menus=False),
    Command("bad", in_menus=False),
    Command("reindex", for_admins=True, overtakes=True),
    Command("status", for_admins=True, overtakes=True),
    Command("users", for_admins=True, overtakes=True, only_in_telegram=True),
    Command("remove", for_admins=True, overtakes=True, only_in_telegram=True),
)
"""In the order in which menus show them."""

OVERTAKING: Final = frozenset(command.name for command in COMMANDS if command.overtakes)
ONLY_IN_TELEGRAM: Final = frozenset(one.name for one in COMMANDS if one.only_in_telegram)
FOR_ADMINS: Final = tuple(command.name for command in COMMANDS if command.for_admins)
FOR_GROUPS: Final = tuple(
    command.name for command in COMMANDS if command.in_menus and not command.for_admins
)
"""In the menu of a group."""
FOR_EVERYONE: Final = tuple(name for name in FOR_GROUPS if name != "ask")
"""In the menu of a private chat, where a question needs no command."""
