"""Telegram's limits on how often a bot may send."""

import math
from collections import defaultdict, deque
from typing import NamedTuple


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

    def judge(self, now: float, method: str, chat_id: int) -> Flood | None:
        """The limit that this request breaks, if any: the one that asks for the longest wait."""
        draft = method == "sendMessageDraft"
        if not draft and (not method.startswith(("send", "edit")) or method == "sendChatAction"):
            return None
        if draft:
            limits = [("20 drafts in 5 s", 20, 5, chat_id), ("40 drafts in 30 s", 40, 30, chat_id)]
        else:
            limits = [("30 in 1 s", 30, 1, 0)]
            limits += [("20 in a minute in a group", 20, 60, chat_id)] if chat_id < 0 else []
        waits, counters = [(0.0, "")], []
        for rule, limit, seconds, key in limits:
            times = self._times[rule, key]
            while times and times[0] <= now - seconds:
                times.popleft()
            counters.append(times)
            if len(times) >= limit:
                waits.append((times[0] + seconds - now, rule))
        # Each message is paid for with a second, and a burst may be paid for afterwards.
        paid = max(self._paid[chat_id], now) + 1
        private = chat_id > 0 and not draft
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
