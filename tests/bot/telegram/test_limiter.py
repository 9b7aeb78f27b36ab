"""When something may be sent. Time is the loop's own, so that minutes pass at once."""

import asyncio
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.limiter import Limiter
from bot.telegram.limits import GROUP_EDITS, KEPT_FOR_SIGNS, Priority
from tests.bot.telegram.clockwork import run
from tests.servers.telegram_floods import FloodJudge

METHODS = {
    Priority.ANSWER: "sendMessage",
    Priority.EDIT: "editMessageText",
    Priority.SIGN: "sendChatAction",
    Priority.DRAFT: "sendMessageDraft",
}
CHATS = (7, 8, -1001, -1002)

Sent = list[tuple[float, int, Priority]]


async def send(
    limiter: Limiter,
    sent: Sent,
    chat: int,
    priority: Priority,
    seconds: float = 0.05,
    share: float = 1,
) -> None:
    """One request, which takes so long and arrives after this share of it."""
    async with limiter.turn(chat, priority):
        await asyncio.sleep(share * seconds)
        sent.append((asyncio.get_running_loop().time(), chat, priority))
        await asyncio.sleep((1 - share) * seconds)


Step = tuple[int, Priority, float, float, float]
steps = st.tuples(
    st.sampled_from((*CHATS, *range(20, 60))),
    st.sampled_from(Priority),
    st.sampled_from((0.0, 0.0, 0.0, 0.05, 1.0)),
    st.sampled_from((0.0, 0.05, 0.8, 3.0)),
    st.floats(0, 1),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(steps, max_size=150))
def test_telegrams_limits_are_never_broken(plan: list[Step]) -> None:
    async def work() -> Sent:
        limiter, sent = Limiter(), Sent()
        async with asyncio.TaskGroup() as tasks:
            for chat, priority, pause, seconds, share in plan:
                tasks.create_task(send(limiter, sent, chat, priority, seconds, share))
                await asyncio.sleep(pause)
        return sent

    sent, judge = run(work()), FloodJudge()
    assert len(sent) == len(plan)
    for at, chat, priority in sorted(sent):
        assert judge.judge(at, METHODS[priority], chat) is None
    times = sorted(at for at, _, _ in sent)  # whatever they are
    assert all(later - earlier >= 1 for earlier, later in zip(times, times[30:], strict=False))


def test_thirty_chats_a_second_and_no_more() -> None:
    async def work() -> Sent:
        limiter, sent = Limiter(), Sent()
        await asyncio.gather(
            *(send(limiter, sent, chat, Priority.ANSWER, 0) for chat in range(1, 301))
        )
        return sent

    times = [at for at, _, _ in run(work())]
    assert 9 < times[-1] - times[0] < 11
    assert all(later - earlier >= 1 for earlier, later in zip(times, times[30:], strict=False))


def test_answers_go_before_edits_and_edits_before_signs() -> None:
    async def work() -> Sent:
        limiter, sent = Limiter(), Sent()
        async with asyncio.TaskGroup() as tasks:
            for chat in range(1, 61):  # more than go at once
                tasks.create_task(send(limiter, sent, chat, Priority.ANSWER))
            await asyncio.sleep(0.1)
            for priority in reversed(Priority):
                for chat in range(10):
                    tasks.create_task(send(limiter, sent, 100 * (1 + priority) + chat, priority))
        return sent

    late = [one for one in run(work()) if one[1] >= 100]
    answers = [at for at, _, priority in late if priority is Priority.ANSWER]
    edits = [at for at, _, priority in late if priority is Priority.EDIT]
    signs = [at for at, _, priority in late if priority is Priority.SIGN]
    drafts = [at for at, _, priority in late if priority is Priority.DRAFT]
    assert max(answers) <= min(edits)
    assert sum(at < max(edits) for at in signs) <= 2 * KEPT_FOR_SIGNS
    assert max(signs) <= min(drafts)


def test_signs_go_on_while_more_is_to_be_sent_than_may_be() -> None:
    async def work() -> Sent:
        limiter, sent = Limiter(), Sent()
        async with asyncio.TaskGroup() as tasks:
            for priority, count in ((Priority.ANSWER, 300), (Priority.SIGN, 12)):
                for chat in range(1, count + 1):
                    tasks.create_task(send(limiter, sent, chat, priority, 0))
        return sent

    sent = run(work())
    signs = [at for at, _, priority in sent if priority is Priority.SIGN]
    assert signs[-1] - sent[0][0] < 6
    assert sent[-1][0] - sent[0][0] < 11


