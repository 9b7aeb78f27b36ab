"""Finding: everything that retrieval says about a message, on one revision of the index."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rag.documents.evidence import Evidence
from rag.index.embedding import Vector
from rag.index.ledger import FileEntry, Ledger
from rag.index.snapshot import Snapshot
from rag.retrieval.certainty import Certainty, certainty
from rag.retrieval.choice import Chosen, choose, leading
from rag.retrieval.coverage import sought
from rag.retrieval.follow_up import Turn, complete
from rag.retrieval.gaps import has_gap
from rag.retrieval.kinds import Kind
from rag.retrieval.period import is_only_a_period, period, told_dates
from rag.retrieval.question import Question, analyse
from rag.retrieval.request import Request, understand
from rag.retrieval.retriever import Candidates, Ranked, rank

PASSAGES: Final = 10
_PASSAGES_OF_SURVEYS: Final = 24
_MOST_FILES: Final = 12
_MOST_PASSAGES: Final = 80


@dataclass(frozen=True, slots=True)
class Findings:
    """What there is for a message."""

    text: str
    request: Request
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


@dataclass(frozen=True, slots=True)
class VectorChannel:
    """The vector channel: how to embed a question, what it weighs, and an index of candidates."""

    embed: Callable[[str], Vector | None]
    """None where the vector is not to be had just now."""
    weight: float
    nearest: Candidates


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
    files = tuple(ledger.files())
    request = understand(text, files)
    own = analyse(text)
    if request.kind.is_talk or request.kind is Kind.COLLECTION:
        return _nothing(ledger, text, request, own, files)
    understood = _understood(request, history, alone)
    question = analyse(understood or request.topic or text, own.language)
    words = sought(question, snapshot.lexical)
    if request.topic:
        broad = request.kind is not Kind.QUESTION or period(text) is not None
        count = _PASSAGES_OF_SURVEYS if broad else PASSAGES
        evidence = evidence_of(ledger, ranked(snapshot, question, count, vectors, request.files))
        chosen = choose(question, words, evidence)
        sure = certainty(
            words,
            frozenset(own.folded),
            evidence,
            chosen,
            in_context=understood is not None or request.files is not None,
        )
        if (
            sure is Certainty.ANSWER
            and request.kind is Kind.QUESTION
            and has_gap(question, words, chosen)
        ):
            sure = Certainty.NEAREST
        if (
            request.files is not None
            and request.kind is not Kind.QUESTION
            and sure is not Certainty.ANSWER
        ):
            request = replace(request, topic="")
    dates = period(text)
    if request.topic and dates and is_only_a_period(request.topic, own.language):
        chosen = [one for one in chosen if any(map(dates.holds, told_dates(one.sentence)))]
        request = replace(request, kind=Kind.TIMELINE)
        sure = Certainty.ANSWER if chosen else Certainty.NOTHING
    if not request.topic:
        evidence = _everything(ledger, files, request)
        chosen = leading(evidence)
        sure = Certainty.ANSWER if chosen else Certainty.NOTHING
    return Findings(
        text,
        request,
        question,
        understood,
        tuple(evidence),
        tuple(chosen),
        sure,
        files,
        ledger.same_content(),
        ledger.revision,
    )


def _understood(request: Request, history: Sequence[Turn], alone: str | None) -> str | None:
    if not request.topic:
        return None
    if alone:
        return alone if " ".join(alone.split()) != " ".join(request.topic.split()) else None
    return complete(request.topic, history)


def _nothing(
    ledger: Ledger, text: str, request: Request, question: Question, files: tuple[FileEntry, ...]
) -> Findings:
    return Findings(
        text, request, question, None, (), (), Certainty.NOTHING, files, {}, ledger.revision
    )


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
        within=within,
    )


def evidence_of(ledger: Ledger, rows: Sequence[Ranked]) -> list[Evidence]:
    """The passages of ranked rows; a text that several files hold comes once."""
    stored = ledger.evidence([row.passage for row in rows])
    found, seen = [], set[tuple[str, int]]()
    for row in rows:
        passage = stored[row.passage]
        key = (passage.source.sha256, passage.span.start)
        if key not in seen:
            seen.add(key)
            found.append(replace(passage, score=row.score, lexical=row.lexical))
    return found


def _everything(ledger: Ledger, files: Sequence[FileEntry], request: Request) -> list[Evidence]:
    """The passages of the files that a message without a topic is about."""
    wanted = [one for one in files if request.files is None or one.id in request.files]
    ids = [ledger.passages_of(one.id) for one in wanted[:_MOST_FILES]]
    if len(ids) > 1 and request.kind is Kind.SUMMARY:
        ids = [passages[:1] for passages in ids]
    passages = [passage for one in ids for passage in one][:_MOST_PASSAGES]
    stored = ledger.evidence(passages)
    return [replace(stored[id_], score=1.0) for id_ in passages]
