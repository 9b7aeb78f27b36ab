"""Certainty: whether the documents answer a question, come near, or have nothing.

The score says how much of the question the best passage holds, by the collection's own measure;
the matched weight says how much of what it holds is out of the ordinary. Both together part
questions about a small collection from questions about something else.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from rag.documents.evidence import Evidence
from rag.retrieval.choice import Chosen
from rag.retrieval.coverage import Features, Sought, coverage, strength

_SCORE: Final = 4.0
_MATCHED: Final = 0.1
_ANSWERABLE: Final = 1.52
_ANSWERABLE_IN_CONTEXT: Final = 1.2
"""Where the conversation or a named source has already said what it is about."""
_PASSAGES: Final = 5
_SPECIFIC: Final = 6.0
"""A word of at least this weight is out of the ordinary: a name, most often."""
_OWN_SHARE: Final = 0.5


class Certainty(StrEnum):
    """What the documents have for a question."""

    ANSWER = "answer"
    NEAREST = "nearest"
    NOTHING = "nothing"


def certainty(
    words: Sequence[Sought],
    own: frozenset[str],
    found: Sequence[Evidence],
    chosen: Sequence[Chosen],
    *,
    in_context: bool,
) -> Certainty:
    """How sure it is that the found passages answer the question.

    `own` are the words that the question itself has, without what it took over from the
    conversation: a follow-up about something else is not carried by the names before it.
    """
    if not found or not chosen:
        return Certainty.NOTHING
    texts = [Features(f"{one.source.title}\n{one.text}") for one in found[:_PASSAGES]]
    total = sum(word.weight for word in words)
    matched = max(coverage(words, text) for text in texts) * total
    least = _ANSWERABLE_IN_CONTEXT if in_context else _ANSWERABLE
    if _SCORE * max(one.lexical for one in found) + _MATCHED * matched < least:
        return Certainty.NOTHING
    specific = [word for word in words if word.word in own and word.weight >= _SPECIFIC]
    weight = sum(word.weight for word in specific)
    held = max(sum(word.weight * strength(word, text) for word in specific) for text in texts)
    if len(own) < len(words) and weight and held < _OWN_SHARE * weight:
        return Certainty.NOTHING
    return Certainty.ANSWER
