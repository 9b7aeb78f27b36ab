"""Synthetic reports: as many as wanted, in the manner of given documents, always the same.

A report has a headline and passages of recombined sentences: those of the documents keep their
function words, and most of their other words give way to words of a vocabulary that follows
Zipf's law. So the vocabulary grows with the collection (Heaps' law), the documents' own words
occur among the others at the rate of rare words, and no report repeats what a document states.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np

from rag.text.folding import word_spans
from rag.text.function_words import is_function_word
from rag.text.sentences import sentences
from rag.text.stems import is_arabic_script

PASSAGES: Final = 8
"""Of a report."""

_SEED: Final = 20211017
_KEPT: Final = 0.05
"""The share of a sentence's topic words that are kept."""
_SHORTEST_PASSAGE: Final = 905
"""Characters: a paragraph of this length is a passage of its own."""
_LONGEST_SENTENCE: Final = 24
_SHORTEST_INVENTED: Final = 4
_LONGEST_INVENTED: Final = 12
_HEADLINE: Final = 7
# Zipf-Mandelbrot: a word of rank r occurs in proportion to (r + _OFFSET) ** -_EXPONENT.
_EXPONENT: Final = 1.35
_OFFSET: Final = 60
_RANKS: Final = 20_000_000
_FIRST_OWN: Final = 500
_OWN_EVERY: Final = 20
"""The documents' own topic words have every so-manieth rank, from `_FIRST_OWN` on."""


class Recombination:
    """Makes synthetic reports of the texts that it is given."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._frames = [
            frame
            for text in texts
            for span in sentences(text)
            if len(frame := _frame(span.of(text))) > 2
        ]
        self._vocabulary = _Vocabulary(self._frames)

    def report(self, number: int) -> str:
        """The text of report `number`, of `PASSAGES` passages; the same for the same number."""
        chance = np.random.default_rng((_SEED, number % 2**32))
        words = self._vocabulary.draw(chance)
        headline = " ".join(next(words) for _ in range(_HEADLINE))
        return "\n".join([headline, *(self._passage(chance, words) for _ in range(PASSAGES))])

    def _passage(self, chance: np.random.Generator, words: Iterator[str]) -> str:
        passage = ""
        while len(passage) < _SHORTEST_PASSAGE:
            frame = self._frames[int(chance.integers(len(self._frames)))]
            start = int(chance.integers(max(1, len(frame) - _LONGEST_SENTENCE)))
            part = frame[start : start + _LONGEST_SENTENCE]
            kept = chance.random(len(part)) < _KEPT
            sentence = (
                word if function or keep else next(words)
                for (word, function), keep in zip(part, kept, strict=True)
            )
            passage += " ".join(sentence) + ". "
        return passage.rstrip()


def _frame(sentence: str) -> list[tuple[str, bool]]:
    """The words of a sentence as written, each with whether it is a function word."""
    return [
        (sentence[start:end], is_function_word(word)) for word, start, end in word_spans(sentence)
    ]


class _Vocabulary:
    """Words by rank: the documents' topic words here and there among invented ones."""

    def __init__(self, frames: Sequence[Sequence[tuple[str, bool]]]) -> None:
        counts = Counter(word for frame in frames for word, function in frame if not function)
        self._own = sorted(counts)
        random.Random(_SEED).shuffle(self._own)
        self._following: dict[str, list[str]] = defaultdict(list)
        arabic = sum(map(is_arabic_script, self._own)) * 2 > len(self._own)
        for word in self._own:
            if is_arabic_script(word) != arabic or any(map(str.isdigit, word)):
                continue
            padded = f"  {word} "
            for (a, b), c in zip(pairwise(padded), padded[2:], strict=False):
                self._following[a + b].append(c)
        self._invented = lru_cache(maxsize=None)(self._invent)

    def draw(self, chance: np.random.Generator) -> Iterator[str]:
        """Words, one after the other, without end."""
        while True:
            spread = chance.random(1024) ** (-1 / (_EXPONENT - 1))
            for rank in np.minimum((1 + _OFFSET) * spread - _OFFSET, _RANKS):
                yield self._word(int(rank))

    def _word(self, rank: int) -> str:
        place, between = divmod(rank - _FIRST_OWN, _OWN_EVERY)
        if between == 0 and 0 <= place < len(self._own):
            return self._own[place]
        return self._invented(rank)

    def _invent(self, rank: int) -> str:
        """A word whose letters follow each other as in the documents' words."""
        chance = random.Random(rank)
        word = ""
        while not _SHORTEST_INVENTED <= len(word) <= _LONGEST_INVENTED:
            padded = "  "
            while not padded.endswith(" ", 2):
                padded += chance.choice(self._following[padded[-2:]])
            word = padded.strip()
        return word
