"""Evaluation: how well questions with known answers are found, cited and refused."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any, Final

from rag.answers.answer import Answer, Mode
from rag.errors import UsageError
from rag.text.folding import fold

DEPTH: Final = 10
"""How many passages of a ranking are looked at."""
_RESAMPLES: Final = 1000
_SEED: Final = 20211017
"""Of the bootstrap, so that a figure is the same in every run."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with what is known of its answer (interface: question files)."""

    question: str
    files: tuple[str, ...]
    answers: tuple[str, ...]
    language: str
    expect: str
    """`answer`, `nearest` or `abstain`."""
    all: bool
    after: tuple[str, ...]
    values: tuple[str, ...]
    kind: str = ""
    """What sort of message it is, where the file says so."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an example."""

    example: Example
    answer: Answer
    ranked: tuple[str, ...]
    """The files of the passages that retrieval found, best first."""
    valid: tuple[bool, ...]
    """For each citation, whether its span of the file is its quotation, to the letter."""
    milliseconds: float


def read_examples(path: Path) -> list[Example]:
    """The examples of a question file. UsageError, with the line, where it is not one."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}).") from None
    examples = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                examples.append(_example(json.loads(line)))
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise UsageError(f"Line {number} of {path} is not a question ({error}).") from None
    if not examples:
        raise UsageError(f"{path} holds no questions.")
    return examples


def _example(found: Mapping[str, Any]) -> Example:
    files = _texts(found, "files")
    return Example(
        str(found["question"]),
        files,
        _texts(found, "answers"),
        str(found.get("language") or ""),
        str(found.get("expect") or ("answer" if files else "unanswerable")),
        bool(found.get("all")),
        _texts(found, "after"),
        _texts(found, "values"),
        str(found.get("kind") or ""),
    )


def _texts(found: Mapping[str, Any], name: str) -> tuple[str, ...]:
    texts = found.get(name) or []
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise TypeError(f"{name} has to be a list of texts")
    return tuple(texts)


def scores(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Every figure over `outcomes`, as `rag eval --json` prints it; shares are 0 to 1."""
    return {
        "questions": len(outcomes),
        **_figures(outcomes),
        "by_language": _figures_by(outcomes, lambda one: one.example.language),
        "by_kind": _figures_by(outcomes, lambda one: one.example.kind),
        "milliseconds": {
            "p50": _percentile([one.milliseconds for one in outcomes], 0.5),
            "p99": _percentile([one.milliseconds for one in outcomes], 0.99),
        },
    }


def _figures_by(outcomes: Sequence[Outcome], name: Callable[[Outcome], str]) -> dict[str, Any]:
    """The figures of the outcomes of each name; of those without one, none."""
    found: dict[str, Any] = {}
    for each in sorted({name(one) for one in outcomes} - {""}):
        own = [one for one in outcomes if name(one) == each]
        found[each] = {"questions": len(own), **_figures(own)}
    return found


def _figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    answerable = [one for one in outcomes if one.example.files]
    cited = [one for one in outcomes if one.answer.citations]
    known = [one for one in answerable if one.example.answers or one.example.values]
    return {
        "retrieval": {
            "mrr@10": _mean(answerable, lambda one: reciprocal_rank(one.example, one.ranked)),
            "recall@1": _mean(answerable, lambda one: recall(one.example, one.ranked, 1)),
            "recall@5": _mean(answerable, lambda one: recall(one.example, one.ranked, 5)),
            "recall@10": _mean(answerable, lambda one: recall(one.example, one.ranked, DEPTH)),
            "ndcg@10": _mean(answerable, lambda one: gain(one.example, one.ranked)),
        },
        "evidence": {
            "hit@1": _mean(known, lambda one: float(_holds(one, first=True))),
            "hit": _mean(known, lambda one: float(_holds(one, first=False))),
        },
        "citations": {
            "valid": _mean(cited, _valid),
            "per_answer": _mean(cited, lambda one: float(len(one.answer.citations))),
        },
        "abstention": _abstention(outcomes),
        "confidence": _confidence(outcomes),
    }


def _mean(outcomes: Sequence[Outcome], figure: Callable[[Outcome], float]) -> float | None:
    if not outcomes:
        return None
    return round(sum(figure(one) for one in outcomes) / len(outcomes), 4)


def reciprocal_rank(example: Example, ranked: Sequence[str]) -> float:
    """1 over the rank of the first right file among ten; 0 where there is none."""
    places = _places(example, ranked)
    return 1 / places[0] if places else 0.0


