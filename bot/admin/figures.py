"""What is counted of each day, and what the counts say. Pure.

Counts are by name, so that they can be added up over processes and days. How long answers took
is counted by classes, each a fifth wider than the one before; a percentile is known as exactly.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rag.answers.answer import Answer, Mode

QUESTIONS: Final = "questions"
WITHHELD: Final = "withheld"
DISAGREEMENTS: Final = "disagreements"
TOKENS: Final = "tokens"
ERRORS: Final = "errors"
_MODE: Final = "mode:"
_CLASS: Final = "took:"
_WIDER: Final = 1.2

Counts = Mapping[str, int]


def counts_of(answer: Answer) -> Counter[str]:
    """What one answer adds to the counts; small talk adds only its tokens."""
    tokens = answer.usage.prompt_tokens + answer.usage.completion_tokens
    counts = Counter({TOKENS: tokens} if tokens else {})
    if answer.kind == "talk":
        return counts
    counts[QUESTIONS] = 1
    counts[f"{_MODE}{answer.mode}"] = 1
    if answer.withheld:
        counts[WITHHELD] = len(answer.withheld)
    if answer.disagreements:
        counts[DISAGREEMENTS] = len(answer.disagreements)
    if "total" in answer.milliseconds:
        counts[f"{_CLASS}{_class_of(answer.milliseconds['total'])}"] = 1
    return counts


@dataclass(frozen=True, slots=True)
class Bar:
    """One day as the chart shows it."""

    day: int
    """Days since 1970."""
    answered: int
    nearest: int
    abstained: int
    errors: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the counts of some days say."""

    questions: int
    abstained: int
    nearest: int
    withheld: int
    disagreements: int
    tokens: int
    errors: int
    median: float | None
    """Seconds to a whole answer, exact to a fifth; None before the first one."""
    slowest: float | None
    """The 95th percentile of these seconds."""

    @classmethod
    def of(cls, days: Sequence[Counts]) -> "Figures":
        """The figures of some days together."""
        total: Counter[str] = Counter()
        for counts in days:
            total.update(counts)
        return cls(
            questions=total[QUESTIONS],
            abstained=total[f"{_MODE}{Mode.ABSTAINED}"],
            nearest=total[f"{_MODE}{Mode.NEAREST}"],
            withheld=total[WITHHELD],
            disagreements=total[DISAGREEMENTS],
            tokens=total[TOKENS],
            errors=total[ERRORS],
            median=percentile(total, 0.5),
            slowest=percentile(total, 0.95),
        )


def bars(days: Mapping[int, Counts], last: int, count: int) -> list[Bar]:
    """The last `count` days up to `last`, the earliest first; those without counts too."""
    return [_bar(day, days.get(day, {})) for day in range(last - count + 1, last + 1)]


def percentile(counts: Counts, share: float) -> float | None:
    """The seconds within which this share of the answers was there; None where there is none."""
    classes = sorted(
        (int(name.removeprefix(_CLASS)), count)
        for name, count in counts.items()
        if name.startswith(_CLASS) and count > 0
    )
    wanted = share * sum(count for _, count in classes)
    for number, count in classes:
        wanted -= count
        if wanted <= 0:
            return float(_WIDER**number / 1000)
    return None


def _class_of(milliseconds: int) -> int:
    return max(0, math.ceil(math.log(max(1, milliseconds), _WIDER) - 1e-9))


def _bar(day: int, counts: Counts) -> Bar:
    nearest = counts.get(f"{_MODE}{Mode.NEAREST}", 0)
    abstained = counts.get(f"{_MODE}{Mode.ABSTAINED}", 0)
    answered = counts.get(QUESTIONS, 0) - nearest - abstained
    return Bar(day, max(0, answered), nearest, abstained, counts.get(ERRORS, 0))
