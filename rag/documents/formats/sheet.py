"""XLSX and CSV: each row as a line that names its columns."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import Any, Final

from rag.documents.formats import archive
from rag.documents.formats.encoding import decoded
from rag.documents.formats.extracted import Extracted
from rag.documents.formats.table import MOST_COLUMNS, MOST_ROWS, table_lines
from rag.documents.formats.tidying import tidy
from rag.errors import UnreadableFile

_DELIMITERS: Final = ",;\t|،؛"
_SAMPLE_LINES: Final = 50
_LONGEST_FIELD: Final = 1 << 24
_MOST_CELLS: Final = 20_000_000


def extract_workbook(content: bytes) -> Extracted:
    """The text of an XLSX file: its visible sheets, each under its name where there are several."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    archive.opened(content).close()
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    sheets = [one for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    seen = [one.name for one in sheets if one.visible == SheetVisibleEnum.Visible]
    parts = []
    for name in seen:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.height > MOST_ROWS:
            raise UnreadableFile(f"it has a table of more than {MOST_ROWS} rows")
        if sheet.height * sheet.width > _MOST_CELLS:
            raise UnreadableFile("it has a sheet of more than 20 million cells")
        lines = "\n".join(table_lines([_shown(cell) for cell in row] for row in sheet.iter_rows()))
        if lines:
            parts.append(f"{name}\n{lines}" if len(seen) > 1 else lines)
    hidden = [one.name for one in sheets if one.name not in seen]
    warnings = (f"it has hidden sheets, which are left out: {', '.join(hidden)}",) if hidden else ()
    return Extracted(tidy("\n\n".join(parts)), "binary", warnings=warnings)


def _shown(cell: Any) -> str:
    """A cell's value as a sheet shows it by default."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return str(cell)


def extract_csv(content: bytes) -> Extracted:
    """The text of a CSV file, its fields divided by commas, semicolons, tabs or bars."""
    text, encoding = decoded(content)
    csv.field_size_limit(_LONGEST_FIELD)
    delimiter = _delimiter(text)
    if delimiter is None:
        return Extracted(tidy(text), encoding)
    return Extracted(tidy("\n".join(table_lines(_rows(text, delimiter)))), encoding)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            if len(row) > MOST_COLUMNS:
                raise UnreadableFile(f"it has a table of more than {MOST_COLUMNS} columns")
            yield row
    except csv.Error as error:
        raise UnreadableFile(f"it is damaged ({error})") from error


def _delimiter(text: str) -> str | None:
    """What divides the fields: what gives most of the first rows the same number, above one."""
    first = text.partition("\n")[0]
    if first.casefold().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[-1]
    lines = [line for line in text[: 1 << 16].splitlines()[:_SAMPLE_LINES] if line.strip()]
    best, most = None, 1.0
    for delimiter in _DELIMITERS:
        try:
            counts = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
        except csv.Error:
            continue
        wide = Counter({fields: rows for fields, rows in counts.items() if fields > 1})
        if not wide:
            continue
        fields, rows = max(wide.items(), key=lambda one: (one[1], one[0]))
        agreement = rows / counts.total()
        if (score := agreement * (1 + min(fields, 9))) > most and agreement >= 0.5:
            best, most = delimiter, score
    return best
