"""The pool: the words that a cited passage has, ready for names to be looked for among them."""

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

from rag.text.folding import folded_words
from rag.text.names import skeletons
from rag.text.stems import light_stem

_PREFIXES: Final = re.compile(r"([وف])?([بلك])?(ال|(?<=ل)ل)?")


class _Words:
    """The words of one text, of which every claim that looks at the text makes use."""

    def __init__(self, text: str) -> None:
        self.listed = folded_words(text)
        self.words = frozenset(self.listed)

    @cached_property
    def bare_words(self) -> frozenset[str]:
        return self.words.union(*map(without_prefixes, self.words))

    @cached_property
    def beginnings(self) -> frozenset[str]:
        return frozenset(
            word[:length] for word in self.bare_words for length in range(3, len(word) + 1)
        )

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(map(light_stem, self.words))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(pairwise(map(light_stem, self.listed)))

    @cached_property
    def strict(self) -> frozenset[str]:
        return frozenset(one[1:] for one in self._skeletons if one[0] == "1")

    @cached_property
    def loose(self) -> frozenset[str]:
        return frozenset(one[1:] for one in self._skeletons if one[0] == "2")

    @cached_property
    def _skeletons(self) -> frozenset[str]:
        together = self.words.union(one + other for one, other in pairwise(self.listed))
        return frozenset(skeleton for word in together for skeleton in skeletons(word))


class Pool:
    """The words among which the names of a claim are looked for, those of one text or several."""

    def __init__(self, parts: Iterable[_Words]) -> None:
        self.parts = tuple(dict.fromkeys(parts))

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words."""
        return frozenset[str]().union(*(part.words for part in self.parts))

    @cached_property
    def bare_words(self) -> frozenset[str]:
        """The words with and without the prefixes of Arabic."""
        return frozenset[str]().union(*(part.bare_words for part in self.parts))

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """What the bare words begin with, from three letters on, they themselves included."""
        return frozenset[str]().union(*(part.beginnings for part in self.parts))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words."""
        return frozenset[str]().union(*(part.stems for part in self.parts))

    @cached_property
    def strict(self) -> frozenset[str]:
        """Skeletons of words and of neighbours written together ("إسلام أباد" is Islamabad)."""
        return frozenset[str]().union(*(part.strict for part in self.parts))

    @cached_property
    def loose(self) -> frozenset[str]:
        """The loose skeletons of the same."""
        return frozenset[str]().union(*(part.loose for part in self.parts))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The stems of neighbouring words."""
        return frozenset[tuple[str, str]]().union(*(part.pairs for part in self.parts))

    def has(self, word: str) -> bool:
        """Whether a folded word is in it, or another form of its stem."""
        return word in self.words or light_stem(word) in self.stems


@lru_cache(maxsize=512)
def pool_of(text: str) -> Pool:
    """The pool of the words of `text`."""
    return Pool((_Words(text),))


def pool_of_all(texts: Iterable[str]) -> Pool:
    """The pool of several texts; what is known of each by itself is not looked for again."""
    return _merged(tuple(dict.fromkeys(texts)))


@lru_cache(maxsize=128)
def _merged(texts: tuple[str, ...]) -> Pool:
    return Pool(part for text in texts for part in pool_of(text).parts)


@lru_cache(maxsize=4_096)
def without_prefixes(word: str) -> tuple[str, ...]:
    """The words that a folded Arabic word may be behind its prefixes (and, by, to, the)."""
    prefix = _PREFIXES.match(word)
    ends = {prefix.end(group) for group in (1, 2, 3) if prefix[group]} if prefix else set()
    return tuple(word[end:] for end in ends if len(word) - end >= 3)
