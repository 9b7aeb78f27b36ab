"""EPUB: the chapters in the order in which they are read."""

import posixpath
import zipfile
from typing import Any, Final
from urllib.parse import unquote

from rag.documents.formats import archive
from rag.documents.formats.encoding import decoded
from rag.documents.formats.extracted import MOST_CHARACTERS, Extracted
from rag.documents.formats.markup import text_of
from rag.documents.formats.tidying import tidy, tidy_line, too_long
from rag.errors import UnreadableFile

_CONTAINER: Final = "META-INF/container.xml"
_ENCRYPTION: Final = "META-INF/encryption.xml"
_CHAPTERS: Final = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document"})
_MOST_CHAPTERS: Final = 10_000


def extract(content: bytes) -> Extracted:
    """The text of an EPUB file."""
    with archive.opened(content) as book:
        package_path = _package_path(book)
        package = _tree(book, package_path)
        folder = posixpath.dirname(package_path)
        chapters = _chapters(package, folder)
        if len(chapters) > _MOST_CHAPTERS:
            raise UnreadableFile(f"it has more than {_MOST_CHAPTERS} chapters")
        protected = _protected(book)
        if protected.intersection(chapters):
            raise UnreadableFile("it is protected against copying")
        parts, missing, length = [], [], 0
        for chapter in chapters:
            try:
                text, _ = decoded(book.read(chapter))
            except KeyError:
                missing.append(chapter)
                continue
            parts.append(text_of(text))
            length += len(parts[-1])
            if length > MOST_CHARACTERS:
                raise too_long()
    title, date = _stated(package, "title"), _stated(package, "date")[:10]
    parts = [part for part in parts if part]
    if title and parts and title not in parts[0][: 2 * len(title) + 200]:
        parts.insert(0, title)
    warnings = (f"chapters are missing: {', '.join(missing)}",) if missing else ()
    return Extracted(tidy("\n\n".join(parts)), "binary", (), title, _day(date), warnings)


def _package_path(book: zipfile.ZipFile) -> str:
    for element in _tree(book, _CONTAINER).iter("{*}rootfile"):
        if path := element.get("full-path"):
            return str(path)
    raise UnreadableFile("it is damaged (it names no package)")


def _tree(book: zipfile.ZipFile, path: str) -> Any:
    from lxml import etree

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(book.read(path), parser)
    except (KeyError, etree.XMLSyntaxError) as error:
        raise UnreadableFile(f"it is damaged ({path} cannot be read)") from error


def _chapters(package: Any, folder: str) -> list[str]:
    """The paths of the chapters, in reading order; the table of contents is none."""
    items = {
        item.get("id"): item
        for item in package.iter("{*}item")
        if item.get("media-type") in _CHAPTERS and "nav" not in (item.get("properties") or "")
    }
    named = [
        items[one.get("idref")] for one in package.iter("{*}itemref") if one.get("idref") in items
    ]
    return [
        posixpath.normpath(posixpath.join(folder, unquote(one.get("href", "")))) for one in named
    ]


def _protected(book: zipfile.ZipFile) -> frozenset[str]:
    """What is encrypted. Fonts often are, which protects no text."""
    if _ENCRYPTION not in book.namelist():
        return frozenset()
    named = _tree(book, _ENCRYPTION).iter("{*}CipherReference")
    return frozenset(unquote(one.get("URI", "")) for one in named)


def _stated(package: Any, name: str) -> str:
    for element in package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}"):
        if found := tidy_line("".join(element.itertext())):
            return found
    return ""


def _day(value: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return ""
