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

from rag.answers.alignment import features_of
from rag.answers.binding import values_exchanged
from rag.answers.details import is_translation, lacks_detail
from rag.answers.direction import direction_differs
from rag.answers.lookup import Lookup
from rag.answers.naming import unknown_name
from rag.answers.negation import negation_differs
from rag.answers.offices import office_differs, unknown_holder
from rag.answers.opening import states_nothing
from rag.answers.places import unknown_place
from rag.answers.pool import pool_of
from rag.answers.support import Support, supports_of
from rag.answers.values import values_of
from rag.documents.evidence import Evidence, Sentence
from rag.retrieval.reading import leans
from rag.text.folding import find_folded, folded_words
from rag.text.language import language_of

_QUOTED: Final = re.compile(r"«([^«»]+)»|“([^“”]+)[”“]|”([^“”]+)[“”]|„([^„“”]+)[“”]|\"([^\"\n]+)\"")
_GAPS: Final = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\.\.+)\s*")
_EDGES: Final = " \t\n.,،؛;:!؟?"
_SHORT_WORD: Final = 3
_MOST: Final = 0.6
_CERTAIN_LENGTH: Final = 4
"""Words from which on the language of a quotation is certain."""


class Reason(StrEnum):
    """Why a statement is not shown."""

    NO_CITATION = "no citation"
    UNKNOWN_CITATION = "unknown citation"
    NUMBER = "number not in the source"
    DATE = "date not in the source"
    NAME = "name not in the source"
    OFFICE = "office not in the source"
    DETAIL = "detail not in the source"
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
    if not (lookup.has_quantities(statement, values) and lookup.has_duals(statement)):
        return Reason.NUMBER
    if values_exchanged(statement, [one.text for one in cited]):
        return Reason.NUMBER
    if not all(
        _is_quoted_from(quotation, statement, supports) for quotation in _quotations(statement)
    ):
        return Reason.QUOTATION
    passages = _passages(cited, evidence)
    around = "\n".join((*(support.text for support in supports), question))
    known = pool_of("\n".join((*passages, around)))
    if _unknown_place(statement, cited, around, passages):
        return Reason.NAME
    if unknown_name(statement, known):
        return Reason.NAME
    if unknown_holder(statement, known):
        return Reason.NAME
    said = [*(support.text for support in supports), question]
    if office_differs(statement, said, passages):
        return Reason.OFFICE
    if opposed := _opposed(statement, cited, supports):
        return opposed
    languages = {one.source.language for one in supports}
    same = language_of(statement) in languages
    if lacks_detail(statement, features_of(around), "\n".join(passages), same_language=same):
        return Reason.DETAIL
    return None


def _unknown_place(
    statement: str, cited: Sequence[Sentence], around: str, passages: Sequence[str]
) -> str | None:
    texts = [one.text for one in cited]
    titled = pool_of("\n".join([*texts, *(one.source.title for one in cited)]))
    return unknown_place(
        statement, "\n".join(texts), titled, pool_of(around), "\n".join(passages)
    )


def _opposed(
    statement: str, cited: Sequence[Sentence], supports: Sequence[Support]
) -> Reason | None:
    """Whether statement and sentences say the opposite of each other, as far as that shows."""
    said = " ".join(sentence.text for sentence in cited)
    if negation_differs(statement, said):
        return Reason.NEGATION
    leaning = any(leans(one.text) for one in cited)
    around = " ".join(one.text for one in supports if leaning and not one.is_header)
    return Reason.DIRECTION if direction_differs(statement, said, around) else None


def _passages(cited: Sequence[Sentence], evidence: Sequence[Evidence]) -> list[str]:
    """The sentences of the passages that are cited from, where a name is known from."""
    return [
        sentence.text
        for one in evidence
        if any(sentence in one.sentences for sentence in cited)
        for sentence in one.sentences
    ]


def _quotations(statement: str) -> list[str]:
    """The quoted strings of two words and more."""
    found = ["".join(groups) for groups in _QUOTED.findall(statement)]
    return [one for one in found if len(folded_words(one)) >= 2]


def _is_quoted_from(quotation: str, statement: str, supports: Sequence[Support]) -> bool:
    """Whether a quotation stands in the source, or may be a translation of what does."""
    language = language_of(quotation)
    translated = language_of(statement) not in {one.source.language for one in supports}
    if not _is_of(quotation, supports):
        is_short = translated and len(folded_words(quotation)) < _CERTAIN_LENGTH
        if is_short or all(language != one.source.language for one in supports):
            said = "\n".join(one.text for one in supports)
            is_turned = direction_differs(quotation, _joined(supports), said)
            return is_translation(quotation, features_of(said)) and not is_turned
    texts = [one.text for one in supports] + [_joined(supports)]
    parts = [part.strip(_EDGES) for part in _GAPS.split(quotation) if part.strip(_EDGES)]
    return any(all(find_folded(part, text) for part in parts) for text in texts)


def _is_of(quotation: str, supports: Sequence[Support]) -> bool:
    """Whether most words of a quotation stand in a text that supports it, in its language."""
    words = [word for word in folded_words(quotation) if len(word) > _SHORT_WORD]
    return any(
        _MOST * len(words) <= sum(word in pool_of(one.text).words for word in words)
        for one in supports
        if words
    )


def _joined(supports: Sequence[Support]) -> str:
    """The cited texts in the order in which they stand, so that a quotation may cross sentences."""
    return " ".join(one.text for one in supports if one.joins is None)
