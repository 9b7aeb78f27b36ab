"""What a soak tells: a table over the stretch of one life, and the bars with what was measured."""

import json
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from benchmarks.soak_ledger import Asked

if TYPE_CHECKING:
    from benchmarks.soak import Outcome, Sample

SLICES: Final = 10
WARM: Final = 2
"""The first slices, in which what is read once is read and caches fill."""
GROWTH: Final = 5.0
"""Percent by which memory may grow after that."""
SPARE: Final = {"files": 8, "arrays": 40, "sockets": 24, "threads": 8}
"""How many there may be more. Segments of the index come and go before they are merged, each of
eight arrays; there are as many sockets as there are requests under way."""
STEADY: Final = 1.5
"""How many times as long as in the first warm slice the last one may take, …"""
SPARE_SECONDS: Final = 1.0
"""… or this much longer."""
_COLUMNS: Final = {"files": 6, "arrays": 7, "sockets": 8, "threads": 8, "children": 9}
_MEGABYTE: Final = 2**20


class Bar(NamedTuple):
    """Something that has to hold."""

    name: str
    measured: str
    holds: bool


class Slice(NamedTuple):
    """A part of the stretch of one life."""

    first: int
    end: int
    samples: "list[Sample]"
    asked: list[Asked]


def slices(outcome: "Outcome") -> list[Slice]:
    """The stretch of one life, in parts of as many things that were asked."""
    bounds = np.linspace(0, outcome.one_life, SLICES + 1).round().astype(int).tolist()
    return [
        Slice(
            first,
            end,
            [one for one in outcome.samples if first < one.asked <= end],
            outcome.ledger.all[first:end],
        )
        for first, end in pairwise(bounds)
    ]


def growth(outcome: "Outcome") -> tuple[float, float]:
    """How memory (RSS) grew after the warm-up: percent, and bytes a thousand questions."""
    warm = outcome.one_life * WARM / SLICES
    samples = [one for one in outcome.samples if one.asked > warm]
    if len(samples) < 2:
        return 0.0, 0.0
    asked = np.array([one.asked for one in samples], dtype=float)
    rss = np.array([one.vitals.rss for one in samples], dtype=float)
    slope, at_zero = np.polyfit(asked, rss, 1)
    begin, end = (slope * at + at_zero for at in (warm, outcome.one_life))
    return 100 * (end / begin - 1), 1000 * slope


def _percentiles(waits: Sequence[float]) -> tuple[float, float]:
    if not waits:
        return 0.0, 0.0
    low, high = np.percentile(waits, (50, 99))
    return float(low), float(high)


def _signs(part: Slice) -> list[float]:
    return [one.sign - one.at for one in part.asked if one.sign is not None and one.chat > 0]


def _waits(part: Slice) -> list[float]:
    """Seconds to the answer in private chats; a group may get 20 messages a minute only."""
    return [one.answered_at - one.at for one in part.asked if one.answers and one.chat > 0]


def table(outcome: "Outcome") -> str:
    """A line for each slice."""
    head = f"{'asked':>13}{'/s':>6}{'RSS':>7}{'PSS':>7}{'USS':>7}"
    head += "".join(f"{name:>{width}}" for name, width in _COLUMNS.items())
    head += f"{'stored':>8}{'sign p50':>9}{'p99':>7}"
    lines = [head + f"{'answer p50':>11}{'p99':>7}   (MB, s)"]
    for part in slices(outcome):
        if not part.samples:
            continue
        seen = [one.vitals for one in part.samples]
        span = max(0.001, part.asked[-1].at - part.asked[0].at)
        numbers = [median(getattr(one, name) for one in seen) for name in ("rss", "pss", "uss")]
        line = f"{part.first:>6}–{part.end:<6}{len(part.asked) / span:>6.1f}"
        line += "".join(f"{number / _MEGABYTE:>7.1f}" for number in numbers)
        for name, width in _COLUMNS.items():
            line += f"{median(getattr(one, name) for one in seen):>{width}.0f}"
        line += f"{part.samples[-1].stored / _MEGABYTE:>8.1f}"
        (first, slow), (middle, late) = _percentiles(_signs(part)), _percentiles(_waits(part))
        lines.append(line + f"{first:>9.3f}{slow:>7.3f}{middle:>11.2f}{late:>7.2f}")
    return "\n".join(lines)


