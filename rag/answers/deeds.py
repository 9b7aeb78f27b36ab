"""Deeds: what kind of event, measure or act the words around a value tell of.

A visit is no exercise, the dead are not the injured, and the day of signing is not that of
ratifying; the words for one kind count as equal in all three languages.
"""

from collections import defaultdict
from enum import StrEnum
from functools import lru_cache
from typing import Final

from rag.answers.data import lines_of
from rag.answers.subject import Keys, keys_in
from rag.text.folding import folded_words
from rag.text.stems import is_arabic_script, light_stem


class Group(StrEnum):
    """What kinds are of; of each group a value has one kind."""

    EVENT = "event"
    """What lasts."""
    MEASURE = "measure"
    """What is counted or measured."""
    DEED = "deed"
    """What happens on a day."""
    TURN = "turn"
    """What becomes of some of the counted, who are not all."""
    MISHAP = "mishap"
    """What befalls."""


_ONCE: Final = (
    "found founded establish born birth die died death built build inaugurate independence create "
    "created sign signed elect elected appoint appointed open opened launch launched"
)


@lru_cache(maxsize=len(Group))
def _kinds(group: Group) -> dict[str, set[int]]:
    """The numbers of the kinds of a group by the keys of the words that tell them."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(lines_of("deeds")):
        name, _, words = line.partition(":")
        if name == group:
            for word in folded_words(words.replace("|", " ")):
                found[f"s:{light_stem(word)}"].add(number)
                if not is_arabic_script(word):
                    found[f"c:{word}"].add(number)
    return found


def kinds_told(group: Group, keys: Keys) -> frozenset[int]:
    """The kinds of a group that words with these keys tell of, as numbers."""
    kinds = _kinds(group)
    return frozenset(number for key in keys & kinds.keys() for number in kinds[key])


@lru_cache(maxsize=1_024)
def kinds_in(group: Group, text: str) -> frozenset[int]:
    """The kinds of a group that a text tells of."""
    return kinds_told(group, keys_in(text))


def are_apart(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether both sides tell of some kind, and of none in common."""
    return bool(one and other) and one.isdisjoint(other)


@lru_cache(maxsize=1)
def _once_keys() -> frozenset[str]:
    return frozenset(f"c:{word}" for word in _ONCE.split())


def once(keys: Keys) -> Keys:
    """Of some words' keys those of what happens once, so that dates far apart are of the same."""
    return keys & _once_keys()
