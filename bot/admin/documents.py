"""What admins do to the documents: reading them again, putting one in, taking one out."""

import asyncio

from bot.admin.catalogue import named, with_key
from bot.admin.folder import DocumentsFolder, Placed, Taken, Wish
from bot.admin.recorder import Recorder
from bot.store.journal import Action
from bot.upkeep import Knowledge, OnProgress, SyncStopped, Upkeep
from rag.knowledge_base import SyncReport


class Documents:
    """The documents and the index of them, changed by admins; each change is written down."""

    def __init__(
        self, folder: DocumentsFolder, knowledge: Knowledge, upkeep: Upkeep, recorder: Recorder
    ) -> None:
        self.folder = folder
        self._knowledge, self._upkeep, self._recorder = knowledge, upkeep, recorder

    async def reindex(
        self,
        admin: int,
        on_progress: OnProgress | None,
        stop: asyncio.Event | None = None,
        *,
        lift: bool = False,
        patience: float = 0.0,
    ) -> SyncReport:
        """Brings the index up to date. SyncStopped, with nothing changed, once `stop` is set.

        `lift` takes in what was held back when a revision was taken back. IndexBusy where another
        process is still at work on it after so many seconds of patience.
        """
        try:
            report = await self._upkeep.sync(on_progress, stop, lift=lift, patience=patience)
        except SyncStopped:
            await self._recorder.record(admin, Action.CANCEL)
            raise
        await self._recorder.record(
            admin,
            Action.REINDEX,
            revision=report.revision,
            added=len(report.added),
            changed=len(report.changed),
            removed=len(report.removed),
            skipped=len(report.skipped),
        )
        return report

    async def put(self, admin: int, name: str, content: bytes, wish: Wish) -> Placed | Taken:
        """Puts a document of a safe name into the folder; the index does not know it yet.

        UnreadableFile and FolderUnavailable as `DocumentsFolder.put`.
        """
        outcome = await asyncio.to_thread(self.folder.put, name, content, wish)
        if isinstance(outcome, Placed):
            action = Action.REPLACE if outcome.replaced else Action.ADD
            await self._recorder.record(admin, action, file=outcome.name, bytes=len(content))
        return outcome

    async def remove(self, admin: int, path: str) -> bool:
        """Deletes a document from the folder; whether it was there. The index still has it."""
        was_there = await asyncio.to_thread(self.folder.remove, path)
        await self._recorder.record(admin, Action.REMOVE, file=path, found=int(was_there))
        return was_there

    async def named(self, name: str) -> list[str]:
        """The documents that somebody may mean by a name, those that are skipped included."""
        return named(await asyncio.to_thread(self._paths), name)

    async def with_key(self, key: str) -> str | None:
        """The document that a button stands for; None where there is none any more."""
        paths = await asyncio.to_thread(self._paths)
        return await asyncio.to_thread(with_key, paths, key)

    def _paths(self) -> list[str]:
        sources = self._knowledge.sources()
        files = [file.path for file in sources.files]
        return sorted({*files, *(one.file for one in sources.skipped)})