def test_signs_and_drafts_leave_room_for_an_answer() -> None:
    async def work() -> float:
        limiter, sent = Limiter(), Sent()
        others = [
            asyncio.create_task(send(limiter, sent, chat, priority))
            for priority in (Priority.SIGN, Priority.DRAFT)
            for chat in range(101, 201)
        ]
        longest = 0.0
        for chat in range(1, 11):
            await asyncio.sleep(0.5)
            before = asyncio.get_running_loop().time()
            await send(limiter, sent, chat, Priority.ANSWER, 0)
            longest = max(longest, asyncio.get_running_loop().time() - before)
        for one in others:
            one.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        return longest

    assert run(work()) < 0.01


def test_signs_and_drafts_together_have_a_small_share() -> None:
    async def work() -> Sent:
        limiter, sent = Limiter(), Sent()
        for _ in range(20):
            limiter.was_shown()  # at the door
        async with asyncio.TaskGroup() as tasks:
            for priority in (Priority.DRAFT, Priority.SIGN):
                for chat in range(1, 101):
                    tasks.create_task(send(limiter, sent, chat, priority, 0))
        return sent

    sent = run(work())
    for kind, most in ((Priority.DRAFT, 10), (Priority.SIGN, 10)):
        times = [at for at, _, priority in sent if priority is kind]
        assert all(b - a >= 1 for a, b in zip(times, times[most:], strict=False))
    assert sum(at - sent[0][0] < 1 for at, _, _ in sent) <= 9 + KEPT_FOR_SIGNS


def test_drafts_wait_while_messages_take_all_there_is() -> None:
    async def work() -> Sent:
        limiter, sent = Limiter(), Sent()
        async with asyncio.TaskGroup() as tasks:
            for chat in range(1, 88):
                tasks.create_task(send(limiter, sent, chat, Priority.ANSWER, 0))
            tasks.create_task(send(limiter, sent, 100, Priority.DRAFT, 0))
        return sent

    assert run(work())[-1][2] is Priority.DRAFT


def test_signs_in_one_chat_keep_to_its_limit() -> None:
    async def work() -> Sent:
        limiter, sent = Limiter(), Sent()
        await asyncio.gather(*(send(limiter, sent, 7, Priority.SIGN, 0) for _ in range(60)))
        return sent

    judge = FloodJudge()
    assert all(judge.judge(at, "sendChatAction", 7) is None for at, _, _ in run(work()))


def test_drafts_hold_up_no_sign() -> None:
    async def work() -> float:
        limiter, sent = Limiter(), Sent()
        drafts = [asyncio.create_task(send(limiter, sent, n, Priority.DRAFT)) for n in range(1, 99)]
        await asyncio.sleep(0.1)
        before = asyncio.get_running_loop().time()
        await send(limiter, sent, 7, Priority.SIGN, 0)
        took = asyncio.get_running_loop().time() - before
        await asyncio.gather(*drafts)
        return took

    assert run(work()) < 0.01


def test_a_burst_passes_in_a_private_chat_and_then_one_a_second() -> None:
    async def work() -> Sent:
        limiter, sent = Limiter(), Sent()
        for _ in range(6):
            await send(limiter, sent, 7, Priority.ANSWER, 0.01)
        return sent

    gaps = [later[0] - earlier[0] for earlier, later in pairwise(run(work()))]
    assert max(gaps[:2]) < 0.1
    assert min(gaps[2:]) > 0.9


def test_edits_leave_room_for_the_answer() -> None:
    async def work() -> tuple[float, float]:
        limiter, sent = Limiter(), Sent()
        editing = asyncio.gather(*(send(limiter, sent, 7, Priority.EDIT) for _ in range(9)))
        await asyncio.sleep(2.2)
        before = asyncio.get_running_loop().time()
        await send(limiter, sent, 7, Priority.ANSWER)
        took = asyncio.get_running_loop().time() - before
        group = [asyncio.create_task(send(limiter, sent, -5, Priority.EDIT)) for _ in range(30)]
        await asyncio.sleep(90)
        before = asyncio.get_running_loop().time()
        await send(limiter, sent, -5, Priority.ANSWER)
        in_group = asyncio.get_running_loop().time() - before
        waiting: list[asyncio.Future[Any]] = [editing, *group]
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return took, in_group

    assert max(run(work())) < 0.2


