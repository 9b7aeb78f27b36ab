"""Terms: what the lexical index counts.

A word gives terms in four families: character n-grams, its root, its light stem, and the
consonant skeletons that let a name be found from another script. A term is a 64-bit number (the
family in the top bits, a hash below), so that an index needs no vocabulary and two indexes of
the same text agree on every term.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from rag.text.dates import month_names, numeric_months
from rag.text.folding import fold, words_of
from rag.text.names import skeletons
from rag.text.stems import light_stem, root

Keys = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.uint16]


class Family(IntEnum):
    """The families of terms; each has statistics and a length of its own."""

    GRAM = 0
    ROOT = 1
    STEM = 2
    NAME = 3


_HASH_BITS: Final = 61
_MOST_KEPT: Final = 200_000


class _KeyTable(dict[str, int]):
    """The keys of a family's features; it fills itself, and begins anew where it grows large."""

    def __init__(self, family: Family) -> None:
        super().__init__()
        self._top = int(family) << _HASH_BITS

    def __missing__(self, feature: str) -> int:
        if len(self) >= _MOST_KEPT:
            self.clear()
        key = self[feature] = self.made(feature)
        return key

    def made(self, feature: str) -> int:
        """The key of a feature, which is not kept."""
        digest = int.from_bytes(blake2b(feature.encode(), digest_size=8).digest())
        return self._top | (digest >> (64 - _HASH_BITS))


_TABLES: Final = tuple(map(_KeyTable, Family))


def passing_key(family: Family, feature: str) -> int:
    """As `term_key`, of a feature that hardly comes again and is not remembered."""
    return _TABLES[family].made(feature)


def term_key(family: Family, feature: str) -> int:
    """The number that stands for `feature` in `family`."""
    return _TABLES[family][feature]


_FAMILY_BEGINS: Final = np.array([int(one) << _HASH_BITS for one in Family], dtype=np.uint64)


def family_of(keys: Keys) -> npt.NDArray[np.int64]:
    """The family of each key, as its number."""
    return (keys >> np.uint64(_HASH_BITS)).astype(np.int64)


def grams(word: str) -> list[str]:
    """The 3- and 4-grams of a folded word with its borders; a short word is one whole."""
    padded = f"_{word}_"
    size = len(padded)
    if size <= 3:
        return [padded, padded]
    threes = [padded[i : i + 3] for i in range(size - 2)]
    return threes + [padded[i : i + 4] for i in range(size - 3)]


class _WordTable(dict[str, bytes]):
    """The keys of words' terms, side by side as their bytes: what of a text can be joined."""

    def __missing__(self, word: str) -> bytes:
        if len(self) >= _MOST_KEPT:
            self.clear()
        of_grams, of_roots, of_stems, of_names = _TABLES
        keys = array("Q", map(of_grams.__getitem__, grams(word)))
        keys.append(of_roots[root(word)])
        keys.append(of_stems[light_stem(word)])
        keys.extend(map(of_names.__getitem__, skeletons(word)))
        found = self[word] = keys.tobytes()
        return found


_WORDS: Final = _WordTable()


def word_keys(word: str) -> Keys:
    """The keys of every term of a folded word, of all families, repeats included."""
    return np.frombuffer(_WORDS[word], dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class TermVector:
    """The terms of a text: sorted keys, how often each occurs, and the length per family."""

    keys: Keys
    counts: Counts
    lengths: tuple[int, ...]


@lru_cache(maxsize=64)
def terms_of(text: str) -> tuple[tuple[str, ...], TermVector]:
    """The folded words of a text and its terms; kept for whoever looks at the text next.

    The months of its dates in numbers (12/10/2021) count as if their names stood there too.
    """
    folded = fold(text)
    words = tuple(words_of(folded))
    months = (name for *_, month in numeric_months(folded) for name in month_names(month).values())
    return words, term_vector(words, tuple(months))


def term_vector(words: Sequence[str], stems: Sequence[str] = ()) -> TermVector:
    """The term vector of a text given as folded words, and as words that count as stems only."""
    if not words:
        return TermVector(np.empty(0, np.uint64), np.empty(0, np.uint16), (0,) * len(Family))
    others = array("Q", (term_key(Family.STEM, light_stem(word)) for word in stems))
    joined = b"".join((*map(_WORDS.__getitem__, words), others.tobytes()))
    every = np.sort(np.frombuffer(joined, dtype=np.uint64))
    first = np.flatnonzero(np.concatenate(((True,), every[1:] != every[:-1])))
    often = np.diff(first, append=len(every))
    counts = np.minimum(often, np.iinfo(np.uint16).max).astype(np.uint16)
    ends = (*np.searchsorted(every, _FAMILY_BEGINS).tolist(), len(every))
    return TermVector(every[first], counts, tuple(b - a for a, b in pairwise(ends)))
