"""Who is let in, and who is not: what admins decide, and the invitations they give."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.access import Access, Standing
from bot.admin.invitations import Invitation, hash_of, new_invitation
from bot.admin.recorder import Recorder
from bot.store import Database
from bot.store.invitations import Invitations, Redeemed
from bot.store.journal import Action
from bot.store.members import Asker, Member, Members


@dataclass(frozen=True, slots=True)
class Person:
    """A user or a chat as an admin looks at it."""

    id: int
    member: Member | None
    """What was decided about it."""
    asker: Asker | None
    """What it has asked."""
    is_admin: bool
    may_ask: bool


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of an invitation, and the admin who gave it, where it has let somebody in."""

    outcome: Redeemed
    inviter: int | None = None
    language: str | None = None
    """In which the inviter was spoken to then."""


@dataclass(frozen=True, slots=True)
class Everybody:
    """The people that the bot knows of."""

    members: tuple[Member, ...]
    askers: tuple[Asker, ...]
    """Who has asked last, of those about whom nothing was decided."""
    invitations: int
    """How many can still be followed."""
    open_to_everyone: bool


_ASKERS = 20


class People:
    """Lets people in and shuts them out; what is decided holds at once."""

    def __init__(
        self,
        database: Database,
        access: Access,
        recorder: Recorder,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._members, self._invitations = Members(database), Invitations(database)
        self._access, self._recorder = access, recorder
        self._clock = clock

    async def everybody(self) -> Everybody:
        """Members, recent askers and open invitations."""

        def look() -> tuple[list[Member], list[Asker], int]:
            return (
                self._members.all(),
                self._members.askers(_ASKERS),
                self._invitations.open(self._clock()),
            )

        members, askers, invitations = await asyncio.to_thread(look)
        decided = {member.id for member in members}
        others = (one for one in askers if one.id not in decided)
        return Everybody(tuple(members), tuple(others), invitations, self._access.open_to_everyone)

    async def person(self, id_: int) -> Person:
        """What is known of somebody."""
        member = await asyncio.to_thread(self._members.find, id_)
        asker = await asyncio.to_thread(self._members.asker, id_)
        may_ask = self._access.may_ask(id_, id_)
        return Person(id_, member, asker, self._access.is_admin(id_), may_ask)

    async def decide(self, admin: int, id_: int, standing: Standing, name: str = "") -> None:
        """Lets somebody in or shuts them out. ValueError for an admin: the settings name those."""
        if self._access.is_admin(id_):
            raise ValueError("admins are named in the settings")
        member = Member(id_, name, standing, admin, self._clock())
        await asyncio.to_thread(self._members.put, member)
        await self.renew()
        action = Action.ALLOW if standing is Standing.ALLOWED else Action.BLOCK
        await self._recorder.record(admin, action, member=id_)

    async def drop(self, admin: int, id_: int) -> None:
        """Takes a decision back: for this person the settings hold again."""
        if await asyncio.to_thread(self._members.drop, id_):
            await self._recorder.record(admin, Action.DROP, member=id_)
        await self.renew()

    async def invite(self, admin: int, language: str) -> Invitation:
        """A new invitation; the admin is spoken to in this language."""
        invitation = new_invitation(self._clock())
        await asyncio.to_thread(
            self._invitations.add, invitation.hash, admin, invitation.expires, language
        )
        await self._recorder.record(admin, Action.INVITE)
        return invitation

    async def withdraw(self, admin: int) -> int:
        """Makes all invitations that nobody has followed useless; how many."""
        count = await asyncio.to_thread(self._invitations.withdraw)
        await self._recorder.record(admin, Action.WITHDRAW, invitations=count)
        return count

    async def accept(self, token: str, guest: int, name: str) -> Accepted:
        """What becomes of an invitation that somebody follows.

        Whoever may ask anyway is welcome, and the invitation is left for another.
        """
        if self._access.may_ask(guest, guest):
            return Accepted(Redeemed.WELCOME)
        hash_ = hash_of(token)
        if hash_ is None:
            return Accepted(Redeemed.UNKNOWN)
        outcome = await asyncio.to_thread(
            self._invitations.redeem, hash_, guest, name, self._clock()
        )
        await self.renew()
        member = await asyncio.to_thread(self._members.find, guest)
        if outcome is not Redeemed.WELCOME or member is None:
            return Accepted(outcome)
        await self._recorder.record(member.admin, Action.JOIN, member=guest)
        language = await asyncio.to_thread(self._invitations.language, hash_)
        return Accepted(outcome, member.admin, language)

    async def renew(self) -> None:
        """Has what was decided, here or by another process, hold in this one."""
        await asyncio.to_thread(self.renew_now)

    def renew_now(self) -> None:
        """The same. Blocks."""
        begun = self._access.members.begin()
        self._access.members.renew(self._members.standings(), begun)
