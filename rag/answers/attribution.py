"""Attribution: whether a claim puts somebody where what it cites has somebody else.

Who said it, and who it was. Only people that both texts name are told apart; a sentence that says
"he" or "and added" is of whom the one before it names.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rag.answers.actors import (
    Names,
    Speech,
    each_of_people_in,
    people_in,
    speeches_in,
)
from rag.answers.alignment import features_of
from rag.answers.details import is_light
from rag.answers.holders import countries_told
from rag.answers.likeness import likeness
from rag.answers.roles import roles_exchanged, stand_in
from rag.answers.senses import concepts_of
from rag.answers.subject import Keys
from rag.answers.texts import folded_of, tongue_of
from rag.answers.transliteration import is_near
from rag.retrieval.reading import leans
from rag.text.capitals import countries_by_capital
from rag.text.folding import folded_words

_PRONOUN: Final = {
    "en": re.compile(r"\b(?:he|she|his|her|him|they|their)\b"),
    "ar": re.compile(r"(?<!\w)(?:هو|هي|هم|\w{3,}(?:ته|تها|تهم|هم|هما|ها))(?!\w)"),
    "fa": re.compile(r"(?<!\w)(?:او|وي|ايشان|اش|\w{2,}(?:انش|ايش|اتش|رش))(?!\w)"),
}
_CONTRAST: Final = re.compile(
    r"[؛;]|(?<!\w)(?:while|whereas|but|بينما|فيما|في حين|لكن|ولكن|أما|اما|ولی|در حالی که"
    r"|درحالی‌که)(?!\w)"
)
_SAYING: Final = frozenset(
    folded_words(
        "said says say announced announces stated confirmed confirms denied denies warned warns "
        "believe believes accused قال قالت أعلن أعلنت أكد أكدت ذكر ذكرت صرح صرحت أضافت نفى نفت حذر "
        "حذرت اتهم اتهمت أوضح أوضحت أفاد أفادت رأى رأت يرى ترى يعتقد تعتقد گفت گفته گفتند اعلام "
        "تأکید تکذیب هشدار متهم معتقد"
    )
)
_LONGEST_BODY: Final = 5
_COUNTRY: Final = len("p:") + 4
_ANY_BODY: Final = frozenset(
    folded_words(
        "government authorities authority official officials state country statement report "
        "source sources spokesman spokeswoman spokesperson media agency company side sides "
        "ministry people الحكومة السلطات السلطة مسؤول مسؤولون مسؤولين المسؤولون الدولة بيان البيان "
        "تقرير التقرير مصدر مصادر متحدث المتحدث وسائل الإعلام الوكالة الشركة الجانب الجانبان "
        "الطرفان الوزارة دولت مقام مقامات بیانیه گزارش منبع منابع سخنگو رسانه شرکت طرف وزارت"
    )
)
"""Of whom much is told by one who speaks for them: alone they are no other body."""
_OWNED: Final = re.compile(r"\w{3,}[^\Wةا]ه(?!\w)")
"""An Arabic word with "his", as who writes the endings with care writes it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A cited sentence and the one before it, empty where there is none."""

    text: str
    before: str


def misattributed(claim: str, cited: Sequence[Told], known: Names) -> bool:
    """Whether the claim gives to one person what its sources tell of another.

    `known` are the words that name people in all that the claim may know them from.
    """
    return (
        _is_of_others(claim, cited, known)
        or _is_said_by_another(claim, cited, known)
        or _is_said_by_another_body(claim, cited, known)
        or roles_exchanged(
            claim, [one.text for one in cited], [one.before for one in cited if one.before], known
        )
    )


def _is_of_others(claim: str, cited: Sequence[Told], known: Names) -> bool:
    """Whether a claim names somebody whom what it cites does not, which names another instead."""
    told = [text for one in cited for text in _of(one)]
    mine = each_of_people_in(claim, known)
    absent = [one for one in mine if not any(stand_in(one, text) for text in told)]
    if not absent:
        return False
    its = [one for text in cited for one in each_of_people_in(text.text, known)]
    if len(absent) < len(mine):
        absent = [one for one in absent if not _is_near_any(one, its)]
        its = [one for one in its if not stand_in(one, claim)]
    return bool(absent and its)


def _is_said_by_another(claim: str, cited: Sequence[Told], known: Names) -> bool:
    """Whether somebody says in the claim what another one says in the source."""
    mine = frozenset[str]().union(*(one.speakers for one in speeches_in(claim, known)))
    if not mine:
        return False
    source = max(cited, key=lambda one: likeness(claim, one.text))
    its = speeches_in(source.text, known)
    if not its:
        return False
    speakers = frozenset[str]().union(*(one.speakers for one in its))
    if speakers:
        return not _are_shared(mine, speakers)
    if _refers_back(source.text):
        is_named = bool(people_in(source.before, known))
        return is_named and not stand_in(mine, f"{source.before}\n{source.text}")
    return any(one.has_subject for one in its) and not stand_in(mine, source.text)


def _is_said_by_another_body(claim: str, cited: Sequence[Told], known: Names) -> bool:
    """Whether a ministry, an agency, a people says in the claim what another one does.

    Told apart are those of two countries ("Egyptian officials" and "Jordanian officials"), and two
    of which the source has both and the claim names the one that does not say it.
    """
    mine = [
        one
        for one in speeches_in(claim, known)
        if _is_of_body(one)
        and not one.speakers
        # Before a verb a long subject is cut off, and may begin with a name.
        and (not one.verb or len(one.subject) <= _LONGEST_BODY or tongue_of(claim) == "ar")
    ]
    if not mine:
        return False
    source = max(cited, key=lambda one: likeness(claim, one.text))
    if _refers_back(source.text):
        return False
    its = list(filter(_is_of_body, speeches_in(_clause_like(claim, source.text), known)))
    if not its:
        return False
    ours = tuple(dict.fromkeys(word for one in mine for word in one.subject[:_LONGEST_BODY]))
    theirs = tuple(dict.fromkeys(word for one in its for word in one.subject[:_LONGEST_BODY]))
    places = _countries(ours), _countries(theirs)
    if places[0] and places[1] and places[0].isdisjoint(places[1]):
        return True
    is_somebody = any(one.speakers for one in its)
    return not is_somebody and _is_other_body(ours, theirs, [one.text for one in cited])


def _is_other_body(ours: Sequence[str], theirs: Sequence[str], cited: Sequence[str]) -> bool:
    """Whether the words for who says it share nothing, and the source has the claim's elsewhere."""
    language = tongue_of(" ".join(ours))
    bodies = [word for word in ours if word not in _ANY_BODY and not is_light(word, language)]
    said, other = features_of(" ".join(theirs)), features_of(" ".join(ours))
    if any(map(said.has_word, ours)) or any(map(other.has_word, theirs)):
        return False
    everywhere = features_of(*cited)
    return bool(bodies) and all(everywhere.has_word(word, paraphrased=False) for word in bodies)


