"""What the strict server's log says of a bot under load, and the bars that it has to keep."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, NamedTuple

from benchmarks.aims import Aim
from tests.servers.bot_api import BotApiServer, Request

SIGN_WITHIN: Final = 150.0
"""Milliseconds from a question to its first sign (p99), where nothing is spoilt or killed."""
CITED: Final = "[1]"
"""What every answer to one of the questions has, and no notice: that it failed, that the queue is
full, that one has to wait, that the bot starts anew."""
REPEAT_MARKS: Final = ("أُرسلت مرة أخرى", "Sent again", "دوباره فرستاده شد")
DYING: Final = 1.0
"""Seconds before a kill in which a message may have been accepted whose receipt was not noted."""
_SIGNS: Final = ("sendChatAction", "sendMessageDraft", "sendMessage")


class Question(NamedTuple):
    """When a question was asked, a time of `time.monotonic()`, and in which topic."""

    at: float
    topic: int = 0


Asked = dict[tuple[int, int], Question]
"""The questions, by their chat and number."""


@dataclass
class Outcome:
    """What came of it; times in milliseconds."""

    asked: int = 0
    lost: int = 0
    """Questions that got no answer, whatever else they got."""
    out_of_order: int = 0
    """Answers that came before that to an earlier question of the same chat and topic."""
    repeats: int = 0
    repeats_without_cause: int = 0
    repeats_unmarked: int = 0
    floods: int = 0
    busiest_second: int = 0
    """The most requests within any second: messages, edits, drafts and signs."""
    violations: int = 0
    refusals: dict[str, int] = field(default_factory=dict)
    unsigned: int = 0
    """Questions that never had a sign."""
    first_sign_p50: float = 0
    first_sign_p99: float = 0
    """Endless where so many had none."""
    answer_p50: float = 0
    answer_p99: float = 0
    cpu_per_answer: float = 0
    requests_per_answer: float = 0
    kills: int = 0
    is_disturbed: bool = False
    """Whether requests were spoilt or the bot was killed: then a sign may come late."""

    @property
    def bars(self) -> Iterator[Aim]:
        """What is to be kept to."""
        yield Aim("questions without an answer", self.lost, 0)
        yield Aim("answers out of order", self.out_of_order, 0)
        yield Aim("floods", self.floods, 0)
        yield Aim("violations of the schema and texts that are refused", self.violations, 0)
        yield Aim("repeats without a cause", self.repeats_without_cause, 0)
        yield Aim("repeats without a mark", self.repeats_unmarked, 0)
        if not self.is_disturbed:
            yield Aim("ms to the first sign, p99", self.first_sign_p99, SIGN_WITHIN)

    @property
    def is_good(self) -> bool:
        """Whether every bar is kept."""
        return all(bar.holds for bar in self.bars)

    def as_json(self) -> dict[str, Any]:
        """Its fields; what is endless is null, as JSON has no word for it."""
        return {
            name: None if isinstance(value, float) and math.isinf(value) else value
            for name, value in vars(self).items()
        }


def judge(
    server: BotApiServer, asked: Asked, killed: Sequence[float], requests: Sequence[Request]
) -> Outcome:
    """What the server's log says. `killed`: when the bot was, times of `time.monotonic()`."""
    answers = answers_in(requests)
    outcome = Outcome(asked=len(asked), kills=len(killed), is_disturbed=bool(killed))
    outcome.lost = len(asked.keys() - answers.keys())
    for sent in answers.values():
        for earlier, later in pairwise(sent):
            outcome.repeats += 1
            cut = earlier.outcome == "cut after"
            dying = any(earlier.time <= at < earlier.time + DYING for at in killed)
            outcome.repeats_without_cause += not (cut or dying)
            marked = any(mark in later.parameters["text"] for mark in REPEAT_MARKS)
            outcome.repeats_unmarked += not marked
    outcome.out_of_order = _out_of_order(asked, answers)
    outcome.floods = len(server.floods)
    outcome.busiest_second = _busiest_second(requests)
    outcome.violations = len(server.violations) + len(server.misformed)
    outcome.refusals = dict(Counter(one.partition(" (")[0] for one in server.refusals))
    signs = first_signs(asked, requests)
    outcome.unsigned = sum(map(math.isinf, signs))
    waits = [1000 * (answers[one][0].time - asked[one].at) for one in asked if one in answers]
    outcome.first_sign_p50, outcome.first_sign_p99 = percentiles(signs)
    outcome.answer_p50, outcome.answer_p99 = percentiles(waits)
    return outcome


def answers_in(requests: Sequence[Request]) -> dict[tuple[int, int], list[Request]]:
    """The accepted messages that answer each question, in their order."""
    found = defaultdict[tuple[int, int], list[Request]](list)
    for one in requests:
        # A message that shows the text so far has a button to stop it; it is no answer yet.
        interim = "stop:" in str(one.parameters.get("reply_markup", ""))
        answers = CITED in one.parameters.get("text", "") and not interim
        if one.method == "sendMessage" and one.accepted and _replies_to(one) and answers:
            found[one.parameters["chat_id"], _replies_to(one)].append(one)
    return found


def _replies_to(request: Request) -> int:
    """The number of the message that a message replies to; 0 where it is no reply."""
    reply = request.parameters.get("reply_parameters")
    return int(reply["message_id"]) if reply else 0


def _out_of_order(asked: Asked, answers: Mapping[tuple[int, int], Sequence[Request]]) -> int:
    order = defaultdict[tuple[int, int], list[int]](list)
    for chat, question in sorted(answers, key=lambda one: answers[one][0].time):
        if (chat, question) in asked:
            order[chat, asked[chat, question].topic].append(question)
    return sum(later < earlier for one in order.values() for earlier, later in pairwise(one))


def first_signs(asked: Asked, requests: Sequence[Request]) -> list[float]:
    """Milliseconds from each question to its first sign; endless where it never had one.

    A sign is a request that was accepted: that something is written at the question's place, or
    what shows or says something of this very question. What belongs to another one is no sign.
    """
    typing = defaultdict[tuple[int, int], list[float]](list)
    own = defaultdict[tuple[int, int], list[float]](list)
    for one in requests:
        if one.method not in _SIGNS or not one.accepted:
            continue
        chat = one.parameters["chat_id"]
        if one.method == "sendChatAction":
            typing[chat, one.parameters.get("message_thread_id") or 0].append(one.time)
        else:
            own[chat, one.parameters.get("draft_id") or _replies_to(one)].append(one.time)
    found = []
    for (chat, number), question in asked.items():
        shown = typing[chat, question.topic] + own[chat, number]
        first = min((at for at in shown if at >= question.at), default=math.inf)
        found.append(1000 * (first - question.at))
    return found


def _busiest_second(requests: Sequence[Request]) -> int:
    times = sorted(one.time for one in requests if one.method.startswith(("send", "edit")))
    first, most = 0, 0
    for last, time_ in enumerate(times):
        while times[first] <= time_ - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """The 50th and the 99th, each of them a value that there was; zero of nothing."""
    ordered = sorted(values)
    if not ordered:
        return 0, 0
    p50, p99 = (ordered[math.ceil(share * len(ordered)) - 1] for share in (0.5, 0.99))
    return round(p50, 1), round(p99, 1)
