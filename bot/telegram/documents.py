"""What admins do to the documents in Telegram: `/reindex`, a document that is sent, `/remove`."""

import asyncio
import secrets
from typing import Final

from telegram import Document, InlineKeyboardMarkup
from telegram.error import BadRequest

from bot.admin.catalogue import key_of
from bot.admin.documents import Documents
from bot.admin.folder import FolderUnavailable, Placed, Wish
from bot.admin.rendering import AdminRenderer
from bot.admin.uploads import Offer, Unfit, offer_of, safe_name
from bot.rendering import Renderer
from bot.styled import Styled, comma, isolated, joined
from bot.telegram.bulletin import Bulletin
from bot.telegram.desk import (
    Desk,
    is_private,
    keyboard_of,
    label_of,
    place_of,
    pressed_message,
)
from bot.telegram.patience import patiently
from bot.telegram.routes import Heard, Notice, Press, Routes, data_of
from bot.upkeep import SyncStopped
from rag.documents.formats import readable_suffixes
from rag.documents.reading import LARGEST
from rag.errors import IndexBusy, UnreadableFile
from rag.knowledge_base import Progress

DOWNLOAD: Final = 20 * 1024 * 1024
"""Bytes that Telegram's own Bot API server lets a bot fetch."""
MOST_OFFERED: Final = 8
"""Documents of like names among which one may choose."""
PATIENCE: Final = 120.0
"""Seconds to wait for another indexer when the documents have just been changed."""
MOST_REPORTED: Final = 15
"""Files in one list of a report, which is one message where it can be."""
_CANCEL: Final = "no"


