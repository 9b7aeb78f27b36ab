"""Dated words: what "yesterday" in a quotation or a statement stands for, shown beside it.

Only where the report's own date is known to the day. What states that date is quoted and cited, so
that the shown value can be checked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rag.answers.answer import Claim, ClaimKind
from rag.answers.citing import Citations
from rag.answers.markup import inert, round_numbers
from rag.answers.support import date_of
from rag.answers.timeliness import date_in_words
from rag.documents.evidence import Sentence, dates_resolved_in
from rag.text.hidden import visible, visible_line
from rag.text.relative_dates import RelativeDate, relative_dates
from rag.wording import Wording


@dataclass(frozen=True, slots=True)
class Note:
    """What is said beside a quotation, and the claim that it makes, if that is a new one."""

    text: str
    claim: Claim | None


def with_days(text: str, cited: Iterable[Sentence], language: str, words: Wording) -> str:
    """A statement with the day after each "yesterday", as the reports that it cites date it.

    As it is where these have no date, or several.
    """
    stated = {date_of(one.source) for one in cited}
    found = relative_dates(text, stated.pop()) if len(stated) == 1 else []
    for one in reversed(found):
        if one.first == one.last:
            shown = date_in_words(one.first.isoformat(), language, words)
            text = f"{text[: one.end]} ({shown}){text[one.end :]}"
    return text


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
        if source.date_span is None:
            told = self._words("resolved-by-name", self._language, written=written, date=shown)
            return Note(f"({told})", None)
        told = self._words("resolved-by-report", self._language, written=written, date=shown)
        number = self._citations.holding(source.path, source.date_span)
        if number is not None:
            return Note(f"({told} [{number}])", None)
        (number,) = self._citations.cite([Sentence(source, source.date_span)])
        stated = inert(round_numbers(visible(source.date_span.of(source.text))))
        claim = Claim(stated, ClaimKind.QUOTE, (number,))
        return Note(f"({told} «{' '.join(stated.split())}» [{number}])", claim)

    def _shown(self, one: RelativeDate) -> str:
        first = self._day(one.first)
        if one.first == one.last:
            return first
        return self._words("days", self._language, first=first, last=self._day(one.last))

    def _day(self, day: date) -> str:
        return date_in_words(day.isoformat(), self._language, self._words)
