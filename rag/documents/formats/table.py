"""Tables: each row as a line that can be read alone, with the names of its columns."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from rag.documents.formats.tidying import tidy_line
from rag.errors import UnreadableFile

MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 2_000
_LONGEST_NAME: Final = 80
_LOOK_AHEAD: Final = 50
"""So many rows tell whether the first one names the columns."""
_NUMBER: Final = re.compile(r"[-+(]?[\d٠-٩۰-۹][\d٠-٩۰-۹.,٫٬/:%\s-]*[%)]?")

Row = tuple[str, ...]


def table_lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The rows as lines: `City: Baghdad | People: 7000000`, or `Baghdad | 7000000`.

    A first row that names the columns is told with each other row; rows of one cell before it
    are lines of their own. UnreadableFile beyond `MOST_ROWS` rows or `MOST_COLUMNS` columns.
    """
    given = _cells(rows)
    opening = [row for _, row in zip(range(_LOOK_AHEAD), given, strict=False)]
    while opening and _filled(opening[0]) == 1 and any(_filled(row) > 1 for row in opening):
        yield next(cell for cell in opening.pop(0) if cell)
    names = _names(opening)
    for row in chain(opening[1:] if names else opening, given):
        yield _line(row, names)


def _cells(rows: Iterable[Sequence[str]]) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise UnreadableFile(f"it has a table of more than {MOST_ROWS} rows")
        if len(row) > MOST_COLUMNS and any(row[MOST_COLUMNS:]):
            raise UnreadableFile(f"it has a table of more than {MOST_COLUMNS} columns")
        cells = tuple(tidy_line(cell) for cell in row[:MOST_COLUMNS])
        if any(cells):
            yield cells


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell)


def _names(rows: Sequence[Row]) -> Row | None:
    """The first row where it names the columns: short words over rows that differ from it."""
    if len(rows) < 2:
        return None
    first, below = rows[0], rows[1:]
    used = max(index for row in rows for index, cell in enumerate(row) if cell) + 1
    names = tuple(first[:used])
    if used < 2 or len(names) < used or not all(names) or len(set(names)) < used:
        return None
    if any(len(name) > _LONGEST_NAME or _NUMBER.fullmatch(name) for name in names):
        return None
    if used > 2:
        return names
    # Of two columns, the left one may name what stands in the right one, row by row.
    counted = sum(1 for row in below for cell in row if _NUMBER.fullmatch(cell))
    return names if counted * 2 >= len(below) else None


def _line(row: Row, names: Row | None) -> str:
    if names is None:
        filled = [cell for cell in row if cell]
        if len(filled) == 2 and len(row) == 2 and not filled[0].endswith(":"):
            return ": ".join(filled)
        return " | ".join(filled)
    named = [
        f"{names[index]}: {cell}" if index < len(names) else cell
        for index, cell in enumerate(row)
        if cell
    ]
    return " | ".join(named)