def recall(example: Example, ranked: Sequence[str], depth: int) -> float:
    """Whether a right file is among the first `depth`; where all are wanted, the share."""
    found = [place for place in _places(example, ranked) if place <= depth]
    return len(found) / len(set(example.files)) if example.all else float(bool(found))


def gain(example: Example, ranked: Sequence[str]) -> float:
    """NDCG over ten passages (Järvelin and Kekäläinen, 2002), each right file counted once."""
    places = _places(example, ranked)
    wanted = len(set(example.files)) if example.all else 1
    best = sum(1 / log2(place + 1) for place in range(1, wanted + 1))
    return sum(1 / log2(place + 1) for place in places[:wanted]) / best


def _places(example: Example, ranked: Sequence[str]) -> list[int]:
    """The ranks, from 1, at which each right file first appears."""
    shown = list(ranked[:DEPTH])
    return sorted(shown.index(file) + 1 for file in set(example.files) if file in shown)


def _holds(one: Outcome, *, first: bool) -> bool:
    """Whether the citations hold an answer; with `values`, every one of them."""
    quotes = [fold(citation.quote) for citation in one.answer.citations]
    quotes = quotes[:1] if first else quotes
    if one.example.values and not first:
        return all(any(fold(value) in quote for quote in quotes) for value in one.example.values)
    wanted = one.example.answers or one.example.values
    return any(fold(answer) in quote for answer in wanted for quote in quotes)


def _valid(one: Outcome) -> float:
    """The share of an answer's citations that are intact and numbered in its text."""
    numbered = [f"[{citation.n}]" in one.answer.text for citation in one.answer.citations]
    sound = sum(map(all, zip(one.valid, numbered, strict=True)))
    return sound / len(one.valid)


def _abstention(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    judged = [one for one in outcomes if one.example.expect != "talk"]
    refused = [one for one in judged if one.answer.mode in _REFUSED]
    unanswerable = [one for one in judged if one.example.expect in _REFUSALS]
    right = [one for one in refused if one.example.expect in _REFUSALS]
    precision = len(right) / len(refused) if refused else None
    recalled = len(right) / len(unanswerable) if unanswerable else None
    both = (precision or 0) + (recalled or 0)
    return {
        "precision": None if precision is None else round(precision, 4),
        "recall": None if recalled is None else round(recalled, 4),
        "f1": round(2 * (precision or 0) * (recalled or 0) / both, 4) if both else None,
        "answered": _mean(
            [one for one in judged if one.example.expect == "answer"],
            lambda one: float(one.answer.mode not in _REFUSED),
        ),
        "exact": {
            "nearest": _told_as(judged, "nearest", Mode.NEAREST),
            "abstain": _told_as(judged, "abstain", Mode.ABSTAINED),
        },
    }


def _told_as(outcomes: Sequence[Outcome], expected: str, mode: Mode) -> float | None:
    """Of the questions of which exactly one way of refusing is right, the share refused so."""
    own = [one for one in outcomes if one.example.expect == expected]
    return _mean(own, lambda one: float(one.answer.mode is mode))


_REFUSALS: Final = frozenset({"abstain", "nearest", "unanswerable"})
_REFUSED: Final = frozenset({Mode.ABSTAINED, Mode.NEAREST})


def _confidence(outcomes: Sequence[Outcome]) -> dict[str, list[float]]:
    """95 % intervals by bootstrap over the questions (Efron, 1979)."""
    answerable = [one for one in outcomes if one.example.files]
    known = [one for one in answerable if one.example.answers or one.example.values]
    wanted = [one for one in outcomes if one.example.expect == "answer"]
    refusable = [one for one in outcomes if one.example.expect in _REFUSALS]
    values = {
        "mrr@10": [reciprocal_rank(one.example, one.ranked) for one in answerable],
        "recall@5": [recall(one.example, one.ranked, 5) for one in answerable],
        "ndcg@10": [gain(one.example, one.ranked) for one in answerable],
        "hit@1": [float(_holds(one, first=True)) for one in known],
        "hit": [float(_holds(one, first=False)) for one in known],
        "answered": [float(one.answer.mode not in _REFUSED) for one in wanted],
        "refused": [float(one.answer.mode in _REFUSED) for one in refusable],
    }
    return {name: _interval(found) for name, found in values.items() if found}


def _interval(values: Sequence[float]) -> list[float]:
    chance = random.Random(_SEED)  # noqa: S311
    means = sorted(
        sum(chance.choices(values, k=len(values))) / len(values) for _ in range(_RESAMPLES)
    )
    return [round(means[int(share * (_RESAMPLES - 1))], 4) for share in (0.025, 0.975)]


def _percentile(values: Sequence[float], share: float) -> float | None:
    if not values:
        return None
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)
