import pytest

from rag.answers.subject import place_of


@pytest.mark.parametrize(
    ("word", "place"),
    [("القطري", "qatari"), ("الجزايري", "algeria"), ("الهندي", "india"), ("لباكستان", "pakistan")],
)
def test_what_is_of_a_place_is_told_by_it(word: str, place: str) -> None:
    """Whatever else the word may be: diagonal, of islands, the language."""
    assert place_of(word) & place_of(place)


@pytest.mark.parametrize("word", ["المالي", "بحري", "الشرقي", "قطر"])
def test_what_is_more_often_something_else_is_no_place(word: str) -> None:
    assert not place_of(word)
