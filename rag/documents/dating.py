"""A report's own date: found where the report states it, never taken from the events it tells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import Final

from rag.documents.posts import AUTHOR
from rag.text.calendars import days_of_other_calendars
from rag.text.dates import WEEKDAYS, WrittenDate, day_after, weekday_of, written_dates
from rag.text.folding import fold
from rag.text.function_words import is_function_word
from rag.text.sentences import LINE_ENDS, Span

_OPENING_LINES: Final = 4
_LONGEST_ATTRIBUTION: Final = 300
_LONGEST_BESIDE: Final = 80
"""More characters beside a date are a sentence."""
_ATTRIBUTION: Final = re.compile(
    r"\W*(?:ماده مترجمه|ترجمه|مترجم عن|المصدر|نقلا عن|نشر في|نشر بتاريخ|تاريخ النشر"
    r"|(?:اخر )?تحديث|published|updated|posted|source|تاريخ انتشار|منبع)\b"
)
_WEEKDAY: Final = r"(?:(?:يوم\s+)?(?:" + "|".join(map(re.escape, WEEKDAYS)) + r")\b)"
_BEFORE_DATE: Final = re.compile(
    r"\W?(?:[\w ]{0,25}(?:\([^)@]{1,30}\) ?[/،,:–—|-]?|[/،,:–—|-]) ?){0,2}"
    rf"(?:(?:بتاريخ|[\w ]{{0,30}}الموافق)\b\W*)?(?:{_WEEKDAY}\W*)?"
)
"""What of a line may stand before the date that it states: a place, an agency, a weekday."""
_AFTER_DATELINE: Final = re.compile(r" ?[/،,]? ?(?:\([^)]{1,30}\)|\S{1,15})? ?[-–—:](?! ?\d)")
_PLACE: Final = re.compile(r"(?:\w+ ){0,2}\w+ ?[،,.] ?")
_AFTER_FULL_STOP: Final = re.compile(r"\. \w.{40,}|\. \w.*[.؟?!]\W*$")
"""A sentence after "London, June 3, 2024.", where a title would be short and without its stop."""
_BRACKETS: Final = {"[": "]", "(": ")"}
_PLAIN_OPENINGS: Final = frozenset(fold("by on at كتب كتبت يوم الموافق بتاريخ في از روز").split())
"""Function words that stand before a report's own date: "By Jane Doe, June 3, 2024"."""
_PLACED: Final = frozenset(fold("في in at از در").split())
_LABELLED: Final = re.compile(
    r"(?:^|[;|·•,،]\s*)\W?(?:[\w.]{1,40}\.)?(?:date|pub_?date|published(?:_?at)?|created(?:_?at)?|التاريخ|تاريخ"
    r"|تاريخ النشر|تاريخ انتشار|زمان انتشار)\W{0,2}[:=]\W{0,3}(?:\w{3,9},? ?)?$"
)
"""What names a date as that of the record that holds it: `date: Mon, 03 Jun 2024`."""
_NAMED_SO: Final = re.compile(
    r"(?:date|published(?:_?at)?|created(?:_?at)?|تاريخ|تاریخ|النشر|انتشار)\W{0,2}[:=]",
    re.IGNORECASE,
)
"""As much of a label as can be looked for in a whole text without folding it."""
_LABELLED_LINES: Final = 8
_AFTER_DATE_ALONE: Final = re.compile(
    rf"(?:م|ه|ش|ه ?ش)?\W*{_WEEKDAY}?(?:[\W\d]*|\W*\w{{0,6}}\W*\d{{1,2}}:\d\d.{{0,25}}"
    r"|\W*(?:الموافق\s+)?\d{1,2}(?:\s+\w+){1,2}\s+1[345]\d\d\W*ه?\W*"
    r"| ?[-–—/|،,]? ?\([^)@\d]{1,40}\)\W*| ?[-–—/|] ?[^\W\d]+(?: [^\W\d]+){0,2}\W*)"
)
"""A weekday, the time of day (`14:30 GMT`), the date in another calendar (`6 ربيع الأول 1443`), an
agency (`(Atlas Wire)`, `- رويترز`)."""
_IN_NAME: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?!\d)"
)
_MONTH_IN_NAME: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.](0[1-9]|1[0-2])(?![-_.]?\d)")
_FOLDERS: Final = re.compile(r"(?:^|/)((?:19|20)\d\d)/(0?[1-9]|1[0-2])(?:/([0-2]?\d|3[01]))?(?=/)")
_YESTERDAY: Final = re.compile(
    r"\b(?:امس|ديروز|yesterday),?\s+(?:يوم\s+)?(" + "|".join(map(re.escape, WEEKDAYS)) + r")\b"
)


@dataclass(frozen=True, slots=True)
class ReportDate:
    """A report's date (`2021-10-22`, `2021-10`, `--09-11`) and the span that states it."""

    value: str
    span: Span | None
    """None where the file's format or name states it."""


def report_date(
    text: str, name: str, *, stated: str = "", furniture: Sequence[Span] = ()
) -> ReportDate | None:
    """The date of the report `text` in the file `name`, or None where it states none.

    `stated` is what the file's format gives as its date, an empty text where it gives none; lines
    of page `furniture` do not count among the first ones.
    """
    return (
        _from_attribution(text)
        or _from_label(text)
        or _from_dateline(text, frozenset(span.start for span in furniture))
        or (ReportDate(stated, None) if stated else None)
        or _from_copied_post(text)
        or _from_name(name)
    )


