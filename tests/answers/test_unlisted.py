"""Which words may name somebody in scripts that have no capitals."""

import pytest

from rag.answers.unlisted import is_doubtful, is_of_place, may_name
from rag.text.folding import fold


@pytest.mark.parametrize("word", "سليماني لافروف كورساكوف".split())
def test_a_word_on_no_list_may_be_a_name_in_arabic(word: str) -> None:
    assert may_name(fold(word), "ar") and is_doubtful(fold(word), "ar")


@pytest.mark.parametrize("word", "سلیمانی لاوروف".split())
def test_a_word_on_no_list_may_be_a_name_in_persian(word: str) -> None:
    assert may_name(fold(word), "fa") and is_doubtful(fold(word), "fa")


@pytest.mark.parametrize(
    "word", "المدرسة كتابها دمشق وزير تعاون استخدام يومين القادم كتب يكتب تحدث".split()
)
def test_what_is_a_word_or_a_place_is_no_name_in_arabic(word: str) -> None:
    assert not may_name(fold(word), "ar")


@pytest.mark.parametrize("word", "کتابها پنجروزه دوجانبه رفتند صلحجویانه".split())
def test_what_is_the_form_of_a_word_is_no_name_in_persian(word: str) -> None:
    assert not may_name(fold(word), "fa")


@pytest.mark.parametrize("word", "زنگنه تاجزاده".split())
def test_a_name_that_ends_as_the_form_of_a_word_does_is_not_doubted(word: str) -> None:
    assert may_name(fold(word), "fa") and not is_doubtful(fold(word), "fa")


@pytest.mark.parametrize(
    ("word", "place"),
    [("دمشق", True), ("الدمشق", True), ("اليابان", True), ("تهران", True), ("وزير", False)],
)
def test_the_names_of_places_are_known(word: str, place: bool) -> None:
    assert is_of_place(fold(word)) is place
