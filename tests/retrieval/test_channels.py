import pytest

from rag.index.lexical import LexicalIndex
from rag.retrieval.channels import (
    crossing_scores,
    crossing_terms,
    own_language_scores,
    own_terms,
    synonym_terms,
)
from rag.retrieval.question import analyse
from rag.text.terms import Family
from tests.index.rows import segment_of

ARABIC = [
    "وصل باقري إلى موسكو في 17 أكتوبر 2018",
    "افتتح الوزير مكتبة الموصل",
    "زيارة السفير الروسي لإيران",
    "اتفاقات دفاعية بين البلدين",
]
INDEX = LexicalIndex([segment_of(ARABIC)], [()])


def test_a_repeated_word_weighs_more() -> None:
    terms = own_terms(["باقري", "موسكو", "باقري"])
    for family in (Family.GRAM, Family.ROOT):
        assert {term.weight for term in terms[family]} == {1.0, 2.0}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("متى وصل باقري إلى موسكو؟", 0),
        ("مكتبات الموصل", 1),
        ("الوزراء والمكتبة", 1),
        ("سفراء روسيا", 2),
        ("اتفاقية الدفاع", 3),
        ("بافري موسكو", 0),
    ],
)
def test_a_question_finds_its_words_in_other_forms(text: str, row: int) -> None:
    scores = own_language_scores(INDEX, analyse(text, "ar"))
    assert scores.argmax() == row
    assert 0 < scores.max() <= 1
    assert scores.min() >= 0


def test_the_more_of_a_question_a_passage_holds_the_higher_its_score() -> None:
    whole, part, none = (
        own_language_scores(INDEX, analyse(text, "ar"))[0]
        for text in ("باقري موسكو", "باقري الكعك", "الكعك بالشوكولاتة")
    )
    assert 1 >= whole > part > none >= 0


def test_a_synonym_finds_a_passage() -> None:
    question = analyse("ما المعاهدات الدفاعية؟", "ar")
    assert INDEX.scores(synonym_terms(question))[3] > 0


@pytest.mark.parametrize(
    ("text", "language", "row"),
    [
        ("When did Bagheri arrive in Moscow?", "en", 0),
        ("Who opened the library?", "en", 1),
        ("ambassador of Russia", "en", 2),
        ("defence agreements", "en", 3),
        ("باقری چه زمانی به مسکو رسید؟", "fa", 0),
        ("سفیر روسیه", "fa", 2),
        ("what happened in ۲۰۱۸", "en", 0),
    ],
)
def test_a_question_crosses_languages_by_names_numbers_and_the_lexicon(
    text: str, language: str, row: int
) -> None:
    scores = crossing_scores(INDEX, analyse(text, language), "ar")
    assert scores.argmax() == row
    assert 0 < scores.max() <= 1


def test_what_cannot_cross_finds_nothing() -> None:
    assert not crossing_scores(INDEX, analyse("a e i o", "en"), "ar").any()


def test_a_name_counts_as_a_name_only_where_its_spelling_shows_it() -> None:
    marked = crossing_terms(analyse("Bagheri", "en"), "ar")
    plain = crossing_terms(analyse("bagheri", "en"), "ar")
    assert {term.alternatives for term in marked} == {term.alternatives for term in plain}
    assert max(term.weight for term in marked) > max(term.weight for term in plain)


def test_an_empty_index_has_no_scores() -> None:
    empty = LexicalIndex([], [])
    assert len(own_language_scores(empty, analyse("باقري"))) == 0
    assert len(crossing_scores(empty, analyse("Bagheri"), "ar")) == 0
