"""Attribution: the words in which a report names where it comes from.

"Source: …" and the line below it, "translated from …", and what opens the report: a dateline
(`Beijing/ 11 September/ IRNA-`) or an agency's name before a colon.
"""

import re
from itertools import islice
from typing import Final

from rag.text.folding import fold

_OPENING_LINES: Final = 3
_LONGEST_LINE: Final = 200
_NAMES_SOURCE: Final = re.compile(
    r"^\W*(?:المصدر|مصدر|ماده مترجمه|ترجمه|مترجم|نقلا عن|source|translated|منبع|به نقل از)\b"
    r"(?: (?:عن|from|by|از)\b)?"
)
_QUOTED_TITLE: Final = re.compile(r"[“”\"«](?:[^\s“”\"«»]+\s+){2,}[^“”\"«»]*[“”\"»]")
_OPENING_WORDS: Final = re.compile(r"^[^:\-–—]{2,60}(?:[:\-–—])|^.{2,40}(?<![.؟?!])$")


def names_source(folded: str) -> bool:
    """Whether a folded line names where a report comes from, or announces it ("Source:")."""
    return _NAMES_SOURCE.match(folded) is not None


def attribution(text: str, body_start: int) -> str:
    """What of `text` attributes it, or an empty text. `body_start`: where the headline ends."""
    lines = [line.strip() for line in text.splitlines()]
    found = []
    for place, line in enumerate(lines):
        folded = fold(line)
        if len(line) <= _LONGEST_LINE and (opening := _NAMES_SOURCE.match(folded)):
            found.append(line)
            if not any(character.isalnum() for character in folded[opening.end() :]):
                found.append(next(filter(None, islice(lines, place + 1, None)), ""))
    body = [line.strip() for line in text[body_start:].splitlines() if line.strip()]
    found.extend(
        opening.group() for line in body[:_OPENING_LINES] if (opening := _OPENING_WORDS.match(line))
    )
    return _QUOTED_TITLE.sub("", "\n".join(dict.fromkeys(found)))
