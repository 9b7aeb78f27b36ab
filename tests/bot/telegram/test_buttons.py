"""Buttons: what they carry, and where they stand for those who read from right to left."""

from dataclasses import replace

import pytest
from telegram import InlineKeyboardMarkup

from bot.reply import Choice
from bot.telegram.buttons import (
    answer_id_in,
    below_answer,
    below_evidence,
    below_guest_answer,
    below_offer,
)
from bot.telegram.routes import data_of
from rag.answers.reverification import State
from tests.bot.doubles import answered, cited
from tests.bot.test_rendering import opened

LONGEST_ID = "0123456789abcdef"
ANSWER = answered(id=LONGEST_ID, citations=tuple(cited(n=n) for n in range(1, 8)))


def labels(keyboard: InlineKeyboardMarkup | None) -> list[list[str]]:
    return [[one.text for one in row] for row in keyboard.inline_keyboard] if keyboard else []


def data(keyboard: InlineKeyboardMarkup) -> list[str]:
    return [str(one.callback_data) for row in keyboard.inline_keyboard for one in row]


def test_the_first_citation_is_where_the_reader_begins() -> None:
    assert labels(below_answer(ANSWER, "en"))[0] == ["[1]", "[2]", "[3]", "[4]", "[5]"]
    assert labels(below_answer(ANSWER, "ar"))[:2] == [
        ["[5]", "[4]", "[3]", "[2]", "[1]"],
        ["[7]", "[6]"],
    ]
    assert labels(below_answer(answered(citations=()), "ar")) == [["👍", "👎"]]


def test_every_citation_has_a_button_as_far_as_telegram_takes_them() -> None:
    def buttons(citations: int) -> list[str]:
        answer = answered(citations=tuple(cited(n=n) for n in range(1, citations + 1)))
        return [label for row in labels(below_answer(answer, "en")) for label in row]

    assert buttons(98) == [*(f"[{n}]" for n in range(1, 99)), "👍", "👎"]
    assert buttons(120) == buttons(98)


def test_what_comes_next_is_where_the_reader_goes_on() -> None:
    evidence = opened(has_next=True)
    assert labels(below_evidence(evidence, "en"))[0] == ["Previous", "Next"]
    assert labels(below_evidence(evidence, "fa"))[0] == ["بعدی", "قبلی"]
    assert labels(below_evidence(opened(state=State.GONE, has_previous=False), "en")) == [
        ["Bad citation"]
    ]


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_all_that_buttons_carry_fits(language: str) -> None:
    evidence = replace(opened(has_next=True), answer_id=LONGEST_ID, n=999, step=-999)
    for one in data(below_answer(ANSWER, language)) + data(below_evidence(evidence, language)):
        assert len(one.encode()) <= 64
    with pytest.raises(ValueError, match="too long"):
        data_of("say", "ك" * 32)


def test_the_answer_is_known_by_its_buttons() -> None:
    guest = below_guest_answer(ANSWER, "ar", "isnad_test_bot")
    for keyboard in (below_answer(ANSWER, "ar"), below_evidence(opened(), "ar"), guest):
        assert answer_id_in(keyboard) in (LONGEST_ID, "a1")
    assert answer_id_in(below_offer((Choice("فارسی", "/language fa"),))) is None
    assert answer_id_in(None) is None
    assert below_guest_answer(answered(citations=()), "ar", "x") is None
    assert below_offer(()) is None
