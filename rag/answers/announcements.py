"""Announcements: the day on which something was said, and the day of what was said.

The rule. "On 18 October the spokesman announced that Iran would host them on 27 October" has two
days: the one beside the verb of saying, and the one behind "that" ("أن", "که"). A claim in which
the day of saying is, in the source, only that of what was said, is false, and so is the reverse.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rag.answers.data import lines_of
from rag.answers.inflection import forms
from rag.answers.texts import spans_in, tongue_of
from rag.answers.values import parts_of
from rag.text.dates import written_dates
from rag.text.folding import fold, folded_words

_THAT: Final = {
    "en": frozenset(("that",)),
    "ar": frozenset(fold("أن أنه أنها أنهم أنهما إن إنه إنها إنهم بأن بأنه بأنها").split()),
    "fa": frozenset(fold("که").split()),
}
_TAIL: Final = re.compile(r",\s")
"""In English who said it may stand behind it: "…, he said on Monday"."""
_DAY_AND_MONTH: Final = 2
_NEAR: Final = 14
"""Words before "that" among which the verb of saying stands."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a text, as (month, day)."""

    of_saying: frozenset[str]
    of_said: frozenset[str]


def days_exchanged(claim: str, cited: Sequence[str]) -> bool:
    """Whether the claim takes the day of what was said for that of saying it, or the reverse."""
    mine = days_announced_in(claim)
    if mine is None:
        return False
    told = [days for text in cited if (days := days_announced_in(text))]
    saying = frozenset[str]().union(*(one.of_saying for one in told))
    said = frozenset[str]().union(*(one.of_said for one in told))
    return not (mine.of_saying & said).issubset(saying) or (
        bool(saying) and not (mine.of_said & saying).issubset(said)
    )


@lru_cache(maxsize=1_024)
def days_announced_in(text: str) -> Days | None:
    """The days of saying and of what was said; None of a text that has not both parts."""
    dates = [
        (one.start, "-".join(map(str, parts_of(one.value)[1:])))
        for one in written_dates(text)
        if len([part for part in parts_of(one.value)[1:] if part]) == _DAY_AND_MONTH
    ]
    if not dates:
        return None
    at = _parting(text)
    if at is None:
        return None
    parting, is_said_first = at
    before = frozenset(value for start, value in dates if start < parting)
    after = frozenset(value for start, value in dates if start >= parting)
    return Days(after, before) if is_said_first else Days(before, after)


def _parting(text: str) -> tuple[int, bool] | None:
    """Where what is said begins or ends, and whether it stands first."""
    spans, language = spans_in(text), tongue_of(text)
    says = [place for place, (word, _, _) in enumerate(spans) if _says(word, language)]
    if not says:
        return None
    for place, (word, start, _) in enumerate(spans):
        if word in _THAT[language] and any(0 < place - one <= _NEAR for one in says):
            return start, False
    tails = [match.end() for match in _TAIL.finditer(text)] if language == "en" else []
    if tails and spans[says[-1]][1] > tails[-1] and len(says) == 1:
        return tails[-1], True
    return None


@lru_cache(maxsize=4_096)
def _says(word: str, language: str) -> bool:
    """Whether a folded word is a verb of saying."""
    verbs = _verbs(language)
    return word in verbs or any(form in verbs for form in forms(word))


@lru_cache(maxsize=3)
def _verbs(language: str) -> frozenset[str]:
    rows = (line.split(":", 1) for line in lines_of("reporting"))
    return frozenset(word for own, verbs in rows if own == language for word in folded_words(verbs))
