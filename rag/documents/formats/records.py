"""JSON and JSON lines: each record as lines that can be read alone."""

import json
from collections.abc import Iterator
from typing import Any, Final

from rag.documents.formats.encoding import decoded
from rag.documents.formats.extracted import MOST_CHARACTERS, Extracted
from rag.documents.formats.tidying import tidy, tidy_line, too_long
from rag.errors import UnreadableFile

MOST_RECORDS: Final = 200_000
DEEPEST: Final = 40
_TITLES: Final = ("title", "headline", "subject", "name", "عنوان", "العنوان")
_LONG: Final = 100
"""A value of more characters, or of several lines, is a text of its own."""


def extract_lines(content: bytes) -> Extracted:
    """The text of a JSON lines file. UnreadableFile with the line that is not JSON."""
    text, encoding = decoded(content)
    parts: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        if len(parts) >= MOST_RECORDS:
            raise UnreadableFile(f"it has more than {MOST_RECORDS} records")
        parts.append(_record(_parsed(line, f"line {number}")))
    return Extracted(_text(parts), encoding)


def extract_json(content: bytes) -> Extracted:
    """The text of a JSON file: a record, or a list of records."""
    text, encoding = decoded(content)
    value = _parsed(text, "the file")
    records = value if isinstance(value, list) else [value]
    if len(records) > MOST_RECORDS:
        raise UnreadableFile(f"it has more than {MOST_RECORDS} records")
    return Extracted(_text([_record(one) for one in records]), encoding)


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text, parse_int=str, parse_float=str)
    except RecursionError:
        raise UnreadableFile(f"{where} is nested too deep") from None
    except ValueError as error:
        raise UnreadableFile(f"{where} is not JSON ({error})") from None


def _text(parts: list[str]) -> str:
    if sum(map(len, parts)) > MOST_CHARACTERS:
        raise too_long()
    return tidy("\n\n".join(parts))


def _record(value: Any) -> str:
    """A record: its title, its short values on one line, each long text below."""
    if not isinstance(value, dict):
        return "\n".join(_plain(found) for _, found in _leaves(value, "", 0))
    title, short, long = "", [], []
    for name, found in _leaves(value, "", 0):
        plain = _plain(found)
        if not plain:
            continue
        if not title and name.casefold() in _TITLES:
            title = tidy_line(plain)
        elif len(plain) > _LONG or "\n" in plain:
            long.append(plain)
        else:
            short.append(f"{name}: {plain}" if name else plain)
    return "\n".join(filter(None, (title, " | ".join(short), *long)))


def _leaves(value: Any, name: str, depth: int) -> Iterator[tuple[str, Any]]:
    if depth > DEEPEST:
        raise UnreadableFile(f"it is nested more than {DEEPEST} deep")
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{name}.{key}" if name else str(key), depth + 1)
    elif isinstance(value, list):
        if all(not isinstance(one, dict | list) for one in value):
            yield name, " · ".join(filter(None, (_plain(one) for one in value)))
        else:
            for inner in value:
                yield from _leaves(inner, name, depth + 1)
    else:
        yield name, value


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return tidy(value) if isinstance(value, str) else json.dumps(value)
