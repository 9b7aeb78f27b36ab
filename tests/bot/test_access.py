"""Who may ask."""

import pytest

from bot.access import Access, Membership, Standing
from tests.library import settings_of

ADMIN, LISTED, GUEST, STRANGER = 1, 2, 3, 4
GROUP = -100


def access(allowed: set[int], **standings: Standing) -> Access:
    members = Membership()
    decided = {int(name.strip("_")): standing for name, standing in standings.items()}
    members.renew(decided, members.begin())
    return Access(frozenset({ADMIN}), frozenset(allowed), 0, 0, members)


@pytest.mark.parametrize("asker", [ADMIN, LISTED, GUEST])
def test_listed_people_guests_and_admins_may_ask(asker: int) -> None:
    rules = access({LISTED}, _3=Standing.ALLOWED)
    assert rules.may_ask(asker, asker)
    assert not rules.may_ask(STRANGER, STRANGER)


def test_everyone_may_ask_an_open_bot_but_who_is_blocked() -> None:
    rules = access(set(), _4=Standing.BLOCKED)
    assert rules.may_ask(GUEST, GUEST)
    assert not rules.may_ask(STRANGER, STRANGER)
    assert not rules.may_ask(GROUP, STRANGER)


def test_blocked_is_blocked_even_where_the_settings_allow_it() -> None:
    rules = access({LISTED, GROUP}, _2=Standing.BLOCKED, _1=Standing.BLOCKED)
    assert not rules.may_ask(LISTED, LISTED)
    assert not rules.may_ask(GROUP, LISTED)
    assert rules.may_ask(GROUP, STRANGER)
    assert rules.may_ask(ADMIN, ADMIN)


def test_a_group_that_was_let_in_may_ask() -> None:
    members = Membership()
    members.renew({GROUP: Standing.ALLOWED}, members.begin())
    rules = Access(frozenset(), frozenset({LISTED}), 0, 0, members)
    assert rules.may_ask(GROUP, STRANGER)
    assert not rules.may_ask(STRANGER, STRANGER)


def test_the_settings_give_the_rules() -> None:
    settings = settings_of(telegram_admin_ids="1", telegram_allowed_ids="2,-100")
    rules = Access.for_telegram(settings)
    assert rules.is_admin(ADMIN)
    assert rules.may_ask(GROUP, STRANGER)
    assert not rules.open_to_everyone
    assert Access.for_terminal(settings).is_admin(0)


def test_a_reading_that_began_earlier_does_not_undo_a_later_one() -> None:
    members = Membership()
    earlier, later = members.begin(), members.begin()
    members.renew({GUEST: Standing.BLOCKED}, later)
    members.renew({}, earlier)
    assert members.standing(GUEST) is Standing.BLOCKED
    members.renew({}, members.begin())
    assert members.standing(GUEST) is None
