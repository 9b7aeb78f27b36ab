"""Coverage: how much of a question a text speaks to, word by word, whatever the languages.

A word of the question is found in a text as itself, as another form of its stem or root, as a
synonym or translation from the lexicon, as a name in another script, or with a typing error. Each
word counts by how rare it is in the collection, so that what is covered of "when did Bagheri
visit Turkey" shows whether Turkey is there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain
from math import log
from typing import Final

from rag.index.lexical import LexicalIndex, WeightedTerm
from rag.retrieval.question import Question
from rag.text.dates import month_names, numeric_months
from rag.text.folding import fold, words_of
from rag.text.language import LANGUAGES
from rag.text.lexicon import EVERYDAY, NAMES, PLACES, Match, Phrase, lexicon
from rag.text.names import may_write, skeletons
from rag.text.stems import is_arabic_script, light_stem, root
from rag.text.terms import Family, grams, term_key

_STEM: Final = 1.0
_TRANSLATION: Final = 1.0
_ROOT: Final = 0.8
_SYNONYM: Final = 0.8
_NAME: Final = 0.9
_LEAST_LIKENESS: Final = 0.5
"""Two words this alike (Dice, character n-grams) are taken for spellings of one."""
_LEAST_LIKENESS_OF_PLACES: Final = 0.6
_SHORTEST_ROOT: Final = 3
_SHORTEST_SKELETON: Final = 3
_JOINED: Final = frozenset("ولبفك")
_LONG: Final = 6
_REMEMBERED: Final = 1_024
"""Sentences whose features are kept: those that are found again and again."""
_ADJECTIVE: Final = ("ي", "يه", "يين", "يون", "ian", "ese", "ish")
_BACKGROUND: Final = 2000
"""How many passages of the language at large a collection is weighed against."""
_RATES: Final = {EVERYDAY: 0.05, None: 0.001, PLACES: 0.001, NAMES: 0.001}
_RATE_OF_FIELD: Final = 0.01
"""The share of passages at large that hold a word, by its field; of a topic's, the latter."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of stems, any of which may occur."""

    single: frozenset[str]
    longer: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, phrases: Iterable[Sequence[str]]) -> "Phrases":
        """The phrases, given as folded words."""
        stems = {tuple(light_stem(word) for word in phrase) for phrase in phrases}
        return cls(
            frozenset(phrase[0] for phrase in stems if len(phrase) == 1),
            tuple(sorted(phrase for phrase in stems if len(phrase) > 1)),
        )

    def occur_in(self, stems: frozenset[str]) -> bool:
        """Whether one of the phrases does, all its words that is, in whatever order."""
        return not self.single.isdisjoint(stems) or any(
            stems.issuperset(phrase) for phrase in self.longer
        )


@dataclass(frozen=True, slots=True, eq=False)
class Sought:
    """A word of a question with all the forms in which a text may hold it."""

    word: str
    stem: str
    weight: float
    """Its rarity in the collection."""
    is_name: bool
    """Whether its spelling marks it as a name."""
    is_place: bool
    """Whether the lexicon has it as a place, and not as what is of that place ("Iranian")."""
    synonyms: Phrases
    """Of the question's own language."""
    translations: Phrases


