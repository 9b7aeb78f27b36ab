"""Alignment: the content words of a claim and their counterparts in what supports it.

A term of the claim is found as itself, by stem or root, by a sense that a word of the support
shares (translation, synonym, paraphrase), or by the sound of a name.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from rag.answers.inflection import forms
from rag.answers.naming import sounds_like_any
from rag.answers.pool import Pool, pool_of
from rag.answers.senses import Senses, concepts_of, every_sense_of, kindred, matches_of, senses_of, spelt
from rag.text.dates import MONTHS, WEEKDAYS
from rag.text.folding import folded_words
from rag.text.function_words import FUNCTION_WORDS
from rag.text.language import language_of
from rag.text.lexicon import Concept, lexicon
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
    """A text as alignment looks at it."""

    def __init__(self, text: str) -> None:
        self.words = folded_words(text)
        self._forms = [form for word in set(self.words) for form in forms(word)]
        self.stems = frozenset(map(light_stem, self._forms)) | frozenset(self._forms)

    @cached_property
    def senses(self) -> Senses:
        """What its words and phrases may stand for."""
        found = {sense for word in set(self.words) for sense in every_sense_of(word)}
        phrases = {
            concept
            for language in ("ar", "fa", "en")
            for match in lexicon(language).matches(self.words)
            if match.end - match.start > 1
            for concept in match.concepts
        }
        return frozenset(found | phrases | kindred(phrases, ()))

    @cached_property
    def roots(self) -> frozenset[str]:
        """The roots of its words."""
        found = {root(word) for word in self.words if is_arabic_script(word)}
        return frozenset(one for one in found if len(one) >= _SHORTEST_ROOT)

    @cached_property
    def pool(self) -> Pool:
        """Its words as names are looked for among them."""
        return pool_of(" ".join(self.words))

    def states(self, term: Term) -> bool:
        """Whether a term stands here as itself or as a translation, not as a paraphrase."""
        if term.concepts & self.senses:
            return True
        content = [word for word in term.words if is_content(word)] or list(term.words)
        return all(self.has_word(word, paraphrased=False) for word in content)

    def has(self, term: Term) -> bool:
        """Whether a term has a counterpart here."""
        senses = term.concepts | kindred(term.concepts, ())
        if senses & self.senses:
            return True
        content = [word for word in term.words if is_content(word)] or list(term.words)
        return all(map(self.has_word, content))

    def has_word(self, word: str, *, paraphrased: bool = True) -> bool:
        """Whether a folded word has a counterpart here, be it one that paraphrases put for it."""
        if any(form in self.stems or light_stem(form) in self.stems for form in forms(word)):
            return True
        if (senses_of(word) if paraphrased else concepts_of(word)) & self.senses:
            return True
        if not paraphrased:
            return False
        base = root(word)
        if is_arabic_script(word) and len(base) >= _SHORTEST_ROOT and base in self.roots:
            return True
        return not concepts_of(word) and self._sounds(word)

    def _sounds(self, word: str) -> bool:
        weighty = any(len(one) > _SHORTEST_SOUND for one in skeletons(word) if one[0] == "1")
        return weighty and sounds_like_any(word, self.pool)


@lru_cache(maxsize=1_024)
def features_of(text: str) -> Features:
    """The features of a text."""
    return Features(text)


def is_content(word: str) -> bool:
    """Whether a folded word carries content: no number, month or function word."""
    return not (
        word.isdigit()
        or len(word) < _SHORTEST_WORD
        or word in FUNCTION_WORDS
        or word in MONTHS
        or word in WEEKDAYS
    )


@lru_cache(maxsize=2_048)
def terms_of(text: str) -> tuple[Term, ...]:
    """The terms of a text, in order."""
    words = folded_words(text)
    spans = {
        match.start: match
        for match in lexicon(language_of(text)).matches(words)
        if match.end - match.start > 1
    }
    found, place = list[Term](), 0
    while place < len(words):
        if match := spans.get(place):
            concepts = frozenset(spelt(match, words))
            found.append(Term(tuple(words[place : match.end]), place, concepts))
            place = match.end
            continue
        if is_content(words[place]):
            word = words[place]
            found.append(Term((word,), place, frozenset(_concepts(word))))
        place += 1
    return tuple(found)


def _concepts(word: str) -> set[Concept]:
    return {sense for sense in senses_of(word) if isinstance(sense, Concept)}
