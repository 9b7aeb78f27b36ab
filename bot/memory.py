"""What is remembered of askers and of what they were answered. Every call blocks.

The conversation's one way to what the store keeps: exchanges, whole answers, verdicts, languages.
"""

import time
from dataclasses import replace
from typing import Final

from bot.access import TERMINAL
from bot.message import Message, Quoted, command_of, language_for
from bot.store import Place, Store, Thread
from bot.store.answers import Answers, KeptAnswer
from bot.store.feedback import Feedback, Verdict
from bot.store.forgettings import Forgettings
from bot.store.readers import Readers
from rag.answers.answer import Answer
from rag.knowledge_base import Turn
from rag.text.language import language_of

REMEMBERED_TURNS: Final = 6
"""Earlier exchanges that a question is understood with."""
_MOST_PLACES: Final = 10_000
"""Of which it is remembered in which language was asked there last."""


class Memory:
    """What the store remembers, as the conversation needs it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._answers = Answers(store.database)
        self._feedback = Feedback(store.database)
        self._readers = Readers(store.database)
        self._forgettings = Forgettings(store.database)
        self._spoken: dict[Place, str] = {}

    # Exchanges

    def thread(self, message: Message) -> Thread:
        """The exchanges that a message is to be understood with, oldest first.

        A reply to an answer goes on from that answer, with the part of it that is quoted; a
        reply to anything else has it before its eyes. An edited question stands where it stood.
        """
        quoted, place = message.quoted, message.place
        answer_id = quoted.answer_id if quoted else None
        thread = self._store.thread(place, REMEMBERED_TURNS, before=message.number, until=answer_id)
        if quoted is None:
            return thread
        kept = self.answer(answer_id) if answer_id else None
        turn = _turn(kept, quoted) if kept else Turn(quoted.text, "", ())
        before = tuple(one for one in thread.turns if one.question != turn.question)
        return replace(thread, turns=(*before, turn)[-REMEMBERED_TURNS:])

    def is_answered(self, message: Message, question: str) -> bool:
        """Whether a message that was edited asks what it asked when it was answered."""
        if message.number is None:
            return False
        return self._store.question(message.place, message.number) == question

    def keep(self, message: Message, thread: Thread, answer: Answer) -> bool:
        """Keeps an exchange, and the thread it was understood with; whether it is kept.

        Not where its asker wanted to be forgotten meanwhile, in whichever process. After `/new`
        the answer alone is kept: its buttons still work, but nothing follows it.
        """
        if message.asker in self._forgettings.since(thread.read_at):
            return False
        now = time.time()
        self._store.remember(
            thread,
            message.asker,
            Turn(answer.question, answer.text, answer.files),
            now,
            message=message.number,
            answer_id=answer.id,
        )
        earlier = tuple(turn.question for turn in thread.turns)
        self._answers.keep(
            KeptAnswer(answer.id, message.place, message.asker, now, earlier, answer.as_json())
        )
        # Whoever wanted to be forgotten while this was written may have been too early for it.
        forgotten = self._forgettings.since(thread.read_at)
        if message.asker in forgotten:
            self._store.forget_answer(answer.id)
            self._answers.forget(answer.id)
            return False
        if forgotten:  # one of them may have asked a question before it
            self._answers.forget_earlier(answer.id)
        return True

    def begin_anew(self, place: Place) -> None:
        """Forgets the exchanges at a place."""
        self._store.forget(place)

    def forget(self, asker: int) -> int:
        """Forgets somebody; how many questions of theirs were known."""
        self._forgettings.add(asker)  # before all else: what is kept from now on sees it
        answers = self._answers.forget_asker(asker)  # first: it looks where they have asked
        exchanges = self._store.forget_asker(asker)
        self._readers.forget(asker)
        return max(exchanges, answers)

    # Answers

    def answer(self, answer_id: str) -> KeptAnswer | None:
        """An answer. Nobody can guess the id of one that they have not seen."""
        return self._answers.find(answer_id)

    def last_answer(self, place: Place) -> KeptAnswer | None:
        """The last answer that was given at a place."""
        return self._answers.last(place)

    def judge(self, answer_id: str, citation: int, asker: int, verdict: Verdict) -> None:
        """Keeps what a reader thinks of an answer (citation 0), or of one of its sources."""
        self._feedback.give(answer_id, citation, asker, verdict, time.time())

    # Readers

    def language(self, message: Message) -> str:
        """The language of the interface's words for whoever wrote a message."""
        chosen = self._readers.language(message.asker)
        return language_for(message, chosen, lambda: self._spoken_at(message.place))

    def note_language(self, message: Message) -> None:
        """Notes in which language was asked at a place, as long as this process lives."""
        spoken = language_of(command_of(message.text)[1], "")
        if spoken:
            while len(self._spoken) >= _MOST_PLACES:
                del self._spoken[next(iter(self._spoken))]
            self._spoken.pop(message.place, None)
            self._spoken[message.place] = spoken

    def _spoken_at(self, place: Place) -> str | None:
        """The language in which was asked last at a place; None where nothing was."""
        spoken = self._spoken.get(place)
        if spoken or place.chat == TERMINAL:  # where each start is in the system's language first
            return spoken
        turns = self._store.thread(place, 1).turns
        return language_of(turns[-1].question) if turns else None

    def choose_language(self, asker: int, language: str) -> None:
        """Keeps the language that somebody has chosen."""
        self._readers.choose(asker, language)


def _turn(kept: KeptAnswer, quoted: Quoted) -> Turn:
    """The exchange that an answer belongs to, with the part of it that was quoted."""
    answer = kept.answer
    files = tuple(dict.fromkeys(str(one["file"]) for one in answer["citations"]))
    text = quoted.text if quoted.is_part else str(answer["text"])
    return Turn(str(answer["question"]), text, files)
