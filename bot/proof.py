"""What an answer rests on, shown to whoever wants to see it, and what they think of it."""

import asyncio
import re
from dataclasses import dataclass
from typing import Final

from bot.evidence import CitedFiles
from bot.memory import Memory
from bot.message import Message
from bot.reply import Opened, Said
from bot.store.feedback import WHOLE, Verdict
from rag.wording import Wording

COMMANDS: Final = ("show", "good", "bad")
"""What can be said of the answer that was replied to, or else of the last one."""

_STEP: Final = re.compile(r"(\d{1,3})(?:\s+([+-]?\d{1,3}))?")
"""A source's number, and how many passages to go on from it."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Which evidence is to be shown: a citation of an answer, some passages further on."""

    answer_id: str
    n: int
    step: int = 0


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thinks of an answer (citation 0), or of one of its citations."""

    answer_id: str
    citation: int
    verdict: Verdict
    asker: int


class Proof:
    """Opens citations, and keeps what readers think."""

    def __init__(self, memory: Memory, documents: CitedFiles, words: Wording) -> None:
        self._memory, self._documents, self._words = memory, documents, words

    async def command(
        self, command: str, text: str, message: Message, language: str
    ) -> Opened | Said:
        """The reply to `/show 2 +1`, `/good`, `/bad`, `/bad 2`."""
        found = _STEP.fullmatch(text or str(1 if command == "show" else WHOLE))
        last = await self._meant(message)
        if found is None or last is None:
            return Said(self._words("evidence-none", language), language)
        number = WHOLE if command == "good" else int(found[1])
        if command == "show":
            opening = Opening(last, number, int(found[2] or 0))
            return await self.evidence(opening, language)
        opinion = Opinion(last, number, Verdict(command), message.asker)
        return await self.judge(opinion, language)

    async def evidence(self, opening: Opening, language: str) -> Opened | Said:
        """The evidence behind a citation, in the files as they are now."""
        kept = await asyncio.to_thread(self._memory.answer, opening.answer_id)
        if kept is None:
            return Said(self._words("answer-gone", language), language)
        found = await asyncio.to_thread(
            self._documents.evidence, kept.answer, opening.n, opening.step
        )
        if found is None:
            return Said(self._words("evidence-none", language), language)
        return Opened(found, language, kept.place)

    async def judge(self, opinion: Opinion, language: str) -> Said:
        """Keeps what a reader thinks; the last thing they think of something counts."""
        kept = await asyncio.to_thread(self._memory.answer, opinion.answer_id)
        if kept is None:
            return Said(self._words("answer-gone", language), language)
        numbers = {WHOLE, *(int(one["n"]) for one in kept.answer["citations"])}
        if opinion.citation not in numbers:
            return Said(self._words("evidence-none", language), language)
        await asyncio.to_thread(
            self._memory.judge, opinion.answer_id, opinion.citation, opinion.asker, opinion.verdict
        )
        if opinion.citation != WHOLE:
            said = self._words("feedback-citation", language, n=opinion.citation)
        else:
            said = self._words(f"feedback-{opinion.verdict}", language)
        return Said(said, language)

    async def file(self, path: str) -> bytes | None:
        """The bytes of a file that is cited; None where it is not there any more."""
        return await asyncio.to_thread(self._documents.content, path)

    async def _meant(self, message: Message) -> str | None:
        """The id of the answer that a message is about."""
        if message.quoted and message.quoted.answer_id:
            return message.quoted.answer_id
        last = await asyncio.to_thread(self._memory.last_answer, message.place)
        return last.id if last else None
