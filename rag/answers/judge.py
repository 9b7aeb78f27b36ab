"""The second judge: a model that is asked whether the cited sentences say what the claims say.

One short call for all claims of an answer. It only ever takes away: a claim that it does not find
supported is withheld. Where it fails, is late or cannot be understood, the answer stands as the
deterministic checks left it, and says that it was not judged.
"""

import logging
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from rag.answers.answer import Usage
from rag.answers.json_values import json_values
from rag.answers.model import Model
from rag.answers.prompts import Exhibit, judging_messages
from rag.answers.reasoning import without_reasoning
from rag.answers.support import supports_of
from rag.answers.writer import Written
from rag.documents.evidence import Evidence
from rag.errors import ModelUnavailable
from rag.text.folding import fold

_log = logging.getLogger(__name__)

REASON: Final = "judge"
"""Why a claim is withheld that the judge does not find supported."""
PATIENCE: Final = 5.0
"""Seconds that an answer waits for the judge."""


class Ruling(StrEnum):
    """What the cited sentences do to a claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    NEITHER = "neither"


Rulings = tuple[Ruling | None, ...]
"""One for each claim, in order; None where the judge's word could not be understood."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer after the judge."""

    written: Written
    complete: bool
    """Whether the judge ruled on every claim, in time."""
    usage: Usage = Usage()
    """Of the judge's call alone."""


class Judge:
    """Asks a model about the claims of answers."""

    def __init__(self, model: Model, patience: float = PATIENCE) -> None:
        """`patience`: the most seconds that an answer waits for a ruling."""
        self._model = model
        self._patience = patience

    async def judge(
        self, written: Written, evidence: Sequence[Evidence], deadline: float
    ) -> Judged:
        """The answer without the claims that the judge does not find supported.

        `deadline` is a time of `time.monotonic()`. Nothing is raised where the model fails.
        """
        if not written.claims:
            return Judged(written, complete=False)
        until = min(time.monotonic() + self._patience, deadline)
        messages = judging_messages(exhibits(written, evidence), self._model.budget)
        reply = self._model.stream(messages, until)
        try:
            rulings = rulings_in(await reply.text(), len(written.claims))
        except ModelUnavailable as failure:
            _log.warning("the answer is not judged: %s", failure)
            rulings = (None,) * len(written.claims)
        return Judged(ruled(written, rulings), None not in rulings, reply.usage)


def exhibits(written: Written, evidence: Sequence[Evidence]) -> list[Exhibit]:
    """What the judge is shown: each claim, the sentences it cites and what these lean on."""
    shown = []
    for place, claim in enumerate(written.claims):
        cited = written.sentences_of(place)
        around = [one.text for one in supports_of(cited, evidence) if one.joins]
        shown.append(Exhibit(claim.text, tuple(one.text for one in cited), tuple(around)))
    return shown


def ruled(written: Written, rulings: Rulings) -> Written:
    """The answer with the claims withheld that are not supported."""
    refused = [
        place for place, ruling in enumerate(rulings) if ruling not in (None, Ruling.SUPPORTS)
    ]
    return written.without(refused, REASON) if refused else written


_WORDS: Final = (
    # What denies is looked for first: "not supported" holds "supported".
    (
        Ruling.NEITHER,
        r"\b(?:not|un|does not|doesnt|isnt|insufficiently|partially|partly)[ _-]?(?:fully )?"
        r"(?:support\w*|entail\w*|confirm\w*)|neither|neutral|unrelated|unclear|unknown"
        r"|insufficient|no[ _-]?(?:info\w*|evidence)|irrelevant|لا (?:ي|ت)?(?:دعم|ويد|وكد)"
        r"|غير (?:مدعوم|موكد|موكده|مدعومه)|محايد|لا هذا ولا ذاك|هيچ ?كدام|نامشخص|خنثي",
    ),
    (
        Ruling.CONTRADICTS,
        r"contradict\w*|refut\w*|conflict\w*|disprov\w*|\bfalse\b|\b(?:ي|ت)?(?:ناقض|تناقض|عارض)"
        r"|متناقض|تناقض|متعارض|نقض|مغاير",
    ),
    (
        Ruling.SUPPORTS,
        r"\bsupport\w*|\bentail\w*|\bconfirm\w*|\btrue\b|\byes\b|\b(?:ي|ت)?(?:دعم|ويد|وكد)"
        r"|مدعوم|مويد|تاييد|پشتيباني",
    ),
)
_RULINGS: Final = tuple((ruling, re.compile(pattern)) for ruling, pattern in _WORDS)


def rulings_in(reply: str, count: int) -> Rulings:
    """The rulings on `count` claims in a judge's reply, whatever stands around them.

    By number they may be incomplete; without numbers there have to be as many as claims, since
    none could be told apart otherwise. None stands where there is no telling.
    """
    for found in json_values(without_reasoning(reply)):
        if rulings := _read(found, count):
            return rulings
    return (None,) * count


def _read(value: Any, count: int) -> Rulings | None:
    if isinstance(value, list):
        return _of_list(value, count)
    if not isinstance(value, Mapping):
        return None
    if numbered := _of_numbers(value.items(), count):
        return numbered
    if count == 1 and len(value) == 1 and (ruling := _ruling(next(iter(value.values())))):
        return (ruling,)
    return next(filter(None, (_read(inner, count) for inner in value.values())), None)


def _of_list(values: Sequence[Any], count: int) -> Rulings | None:
    pairs = [(_number_in(one), _word_in(one)) for one in values if isinstance(one, Mapping)]
    if pairs and all(number is not None for number, _ in pairs):
        return _of_numbers(pairs, count)
    rulings = tuple(_ruling(_word_in(one)) for one in values)
    return rulings if len(rulings) == count and any(rulings) else None


def _of_numbers(pairs: Any, count: int) -> Rulings | None:
    rulings: list[Ruling | None] = [None] * count
    for key, word in pairs:
        number = _number(key)
        if number is None or not 1 <= number <= count:
            return None
        rulings[number - 1] = _ruling(_word_in(word))
    return tuple(rulings) if any(rulings) else None


def _number(key: Any) -> int | None:
    digits = re.fullmatch(r"\D{0,12}(\d{1,3})\D?", fold(str(key)))
    return int(digits[1]) if digits else None


def _number_in(value: Mapping[str, Any]) -> int | None:
    numbers = [value[key] for key in ("id", "n", "number", "claim", "statement") if key in value]
    return next((found for one in numbers if (found := _number(one)) is not None), None)


def _word_in(value: Any) -> Any:
    """The ruling's word, in an object the one under its usual name."""
    if not isinstance(value, Mapping):
        return value
    names = ("verdict", "ruling", "label", "judgment", "judgement", "answer", "result")
    return next((value[name] for name in names if name in value), None)


def _ruling(word: Any) -> Ruling | None:
    if not isinstance(word, str):
        return None
    folded = " ".join(fold(word).replace("'", "").split())
    return next((ruling for ruling, pattern in _RULINGS if pattern.search(folded)), None)
