"""A question, taken apart: its language, its words that carry a topic, what it asks for."""

from dataclasses import dataclass
from typing import Final

from rag.text.dates import month_names, numeric_months
from rag.text.folding import fold_with_offsets, word_spans
from rag.text.function_words import Asked, asked, is_function_word
from rag.text.language import language_of

_SENTENCE_OPENERS: Final = frozenset(
    "who what when where why which how did does do is are was were can could tell list give name "
    "summarize summarise compare explain describe according in on at the a an".split()
)
_NAMES_BY_THEIR_CAPITALS: Final = frozenset({"US", "May"})
"""Written so, two function words of English are a country and, within a sentence, a month."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question that carries a topic."""

    folded: str
    is_name: bool
    """Whether its spelling marks it as a name; only the Latin script can."""


@dataclass(frozen=True, slots=True)
class Question:
    """An analysed question."""

    text: str
    language: str
    words: tuple[Word, ...]
    asked: frozenset[Asked]

    @property
    def folded(self) -> tuple[str, ...]:
        """The topic words, folded."""
        return tuple(word.folded for word in self.words)


def analyse(text: str, language: str | None = None) -> Question:
    """The analysis of `text`. A text of function words alone keeps them all."""
    language = language or language_of(text)
    spans = _with_named_months(text, word_spans(text), language)
    every = [word for word, _, _ in spans]
    words = [
        Word(word, _is_name(text[start:end], word))
        for word, start, end in spans
        if not is_function_word(word) or _names_by_capitals(text[start:end], start)
    ] or [Word(word, False) for word in every]
    return Question(text, language, tuple(words), asked(every))


def _with_named_months(
    text: str, words: list[tuple[str, int, int]], language: str
) -> list[tuple[str, int, int]]:
    """The folded words with their spans, with the name of each month that is a number in a date."""
    folded = fold_with_offsets(text)
    named = {
        folded.original_span(start, end): month_names(month)[language]
        for start, end, month in numeric_months(folded.text)
    }
    return [(named.get((start, end), word), start, end) for word, start, end in words]


def _names_by_capitals(written: str, start: int) -> bool:
    return written in _NAMES_BY_THEIR_CAPITALS and (start > 0 or written.isupper())


def _is_name(written: str, folded: str) -> bool:
    return written[:1].isupper() and folded not in _SENTENCE_OPENERS
