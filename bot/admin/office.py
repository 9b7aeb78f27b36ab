"""The admins' half of the bot, put together: documents, people, figures. No front end in it."""

from dataclasses import dataclass
from typing import Self

from bot.access import Access
from bot.admin.books import Books
from bot.admin.counting import Counting
from bot.admin.documents import Documents
from bot.admin.folder import DocumentsFolder
from bot.admin.people import People
from bot.admin.recorder import Recorder
from bot.admin.status import StatusDesk
from bot.store import Store
from bot.store.figures import FigureStore
from bot.store.journal import Journal
from bot.store.readers import Readers
from bot.upkeep import Knowledge, Upkeep
from rag.settings import Settings


@dataclass(frozen=True, slots=True)
class Office:
    """What admins can do, and the upkeep that keeps its books."""

    knowledge: Knowledge
    upkeep: Upkeep
    documents: Documents
    people: People
    status: StatusDesk
    readers: Readers

    @classmethod
    def open(
        cls,
        settings: Settings,
        knowledge: Knowledge,
        store: Store,
        access: Access,
        counting: Counting,
    ) -> Self:
        """The office over a store. What was decided about people holds when this returns.

        Blocks; DatabaseUnavailable.
        """
        database = store.database
        recorder = Recorder(Journal(database))
        books = Books(counting, FigureStore(database))
        people = People(database, access, recorder)
        people.renew_now()
        upkeep = Upkeep(knowledge, store, settings, chores=(books.write, people.renew))
        folder = DocumentsFolder(settings.documents_dir)
        return cls(
            knowledge=knowledge,
            upkeep=upkeep,
            documents=Documents(folder, knowledge, upkeep, recorder),
            people=people,
            status=StatusDesk(knowledge, books, recorder.journal),
            readers=Readers(database),
        )
