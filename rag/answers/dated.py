"""Dated words: what "yesterday" in a quotation or a statement stands for, shown beside it.

Only where the report's own date is known to the day. What states that date is quoted and cited, so
that the shown value can be checked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rag.answers.answer import Claim, ClaimKind
from rag.answers.citing import Citations
from rag.answers.markup import inert, round_numbers
from rag.answers.support import date_of
from rag.answers.timeliness import date_in_words
from rag.documents.evidence import Sentence, dates_resolved_in, is_sure, post_of
from rag.text.hidden import visible, visible_line
from rag.text.relative_dates import RelativeDate, relative_dates
from rag.text.sentences import Span
from rag.wording import Wording


@dataclass(frozen=True, slots=True)
class Note:
    """What is said beside a quotation, and the claim that it makes, if that is a new one."""

    text: str
    claim: Claim | None


def with_days(text: str, cited: Iterable[Sentence], language: str, words: Wording) -> str:
    """A statement with the day after each "yesterday", as the reports that it cites date it.

    Of several dates, the one counts by which a cited sentence tells of the same day; without any,
    the statement stays as it is.
    """
    found = _resolved(text, list(cited))
    for one in reversed(found):
        if one.first == one.last:
            shown = date_in_words(one.first.isoformat(), language, words)
            text = f"{text[: one.end]} ({shown}){text[one.end :]}"
    return text


def _resolved(text: str, cited: Sequence[Sentence]) -> list[RelativeDate]:
    posts = [post_of(one.source, one.span) for one in cited]
    days = [
        post.date if post else date_of(one.source) for one, post in zip(cited, posts, strict=True)
    ]
    for sentence, day, post in zip(cited, days, posts, strict=True):
        told = {
            one.first
            for one in relative_dates(sentence.text, day)
            if is_sure(one, sentence.source, post)
        }
        found = relative_dates(text, day)
        if found and told.issuperset(one.first for one in found):
            return found
    return relative_dates(text, days[0]) if len(set(days)) == 1 else []


class DateNotes:
    """Resolves the relative dates of an answer's quotations, each once."""

    def __init__(self, citations: Citations, language: str, words: Wording) -> None:
        """`citations` are those of the answer, to which the reports' dates are added."""
        self._citations, self._language, self._words = citations, language, words
        self._said = set[tuple[str, str, date]]()

    def beside(self, quoted: Sentence) -> list[Note]:
        """The notes on a quotation that has just been cited."""
        notes = []
        for one in dates_resolved_in(quoted):
            written = visible_line(quoted.text[one.start : one.end])
            said = (quoted.source.path, written, one.first)
            if said not in self._said:
                self._said.add(said)
                notes.append(self._note(written, one, quoted))
        return notes

    def _note(self, written: str, one: RelativeDate, quoted: Sentence) -> Note:
        shown, source = self._shown(one), quoted.source
        start = quoted.span.start + one.start
        post = post_of(source, Span(start, start + 1))
        stated = post.date_span if post else source.date_span
        if stated is None:
            told = self._words("resolved-by-name", self._language, written=written, date=shown)
            return Note(f"({told})", None)
        by = "resolved-by-post" if post else "resolved-by-report"
        told = self._words(by, self._language, written=written, date=shown)
        number = self._citations.holding(source.path, stated)
        if number is not None:
            return Note(f"({told} [{number}])", None)
        (number,) = self._citations.cite([Sentence(source, stated)])
        words = inert(round_numbers(visible(stated.of(source.text))))
        claim = Claim(words, ClaimKind.QUOTE, (number,))
        return Note(f"({told} «{' '.join(words.split())}» [{number}])", claim)

    def _shown(self, one: RelativeDate) -> str:
        first = self._day(one.first)
        if one.first == one.last:
            return first
        return self._words("days", self._language, first=first, last=self._day(one.last))

    def _day(self, day: date) -> str:
        return date_in_words(day.isoformat(), self._language, self._words)
