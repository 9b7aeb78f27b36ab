"""A knowledge base that says what it is told to, and answers to say."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rag.answers.answer import Answer, Citation, Mode
from rag.answers.stopping import Stop
from rag.knowledge_base import Progress, SearchResult, Sources, SyncReport, Turn

CITATION = Citation(
    n=1,
    file="003_bc0966837ce6fdc6.txt",
    also=(),
    title="تعمل إيران وباكستان على تعزيز العلاقات",
    date=None,
    date_from=None,
    start=10,
    end=40,
    line=2,
    page=None,
    quote="كارولين روز، كبيرة المحللين في معهد نيولاينز",
    translation=None,
    sha256="0" * 64,
    encoding="utf-8",
)
ANSWER = Answer(
    question="من هي كارولين روز؟",
    language="ar",
    kind="question",
    mode=Mode.GENERATED,
    text="كارولين روز محللة [1].",
    claims=(),
    citations=(CITATION,),
    passages=(),
    revision=3,
    id="a1",
)
REPORT = SyncReport(
    revision=4,
    added=("new.txt",),
    changed=(),
    removed=(),
    unchanged=5,
    skipped=(),
    passages=41,
    embedded=1,
    seconds=0.1,
)


@dataclass
class ScriptedKnowledge:
    """Gives `answer`, or raises `failure`; `asked` is what it was asked, with the history."""

    answer: Answer = ANSWER
    failure: Exception | None = None
    sync_failure: Exception | None = None
    ready: bool = True
    report: SyncReport = REPORT
    listing: Sources = field(default_factory=lambda: Sources(3, (), ()))
    growing: Sequence[str] = ()
    progresses: Iterable[Progress] = ()
    gate: asyncio.Event | None = None
    waits: asyncio.Event = field(default_factory=asyncio.Event)
    sync_gate: asyncio.Event | None = None
    sync_waits: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[tuple[str, tuple[Turn, ...]]] = field(default_factory=list)
    wrote: list[bool] = field(default_factory=list)
    """Whether a model might write, for each question."""
    found: Sequence[SearchResult] = ()
    searched: list[str] = field(default_factory=list)
    syncs: int = 0
    lifted: list[bool] = field(default_factory=list)
    """Whether what was held back was to be taken in, for each run of the indexer."""
    prepares: int = 0
    serves: bool = False

    async def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        on_text: Callable[[str], None] | None = None,
        *,
        with_model: bool = True,
        stop: Stop | None = None,
    ) -> Answer:
        self.wrote.append(with_model)
        self.asked.append((question, tuple(history)))
        for text in self.growing:
            if on_text:
                on_text(text)
            await asyncio.sleep(0)
        if self.gate:
            self.waits.set()
            async with (stop or Stop()).cutting():
                await self.gate.wait()
        if self.failure:
            raise self.failure
        return replace(self.answer, question=question)

    async def sync(
        self, on_progress: Callable[[Progress], None] | None = None, *, lift: bool = False
    ) -> SyncReport:
        self.syncs += 1
        self.lifted.append(lift)
        if self.sync_failure:
            raise self.sync_failure
        for progress in self.progresses:
            if on_progress:
                # As the real one does it: from another thread.
                await asyncio.to_thread(on_progress, progress)
        if self.sync_gate:
            self.sync_waits.set()
            await self.sync_gate.wait()
        self.ready = True
        return self.report

    async def follow(self, on_change: Callable[[SyncReport], None]) -> None:
        await asyncio.Event().wait()

    async def prepare(self) -> None:
        self.prepares += 1

    async def serve_vectors(self) -> None:
        self.serves = True
        await asyncio.Event().wait()

    def sources(self) -> Sources:
        return self.listing

    def search(
        self, question: str, k: int = 10, *, with_model: bool = True
    ) -> Sequence[SearchResult]:
        self.searched.append(question)
        if self.failure:
            raise self.failure
        return self.found[:k]


def answered(**changes: Any) -> Answer:
    """An answer that differs from `ANSWER` in some of its fields."""
    return replace(ANSWER, **changes)


def cited(**changes: Any) -> Citation:
    """A citation that differs from `CITATION` in some of its fields."""
    return replace(CITATION, **changes)
