"""The pool: the words that a cited passage has, ready for names to be looked for among them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rag.text.folding import folded_words
from rag.text.names import skeletons
from rag.text.stems import light_stem

_PREFIXES: Final = re.compile(r"([وف])?([بلك])?(ال|(?<=ل)ل)?")


@dataclass(frozen=True, slots=True)
class Pool:
    """The words among which the names of a claim are looked for."""

    words: frozenset[str]
    bare_words: frozenset[str]
    """With and without the prefixes of Arabic."""
    stems: frozenset[str]
    strict: frozenset[str]
    """Skeletons of words and of neighbours written together ("إسلام أباد" is Islamabad)."""
    loose: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    """The stems of neighbouring words."""

    def has(self, word: str) -> bool:
        """Whether a folded word is in it, or another form of its stem."""
        return word in self.words or light_stem(word) in self.stems


@lru_cache(maxsize=2_048)
def pool_of(text: str) -> Pool:
    """The pool of the words of `text`."""
    words = folded_words(text)
    together = [*words, *(one + other for one, other in pairwise(words))]
    found = [skeleton for word in set(together) for skeleton in skeletons(word)]
    return Pool(
        frozenset(words),
        frozenset(words).union(*map(without_prefixes, words)),
        frozenset(map(light_stem, words)),
        frozenset(one[1:] for one in found if one[0] == "1"),
        frozenset(one[1:] for one in found if one[0] == "2"),
        frozenset(pairwise(map(light_stem, words))),
    )


def pool_of_all(texts: Iterable[str]) -> Pool:
    """The pool of several texts; what is known of each by itself is not looked for again."""
    return _merged(tuple(dict.fromkeys(texts)))


@lru_cache(maxsize=512)
def _merged(texts: tuple[str, ...]) -> Pool:
    return pool_of_both(*map(pool_of, texts))


def pool_of_both(*pools: Pool) -> Pool:
    """One pool with the words of several."""
    return Pool(
        *(frozenset().union(*(getattr(one, field.name) for one in pools)) for field in fields(Pool))
    )


@lru_cache(maxsize=50_000)
def without_prefixes(word: str) -> tuple[str, ...]:
    """The words that a folded Arabic word may be behind its prefixes (and, by, to, the)."""
    prefix = _PREFIXES.match(word)
    ends = {prefix.end(group) for group in (1, 2, 3) if prefix[group]} if prefix else set()
    return tuple(word[end:] for end in ends if len(word) - end >= 3)
