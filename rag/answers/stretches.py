"""Stretches: the words of a sentence that belong to one of several predicates in it.

"Bread prices rose, while fuel prices fell" says two things. What stands between two predicates is
parted at the strongest break: a semicolon or "while", else a comma, else "and". In Arabic and
English a clause begins with its subject or verb, so that the last of equal breaks counts; in
Persian it ends with the verb, so that the first does.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rag.answers.senses import listed_exactly
from rag.answers.texts import spans_in, tongue_of
from rag.text.folding import fold

_STRONG: Final = frozenset(
    fold("while but whereas although though yet بينما لكن ولكن لكنه فيما اما ولی لیکن").split()
)
_COMMA: Final = re.compile(r"[,،:–—(«»\"“”]")
_STOP: Final = re.compile(r"[;؛.!?؟\n]")
_AND: Final = {"en": frozenset(("and", "or")), "fa": frozenset(("و", "يا")), "ar": frozenset("و")}
_SHORTEST: Final = 4


@lru_cache(maxsize=1_024)
def breaks_in(text: str) -> tuple[int, ...]:
    """How strongly a text breaks before each of its words: 0 not at all, up to 3."""
    spans, language = spans_in(text), tongue_of(text)
    found = []
    for place, (word, start, _) in enumerate(spans):
        between = text[spans[place - 1][2] : start] if place else ""
        if word in _STRONG or (place and _STOP.search(between)):
            found.append(3)
        elif place and _COMMA.search(between):
            found.append(2)
        else:
            found.append(int(word in _AND[language] or (language == "ar" and _is_joined(word))))
    return tuple(found)


@lru_cache(maxsize=4_096)
def _is_joined(word: str) -> bool:
    """Whether an Arabic word begins with "and"."""
    return word[0] in "وف" and len(word) >= _SHORTEST and not listed_exactly(word)


def stretches(text: str, places: Sequence[int]) -> list[tuple[int, int]]:
    """For each of ascending places of words, from and up to which words its stretch is."""
    breaks, language = breaks_in(text), tongue_of(text)
    starts = [0]
    for one, next_one in pairwise(places):
        between = range(one + 1, next_one + 1)
        strongest = max(breaks[place] for place in between)
        if not strongest:
            starts.append(one + 1 if language == "fa" else next_one)
            continue
        equal = [place for place in between if breaks[place] == strongest]
        starts.append(equal[0] if language == "fa" else equal[-1])
    return list(zip(starts, [*starts[1:], len(breaks)], strict=True))
