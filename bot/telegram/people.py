"""`/users` in Telegram: who may ask; and invitations, given and followed."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from telegram import InlineKeyboardMarkup
from telegram.error import TelegramError

from bot.access import Standing
from bot.admin.invitations import PREFIX as JOIN
from bot.admin.people import Everybody, People, Person
from bot.admin.rendering import AdminRenderer, sign_of
from bot.store.invitations import Redeemed
from bot.store.members import Asker, Member
from bot.store.readers import Readers
from bot.styled import Styled, isolated
from bot.telegram.desk import Button, Desk, is_private, keyboard_of, label_of, page_row
from bot.telegram.routes import Heard, Notice, Press, Routes, data_of
from rag.answers.markup import inert
from rag.text.hidden import visible_line
from rag.text.language import DEFAULT

PAGE: Final = 8
"""People on a page."""
LONGEST_ID: Final = 17
"""Characters of Telegram's numbers for people and chats."""
_PREFIX: Final = "users"


class PeopleDesk:
    """Lets admins decide about people, and guests in."""

    def __init__(self, desk: Desk, people: People, readers: Readers) -> None:
        self._desk, self._people, self._readers = desk, people, readers

    def register(self, routes: Routes) -> None:
        """Has the command, its buttons and the links of invitations handled here."""
        routes.command("users", self._show)
        routes.button(_PREFIX, self._press, for_admins=True)
        routes.deep_link(JOIN, self._accept)

    async def _show(self, heard: Heard) -> None:
        words = AdminRenderer(heard.language)
        if not is_private(heard):
            await self._desk.reply(heard, words("in-private"))
        elif heard.argument:
            id_ = _number(heard.argument)
            if id_ is None:
                await self._desk.reply(heard, words("users-usage"))
            else:
                await self._desk.reply(heard, *await self._person(words, id_, 1))
        else:
            await self._desk.reply(heard, *await self._everybody(words, 1))

    async def _press(self, press: Press) -> Notice | None:
        words = AdminRenderer(press.language)
        wish, _, rest = press.data.partition(":")
        match wish:
            case "invite":
                await self._invite(press, words)
                return None
            case "withdraw":
                count = await self._people.withdraw(press.asker)
                return self._desk.replace(
                    press,
                    *await self._everybody(words, 1),
                    notice=words("invitation-withdrawn", count=count),
                )
            case "list":
                shown = await self._everybody(words, _number(rest) or 1)
                return self._desk.replace(press, *shown)
        id_, _, page = rest.partition(":")
        return await self._decide(press, words, wish, int(id_), _number(page) or 1)

    async def _decide(
        self, press: Press, words: AdminRenderer, wish: str, id_: int, page: int
    ) -> Notice:
        notice = ""
        if wish != "see":
            person = await self._people.person(id_)
            if person.is_admin:
                return Notice(words("person-admin"), alert=True)
            if wish == "drop":
                await self._people.drop(press.asker, id_)
            else:
                name = await self._name_of(id_)
                await self._people.decide(press.asker, id_, Standing(wish), name)
            notice = words("done")
        return self._desk.replace(press, *await self._person(words, id_, page), notice=notice)

    async def _name_of(self, id_: int) -> str:
        """What Telegram calls somebody; empty where it does not tell."""
        with suppress(TelegramError):
            chat = await self._desk.outbox.bot.get_chat(id_)
            return chat.effective_name or ""
        return ""

    # What is shown

    async def _everybody(
        self, words: AdminRenderer, number: int
    ) -> tuple[Styled, InlineKeyboardMarkup | None]:
        everybody = await self._people.everybody()
        everyone: list[Member | Asker] = [*everybody.members, *everybody.askers]
        pages = max(1, -(-len(everyone) // PAGE))
        number = min(max(1, number), pages)
        shown = everyone[(number - 1) * PAGE : number * PAGE]
        text = words.everybody(everybody, shown)
        return text, _list_keyboard(words, everybody, shown, number, pages)

    async def _person(
        self, words: AdminRenderer, id_: int, page: int
    ) -> tuple[Styled, InlineKeyboardMarkup | None]:
        person = await self._people.person(id_)
        return words.person(person), _person_keyboard(words, person, page)

    # Invitations

    async def _invite(self, press: Press, words: AdminRenderer) -> None:
        invitation = await self._people.invite(press.asker, press.language)
        link = invitation.link(self._desk.outbox.bot.username)
        text = words.invitation(link, invitation.expires)
        # To the admin alone, and as a message of its own, which can be passed on.
        await self._desk.outbox.send(press.asker, text, press.language)

    async def _accept(self, heard: Heard) -> None:
        words, guest = AdminRenderer(heard.language), heard.told.from_user
        if guest is None or not is_private(heard):
            await self._desk.reply(heard, words("in-private"))
            return
        accepted = await self._people.accept(heard.argument, guest.id, guest.full_name)
        if accepted.outcome is Redeemed.BLOCKED:
            await self._desk.reply(heard, words("private", id=str(guest.id)))
            return
        text = words(f"invitation-{accepted.outcome}")
        if accepted.outcome is Redeemed.WELCOME:
            text = f"{text}\n\n{words('start')}"
        await self._desk.reply(heard, text)
        if accepted.inviter is not None:
            await self._tell(accepted.inviter, guest.full_name, accepted.language or DEFAULT)

    async def _tell(self, inviter: int, guest: str, spoken: str) -> None:
        """Tells an admin that an invitation was followed, in the language they have chosen.

        Where they have chosen none, in the one in which they were spoken to.
        """
        language = await asyncio.to_thread(self._readers.language, inviter) or spoken
        name = inert(visible_line(guest))
        with suppress(TelegramError):
            text = Styled(AdminRenderer(language)("invitation-followed", name=name))
            await self._desk.outbox.send(inviter, text, language)


def _list_keyboard(
    words: AdminRenderer,
    everybody: Everybody,
    shown: Sequence[Member | Asker],
    number: int,
    pages: int,
) -> InlineKeyboardMarkup | None:
    people = [
        (
            label_of(f"{sign_of(one)} {_called(one)}"),
            data_of(_PREFIX, "see", one.id, number),
        )
        for one in shown
    ]
    turning = page_row(
        words.language,
        data_of(_PREFIX, "list", number - 1) if number > 1 else None,
        data_of(_PREFIX, "list", number + 1) if number < pages else None,
    )
    invite = (words("user-invite"), data_of(_PREFIX, "invite"))
    withdraw = [(words("user-withdraw"), data_of(_PREFIX, "withdraw"))]
    rows = [people[at : at + 2] for at in range(0, len(people), 2)]
    return keyboard_of([*rows, turning, [invite], withdraw if everybody.invitations else []])


def _person_keyboard(
    words: AdminRenderer, person: Person, page: int
) -> InlineKeyboardMarkup | None:
    back = (words("back"), data_of(_PREFIX, "list", page))
    if person.is_admin:
        return keyboard_of([[back]])
    standing = person.member.standing if person.member else None
    row = list[Button]()
    if standing is not Standing.ALLOWED:
        row.append((words("user-allow"), data_of(_PREFIX, "allowed", person.id, page)))
    if standing is not Standing.BLOCKED:
        row.append((words("user-block"), data_of(_PREFIX, "blocked", person.id, page)))
    if standing:
        row.append((words("user-drop"), data_of(_PREFIX, "drop", person.id, page)))
    return keyboard_of([row, [back]])


def _called(one: Member | Asker) -> str:
    name = visible_line(one.name) if isinstance(one, Member) else ""
    return isolated(name or str(one.id))


def _number(text: str) -> int | None:
    """The number that a text is, in the digits of any of our languages; None where it is none."""
    plain = text.strip().replace("\u2212", "-")
    try:
        return int(plain) if len(plain) <= LONGEST_ID and "_" not in plain else None
    except ValueError:
        return None
