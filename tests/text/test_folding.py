import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rag.text.folding import (
    find_folded,
    fold,
    fold_with_offsets,
    folded_words,
    word_spans,
    words_of,
    words_of_lines,
)
from tests.text.writing import (
    ARABIC_LETTERS,
    DIGIT_FAMILIES,
    INVISIBLE,
    PERSIAN_LETTERS,
    PRESENTATION_FORMS,
    TATWEEL,
    VOWEL_MARKS,
    arabic_words,
    in_digits,
    texts,
    thorough,
)

texts_and_spans = texts.flatmap(
    lambda text: st.tuples(
        st.just(text),
        st.lists(st.integers(0, len(fold(text))), min_size=2, max_size=2).map(sorted),
    )
)


def expands(text: str) -> bool:
    """Whether a character of `text` folds to more than one, as ﷺ and ½ do."""
    return any(len(fold(character)) > 1 for character in text)


@pytest.mark.parametrize(
    "spellings",
    [
        ["أحمد", "احمد", "اَحْمَد", "ٱحمد"],
        ["إيران", "ايران", "ایران", "إيـــران"],
        ["آسيا", "اسيا", "آسیا"],
        ["موسى", "موسي", "موسی"],
        ["مدرسة", "مدرسه", "مَدْرَسَةٌ"],
        ["كراتشي", "کراتشی", "ﻛﺮﺍﺗﺸﻲ"],
        ["مسؤول", "مسوول"],
        ["رئيس", "رييس", "رئیس"],
        ["وزراء", "وزرا"],
        ["حتماً", "حتمًا", "حتما"],
        ["خانهٔ", "خانۀ", "خانه"],
        ["الله", "ﷲ", "اللّٰه"],
        ["سلام", "ﺳﻼﻡ", "سـلام", "سَلَام"],
        ["Bagheri", "BAGHERI", "Ｂａｇｈｅｒｉ", "bagheri"],
        ["Erdoğan", "Erdogan", "ERDOĞAN"],
        ["2021", "٢٠٢١", "۲۰۲۱", "２０２１"],
    ],
)
def test_spellings_of_one_word_fold_to_one_form(spellings: list[str]) -> None:
    assert {fold(spelling) for spelling in spellings} == {fold(spellings[0])}


def test_different_letters_stay_different() -> None:
    letters = ARABIC_LETTERS + PERSIAN_LETTERS
    assert len({fold(letter) for letter in letters}) == len(letters)


@thorough
@given(texts)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@thorough
@given(arabic_words, st.data())
def test_vowel_marks_tatweel_and_invisible_signs_are_overlooked(
    word: str, data: st.DataObject
) -> None:
    ornaments = st.text(VOWEL_MARKS + TATWEEL + INVISIBLE, max_size=3)
    adorned = "".join(letter + data.draw(ornaments) for letter in word)
    assert folded_words(adorned) == folded_words(word) == [fold(word)]


@thorough
@given(arabic_words, st.data())
def test_presentation_forms_are_the_letters_they_show(word: str, data: st.DataObject) -> None:
    shown = "".join(
        data.draw(st.sampled_from(PRESENTATION_FORMS.get(letter, letter))) for letter in word
    )
    assert fold(shown) == fold(word)


@thorough
@given(st.integers(0, 10**15).map(str), st.sampled_from(DIGIT_FAMILIES))
def test_digits_of_three_families_are_the_same_digits(number: str, family: str) -> None:
    assert fold(in_digits(number, family)) == number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("قال «باقري» في 12/10: نعم.", ["قال", "باقري", "في", "12", "10", "نعم"]),
        ("می‌شود", ["مي", "شود"]),
        ("Al-Monitor's", ["al", "monitor", "s"]),
        ("#الأمن_القومي", ["الامن", "القومي"]),
        ("لا\u00a0شيء", ["لا", "شي"]),
        ("و\u200fقال", ["وقال"]),
        (" ـ ؟ … ", []),
        ("", []),
    ],
)
def test_words_are_runs_of_letters_and_digits(text: str, words: list[str]) -> None:
    assert folded_words(text) == words


