"""Spelling: a word that the collection lacks is read as one that it has and that is one slip away.

The index keeps hashes of words and no list of them, so the slips are made here and looked up: a
letter left out, put in, exchanged, or two that changed places (Damerau, 1964: four in five typing
errors are one of these).
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from math import log
from typing import Final

import numpy as np

from rag.index.lexical import LexicalIndex, best_rows
from rag.retrieval.channels import own_language_scores
from rag.retrieval.question import Question
from rag.text.lexicon import lexicon
from rag.text.stems import is_arabic_script, light_stem
from rag.text.terms import Family, passing_key, term_key

_LETTERS: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگ"
_SHORTEST: Final = 5
"""A shorter word is one slip away from too many others."""
_LONGEST: Final = 24
"""Nobody mistypes one letter of a longer word; trying each would take seconds."""
_SHORTEST_STEM: Final = 3
_ARTICLE: Final = "ال"
_CANDIDATES: Final = 20
_CONTEXT: Final = 30
"""Passages that the rest of a question is looked up in."""


def corrected(question: Question, index: LexicalIndex) -> Question:
    """The question with the words that it may have meant; one in the Latin script stays as it is.

    Of several words that are a slip away, the one is taken that stands out among the passages
    that the rest of the question finds; else the one that most passages hold.
    """
    words = list(question.words)
    for place, word in enumerate(words):
        near = _near(word.folded, question.language, index)
        if near:
            rest = replace(question, words=(*words[:place], *words[place + 1 :]))
            words[place] = replace(word, folded=_meant(near, rest, index))
    return replace(question, words=tuple(words))


def _near(word: str, language: str, index: LexicalIndex) -> dict[str, int]:
    """The known words that are a slip away, and how many passages hold them.

    None where the word itself is known.
    """
    is_of_a_length = _SHORTEST <= len(word) <= _LONGEST
    if not is_of_a_length or not is_arabic_script(word) or word.isdigit():
        return {}
    if lexicon(language).listing(word) or _holders([word], index)[0]:
        return {}
    # Hundreds of words that nobody has written: neither their stems nor their keys are remembered.
    stems = {one: light_stem.__wrapped__(one) for one in _slips(word)}
    near = {one: stem for one, stem in stems.items() if _is_as_long(one, stem, word)}
    held = index.holders_of([passing_key(Family.STEM, stem) for stem in near.values()])
    return {one: holders for one, holders in zip(near, held, strict=True) if holders}


def _is_as_long(other: str, stem: str, word: str) -> bool:
    """Whether no more than a letter of a word's stem is gone in another's, but for an article."""
    article = 0 if word.startswith(_ARTICLE) or not other.startswith(_ARTICLE) else len(_ARTICLE)
    return len(stem) >= max(_SHORTEST_STEM, len(light_stem(word)) - 1 - article)


def _meant(near: dict[str, int], rest: Question, index: LexicalIndex) -> str:
    """Which of the near words is meant beside the rest of a question.

    The one whose share of the scores that the rest finds surprises most, against its share of all
    passages (its part of their Kullback-Leibler divergence, 1951).
    """
    frequent = sorted(near, key=lambda one: -near[one])[:_CANDIDATES]
    if not rest.words or len(frequent) == 1:
        return frequent[0]
    scores = own_language_scores(index, rest)
    first = best_rows(scores, _CONTEXT)
    context = np.zeros_like(scores)
    context[first] = scores[first]
    held = index.held_of([_stem_key(one) for one in frequent], context)
    shares = (one / (float(context.sum()) or 1.0) for one in held)
    surprise = {
        one: share * log(share * index.size / near[one]) if share else 0.0
        for one, share in zip(frequent, shares, strict=True)
    }
    return max(frequent, key=lambda one: (surprise[one], near[one]))


def _stem_key(word: str) -> int:
    return term_key(Family.STEM, light_stem(word))


def _holders(words: list[str], index: LexicalIndex) -> list[int]:
    """How many passages hold the stem of each word."""
    return index.holders_of(list(map(_stem_key, words)))


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