class DocumentsDesk:
    """Lets admins change the documents."""

    def __init__(self, desk: Desk, documents: Documents) -> None:
        self._desk, self._documents = desk, documents
        self._renderer = Renderer(quotes=False, most=MOST_REPORTED)
        self._stops: dict[str, asyncio.Event] = {}

    def register(self, routes: Routes) -> None:
        """Has the commands, the buttons and the documents handled here."""
        routes.command("reindex", self._reindex)
        routes.button("reindex", self._stop, for_admins=True)
        routes.document(self._offer)
        routes.button("upload", self._decide_upload, for_admins=True)
        routes.command("remove", self._find)
        routes.button("remove", self._decide_removal, for_admins=True)

    # Reading them again

    async def _reindex(self, heard: Heard) -> None:
        await self._bring_up_to_date(
            self._desk.bulletin(heard), heard.message.asker, heard.language
        )

    async def _bring_up_to_date(
        self, bulletin: Bulletin, admin: int, language: str, done: str = ""
    ) -> None:
        """Reads the documents again in sight of everyone; `done` is what was done before."""
        words = AdminRenderer(language)
        job, stop = secrets.token_hex(8), asyncio.Event()
        button = keyboard_of([[(words("cancel"), data_of("reindex", job))]])
        self._stops[job] = stop

        def show(progress: Progress) -> None:
            if stop.is_set():
                bulletin.show(words("reindex-stopping"))
            else:
                bulletin.show(self._renderer.progress(progress, language), button)

        try:
            async with bulletin:
                show(Progress("read", 0, 0))
                report = await self._documents.reindex(
                    admin, show, stop, lift=not done, patience=PATIENCE if done else 0
                )
            outcome = self._renderer.report(report, language)
        except SyncStopped:
            outcome = Styled(words("reindex-stopped"))
        except IndexBusy:
            outcome = Styled(words("index-busy"))
        finally:
            del self._stops[job]
        await bulletin.finish(joined([done, outcome], "\n\n"))

    async def _stop(self, press: Press) -> Notice:
        words, stop = AdminRenderer(press.language), self._stops.get(press.data)
        if stop is None:
            return Notice(words("reindex-over"))
        stop.set()
        return Notice(words("reindex-stopping"))

    # Adding one

    async def _offer(self, heard: Heard) -> bool:
        document = heard.told.document
        if document is None or not is_private(heard):
            return False
        words = AdminRenderer(heard.language)
        offer = _offer_of(document)
        if isinstance(offer, Unfit):
            await self._desk.reply(heard, _unfit(words, offer, document))
            return True
        try:
            text, keyboard = await self._question(words, offer)
        except FolderUnavailable:
            text, keyboard = words("folder-unavailable"), None
        await self._desk.reply(heard, text, keyboard)
        return True

    async def _question(
        self, words: AdminRenderer, offer: Offer
    ) -> tuple[str, InlineKeyboardMarkup | None]:
        """What an admin is asked about a document, and the answers."""
        there = await asyncio.to_thread(self._documents.folder.namesake, offer.name)
        size = words.size(offer.size or 0)
        no = (words("cancel"), data_of("upload", _CANCEL))
        if there is None:
            text = words("upload-offer", name=words.name(offer.name), size=size)
            return text, keyboard_of([[(words("upload-add"), data_of("upload", Wish.ADD)), no]])
        text = words("upload-taken", name=words.name(there), size=size)
        replace = (words("upload-replace"), data_of("upload", Wish.REPLACE))
        both = (words("upload-both"), data_of("upload", Wish.KEEP_BOTH))
        return text, keyboard_of([[replace, both], [no]])

    async def _decide_upload(self, press: Press) -> Notice:
        words, message = AdminRenderer(press.language), pressed_message(press)
        # The question answers the document's own message: nothing else has to be remembered.
        sent = message.reply_to_message if message else None
        if press.data == _CANCEL:
            return self._desk.replace(press, words("upload-cancelled"))
        if message is None or sent is None or sent.document is None:
            return Notice(words("upload-gone"), alert=True)
        bulletin = Bulletin(
            self._desk.outbox,
            place_of(message),
            press.language,
            message_id=message.message_id,
        )
        job = self._add(bulletin, press, sent.document, Wish(press.data))
        return self._desk.job(message, press.language, job)

    async def _add(self, bulletin: Bulletin, press: Press, document: Document, wish: Wish) -> None:
        """Fetches a document, puts it into the folder and reads the documents again."""
        words, offer = AdminRenderer(press.language), _offer_of(document)
        if isinstance(offer, Unfit):
            await bulletin.finish(Styled(_unfit(words, offer, document)))
            return
        name = words.name(offer.name)
        async with bulletin:
            bulletin.show(words("upload-working", name=name))
            try:
                content = await self._fetch(document)
                outcome = await self._documents.put(press.asker, offer.name, content, wish)
            except _TooLarge:
                text = words("upload-too-large", name=name, limit=words.size(DOWNLOAD))
            except UnreadableFile as problem:
                text = words("upload-unreadable", name=name, reason=words.reason(problem))
            except FolderUnavailable:
                text = words("folder-unavailable")
            else:
                text = ""
        if text:
            await bulletin.finish(Styled(text))
        elif isinstance(outcome, Placed):
            key = "upload-replaced" if outcome.replaced else "upload-added"
            done = words(key, name=words.name(outcome.name))
            await self._bring_up_to_date(bulletin, press.asker, press.language, done)
        else:
            question, keyboard = await self._question(words, offer)
            await bulletin.finish(Styled(question), keyboard)

    async def _fetch(self, document: Document) -> bytes:
        """The content of a document."""
        try:
            file = await patiently(lambda: self._desk.outbox.bot.get_file(document.file_id))
        except BadRequest as refusal:
            if "too big" in refusal.message.lower():
                raise _TooLarge from None
            raise
        return bytes(await patiently(file.download_as_bytearray))

    # Deleting one

    async def _find(self, heard: Heard) -> None:
        words = AdminRenderer(heard.language)
        if not is_private(heard):
            await self._desk.reply(heard, words("in-private"))
            return
        if not heard.argument:
            await self._desk.reply(heard, words("remove-usage"))
            return
        paths = await self._documents.named(heard.argument)
        name = words.name(heard.argument)
        if not paths:
            await self._desk.reply(heard, words("remove-none", name=name))
        elif len(paths) == 1:
            await self._desk.reply(heard, *_confirmation(words, paths[0]))
        elif len(paths) <= MOST_OFFERED:
            rows = [
                [(label_of(isolated(words.name(path))), data_of("remove", "ask", key_of(path)))]
                for path in paths
            ]
            await self._desk.reply(
                heard,
                words("remove-which"),
                keyboard_of([*rows, [(words("cancel"), data_of("remove", _CANCEL))]]),
            )
        else:
            await self._desk.reply(heard, words("remove-too-many", name=name, count=len(paths)))

    async def _decide_removal(self, press: Press) -> Notice:
        words, message = AdminRenderer(press.language), pressed_message(press)
        wish, _, key = press.data.partition(":")
        if wish == _CANCEL or message is None:
            return self._desk.replace(press, words("remove-cancelled"))
        path = await self._documents.with_key(key)
        if path is None:
            return self._desk.replace(press, words("reindex-over"))
        if wish == "ask":
            return self._desk.replace(press, *_confirmation(words, path))
        bulletin = Bulletin(
            self._desk.outbox,
            place_of(message),
            press.language,
            message_id=message.message_id,
        )
        return self._desk.job(message, press.language, self._remove(bulletin, press, path))

    async def _remove(self, bulletin: Bulletin, press: Press, path: str) -> None:
        words, name = AdminRenderer(press.language), AdminRenderer(press.language).name(path)
        try:
            was_there = await self._documents.remove(press.asker, path)
        except UnreadableFile as problem:
            text = words("remove-refused", name=name, reason=words.reason(problem))
            await bulletin.finish(Styled(text))
        except FolderUnavailable:
            await bulletin.finish(Styled(words("folder-unavailable")))
        else:
            done = words("remove-done" if was_there else "remove-gone", name=name)
            await self._bring_up_to_date(bulletin, press.asker, press.language, done)


class _TooLarge(Exception):
    """Telegram does not let a bot fetch a file of this size."""


def _offer_of(document: Document) -> Offer | Unfit:
    return offer_of(
        document.file_name,
        document.mime_type,
        document.file_size,
        suffixes=readable_suffixes(),
        largest=LARGEST,
    )


def _unfit(words: AdminRenderer, unfit: Unfit, document: Document) -> str:
    """Why a document is not taken."""
    name = words.name(safe_name(document.file_name or ""))
    formats = comma(words.language).join(sorted(readable_suffixes()))
    limit = words.size(LARGEST)
    values = {Unfit.FORMAT: {"formats": formats}, Unfit.TOO_LARGE: {"limit": limit}}
    return words(f"upload-{unfit}", name=name, **values.get(unfit, {}))


def _confirmation(words: AdminRenderer, path: str) -> tuple[str, InlineKeyboardMarkup | None]:
    """What an admin is asked before a document is deleted, and the answers."""
    yes = (words("remove-button"), data_of("remove", "yes", key_of(path)))
    no = (words("cancel"), data_of("remove", _CANCEL))
    return words("remove-offer", name=words.name(path)), keyboard_of([[yes, no]])
