import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

import rag.text.lexicon as lexicon_module
from rag.retrieval.question import analyse
from rag.text.folding import folded_words
from rag.text.function_words import FUNCTION_WORDS, is_function_word
from rag.text.lexicon import (
    COLUMNS,
    EVERYDAY,
    FREQUENT,
    NAMES,
    PLACES,
    Lexicon,
    concepts_of,
    lexicon,
)
from tests.text.writing import arabic_words, latin_words, thorough

FILES = sorted((Path(lexicon_module.__file__).parent / "lexicon").glob("*.txt"))
MOST_VARIANTS = 30

every_file = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])


class Line(NamedTuple):
    number: int
    columns: list[list[str]]


def lines_of(path: Path) -> Iterator[Line]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip() and not line.startswith("#"):
            columns = [[one.strip() for one in column.split(",")] for column in line.split("|")]
            yield Line(number, columns)


def scripts(variant: str) -> set[str]:
    return {unicodedata.name(letter).split()[0] for letter in variant if letter.isalpha()}


def translated(text: str, language: str, into: str) -> set[str]:
    matches = lexicon(language).matches(folded_words(text))
    return {" ".join(phrase) for match in matches for phrase in match.translations(into)}


def folded(text: str) -> str:
    return " ".join(folded_words(text))


def test_there_are_thousands_of_lines_in_several_fields() -> None:
    assert {EVERYDAY, PLACES} < {path.stem for path in FILES}
    assert sum(1 for path in FILES for _ in lines_of(path)) > 5000


@every_file
def test_every_line_has_three_columns_without_empty_variants(path: Path) -> None:
    wrong = [
        line
        for line in lines_of(path)
        if len(line.columns) != len(COLUMNS)
        or not all(folded_words(variant) for column in line.columns for variant in column)
    ]
    assert wrong == []


@every_file
def test_every_variant_is_in_the_script_of_its_column(path: Path) -> None:
    wrong = [
        (line.number, variant)
        for line in lines_of(path)
        for column, script in zip(line.columns, ("LATIN", "ARABIC", "ARABIC"), strict=True)
        for variant in column
        if not scripts(variant) <= {script}
    ]
    assert wrong == []


@every_file
def test_arabic_is_typed_with_arabic_letters_and_persian_with_persian_ones(path: Path) -> None:
    wrong = [
        (line.number, variant)
        for line in lines_of(path)
        for column, foreign in zip(line.columns[1:], ("[پچژگکی]", "[كيى]"), strict=True)
        for variant in column
        if re.search(foreign, variant)
    ]
    assert wrong == []


@every_file
def test_variants_have_no_vowel_marks_tatweel_or_invisible_signs(path: Path) -> None:
    wrong = [
        (line.number, variant)
        for line in lines_of(path)
        for column in line.columns
        for variant in column
        for letter in variant.replace("\u200c", "")
        if letter == "ـ" or unicodedata.category(letter) in ("Cf", "Cc")
    ]
    assert wrong == []


@every_file
def test_no_line_is_long_or_says_a_thing_twice(path: Path) -> None:
    wrong = [
        line.number
        for line in lines_of(path)
        if sum(map(len, line.columns)) > MOST_VARIANTS
        or any(max(Counter(column).values()) > 1 for column in line.columns)
    ]
    assert wrong == []


@every_file
def test_no_line_stands_in_a_file_twice(path: Path) -> None:
    lines = Counter(str(line.columns) for line in lines_of(path))
    assert [line for line, times in lines.items() if times > 1] == []


@pytest.mark.parametrize(
    ("language", "text", "arabic"),
    [
        ("en", "ceasefire", "وقف إطلاق النار"),
        ("en", "the chief of staff", "رئيس الأركان"),
        ("en", "Prime Minister", "رئيس الوزراء"),
        ("en", "Saudi Arabia", "السعودية"),
        ("en", "nuclear deal", "الاتفاق النووي"),
        ("en", "elections", "انتخابات"),
        ("fa", "آتش‌بس", "وقف إطلاق النار"),
        ("fa", "نخست وزیر", "رئيس الوزراء"),
        ("fa", "رزمایش", "مناورات"),
        ("fa", "توافق هسته‌ای", "الاتفاق النووي"),
    ],
)
def test_a_word_or_phrase_finds_its_arabic_words(language: str, text: str, arabic: str) -> None:
    assert folded(arabic) in translated(text, language, "ar")


