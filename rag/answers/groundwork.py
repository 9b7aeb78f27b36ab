"""Groundwork: what the checks look at of the evidence, looked at while the model is waited for.

A sentence is taken apart once and remembered by its text. Done before the first statement arrives,
that costs the reader no time.
"""

import asyncio
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Final, Self

from rag.answers.actors import names_of_people, speeches_in
from rag.answers.alignment import features_of
from rag.answers.announcements import days_announced_in
from rag.answers.binding import values_bound_in
from rag.answers.certainty import look_at_certainty
from rag.answers.clauses import clauses_of
from rag.answers.details import is_light
from rag.answers.direction import look_at_directions
from rag.answers.nations import nouns_in
from rag.answers.office_names import offices_in
from rag.answers.opposites import antonyms_in
from rag.answers.places import places_in
from rag.answers.renaming import look_at_names
from rag.answers.routes import look_at_routes
from rag.answers.scope import numbers_bounded_in
from rag.answers.states import done_in
from rag.answers.stretches import breaks_in
from rag.answers.texts import tongue_of
from rag.answers.values import values_of
from rag.answers.verification import verify
from rag.documents.evidence import Evidence, Sentence, Source
from rag.text.relative_dates import names_relative_day
from rag.text.sentences import Span

_LONGEST: Final = 6_000
"""Characters of evidence that are looked at beforehand, at most.

They are those of the first passages, which are cited most; all would be a quarter of an answer's
cost.
"""
_SAMPLES: Final = {
    "ar": (
        "استقبل الرئيس سالم وفدا من 14 دولة في المدينة يوم الثلاثاء ولم يوقع الاتفاق.",
        "التقى سالم ممثلي 14 دولة في المدينة.",
    ),
    "fa": (
        "رئیس‌جمهور سالم روز سه‌شنبه هیئتی از ۱۴ کشور را در شهر پذیرفت و توافق را امضا نکرد.",
        "سالم با نمایندگان ۱۴ کشور در شهر دیدار کرد.",
    ),
    "en": (
        "President Salem received delegates of 14 countries in the city and signed nothing.",
        "Salem met the delegates of 14 countries in the city.",
    ),
}
"""A sentence of each language, and something that is said of it."""


def look_at(text: str) -> None:
    """Take one sentence apart, as the checks will want it."""
    features = features_of(text)
    pool = features.pool
    _ = (
        features.senses,
        features.roots,
        pool.stems,
        pool.bare_words,
        pool.strict,
        pool.loose,
        pool.beginnings,
    )
    values_of(text)
    offices_in(text, doubtful=True)
    names_of_people((text,))
    speeches_in(text)
    places_in(text)
    look_at_directions(text)
    look_at_names(text)
    values_bound_in(text)
    numbers_bounded_in(text)
    clauses_of(text)
    antonyms_in(text)
    breaks_in(text)
    nouns_in(text)
    done_in(text)
    look_at_certainty(text)
    look_at_routes(text)
    days_announced_in(text)
    names_relative_day(text)
    _ = [is_light(word, tongue_of(text)) for word in features.distinct]


def sentences_of(evidence: Sequence[Evidence]) -> list[str]:
    """The texts that are worth looking at, each once, as far as there is time for them."""
    found, length = dict[str, None](), 0
    for text in (sentence.text for one in evidence for sentence in one.sentences):
        length += len(text) if text not in found else 0
        if length > _LONGEST:
            break
        found[text] = None
    return list(found)


def look_up() -> None:
    """Load what the checks look words up in; else the first statement of all has to wait for it."""
    for language, (told, claim) in _SAMPLES.items():
        source = Source("", told, None, None, None, language, "", "utf-8", told)
        sentence = Sentence(source, Span(0, len(told)))
        look_at(told)
        verify(claim, [sentence], [Evidence(source, (sentence,), 0.0)])


class Groundwork:
    """Looks at evidence in a thread of its own while a model is waited for.

    >>> async def write() -> None:
    ...     async with Groundwork(evidence):
    ...         ...
    """

    def __init__(self, evidence: Sequence[Evidence]) -> None:
        self._texts = sentences_of(evidence)
        self._stopped = threading.Event()
        self._work: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._work = asyncio.create_task(asyncio.to_thread(self._look))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopped.set()
        if self._work:
            await self._work

    def _look(self) -> None:
        for text in self._texts:
            if self._stopped.is_set():
                return
            look_at(text)
