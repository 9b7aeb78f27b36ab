"""`/sources`: the documents in pages, and the search in their names and titles."""

import asyncio

from telegram import InlineKeyboardMarkup

from bot.admin.catalogue import Page, asked_page, page_of, query_of
from bot.admin.rendering import AdminRenderer
from bot.telegram.desk import Desk, keyboard_of, page_row
from bot.telegram.routes import Heard, Notice, Press, Routes, data_of
from bot.upkeep import Knowledge

_PREFIX = "sources"


class SourcesDesk:
    """Shows the documents to whoever may ask."""

    def __init__(self, desk: Desk, knowledge: Knowledge) -> None:
        self._desk, self._knowledge = desk, knowledge

    def register(self, routes: Routes) -> None:
        """Has the command and its buttons handled here."""
        routes.command("sources", self._show)
        routes.button(_PREFIX, self._turn)

    async def _show(self, heard: Heard) -> None:
        page = await self._page(*asked_page(heard.argument))
        text = AdminRenderer(heard.language).page(page, buttons=True)
        await self._desk.reply(heard, text, _pages(page, heard.language))

    async def _turn(self, press: Press) -> Notice:
        number, _, query = press.data.partition(":")
        # Whoever writes a client of their own may press a button that there never was.
        page = await self._page(query_of(query), int(number) if number.isdecimal() else 1)
        text = AdminRenderer(press.language).page(page, buttons=True)
        return self._desk.replace(press, text, _pages(page, press.language))

    async def _page(self, query: str, number: int) -> Page:
        sources = await asyncio.to_thread(self._knowledge.sources)
        return await asyncio.to_thread(page_of, sources.files, query, number)


def _pages(page: Page, language: str) -> InlineKeyboardMarkup | None:
    def data(number: int) -> str | None:
        there = 1 <= number <= page.pages
        return data_of(_PREFIX, number, page.query) if there else None

    return keyboard_of([page_row(language, data(page.number - 1), data(page.number + 1))])
