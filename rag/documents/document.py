"""A document: what the rest of the program knows of a file.

The way of a file: text → furniture marked → sentences → title and date → passages.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice, takewhile
from pathlib import PurePosixPath
from typing import Final

from rag.documents.attribution import attribution, names_source
from rag.documents.dating import ReportDate, report_date
from rag.documents.formats import FORMATS
from rag.documents.formats.markdown import left_out
from rag.documents.furniture import furniture_spans
from rag.documents.phrasing import phrase_keys
from rag.documents.reading import FileText
from rag.documents.repetition import line_key
from rag.text.folding import fold, words_of
from rag.text.hidden import hidden_in, visible_line
from rag.text.language import language_of
from rag.text.sentences import LINE_ENDS, Span, sentences

LONGEST_TITLE: Final = 160
_TELLS_LANGUAGE: Final = 5000
"""Characters."""
_TARGET: Final = 900
_LONGEST_PASSAGE: Final = 1300
_LINE_END = re.compile(f"[{LINE_ENDS}]")
_LONGEST_OPENING: Final = 20
_FEWEST_ENTRIES: Final = 2
_MENU_WORDS: Final = 3
_ENDS_SENTENCE = re.compile(r"[.!؟?…۔:][\"'”’»)\]“]*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of whole sentences: the unit of retrieval. It holds no furniture."""

    sentences: tuple[Span, ...]

    @property
    def start(self) -> int:
        """Where the first sentence begins (characters)."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Where the last sentence ends (characters)."""
        return self.sentences[-1].end


@dataclass(frozen=True, slots=True)
class Document:
    """A file, understood."""

    file: FileText
    title: str
    title_span: Span | None
    """None where the file's format or name has to serve as the title."""
    date: ReportDate | None
    language: str
    attribution: str
    """The words in which the report names where it comes from."""
    passages: tuple[Passage, ...]
    warning: str
    """Why somebody should look at the file: text that its readers do not see, or that could not
    be read. Mostly empty."""

    @property
    def phrases(self) -> frozenset[int]:
        """The keys of its sentences, by which the same report in another file is recognised."""
        spans = (sentence for passage in self.passages for sentence in passage.sentences)
        return phrase_keys(self.file.text, spans)

    @property
    def short_lines(self) -> frozenset[int]:
        """The keys of its short lines: those that many reports have are furniture."""
        text = self.file.text
        spans = (sentence for passage in self.passages for sentence in passage.sentences)
        keys = (line_key(text, span) for span in spans)
        return frozenset(key for key in keys if key is not None)


def understand(file: FileText) -> Document:
    """The document that a file's text is."""
    furniture = _left_out(file)
    parts = _parts(file.text, furniture)
    title_span = _headline(file.text, parts, file.title)
    if title_span:
        parts = _without(parts, title_span)
        # A file of a headline alone has to be found too.
        parts = parts or [[title_span]]
    headline = visible_line(title_span.of(file.text)) if title_span else ""
    return Document(
        file,
        headline or visible_line(file.title)[:LONGEST_TITLE] or _name(file.path),
        title_span,
        report_date(file.text, file.path, stated=file.date, furniture=furniture),
        language_of(file.text[:_TELLS_LANGUAGE]),
        attribution(file.text, title_span.end if title_span else 0),
        tuple(passage for part in parts for passage in _passages(file.text, part)),
        _warning(file),
    )


def _left_out(file: FileText) -> list[Span]:
    """What of a file is no part of its report, in order and without overlaps."""
    spans = list(furniture_spans(file.text))
    if FORMATS.get(PurePosixPath(file.path).suffix.lower()) == "markdown":
        marks = list(left_out(file.text))
        marked = {place for mark in marks for place in range(mark.start, mark.end)}
        spans = sorted(
            (*marks, *(one for one in spans if marked.isdisjoint((one.start, one.end - 1))))
        )
    return spans


def _warning(file: FileText) -> str:
    """What could not be read of a file, and what hidden text it holds, in words."""
    in_name = [f"{one.kind} ({one.count})" for one in hidden_in(file.path)]
    in_text = [
        f"{one.kind} ({one.count}, from line {file.text.count(chr(10), 0, one.at) + 1})"
        for one in hidden_in(file.text)
    ]
    parts = (("its name holds hidden text", in_name), ("it holds hidden text", in_text))
    hidden = (f"{what}: {', '.join(found)}" for what, found in parts if found)
    return "; ".join((*file.warnings, *hidden))


def _name(path: str) -> str:
    return PurePosixPath(path).stem


def _parts(text: str, furniture: Iterable[Span]) -> list[list[Span]]:
    """The sentences of the text between furniture."""
    parts, begin = [], 0
    for line in furniture:
        parts.append(sentences(text, begin, line.start))
        begin = line.end
    parts.append(sentences(text, begin))
    return [part for part in parts if part]


def _without(parts: Sequence[list[Span]], title: Span) -> list[list[Span]]:
    """The sentences but those of the title; what is above it is a part of its own."""
    above = [[one for one in part if one.start < title.start] for part in parts]
    below = [[one for one in part if one.start >= title.end] for part in parts]
    return [part for part in (*above, *below) if part]


def _headline(text: str, parts: list[list[Span]], stated: str) -> Span | None:
    """The line that is the headline: short, not a sentence, with something below it.

    That is the first one, unless the format states another of those above the report, or a menu
    that nobody knows stands above it: some lines of a word or three, and then one of more.
    """
    opening = _opening(text, parts)
    if not opening:
        return None
    told = [one for one in opening if (folded := _plain(one.of(text))) and folded in _plain(stated)]
    if told:
        return max(told, key=len)
    entries = list(takewhile(lambda one: _is_entry(one.of(text)), opening))
    if _FEWEST_ENTRIES <= len(entries) < len(opening):
        return opening[len(entries)]
    return opening[0]


def _opening(text: str, parts: list[list[Span]]) -> list[Span]:
    """The lines above the report that may be its headline."""
    found: list[Span] = []
    last = len(text.rstrip())
    for sentence in islice(chain.from_iterable(parts), _LONGEST_OPENING):
        end = _LINE_END.search(text, sentence.start)
        line = text[sentence.start : end.start() if end else None].rstrip()
        whole = Span(sentence.start, sentence.start + len(line))
        if len(line) > LONGEST_TITLE or _ENDS_SENTENCE.search(line) or whole.end >= last:
            break
        found.append(whole)
    return found


def _is_entry(line: str) -> bool:
    """Whether a line may be an entry of a menu, and says neither a source nor a day."""
    folded = fold(line)
    if len(words_of(folded)) > _MENU_WORDS or names_source(folded):
        return False
    return not any(character.isdigit() for character in folded)


def _plain(line: str) -> str:
    return " ".join(fold(line).split())


def _passages(text: str, part: list[Span]) -> list[Passage]:
    """Passages of about `_TARGET` characters, broken at paragraphs where that is possible."""
    passages: list[Passage] = []
    current: list[Span] = []
    for sentence in part:
        if current:
            length = current[-1].end - current[0].start
            with_this = sentence.end - current[0].start
            new_paragraph = not set(LINE_ENDS).isdisjoint(text[current[-1].end : sentence.start])
            if with_this > _LONGEST_PASSAGE or (new_paragraph and length >= _TARGET):
                passages.append(Passage(tuple(current)))
                current = []
        current.append(sentence)
    if current:
        passages.append(Passage(tuple(current)))
    return passages
