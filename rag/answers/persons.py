"""Persons: words that are given names, whatever else they may be."""

from functools import lru_cache

from rag.answers.data import lines_of
from rag.answers.pool import without_prefixes
from rag.text.folding import folded_words


@lru_cache(maxsize=4_096)
def is_given_name(word: str) -> bool:
    """Whether a folded Arabic or Persian word is a given name, with a prefix or without."""
    names = given_names()
    return word in names or any(one in names for one in without_prefixes(word))


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """The folded words of the list of given names."""
    return frozenset(word for line in lines_of("given_names") for word in folded_words(line))
