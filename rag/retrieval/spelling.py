"""Spelling: a word that the collection lacks is read as one that it has and that is one slip away.

The index keeps hashes of words and no list of them, so the slips are made here and looked up: a
letter left out, put in, exchanged, or two that changed places (Damerau, 1964: four in five typing
errors are one of these).
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from rag.index.lexical import LexicalIndex
from rag.retrieval.question import Question
from rag.text.lexicon import lexicon
from rag.text.stems import is_arabic_script, light_stem
from rag.text.terms import Family, term_key

_LETTERS: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگ"
_SHORTEST: Final = 5
"""A shorter word is one slip away from too many others."""
_SHORTEST_STEM: Final = 3


def corrected(question: Question, index: LexicalIndex) -> Question:
    """The question with the words that it may have meant; one in the Latin script stays as it is.

    Of several words that are a slip away, the one that most passages hold is taken.
    """
    words = tuple(
        replace(word, folded=_correction(word.folded, question.language, index) or word.folded)
        for word in question.words
    )
    return replace(question, words=words)


def _correction(word: str, language: str, index: LexicalIndex) -> str | None:
    """The word that was meant; None where the word is known, or nothing near it is."""
    if len(word) < _SHORTEST or not is_arabic_script(word) or word.isdigit():
        return None
    if lexicon(language).matches([word]) or _holders([word], index)[0]:
        return None
    shortest = max(_SHORTEST_STEM, len(light_stem(word)) - 1)
    near = [one for one in dict.fromkeys(_slips(word)) if len(light_stem(one)) >= shortest]
    held = dict(zip(near, _holders(near, index), strict=True))
    best = max(near, key=lambda one: held[one], default=None)
    return best if best and held[best] else None


def _holders(words: list[str], index: LexicalIndex) -> list[int]:
    """How many passages hold the stem of each word."""
    return index.holders_of([term_key(Family.STEM, light_stem(word)) for word in words])


def _slips(word: str) -> Iterator[str]:
    """The words that one slip makes of a word."""
    for place in range(len(word)):
        before, after = word[:place], word[place + 1 :]
        yield before + after
        yield from (before + letter + after for letter in _LETTERS if letter != word[place])
    for place, (one, other) in enumerate(pairwise(word)):
        yield word[:place] + other + one + word[place + 2 :]
    for place in range(len(word) + 1):
        yield from (word[:place] + letter + word[place:] for letter in _LETTERS)