def _flat(outcome: "Outcome", name: str, spare: int) -> Bar:
    """The most that there were in the second half of the warm stretch, beside the first half."""
    seen = [one for part in slices(outcome)[WARM:] for one in part.samples]
    numbers = [getattr(one.vitals, name) for one in seen]
    middle = len(numbers) // 2
    first, second = max(numbers[:middle], default=0), max(numbers[middle:], default=0)
    return Bar(f"{name} flat", f"at most {first}, then {second}", second <= first + spare)


def _steady(outcome: "Outcome") -> list[Bar]:
    parts, bars = slices(outcome), []
    for name, waits in (("sign", _signs), ("answer", _waits)):
        first, last = (_percentiles(waits(part))[1] for part in (parts[WARM], parts[-1]))
        holds = last <= max(STEADY * first, first + SPARE_SECONDS)
        bars.append(Bar(f"{name} p99 steady", f"{first:.2f} s to {last:.2f} s", holds))
    return bars


def bars(outcome: "Outcome") -> list[Bar]:
    """All that has to hold, steadiness of time and memory included."""
    percent, slope = growth(outcome)
    grown = f"{percent:+.1f} % ({slope / _MEGABYTE:+.2f} MB a thousand questions)"
    return [
        *faultless(outcome),
        Bar(f"memory grows by at most {GROWTH:.0f} %", grown, percent <= GROWTH),
        *_steady(outcome),
    ]


def faultless(outcome: "Outcome") -> list[Bar]:
    """What has to hold on any machine, however much else it does."""
    judged = outcome.judgement
    counted: list[tuple[str, int]] = [
        ("lost", len(judged.lost)),
        ("out of order", judged.out_of_order),
        ("repeated without cause", len(judged.without_cause)),
        ("repeated without a mark", len(judged.unmarked)),
        ("apologies", outcome.ledger.apologies),
        ("log lines unexplained", len(outcome.log.unexplained)),
        ("admin's work failed", len(outcome.failed_work)),
        ("violations of the Bot API", len(outcome.violations)),
        ("floods", outcome.floods),
        ("exit statuses other than 0", sum(map(bool, outcome.statuses))),
    ]
    return [
        *(Bar(name, str(count), count == 0) for name, count in counted),
        *(_flat(outcome, name, spare) for name, spare in SPARE.items()),
    ]


def missed(outcome: "Outcome") -> list[Bar]:
    """The bars that do not hold."""
    return [one for one in bars(outcome) if not one.holds]


def told(outcome: "Outcome") -> str:
    """All of it, to be read."""
    judged = outcome.judgement
    answered = sum(one.is_answered for one in outcome.ledger.all)
    counts = {"repeated": judged.repeats, **outcome.faults}
    lines = [
        f"asked {len(outcome.ledger.all)}, answered {answered}, in {outcome.seconds:.0f} s;"
        f" {1000 * outcome.cpu / len(outcome.ledger.all):.1f} ms of processor time each",
        f"asked     {_listed(judged.asked)}",
        f"faults    {_listed(counts)}",
        f"admin     {_listed(outcome.work)}",
        f"log       {_listed(outcome.log.explained)}",
        f"metrics   {outcome.metrics} lines",
        f"stored    {_stored(outcome.stored)}",
        "",
        table(outcome),
        "",
    ]
    lines += [
        f"{'ok' if one.holds else 'MISSED':7}{one.name:34}{one.measured}" for one in bars(outcome)
    ]
    lines += [f"lost: {one}" for one in judged.lost[:20]]
    lines += [f"repeated without cause: {one}" for one in judged.without_cause[:10]]
    lines += [f"repeated without mark: {one}" for one in judged.unmarked[:10]]
    lines += [f"log: {line}" for line in outcome.log.unexplained[:20]]
    lines += [f"admin: {line}" for line in outcome.failed_work[:10]]
    lines += [f"violation: {line}" for line in outcome.violations[:10]]
    return "\n".join(lines)


def _listed(counts: object) -> str:
    return json.dumps(counts, ensure_ascii=False)[1:-1].replace('"', "")


def _stored(sizes: dict[str, int]) -> str:
    largest = sorted(sizes.items(), key=lambda one: -one[1])[:8]
    whole = sum(sizes.values()) / _MEGABYTE
    told = ", ".join(f"{name} {size / _MEGABYTE:.1f}" for name, size in largest)
    return f"{whole:.1f} MB in {len(sizes)} files: {told}"
