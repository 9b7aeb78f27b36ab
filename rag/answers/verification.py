"""Verification: whether the cited sentences support a statement, as far as rules can tell.

Deterministic and always on. It shows consistency, not entailment: that every number, date, name
and quoted string of the statement stands in what it cites, or in what that leans on, and that
neither denies or turns round what the other states. When in doubt a statement is kept.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from rag.answers.actors import Names, names_of_people
from rag.answers.alignment import features_of
from rag.answers.announcements import days_exchanged
from rag.answers.antonyms import is_turned
from rag.answers.attribution import Told, misattributed
from rag.answers.bearing import bears_on, heading_tells_more
from rag.answers.binding import values_exchanged
from rag.answers.causes import cause_is_invented
from rag.answers.certainty import told_as_done
from rag.answers.counted import counts_another
from rag.answers.details import is_translation, lacks_detail
from rag.answers.direction import direction_differs
from rag.answers.lookup import Lookup
from rag.answers.measures import share_measure
from rag.answers.naming import unknown_name
from rag.answers.nations import is_of_another_nation
from rag.answers.negation import negation_differs
from rag.answers.offices import office_differs, unknown_holder
from rag.answers.opening import states_nothing
from rag.answers.order import order_differs
from rag.answers.places import unknown_place
from rag.answers.pool import Pool, pool_of, pool_of_all
from rag.answers.renaming import renamed
from rag.answers.routes import deed_is_elsewhere, place_is_exchanged, way_is_turned
from rag.answers.scope import scope_differs
from rag.answers.states import state_is_exchanged
from rag.answers.strangers import stranger
from rag.answers.substitution import is_substituted
from rag.answers.support import Support, preceding, supports_of
from rag.answers.texts import tongue_of
from rag.answers.values import values_of
from rag.documents.evidence import Evidence, Sentence
from rag.retrieval.reading import leans
from rag.text.folding import find_folded, folded_words

_QUOTED: Final = re.compile(r"«([^«»]+)»|“([^“”]+)[”“]|”([^“”]+)[“”]|„([^„“”]+)[“”]|\"([^\"\n]+)\"")
_GAPS: Final = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\.\.+)\s*")
_EDGES: Final = " \t\n.,،؛;:!؟?"
_BYLINE: Final = 120
"""Characters at each end of a report among which it names who wrote it."""
_SHORT_WORD: Final = 3
_MOST: Final = 0.6
_CERTAIN_LENGTH: Final = 4
"""Words from which on the language of a quotation is certain."""


class Reason(StrEnum):
    """Why a statement is not shown."""

    NO_CITATION = "no citation"
    UNKNOWN_CITATION = "unknown citation"
    NUMBER = "number not in the source"
    DATE = "date not in the source"
    NAME = "name not in the source"
    OFFICE = "office not in the source"
    ATTRIBUTION = "told of somebody else"
    DETAIL = "detail not in the source"
    QUOTATION = "quotation not in the source"
    NEGATION = "negation differs"
    DIRECTION = "direction differs"
    CERTAINTY = "not certain in the source"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification says about a statement."""

    supported: bool
    reason: Reason | None = None
    added: tuple[Sentence, ...] = ()
    """Sentences that the cited ones lean on and that have to be cited with them."""


def verify(
    statement: str,
    cited: Sequence[Sentence],
    evidence: Sequence[Evidence] = (),
    question: str = "",
) -> Verdict:
    """Whether `cited` supports `statement`.

    `evidence` is what the model was shown: a name may be known from a cited passage. `question`,
    what was asked, only tells a heading from a claim, and supports nothing. The sentence before a
    cited one and its source's title and date line may support a value, and then are `added`.
    """
    if not cited:
        nothing = states_nothing(statement, question)
        return Verdict(nothing, None if nothing else Reason.NO_CITATION)
    case = _Case(statement, cited, evidence)
    for reason, fails in _CHECKS:
        if fails(case):
            return Verdict(False, reason)
    added = [one.joins for one in case.lookup.used if one.joins]
    return Verdict(True, None, tuple(dict.fromkeys(added)))


class _Case:
    """A statement with all that the checks look at."""

    def __init__(
        self,
        statement: str,
        cited: Sequence[Sentence],
        evidence: Sequence[Evidence],
    ) -> None:
        self.statement = statement
        self.values = values_of(statement)
        self.cited = [one.text for one in cited]
        self.sources = {one.source.path for one in cited}
        self.titles = [one.source.title for one in cited]
        self.supports = supports_of(cited, evidence)
        self.lookup = Lookup(self.supports)
        self.told = [_told(one, evidence) for one in cited]
        # Not what was asked: "When did Soleimani arrive?" is no source for his arrival.
        self.said = [one.text for one in self.supports]
        self.passages = _passages(cited, evidence)
        texts = dict.fromkeys(one.source.text.strip() for one in cited)
        self.bylines = [end for one in texts for end in (one[:_BYLINE], one[-_BYLINE:])]
        languages = {one.language for one in self.supports}
        self.is_same_language = tongue_of(statement) in languages

    @cached_property
    def people(self) -> Names:
        """The words that name people in the statement and in all that it may know them from."""
        return names_of_people((self.statement, *self.passages, *self.said))

    @cached_property
    def known(self) -> Pool:
        """The words of everything that a name may be known from."""
        return pool_of_all((*self.passages, *self.said))


def _date_fails(case: _Case) -> bool:
    has_all = case.lookup.has_dates(case.statement, case.values)
    return not has_all or days_exchanged(case.statement, case.cited)


