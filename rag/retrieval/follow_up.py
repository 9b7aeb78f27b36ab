"""Follow-ups without a model: what a short question takes over from the conversation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rag.retrieval.coverage import is_place
from rag.retrieval.question import Question, analyse
from rag.text.folding import fold, folded_words
from rag.text.lexicon import EVERYDAY, lexicon

_FEW_WORDS: Final = 4
_OPENING: Final = re.compile(
    r"^\W*(?:و\S|ف(?:من|ما|متي|اين|كم|هل|كيف|لماذا)\b|طب\b|طيب\b|پس\b|and\b|but\b|so\b|then\b)"
)
_PRONOUN: Final = re.compile(
    r"\b(?:هناك|هنالك|هو|هي|هم|عنه|عنها|معه|معها|له|لها|ذلك|تلك|او|انجا|انها|ان|وي|ايشان"
    r"|it|he|she|they|him|her|them|there|that|his|their)\b"
)
_INSTEAD: Final = re.compile(
    r"\b(?:ماذا عن|وماذا عن|شو عن|ايش عن|what about|how about)\b|\bچطور\b|در مورد .* چطور"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier exchange of the conversation."""

    question: str
    answer: str
    files: tuple[str, ...]
    """The files that the answer cited."""


def complete(text: str, history: Sequence[Turn]) -> str | None:
    """The question with what it leans on, or None where it stands alone.

    >>> complete("ومتى عاد؟", [Turn("متى زار باقري موسكو؟", "…", ())])
    'ومتى عاد؟ (باقري موسكو)'
    """
    if not history or not _leans(text):
        return None
    mine = set(folded_words(text))
    now = analyse(text)
    everything = _INSTEAD.search(fold(text)) is not None and bool(_names(now))
    for kept_of in (_all_but_countries,) if everything else (_names, _of_topic):
        for turn in reversed(history):
            kept = kept_of(analyse(turn.question)) - mine
            words = [word for word in _bare(turn.question) if kept & set(folded_words(word))]
            if words:
                return f"{text} ({' '.join(words)})"
    return None


def _leans(text: str) -> bool:
    folded = fold(text)
    if _OPENING.search(folded) or _INSTEAD.search(folded):
        return True
    question = analyse(text)
    return not _names(question) and (
        _PRONOUN.search(folded) is not None or len(question.words) <= _FEW_WORDS
    )


def _bare(text: str) -> list[str]:
    return [word.strip("؟?!.،,؛;:()«»\"'“”") for word in text.split()]


def _names(question: Question) -> set[str]:
    """The words that are names, or that the lexicon does not know: most likely names too."""
    if question.language == "en":
        return {word.folded for word in question.words if word.is_name or word.folded.isdigit()}
    known = lexicon(question.language)
    return {
        word.folded
        for word in question.words
        if known.field_of_stem(word.folded) is None or is_place(word.folded, question.language)
    }


def _of_topic(question: Question) -> set[str]:
    known = lexicon(question.language)
    return {word.folded for word in question.words if known.field(word.folded) != EVERYDAY}


def _all_but_countries(question: Question) -> set[str]:
    """What "what about Russia?" takes over: everything but the country in whose place it stands."""
    return {word.folded for word in question.words if not is_place(word.folded, question.language)}
