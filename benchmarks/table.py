"""The table of the whole: what was measured beside what, how it grows, in text and in pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import numpy as np

HEAD: Final = ("", "passages", "Isnad", "LlamaIndex starter", "bare part")
GROWTH: Final = "growth"
NOTHING: Final = "–"
_UNITS_DRAWN: Final = ("ms", "s", "MB")


@dataclass(frozen=True, slots=True)
class Row:
    """A line: what was measured, of how many passages, and the figures."""

    what: str
    unit: str
    isnad: float | None
    starter: float | None = None
    bare: float | None = None
    bare_name: str = ""
    """What the bare part is."""
    passages: int | None = None
    """None where the size does not matter."""
    failure: str = ""
    """Why there are no figures."""


def markdown(rows: Sequence[Row]) -> str:
    """The table, each measure with its growth exponents where it was taken at several sizes."""
    lines = [_line([*HEAD]), _line(["---", *["---:"] * (len(HEAD) - 1)])]
    for _, group in groupby(rows, key=lambda row: (row.what, row.unit)):
        of_one = list(group)
        lines += [_line(_cells(row)) for row in of_one]
        lines += [_line(cells) for cells in _growth(of_one)]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(row: Row) -> list[str]:
    size = "" if row.passages is None else f"{row.passages:,}"
    what = f"{row.what}, {row.unit}" if row.unit else row.what
    if row.failure:
        return [what, size, f"failed: {row.failure}", "", ""]
    bare = f"{_figure(row.bare)} {row.bare_name}".strip() if row.bare is not None else NOTHING
    return [what, size, _figure(row.isnad), _figure(row.starter), bare]


def _figure(value: float | None) -> str:
    """Three digits that matter."""
    if value is None:
        return NOTHING
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _growth(rows: Sequence[Row]) -> Iterator[list[str]]:
    slopes = [exponent(_points(rows, name)) for name in ("isnad", "starter", "bare")]
    if slopes[0] is not None:
        shown = [NOTHING if slope is None else f"{slope:.2f}" for slope in slopes]
        yield ["", GROWTH, *(f"*{one}*" for one in shown)]


def _points(rows: Sequence[Row], name: str) -> list[tuple[float, float]]:
    """The sizes and the figures of a column, as far as there are any that have a logarithm."""
    found = [(row.passages, getattr(row, name)) for row in rows if row.passages]
    return [(size, value) for size, value in found if value is not None and value > 0]


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """The slope of the logarithm over that of the size; None of less than two sizes."""
    if len({size for size, _ in points}) < 2:
        return None
    sizes, values = zip(*points, strict=True)
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])


def drawing() -> Any:
    """Matplotlib's `pyplot`, without a window. ImportError where it is not installed."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    return pyplot


def plot(path: Path, rows: Sequence[Row]) -> None:
    """Draws every measure that was taken at several sizes, a picture a unit, as one image."""
    pyplot = drawing()
    measures = [list(group) for _, group in groupby(rows, key=lambda row: (row.what, row.unit))]
    figure, axes = pyplot.subplots(
        1, len(_UNITS_DRAWN), figsize=(5 * len(_UNITS_DRAWN), 4.4), layout="constrained"
    )
    for unit, one in zip(_UNITS_DRAWN, axes, strict=True):
        for group in (group for group in measures if group[0].unit == unit):
            names = {"isnad": "Isnad", "starter": "starter", "bare": group[0].bare_name}
            for (name, label), style in zip(names.items(), ("o-", "s--", "^:"), strict=True):
                points = _points(group, name)
                if len(points) > 1:
                    one.loglog(*zip(*points, strict=True), style, label=f"{group[0].what}: {label}")
        one.set(xlabel="passages", ylabel=unit)
        one.grid(visible=True, alpha=0.3)
        if one.lines:
            one.legend(fontsize=6)
    figure.savefig(path, dpi=130)
    pyplot.close(figure)
