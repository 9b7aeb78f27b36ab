"""Repetition: short lines that many different reports have are furniture of the site they are from.

No list knows the words of every site. A line is counted when it could be furniture: a whole line of
a few words that is no sentence, has no number, and names no value or source.
"""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from hashlib import blake2b
from typing import Final

from rag.documents.attribution import names_source
from rag.documents.phrasing import tell_the_same
from rag.text.folding import fold, folded_words
from rag.text.sentences import LINE_ENDS, Span

FEWEST_REPORTS: Final = 4
"""In so many reports that differ, a short line is furniture."""
_LONGEST: Final = 80
_FEWEST_WORDS: Final = 2
_NOT_COUNTED: Final = re.compile(r"[\d:：؛;=]|[.!؟?…۔][\"'”’»)\]“]*$")


def line_key(text: str, sentence: Span) -> int | None:
    """The key of a sentence that is a whole short line; None where it is no such line."""
    line = sentence.of(text)
    if len(line) > _LONGEST or _NOT_COUNTED.search(line):
        return None
    around = (
        text[max(0, sentence.start - 1) : sentence.start],
        text[sentence.end : sentence.end + 1],
    )
    if any(side and side not in LINE_ENDS and not side.isspace() for side in around):
        return None
    words = folded_words(line)
    if len(words) < _FEWEST_WORDS or names_source(fold(line)):
        return None
    return int.from_bytes(blake2b(" ".join(words).encode(), digest_size=8).digest(), "big") >> 1


def tell_of_many(reports: Iterable[AbstractSet[int]]) -> bool:
    """Whether files, each given by its sentences' keys, are enough different reports."""
    different: list[AbstractSet[int]] = []
    for keys in reports:
        if not any(tell_the_same(keys, other) for other in different):
            different.append(keys)
        if len(different) >= FEWEST_REPORTS:
            return True
    return False
