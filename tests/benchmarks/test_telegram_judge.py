"""What the benchmark of the load counts, and what it is not to overlook."""

import math
from typing import Any

from benchmarks.telegram_judge import (
    CITED,
    SIGN_WITHIN,
    Asked,
    Outcome,
    Question,
    first_signs,
    judge,
    percentiles,
)
from tests.servers.bot_api import BotApiServer, Request

CHAT = 7


def made(at: float, method: str, outcome: str = "ok", **parameters: Any) -> Request:
    return Request(at, method, {"chat_id": CHAT, **parameters}, outcome)


def answer(at: float, question: int, topic: int = 0) -> Request:
    reply = {"message_id": question}
    return made(
        at, "sendMessage", text=CITED, reply_parameters=reply, message_thread_id=topic or None
    )


def test_a_question_without_a_sign_waits_for_ever() -> None:
    assert first_signs({(CHAT, 1): Question(1.0)}, []) == [math.inf]
    outcome = judge(BotApiServer(), {(CHAT, 1): Question(1.0)}, [], [])
    assert outcome.unsigned == 1
    assert not outcome.is_good
    assert outcome.as_json()["first_sign_p99"] is None


def test_a_sign_that_was_refused_is_none() -> None:
    requests = [
        made(1.0, "sendChatAction", "Too Many Requests"),
        made(1.5, "sendChatAction", "cut before"),
        made(2.0, "sendChatAction", "cut after"),
    ]
    assert first_signs({(CHAT, 1): Question(1.0)}, requests) == [1000]


def test_what_belongs_to_another_question_is_no_sign_of_this_one() -> None:
    requests = [answer(1.1, 1), made(1.2, "sendMessageDraft", draft_id=1), answer(3.0, 2)]
    assert first_signs({(CHAT, 2): Question(1.0)}, requests) == [2000]


def test_a_sign_in_another_topic_is_no_sign_here() -> None:
    requests = [
        made(1.1, "sendChatAction", message_thread_id=5),
        made(1.25, "sendChatAction", message_thread_id=6),
    ]
    assert first_signs({(CHAT, 2): Question(1.0, 6)}, requests) == [250]


def test_order_is_kept_in_each_topic_and_not_between_them() -> None:
    asked: Asked = {(CHAT, 1): Question(0, 5), (CHAT, 2): Question(0, 6), (CHAT, 3): Question(0, 6)}
    fine = [answer(1, 2, 6), answer(2, 1, 5), answer(3, 3, 6)]
    assert judge(BotApiServer(), asked, [], fine).out_of_order == 0
    wrong = [answer(1, 3, 6), answer(2, 1, 5), answer(3, 2, 6)]
    assert judge(BotApiServer(), asked, [], wrong).out_of_order == 1


def test_a_kill_excuses_a_repeat_of_what_was_sent_right_before_it_only() -> None:
    asked, twice = {(CHAT, 1): Question(0)}, [answer(10, 1), answer(12, 1)]
    assert judge(BotApiServer(), asked, [10.5], twice).repeats_without_cause == 0
    assert judge(BotApiServer(), asked, [9.5], twice).repeats_without_cause == 1
    assert judge(BotApiServer(), asked, [], twice).repeats_without_cause == 1


def test_a_late_sign_misses_the_bar_unless_the_run_was_disturbed() -> None:
    late = Outcome(asked=1, first_sign_p99=SIGN_WITHIN + 1)
    assert not late.is_good
    late.is_disturbed = True
    assert late.is_good


def test_percentiles_are_values_that_there_were() -> None:
    assert percentiles([]) == (0, 0)
    assert percentiles([3, 1, 2]) == (2, 3)
    assert percentiles([*range(1, 100), math.inf]) == (50, 99)
    assert percentiles([*range(1, 99), math.inf, math.inf]) == (50, math.inf)
