"""Alignment: the content words of a claim and their counterparts in what supports it.

A term of the claim is found as itself, by stem or root, by a sense that a word of the support
shares (translation, synonym, paraphrase), or by the sound of a name.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

from rag.answers.inflection import forms
from rag.answers.naming import sounds_like_any
from rag.answers.places import CAPITALISED
from rag.answers.pool import Pool, pool_of_all, without_prefixes
from rag.answers.senses import (
    Sense,
    Senses,
    close_senses_of,
    concepts_of,
    every_sense_of,
    kindred,
    senses_of,
    spelt,
)
from rag.answers.texts import matches_in, tongue_of, words_in
from rag.answers.transliteration import same_names
from rag.text.dates import MONTHS, WEEKDAYS
from rag.text.folding import folded_words
from rag.text.function_words import FUNCTION_WORDS, is_function_word
from rag.text.language import LANGUAGES
from rag.text.lexicon import Concept
from rag.text.names import skeletons
from rag.text.stems import is_arabic_script, light_stem, root

_SHORTEST_ROOT: Final = 3
_SHORTEST_WORD: Final = 3
_SHORTEST_SOUND: Final = 3


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a claim, or several that the lexicon has as one."""

    words: tuple[str, ...]
    start: int
    """The place of its first word among the claim's."""
    concepts: frozenset[Concept]

    @property
    def end(self) -> int:
        """The place after its last word."""
        return self.start + len(self.words)


class Features:
    """What alignment looks at of one text or several."""

    def __init__(self, *texts: str) -> None:
        self._texts = texts
        self._parts = [_part(text) for text in texts]
        self.stems = frozenset[str]().union(*(part.stems for part in self._parts))
        self.words = [word for part in self._parts for word in part.words]

    @cached_property
    def senses(self) -> Senses:
        """What the words and phrases may stand for."""
        return frozenset[Sense]().union(*(part.senses for part in self._parts))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms, text by text."""
        return tuple(term for text in self._texts for term in terms_of(text))

    @cached_property
    def distinct(self) -> frozenset[str]:
        """The words, each once."""
        return frozenset(self.words)

    @cached_property
    def roots(self) -> frozenset[str]:
        """The roots of the words."""
        return frozenset[str]().union(*(part.roots for part in self._parts))

    @cached_property
    def pool(self) -> Pool:
        """The words as names are looked for among them."""
        return pool_of_all(self._texts)

    def states(self, term: Term) -> bool:
        """Whether a term stands here as itself or as a translation, not as a paraphrase."""
        if term.concepts & self.senses:
            return True
        content = [word for word in term.words if is_content(word)] or list(term.words)
        return all(self.has_word(word, paraphrased=False) for word in content)

    def has_phrase(self, term: Term) -> bool:
        """Whether the words of a term stand here side by side, or what stands for them."""
        stems = tuple(map(light_stem, term.words))
        return bool(term.concepts & self.senses) or self.pool.pairs.issuperset(pairwise(stems))

    def has_name(self, term: Term) -> bool:
        """Whether a term writes, in another script, names that capitals show here."""
        return bool(self.names) and all(
            is_arabic_script(word) and same_names(word, self.names) for word in term.words
        )

    def is_related_only(self, term: Term) -> bool:
        """Whether a single word has no more here than another word of its root."""
        return (
            len(term.words) == 1
            and not (term.concepts | kindred(term.concepts, ())) & self.senses
            and not self.has_word(term.words[0], by_root=False)
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """The folded words with a capital."""
        found = (match for text in self._texts for match in CAPITALISED.finditer(text))
        return frozenset(word for match in found for word in folded_words(match.group()))

    def has(self, term: Term) -> bool:
        """Whether a term has a counterpart here."""
        senses = term.concepts | kindred(term.concepts, ())
        if senses & self.senses:
            return True
        content = [word for word in term.words if is_content(word)] or list(term.words)
        return all(map(self.has_word, content))

    def has_word(self, word: str, *, paraphrased: bool = True, by_root: bool = True) -> bool:
        """Whether a folded word has a counterpart here, be it one that paraphrases put for it."""
        if any(form in self.stems or light_stem(form) in self.stems for form in forms(word)):
            return True
        if (close_senses_of(word) if paraphrased else concepts_of(word)) & self.senses:
            return True
        if not paraphrased:
            return False
        base = root(word) if is_arabic_script(word) else ""
        if by_root and len(base) >= _SHORTEST_ROOT and base in self.roots:
            return True
        return not concepts_of(word) and self._sounds(word)

    def _sounds(self, word: str) -> bool:
        weighty = any(len(one) > _SHORTEST_SOUND for one in skeletons(word) if one[0] == "1")
        return weighty and sounds_like_any(word, self.pool)


class _Part:
    """One text, of which every claim that leans on it makes use."""

    def __init__(self, text: str) -> None:
        self.text, self.words = text, words_in(text)
        every = [form for word in set(self.words) for form in forms(word)]
        self.stems = frozenset(map(light_stem, every)) | frozenset(every)

    @cached_property
    def senses(self) -> Senses:
        told = {word for word in self.words if not is_function_word(word) and not word.isdigit()}
        found = {sense for word in told for sense in every_sense_of(word)}
        phrases = {
            concept
            for language in LANGUAGES
            for match in matches_in(self.text, language)
            if match.end - match.start > 1
            for concept in match.concepts
        }
        return frozenset(found | phrases | kindred(phrases, ()))

    @cached_property
    def roots(self) -> frozenset[str]:
        found = {root(word) for word in self.words if is_arabic_script(word)}
        return frozenset(one for one in found if len(one) >= _SHORTEST_ROOT)


@lru_cache(maxsize=512)
def _part(text: str) -> _Part:
    return _Part(text)


@lru_cache(maxsize=512)
def features_of(*texts: str) -> Features:
    """The features of a text, or of several together."""
    return Features(*texts)


def is_content(word: str) -> bool:
    """Whether a folded word carries content: no number, month or function word."""
    return not (
        word.isdigit()
        or len(word) < _SHORTEST_WORD
        or word in FUNCTION_WORDS
        or word in MONTHS
        or word in WEEKDAYS
    )


@lru_cache(maxsize=256)
def terms_of(text: str) -> tuple[Term, ...]:
    """The terms of a text, in order."""
    words, language = words_in(text), tongue_of(text)
    spans = {
        match.start: match for match in matches_in(text, language) if match.end - match.start > 1
    }
    found, place = list[Term](), 0
    while place < len(words):
        if match := spans.get(place):
            concepts = frozenset(spelt(match, words))
            found.append(Term(words[place : match.end], place, concepts))
            place = match.end
            continue
        if is_content(words[place]):
            word = words[place]
            found.append(Term((word,), place, _concepts(word, language)))
        place += 1
    return tuple(found)


def _concepts(word: str, language: str) -> frozenset[Concept]:
    """What a word stands for: in its own language, where that has its very form."""
    found = frozenset(sense for sense in senses_of(word) if isinstance(sense, Concept))
    forms_of = {(word,), *((form,) for form in without_prefixes(word))}
    own = frozenset(one for one in found if not forms_of.isdisjoint(one.phrases[language]))
    return own or found
