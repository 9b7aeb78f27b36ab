"""Coverage: how much of a question a text speaks to, word by word, whatever the languages.

A word of the question is found in a text as itself, as another form of its stem or root, as a
synonym or translation from the lexicon, as a name in another script, or with a typing error. Each
word counts by how rare it is in the collection, so that what is covered of "when did Bagheri
visit Turkey" shows whether Turkey is there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log
from typing import Final

from rag.index.lexical import LexicalIndex, WeightedTerm
from rag.retrieval.question import Question
from rag.text.folding import folded_words
from rag.text.lexicon import EVERYDAY, NAMES, PLACES, lexicon
from rag.text.names import skeletons
from rag.text.stems import is_arabic_script, light_stem, root
from rag.text.terms import Family, grams, term_key

_STEM: Final = 1.0
_TRANSLATION: Final = 1.0
_ROOT: Final = 0.8
_SYNONYM: Final = 0.8
_NAME: Final = 0.9
_LEAST_LIKENESS: Final = 0.5
"""Two words this alike (Dice, character n-grams) are taken for spellings of one."""
_SHORTEST_ROOT: Final = 3
_BACKGROUND: Final = 2000
"""How many passages of the language at large a collection is weighed against."""
_RATES: Final = {EVERYDAY: 0.05, None: 0.001, PLACES: 0.001, NAMES: 0.001}
_RATE_OF_FIELD: Final = 0.01
"""The share of passages at large that hold a word: of no topic, of no field or a name, of a field."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A word of a question with all the forms in which a text may hold it."""

    word: str
    weight: float
    """Its rarity in the collection."""
    is_name: bool
    synonyms: tuple[tuple[str, ...], ...]
    """Phrases of stems of the question's own language."""
    translations: tuple[tuple[str, ...], ...]
    """Phrases of stems of other languages."""


class Features:
    """A text as coverage looks at it."""

    def __init__(self, text: str) -> None:
        self._words = folded_words(text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The light stems of its words."""
        return frozenset(light_stem(word) for word in self._words)

    @cached_property
    def roots(self) -> frozenset[str]:
        """The roots of its words."""
        return frozenset(root(word) for word in self._words)

    @cached_property
    def names(self) -> frozenset[str]:
        """The name skeletons of its words."""
        return frozenset(skeleton for word in self._words for skeleton in skeletons(word))

    @cached_property
    def grams(self) -> tuple[frozenset[str], ...]:
        """The character n-grams of each stem."""
        return tuple(stem_grams(stem) for stem in self.stems)

    def holds_phrase(self, phrase: Iterable[str]) -> bool:
        """Whether every stem of the phrase occurs."""
        return all(stem in self.stems for stem in phrase)


def sought(question: Question, index: LexicalIndex) -> tuple[Sought, ...]:
    """The topic words of a question, weighed by the collection."""
    words = question.folded
    synonyms: dict[int, tuple[tuple[str, ...], ...]] = {}
    translations: dict[int, tuple[tuple[str, ...], ...]] = {}
    for match in lexicon(question.language).matches(words):
        for place in range(match.start, match.end):
            synonyms[place] = _stemmed(match.translations(question.language))
            translations[place] = tuple(
                phrase
                for language in ("ar", "fa", "en")
                if language != question.language
                for phrase in _stemmed(match.translations(language))
            )
    return tuple(
        Sought(
            word.folded,
            _rarity(index, word.folded, question.language, translations.get(place, ())),
            word.is_name,
            synonyms.get(place, ()),
            translations.get(place, ()),
        )
        for place, word in enumerate(question.words)
    )


def _stemmed(phrases: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(tuple(light_stem(word) for word in phrase) for phrase in phrases))


def _rarity(
    index: LexicalIndex, word: str, language: str, translations: tuple[tuple[str, ...], ...]
) -> float:
    """The weight of a word: its idf, as if the collection stood in one of the language at large.

    A small collection cannot tell that "large" is a common word and "Bagheri" is not, however
    often it holds either; the lexicon's fields can. In a large one the background hardly counts.
    """
    forms = ((light_stem(word),), *translations)
    keys = tuple(tuple(term_key(Family.STEM, stem) for stem in form) for form in forms)
    holders = index.holders(WeightedTerm(Family.STEM, keys))
    field = lexicon(language).field(word)
    expected = _BACKGROUND * _RATES.get(field, _RATE_OF_FIELD) + holders
    return log(1 + (_BACKGROUND + index.size - expected + 0.5) / (expected + 0.5))


def strength(one: Sought, text: Features) -> float:
    """How surely `text` holds a word of the question: 0 to 1."""
    stem = light_stem(one.word)
    if stem in text.stems:
        return _STEM
    if any(text.holds_phrase(phrase) for phrase in one.translations):
        return _TRANSLATION
    if one.word.isdigit():
        return 0.0
    found = 0.0
    if any(text.holds_phrase(phrase) for phrase in one.synonyms):
        found = _SYNONYM
    if is_arabic_script(one.word):
        base = root(one.word)
        if len(base) >= _SHORTEST_ROOT and base in text.roots:
            found = max(found, _ROOT)
    elif any(len(skeleton) >= 3 and skeleton in text.names for skeleton in skeletons(one.word)):
        found = max(found, _NAME)
    return max(found, _likeness(one.word, text))


@lru_cache(maxsize=50_000)
def stem_grams(stem: str) -> frozenset[str]:
    """The character n-grams of a stem; an article would make any two words alike."""
    return frozenset(grams(stem))


def _likeness(word: str, text: Features) -> float:
    mine = stem_grams(light_stem(word))
    best = max((2 * len(mine & other) / (len(mine) + len(other)) for other in text.grams), default=0)
    return best if best >= _LEAST_LIKENESS else 0.0


def coverage(words: Sequence[Sought], text: Features) -> float:
    """The share of the question's weight that `text` speaks to: 0 to 1."""
    total = sum(word.weight for word in words)
    if total == 0:
        return 0.0
    return sum(word.weight * strength(word, text) for word in words) / total
