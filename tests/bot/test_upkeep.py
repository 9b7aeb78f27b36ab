"""What goes on behind the conversation."""

import asyncio
import time

from bot.store import DAY, Place, Store
from bot.upkeep import Upkeep
from rag.errors import IndexBusy
from rag.knowledge_base import Progress, Turn
from tests.bot.doubles import ScriptedKnowledge


async def run_until_settled(upkeep: Upkeep) -> None:
    running = asyncio.create_task(upkeep.run(for_long=True))
    await asyncio.wait_for(upkeep.settled(), 2)
    await asyncio.sleep(0.05)
    running.cancel()
    await asyncio.wait([running])


async def test_the_index_is_brought_up_to_date_and_old_exchanges_go(
    upkeep: Upkeep, knowledge: ScriptedKnowledge, store: Store
) -> None:
    old = time.time() - 400 * DAY
    store.remember(store.thread(Place(1, 0), 6), 1, Turn("قديم", "جواب", ()), old)
    await run_until_settled(upkeep)
    assert knowledge.syncs == 1
    assert knowledge.serves
    assert store.thread(Place(1, 0), 6).turns == ()


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
