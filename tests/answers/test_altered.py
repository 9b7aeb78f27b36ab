"""The deterministic check by itself, on claims written by someone who had not seen it."""

from functools import cache

import pytest

from tests.answers.altered import SET, Outcome, by_kind, kept, outcomes, refused, rows_of, share

BAR = 0.95
FEWEST = 120


@cache
def found(*, recited: bool = False) -> tuple[Outcome, ...]:
    return tuple(outcomes(rows_of(), recited=recited))


def test_the_set_is_large_enough() -> None:
    rows = [one.row for one in found()]
    assert len(rows) >= FEWEST
    assert {row.language for row in rows} == {"ar", "en", "fa"}
    assert {row.supported for row in rows} == {True, False}


@pytest.mark.parametrize("recited", [False, True], ids=["alone", "with other citations"])
def test_unsupported_claims_are_refused_and_supported_ones_kept(recited: bool) -> None:
    every = found(recited=recited)
    figures = f"{by_kind(every)}\n{_missed(every)}"
    assert share(kept(every)) >= BAR, figures
    assert share(refused(every)) >= BAR, figures


@pytest.mark.parametrize(
    ("name", "least_kept", "least_refused"),
    [
        ("elsewhere.jsonl", 0.95, 0.85),
        ("elsewhere_unseen.jsonl", 0.85, 0.78),
        ("exchanged.jsonl", 0.88, 0.9),
    ],
)
def test_reports_about_other_things_lose_few_good_statements(
    name: str, least_kept: float, least_refused: float
) -> None:
    """The second of these sets was not looked at while the check was first made; since then it was.

    The third was written before the checks of what it tries, by who wrote these then.
    """
    every = outcomes(rows_of(SET.with_name(name)))
    assert share(kept(every)) >= least_kept, by_kind(every)
    assert share(refused(every)) >= least_refused, by_kind(every)


def _missed(every: tuple[Outcome, ...]) -> str:
    return "\n".join(
        f"{one.row.id} {one.row.kind} {one.reason}: {one.row.claim}"
        for one in every
        if not one.right
    )


def test_what_a_sceptic_tried_to_get_printed() -> None:
    """Kinds that the other sets lack; half of the reports were looked at while it was mended."""
    every = outcomes(rows_of(SET.with_name("sceptic.jsonl")))
    assert share(kept(every)) >= 0.95, by_kind(every)
    assert share(refused(every)) >= 0.75, by_kind(every)
