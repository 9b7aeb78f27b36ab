"""Omissions: what a model says that the documents leave open.

It is told in the model's words, so it may say no more than the question did.
"""

from typing import Final

from rag.text.folding import folded_words
from rag.text.function_words import is_function_word
from rag.text.lexicon import lexicon
from rag.text.stems import light_stem

_LONGEST: Final = 200
"""Characters."""
_LEAST_SHARED: Final = 0.6
"""The share of its topic words that the question has to have."""


def restates(part: str, question: str, language: str) -> bool:
    """Whether `part` is a part of the question in other words, and states nothing of its own.

    >>> restates("when he returned", "When did he leave, and when did he return?", "en")
    True
    >>> restates("nothing; he was killed on 13 June", "When did he return?", "en")
    False
    """
    words = [word for word in folded_words(part) if not is_function_word(word)]
    if not words or len(part) > _LONGEST:
        return False
    asked = folded_words(question)
    if any(word.isdigit() and word not in asked for word in words):
        return False
    known = {light_stem(word) for word in asked}
    for match in lexicon(language).matches(asked):
        known.update(light_stem(word) for phrase in match.translations(language) for word in phrase)
    return sum(light_stem(word) in known for word in words) >= _LEAST_SHARED * len(words)
