"""Senses: what a word may stand for, so that two words of any two languages can be compared.

A sense is a concept of the lexicon, or a group of words that paraphrases put one for another
(`data/kindred.txt`). Words of the data files that the lexicon lacks are known by their stems.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TypeAlias

from rag.answers.data import lines_of
from rag.answers.inflection import forms
from rag.answers.pool import without_prefixes
from rag.text.folding import folded_words
from rag.text.lexicon import Concept, Match, Phrase, lexicon
from rag.text.stems import is_arabic_script, light_stem

Sense: TypeAlias = Concept | str
Senses: TypeAlias = frozenset[Sense]


class WordList:
    """Words and phrases of the three languages, looked up by concept, stem or phrase."""

    def __init__(self, entries: str) -> None:
        self.concepts: set[Concept] = set()
        self.words: set[str] = set()
        self.stems: set[str] = set()
        self.phrases: set[tuple[str, ...]] = set()
        for entry in entries.split(","):
            words = folded_words(entry)
            if len(words) == 1:
                self.words.add(words[0])
                self.stems.add(light_stem(words[0]))
            elif words:
                self.phrases.add(tuple(words))
            for match in matches_of(words):
                if match.end - match.start == len(words):
                    self.concepts |= exactly(match, words)

    def names(self, concept: Concept) -> bool:
        """Whether the concept's first phrase, not some other, is of this list."""
        first = concept.phrases["en"][0]
        return first in self.phrases or (len(first) == 1 and first[0] in self.words)


def matches_of(words: Sequence[str]) -> list[Match]:
    """What the lexicon has in folded words of one script."""
    if not words:
        return []
    languages = ("ar", "fa") if is_arabic_script(words[0]) else ("en",)
    return [match for language in languages for match in lexicon(language).matches(words)]


@lru_cache(maxsize=4_096)
def _listed(word: str) -> tuple[tuple[Concept, ...], tuple[Concept, ...]]:
    """What the lexicon has under one folded word, and of that what has the word as it stands."""
    languages = ("ar", "fa") if is_arabic_script(word) else ("en",)
    found = tuple(one for language in languages for one in lexicon(language).concepts(word))
    if not found:
        return (), ()
    spelt = {(word,), (word.removeprefix("ال"),)}
    return found, tuple(one for one in found if not _phrases_of(one).isdisjoint(spelt))


def listed(word: str) -> tuple[Concept, ...]:
    """The concepts that the lexicon has under one folded word, in any language of its script."""
    return _listed(word)[0]


def listed_exactly(word: str) -> tuple[Concept, ...]:
    """Of the concepts of one folded word those that have it as it stands, but for the article."""
    return _listed(word)[1]


def exactly(match: Match, words: Sequence[str]) -> set[Concept]:
    """The concepts of a match that have its words as they stand, but for the article."""
    phrase = tuple(words[match.start : match.end])
    bare = (phrase[0].removeprefix("ال"), *phrase[1:])
    return {
        concept for concept in match.concepts if not _phrases_of(concept).isdisjoint((phrase, bare))
    }


@cache
def _phrases_of(concept: Concept) -> frozenset[Phrase]:
    """The phrases of a concept in every language."""
    return frozenset(phrase for variants in concept.phrases.values() for phrase in variants)


def spelt(match: Match, words: Sequence[str]) -> set[Concept]:
    """The concepts of a match that have its words as they stand; all where none has."""
    return exactly(match, words) or set(match.concepts)


@lru_cache(maxsize=1)
def _groups() -> tuple[dict[Concept, set[str]], dict[str, set[str]]]:
    """The kindred groups of each concept and of each stem."""
    of_concept: dict[Concept, set[str]] = {}
    of_stem: dict[str, set[str]] = {}
    for number, line in enumerate(lines_of("kindred")):
        words = WordList(line)
        for concept in words.concepts:
            of_concept.setdefault(concept, set()).add(f"kindred {number}")
        for stem in words.stems:
            of_stem.setdefault(stem, set()).add(f"kindred {number}")
    return of_concept, of_stem


def kindred(concepts: Iterable[Concept], stems: Iterable[str]) -> set[Sense]:
    """The groups that any of the concepts or stems belongs to."""
    of_concept, of_stem = _groups()
    found: set[Sense] = set()
    for concept in concepts:
        found |= of_concept.get(concept, set())
    for stem in stems:
        found |= of_stem.get(stem, set())
    return found


@lru_cache(maxsize=4_096)
def _spelt(word: str) -> frozenset[Concept]:
    """As `spelt`, of one word: in each language the concepts that have it, else all."""
    languages = ("ar", "fa") if is_arabic_script(word) else ("en",)
    exact = frozenset(listed_exactly(word))
    found = set[Concept]()
    for language in languages:
        own = lexicon(language).concepts(word)
        found.update(exact.intersection(own) or own)
    return frozenset(found)


@lru_cache(maxsize=4_096)
def concepts_of(word: str) -> frozenset[Concept]:
    """What the lexicon has a folded word for, by the first of its forms that it knows."""
    for form in forms(word):
        if found := _spelt(form):
            return found
    return frozenset()


@lru_cache(maxsize=4_096)
def senses_of(word: str) -> Senses:
    """The senses of a folded word."""
    concepts = concepts_of(word)
    return frozenset(concepts | kindred(concepts, map(light_stem, forms(word))))


@lru_cache(maxsize=4_096)
def every_sense_of(word: str) -> Senses:
    """The senses that a folded word may have by any of its forms."""
    bare = {word, *without_prefixes(word)}
    found = set[Concept]()
    for form in forms(word):
        # What is left of a word without its ending may be another word: only its very form counts.
        found.update(listed(form) if form in bare else listed_exactly(form))
    return frozenset(found | kindred(found, map(light_stem, bare)))


@lru_cache(maxsize=4_096)
def close_senses_of(word: str) -> Senses:
    """The senses of a folded word by the first of its forms that the lexicon has, near ones too."""
    for form in forms(word):
        if found := listed(form):
            return frozenset((*found, *kindred(found, ()))) | senses_of(word)
    return senses_of(word)
