"""Support: the texts that a claim may rest on, its cited sentences first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rag.documents.evidence import Evidence, Sentence, Source, post_of
from rag.documents.furniture import is_furniture
from rag.documents.posts import CopiedPost
from rag.text.dates import WrittenDate, written_dates
from rag.text.folding import folded_words
from rag.text.function_words import is_function_word
from rag.text.sentences import LONGEST, Span, sentences

_LONGEST_DATE_LINE: Final = 200
_OPENING_LINES: Final = 5
_LONGEST_DATELINE: Final = 90
_ABBREVIATED: Final = 1
_OPENINGS: Final = frozenset(folded_words("by on at in كتب كتبت يوم في الموافق بتاريخ م ه در به"))
"""Small words that may stand beside the date of a report."""
_FEWEST_WORDS: Final = 3
_ENDS: Final = (".", "!", "؟", "?", "۔")
_LINE_ENDS: Final = "\n\r\u2028\u2029"


@dataclass(frozen=True, slots=True)
class Support:
    """A text that may support a claim."""

    text: str
    source: Source
    joins: Sentence | None
    """The sentence that joins the citation where this text is needed; None where it is cited
    already, or has no place in the file (a title made of the file's name)."""
    states_date: bool = False
    """Whether it is the line that states the report's own date."""
    is_header: bool = False
    """Whether it is the title or that line."""
    post: CopiedPost | None = None
    """The post that it stands in, whose date is that of its words then."""
    own_language: str | None = None
    """Of a sentence its own, which need not be the file's."""

    @property
    def language(self) -> str:
        """The language of the text, as far as it shows; else that of its file."""
        return self.own_language or self.source.language

    @property
    def day(self) -> str | None:
        """The date from which its "yesterday" counts, if known."""
        return self.post.date if self.post else date_of(self.source)


def header(source: Source) -> tuple[Sentence, ...]:
    """The title and the date line of a source, as far as the file itself has them."""
    spans = []
    if source.title_span and len(source.title_span) <= LONGEST:
        spans.append(source.title_span)
    if line := _date_line(source):
        spans.append(line)
    return tuple(Sentence(source, span) for span in dict.fromkeys(spans))


def date_of(source: Source) -> str | None:
    """A source's date (as `rag.text.dates` writes it): its own, or that of its first lines."""
    return source.date or (_dateline(source.text) or (None, None))[0]


@lru_cache(maxsize=256)
def _dateline(text: str) -> tuple[str, Span] | None:
    """The one full date of a short line among the first ("Casablanca, Aug 7, 2023 (Wire)")."""
    start = 0
    for line in text.splitlines(keepends=True)[:_OPENING_LINES]:
        dates = written_dates(line) if len(line.strip()) <= _LONGEST_DATELINE else []
        is_alone = len(dates) == 1 and dates[0].is_full and line.count(".") <= _ABBREVIATED
        if is_alone and not _is_sentence(line, dates[0]):
            return dates[0].value, Span(start + dates[0].start, start + dates[0].end)
        start += len(line)
    return None


def _is_sentence(line: str, found: WrittenDate) -> bool:
    """Whether a line tells what happened on its date: "The bridge opened on 3 May 2020."."""
    beside = folded_words(line[: found.start]) + folded_words(line[found.end :])
    if any(is_function_word(word) and word not in _OPENINGS for word in beside):
        return True
    return line.rstrip().endswith(_ENDS) and len(beside) >= _FEWEST_WORDS


@lru_cache(maxsize=256)
def _date_line(source: Source) -> Span | None:
    """The line that states the date, or its beginning up to the date where a text goes on there."""
    stated = source.date_span
    if not stated and not source.date and (found := _dateline(source.text)):
        stated = found[1]
    if not stated:
        return None
    return _line_of(source.text, stated)


def _line_of(text: str, stated: Span) -> Span:
    line = _line_around(text, stated)
    if len(line) <= _LONGEST_DATE_LINE:
        return line
    opening = Span(line.start, stated.end)
    return opening if len(opening) <= _LONGEST_DATE_LINE else stated


def _is_date_line(sentence: Sentence) -> bool:
    """Whether a sentence does little more than state its report's own date."""
    line = _date_line(sentence.source)
    return (
        line is not None
        and len(sentence.span) <= _LONGEST_DATELINE
        and line.start <= sentence.span.start
        and sentence.span.end <= line.end
    )


def _line_around(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start and text[start - 1] not in _LINE_ENDS:
        start -= 1
    while end < len(text) and text[end] not in _LINE_ENDS:
        end += 1
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def preceding(sentence: Sentence, evidence: Sequence[Evidence]) -> Sentence | None:
    """The sentence before one: of the same passage, else of the file. None where there is none."""
    for passage in evidence:
        if sentence in passage.sentences[1:]:
            return passage.sentences[passage.sentences.index(sentence) - 1]
    text, begin = sentence.source.text, sentence.span.start
    earlier = sentences(text, _line_start_before(text, begin), begin)
    if not earlier or is_furniture(_line_around(text, earlier[-1]).of(text)):
        return None
    return Sentence(sentence.source, earlier[-1])


def _line_start_before(text: str, position: int) -> int:
    """Where the line of `position` starts, or the line before where nothing of it stands before."""
    before = text[:position].rstrip()
    return max(before.rfind("\n") + 1, len(before) - 3 * LONGEST)


def supports_of(cited: Sequence[Sentence], evidence: Sequence[Evidence]) -> list[Support]:
    """What the cited sentences say, then what they lean on: the sentence before, title, date."""
    found = [
        Support(
            one.text,
            one.source,
            None,
            _is_date_line(one),
            post=_post_of(one),
            own_language=one.language,
        )
        for one in cited
    ]
    for one in cited:
        before = preceding(one, evidence)
        if before and before not in cited:
            post = _post_of(before)
            is_date = _is_date_line(before)
            own = before.language
            found.append(
                Support(before.text, one.source, before, is_date, post=post, own_language=own)
            )
    for source in {one.source.path: one.source for one in cited}.values():
        lines = header(source)
        if not source.title_span:
            found.append(Support(source.title, source, None, is_header=True))
        for line in lines:
            is_date = line.span != source.title_span
            joins = None if line in cited else line
            found.append(Support(line.text, source, joins, states_date=is_date, is_header=True))
        if date_of(source) and not any(support.states_date for support in found):
            found.append(Support("", source, None, states_date=True, is_header=True))
    return [*found, *_date_lines_of_posts(found, cited)]


def _post_of(sentence: Sentence) -> CopiedPost | None:
    return post_of(sentence.source, sentence.span)


def _date_lines_of_posts(found: Sequence[Support], cited: Sequence[Sentence]) -> Iterator[Support]:
    """What states the dates of the posts that some supports stand in."""
    posts = {(one.source.path, one.post): one.source for one in found if one.post}
    for (_, post), source in posts.items():
        if post:
            line = Sentence(source, _line_of(source.text, post.date_span))
            joins = None if any(_holds(one, source, post.date_span) for one in cited) else line
            yield Support(line.text, source, joins, states_date=True, is_header=True, post=post)


def _holds(sentence: Sentence, source: Source, span: Span) -> bool:
    held = sentence.span.start <= span.start and span.end <= sentence.span.end
    return held and sentence.source.path == source.path
