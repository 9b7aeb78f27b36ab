from pathlib import Path

import pytest
from hypothesis import given

from rag.text.language import LANGUAGES, language_of
from rag.text.sentences import sentences
from tests.text.short_lines import ARABIC, PERSIAN
from tests.text.writing import DIGIT_FAMILIES, VOWEL_MARKS, texts, thorough


@pytest.mark.parametrize(
    "text",
    [
        "من هو باقري؟",
        "متى زار باقري باكستان؟",
        "كم استمرت الزيارة",
        "زيارة باقري الى باكستان",
        "مَتَى زَارَ بَاقِرِي بَاكِسْتَان؟",
        "ﻣﺘﻰ ﺯﺍﺭ ﺑﺎﻗﺮﻱ",
        "مين هو باقري",
        "شو قال باجوا",
        "شكون هو باقري",
        "فين راح باقري",
        "ماذا قال Bajwa؟",
        "ما علاقة NATO و UN و EU؟",
        "باقري",
        "شكرا",
        "ولي العهد",
        "كرد العراق",
        "قناة بي بي سي",
    ],
)
def test_arabic_with_its_dialects(text: str) -> None:
    assert language_of(text) == "ar"


@pytest.mark.parametrize(
    "text",
    ["متی زار باقری باکستان؟", "من هی کارولین روز؟", "کم استمرت الزیارة؟", "هل زار باقری چین؟"],
)
def test_arabic_typed_on_a_persian_keyboard_is_arabic(text: str) -> None:
    assert language_of(text) == "ar"


@pytest.mark.parametrize(
    "text",
    [
        "باقری کیست؟",
        "باقری کی به پاکستان رفت؟",
        "سفر باقری به پاکستان چند روز طول کشید؟",
        "رئیس جمهور ایران چه گفت",
        "وضع افغانستان چگونه است؟",
        "متن پیمان دفاعی",
        "نمی‌دانم",
        "سلام خوبی؟",
        "NATO چه گفت؟",
        "ایران و چین",
        "روابط تهران و پکن",
    ],
)
def test_persian(text: str) -> None:
    assert language_of(text) == "fa"


def test_short_lines_of_arabic_and_persian_are_told_apart_without_their_own_letters() -> None:
    # Of the Persian ones a quarter can be read as Arabic.
    persian = [line for line in PERSIAN if language_of(line) == "fa"]
    arabic = [line for line in ARABIC if language_of(line) == "ar"]
    assert len(PERSIAN) + len(ARABIC) >= 200
    assert len(persian) >= 0.75 * len(PERSIAN), set(PERSIAN) - set(persian)
    assert len(arabic) >= 0.99 * len(ARABIC), set(ARABIC) - set(arabic)


@pytest.mark.parametrize(
    "text", ["Who is Bagheri?", "Bagheri", "What did باقري say?", "hello", "what's new in 2021?"]
)
def test_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize("text", ["𝐖𝐡𝐨 𝐢𝐬 𝐁𝐚𝐠𝐡𝐞𝐫𝐢?", "Ｗｈｏ ｉｓ Ｂａｇｈｅｒｉ？"])
def test_english_in_ornamental_letters(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize("text", ["", "  ", "؟!", "😀", "Кто это", *DIGIT_FAMILIES, VOWEL_MARKS])
def test_a_text_without_letters_to_tell_by_has_the_language_of_the_conversation(text: str) -> None:
    assert language_of(text) == "ar"
    assert language_of(text, default="fa") == "fa"


@thorough
@given(texts)
def test_every_text_has_one_of_the_three_languages(text: str) -> None:
    assert language_of(text) in LANGUAGES


def test_every_sentence_of_the_seeds_is_arabic_but_for_what_is_in_latin_letters(
    seeds: Path,
) -> None:
    for path in sorted(seeds.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for sentence in (span.of(text) for span in sentences(text)):
            latin = sum(letter.isascii() and letter.isalpha() for letter in sentence)
            expected = "en" if latin > len(sentence) / 2 else "ar"
            assert language_of(sentence) == expected, sentence
