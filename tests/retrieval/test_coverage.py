import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.index.lexical import LexicalIndex
from rag.retrieval.coverage import Features, Phrases, Sought, coverage, share, sought, strength
from rag.retrieval.question import analyse
from tests.index.rows import WORDS, segment_of, texts

INDEX = LexicalIndex(
    [segment_of(["وصل باقري إلى موسكو", "غادر باقري بكين", "افتتح الوزير مكتبة كبيرة"])], [()]
)


def looked_for(text: str, language: str | None = None) -> dict[str, Sought]:
    return {word.word: word for word in sought(analyse(text, language), INDEX)}


def held(word: str, text: str, language: str | None = None) -> float:
    (one,) = looked_for(word, language).values()
    return strength(one, Features(text))


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("الحدود", "على طول حدود البلدين"),
        ("border", "along the borders"),
        ("border", "على طول الحدود"),
        ("سفير", "the Russian ambassador"),
        ("وزیر", "قال وزير الدفاع"),
        ("٢٠١٨", "في عام 2018"),
        ("2018", "در سال ۲۰۱۸"),
    ],
)
def test_a_word_is_held_for_sure_as_itself_or_in_translation(word: str, text: str) -> None:
    assert held(word, text) == 1


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("استقبال", "استقبله نظيره"),
        ("رحلة", "زيارة الوفد"),
        ("Bagheri", "وصل باقري أمس"),
        ("Shoigu", "سيرغي شويغو"),
        ("كارلين", "كارولين روز"),
        ("Bageri", "general Bagheri arrived"),
    ],
)
def test_a_word_is_held_less_surely_as_a_relative_a_name_or_a_misspelling(
    word: str, text: str
) -> None:
    assert 0 < held(word, text) < 1


@pytest.mark.parametrize(
    ("word", "text"),
    [("2018", "في عام 2019"), ("2018", "20 يوما"), ("برشلونة", "وصل باقري"), ("chess", "باقري")],
)
def test_what_is_not_there_is_not_held(word: str, text: str) -> None:
    assert held(word, text) == 0


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    words = looked_for("متى وصل باقري إلى كازاخستان الكبيرة")
    assert words["كازاخستان"].weight > words["باقري"].weight > words["الكبيره"].weight > 0


def test_a_place_is_known_and_what_is_of_the_place_is_not_it() -> None:
    words = looked_for("تركيا الإيراني موسكو وباكستان باقري")
    assert [word for word, one in words.items() if one.is_place] == ["تركيا", "موسكو", "وباكستان"]


@given(texts, st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join))
def test_coverage_is_a_share(text: str, question: str) -> None:
    words = sought(analyse(question), INDEX)
    covered = coverage(words, Features(text))
    assert 0 <= covered <= 1 + 1e-9
    assert coverage(words, Features(f"{text} {question}")) == pytest.approx(1)


def test_nothing_covers_nothing() -> None:
    assert coverage((), Features("باقري")) == 0
    assert share((), ()) == 0


def test_a_phrase_occurs_where_all_its_words_do() -> None:
    phrases = Phrases.of([("مجلس", "الدفاع"), ("السفير",)])
    assert phrases.occur_in(Features("الدفاع من شأن المجلس").stems)
    assert phrases.occur_in(Features("سفير").stems)
    assert not phrases.occur_in(Features("مجلس الوزراء").stems)