class Features:
    """A text as coverage looks at it: its folded words, each once."""

    def __init__(self, text: str) -> None:
        folded = fold(text)
        months = (month_names(month).values() for *_, month in numeric_months(folded))
        self.words = frozenset(words_of(folded)).union(*months)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its words, also without a preposition that may be joined to them."""
        return frozenset(chain.from_iterable(map(_stems, self.words)))


@lru_cache(maxsize=_REMEMBERED)
def features_of(text: str) -> Features:
    """The features of a text that is likely to be looked at for other questions too."""
    return Features(text)


def sought(question: Question, index: LexicalIndex) -> tuple[Sought, ...]:
    """The topic words of a question, weighed by the collection."""
    own = question.language
    others = [language for language in LANGUAGES if language != own]
    synonyms: dict[int, list[Phrase]] = {}
    translations: dict[int, list[Phrase]] = {}
    for found in lexicon(own).matches(question.folded):
        for place in range(found.start, found.end):
            is_one = is_place(question.words[place].folded, own)
            match = _as_place(found) if is_one else found
            synonyms[place] = list(match.translations(own))
            translations[place] = [one for other in others for one in match.translations(other)]
    forms = [
        _forms(word, translations.get(place, ())) for place, word in enumerate(question.folded)
    ]
    held = index.holders_of_terms(forms)
    return tuple(
        Sought(
            word.folded,
            light_stem(word.folded),
            _rarity(index, word.folded, own, holders),
            word.is_name,
            is_place(word.folded, own),
            Phrases.of(synonyms.get(place, ())),
            Phrases.of(translations.get(place, ())),
        )
        for place, (word, holders) in enumerate(zip(question.words, held, strict=True))
    )


def _forms(word: str, translations: Sequence[Phrase]) -> WeightedTerm:
    """A folded word and its translations, as a term of the index."""
    forms = dict.fromkeys(
        tuple(term_key(Family.STEM, light_stem(one)) for one in phrase)
        for phrase in ((word,), *translations)
    )
    return WeightedTerm(Family.STEM, tuple(forms))


def _as_place(match: Match) -> Match:
    """A match without what else its words may mean: "Turkey" is no form of "to leave"."""
    concepts = tuple(one for one in match.concepts if one.field in (NAMES, PLACES))
    return replace(match, concepts=concepts) if concepts else match


@lru_cache(maxsize=4_096)
def is_place(word: str, language: str) -> bool:
    """Whether a folded word names a place, be it with a preposition joined to it."""
    bare = word[1:] if word[:1] in _JOINED and len(word) > _SHORTEST_ROOT else word
    fields = (NAMES,) if word.endswith(_ADJECTIVE) else (NAMES, PLACES)
    return any(
        concept.field in fields and (form,) in concept.phrases[language]
        for form in {word, bare}
        for match in lexicon(language).matches([form])
        for concept in match.concepts
    )


def _rarity(index: LexicalIndex, word: str, language: str, holders: int) -> float:
    """The weight of a word that so many passages hold in some form.

    It is the idf, as if the collection stood in one of the language at large. A small
    collection cannot tell that "large" is a common word and "Bagheri" is not, however often it
    holds either; the lexicon's fields can. In a large one the background hardly counts.
    """
    field = lexicon(language).field(word)
    expected = _BACKGROUND * _RATES.get(field, _RATE_OF_FIELD) + holders
    return log(1 + (_BACKGROUND + index.size - expected + 0.5) / (expected + 0.5))


class Matcher:
    """Finds the words of one question in texts. What a text's word is like is found out once."""

    def __init__(self, words: tuple[Sought, ...], *, strict: bool = False) -> None:
        """`strict` is not content with another word of its root: a university is no group."""
        self._words = words
        self._by_stem: dict[str, list[tuple[int, float]]] = {}
        self._by_root: dict[str, list[tuple[int, float]]] = {}
        self._by_skeleton: dict[str, list[tuple[int, float]]] = {}
        self._phrases: list[tuple[int, tuple[tuple[str, ...], ...], float]] = []
        self._spelt: list[tuple[int, frozenset[str], float]] = []
        for place, one in enumerate(words):
            self._learn(place, one, strict=strict)
        self._grams = frozenset[str]().union(*(grams for _, grams, _ in self._spelt))
        self._fewest_grams = min((len(grams) for _, grams, _ in self._spelt), default=0)
        self._stems_of_phrases = frozenset(
            stem for _, phrases, _ in self._phrases for phrase in phrases for stem in phrase
        )
        # Of the words of texts that were met: most stand for nothing.
        self._met: set[str] = set()
        self._telling: dict[str, tuple[tuple[int, float], ...]] = {}
        self._parts: dict[str, frozenset[str]] = {}
        self._of_tokens: dict[str, tuple[float, ...]] = {}

    def _learn(self, place: int, one: Sought, *, strict: bool) -> None:
        """Notes all that a text may hold for a word."""
        self._learn_phrases(place, Phrases(frozenset((one.stem,)), ()), _STEM)
        self._learn_phrases(place, one.translations, _TRANSLATION)
        if one.word.isdigit():
            return
        self._learn_phrases(place, one.synonyms, _SYNONYM)
        least = _LEAST_LIKENESS_OF_PLACES if one.is_place else _LEAST_LIKENESS
        self._spelt.append((place, _gram_set(one.stem), least))
        if one.is_place:
            return  # "Turkey" is no form of "partner", though they share a root.
        if not is_arabic_script(one.word):
            for skeleton in skeletons(one.word):
                if len(skeleton) >= _SHORTEST_SKELETON:
                    self._by_skeleton.setdefault(skeleton, []).append((place, _NAME))
        elif not strict and len(root(one.word)) >= _SHORTEST_ROOT:
            self._by_root.setdefault(root(one.word), []).append((place, _ROOT))

    def _learn_phrases(self, place: int, phrases: Phrases, worth: float) -> None:
        for stem in phrases.single:
            self._by_stem.setdefault(stem, []).append((place, worth))
        if phrases.longer:
            self._phrases.append((place, phrases.longer, worth))

    def strengths(self, text: Features) -> tuple[float, ...]:
        """How surely `text` holds each word of the question: 0 to 1."""
        if new := text.words - self._met:
            self._meet(new)
        found = [0.0] * len(self._words)
        for word in self._telling.keys() & text.words:
            for place, strength in self._telling[word]:
                found[place] = max(found[place], strength)
        if self._phrases and (telling := self._parts.keys() & text.words):
            stems = frozenset[str]().union(*map(self._parts.__getitem__, telling))
            for place, phrases, strength in self._phrases:
                if strength > found[place] and any(map(stems.issuperset, phrases)):
                    found[place] = strength
        return tuple(found)

    def strengths_of_token(self, token: str) -> tuple[float, ...]:
        """As `strengths` of a text of a word or two, which is likely to come again."""
        found = self._of_tokens.get(token)
        if found is None:
            found = self._of_tokens[token] = self.strengths(Features(token))
        return found

    def _meet(self, words: Iterable[str]) -> None:
        """Notes what words of a text stand for."""
        by_stem, by_root, by_skeleton = self._by_stem, self._by_root, self._by_skeleton
        self._met.update(words)
        for word in words:
            told: list[tuple[int, float]] = []
            stems = _stems(word)
            for stem in stems:
                if stem in by_stem:
                    told += by_stem[stem]
                if stem in self._stems_of_phrases:
                    self._parts[word] = self._stems_of_phrases.intersection(stems)
            if by_root and (base := root(word)) in by_root:
                told += by_root[base]
            if by_skeleton:
                told += [
                    one
                    for skeleton in skeletons(word)
                    for one in by_skeleton.get(skeleton, ())
                    if may_write(self._words[one[0]].word, word)
                ]
            if self._spelt:
                told += self._alike(stems[0])
            if told:
                self._telling[word] = tuple(told)

    def _alike(self, stem: str) -> Sequence[tuple[int, float]]:
        """The places of the question's words that a text's word is like, and how like (Dice).

        Stems are compared, since an article would make any two words alike.
        """
        grams = _gram_set(stem)
        shared = len(grams & self._grams)
        if 2 * shared < _LEAST_LIKENESS * (len(grams) + self._fewest_grams):
            return ()
        likenesses = (
            (place, 2 * len(mine & grams) / (len(mine) + len(grams)), least)
            for place, mine, least in self._spelt
        )
        return [(place, likeness) for place, likeness, least in likenesses if likeness >= least]


