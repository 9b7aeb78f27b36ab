"""What was asked in a soak, and what came of it, as the Bot API server saw it."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from bot.rendering import WORDS
from rag.text.language import LANGUAGES
from tests.servers.bot_api import Request

SIGNS: Final = ("sendChatAction", "sendMessageDraft", "sendMessage")
DYING: Final = 2.0
"""Seconds before a kill in which a message may have been accepted whose receipt was not noted."""
_SENDING: Final = ("sendMessage", "sendDocument", "sendPhoto")
_ANSWERING: Final = {
    "answerCallbackQuery": "callback_query_id",
    "answerInlineQuery": "inline_query_id",
    "answerGuestQuery": "guest_query_id",
}
_TRIES: Final = 3
"""How often the bot tries to answer a query, which is worth nothing a little later."""


def _said(key: str, **values: str | int) -> re.Pattern[str]:
    """The words of a key in each language, whatever stands in the place of its values."""
    texts = []
    for language in LANGUAGES:
        text = re.escape(WORDS(key, language, **dict.fromkeys(values, "VALUE")))
        texts.append(text.replace("VALUE", ".*"))
    return re.compile("|".join(texts))


_FAILED: Final = _said("failed", reference="")
_RESTARTING: Final = _said("restarting")
_REPEATED: Final = _said("sent-again")


@dataclass(slots=True)
class Sent:
    """A message that the server accepted in answer to something."""

    time: float
    outcome: str
    text: str
    is_marked: bool
    """Whether it says that it may be a repeat."""


@dataclass(slots=True)
class Asked:
    """Something that is to be answered: a message, a press, a query. Times are monotonic."""

    kind: str
    chat: int
    key: tuple[int, int] | str
    """Chat and number of a message; else the id of a query."""
    at: float
    phase: str
    in_turn: bool = False
    """Whether it is answered after those before it in its chat."""
    needs_effect: bool = False
    """Whether a message has to follow, besides the answer to the press."""
    most: int = 1
    """Answers that it may have: two where it was edited while it was answered."""
    sign: float | None = None
    answers: list[Sent] = field(default_factory=list)
    effects: list[Sent] = field(default_factory=list)
    refused: int = 0
    """How many answers to the query met a fault."""

    @property
    def is_answered(self) -> bool:
        """Whether all that is wanted has come."""
        return bool(self.answers) and (not self.needs_effect or bool(self.effects))

    @property
    def answered_at(self) -> float:
        """When the first answer came."""
        return self.answers[0].time


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of everything that was asked."""

    asked: Counter[str]
    lost: list[Asked]
    out_of_order: int
    repeats: int
    without_cause: list[Asked]
    unmarked: list[Asked]


class Ledger:
    """Everything that was asked, and the answers to it."""

    def __init__(self) -> None:
        self.all: list[Asked] = []
        self.ends: list[float] = []
        """When the bot was stopped or killed."""
        self.apologies = 0
        """How often somebody was told that something went wrong."""
        self._open: defaultdict[int, list[Asked]] = defaultdict(list)
        self._by_key: dict[tuple[int, int] | str, Asked] = {}
        self._effects: dict[tuple[int, int], Asked] = {}

    def ask(self, asked: Asked, effect_below: int | None = None) -> Asked:
        """Something was asked; its effect replies to the message `effect_below`."""
        self.all.append(asked)
        self._by_key[asked.key] = asked
        self._open[asked.chat].append(asked)
        if effect_below is not None:
            self._effects[asked.chat, effect_below] = asked
        return asked

    def note(self, request: Request) -> None:
        """Takes note of a request that was dealt with."""
        p, chat = request.parameters, int(request.parameters.get("chat_id") or 0)
        if request.method in SIGNS:
            self._sign(chat, request.time)
        if name := _ANSWERING.get(request.method):
            self._answered_query(request, str(p[name]))
        elif request.method in _SENDING and request.accepted:
            self._sent(request, chat)

    def _sign(self, chat: int, time: float) -> None:
        for one in self._open.get(chat, ()):
            if one.sign is None and one.at <= time:
                one.sign = time

    def _answered_query(self, request: Request, query: str) -> None:
        asked = self._by_key.get(query)
        if asked is None:
            return
        if not request.accepted:
            is_final = request.outcome.startswith("Bad Request")
            asked.refused += _TRIES if is_final else 1
            return
        if request.parameters.get("show_alert"):
            asked.needs_effect = False
        sent = Sent(request.time, request.outcome, "", is_marked=False)
        self._answered(asked, asked.answers, sent)

    def _sent(self, request: Request, chat: int) -> None:
        p = request.parameters
        reply = p.get("reply_parameters")
        # A message that shows the text so far has a button to stop it; it is no answer yet.
        if not reply or "stop:" in json.dumps(p.get("reply_markup", {})):
            return
        text = str(p.get("text", p.get("caption", "")))
        if _RESTARTING.search(text):
            return
        self.apologies += bool(_FAILED.search(text))
        is_marked = bool(_REPEATED.search(text))
        sent = Sent(request.time, request.outcome, text[:60], is_marked)
        key = (chat, int(reply["message_id"]))
        if asked := self._by_key.get(key):
            self._answered(asked, asked.answers, sent)
        elif asked := self._effects.get(key):
            self._answered(asked, asked.effects, sent)

    def _answered(self, asked: Asked, sent: list[Sent], one: Sent) -> None:
        sent.append(one)
        if asked.sign is None:
            asked.sign = one.time
        if asked.is_answered and asked in self._open[asked.chat]:
            self._open[asked.chat].remove(asked)

    @property
    def unanswered(self) -> list[Asked]:
        """What still waits, or will for ever."""
        waiting = (one for waiting in self._open.values() for one in waiting)
        return [one for one in waiting if not (one.is_answered or _is_excused(one, self.ends))]

    def judge(self) -> Judgement:
        """What came of it all."""
        pairs = [
            (one, *pair)
            for one in self.all
            for pair in (*pairwise(one.answers[one.most - 1 :]), *pairwise(one.effects))
        ]
        return Judgement(
            Counter(one.kind for one in self.all),
            self.unanswered,
            sum(later < earlier for earlier, later in self._orders()),
            len(pairs),
            [one for one, earlier, _ in pairs if not self._has_cause(earlier)],
            [one for one, _, later in pairs if not later.is_marked],
        )

    def _has_cause(self, earlier: Sent) -> bool:
        """Whether the bot cannot know that a message has arrived."""
        is_dying = any(abs(earlier.time - end) < DYING for end in self.ends)
        return is_dying or earlier.outcome == "cut after"

    def _orders(self) -> Iterator[tuple[int, int]]:
        """The numbers of the messages of a chat, in pairs as they were answered."""
        by_chat = defaultdict[int, list[Asked]](list)
        for one in self.all:
            if one.in_turn and one.answers:
                by_chat[one.chat].append(one)
        for asked in by_chat.values():
            asked.sort(key=lambda one: one.answered_at)
            numbers = [one.key[1] for one in asked if isinstance(one.key, tuple)]
            yield from pairwise(numbers)


def _is_excused(asked: Asked, ends: Sequence[float]) -> bool:
    """Whether it is a query whose answers all met faults, or whose asker was cut off by an end."""
    if isinstance(asked.key, tuple):
        return False
    if asked.refused >= _TRIES:
        return True
    return asked.kind == "inline" and any(end > asked.at for end in ends)
