"""Furniture, titles and dates on the pages of made-up sites; the truth is written by hand."""

from collections.abc import Callable

import pytest

from rag.documents.document import Document, understand
from rag.documents.formats.page import extract
from rag.documents.reading import FileText
from tests.documents.sites.pages import COPIED, DATED, HTML, STORIES, Page, copied_pages, html_pages

Reading = Callable[[Page], Document]


def of_html(page: Page) -> Document:
    found = extract(page.content.encode())
    return understand(
        FileText(page.name, found.text, found.encoding, "", found.pages, found.title, found.date)
    )


def of_text(page: Page) -> Document:
    return understand(FileText(page.name, page.content, "utf-8", ""))


def quotable(document: Document) -> list[str]:
    """The lines that can be quoted."""
    text = document.file.text
    spans = [sentence for passage in document.passages for sentence in passage.sentences]
    return [line.strip().lstrip("-• ") for span in spans for line in span.of(text).split("\n")]


PAGES: list[tuple[Reading, Page]] = [(of_html, page) for page in html_pages()]
PAGES += [(of_text, page) for page in copied_pages()]
names = [page.name for _, page in PAGES]


def test_there_are_enough_pages() -> None:
    assert len(PAGES) >= 140
    assert len(HTML) + len(COPIED) >= 16
    assert len(STORIES) == 3


@pytest.mark.parametrize(("reading", "page"), PAGES, ids=names)
def test_the_report_is_kept_whole_and_no_furniture_can_be_quoted(
    reading: Reading, page: Page
) -> None:
    document = reading(page)
    lines = quotable(document)
    told = " ".join((document.title, *lines))
    assert [line for line in page.report if " ".join(line.split()) not in told] == []
    assert [line for line in page.furniture if line in lines] == []
    assert [line for line in page.furniture if len(line) > 15 and line in told] == []
    assert document.title == page.title


@pytest.mark.parametrize(("reading", "page"), PAGES, ids=names)
def test_the_date_is_the_one_that_the_page_shows_or_states(reading: Reading, page: Page) -> None:
    found = reading(page).date
    is_dated = reading is of_text or page.name.split("-")[1] in DATED
    assert (found and found.value) == (page.date if is_dated else None)
