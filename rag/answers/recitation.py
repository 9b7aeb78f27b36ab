"""Re-citation: another sentence for a statement that its own does not fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rag.answers.likeness import likeness
from rag.answers.support import header
from rag.answers.verification import Reason, Verdict, verify
from rag.documents.evidence import Evidence, Sentence

_REPAIRABLE: Final = frozenset(
    (Reason.NUMBER, Reason.DATE, Reason.QUOTATION, Reason.NAME, Reason.OFFICE, Reason.DETAIL)
)
_LEAST_LIKENESS: Final = 0.5
"""What another sentence has to have of a statement's words, at least."""
_NEXT_TO_NOTHING: Final = 0.3
"""A sentence with no more of a statement's words than this has little to do with it."""
_CLEARLY_BETTER: Final = 0.3
"""How much more another sentence has to have then."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The sentences that a statement is to cite, and what they say to it."""

    cited: tuple[Sentence, ...]
    verdict: Verdict


def checked(
    statement: str, cited: Sequence[Sentence], evidence: Sequence[Evidence], question: str = ""
) -> Checked:
    """A statement verified by the sentences that it cites, or by one that fits it better.

    Where the cited ones lack a value of it, another sentence of their passages is cited, if it
    supports the statement. Where they support it and have next to nothing to do with it, the
    sentence of any passage shown that fits it clearly better is.
    """
    own = Checked(tuple(cited), verify(statement, cited, evidence, question))
    if own.verdict.reason in _REPAIRABLE:
        return _fitting(statement, own, _passages_of(cited, evidence), question, _LEAST_LIKENESS)
    if not cited or not own.verdict.supported:
        return own
    fits = likeness(statement, "\n".join(one.text for one in cited), _NEXT_TO_NOTHING)
    if fits > _NEXT_TO_NOTHING:
        return own
    least = max(_LEAST_LIKENESS, fits + _CLEARLY_BETTER)
    return _fitting(statement, own, evidence, question, least)


def _fitting(
    statement: str, own: Checked, passages: Sequence[Evidence], question: str, least: float
) -> Checked:
    """The sentence that is most like a statement and supports it; else what it cites itself.

    It has to hold the statement's values itself, but for what its title and date line say.
    """
    alike = [
        (likeness(statement, sentence.text), sentence)
        for sentence in _sentences(passages)
        if sentence not in own.cited
    ]
    for share, sentence in sorted(alike, key=lambda one: -one[0]):
        if share < least:
            break
        verdict = verify(statement, [sentence], passages, question)
        if verdict.supported and set(verdict.added) <= set(header(sentence.source)):
            return Checked((sentence,), verdict)
    return own


def _sentences(passages: Iterable[Evidence]) -> Iterable[Sentence]:
    return dict.fromkeys(sentence for one in passages for sentence in one.sentences)


def _passages_of(cited: Sequence[Sentence], evidence: Sequence[Evidence]) -> list[Evidence]:
    return [one for one in evidence if any(sentence in one.sentences for sentence in cited)]
