"""The one object a front end needs: ask, search, bring up to date, list the sources.

>>> with KnowledgeBase.open(load_settings()) as knowledge:
...     await knowledge.sync()
...     answer = await knowledge.ask("من هي كارولين روز؟")
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, Self

from rag.answers.answer import Answer, Hit
from rag.answers.contact import Contact
from rag.answers.groundwork import look_up
from rag.answers.judge import Judge
from rag.answers.model import Model
from rag.answers.responder import Responder, Response
from rag.answers.stopping import Stop
from rag.collection import Place, SearchResult, Sources, SourceSummary, place_in, sources_of
from rag.errors import UsageError
from rag.index.chroma import ChromaServer
from rag.index.embedding import Embedder, LocalEmbedder
from rag.index.model_embedding import ModelEmbedder
from rag.index.reader import IndexReader
from rag.index.replica import Replica
from rag.index.report import Progress, Skipped, SyncReport, Warned
from rag.index.serving import ServedGeneration
from rag.ingestion import Ingestion
from rag.retrieval.finding import Findings
from rag.retrieval.follow_up import Turn
from rag.search import Search
from rag.settings import Settings
from rag.tracing import asking, log_stage

__all__ = [
    "KnowledgeBase",
    "Place",
    "Progress",
    "SearchResult",
    "Skipped",
    "SourceSummary",
    "Sources",
    "SyncReport",
    "Turn",
    "Warned",
]

_log = logging.getLogger(__name__)

_QUOTING: Final = Responder()
RESERVE: Final = 0.3
"""Seconds of OPENAI_TIMEOUT that are kept for what the program does after the model, at most …"""
_SHARE_OF_RESERVE: Final = 0.1
"""… and which share of it."""


class KnowledgeBase:
    """The documents of one folder, searchable and answerable."""

    def __init__(self, settings: Settings, embedder: Embedder, model: Model | None = None) -> None:
        self._settings, self._model = settings, model
        self.contact: Contact | None = model.contact if model else None
        """With the model's server; None where no model writes."""
        judge = Judge(model) if model and settings.verify_with_model else None
        self._responder = Responder(model, judge)
        self._reader = IndexReader(settings.data_dir)
        self._replica = replica = Replica.of(settings, embedder)
        alone = ServedGeneration(settings.data_dir, ChromaServer.of(settings))
        self._generation = replica.generation if replica else alone
        embedder = replica.embedder if replica else embedder
        self._search = Search(self._reader, embedder, self._generation)
        self._ingestion = Ingestion(settings, embedder, self._reader, self._generation, replica)

    @classmethod
    def open(cls, settings: Settings) -> "KnowledgeBase":
        """The knowledge base of the settings. UsageError where its folder cannot be made."""
        try:
            settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise UsageError(
                f"DATA_DIR: {settings.data_dir} cannot be made ({error.strerror})."
            ) from None
        model = Model.from_settings(settings) if settings.model_enabled else None
        return cls(settings, embedder_of(settings), model)

    def close(self) -> None:
        """Lets go of everything that is open."""
        self._generation.close()
        if self._replica:
            self._replica.close()
        self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def ready(self) -> bool:
        """Whether there is a revision to answer from."""
        return self._reader.ready

    @property
    def revision(self) -> int:
        """The newest revision; 0 where there is none."""
        return self._reader.read(lambda ledger, _: ledger.revision) if self.ready else 0

    # Bringing up to date

    async def sync(
        self,
        on_progress: Callable[[Progress], None] | None = None,
        *,
        rebuild: bool = False,
        lift: bool = False,
        build: bool = False,
        wait: float = 0.0,
    ) -> SyncReport:
        """Brings the index up to date with the folder, in a worker thread.

        `lift` takes in what `roll_back` holds back. With `build` the vectors' generation is built
        too, where it is behind. `on_progress` is called from the thread. IndexBusy where another
        process is still at it after `wait` seconds.
        """
        return await self._ingestion.sync(
            on_progress, rebuild=rebuild, lift=lift, build=build, wait=wait
        )

    async def roll_back(
        self,
        on_progress: Callable[[Progress], None] | None = None,
        *,
        build: bool = False,
        wait: float = 0.0,
    ) -> SyncReport:
        """Has the revision before the last one serve again, as `sync` has the folder.

        What the folder has now is held back until it changes again, or `sync` lifts it.
        IndexUnavailable where there is no such revision.
        """
        return await self._ingestion.roll_back(on_progress, build=build, wait=wait)

    def plan(self, *, rebuild: bool = False) -> SyncReport:
        """What `sync` would do, without doing it."""
        return self._ingestion.plan(rebuild=rebuild)

    async def serve_vectors(self) -> None:
        """Keeps the vectors' generation built and open, until cancelled.

        Where the index has been quiet for a moment and its generation is behind, the next one is
        built in another process. Questions do not wait for it: they are searched exactly until
        it is there. What other replicas bring in is taken over.
        """
        await self._ingestion.serve_vectors()

    async def follow(self, on_change: Callable[[SyncReport], None]) -> None:
        """Follows the documents folder and brings the index up to date, until cancelled.

        What fails is tried again, after longer and longer.
        """
        await self._ingestion.follow(on_change)

    # Reading

    def sources(self) -> Sources:
        """The files of the newest revision."""
        return self._reader.read(sources_of)

    def search(self, question: str, k: int = 10, *, with_model: bool = True) -> list[SearchResult]:
        """The best passages for a question, best first.

        Without `with_model` none is asked: where the embeddings are a server's, there are none.
        """
        return self._search.passages(question, k, with_model=with_model)

    def show(self, file: str, start: int, end: int, around: int = 300) -> Place:
        """The span `start` to `end` of an indexed file, with `around` characters on each side.

        It is the file as it is now, or as it was indexed where it cannot be read any more.
        """
        indexed = self._reader.read(lambda ledger, _: ledger.text_of(file))
        return place_in(self._settings.documents_dir, file, indexed, start, end, around)

    # Asking

    async def prepare(self) -> None:
        """Does beforehand what the first question to a model would wait for: seconds of imports.

        What its statements are checked with is loaded too.
        """
        if self._model:
            await self._model.prepare()
            await asyncio.to_thread(look_up)

    async def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        on_text: Callable[[str], None] | None = None,
        *,
        with_model: bool = True,
        stop: Stop | None = None,
        since: float | None = None,
    ) -> Answer:
        """The answer to a message. `history`: the exchanges before it, oldest first.

        `on_text` is given the verified text so far each time it grows. Without `with_model` it
        is made of quotations even where there is a model. Once a `stop` is wished, what was
        verified by then is the answer. `since` is when it was asked, a time of
        `time.monotonic()`, where that is earlier than now: OPENAI_TIMEOUT counts from then.
        """
        with asking() as question_id:
            started = time.monotonic()
            asked = started if since is None else since
            told = question if self._settings.log_questions else None
            log_stage(_log, "asked", characters=len(question), turns=len(history), question=told)
            responder = self._responder if with_model else _QUOTING
            responder.prepare(question)
            deadline = asked + _for_the_model(self._settings.openai_timeout)
            writes = with_model and self._model is not None
            language = await asyncio.to_thread(self._search.main_language) if writes else ""
            alone, usage = await responder.standing_alone(question, history, language, deadline)
            findings, titles = await asyncio.to_thread(
                self._search.findings, question, tuple(history), alone
            )
            retrieved = time.monotonic()
            _log_findings(findings, retrieved - started)
            response = await responder.respond(findings, titles, deadline, on_text, stop)
            response = replace(response, usage=response.usage + usage)
            answer = _answer(question_id, findings, response, started, retrieved)
            _log_answer(answer)
            return answer


