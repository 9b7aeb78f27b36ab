"""Verification: whether the cited sentences support a statement, as far as rules can tell.

Deterministic and always on. It shows consistency, not entailment: that every number, date, name
and quoted string of the statement stands in what it cites, or in what that leans on, and that
neither denies or turns round what the other states. When in doubt a statement is kept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rag.answers.direction import direction_differs
from rag.answers.lookup import Lookup
from rag.answers.naming import unknown_name
from rag.answers.negation import negation_differs
from rag.answers.opening import states_nothing
from rag.answers.pool import pool_of
from rag.answers.support import Support, supports_of
from rag.answers.values import values_of
from rag.documents.evidence import Evidence, Sentence
from rag.text.folding import find_folded, folded_words
from rag.text.language import language_of

_QUOTED: Final = re.compile(r"«([^«»]+)»|“([^“”]+)[”“]|”([^“”]+)[“”]|„([^„“”]+)[“”]|\"([^\"\n]+)\"")
_GAPS: Final = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\.\.+)\s*")
_EDGES: Final = " \t\n.,،؛;:!؟?"
_CERTAIN_LENGTH: Final = 4
"""Words from which on the language of a quotation is certain."""


class Reason(StrEnum):
    """Why a statement is not shown."""

    NO_CITATION = "no citation"
    UNKNOWN_CITATION = "unknown citation"
    NUMBER = "number not in the source"
    DATE = "date not in the source"
    NAME = "name not in the source"
    QUOTATION = "quotation not in the source"
    NEGATION = "negation differs"
    DIRECTION = "direction differs"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification says about a statement."""

    supported: bool
    reason: Reason | None = None
    added: tuple[Sentence, ...] = ()
    """Sentences that the cited ones lean on and that have to be cited with them."""


def verify(
    statement: str,
    cited: Sequence[Sentence],
    evidence: Sequence[Evidence] = (),
    question: str = "",
) -> Verdict:
    """Whether `cited` supports `statement`.

    `evidence` is what the model was shown, `question` what was asked: names of both are known. The
    sentence before a cited one and its source's title and date line may support a value, and then
    are `added`.
    """
    if not cited:
        nothing = states_nothing(statement, question)
        return Verdict(nothing, None if nothing else Reason.NO_CITATION)
    supports = supports_of(cited, evidence)
    lookup = Lookup(supports)
    reason = _unsupported(statement, cited, supports, lookup, evidence, question)
    if reason:
        return Verdict(False, reason)
    added = [one.joins for one in lookup.used if one.joins]
    return Verdict(True, None, tuple(dict.fromkeys(added)))


def _unsupported(
    statement: str,
    cited: Sequence[Sentence],
    supports: Sequence[Support],
    lookup: Lookup,
    evidence: Sequence[Evidence],
    question: str,
) -> Reason | None:
    values = values_of(statement)
    if not lookup.has_dates(values):
        return Reason.DATE
    if not lookup.has_quantities(statement, values):
        return Reason.NUMBER
    if not all(
        _is_quoted_from(quotation, statement, supports) for quotation in _quotations(statement)
    ):
        return Reason.QUOTATION
    if unknown_name(statement, pool_of(_around(cited, supports, evidence, question))):
        return Reason.NAME
    return _opposed(statement, cited, supports)


def _opposed(
    statement: str, cited: Sequence[Sentence], supports: Sequence[Support]
) -> Reason | None:
    """Whether statement and sentences say the opposite of each other, as far as that shows."""
    said = " ".join(sentence.text for sentence in cited)
    if negation_differs(statement, said):
        return Reason.NEGATION
    around = " ".join(support.text for support in supports)
    return Reason.DIRECTION if direction_differs(statement, said, around) else None


def _around(
    cited: Sequence[Sentence],
    supports: Sequence[Support],
    evidence: Sequence[Evidence],
    question: str,
) -> str:
    """Where a name is known from: the cited passages, what they lean on, the question."""
    passages = [
        one.text for one in evidence if any(sentence in one.sentences for sentence in cited)
    ]
    return "\n".join([*passages, *(support.text for support in supports), question])


def _quotations(statement: str) -> list[str]:
    """The quoted strings of two words and more."""
    found = ["".join(groups) for groups in _QUOTED.findall(statement)]
    return [one for one in found if len(folded_words(one)) >= 2]


def _is_quoted_from(quotation: str, statement: str, supports: Sequence[Support]) -> bool:
    """Whether a quotation stands in the source, where it is not a translation of it."""
    language = language_of(quotation)
    translated = language_of(statement) not in {one.source.language for one in supports}
    for source in {one.source.path: one.source for one in supports}.values():
        if language != source.language:
            return True
        if translated and len(folded_words(quotation)) < _CERTAIN_LENGTH:
            return True
    texts = [one.text for one in supports] + [_joined(supports)]
    parts = [part.strip(_EDGES) for part in _GAPS.split(quotation) if part.strip(_EDGES)]
    return any(all(find_folded(part, text) for part in parts) for text in texts)


def _joined(supports: Sequence[Support]) -> str:
    """The cited texts in the order in which they stand, so that a quotation may cross sentences."""
    return " ".join(one.text for one in supports if one.joins is None)