def _number_fails(case: _Case) -> bool:
    found = case.lookup.has_quantities(case.statement, case.values)
    if not (found and case.lookup.has_duals(case.statement)):
        return True
    if scope_differs(case.statement, case.cited) or counts_another(case.statement, case.said):
        return True
    # Two reports may well give one thing two values.
    return len(case.sources) == 1 and values_exchanged(case.statement, case.cited)


def _quotation_fails(case: _Case) -> bool:
    return not all(
        _is_quoted_from(quotation, case.statement, case.supports)
        for quotation in _quotations(case.statement)
    )


def _name_fails(case: _Case) -> bool:
    titled = pool_of_all([*case.cited, *case.titles])
    place = unknown_place(
        case.statement,
        "\n".join(case.cited),
        titled,
        pool_of_all(case.said),
        "\n".join(case.passages),
        "\n".join(one for one in case.cited if share_measure(case.statement, one)),
    )
    if place or unknown_name(case.statement, case.known):
        return True
    if stranger(case.statement, features_of(*case.said, *case.passages, *case.bylines)):
        return True
    if renamed(case.statement, case.cited, (*case.said, *case.passages), case.known):
        return True
    same = case.is_same_language and tongue_of(case.statement) != "fa"
    return unknown_holder(case.statement, case.known, same_language=same) is not None


def _office_fails(case: _Case) -> bool:
    return office_differs(case.statement, case.said, case.passages)


def _attribution_fails(case: _Case) -> bool:
    if state_is_exchanged(case.statement, case.cited):
        return True
    if is_of_another_nation(case.statement, case.cited, case.said):
        return True
    return misattributed(case.statement, case.told, case.people)


def _negation_fails(case: _Case) -> bool:
    return negation_differs(case.statement, " ".join(case.cited))


def _direction_fails(case: _Case) -> bool:
    leaning = any(map(leans, case.cited))
    around = " ".join(one.text for one in case.supports if leaning and not one.is_header)
    turned = direction_differs(case.statement, " ".join(case.cited), around)
    turned = turned or is_turned(case.statement, case.cited, case.said)
    turned = turned or way_is_turned(case.statement, case.cited)
    turned = turned or place_is_exchanged(case.statement, case.cited)
    turned = turned or deed_is_elsewhere(case.statement, case.cited)
    return turned or order_differs(case.statement, case.cited)


def _certainty_fails(case: _Case) -> bool:
    return told_as_done(case.statement, tuple(case.cited))


def _detail_fails(case: _Case) -> bool:
    same = case.is_same_language
    features = features_of(*case.said)
    if not bears_on(case.statement, features) or heading_tells_more(case.statement, features):
        return True
    if is_substituted(case.statement, case.cited, case.said, case.people):
        return True
    if cause_is_invented(case.statement, features, same_language=same):
        return True
    return lacks_detail(case.statement, features, "\n".join(case.passages), same_language=same)


_CHECKS: Final[tuple[tuple[Reason, Callable[[_Case], bool]], ...]] = (
    (Reason.DATE, _date_fails),
    (Reason.NUMBER, _number_fails),
    (Reason.QUOTATION, _quotation_fails),
    (Reason.NAME, _name_fails),
    (Reason.OFFICE, _office_fails),
    (Reason.ATTRIBUTION, _attribution_fails),
    (Reason.NEGATION, _negation_fails),
    (Reason.DIRECTION, _direction_fails),
    (Reason.CERTAINTY, _certainty_fails),
    (Reason.DETAIL, _detail_fails),
)


def _told(cited: Sentence, evidence: Sequence[Evidence]) -> Told:
    before = preceding(cited, evidence)
    return Told(cited.text, before.text if before else "")


def _passages(cited: Sequence[Sentence], evidence: Sequence[Evidence]) -> list[str]:
    """The sentences of the passages that are cited from, where a name is known from."""
    return [
        sentence.text
        for one in evidence
        if any(sentence in one.sentences for sentence in cited)
        for sentence in one.sentences
    ]


def _quotations(statement: str) -> list[str]:
    """The quoted strings of two words and more."""
    found = ["".join(groups) for groups in _QUOTED.findall(statement)]
    return [one for one in found if len(folded_words(one)) >= 2]


def _is_quoted_from(quotation: str, statement: str, supports: Sequence[Support]) -> bool:
    """Whether a quotation stands in the source, or may be a translation of what does."""
    language = tongue_of(quotation)
    languages = {one.language for one in supports if one.joins is None and not one.is_header}
    translated = tongue_of(statement) not in languages
    if not _is_of(quotation, supports):
        is_short = translated and len(folded_words(quotation)) < _CERTAIN_LENGTH
        if is_short or language not in languages:
            said = [one.text for one in supports]
            is_turned = direction_differs(quotation, _joined(supports), "\n".join(said))
            return is_translation(quotation, features_of(*said)) and not is_turned
    texts = [one.text for one in supports] + [_joined(supports)]
    parts = [part.strip(_EDGES) for part in _GAPS.split(quotation) if part.strip(_EDGES)]
    return any(all(find_folded(part, text) for part in parts) for text in texts)


def _is_of(quotation: str, supports: Sequence[Support]) -> bool:
    """Whether most words of a quotation stand in a text that supports it, in its language."""
    words = [word for word in folded_words(quotation) if len(word) > _SHORT_WORD]
    return any(
        _MOST * len(words) <= sum(word in pool_of(one.text).words for word in words)
        for one in supports
        if words
    )


def _joined(supports: Sequence[Support]) -> str:
    """The cited texts in the order in which they stand, so that a quotation may cross sentences."""
    return " ".join(one.text for one in supports if one.joins is None)