def _for_the_model(seconds: float) -> float:
    """Of the seconds that an answer may take, those until a model has to be done with it.

    What it leaves undone is quoted, and what it has done is compared and put together, after that.
    """
    return seconds - min(RESERVE, _SHARE_OF_RESERVE * seconds)


def embedder_of(settings: Settings) -> Embedder:
    """The embedder that the settings ask for."""
    name = settings.embedding_model
    return ModelEmbedder(name, settings) if name else LocalEmbedder()


def _log_findings(findings: Findings, seconds: float) -> None:
    log_stage(
        _log,
        "searched",
        language=findings.language,
        kind=findings.request.kind.value,
        certainty=findings.certainty.value,
        passages=len(findings.evidence),
        revision=findings.revision,
        milliseconds=round(1000 * seconds),
    )


def _log_answer(answer: Answer) -> None:
    log_stage(
        _log,
        "answered",
        mode=answer.mode.value,
        citations=len(answer.citations),
        withheld=len(answer.withheld),
        disagreements=len(answer.disagreements),
        tokens=answer.usage.prompt_tokens + answer.usage.completion_tokens,
        milliseconds=answer.milliseconds["total"],
    )


def _answer(
    question_id: str, findings: Findings, response: Response, started: float, retrieved: float
) -> Answer:
    ended = time.monotonic()
    kind = findings.request.kind
    return Answer(
        question=findings.text,
        language=findings.language,
        kind="talk" if kind.is_talk else kind.value,
        mode=response.mode,
        text=response.text,
        claims=response.claims,
        citations=response.citations,
        passages=tuple(
            Hit(one.source.path, one.span.start, one.span.end, round(one.score, 4))
            for one in findings.evidence
        ),
        revision=findings.revision,
        id=question_id,
        understood=findings.understood,
        notice=response.notice,
        missing=response.missing,
        withheld=response.withheld,
        model=response.model,
        disagreements=response.disagreements,
        judged=response.judged,
        usage=response.usage,
        milliseconds={
            "retrieve": round(1000 * (retrieved - started)),
            "generate": round(1000 * (ended - retrieved)),
            "total": round(1000 * (ended - started)),
        },
    )
