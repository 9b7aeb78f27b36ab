"""Telegram's limits on how often a bot may send."""

import math
from collections import defaultdict, deque
from typing import NamedTuple

from .telegram_refusals import Refusal


class Flood(NamedTuple):
    """A request that came too soon: when, by which rule, and how long it should have waited."""

    time: float
    rule: str
    method: str
    chat_id: int
    retry_after: int


class FloodJudge:
    """Counts what a bot sends against Telegram's limits. What comes too soon does not count."""

    BURST = 3  # messages at once that pass in a private chat

    def __init__(self) -> None:
        self._times: defaultdict[tuple[str, int], deque[float]] = defaultdict(deque)
        self._paid: defaultdict[int, float] = defaultdict(float)
        self._told_to_wait: dict[object, float] = {}  # chats, and until when

    def judge(self, now: float, method: str, chat_id: int) -> Flood | None:
        """The limit that this request breaks, if any: the one that asks for the longest wait."""
        kind = _kind(method)
        if not kind:
            return None
        waits, counters = [(0.0, "")], []
        for rule, limit, seconds, key in _limits(kind, chat_id):
            times = self._times[rule, key]
            while times and times[0] <= now - seconds:
                times.popleft()
            counters.append(times)
            if len(times) >= limit:
                waits.append((times[0] + seconds - now, rule))
        if kind == "message" and chat_id in self._told_to_wait:
            waits.append((self._told_to_wait[chat_id] - now, "before a flood wait was over"))
        # Each message is paid for with a second, and a burst may be paid for afterwards.
        paid = max(self._paid[chat_id], now) + 1
        private = chat_id > 0 and kind == "message"
        if private:
            waits.append((paid - now - self.BURST, "1 in 1 s in a private chat"))
        wait, rule = max(waits)
        if wait > 0:
            return Flood(now, rule, method, chat_id, math.ceil(wait))
        for times in counters:
            times.append(now)
        if private:
            self._paid[chat_id] = paid
        return None

    def refused(self, now: float, chat_id: object, method: str, refusal: Refusal) -> None:
        """Takes note of a refusal: who is told to wait has to."""
        if refusal.retry_after and _kind(method) == "message":
            self._told_to_wait[chat_id] = now + refusal.retry_after


def _kind(method: str) -> str:
    """What a request counts as: a message, a draft or a sign; empty for what is not limited."""
    if method in ("sendMessageDraft", "sendRichMessageDraft"):
        return "draft"
    if method == "sendChatAction":
        return "sign"
    return "message" if method.startswith(("send", "edit")) else ""


def _limits(kind: str, chat_id: int) -> list[tuple[str, int, int, int]]:
    """The rules for this kind: in words, how many, in how many seconds, and of which chat."""
    if kind == "message":
        group = [("20 in a minute in a group", 20, 60, chat_id)] if chat_id < 0 else []
        return [("30 in 1 s", 30, 1, 0), *group]
    return [(f"20 {kind}s in 5 s", 20, 5, chat_id), (f"40 {kind}s in 30 s", 40, 30, chat_id)]
