"""Channels: the ways in which a question can find a passage, as weighted terms.

In its own language a question is compared by character n-grams, roots and stems. Across
languages it is compared by what the lexicon translates, by numbers, and by the consonants of
names. Each channel's score is divided by the best score that the question could have reached,
so it lies between 0 and 1 and says how much of the question a passage holds.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from rag.index.lexical import LexicalIndex, Scores, WeightedTerm
from rag.retrieval.question import Question, Word
from rag.text.lexicon import lexicon
from rag.text.names import skeletons
from rag.text.stems import light_stem, root
from rag.text.terms import Family, family_of, term_key, word_keys

FAMILY_WEIGHTS: Final = {Family.GRAM: 1.0, Family.ROOT: 0.4}
SYNONYM_WEIGHT: Final = 0.4
"""The channels of one language, from the measurements on Arabic, Persian and English sets. That of
synonyms holds every word's stem too."""

_TRANSLATED_ROOT: Final = 0.5
_NAME: Final = 0.7
_UNTRANSLATED: Final = 0.4
_REMEMBERED: Final = 64
"""Questions whose terms are kept: a search asks for them once for each language."""
_SHARED_SCRIPT: Final = 0.2
"""Persian and Arabic share much of their spelling: n-grams count a little across the two."""


def own_terms(words: Sequence[str]) -> Mapping[Family, Sequence[WeightedTerm]]:
    """The terms of a text in its own language, by channel; a repeated term weighs more."""
    return _own_terms(tuple(words))


@lru_cache(maxsize=_REMEMBERED)
def _own_terms(words: tuple[str, ...]) -> Mapping[Family, Sequence[WeightedTerm]]:
    counts = Counter(int(key) for word in words for key in word_keys(word))
    terms: dict[Family, list[WeightedTerm]] = {family: [] for family in FAMILY_WEIGHTS}
    families = family_of(np.fromiter(counts, dtype=np.uint64, count=len(counts)))
    for (key, count), family in zip(counts.items(), families, strict=True):
        if family in terms:
            terms[Family(family)].append(WeightedTerm(Family(family), ((key,),), float(count)))
    return terms


def own_language_scores(index: LexicalIndex, question: Question) -> Scores:
    """How much of a question each row holds (0 to 1), compared in one language."""
    terms = own_terms(question.folded)
    channels = [(weight, terms[family]) for family, weight in FAMILY_WEIGHTS.items()]
    return index.shares([*channels, (SYNONYM_WEIGHT, synonym_terms(question))])


def synonym_terms(question: Question) -> list[WeightedTerm]:
    """The words of a question with what the lexicon has for them in the same language."""
    words, terms, known = question.folded, [], set[int]()
    for match in lexicon(question.language).matches(words):
        phrases = match.translations(question.language)
        known.update(range(match.start, match.end))
        own = (words[match.start : match.end], *phrases)
        terms.append(_synonyms(Family.STEM, (map(light_stem, one) for one in own), 1.0))
    terms.extend(
        WeightedTerm(Family.STEM, ((term_key(Family.STEM, light_stem(word)),),))
        for place, word in enumerate(words)
        if place not in known
    )
    return terms


def crossing_terms(question: Question, language: str) -> list[WeightedTerm]:
    """The terms by which a question finds passages of another language."""
    words, terms, translated = question.folded, [], set[int]()
    for match in lexicon(question.language).matches(words):
        phrases = match.translations(language)
        if phrases:
            translated.update(range(match.start, match.end))
            terms.append(_synonyms(Family.STEM, (map(light_stem, one) for one in phrases), 1.0))
            terms.append(
                _synonyms(Family.ROOT, (map(root, one) for one in phrases), _TRANSLATED_ROOT)
            )
    for place, word in enumerate(question.words):
        terms.extend(_number_or_name(word, place in translated))
    if {question.language, language} == {"ar", "fa"}:
        terms.extend(
            WeightedTerm(Family.GRAM, term.alternatives, term.weight * _SHARED_SCRIPT)
            for term in own_terms(words)[Family.GRAM]
        )
    return terms


def _synonyms(family: Family, phrases: Iterable[Iterable[str]], weight: float) -> WeightedTerm:
    alternatives = dict.fromkeys(
        tuple(term_key(family, word) for word in phrase) for phrase in phrases
    )
    return WeightedTerm(family, tuple(alternatives), weight)


def _number_or_name(word: Word, is_translated: bool) -> Iterable[WeightedTerm]:
    if word.folded.isdigit():
        yield WeightedTerm(Family.STEM, ((term_key(Family.STEM, word.folded),),))
    elif word.is_name or not is_translated:
        weight = _NAME if word.is_name else _UNTRANSLATED
        for skeleton in skeletons(word.folded):
            yield WeightedTerm(Family.NAME, ((term_key(Family.NAME, skeleton),),), weight)


def crossing_scores(index: LexicalIndex, question: Question, language: str) -> Scores:
    """How much of a question each row holds (0 to 1) when it is read in another language."""
    return index.shares([(1.0, crossing_terms(question, language))])