def test_edits_in_a_group_keep_their_distance_over_all_topics() -> None:
    async def work() -> Sent:
        limiter, sent = Limiter(), Sent()
        await asyncio.gather(*(send(limiter, sent, -5, Priority.EDIT) for _ in range(5)))
        return sent

    times = [at for at, _, _ in run(work())]
    assert all(later - earlier >= GROUP_EDITS - 0.1 for earlier, later in pairwise(times))


def test_a_flood_wait_holds_its_own_chat_only() -> None:
    async def work() -> Sent:
        limiter, sent = Limiter(), Sent()
        limiter.hold(7, 40, Priority.ANSWER)
        await asyncio.gather(
            send(limiter, sent, 7, Priority.ANSWER),
            send(limiter, sent, 7, Priority.SIGN),
            send(limiter, sent, 8, Priority.ANSWER),
        )
        return sent

    (sign, other, held) = run(work())
    assert (sign[1], sign[2], other[1], held[1]) in ((7, Priority.SIGN, 8, 7), (8, 0, 7, 7))
    assert max(sign[0], other[0]) < 1001
    assert held[0] >= 1040


def test_messages_to_a_chat_arrive_in_the_order_in_which_they_were_sent() -> None:
    async def work() -> list[int]:
        limiter, arrived = Limiter(), list[int]()

        async def one(number: int, seconds: float) -> None:
            async with limiter.turn(-5, Priority.ANSWER):
                await asyncio.sleep(seconds)
                arrived.append(number)

        await asyncio.gather(*(one(number, 1 / (number + 1)) for number in range(8)))
        return arrived

    assert run(work()) == list(range(8))


def test_whoever_gives_up_waiting_takes_nobodys_turn() -> None:
    async def work() -> Sent:
        limiter, sent = Limiter(), Sent()
        limiter.hold(7, 5, Priority.ANSWER)
        waiting = [asyncio.create_task(send(limiter, sent, 7, Priority.ANSWER)) for _ in range(4)]
        await asyncio.sleep(1)
        for one in waiting[:3]:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return sent

    assert len(run(work())) == 1


def test_chats_without_news_are_forgotten() -> None:
    async def work() -> int:
        limiter, sent = Limiter(), Sent()
        for chat in range(1, 12_001):
            await send(limiter, sent, chat, Priority.SIGN, 0)
        await send(limiter, sent, 1, Priority.ANSWER)
        return limiter.remembered

    assert run(work()) <= 1_000


def test_a_group_in_which_others_send_too_waits_and_holds_up_nobody() -> None:
    async def work() -> tuple[list[float], float]:
        limiter, sent, clock = Limiter(), Sent(), asyncio.get_running_loop().time
        asked, began = list[float](), clock()

        async def admit(chat: int, priority: Priority) -> float:
            asked.append(clock() - began)
            return 40.0 if len(asked) == 1 else 0.0

        limiter.admit = admit
        waiting = asyncio.create_task(send(limiter, sent, -7, Priority.ANSWER, 0))
        await asyncio.sleep(0.1)
        for number in range(60):
            await send(limiter, sent, -100 - number, Priority.ANSWER, 0)
        others = clock() - began
        await waiting
        return asked, others

    asked, others = run(work())
    assert asked[0] == 0
    assert 40 <= asked[-1] < 41
    assert others < 10


def test_whoever_gives_up_while_others_are_asked_holds_up_nobody() -> None:
    async def work() -> float:
        limiter, sent, clock = Limiter(), Sent(), asyncio.get_running_loop().time
        answers = asyncio.Event()

        async def admit(chat: int, priority: Priority) -> float:
            await answers.wait()
            return 0.0

        limiter.admit = admit
        asking = [
            asyncio.create_task(send(limiter, sent, -7 - number, Priority.ANSWER, 0))
            for number in range(40)
        ]
        await asyncio.sleep(0.1)
        for one in asking:
            one.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        answers.set()
        began = clock()
        await send(limiter, sent, -7, Priority.ANSWER, 0)
        return clock() - began

    assert run(work()) < 0.1
