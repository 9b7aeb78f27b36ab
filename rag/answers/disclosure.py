"""Disclosure: telling the reader where the sources of an answer disagree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from rag.answers.answer import Citation, Claim, ClaimKind, Disagreement, DisputedValue
from rag.answers.citing import Citations
from rag.answers.disagreement import Dispute, Value, disputes
from rag.answers.facts import ALL_SORTS, Told
from rag.answers.markup import inert_name, round_numbers
from rag.answers.quoter import without_marks
from rag.answers.relevance import COUNTED, Relevance
from rag.answers.timeliness import date_in_words
from rag.documents.evidence import Evidence, Sentence
from rag.retrieval.choice import Chosen
from rag.retrieval.question import Question
from rag.retrieval.reading import has_cue
from rag.text.function_words import Asked
from rag.wording import Wording

_NEAR_THE_BEST: Final = 0.6
"""How near a sentence's score has to be to the best one's for its values to count."""
_MOST_OTHERS: Final = 16
_MOST_FORMED: Final = 12
_MOST_DISPUTES: Final = 3
_MOST_DIFFERENCES: Final = 8
"""Where nothing but disagreements is asked for."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What is added to an answer whose sources disagree."""

    text: str
    claims: tuple[Claim, ...]
    """The quotations among what is added."""
    citations: tuple[Citation, ...]
    """Those of the answer, then those of what is added."""
    disagreements: tuple[Disagreement, ...]


def disclosure(
    citations: Sequence[Citation],
    evidence: Sequence[Evidence],
    chosen: Sequence[Chosen],
    language: str,
    words: Wording,
    also: dict[str, tuple[str, ...]],
    question: Question | None = None,
    further: Sequence[Evidence] = (),
    statements: Sequence[str] = (),
) -> Disclosure | None:
    """What to add to an answer with these citations; None where no source disagrees.

    `chosen` are the sentences that retrieval found, best first, `further` are passages that came
    after those: a value that only one of them gives is quoted beside those of the answer. What is
    told of other places, persons and deeds than those of the question is not in dispute.
    `statements` are what the answer says in its own words.
    """
    passages = [*evidence, *(one.passage for one in chosen), *further]
    own = list(dict.fromkeys(_cited(citations, passages)))
    others = [one for one in _others(chosen, further, question) if one not in own]
    relevance = Relevance(question)
    every = disputes(own, others, ALL_SORTS if statements else relevance.sorts)
    told_of = {one: passage for passage in passages for one in passage.sentences} if every else {}
    found = [one for one in every if relevance.has(one, statements, told_of)]
    if not found:
        return None
    speaker = _Speaker(citations, language, words, also)
    return speaker.disclosure(found[:_MOST_DISPUTES])


def differences(
    evidence: Sequence[Evidence],
    language: str,
    words: Wording,
    also: dict[str, tuple[str, ...]],
    question: Question | None = None,
) -> Disclosure | None:
    """In what the sources of some passages disagree; None where they do not.

    With a question, what it is about.
    """
    told_of = {sentence: passage for passage in evidence for sentence in passage.sentences}
    told = [_told(passage, sentence) for sentence, passage in told_of.items()]
    relevance = Relevance(question)
    found = [one for one in disputes(told) if relevance.has(one, (), told_of)]
    if not found:
        return None
    return _Speaker((), language, words, also).disclosure(found[:_MOST_DIFFERENCES])


def _others(
    chosen: Sequence[Chosen], further: Sequence[Evidence], question: Question | None
) -> Iterator[Told]:
    """The sentences that may give another value: the best, and what has the form asked for."""
    best = chosen[0].score if chosen else 0.0
    near = [one for one in chosen if one.score >= _NEAR_THE_BEST * best][:_MOST_OTHERS]
    for one in near:
        yield _told(one.passage, one.sentence)
    wanted = question.asked & COUNTED if question else frozenset[Asked]()
    if Asked.HOW_LONG in wanted:
        wanted = frozenset((Asked.HOW_LONG,))
    rest = (
        *((one.passage, one.sentence) for one in chosen[len(near) :]),
        *((passage, sentence) for passage in further for sentence in passage.sentences),
    )
    formed = (
        _told(passage, sentence)
        for passage, sentence in rest
        if any(has_cue(kind, sentence) for kind in wanted)
    )
    yield from islice(formed, _MOST_FORMED)


def _cited(citations: Sequence[Citation], passages: Sequence[Evidence]) -> Iterator[Told]:
    for citation in citations:
        for passage in passages:
            if passage.source.path != citation.file:
                continue
            for sentence in passage.sentences:
                if citation.start <= sentence.span.start and sentence.span.end <= citation.end:
                    yield _told(passage, sentence)


def _told(passage: Evidence, sentence: Sentence) -> Told:
    place = passage.sentences.index(sentence)
    return Told(sentence, passage.sentences[place - 1].text if place else "")


class _Speaker:
    """Puts disputes into words and goes on with the numbering of an answer's citations."""

    def __init__(
        self,
        cited: Sequence[Citation],
        language: str,
        words: Wording,
        also: dict[str, tuple[str, ...]],
    ) -> None:
        self._language, self._words = language, words
        self._citations = Citations(also, cited)
        self._claims: list[Claim] = []

    def disclosure(self, found: Sequence[Dispute]) -> Disclosure:
        lines, disagreements = [], []
        for dispute in found:
            lines.append(self._words("disagreement", self._language))
            values = []
            for value in dispute.values:
                number, line = self._line(value)
                lines.append(line)
                date = value.sentence.source.date
                values.append(DisputedValue(self._shown(value), number, date))
            disagreements.append(Disagreement(dispute.about, tuple(values)))
        return Disclosure(
            "\n".join(lines), tuple(self._claims), self._citations.all, tuple(disagreements)
        )

    def _shown(self, value: Value) -> str:
        """A value as its source has it, with the day that "yesterday" stands for."""
        if not value.day:
            return value.written
        return f"{value.written} ({date_in_words(value.day, self._language, self._words)})"

    def _line(self, value: Value) -> tuple[int, str]:
        """The number of a value's citation and the line that shows it, quoted where it is new."""
        source = value.sentence.source
        told = self._words(
            "disputed-value",
            self._language,
            value=without_marks(self._shown(value)),
            source=round_numbers(inert_name(source.path)),
            date=source.date or "unknown",
        )
        if (number := self._citations.holding(source.path, value.sentence.span)) is not None:
            return number, f"• {told} [{number}]"
        (number,) = self._citations.cite([value.sentence])
        shown = without_marks(value.sentence.text)
        self._claims.append(Claim(shown, ClaimKind.QUOTE, (number,)))
        return number, f"• {told}: «{' '.join(shown.split())}» [{number}]"
