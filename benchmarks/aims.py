"""What the whole is to keep to, and whether the lines of the table show that it does."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from benchmarks.table import Row

OWN_WORK: Final = "own work, with a model"
_AT: Final = 10_000
"""Passages."""
_MOST: Final = 10.0
"""Milliseconds of own work for a question with a model, at so many passages."""
_SHARE: Final = 0.5
"""Of the starter's own work."""
_TO_THE_READER: Final = 15.0
"""Milliseconds from a statement's end to its reader (p95)."""


class Aim(NamedTuple):
    """Something to keep to."""

    what: str
    measured: float
    most: float

    @property
    def holds(self) -> bool:
        """Whether it is kept."""
        return self.measured <= self.most


def aims(rows: Sequence[Row]) -> Iterator[Aim]:
    """The aims that something was measured for."""
    for row in rows:
        if row.isnad is None:
            continue
        if row.what == OWN_WORK:
            size = f"{row.what}, {row.passages:,} passages, ms"
            if row.passages is not None and _AT <= row.passages < 2 * _AT:
                yield Aim(size, row.isnad, _MOST)
            if row.starter is not None:
                yield Aim(f"{size}: half of the starter's", row.isnad, _SHARE * row.starter)
        elif row.what.startswith("a statement's end") and row.what.endswith("p95"):
            yield Aim(f"{row.what}, {row.unit}", row.isnad, _TO_THE_READER)


def told(rows: Sequence[Row]) -> str:
    """A line for each aim: whether it is kept, at most what, and what was measured."""
    return "\n".join(
        f"- {'kept' if one.holds else '**missed**'}: {one.what}: "
        f"at most {one.most:.1f}, measured {one.measured:.1f}"
        for one in aims(rows)
    )