@lru_cache(maxsize=20_000)
def _stems(word: str) -> tuple[str, ...]:
    """The stem of a folded word, and what it is without a preposition that may be joined to it."""
    if word[0] in _JOINED and len(word) >= _LONG:
        return light_stem(word), light_stem(word[1:])
    return (light_stem(word),)


@lru_cache(maxsize=4_096)
def _gram_set(stem: str) -> frozenset[str]:
    return frozenset(grams(stem))


@lru_cache(maxsize=256)
def matcher_of(words: tuple[Sought, ...], *, strict: bool = False) -> Matcher:
    """The matcher of a question's words, kept for the next text."""
    return Matcher(words, strict=strict)


def strengths(words: Sequence[Sought], text: Features) -> tuple[float, ...]:
    """How surely `text` holds each word of the question."""
    return matcher_of(tuple(words)).strengths(text)


def strength(one: Sought, text: Features, *, strict: bool = False) -> float:
    """How surely `text` holds a word of the question: 0 to 1."""
    return matcher_of((one,), strict=strict).strengths(text)[0]


def strength_in_token(one: Sought, token: str) -> float:
    """As `strength`, of a text of a word or two, which is likely to come again."""
    return matcher_of((one,)).strengths_of_token(token)[0]


def share(words: Sequence[Sought], found: Sequence[float]) -> float:
    """The share of the question's weight that was found with these strengths: 0 to 1."""
    total = sum(word.weight for word in words)
    return sum(word.weight * one for word, one in zip(words, found, strict=True)) / (total or 1.0)


def coverage(words: Sequence[Sought], text: Features) -> float:
    """The share of the question's weight that `text` speaks to: 0 to 1."""
    return share(words, strengths(words, text))
