"""The quoter: answers made of quotations only, with no model.

It picks the sentences that answer, in the way that the kind of message asks for, and says how
sure it is: an answer, the nearest that the documents have, or nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rag.answers.answer import Claim, ClaimKind, Mode
from rag.answers.citing import LONGEST_QUOTE, Citations, joined
from rag.answers.dated import DateNotes
from rag.answers.holders import countries_told
from rag.answers.markup import inert, round_numbers
from rag.documents.evidence import Sentence
from rag.retrieval.choice import Chosen, with_list
from rag.retrieval.kinds import Kind
from rag.retrieval.period import told_dates
from rag.retrieval.reading import leans
from rag.text.folding import fold, folded_words
from rag.text.hidden import visible
from rag.wording import Wording

_MOST: Final = {
    Kind.QUESTION: 3,
    Kind.SUMMARY: 5,
    Kind.LIST: 6,
    Kind.TIMELINE: 7,
    Kind.COMPARISON: 4,
}
_NEAR_THE_BEST: Final = {
    Kind.QUESTION: 0.75,
    Kind.SUMMARY: 0.6,
    Kind.LIST: 0.6,
    Kind.TIMELINE: 0.45,
    Kind.COMPARISON: 0.5,
}
"""How near a sentence's score has to be to the best one's."""
_AS_GOOD: Final = 0.95
"""Of the best sentence's score."""
_BULLETS: Final = frozenset({Kind.LIST, Kind.TIMELINE, Kind.COMPARISON, Kind.SUMMARY})


@dataclass(frozen=True, slots=True)
class Quoted:
    """The quoter's answer: its text and what proves it."""

    mode: Mode
    text: str
    claims: tuple[Claim, ...]
    citations: Citations


def quote(
    kind: Kind,
    chosen: Sequence[Chosen],
    language: str,
    words: Wording,
    *,
    certain: bool,
    also: dict[str, tuple[str, ...]],
) -> Quoted:
    """The answer to a message of `kind` from sentences, best first.

    Without `certain` the documents only come near: then the two nearest are quoted as such.
    """
    if not chosen:
        return abstain(language, words)
    picked = pick(kind, chosen) if certain else pick(Kind.QUESTION, chosen)[:2]
    groups = [_with_support(one) for one in picked]
    citations = Citations(also)
    notes = DateNotes(citations, language, words)
    claims: list[Claim] = []
    quotations: list[str] = []
    quoted: set[Sentence] = set()
    for group in groups:
        # What one quotation took along for support is not quoted again by another.
        fresh = [sentence for sentence in group if sentence not in quoted]
        quoted.update(fresh)
        for run in joined(fresh):
            (number,) = citations.cite([run])
            claim = Claim(without_marks(run.text), ClaimKind.QUOTE, (number,))
            dates = notes.beside(run)
            claims += [claim, *(one.claim for one in dates if one.claim)]
            quotations.append(
                " ".join([f"«{_one_line(claim.text)}» [{number}]", *(one.text for one in dates)])
            )
    mode = Mode.QUOTED if certain else Mode.NEAREST
    opening = _opening(mode, groups, language, words)
    lines = [opening] if opening else []
    bullet = "• " if certain and kind in _BULLETS and len(quotations) > 1 else ""
    lines += [f"{bullet}{quotation}" for quotation in quotations]
    return Quoted(mode, "\n".join(lines), tuple(claims), citations)


def abstain(language: str, words: Wording) -> Quoted:
    """The answer where the documents have nothing."""
    return Quoted(Mode.ABSTAINED, words("abstained", language), (), Citations())


def pick(kind: Kind, chosen: Sequence[Chosen]) -> list[Chosen]:
    """The sentences to quote for a message of `kind`, in the order in which to show them."""
    best = chosen[0].score
    near = [one for one in chosen if one.score >= _NEAR_THE_BEST[kind] * best]
    near = _without_repeats(near)
    most = _MOST[kind]
    if kind is Kind.TIMELINE:
        dated = [one for one in near if when(one.sentence)] or near
        return sorted(dated[:most], key=lambda one: when(one.sentence) or "9999")
    if kind is Kind.COMPARISON:
        return _by_source(near, most)
    if kind is Kind.QUESTION:
        near = _of_the_place_first(near)
        # What is told of another place than the best sentence's would read as told of this one.
        near = [one for one in near if one.places >= near[0].places]
        # Beside a sentence with a date, one without is no answer to "when".
        near = [one for one in near if one.fits] or near
    if kind is Kind.SUMMARY:
        return sorted(near[:most], key=lambda one: (one.sentence.source.path, one.sentence.span))
    return near[:most]


def _of_the_place_first(near: Sequence[Chosen]) -> list[Chosen]:
    """The sentences, where the best tells of no place that is asked about, one that does first.

    It has to be about as good: "How long was he in Russia?" is not answered with the days that he
    spent in Pakistan, though it is told of them in the same report.
    """
    first = near[0]
    theirs = _countries(first)
    of_place = (
        one
        for one in near
        if one.places and one.fits and one.score >= _AS_GOOD * first.score
        if theirs.isdisjoint(_countries(one))
    )
    better = next(of_place, None) if theirs and not first.places else None
    return [better, *(one for one in near if one is not better)] if better else list(near)


def _countries(one: Chosen) -> frozenset[str]:
    """The keys of the countries that a sentence tells of."""
    return frozenset[str]().union(*countries_told(folded_words(one.sentence.text)))


def when(sentence: Sentence) -> str | None:
    """The earliest date that a sentence tells of, for sorting."""
    return min(told_dates(sentence), default=None)


def _without_repeats(chosen: Iterable[Chosen]) -> list[Chosen]:
    seen: set[str] = set()
    kept = []
    for one in chosen:
        key = " ".join(fold(one.sentence.text).split())
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept


def _by_source(chosen: Sequence[Chosen], most: int) -> list[Chosen]:
    """Up to `most` sentences with the sources taking turns, then grouped by source."""
    queues: dict[str, list[Chosen]] = {}
    for one in chosen:
        queues.setdefault(one.sentence.source.path, []).append(one)
    taken: list[Chosen] = []
    while len(taken) < most and any(queues.values()):
        for queue in queues.values():
            if queue and len(taken) < most:
                taken.append(queue.pop(0))
    order = list(queues)
    return sorted(taken, key=lambda one: (order.index(one.sentence.source.path), one.sentence.span))


def _with_support(one: Chosen) -> list[Sentence]:
    """A sentence with the one it leans on and the list it announces, where they fit."""
    sentences = one.passage.sentences
    place = sentences.index(one.sentence)
    group = list(with_list(one.passage, place))
    while group[-1].span.end - group[0].span.start > LONGEST_QUOTE:
        group.pop()
    if place and leans(one.sentence.text):
        before = sentences[place - 1]
        if group[-1].span.end - before.span.start <= LONGEST_QUOTE:
            group.insert(0, before)
    return group


def _opening(
    mode: Mode, groups: Sequence[Sequence[Sentence]], language: str, words: Wording
) -> str:
    if mode is Mode.NEAREST:
        return words("nearest", language)
    languages = {sentence.language for group in groups for sentence in group}
    if languages == {language}:
        return ""
    return words("quoted", language, language=languages.pop() if len(languages) == 1 else "")


def without_marks(quotation: str) -> str:
    """A quotation as answers show it.

    Its own bracketed numbers (`[12]`) stand in round brackets, its addresses are inert, and what
    shows nothing is left out.
    """
    return inert(round_numbers(visible(quotation)))


def _one_line(text: str) -> str:
    return " ".join(text.split())