@pytest.mark.parametrize(
    ("form", "arabic"),
    [
        ("went", "ذهب"),
        ("wrote", "كتب"),
        ("fought", "قاتل"),
        ("bought", "اشترى"),
        ("taught", "علم"),
        ("children", "أطفال"),
        ("women", "نساء"),
        ("leaders", "قادة"),
        ("said", "قال"),
    ],
)
def test_irregular_forms_are_known(form: str, arabic: str) -> None:
    assert folded(arabic) in translated(form, "en", "ar")


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("المدارس", "school"),
        ("وزراء", "ministers"),
        ("وقف إطلاق النار", "ceasefire"),
        ("الانتخابات", "elections"),
        ("فرنسا", "france"),
    ],
)
def test_arabic_finds_its_english_words_broken_plurals_included(arabic: str, english: str) -> None:
    assert english in translated(arabic, "ar", "en")


def test_arabic_and_persian_find_each_other() -> None:
    assert folded("رزمایش") in translated("مناورات", "ar", "fa")
    assert folded("مناورات") in translated("رزمایش‌ها", "fa", "ar")


@pytest.mark.parametrize(
    ("word", "stranger"),
    [("important", "استيراد"), ("France", "فرنك"), ("capital", "شيوعي")],
)
def test_a_word_the_lexicon_has_as_it_stands_is_not_taken_for_one_of_the_same_stem(
    word: str, stranger: str
) -> None:
    assert folded(stranger) not in translated(word, "en", "ar")


def test_the_longest_phrase_is_taken_before_its_words() -> None:
    words = folded_words("talks with the prime minister of Saudi Arabia")
    found = [words[match.start : match.end] for match in lexicon("en").matches(words)]
    assert ["prime", "minister"] in found
    assert ["saudi", "arabia"] in found


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("table", ["territories", "languages", "currencies"])
def test_every_name_of_the_cldr_finds_its_arabic_name(table: str, language: str) -> None:
    tables = [getattr(Locale(one), table) for one in COLUMNS]
    arabic, names = getattr(Locale("ar"), table), getattr(Locale(language), table)
    missing = [
        names[key]
        for key in names
        if all(key in table for table in tables)
        and folded(arabic[key]) not in translated(names[key], language, "ar")
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("english", "arabic", "persian"),
    [("October", "أكتوبر", "اکتبر"), ("Tuesday", "الثلاثاء", "سه‌شنبه"), ("Iran", "إيران", "ایران")],
)
def test_months_days_and_countries_go_from_each_language_to_each(
    english: str, arabic: str, persian: str
) -> None:
    written = {"en": english, "ar": arabic, "fa": persian}
    for language, text in written.items():
        for into, other in written.items():
            assert folded(other) in translated(text, language, into)


@pytest.mark.parametrize(
    ("language", "word", "field"),
    [
        ("en", "say", EVERYDAY),
        ("en", "ministers", "politics"),
        ("en", "monaco", NAMES),
        ("ar", "قاذفات", "security"),
        ("en", "zzxq", None),
    ],
)
def test_a_word_belongs_to_the_most_general_of_its_fields(
    language: str, word: str, field: str | None
) -> None:
    (one,) = folded_words(word)
    assert lexicon(language).field_of_stem(one) == field


def test_a_city_for_which_a_time_zone_is_named_is_known() -> None:
    assert folded("نوفوكوزنتسك") in translated("Novokuznetsk", "en", "ar")
    assert "novokuznetsk" in translated("نوفوكوزنتسك", "ar", "en")


def test_a_word_the_lexicon_lacks_has_the_field_of_another_of_its_root() -> None:
    small = Lexicon("ar", list(concepts_of(["elect | انتخاب | انتخاب"], "politics")))
    assert small.field_of_stem("ينتخب") is None
    assert small.field("ينتخب") == "politics"
    assert small.field("باقري") is None


@pytest.mark.parametrize(
    ("language", "listed", "others"),
    [
        ("ar", "كتاب الكتاب وكتاب والكتاب", "كتابه كتابها"),
        ("fa", "كتاب كتابها كتابهاي كتابي", "كتابخانه"),
        ("en", "book books", "booked booking"),
    ],
)
def test_a_word_is_listed_as_it_stands_or_without_what_is_joined_to_it(
    language: str, listed: str, others: str
) -> None:
    small = Lexicon(language, list(concepts_of(["book | كتاب | کتاب"], "media")))
    for word in listed.split():
        assert [one.name for one in small.listing(word)] == ["book"], word
    for word in others.split():
        assert small.listing(word) == (), word


@pytest.mark.parametrize("form", "try tries tried trying make makes making".split())
def test_an_english_word_is_found_in_its_forms(form: str) -> None:
    lines = ["try | حاول | تلاش", "make | صنع | ساخت"]
    found = Lexicon("en", list(concepts_of(lines, "everyday"))).concepts(form)
    assert [one.name[:2] for one in found] == [form[:2]]


def test_a_form_that_the_lexicon_has_is_that_of_the_word_it_is_a_form_of() -> None:
    lines = ["import, imported | استيراد | واردات", "important | مهم | مهم", "war | حرب | جنگ"]
    english = Lexicon("en", list(concepts_of(lines, "economy")))
    assert [one.name for one in english.concepts("imported")] == ["import"]
    assert [one.name for one in english.concepts("important")] == ["important"]
    assert english.concepts("peace") == ()


