"""Mingled passages: those that hold text of another language than their file is in.

They are told by the small words of a language, which the lexical index holds like any others.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from rag.index.lexical import LexicalIndex, WeightedTerm
from rag.text.folding import folded_words
from rag.text.stems import light_stem
from rag.text.terms import Family, term_key

Rows = npt.NDArray[np.bool_]

_SMALL_WORDS: Final = {
    "ar": folded_words("في التي الذي هذا هذه قال كان كانت خلال لم ثم"),
    "fa": folded_words("است که برای شد های گفت این می"),
    "en": folded_words("the of and that to in is was"),
}
"""Words that are frequent in one language, and rare in the others or another word there."""
_FEWEST: Final = 2
"""Of them, those that a passage has to hold: one alone may stand in a name."""
_known: WeakKeyDictionary[LexicalIndex, Mapping[str, Rows]] = WeakKeyDictionary()


def rows_holding(index: LexicalIndex, language: str) -> Rows:
    """Which rows hold text in `language`, whatever the language of their files.

    Found out once for each index.
    """
    known = _known.get(index)
    if known is None:
        found = {one: _rows(index, words) for one, words in _SMALL_WORDS.items()}
        known = _known[index] = MappingProxyType(found)
    return known[language]


def _rows(index: LexicalIndex, words: list[str]) -> Rows:
    stems = dict.fromkeys(map(light_stem, words))
    terms = (WeightedTerm(Family.STEM, ((term_key(Family.STEM, stem),),)) for stem in stems)
    counts = np.zeros(index.rows, dtype=np.int8)
    for term in terms:
        counts += index.scores([term]) > 0
    return counts >= _FEWEST
