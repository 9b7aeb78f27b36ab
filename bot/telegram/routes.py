"""Who handles what in Telegram alone: commands, presses of buttons, documents sent to the bot.

    routes.command("status", status)            # /status; who may is told by bot.commands
    routes.button("users", turn_page)           # callback data "users:…"
    routes.document(add_document)
    routes.deep_link("join", accept)            # /start join_…

The handlers are methods of objects that hold what they need: the outbox, the conversation. What is
not registered here goes to the conversation. Access has been checked by then: whoever may not ask
gets a refusal instead, and so does who is no admin where it takes one. Deep links alone come before
the check: an invitation is for somebody who may not ask yet.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from telegram import CallbackQuery, Message

from bot import message as talk

LONGEST_DATA: Final = 64
"""Bytes of callback data."""
LONGEST_NOTICE: Final = 200
"""Characters at the top of the screen after a button was pressed."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that is meant for the bot."""

    told: Message
    """As Telegram has it."""
    message: talk.Message
    """As the conversation has it."""
    argument: str
    """What follows the command, or the whole text where there is none."""
    language: str
    """Of the interface's words for this asker."""


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed."""

    query: CallbackQuery
    data: str
    """The callback data behind the prefix and its colon."""
    message: talk.Message
    """Who pressed it, and where."""
    language: str

    @property
    def asker(self) -> int:
        """Who pressed it."""
        return self.message.asker


@dataclass(frozen=True, slots=True)
class Notice:
    """What the presser of a button is told at the top of the screen, or to be closed."""

    text: str = ""
    alert: bool = False
    then: Callable[[], Awaitable[None]] | None = None
    """What is done once they have been told, such as sending a message, which may take a while."""

    @property
    def shown(self) -> str | None:
        """The text as it fits there: cut, where it has to be, at a space; None for none."""
        if len(self.text) <= LONGEST_NOTICE:
            return self.text or None
        return self.text[: LONGEST_NOTICE - 2].rpartition(" ")[0] + " …"


OnCommand = Callable[[Heard], Awaitable[None]]
OnPress = Callable[[Press], Awaitable[Notice | None]]
"""The query is answered by the caller: with the notice, or without a word."""
OnDocument = Callable[[Heard], Awaitable[bool]]
"""False where the message is not its business after all."""


@dataclass(frozen=True, slots=True)
class PressRoute:
    """Who handles the presses of a kind of button."""

    on_press: OnPress
    for_admins: bool


class Routes:
    """The handlers of commands, of buttons by the prefix of their data, of links and documents."""

    def __init__(self) -> None:
        self.commands: dict[str, OnCommand] = {}
        self.buttons: dict[str, PressRoute] = {}
        self.links: dict[str, OnCommand] = {}
        self.on_document: OnDocument | None = None

    def command(self, name: str, on_command: OnCommand) -> None:
        """Has a command of `bot.commands` handled here instead of by the conversation."""
        self.commands[name] = on_command

    def button(self, prefix: str, on_press: OnPress, *, for_admins: bool = False) -> None:
        """Has the buttons whose data begins with `prefix` and a colon handled here."""
        if prefix in self.buttons:
            raise ValueError(f"the prefix {prefix} is taken")
        self.buttons[prefix] = PressRoute(on_press, for_admins)

    def deep_link(self, prefix: str, on_start: OnCommand) -> None:
        """Has `/start prefix_…` handled here; the message's argument is what follows `prefix_`."""
        self.links[prefix] = on_start

    def document(self, on_document: OnDocument) -> None:
        """Has the documents that admins send handled here."""
        self.on_document = on_document

    def link_of(self, parameter: str) -> tuple[OnCommand | None, str]:
        """Who handles `/start parameter`, None where nobody does, and what follows the prefix."""
        prefix, _, rest = parameter.partition("_")
        return self.links.get(prefix), rest

    def route_of(self, data: str) -> tuple[PressRoute | None, str]:
        """Who handles a press, None where nobody does, and the data behind the prefix."""
        prefix, _, rest = data.partition(":")
        return self.buttons.get(prefix), rest


def data_of(prefix: str, *parts: str | int) -> str:
    """Callback data: `prefix:part:part`. ValueError where it is too long for Telegram.

    >>> data_of("show", "0123456789abcdef", 2, 0)
    'show:0123456789abcdef:2:0'
    """
    data = ":".join([prefix, *map(str, parts)])
    if len(data.encode()) > LONGEST_DATA:
        raise ValueError(f"too long for callback data: {data}")
    return data