def _is_of_body(speech: Speech) -> bool:
    """Whether something is said, stated or denied by somebody."""
    says = not speech.verb or speech.verb in _SAYING or speech.verb[1:] in _SAYING
    return says and bool(speech.subject)


def _clause_like(claim: str, text: str) -> str:
    """The clause of a text that says most of what a claim says."""
    clauses = [one for one in _CONTRAST.split(text) if one.strip()]
    return max(clauses, key=lambda one: likeness(claim, one), default=text)


def _countries(words: Sequence[str]) -> Keys:
    """The countries that words name, say somebody is of, or name the capital of."""
    found = set(countries_told(words))
    for capital in (
        name for word in words for one in concepts_of(word) for name in one.phrases["en"]
    ):
        for country in countries_by_capital().get(capital, ()):
            found |= countries_told(country)
    # Iran and Iranian, China and Chinese begin alike.
    return frozenset(key[:_COUNTRY] for keys in found for key in keys)


def _of(told: Told) -> Iterator[str]:
    yield told.text
    if _refers_back(told.text):
        yield told.before


@lru_cache(maxsize=1_024)
def _refers_back(text: str) -> bool:
    """Whether a sentence speaks of somebody whom the one before it names."""
    language = tongue_of(text)
    if leans(text) or _PRONOUN[language].search(folded_of(text)):
        return True
    return language == "ar" and _OWNED.search(text) is not None


def _is_near_any(one: Names, others: Iterable[Names]) -> bool:
    """Whether a name is one of others but for a letter."""
    return any(is_near(word, its) for word in one for other in others for its in other)


def _are_shared(mine: Names, its: Names) -> bool:
    return any(stand_in(mine, one) for one in its)
