"""The bot with scripted answers instead of documents: what it costs to talk in Telegram alone.

    python -m benchmarks.scripted_bot http://127.0.0.1:8081 123:token /tmp/data 0.3

The arguments: the Bot API server, the token, a folder, and the seconds that an answer takes.
"""

import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from bot.access import Access
from bot.admin.counting import Counting
from bot.admin.office import Office
from bot.conversation import Conversation
from bot.evidence import CitedFiles
from bot.rendering import WORDS
from bot.store import Database, Store
from bot.telegram.application import Front, run_telegram
from rag.answers.answer import Answer
from rag.answers.stopping import Stop
from rag.knowledge_base import Turn
from rag.settings import Settings
from tests.bot.doubles import ANSWER, CITATION, ScriptedKnowledge
from tests.library import settings_of


class SlowKnowledge(ScriptedKnowledge):
    """Writes its answer sentence by sentence, over so many seconds."""

    seconds = 0.0

    async def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        on_text: Callable[[str], None] | None = None,
        *,
        with_model: bool = True,
        stop: Stop | None = None,
    ) -> Answer:
        """The same answer to everything."""
        for size in range(1, 4):
            await asyncio.sleep(self.seconds / 3)
            if on_text:
                on_text(" ".join(["كارولين روز محللة في معهد نيولاينز [1]."] * size))
        text = " ".join(["كارولين روز محللة في معهد نيولاينز [1]."] * 3)
        citations = tuple(replace(CITATION, n=number) for number in (1, 2, 3))
        return replace(ANSWER, question=question, text=text, citations=citations)


def main() -> None:
    """Answers until it is ended."""
    address, token, folder, seconds = sys.argv[1:]
    place = Path(folder)
    settings: Settings = settings_of(
        telegram_bot_token=token,
        telegram_api_url=address,
        data_dir=place,
        documents_dir=place,
        questions_per_hour=0,
    )
    knowledge = SlowKnowledge()
    knowledge.seconds = float(seconds)
    database = Database.open(place / "conversations.sqlite3", settings.database_url)
    store = Store(database)
    access = Access.for_telegram(settings)
    office = Office.open(settings, knowledge, store, access, Counting())
    conversation = Conversation(
        knowledge,
        store,
        access,
        office,
        CitedFiles(place, knowledge.search),
        WORDS,
    )

    def say(line: str) -> None:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()

    run_telegram(Front(settings, conversation, office.upkeep, database, say, "en"))


if __name__ == "__main__":
    main()
