"""Decisive words: those of a question that its answer cannot leave unsaid.

"Who is the president of the university?" is not answered where no university is told of. The
lexicon knows such words as those of a field (law, medicine, sport, places …) and every form they
may take; where none of these is to be found, the thing itself is missing. Everyday words ("take",
"important") and deeds ("recommend") are not decisive: what they say can be said in any other way;
nor are capitals, which are said for their countries and these for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from rag.retrieval.coverage import Features, Phrases, Sought, strength
from rag.retrieval.places import capitals_of
from rag.retrieval.question import Question
from rag.text.capitals import countries_by_capital
from rag.text.folding import folded_words
from rag.text.lexicon import EVERYDAY, FREQUENT, Concept, lexicon
from rag.text.stems import root

_GENERAL: Final = frozenset((EVERYDAY, FREQUENT))
_FILE: Final = Path(__file__).parent / "decisive.txt"
_FIGURATIVE: Final = frozenset({"eye", "face", "hand", "head", "heart", "foot", "body"})
"""Parts of the body, of which one speaks without meaning them ("keep an eye on")."""
_SHORTEST: Final = 2
_HELD: Final = 0.5


@dataclass(frozen=True, slots=True)
class Decisive:
    """What an answer has to tell of: a word of the question, or words that are one thing."""

    word: Sought | None
    phrases: Phrases

    def is_in(self, text: Features) -> bool:
        """Whether a text tells of it, or of its capital; a word of its root is something else."""
        if self.word is not None and strength(self.word, text, strict=True) >= _HELD:
            return True
        if self.word is not None and self.word.is_place:
            return capitals_of(self.word).occur_in(text.stems)
        return self.phrases.occur_in(text.stems)


def decisive(question: Question, words: Sequence[Sought]) -> list[Decisive]:
    """What an answer to a question has to tell of. A corrected word is not sure enough."""
    own, written = question.language, frozenset(folded_words(question.text))
    found = [
        Decisive(word, Phrases.of(()))
        for word in words
        if word.word in written and _is_decisive(word.word, own)
    ]
    for match in lexicon(own).matches(question.folded):
        covered = question.folded[match.start : match.end]
        things = [one for one in match.concepts if _is_thing(one)]
        # "The name of the first" is no first name.
        is_everyday = all(lexicon(own).field_of_stem(word) == EVERYDAY for word in covered)
        if len(covered) > 1 and things and not is_everyday:
            phrases = (phrase for one in things for each in one.phrases.values() for phrase in each)
            found.append(Decisive(None, Phrases.of(phrases)))
    return found


def _is_decisive(word: str, language: str) -> bool:
    """Whether the lexicon lists a word, and all it has under it are things of a field.

    Or else one of them is a thing although it is an everyday one.
    """
    if len(word) < _SHORTEST or word.isdigit():
        return False
    listed = lexicon(language).listing(word)
    if any(one.name in _everyday_things() for one in listed):
        return True
    found = [one for match in lexicon(language).matches([word]) for one in match.concepts]
    return bool(listed) and all(map(_is_thing, found))


@lru_cache(maxsize=1)
def _everyday_things() -> frozenset[str]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(
        name.strip() for line in lines if not line.startswith("#") for name in line.split(",")
    )


@lru_cache(maxsize=20_000)
def _is_thing(concept: Concept) -> bool:
    """Whether a concept is of a field, and neither a deed nor a capital."""
    english, arabic = (
        {phrase[0] for phrase in concept.phrases[language] if len(phrase) == 1}
        for language in ("en", "ar")
    )
    is_capital = any(phrase in countries_by_capital() for phrase in concept.phrases["en"])
    is_deed = _is_english_deed(english) or _is_arabic_deed(arabic)
    is_figurative = concept.name in _FIGURATIVE
    return concept.field not in _GENERAL and not (is_deed or is_capital or is_figurative)


def _is_english_deed(words: set[str]) -> bool:
    """Whether a word and its past are among the words: "recall", "recalled"."""
    return any(
        word.endswith("ed") and not words.isdisjoint((word[:-1], word[:-2], f"{word[:-3]}y"))
        for word in words
    )


def _is_arabic_deed(words: set[str]) -> bool:
    """Whether a past and its present, its noun, or two of its persons are among the words."""
    return any(
        (word.startswith("ي") and other == f"ت{word[1:]}")
        or (word.startswith("ي") and (word[1:] == other[1:] or root(word) == root(other)))
        or (word.endswith("ي") and other == f"{word[:-1]}ا")
        for word in words
        for other in words - {word}
    )
