"""Places under other names: a capital stands for its country, and a country for its capital."""

from collections.abc import Iterable
from functools import lru_cache

from rag.retrieval.coverage import Phrases, Sought
from rag.text.capitals import countries_by_capital
from rag.text.lexicon import COLUMNS, NAMES, PLACES, Phrase, lexicon


@lru_cache(maxsize=1_024)
def stand_ins(place: Sought) -> Phrases:
    """What a place may be called by: its capital, or the country whose capital it is."""
    others = {
        country
        for capital, countries in countries_by_capital().items()
        for country in countries
        if capital in _names_of(place)
    }
    capitals = capitals_of(place)
    countries = _called(others)
    return Phrases(capitals.single | countries.single, capitals.longer + countries.longer)


@lru_cache(maxsize=1_024)
def capitals_of(place: Sought) -> Phrases:
    """What the capital of a place is called."""
    return _called(
        capital
        for capital, countries in countries_by_capital().items()
        if not _names_of(place).isdisjoint(countries)
    )


def _names_of(place: Sought) -> frozenset[Phrase]:
    """The English names of a place."""
    return frozenset(
        phrase
        for language in COLUMNS
        for match in lexicon(language).matches([place.word])
        for concept in match.concepts
        if concept.field in (NAMES, PLACES)
        for phrase in concept.phrases["en"]
    )


def _called(places: Iterable[Phrase]) -> Phrases:
    """All that places, given by their English names, are called in any language."""
    return Phrases.of(
        phrase
        for place in places
        for match in lexicon("en").matches(place)
        for concept in match.concepts
        if concept.field in (NAMES, PLACES)
        for each in concept.phrases.values()
        for phrase in each
    )
