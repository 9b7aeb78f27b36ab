"""Gaps: what a question asks for that the best sentences do not have.

The right names are not an answer. "When did Bagheri visit Turkey?" is not answered by a sentence
that has the visit, and Turkey, and no link between the two; "how long …" is not answered without
a length of time.
"""

from collections.abc import Sequence
from typing import Final

from rag.retrieval.choice import Chosen
from rag.retrieval.coverage import Features, Sought, strength
from rag.retrieval.question import Question
from rag.retrieval.reading import has_cue, leans
from rag.text.folding import folded_words
from rag.text.function_words import Asked
from rag.text.names import skeletons

_LOOKED_AT: Final = 3
_NEAR: Final = 7
"""A place belongs to an event that is told of within this many words."""
_HELD: Final = 0.5
_FEWEST_OTHERS: Final = 2
_WEIGHTY: Final = 3
_MEASURED: Final = (Asked.HOW_LONG, Asked.HOW_MANY)


def has_gap(question: Question, words: Sequence[Sought], chosen: Sequence[Chosen]) -> bool:
    """Whether each of the best sentences lacks something that the question asks for."""
    names = [word for word in words if _can_be_missed(word)]
    places = [word for word in words if word.is_place]
    return all(
        _lacks_measure(question, one)
        or _lacks_names([*names, *places], one)
        or any(_stands_apart(place, words, _with_support(one)) for place in places)
        for one in chosen[:_LOOKED_AT]
    )


def _lacks_measure(question: Question, one: Chosen) -> bool:
    """Whether a number or a length of time is asked for and none is told."""
    wanted = next((kind for kind in _MEASURED if kind in question.asked), None)
    return wanted is not None and not has_cue(wanted, one.sentence)


def _can_be_missed(word: Sought) -> bool:
    """Whether a word is a name with enough consonants to be told from others across scripts."""
    return word.is_name and any(len(found) > _WEIGHTY for found in skeletons(word.word))


def _lacks_names(names: Sequence[Sought], one: Chosen) -> bool:
    """Whether most of the names are missing from a sentence, its title and what it leans on."""
    features = Features(f"{one.sentence.source.title}\n{_with_support(one)}")
    missing = [name for name in names if strength(name, features) < _HELD]
    return 2 * len(missing) > len(names)


def _with_support(one: Chosen) -> str:
    sentences = one.passage.sentences
    place = sentences.index(one.sentence)
    before = sentences[place - 1].text if place and leans(one.sentence.text) else ""
    return f"{before} {one.sentence.text}"


def _stands_apart(place: Sought, words: Sequence[Sought], text: str) -> bool:
    """Whether a place is told of far from all the rest of the question that a text holds."""
    told = [Features(word) for word in folded_words(text)]
    at = {number for number, one in enumerate(told) if strength(place, one) >= _HELD}
    others = [
        {number for number, one in enumerate(told) if strength(word, one) >= _HELD}
        for word in words
        if word.word != place.word
    ]
    held = [found - at for found in others if found - at]
    if not at or len(others) < _FEWEST_OTHERS or len(held) == 1:
        return False
    return all(abs(number - other) > _NEAR for number in at for found in held for other in found)
