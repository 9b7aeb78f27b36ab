"""Texts: what nearly every check asks of a text first, found once for all of them.

A sentence of the evidence is asked for its words by a dozen checks for every claim that cites it.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rag.text.folding import fold, folded_words, word_spans
from rag.text.language import language_of
from rag.text.lexicon import Match, lexicon
from rag.text.stems import is_arabic_script

_KEPT: Final = 1_024
"""Texts that are remembered, four KB each at most: those of the latest answers."""


@lru_cache(maxsize=_KEPT)
def folded_of(text: str) -> str:
    """The folded form of a text."""
    return fold(text)


@lru_cache(maxsize=_KEPT)
def words_in(text: str) -> tuple[str, ...]:
    """The folded words of a text."""
    return tuple(folded_words(text))


@lru_cache(maxsize=_KEPT)
def spans_in(text: str) -> tuple[tuple[str, int, int], ...]:
    """The folded words of a text, each with its span (characters) in the text itself."""
    return tuple(word_spans(text))


@lru_cache(maxsize=_KEPT)
def tongue_of(text: str) -> str:
    """The language of a text: `ar`, `fa` or `en`."""
    return language_of(text)


@lru_cache(maxsize=_KEPT)
def matches_in(text: str, language: str) -> tuple[Match, ...]:
    """What the lexicon of a language has in the words of a text, the longest first."""
    words = words_in(text)
    arabic = language != "en"
    # In another script it has nothing.
    return tuple(lexicon(language).matches(words)) if arabic in _scripts(words) else ()


def _scripts(words: Sequence[str]) -> set[bool]:
    """Whether words are in Arabic script: of each that may be."""
    return {is_arabic_script(word) for word in words}


@lru_cache(maxsize=256)
def pairs_in(text: str) -> frozenset[tuple[str, str]]:
    """The neighbouring words of a text."""
    return frozenset(pairwise(words_in(text)))
