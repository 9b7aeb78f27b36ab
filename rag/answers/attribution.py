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
    each_of_people_in,
    people_in,
    speeches_in,
)
from rag.answers.likeness import likeness
from rag.answers.naming import sounds_like_any
from rag.answers.pool import pool_of
from rag.answers.texts import folded_of, tongue_of
from rag.answers.transliteration import is_near, same_names
from rag.retrieval.reading import leans
from rag.text.names import skeletons
from rag.text.stems import is_arabic_script

_PRONOUN: Final = {
    "en": re.compile(r"\b(?:he|she|his|her|him|they|their)\b"),
    "ar": re.compile(r"(?<!\w)(?:هو|هي|هم|\w{3,}(?:ته|تها|تهم|هم|هما|ها))(?!\w)"),
    "fa": re.compile(r"(?<!\w)(?:او|وي|ايشان|اش|\w{2,}(?:انش|ايش|اتش|رش))(?!\w)"),
}
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
    return _is_of_others(claim, cited, known) or _is_said_by_another(claim, cited, known)


def _is_of_others(claim: str, cited: Sequence[Told], known: Names) -> bool:
    """Whether a claim names somebody whom what it cites does not, which names another instead."""
    told = "\n".join(text for one in cited for text in _of(one))
    mine = each_of_people_in(claim, known)
    absent = [one for one in mine if not _stand_in(one, told)]
    its = [one for text in cited for one in each_of_people_in(text.text, known)]
    if len(absent) < len(mine):
        absent = [one for one in absent if not _is_near_any(one, its)]
        its = [one for one in its if not _stand_in(one, claim)]
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
        return is_named and not _stand_in(mine, f"{source.before}\n{source.text}")
    return any(one.has_subject for one in its) and not _stand_in(mine, source.text)


def _of(told: Told) -> Iterator[str]:
    yield told.text
    if _refers_back(told.text):
        yield told.before


@lru_cache(maxsize=4_096)
def _refers_back(text: str) -> bool:
    """Whether a sentence speaks of somebody whom the one before it names."""
    language = tongue_of(text)
    if leans(text) or _PRONOUN[language].search(folded_of(text)):
        return True
    return language == "ar" and _OWNED.search(text) is not None


def _stand_in(names: Names, text: str) -> bool:
    """Whether a text has any of the names, in whatever script; where none tells anything, yes."""
    pool, telling = pool_of(text), 0
    for name in names:
        if pool.has(name) or same_names(name, pool.words):
            return True
        across = is_arabic_script(name) == (tongue_of(text) == "en")
        has_sound = any(one[0] == "1" for one in skeletons(name))
        if across and has_sound and sounds_like_any(name, pool):
            return True
        telling += has_sound
    return not telling


def _is_near_any(one: Names, others: Iterable[Names]) -> bool:
    """Whether a name is one of others but for a letter."""
    return any(is_near(word, its) for word in one for other in others for its in other)


def _are_shared(mine: Names, its: Names) -> bool:
    return any(_stand_in(mine, one) for one in its)