def is_of_copied_post(text: str, span: Span) -> bool:
    """Whether the date at `span` is that of a post that the report copies, not the report's own.

    What the post calls today is another day than what the report does.
    """
    return any(post.end() == span.start for post in AUTHOR.finditer(text))


def _lines(text: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(f"[^{LINE_ENDS}]+", text)]


def _dates_in(text: str, line: Span) -> list[WrittenDate]:
    """The dates of a line in order; those of another calendar, reckoned, where it has no others."""
    written = line.of(text)
    return [
        WrittenDate(line.start + one.start, line.start + one.end, one.value)
        for one in written_dates(written) or days_of_other_calendars(written)
    ]


def _from_attribution(text: str) -> ReportDate | None:
    for line in _lines(text):
        if len(line) < _LONGEST_ATTRIBUTION and _ATTRIBUTION.match(fold(line.of(text))):
            for one in _dates_in(text, line):
                if one.is_full:
                    return ReportDate(one.value, Span(one.start, one.end))
    return None


def _from_label(text: str) -> ReportDate | None:
    """A date that is named as such ("date: …"), where the file names no other one so."""
    if not (":" in text or "=" in text) or not _NAMED_SO.search(text):
        return None
    lines = (line for line in _lines(text) if line.of(text).strip())
    found = [
        (number, one)
        for number, line in enumerate(lines)
        if _NAMED_SO.search(line.of(text))
        for one in _dates_in(text, line)
        if not one.value.startswith("--") and _LABELLED.search(_plain(text[line.start : one.start]))
    ]
    if not found or found[0][0] >= _LABELLED_LINES or len({one.value for _, one in found}) > 1:
        return None
    first = found[0][1]
    return ReportDate(first.value, Span(first.start, first.end))


def _from_dateline(text: str, furniture: frozenset[int]) -> ReportDate | None:
    """A date that opens one of the first lines (`بكين/ 11 ايلول/ ارنا-`) or is one."""
    lines = (one for one in _lines(text) if one.start not in furniture and one.of(text).strip())
    for line in islice(lines, _OPENING_LINES):
        for one in _dates_in(text, line)[:1]:
            before = _plain(text[line.start : one.start])
            after = _plain(text[one.end : line.end])
            if not _LABELLED.search(before) and _opens(before, after, one):
                return ReportDate(one.value, Span(one.start, one.end))
    return None


def _opens(before: str, after: str, found: WrittenDate) -> bool:
    """Whether a date between these folded parts of a line is that of the report."""
    if found.is_full and _BRACKETS.get(before) == after[:1] != "":
        return True
    if len(before) > _LONGEST_BESIDE or _tells(before):
        return False
    if found.is_full and _PLACE.fullmatch(before) and _AFTER_FULL_STOP.match(after):
        return not any(map(is_function_word, before.rstrip(" .,،").split()))
    if not _BEFORE_DATE.fullmatch(before):
        return False
    alone = len(after) <= _LONGEST_BESIDE and not found.value.startswith("--")
    return bool(_AFTER_DATELINE.match(after) or (alone and _AFTER_DATE_ALONE.fullmatch(after)))


def _tells(before: str) -> bool:
    """Whether what stands before a date is the beginning of a sentence: "he was born in London"."""
    words = re.findall(r"[^\W\d_]+", before)
    small = [word for word in words if is_function_word(word) and word not in _PLAIN_OPENINGS]
    return bool(small) or not _PLACED.isdisjoint(words[1:])


def _plain(text: str) -> str:
    """What stands beside a date: folded, with single spaces."""
    return " ".join(fold(text).split())


def _from_copied_post(text: str) -> ReportDate | None:
    """The date of a social-media post that the report copies.

    Where the report calls that day "yesterday" with its weekday, the report is a day younger.
    """
    post = AUTHOR.search(text)
    if not post:
        return None
    following = [one for one in written_dates(text[post.end() : post.end() + 40]) if one.is_full]
    if not following:
        return None
    found = following[0]
    span = Span(post.end() + found.start, post.end() + found.end)
    told = _YESTERDAY.search(fold(text))
    if told and WEEKDAYS[told.group(1)] == weekday_of(found.value):
        return ReportDate(day_after(found.value), span)
    return ReportDate(found.value, span)


def _from_name(name: str) -> ReportDate | None:
    """The date that a file's name states, else one of its folders."""
    path = PurePosixPath(name)
    for part in (path.stem, *reversed(path.parts[:-1])):
        if value := _named(part):
            return ReportDate(value, None)
    if found := _FOLDERS.search(name):
        year, month, day = (int(one or 0) for one in found.groups())
        candidates = written_dates(f"{year}-{month:02}-{day:02}") if day else []
        return ReportDate(candidates[0].value if candidates else f"{year}-{month:02}", None)
    return None


def _named(part: str) -> str | None:
    """The date in one part of a path: all in digits, in words, of another calendar, or a month."""
    if match := _IN_NAME.search(part):
        candidates = written_dates("-".join(match.groups()))
        return candidates[0].value if candidates else None
    spaced = part.replace("_", " ")
    full = [one.value for one in written_dates(spaced) if one.is_full]
    full += [one.value for one in days_of_other_calendars(spaced)]
    if full:
        return full[0]
    month = _MONTH_IN_NAME.search(part)
    return "-".join(month.groups()) if month else None
