"""Why a file was skipped, or should be looked at, in the reader's language. Pure.

The index keeps a reason as an English sentence, as `rag index` and `--json` print it. Each is one
of these forms: a code, by which the words have it too, and what stands in its blanks.

    in_words("it is larger than 32 MB; it is empty", "fa", words)
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.styled import comma, isolated
from rag.wording import Wording

_FORMS: Final = {
    # What it is
    "empty": "it is empty",
    "no-text": "it is not a text file",
    "not-utf8": "it is not UTF-8 text (byte {byte})",
    "not-a-file": "it is not a regular file",
    "a-folder": "it is a folder",
    "outside": "it is not in the documents folder",
    "old-office": "it is of an old office format (.doc, .xls, .ppt); save it as .docx, .xlsx or"
    " .pptx",
    "misnamed": "its name says that it is {_} {format} file, which it is not",
    "image": "it is an image",
    "media": "it is a sound, an image or a film",
    "sound": "it is a sound",
    "program": "it is a program",
    "database": "it is a database",
    "zip": "it is a zip archive{_}; unpack it",
    "archive": "it is {_} {format} archive",
    "other-file": "it is {_} {format} file",
    "not-mail": "it is not an e-mail (it has no header)",
    "no-subtitles": "it has no subtitles with times",
    "furniture": "it holds no text besides page furniture",
    "unsupported": "its format is not supported (supported: {_})",
    # What keeps it from being opened
    "no-rights": "{_}cannot be opened: Permission denied",
    "closed": "{_}cannot be opened: {detail}",
    "bad-name": "its name is not valid Unicode",
    "link-nowhere": "it links to nothing that can be opened",
    "link-outside": "it links to a place outside the documents folder",
    "password": "it is protected by a password",
    "copying": "it is protected against copying",
    # How large it is
    "too-large": "it is larger than {megabytes} MB",
    "too-long": "its text is longer than {millions} million characters",
    "sentences": "it has more than {count} lines and sentences",
    "expands": "it expands to more than {megabytes} MB",
    "too-slow": "reading it takes more than {seconds} s",
    "too-much-memory": "reading it takes too much memory",
    "pages": "it has more than {count} pages",
    "chapters": "it has more than {count} chapters",
    "slides": "it has more than {count} slides",
    "records": "it has more than {count} records",
    "rows": "it has a table of more than {count} rows",
    "columns": "it has a table of more than {count} columns",
    "cells": "it has a sheet of more than {millions} million cells",
    "parts": "it {_} more than {count} parts",
    "nested": "it{_} nested more than {depth} deep",
    "nested-json": "{_} is nested too deep",
    "nested-page": "its elements are nested too deep, or too large, to be read whole",
    # What is broken in it
    "no-pdf": "it is damaged (it is no PDF)",
    "no-page": "it is damaged (no page can be read)",
    "no-html": "it is damaged (it holds no HTML)",
    "no-package": "it is damaged (it names no package)",
    "no-archive": "it is damaged (it cannot be unpacked)",
    "damaged-part": "it is damaged ({part} cannot be read)",
    "damaged": "it is damaged ({detail})",
    "reader-broke": "it is damaged, or made so that reading it fails (its reader broke)",
    "reader-silent": "its reader gave no answer that can be read",
    "line-no-json": "line {line} is not JSON ({_}: line {_} column {column} (char {_}))",
    "no-json": "the file is not JSON ({_}: line {line} column {column} (char {_}))",
    "scanned": "it is scanned: {scanned} of its {pages} pages are images without text",
    "fonts": "its fonts do not tell which letters it shows",
    # What of it is missing, or should be looked at
    "pages-scanned": "pages are images without text, which are not read: {pages}",
    "pages-fonts": "pages have fonts that do not tell their letters, which are not read: {pages}",
    "pages-damaged": "pages cannot be read: {pages}",
    "chapters-missing": "chapters are missing: {chapters}",
    "attachments": "files attached to it are not read: {files}",
    "hidden-sheets": "it has hidden sheets, which are left out: {sheets}",
    "hidden-slides": "it has hidden slides, which are left out: {slides}",
    "hidden-text": "it holds text that is formatted as hidden, which is left out",
    "hidden-in-name": "its name holds hidden text: {signs}",
    "hidden-signs": "it holds hidden text: {signs}",
    "taken-back": "taken back by `rag index --rollback`; `rag index` takes it in again",
    "as-earlier": "it is indexed as it was earlier: what came after was taken back by"
    " `rag index --rollback`; `rag index` takes it in again",
}
"""Each code's sentence. A blank holds something that is told, `_` what is not."""
_MORE: Final = re.compile(r"(.*) and (\d+) more")
_SIGN: Final = re.compile(r"(\w[\w -]*) \((\d+)(?:, from line (\d+))?\)")
_BLANK: Final = re.compile(r"\\\{(\w+)\\\}")


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason: one of the forms, and what stands in its blanks."""

    code: str
    values: dict[str, str]


def reason_of(sentence: str) -> Reason | None:
    """The reason that a sentence gives; None where it has a form that is not known here."""
    for code, pattern in _PATTERNS:
        if match := pattern.fullmatch(sentence):
            return Reason(code, match.groupdict())
    return None


def in_words(sentences: str, language: str, words: Wording) -> str:
    """Reasons, one or several between semicolons, in a language.

    What has an unknown form stays as it is, in isolates.
    """
    semicolon = "; " if language == "en" else "؛ "
    return semicolon.join(_said(one, language, words) for one in _apart(sentences))


def _apart(sentences: str) -> Iterator[str]:
    """The single reasons; a semicolon within one does not part it."""
    pieces = sentences.split("; ")
    while pieces:
        lengths = range(1, len(pieces) + 1)
        length = next((n for n in lengths if reason_of("; ".join(pieces[:n]))), 1)
        yield "; ".join(pieces[:length])
        pieces = pieces[length:]


def _said(sentence: str, language: str, words: Wording) -> str:
    reason = reason_of(sentence)
    if reason is None:
        return isolated(sentence)
    values = dict(reason.values)
    if "signs" in values:
        values["signs"] = _signs_said(values["signs"], language, words)
    for name in ("pages", "slides"):
        if (more := _MORE.fullmatch(values.get(name, ""))) is not None:
            values[name] = words("reason-and-more", language, first=more[1], count=more[2])
    return words(f"reason-{reason.code}", language, **values)


def _signs_said(signs: str, language: str, words: Wording) -> str:
    """Kinds of hidden characters, how many there are of each, and from which line on."""
    said = []
    for kind, count, line in _SIGN.findall(signs):
        sign = words("hidden-kind", language, kind=kind.replace(" ", "-"))
        if line:
            said.append(words("hidden-from", language, sign=sign, count=count, line=line))
        else:
            said.append(words("hidden-count", language, sign=sign, count=count))
    return comma(language).join(said) or signs


def _pattern(form: str) -> re.Pattern[str]:
    def blank(found: re.Match[str]) -> str:
        return ".*?" if found[1] == "_" else f"(?P<{found[1]}>.+)"

    return re.compile(_BLANK.sub(blank, re.escape(form)), re.DOTALL)


_PATTERNS: Final = tuple((code, _pattern(form)) for code, form in _FORMS.items())