def test_a_word_of_a_topic_and_of_everyday_is_an_everyday_word() -> None:
    fields = ("names", "politics", "everyday")
    concepts = [one for field in fields for one in concepts_of(["march | مسيرة | راه"], field)]
    assert Lexicon("en", concepts).field_of_stem("march") == "everyday"
    assert Lexicon("en", concepts[:2]).field_of_stem("march") == "politics"
    assert Lexicon("en", concepts[:1]).field_of_stem("march") == "names"


def test_comments_and_blank_lines_are_no_concepts_and_variants_keep_their_order() -> None:
    lines = ["# Peace", "", "truce, cease fire | هدنة, وقف القتال | آتش بس\n"]
    (concept,) = concepts_of(lines, "security")
    assert concept.field == "security"
    assert concept.phrases["en"] == (("truce",), ("cease", "fire"))
    assert concept.phrases["ar"] == (("هدنه",), ("وقف", "القتال"))


@pytest.mark.parametrize("line", ["truce | هدنة", "truce | هدنة | آتش بس | trêve"])
def test_a_line_of_the_wrong_width_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="argument"):
        list(concepts_of([line], "security"))


@thorough
@given(
    st.lists(
        st.one_of(
            arabic_words,
            latin_words,
            st.sampled_from(("prime", "minister", "nuclear", "deal", "chief", "of", "staff")),
        ),
        max_size=10,
    ),
    st.sampled_from(COLUMNS),
)
def test_matches_are_in_order_and_do_not_overlap(words: list[str], language: str) -> None:
    found = lexicon(language).matches(words)
    assert all(0 <= match.start < match.end <= len(words) for match in found)
    assert all(match.concepts for match in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


# Phrases and their function words


@pytest.mark.parametrize(
    ("language", "question", "phrase", "arabic"),
    [
        ("en", "Who heads the ministry of defence?", "ministry of defence", "وزارة الدفاع"),
        ("en", "the Ministry of Foreign Affairs", "ministry of foreign affairs", "وزارة الخارجية"),
        ("en", "Who is the chief of staff?", "chief of staff", "رئيس الأركان"),
        ("fa", "چه کسی این را اعلام کرد؟", "اعلام کرد", "أعلن"),
        ("fa", "وزیر دفاع چه گفت؟", "وزیر دفاع", "وزير الدفاع"),
    ],
)
def test_a_phrase_is_found_in_a_question_whose_function_words_are_gone(
    language: str, question: str, phrase: str, arabic: str
) -> None:
    words = analyse(question, language).folded
    assert not set(words) & FUNCTION_WORDS
    found = {
        " ".join(one)
        for match in lexicon(language).matches(words)
        for one in match.translations("ar")
    }
    assert folded(arabic) in found
    assert folded(arabic) in translated(phrase, language, "ar")


def test_a_phrase_loses_its_function_words_and_keeps_at_least_two() -> None:
    small = Lexicon("en", list(concepts_of(["head of the state, up to | رئيس | رئيس"], "politics")))
    assert [one.start for one in small.matches(["head", "state"])] == [0]
    assert [one.end for one in small.matches(["head", "of", "the", "state"])] == [4]
    assert small.matches(["head"]) == small.matches(["state"]) == []
    assert small.matches(["state", "head"]) == []


def test_every_phrase_is_found_without_its_function_words() -> None:
    lost = []
    for path in FILES:
        for concept in concepts_of(path.read_text(encoding="utf-8").splitlines(), path.stem):
            for language, phrases in concept.phrases.items():
                for phrase in phrases:
                    kept = [word for word in phrase if not is_function_word(word)]
                    if 1 < len(kept) < len(phrase):
                        found = lexicon(language).matches(kept)
                        if not any((one.start, one.end) == (0, len(kept)) for one in found):
                            lost.append(phrase)
    assert lost == []


def test_frequent_words_come_after_what_the_other_files_say() -> None:
    fields = {path.stem for path in FILES}
    assert FREQUENT in fields
    words = {
        word
        for path in FILES
        if path.stem == FREQUENT
        for line in lines_of(path)
        for word in line.columns[0]
    }
    compared = 0
    for word in words:
        for match in lexicon("en").matches(folded_words(word)):
            places = [one.field == FREQUENT for one in match.concepts if one.field in fields]
            assert places == sorted(places)
            compared += len(set(places)) > 1
    assert compared


def test_the_first_meaning_of_a_word_is_not_that_of_the_frequent_words() -> None:
    first = lexicon("fa").matches(folded_words("اعلام"))[0].concepts[0]
    assert first.field != FREQUENT
