"""The words that an answer cannot leave unsaid."""

from pathlib import Path

import pytest

from rag.index.lexical import LexicalIndex
from rag.retrieval import decisive as module
from rag.retrieval.coverage import Features, sought
from rag.retrieval.decisive import decisive
from rag.retrieval.question import analyse
from rag.text.lexicon import lexicon


def words(text: str) -> list[str]:
    question = analyse(text)
    found = decisive(question, sought(question, LexicalIndex([], [])))
    return [one.word.word for one in found if one.word]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("من هو رئيس جامعة عدن؟", ["جامعه", "عدن"]),
        ("كم بلغت كلفة سد النهضة؟", ["كلفه", "سد"]),
        ("How many doses of the polio vaccine were given?", ["polio", "vaccine"]),
        ("کدام فیلم در جشنواره جایزه برد؟", ["فيلم", "جشنواره"]),
    ],
)
def test_things_and_places_are_decisive(text: str, expected: list[str]) -> None:
    assert [one for one in words(text) if one in expected] == expected


@pytest.mark.parametrize("text", ["بماذا أوصى الوزير؟", "What is important about it?", "12 أو 13؟"])
def test_deeds_everyday_words_and_numbers_are_not(text: str) -> None:
    assert not {"اوصي", "important", "12", "13"}.intersection(words(text))


def test_words_that_are_one_thing_have_to_be_told_of_together() -> None:
    question = analyse("كم جرعة من لقاح شلل الأطفال؟")
    found = decisive(question, sought(question, LexicalIndex([], [])))
    (polio,) = [one for one in found if one.word is None]
    assert polio.is_in(Features("وزعت جرعات ضد شلل الأطفال"))
    assert polio.is_in(Features("doses against polio"))
    assert not polio.is_in(Features("وزعت جرعات على الأطفال ضد الحصبة"))
    question = analyse("ما اسم أول سفينة رست؟")
    assert all(one.word for one in decisive(question, sought(question, LexicalIndex([], []))))


def test_a_capital_may_stand_for_its_country() -> None:
    assert words("هل رفضت موسكو الطلب؟") == []


def test_every_everyday_thing_is_in_the_lexicon() -> None:
    lines = (Path(module.__file__).parent / "decisive.txt").read_text(encoding="utf-8").splitlines()
    for name in ",".join(line for line in lines if not line.startswith("#")).split(","):
        matches = lexicon("en").matches(name.split())
        assert any(one.name == name.strip() for match in matches for one in match.concepts), name
