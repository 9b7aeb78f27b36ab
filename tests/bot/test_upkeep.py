"""What goes on behind the conversation."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.store import DAY, HOUR, DatabaseUnavailable, Place, Store
from bot.upkeep import SyncStopped, Upkeep
from rag.errors import IndexBusy, IsnadError
from rag.knowledge_base import KnowledgeBase, Progress, SyncReport, Turn
from rag.settings import Settings
from tests.bot.doubles import ScriptedKnowledge
from tests.bot.telegram.clockwork import run as clockwork
from tests.library import settings_of
from tests.waiting import until


async def run_until_settled(upkeep: Upkeep, condition: Callable[[], object] = lambda: True) -> None:
    running = asyncio.create_task(upkeep.run(for_long=True))
    await asyncio.wait_for(upkeep.settled(), 60)
    await until(condition)
    running.cancel()
    await asyncio.wait([running])


async def test_the_index_is_brought_up_to_date_and_old_exchanges_go(
    upkeep: Upkeep, knowledge: ScriptedKnowledge, store: Store
) -> None:
    old = time.time() - 400 * DAY
    store.remember(store.thread(Place(1, 0), 6), 1, Turn("قديم", "جواب", ()), old)
    await run_until_settled(
        upkeep, lambda: knowledge.serves and not store.thread(Place(1, 0), 6).turns
    )
    assert knowledge.syncs == 1


async def test_what_the_first_question_would_wait_for_is_done_beforehand(
    upkeep: Upkeep, knowledge: ScriptedKnowledge
) -> None:
    await run_until_settled(upkeep, lambda: knowledge.prepares)
    assert knowledge.prepares == 1


async def test_after_a_first_reading_the_documents_are_not_read_twice(
    upkeep: Upkeep, knowledge: ScriptedKnowledge
) -> None:
    await upkeep.sync()
    await run_until_settled(upkeep)
    assert knowledge.syncs == 1


async def test_what_cannot_be_brought_up_to_date_stops_nothing(
    upkeep: Upkeep, knowledge: ScriptedKnowledge
) -> None:
    for failure in (IndexBusy("busy"), RuntimeError("broken")):
        knowledge.sync_failure = failure
        await run_until_settled(upkeep)


async def test_progress_arrives_in_the_event_loop(
    upkeep: Upkeep, knowledge: ScriptedKnowledge
) -> None:
    knowledge.progresses = [Progress("read", 1, 1)]
    loops = []
    await upkeep.sync(lambda _: loops.append(asyncio.get_running_loop()))
    await asyncio.sleep(0)
    assert loops == [asyncio.get_running_loop()]


@dataclass
class Stopping:
    """A knowledge base whose indexer finds that it was told to stop when it is at a stage."""

    knowledge: KnowledgeBase
    stop: asyncio.Event
    stage: str

    async def sync(
        self, on_progress: Callable[[Progress], None] | None = None, *, lift: bool = False
    ) -> SyncReport:
        loop = asyncio.get_running_loop()

        async def set_stop() -> None:
            self.stop.set()

        def show(progress: Progress) -> None:
            if progress.stage == self.stage:
                asyncio.run_coroutine_threadsafe(set_stop(), loop).result()
            if on_progress:
                on_progress(progress)

        return await self.knowledge.sync(show, lift=lift)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.knowledge, name)


@pytest.mark.parametrize("stage", ["read", "write"])
async def test_whoever_stops_the_indexer_finds_the_index_as_it_was(
    tmp_path: Path, store: Store, stage: str
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.txt").write_text("وصل الوزير إلى بغداد يوم الخميس.", "utf-8")
    settings = settings_of(documents_dir=documents, data_dir=tmp_path / "data")
    with KnowledgeBase.open(settings) as knowledge:
        before = await knowledge.sync()
        (documents / "b.txt").write_text("غادر الوفد بغداد مساء الجمعة.", "utf-8")
        (documents / "c.txt").write_text("عاد الوفد إلى بغداد صباح السبت.", "utf-8")
        stop = asyncio.Event()
        stopping: Any = Stopping(knowledge, stop, stage)
        with pytest.raises(SyncStopped):
            await Upkeep(stopping, store, settings).sync(None, stop)
        assert [file.path for file in knowledge.sources().files] == ["a.txt"]
        after = await knowledge.sync()
        assert (before.revision, after.revision, after.added) == (1, 2, ("b.txt", "c.txt"))


async def test_whoever_waits_behind_another_run_can_stop_at_once(
    upkeep: Upkeep, knowledge: ScriptedKnowledge
) -> None:
    knowledge.sync_gate = asyncio.Event()
    running = asyncio.create_task(upkeep.sync())
    await knowledge.sync_waits.wait()
    stop = asyncio.Event()
    waiting = asyncio.create_task(upkeep.sync(None, stop))
    stop.set()
    with pytest.raises(SyncStopped):
        await asyncio.wait_for(waiting, 60)
    knowledge.sync_gate.set()
    await asyncio.wait_for(running, 60)
    assert knowledge.syncs == 1
    await upkeep.sync()
    assert knowledge.syncs == 2


async def test_whoever_is_patient_waits_for_another_indexer(
    upkeep: Upkeep, knowledge: ScriptedKnowledge
) -> None:
    knowledge.sync_failure = IndexBusy("busy")
    with pytest.raises(IndexBusy):
        await upkeep.sync()
    waiting = asyncio.create_task(upkeep.sync(patience=60))
    await asyncio.wait([waiting], timeout=0.1)
    assert not waiting.done()
    knowledge.sync_failure = None
    await asyncio.wait_for(waiting, 60)


async def test_chores_are_done_at_the_start_and_at_the_end_and_one_that_fails_stops_none(
    knowledge: ScriptedKnowledge, store: Store, settings: Settings
) -> None:
    done: list[str] = []

    async def fail() -> None:
        done.append("failed")
        raise IsnadError("not now")

    async def work() -> None:
        done.append("done")

    await run_until_settled(Upkeep(knowledge, store, settings, [fail, work]))
    assert done == ["failed", "done"] * 2


def test_what_fails_behind_the_conversation_is_begun_anew(
    knowledge: ScriptedKnowledge, store: Store, settings: Settings
) -> None:
    failures: list[Exception] = [DatabaseUnavailable("away"), OSError("no file is left")]
    begun = 0

    async def serve() -> None:
        nonlocal begun
        begun += 1
        if failures:
            raise failures.pop()
        await asyncio.Event().wait()

    knowledge.serve_vectors = serve  # type: ignore[method-assign]

    async def work() -> None:
        running = asyncio.create_task(Upkeep(knowledge, store, settings).run(for_long=True))
        await asyncio.sleep(HOUR)
        running.cancel()

    clockwork(work())
    assert begun == 3


async def test_no_generation_is_opened_before_what_stays_for_ever_is_set_apart(
    knowledge: ScriptedKnowledge, upkeep: Upkeep
) -> None:
    begun, prepared = asyncio.Event(), asyncio.Event()

    async def prepare() -> None:
        begun.set()
        await prepared.wait()

    knowledge.prepare = prepare  # type: ignore[method-assign]
    running = asyncio.create_task(upkeep.run(for_long=True))
    await begun.wait()
    await upkeep.settled()
    assert not knowledge.serves
    prepared.set()
    await until(lambda: knowledge.serves)
    running.cancel()
    await asyncio.wait([running])


def test_a_clock_that_goes_ahead_deletes_nothing_and_an_old_exchange_goes_a_day_later(
    knowledge: ScriptedKnowledge, store: Store, settings: Settings
) -> None:
    began, ahead = time.time(), 0.0
    place = Place(1, 0)
    store.remember(store.thread(place, 6), 1, Turn("سؤال", "جواب", ()), began)

    async def work() -> list[int]:
        nonlocal ahead
        loop = asyncio.get_running_loop()
        started = loop.time()

        def clock() -> float:
            return began + loop.time() - started + ahead

        upkeep = Upkeep(knowledge, store, settings, clock=clock)
        running, kept = asyncio.create_task(upkeep.run(for_long=False)), list[int]()
        await asyncio.sleep(HOUR)
        for days in (1000, 0, 1000, 1000):
            ahead = days * DAY
            await asyncio.sleep(DAY)
            kept.append(len(store.thread(place, 6).turns))
        running.cancel()
        return kept

    # It came back on the second day; on the third it stays, and so that is what day it is.
    assert clockwork(work()) == [1, 1, 1, 0]
