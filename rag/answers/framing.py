"""Framing: passages as a model sees them, each in a frame that it cannot close, within a budget."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Final

from rag.answers.support import header
from rag.documents.evidence import Evidence
from rag.text.hidden import visible_line

BUDGET: Final = 12_000
"""Characters of sources that a model is shown unless a setting says otherwise."""
_ANGLES: Final = str.maketrans("\ufe64\ufe65\uff1c\uff1e", "<><>")
"""Letters that look like the brackets of a frame are escaped as these are."""


def frame(evidence: Sequence[Evidence]) -> str:
    """The passages as the model sees them, numbered from 1, their sentences with ids."""
    return "\n\n".join(_framed(number, one) for number, one in enumerate(evidence, start=1))


def within_budget(evidence: Sequence[Evidence], characters: int) -> list[Evidence]:
    """The first passages whose frames have at most so many characters together.

    Of a first passage that alone is too long, its first sentences, at least one.
    """
    kept: list[Evidence] = []
    left = characters
    for number, one in enumerate(evidence, start=1):
        length = len(_framed(number, one)) + 2
        if length > left:
            break
        kept.append(one)
        left -= length
    return kept or [_shortened(one, characters) for one in evidence[:1]]


def _shortened(passage: Evidence, characters: int) -> Evidence:
    count = len(passage.sentences)
    while count > 1 and len(_framed(1, _first(passage, count))) > characters:
        count -= 1
    return _first(passage, count)


def _first(passage: Evidence, count: int) -> Evidence:
    return Evidence(passage.source, passage.sentences[:count], passage.score)


def _framed(number: int, passage: Evidence) -> str:
    source = passage.source
    attributes = "".join(
        f' {name}="{escaped(visible_line(value), quote=True)}"'
        for name, value in (
            ("id", str(number)),
            ("file", source.path),
            ("title", source.title),
            ("date", source.date or "unknown"),
        )
    )
    titles = [one.text for one in header(source)] if source.title_span else [source.title]
    if not source.title_span:
        titles += [one.text for one in header(source)]
    heading = escaped(" — ".join(map(visible_line, titles)))
    lines = [heading, *(_shown_sentence(one.text) for one in passage.sentences)]
    body = "\n".join(f"[{number}.{i}] {line}" for i, line in enumerate(lines))
    return f"<source{attributes}>\n{body}\n</source>"


@lru_cache(maxsize=1_024)
def _shown_sentence(text: str) -> str:
    """A sentence as the model sees it, which is wanted more than once for each question."""
    return escaped(visible_line(text))


def escaped(text: str, *, quote: bool = False) -> str:
    """A text that neither ends its frame nor looks as if it did; with `quote`, nor an attribute."""
    return escape(text.translate(_ANGLES), quote=quote)
