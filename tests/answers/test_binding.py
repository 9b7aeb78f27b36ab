"""Which value belongs to which of two years, in whatever order they are told."""

import pytest

from rag.answers.binding import values_exchanged

CLAIMS = (
    "Last year it sold 5 ships and this year 7 ships.",
    "It sold 5 ships last year and 7 ships this year.",
    "It sold 7 ships this year and 5 ships last year.",
)


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize(
    "source",
    [
        "It sold 7 ships this year and 5 ships last year.",
        "This year it sold 7 ships, last year 5 ships.",
    ],
)
def test_the_order_in_which_two_years_are_told_exchanges_nothing(claim: str, source: str) -> None:
    assert not values_exchanged(claim, [source])


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize(
    "source",
    [
        "It sold 5 ships this year and 7 ships last year.",
        "Last year it sold 7 ships and this year 5 ships.",
    ],
)
def test_the_value_of_one_year_told_of_the_other_is_exchanged(claim: str, source: str) -> None:
    assert values_exchanged(claim, [source])
