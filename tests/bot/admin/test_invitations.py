"""What an invitation says, and what is kept of it."""

import re

from bot.admin.invitations import LASTS, hash_of, new_invitation


def test_a_link_holds_what_telegram_takes_and_the_hash_is_found_again() -> None:
    one, other = new_invitation(5.0), new_invitation(5.0)
    link = one.link("isnad_test_bot")
    assert re.fullmatch(r"https://t\.me/isnad_test_bot\?start=join_[A-Za-z0-9_-]{1,59}", link)
    assert hash_of(one.token) == one.hash != other.hash
    assert one.token not in one.hash
    assert one.token not in repr(one)
    assert one.expires == 5 + LASTS


def test_what_is_no_invitation_has_no_hash() -> None:
    token = new_invitation(0).token
    for other in ("", token[:-1], token + "a", token[:-1] + " ", token[:-1] + "\n"):
        assert hash_of(other) is None
