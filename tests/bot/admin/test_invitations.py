"""What an invitation says, and what is kept of it."""

import re

from bot.admin.invitations import hash_of, new_invitation


def test_a_link_holds_what_telegram_takes_and_the_hash_is_found_again() -> None:
    one, other = new_invitation(), new_invitation()
    link = one.link("isnad_test_bot")
    assert re.fullmatch(r"https://t\.me/isnad_test_bot\?start=[A-Za-z0-9_-]{1,64}", link)
    assert hash_of(one.payload) == one.hash != other.hash
    assert one.payload[2:] not in one.hash
    assert one.payload not in repr(one)


def test_what_is_no_invitation_has_no_hash() -> None:
    payload = new_invitation().payload
    for other in ("", "i-", payload[:-1], payload + "a", payload[2:], payload.replace("i-", "j-")):
        assert hash_of(other) is None
