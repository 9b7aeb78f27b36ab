"""Transliteration: the ways in which one name is written in two languages and two scripts."""

from functools import lru_cache
from operator import ne
from typing import Final

from rag.answers.pool import without_prefixes
from rag.text.names import skeletons
from rag.text.stems import is_arabic_script

_VARIANTS: Final = (
    ("dzh", ("j",)), ("v", ("v", "w")), ("zh", ("zh", "ch")), ("th", ("th", "t")),
    ("ch", ("ch", "kh", "k", "sh")), ("ng", ("ng", "n")), ("gh", ("gh", "")),
    ("x", ("x", "sh", "s")), ("sc", ("sc", "s")), ("z", ("z", "ts", "s", "d")),
    ("ce", ("ce", "ke")),
    ("ci", ("ci", "ki", "chi")),
    ("se", ("se", "ze")), ("g", ("g", "j")),
)  # fmt: skip
_MOST_VARIANTS: Final = 24
_SHORTEST: Final = 3
_LONG: Final = 5
"""Consonants that tell a name where one of them may be written otherwise."""


@lru_cache(maxsize=4_096)
def is_same_name(one: str, other: str) -> bool:
    """Whether two folded words may write one name."""
    if one == other or not _bare(one).isdisjoint(_bare(other)):
        return True
    mine, its = _sounds(one), _sounds(other)
    # Across scripts a consonant may be silent or written otherwise; the first one rarely is.
    across = is_arabic_script(one) != is_arabic_script(other)
    if not mine or not its:
        return across and mine == its and min(len(one), len(other)) > _SHORTEST
    if not mine.isdisjoint(its):
        return True
    return across and any(_may_be_one(a, b) for a in mine for b in its)


def same_names(name: str, words: frozenset[str]) -> set[str]:
    """The folded words among `words` that may write a folded name."""
    return _among(words).alike(name)


class _Words:
    """Words, found by what those that may write one name have in common."""

    def __init__(self, words: frozenset[str]) -> None:
        self._of_key: dict[str, list[str]] = {}
        self._of_opening: dict[tuple[bool, str], list[str]] = {}
        for word in words:
            for key in _keys(word):
                self._of_key.setdefault(key, []).append(word)
            for opening in _openings(word):
                self._of_opening.setdefault((is_arabic_script(word), opening), []).append(word)

    def alike(self, name: str) -> set[str]:
        """The words that may write a name: of its script, and then of another one."""
        found = {word for key in _keys(name) for word in self._of_key.get(key, ())}
        other = not is_arabic_script(name)
        return found.union(
            word
            for opening in _openings(name)
            for word in self._of_opening.get((other, opening), ())
            if is_same_name(name, word)
        )


@lru_cache(maxsize=512)
def _among(words: frozenset[str]) -> _Words:
    return _Words(words)


@lru_cache(maxsize=4_096)
def _keys(word: str) -> frozenset[str]:
    """What a word shares with every other of its script that may write the same name."""
    return _bare(word).union(f" {one}" for one in _sounds(word))


@lru_cache(maxsize=4_096)
def _openings(word: str) -> frozenset[str]:
    """What a word shares with every one of another script: a first consonant, or that it has none.

    (Where it has sounds at all, of which each has one.)
    """
    return frozenset(one[0] for one in _sounds(word)) or frozenset(("",))


@lru_cache(maxsize=4_096)
def _bare(word: str) -> frozenset[str]:
    """A word with and without what Arabic joins before it."""
    return (
        frozenset((word, *without_prefixes(word))) if is_arabic_script(word) else frozenset((word,))
    )


def _may_be_one(one: str, other: str) -> bool:
    """Whether two skeletons differ by a consonant, of short ones by a silent one at the end."""
    short, long = sorted((one, other), key=len)
    if short[0] != long[0] or len(short) < _SHORTEST:
        return False
    return is_near(one, other) if len(short) > _SHORTEST else long[:-1] == short


@lru_cache(maxsize=4_096)
def _sounds(word: str) -> frozenset[str]:
    """The strict skeletons of a folded word, however it might have been spelt."""
    spelt = spellings(word) if not is_arabic_script(word) else (word,)
    found = {one for each in spelt for one in skeletons(each)}
    # Of a long Arabic word two consonants are what is left behind a prefix.
    is_long = is_arabic_script(word) and len(word.removeprefix("ال")) > _LONG
    shortest = _SHORTEST if is_long else _SHORTEST - 1
    return frozenset(one[1:] for one in found if len(one) > (shortest if one[0] == "1" else 3))


@lru_cache(maxsize=4_096)
def spellings(word: str) -> frozenset[str]:
    """The ways in which a name might have been spelt in Latin letters."""
    spellings = [word]
    for written, variants in _VARIANTS:
        if written in word:
            spellings = [
                spelling.replace(written, variant) for spelling in spellings for variant in variants
            ][:_MOST_VARIANTS]
    return frozenset(filter(None, spellings)) | {word}


def is_near(one: str, other: str) -> bool:
    """Whether two skeletons differ by one consonant at most."""
    if len(one) == len(other):
        return one == other or sum(map(ne, one, other)) <= 1
    if abs(len(one) - len(other)) != 1:
        return False
    short, long = sorted((one, other), key=len)
    return any(short == long[:i] + long[i + 1 :] for i in range(len(long)))
