"""Likeness: how much of a statement a sentence speaks to, across languages."""

from typing import Final

from rag.answers.pool import Pool, pool_of
from rag.answers.texts import matches_in, tongue_of, words_in
from rag.text.function_words import FUNCTION_WORDS
from rag.text.language import LANGUAGES
from rag.text.names import skeletons
from rag.text.stems import light_stem

_SHORTEST_WORD: Final = 3


def likeness(statement: str, text: str, enough: float = 1.0) -> float:
    """The share (0 to 1) of the statement's content words that `text` has, in any language.

    Once it is more than `enough`, it is looked at no closer, and may be more still.
    """
    words = words_in(statement)
    content = {
        place
        for place, word in enumerate(words)
        if len(word) >= _SHORTEST_WORD and word not in FUNCTION_WORDS and not word.isdigit()
    }
    if not content:
        return 0.0
    pool = pool_of(text)
    found = {place for place in content if _has(words[place], pool)}
    if len(found) > enough * len(content):
        return len(found) / len(content)
    for match in matches_in(statement, tongue_of(statement)):
        phrases = [phrase for language in LANGUAGES for phrase in match.translations(language)]
        if any(all(light_stem(word) in pool.stems for word in phrase) for phrase in phrases):
            found |= content & set(range(match.start, match.end))
    return len(found) / len(content)


def _has(word: str, pool: Pool) -> bool:
    return pool.has(word) or any(
        one[1:] in pool.strict for one in skeletons(word) if one[0] == "1" and len(one) >= 4
    )
