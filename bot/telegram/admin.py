"""The admins' half of the bot in Telegram: who handles what, and `/status`."""

import asyncio
from dataclasses import replace
from typing import Final

from telegram.error import BadRequest

from bot.admin.chart import chart
from bot.admin.office import Office
from bot.admin.rendering import AdminRenderer
from bot.admin.status import Status
from bot.styled import Styled, directed, joined
from bot.telegram.desk import Desk, is_private, place_of
from bot.telegram.documents import DocumentsDesk
from bot.telegram.outbox import Attachment, Outbox
from bot.telegram.people import PeopleDesk
from bot.telegram.routes import Heard, Routes
from bot.telegram.sources import SourcesDesk

LONGEST_CAPTION: Final = 1_000
"""Characters below a picture; Telegram's own limit is 1,024."""


def register_admin(routes: Routes, outbox: Outbox, office: Office) -> None:
    """Has `/sources`, the admins' commands and all that belongs to them handled."""
    desk = Desk(outbox)
    SourcesDesk(desk, office.knowledge).register(routes)
    DocumentsDesk(desk, office.documents).register(routes)
    PeopleDesk(desk, office.people, office.readers).register(routes)
    StatusCommand(desk, office).register(routes)


class StatusCommand:
    """Tells admins how the bot is doing."""

    def __init__(self, desk: Desk, office: Office) -> None:
        self._desk, self._office = desk, office

    def register(self, routes: Routes) -> None:
        """Has the command handled here."""
        routes.command("status", self._show)

    async def _show(self, heard: Heard) -> None:
        words, place = AdminRenderer(heard.language), place_of(heard.told)
        if not is_private(heard):
            await self._desk.reply(heard, words("in-private"))
            return
        status = await self._office.status.status()
        picture = await asyncio.to_thread(chart, status.bars)
        caption = _caption(words, status)
        try:
            await self._desk.outbox.send_file(
                place.chat,
                Attachment("status.png", picture),
                heard.language,
                topic=place.topic,
                reply_to=heard.told.message_id,
                caption=caption,
                as_photo=True,
            )
        except BadRequest:  # whatever Telegram has against the picture, the figures are told
            await self._desk.reply(heard, caption)


def _caption(words: AdminRenderer, status: Status) -> Styled:
    """The figures and what the colours mean, with as much of the journal as fits."""
    kept = len(status.journal)
    while True:
        shown = replace(status, journal=status.journal[:kept])
        text = joined([words.status(shown), words("status-legend")], "\n\n")
        caption = directed(text, words.language)
        if len(caption.text) <= LONGEST_CAPTION or not kept:
            return caption
        kept -= 1
