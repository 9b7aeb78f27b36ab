"""Mentioned: the names and places that a question has."""

from collections.abc import Sequence

from rag.retrieval.coverage import is_place
from rag.retrieval.question import Question
from rag.text.lexicon import NAMES, PLACES, lexicon


def names_of(question: Question) -> set[str]:
    """The words that are names, or that the lexicon does not know: most likely names too."""
    if question.language == "en":
        return {word.folded for word in question.words if word.is_name or word.folded.isdigit()}
    known, words = lexicon(question.language), question.folded
    places = {word for span in places_in(words, question.language) for word in words[slice(*span)]}
    return places | {word for word in words if known.field_of_stem(word) is None}


def is_place_name(words: Sequence[str], language: str) -> bool:
    """Whether all the words together are the name of a place."""
    return any(words == [*words[start:end]] for start, end in places_in(words, language))


def places_in(words: Sequence[str], language: str) -> list[tuple[int, int]]:
    """Which of some folded words name places: from and to, also where a name has several words."""
    found = [
        (match.start, match.end)
        for match in lexicon(language).matches(words)
        if match.end - match.start > 1
        and any(one.field in (NAMES, PLACES) for one in match.concepts)
    ]
    taken = {place for start, end in found for place in range(start, end)}
    found += [
        (place, place + 1)
        for place, word in enumerate(words)
        if place not in taken and is_place(word, language)
    ]
    return sorted(found)
