"""Finding: everything that retrieval says about a message, on one revision of the index."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from rag.documents.evidence import Evidence
from rag.index.embedding import Vector
from rag.index.ledger import FileEntry, Ledger
from rag.index.snapshot import Catalogue, Snapshot
from rag.retrieval.carried import documents_of, preferring
from rag.retrieval.certainty import Certainty, calibration_of, certainty
from rag.retrieval.choice import Chosen, choose, leading, told_once
from rag.retrieval.coverage import Sought, sought
from rag.retrieval.follow_up import Turn, complete
from rag.retrieval.gaps import has_gap
from rag.retrieval.kinds import Kind
from rag.retrieval.limits import Limit
from rag.retrieval.period import Period, is_only_a_period, period, told_dates
from rag.retrieval.present import asks_about_now, asks_for_latest, newest_first, without_now
from rag.retrieval.question import Question, analyse
from rag.retrieval.reading import DEPTH, Reading, read, reread, unread
from rag.retrieval.request import Request, understand
from rag.retrieval.retriever import Candidates, Ranked, rank
from rag.retrieval.spelling import corrected
from rag.text.function_words import Asked
from rag.text.language import language_of

PASSAGES: Final = 10
_PASSAGES_OF_SURVEYS: Final = 24
_FURTHER: Final = 14
_HAS_VALUES: Final = frozenset((Asked.HOW_LONG, Asked.HOW_MANY, Asked.MEASURE, Asked.WHEN))
"""What is answered with a value that sources may dispute."""
_MOST_FILES: Final = 12
_MOST_PASSAGES: Final = 80


@dataclass(frozen=True, slots=True)
class Findings:
    """What there is for a message."""

    text: str
    request: Request
    language: str
    """The asker's; the question may have been searched in the documents'."""
    question: Question
    understood: str | None
    evidence: tuple[Evidence, ...]
    """The passages, best first."""
    chosen: tuple[Chosen, ...]
    """Their sentences, best first."""
    certainty: Certainty
    files: tuple[FileEntry, ...]
    """Every file of the collection."""
    also: dict[str, tuple[str, ...]]
    revision: int
    further: tuple[Evidence, ...] = ()
    """Passages that came after those, where another source may give another value."""
    about_now: bool = False
    """Whether the present is asked about: then the newest dated report comes first."""


@dataclass(frozen=True, slots=True)
class VectorChannel:
    """The vector channel: how to embed a question, what it weighs, and an index of candidates."""

    embed: Callable[[str], Vector | None]
    """None where the vector is not to be had just now."""
    weight: float
    nearest: Candidates
    proposes: bool = True
    """Whether passages that no lexical channel finds are looked for among the vectors."""


def find(
    ledger: Ledger,
    snapshot: Snapshot,
    text: str,
    history: Sequence[Turn] = (),
    vectors: VectorChannel | None = None,
    *,
    alone: str | None = None,
) -> Findings:
    """What the collection has for a message.

    `alone` is the message as a model understands it from the conversation; without, what it
    leans on is taken from the earlier questions.
    """
    files = snapshot.catalogue.files(ledger)
    request = understand(text, files)
    own = analyse(text)
    if request.kind is Kind.PUBLICATION and not request.limit:
        spoken_of = documents_of(text, history, files)
        request = replace(request, limit=Limit(spoken_of, ())) if spoken_of else request
    if request.kind.is_talk or request.kind.is_of_files:
        found = _Found(request, own, (), (), Certainty.NOTHING)
        return _findings(ledger, snapshot, text, own.language, None, found, files)
    understood = _understood(request, history, alone)
    about_now = request.kind is Kind.QUESTION and asks_about_now(text)
    latest = about_now and asks_for_latest(text)
    searched = understood or request.topic or text
    searched = without_now(searched) if about_now else searched
    question = analyse(searched, language_of(searched) if alone else own.language)
    is_own = question == own
    question = corrected(question, snapshot.lexical)
    own = question if is_own else corrected(own, snapshot.lexical)
    found = _Found(request, question, (), (), Certainty.NOTHING)
    if request.topic:
        own_words = question if alone else own
        in_context = understood is not None or request.files is not None
        spoken_of = documents_of(text, history, files)
        found = _searched(
            ledger,
            snapshot,
            found,
            vectors,
            own_words,
            in_context=in_context,
            widely=latest,
            spoken_of=spoken_of,
        )
        dates = period(text)
        if dates and is_only_a_period(request.topic, own.language):
            found = _within(found, dates)
    if not found.request.topic:
        found = _everything(ledger, files, found)
    if about_now:
        found = replace(found, chosen=tuple(newest_first(question, found.chosen, latest=latest)))
    findings = _findings(ledger, snapshot, text, own.language, understood, found, files)
    return replace(findings, about_now=about_now)


@dataclass(frozen=True, slots=True)
class _Found:
    request: Request
    question: Question
    evidence: tuple[Evidence, ...]
    chosen: tuple[Chosen, ...]
    certainty: Certainty
    further: tuple[Evidence, ...] = ()


def _findings(
    ledger: Ledger,
    snapshot: Snapshot,
    text: str,
    language: str,
    understood: str | None,
    found: _Found,
    files: tuple[FileEntry, ...],
) -> Findings:
    return Findings(
        text,
        found.request,
        language,
        found.question,
        understood,
        found.evidence,
        found.chosen,
        found.certainty,
        files,
        snapshot.catalogue.same_content(ledger),
        ledger.revision,
        found.further,
    )


def _searched(
    ledger: Ledger,
    snapshot: Snapshot,
    found: _Found,
    vectors: VectorChannel | None,
    own: Question,
    *,
    in_context: bool,
    widely: bool,
    spoken_of: frozenset[int],
) -> _Found:
    """What a search for the topic finds, and how sure it is.

    `widely`: among as many passages as for a survey, since older ones may tell more. `spoken_of`:
    the files of which the conversation was.
    """
    request, question = found.request, found.question
    words = sought(question, snapshot.lexical)
    is_question = request.kind is Kind.QUESTION
    is_narrow = is_question and period(request.topic) is None and not widely
    count = PASSAGES if is_narrow else _PASSAGES_OF_SURVEYS
    has_values = is_question and not question.asked.isdisjoint(_HAS_VALUES)
    most = count + _FURTHER if has_values else count
    every = preferring(ranked(snapshot, question, most, vectors, request.files), spoken_of)
    rows, later = every[:count], every[count:]
    readings = readings_of(question, words, evidence_of(ledger, rows, snapshot.catalogue))
    evidence, chosen = [one.passage for one in readings], told_once(choose(words, readings))
    sure = certainty(
        words,
        frozenset(own.folded),
        evidence,
        chosen,
        in_context=in_context,
        calibration=calibration_of(ledger, len(snapshot.lexical.file_ids), snapshot.embedding),
    )
    if sure is Certainty.ANSWER and is_question and has_gap(question, words, chosen):
        sure = Certainty.NEAREST
    if request.files is not None and not is_question and sure is not Certainty.ANSWER:
        # "Summarise the report of …": what is left of the message is not a topic of that report.
        request = replace(request, topic="")
    further = (
        tuple(evidence_of(ledger, later, snapshot.catalogue)) if sure is Certainty.ANSWER else ()
    )
    return _Found(request, question, tuple(evidence), tuple(chosen), sure, further)


def _within(found: _Found, dates: Period) -> _Found:
    """Of what was found, the sentences that tell of a period: a timeline of it.

    Each of them is what was asked for, whatever words it shares with the question.
    """
    best = found.chosen[0].score if found.chosen else 0.0
    chosen = tuple(
        replace(one, score=best)
        for one in found.chosen
        if any(map(dates.holds, told_dates(one.sentence)))
    )
    return replace(
        found,
        request=replace(found.request, kind=Kind.TIMELINE),
        chosen=chosen,
        certainty=Certainty.ANSWER if chosen else Certainty.NOTHING,
    )


def _understood(request: Request, history: Sequence[Turn], alone: str | None) -> str | None:
    if not request.topic:
        return None
    if alone:
        return alone if " ".join(alone.split()) != " ".join(request.topic.split()) else None
    return complete(request.topic, history)


def ranked(
    snapshot: Snapshot,
    question: Question,
    count: int,
    vectors: VectorChannel | None = None,
    within: frozenset[int] | None = None,
) -> list[Ranked]:
    """The best rows for a question."""
    if vectors is None:
        return rank(snapshot, question, None, count, within=within)
    return rank(
        snapshot,
        question,
        vectors.embed(question.text),
        count,
        vector_weight=vectors.weight,
        nearest=vectors.nearest,
        proposes=vectors.proposes,
        within=within,
    )


def evidence_of(
    ledger: Ledger, rows: Sequence[Ranked], catalogue: Catalogue | None = None
) -> list[Evidence]:
    """The passages of ranked rows; a text that several files hold comes once.

    With the catalogue of their revision, files that it knows already are not read again.
    """
    known = partial(catalogue.source, ledger) if catalogue else None
    stored = ledger.evidence([row.passage for row in rows], known)
    found: list[Evidence] = []
    seen: set[tuple[str, int]] = set()
    for row in rows:
        passage = stored[row.passage]
        key = (passage.source.sha256, passage.span.start)
        if key not in seen:
            seen.add(key)
            found.append(replace(passage, score=row.score, lexical=row.lexical))
    return found


def readings_of(
    question: Question, words: Sequence[Sought], passages: Sequence[Evidence]
) -> list[Reading]:
    """Passages, read for a question, in the order that reading suggests."""
    return reread([read(question, words, one) for one in passages])


def passages_for(
    ledger: Ledger,
    snapshot: Snapshot,
    text: str,
    count: int,
    vectors: VectorChannel | None = None,
) -> list[Evidence]:
    """The best passages for a question, best first; the first `DEPTH` of them are read."""
    question = corrected(analyse(text), snapshot.lexical)
    wanted = max(count, DEPTH)
    rows = ranked(snapshot, question, max(2 * count, DEPTH), vectors)
    found = evidence_of(ledger, rows[:wanted], snapshot.catalogue)
    if len(found) < min(wanted, len(rows)):
        # Some hold one text: those that come after them are looked at too.
        found = evidence_of(ledger, rows, snapshot.catalogue)
    first = readings_of(question, sought(question, snapshot.lexical), found[:DEPTH])
    return [*(one.passage for one in first), *map(unread, found[DEPTH:])][:count]


def _everything(ledger: Ledger, files: Sequence[FileEntry], found: _Found) -> _Found:
    """The passages of the files that a message without a topic is about."""
    request = found.request
    wanted = [one for one in files if request.files is None or one.id in request.files]
    ids = [ledger.passages_of(one.id) for one in wanted[:_MOST_FILES]]
    if len(ids) > 1 and request.kind is Kind.SUMMARY:
        ids = [passages[:1] for passages in ids]
    passages = [passage for one in ids for passage in one][:_MOST_PASSAGES]
    stored = ledger.evidence(passages)
    evidence = tuple(replace(stored[id_], score=1.0) for id_ in passages)
    chosen = tuple(leading(evidence))
    sure = Certainty.ANSWER if chosen else Certainty.NOTHING
    return replace(found, evidence=evidence, chosen=chosen, certainty=sure)
