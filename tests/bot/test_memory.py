"""What is remembered of askers, and that it goes when they want it to."""

import time
from dataclasses import replace

from bot.memory import Memory
from bot.message import Message
from bot.store import Store
from bot.store.conversations import Thread
from rag.answers.answer import Answer, Mode
from rag.knowledge_base import Turn
from tests.bot.doubles import ANSWER

GROUP, SARA, ALI = -100, 5, 6
HERS = Message(GROUP, 0, SARA, "متى جاءت؟", number=1)
HIS = Message(GROUP, 0, ALI, "ولماذا؟", number=2)


def answer_to(message: Message) -> Answer:
    return replace(ANSWER, id=f"answer{message.number}", question=message.text)


class Interrupted(Store):
    """A store in which somebody is forgotten while an exchange is written."""

    def remember(self, thread: Thread, asker: int, turn: Turn, now: float, **rest: object) -> bool:
        self.memory.forget(SARA)
        return super().remember(thread, asker, turn, now, **rest)  # type: ignore[arg-type]

    memory: Memory


def test_whoever_is_forgotten_is_so_in_what_others_were_answered_too(store: Store) -> None:
    memory = Memory(store)
    for message in (HERS, HIS):
        memory.keep(message, memory.thread(message), answer_to(message))
    kept = memory.answer("answer2")
    assert kept and kept.earlier == (HERS.text,)
    memory.forget(SARA)
    kept = memory.answer("answer2")
    assert memory.answer("answer1") is None
    assert kept and kept.earlier == ()


def test_who_is_forgotten_while_an_answer_is_written_leaves_nothing(store: Store) -> None:
    interrupted = Interrupted(store.database)
    interrupted.memory = memory = Memory(interrupted)
    thread = memory.thread(HERS)
    assert not memory.keep(HERS, thread, answer_to(HERS))
    assert memory.answer("answer1") is None
    assert memory.thread(HERS).turns == ()


def test_who_is_forgotten_by_another_process_while_an_answer_is_written_leaves_nothing(
    store: Store,
) -> None:
    here, there = Memory(store), Memory(Store(store.database))
    hers, his = here.thread(HERS), here.thread(HIS)
    there.forget(SARA)
    assert not here.keep(HERS, hers, answer_to(HERS))
    assert here.answer("answer1") is None
    assert here.keep(HIS, his, answer_to(HIS))


def test_who_asks_after_being_forgotten_is_remembered(store: Store) -> None:
    memory = Memory(store)
    memory.forget(SARA)
    time.sleep(0.01)  # the clock of the database tells milliseconds
    assert memory.keep(HERS, memory.thread(HERS), answer_to(HERS))
    assert memory.thread(HIS).turns


def test_an_answer_that_was_begun_before_keeps_no_question_of_whom_is_forgotten(
    store: Store,
) -> None:
    interrupted = Interrupted(store.database)
    interrupted.memory = memory = Memory(interrupted)
    Memory(store).keep(HERS, memory.thread(HERS), answer_to(HERS))
    assert memory.keep(HIS, memory.thread(HIS), answer_to(HIS))
    kept = memory.answer("answer2")
    assert kept and kept.earlier == ()


def test_what_only_came_near_is_not_what_the_conversation_is_about(store: Store) -> None:
    memory = Memory(store)
    for message, mode in ((HERS, Mode.QUOTED), (HIS, Mode.NEAREST)):
        answer = replace(answer_to(message), mode=mode)
        memory.keep(message, memory.thread(message), answer)
    files = [turn.files for turn in memory.thread(replace(HIS, number=3)).turns]
    assert files == [(ANSWER.citations[0].file,), ()]
