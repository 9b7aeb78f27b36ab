"""A number belongs to what it counts: pairs over made-up reports."""

import pytest

from rag.answers.counted import counts_another

EXERCISE = "شارك 300 جندي في المناورات التي جرت قرب الساحل."
FLOOD = "The flood destroyed 120 houses in the valley."
HOSPITAL = "The hospital treated 45 patients after the fire."
SOLD = "باعت الشركة 2500 سيارة في مايو."
BOTH = "شارك 300 جندي و12 سفينة في المناورات."


@pytest.mark.parametrize(
    ("claim", "source", "is_of_another"),
    [
        ("300 soldiers took part in the exercises.", EXERCISE, False),
        ("۳۰۰ سرباز در رزمایش شرکت کردند.", EXERCISE, False),
        ("300 people took part in the exercises.", EXERCISE, False),
        ("300 ships took part in the exercises.", EXERCISE, True),
        ("شاركت 300 سفينة في المناورات.", EXERCISE, True),
        ("۳۰۰ تانک در رزمایش شرکت کردند.", EXERCISE, True),
        ("دمر الفيضان 120 منزلا.", FLOOD, False),
        ("دمر الفيضان 120 جسرا.", FLOOD, True),
        ("عالج المستشفى 45 مصابا.", HOSPITAL, False),
        ("The company sold 2,500 cars.", SOLD, False),
        ("The company sold 2,500 houses.", SOLD, True),
        ("12 ships and 300 soldiers took part.", BOTH, False),
    ],
)
def test_a_number_does_not_count_something_else(
    claim: str, source: str, is_of_another: bool
) -> None:
    assert counts_another(claim, (source,)) is is_of_another
