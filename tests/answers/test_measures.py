"""Amounts told in two units."""

import pytest

from rag.answers.measures import are_equal, is_age, is_one_of
from rag.text.numbers import quantities


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [("two weeks", "14 days", True), ("3 km", "3000 metres", True), ("2 weeks", "2 days", False)],
)
def test_units_are_turned_into_one(one: str, other: str, equal: bool) -> None:
    assert are_equal(quantities(one)[0], quantities(other)[0]) is equal


def test_a_decade_is_ten_years() -> None:
    (ten,) = quantities("ten years")
    assert is_one_of(ten, "its lowest level in a decade")
    assert is_one_of(ten, "أدنى مستوى منذ عقد")
    assert not is_one_of(ten, "its lowest level in a century")


def test_an_age_has_no_unit() -> None:
    for text in ("The suspects, aged between 19 and 47", "Mwila, 58, showed no emotion"):
        assert is_age(text, quantities(text)[0])
    text = "They seized 214 bicycles"
    assert not is_age(text, quantities(text)[0])