@thorough
@given(texts_and_spans)
def test_every_folded_span_leads_back_to_text_that_folds_to_it(
    drawn: tuple[str, list[int]],
) -> None:
    text, (start, end) = drawn
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    first, last = folded.original_span(start, end)
    assert 0 <= first <= last <= len(text)
    if expands(text[first:last]):
        assert folded.text[start:end] in fold(text[first:last])
    else:
        assert folded.text[start:end] == fold(text[first:last])


@thorough
@given(texts_and_spans)
def test_folded_spans_side_by_side_lead_back_to_spans_that_do_not_overlap(
    drawn: tuple[str, list[int]],
) -> None:
    text, (start, end) = drawn
    assume(not expands(text))
    folded = fold_with_offsets(text)
    spans = [
        folded.original_span(*span)
        for span in ((0, start), (start, end), (end, len(folded.text)))
        if span[0] < span[1]
    ]
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "folded", "original"),
    [
        ("وقال كَتَبَ اليوم", "كتب", "كَتَبَ"),
        ("في الســـماء.", "السما", "الســـماء"),
        ("هو ﻣﺤﻤﺪ نفسه", "محمد", "ﻣﺤﻤﺪ"),
        ("عام ٢٠٢١م", "2021", "٢٠٢١"),
        ("صلى ﷲ عليه", "الله", "ﷲ"),
    ],
)
def test_a_word_is_found_with_all_its_marks_and_nothing_of_its_neighbours(
    text: str, folded: str, original: str
) -> None:
    start = fold(text).index(folded)
    first, last = fold_with_offsets(text).original_span(start, start + len(folded))
    assert text[first:last] == original


@thorough
@given(texts)
def test_word_spans_are_the_folded_words_with_their_places(text: str) -> None:
    found = word_spans(text)
    assert [word for word, _, _ in found] == folded_words(text)
    for word, start, end in found:
        assert start < end
        assert word in fold(text[start:end])
    if not expands(text):
        assert all(one[2] <= other[1] for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("needle", "haystack", "found"),
    [
        ("الأمن البحري", "رفع مستوى الأمْن  البحري.", "الأمْن  البحري"),
        ("ايران", "جمهورية إيران الإسلامية", "إيران"),
        ("1000 كيلومتر", "طولها ١٠٠٠ كيلومتر", "١٠٠٠ كيلومتر"),
        ("می شود", "گفته می‌شود که", "می‌شود"),
        ("a (b", "x A (B", "A (B"),
        ("باكستان", "إيران", None),
        ("", "إيران", None),
        ("ـ", "إيران", None),
    ],
)
def test_a_quotation_is_found_whatever_its_spelling(
    needle: str, haystack: str, found: str | None
) -> None:
    span = find_folded(needle, haystack)
    assert (span and haystack[span[0] : span[1]]) == found


@thorough
@given(texts, st.data())
def test_every_stretch_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    needle = text[start:end]
    assume(fold(needle).strip())
    span = find_folded(needle, text)
    assert span is not None
    assert " ".join(fold(needle).split()) in " ".join(fold(text[span[0] : span[1]]).split())


@pytest.mark.parametrize("length", [59, 60, 161, 10_001])
def test_every_character_folds_alike_in_short_and_in_long_texts(length: int) -> None:
    letters = [chr(code) for code in (*range(0x3000), *range(0xFB00, 0x10010), 0x1D54F)]
    whole = [one for one in letters if not "\ud800" <= one <= "\udfff"]
    for begin in range(0, len(whole), length):
        text = "".join(whole[begin : begin + length]).ljust(length, "ب")
        assert fold(text) == "".join(map(fold, text))


def test_half_a_pair_of_units_stays_what_it_is() -> None:
    assert fold("باقري " * 50 + "\ud83d") == "باقري " * 50 + "\ud83d"


@given(st.lists(st.text(max_size=120), max_size=6))
def test_words_of_many_lines_are_those_of_each(lines: list[str]) -> None:
    given_lines = [*lines, "باقري " * 40]
    assert words_of_lines(given_lines) == [folded_words(line) for line in given_lines]


def test_words_of_a_long_text_are_those_of_its_parts() -> None:
    letters = [chr(code) for code in (*range(0xD800), *range(0xE000, 0x10010), 0x1D54F)]
    for begin in range(0, len(letters), 150):
        text = fold("".join(letters[begin : begin + 150])).ljust(161)
        assert words_of(text) == re.findall(r"[^\W_]+", text)
