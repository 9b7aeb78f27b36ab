"""Members, invitations, the journal of admins and the counts of days, in the database."""

import threading

import pytest

from bot.access import Standing
from bot.store import Database, Place, Store
from bot.store.figures import FigureStore
from bot.store.invitations import Invitations, Redeemed
from bot.store.journal import Action, Entry, Journal
from bot.store.members import Asker, Member, Members
from rag.knowledge_base import Turn

NOW = 1_800_000_000.0
SARA = Member(7, "Sara", Standing.ALLOWED, admin=1, at=NOW)


@pytest.fixture
def members(database: Database) -> Members:
    return Members(database)


@pytest.fixture
def invitations(database: Database) -> Invitations:
    return Invitations(database)


def test_a_decision_takes_the_place_of_the_one_before(members: Members) -> None:
    members.put(SARA)
    members.put(Member(7, "", Standing.BLOCKED, admin=2, at=NOW + 1))
    members.put(Member(-100, "الغرفة", Standing.ALLOWED, admin=1, at=NOW))
    assert members.find(7) == Member(7, "Sara", Standing.BLOCKED, admin=2, at=NOW + 1)
    assert [member.id for member in members.all()] == [7, -100]
    assert members.standings() == {7: Standing.BLOCKED, -100: Standing.ALLOWED}
    assert members.drop(7)
    assert not members.drop(7)
    assert members.find(7) is None


def test_who_has_asked_last_comes_first(database: Database, members: Members) -> None:
    store = Store(database)
    for asker, at in ((7, NOW), (8, NOW + 5), (7, NOW + 9), (9, NOW + 1), (0, NOW + 10)):
        thread = store.thread(Place(asker, 0), 6)
        store.remember(thread, asker, Turn("؟", "جواب", ()), at)
    assert members.askers(2) == [Asker(7, 2, NOW + 9), Asker(8, 1, NOW + 5)]
    assert members.asker(9) == Asker(9, 1, NOW + 1)
    assert members.asker(99) is None


def test_an_invitation_lets_one_person_in_once(invitations: Invitations, members: Members) -> None:
    invitations.add("h", admin=1, expires=NOW + 10, language="en")
    assert invitations.open(NOW) == 1
    assert invitations.redeem("h", 7, "Sara", NOW) is Redeemed.WELCOME
    assert members.find(7) == SARA
    assert invitations.open(NOW) == 0
    assert invitations.redeem("h", 7, "Sara", NOW + 99) is Redeemed.WELCOME
    assert invitations.redeem("h", 8, "Ali", NOW) is Redeemed.USED
    assert members.find(8) is None
    members.drop(7)
    assert invitations.redeem("h", 7, "Sara", NOW) is Redeemed.USED


def test_an_invitation_ends(invitations: Invitations) -> None:
    invitations.add("h", admin=1, expires=NOW, language="en")
    assert invitations.redeem("h", 7, "Sara", NOW) is Redeemed.EXPIRED
    assert invitations.redeem("other", 7, "Sara", NOW) is Redeemed.UNKNOWN
    invitations.add("late", admin=1, expires=NOW + 10, language="en")
    assert invitations.withdraw() == 2
    assert invitations.redeem("late", 7, "Sara", NOW) is Redeemed.UNKNOWN


def test_old_invitations_are_deleted(invitations: Invitations) -> None:
    invitations.add("old", admin=1, expires=NOW - 1, language="en")
    invitations.add("new", admin=1, expires=NOW + 1, language="en")
    invitations.expire(NOW)
    assert invitations.redeem("old", 7, "", NOW) is Redeemed.UNKNOWN
    assert invitations.open(NOW) == 1


def test_whoever_is_blocked_cannot_come_back_by_an_invitation(
    invitations: Invitations, members: Members
) -> None:
    members.put(Member(7, "", Standing.BLOCKED, admin=1, at=NOW))
    invitations.add("h", admin=1, expires=NOW + 10, language="en")
    assert invitations.redeem("h", 7, "Sara", NOW) is Redeemed.BLOCKED
    assert invitations.redeem("h", 8, "Ali", NOW) is Redeemed.WELCOME


def test_of_many_who_follow_one_invitation_at_once_one_is_welcome(
    invitations: Invitations,
) -> None:
    invitations.add("h", admin=1, expires=NOW + 10, language="en")
    outcomes: list[Redeemed] = []
    guests = [
        threading.Thread(
            target=lambda id_=id_: outcomes.append(invitations.redeem("h", id_, "", NOW))
        )
        for id_ in range(2, 12)
    ]
    for guest in guests:
        guest.start()
    for guest in guests:
        guest.join()
    assert sorted(outcomes) == [Redeemed.USED] * 9 + [Redeemed.WELCOME]


def test_the_journal_tells_the_latest_first(database: Database) -> None:
    journal = Journal(database)
    first = Entry(NOW, 1, Action.REMOVE, {"file": "تقرير.txt"})
    second = Entry(NOW + 1, 1, Action.REINDEX, {"added": 3})
    journal.write(first)
    journal.write(second)
    assert journal.latest(5) == [second, first]
    assert journal.latest(1) == [second]
    assert journal.expire(NOW + 1) == 1
    assert journal.latest(5) == [second]


def test_counts_of_a_day_add_up(database: Database) -> None:
    figures = FigureStore(database)
    figures.add(5, {"questions": 2, "errors": 1})
    figures.add(5, {"questions": 3})
    figures.add(6, {"questions": 1})
    assert figures.since(5) == {5: {"questions": 5, "errors": 1}, 6: {"questions": 1}}
    assert figures.since(6) == {6: {"questions": 1}}
    figures.expire(6)
    assert figures.since(0) == {6: {"questions": 1}}
