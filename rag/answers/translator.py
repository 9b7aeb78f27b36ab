"""The translator: quotations in the asker's language, by a model, and said to be so.

One short call for all quotations of a finished answer. It adds what helps to read them and changes
nothing else: where it fails, is late or is not faithful, a quotation stands without.
"""

import logging
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from rag.answers.alignment import features_of
from rag.answers.answer import Citation, Usage
from rag.answers.json_values import json_values
from rag.answers.marks import without_marks
from rag.answers.markup import plain
from rag.answers.model import Model
from rag.answers.prompts import translating_messages
from rag.answers.reasoning import without_reasoning
from rag.answers.subject import content_words
from rag.answers.tongue import is_foreign
from rag.answers.verification import verify
from rag.documents.evidence import Sentence, Source
from rag.errors import ModelUnavailable
from rag.text.folding import fold, folded_words
from rag.text.hidden import visible_line
from rag.text.language import language_of
from rag.text.sentences import Span

_log = logging.getLogger(__name__)

PATIENCE: Final = 4.0
"""Seconds that a finished answer waits for the translations of its quotations."""
_MOST: Final = 8
"""Quotations of one answer that are translated."""
_FEWEST_WORDS: Final = 3
_LONGER: Final = 3
"""How many times as long as its quotation a translation may be, …"""
_SPARE: Final = 60
"""… and so many characters more."""
_FOUND: Final = 0.6
"""Of the words of a translation, the share that its quotation has to have, …"""
_KEPT: Final = 0.5
"""… and the reverse. Of ten real translations, the least are .88 and .74; another sentence of the
same reports mostly has less than half."""


@dataclass(frozen=True, slots=True)
class Translated:
    """Citations, with translations as far as there are any."""

    citations: tuple[Citation, ...]
    usage: Usage = Usage()


class Translator:
    """Asks a model for quotations in the language of the question."""

    def __init__(self, model: Model, patience: float = PATIENCE) -> None:
        """`patience`: the most seconds that an answer waits."""
        self._model, self._patience = model, patience

    async def translated(
        self,
        citations: tuple[Citation, ...],
        sources: Mapping[str, Source],
        language: str,
        deadline: float,
    ) -> Translated:
        """The citations, those in another language than `language` with a translation.

        `sources` are the cited files by their paths, `deadline` is a time of `time.monotonic()`.
        Nothing is raised where the model fails, and nothing is asked where nothing is foreign.
        """
        quotations = _foreign(citations, language)
        until = min(time.monotonic() + self._patience, deadline)
        if not quotations or until <= time.monotonic():
            return Translated(citations)
        reply = self._model.stream(translating_messages(quotations, language), until)
        try:
            found = translations_in(await reply.text(), quotations)
        except ModelUnavailable as failure:
            _log.warning("the quotations are not translated: %s", failure)
            found = {}
        shown = tuple(
            replace(one, translation=text)
            if (text := found.get(one.n)) and _is_faithful(text, one, sources, language)
            else one
            for one in citations
        )
        return Translated(shown, reply.usage)


def _foreign(citations: Sequence[Citation], language: str) -> dict[int, str]:
    """The quotations in another language, by number; not those of a date or a name alone."""
    foreign = {
        one.n: one.quote
        for one in citations
        if language_of(one.quote) != language
        and sum(word.isalpha() for word in folded_words(one.quote)) >= _FEWEST_WORDS
    }
    return dict(list(foreign.items())[:_MOST])


def translations_in(reply: str, quotations: Mapping[int, str]) -> dict[int, str]:
    """The translations in a model's reply, by the numbers of their quotations, without markup."""
    for value in json_values(without_reasoning(reply)):
        if found := _numbered(value, quotations):
            return found
    return {}


def _numbered(value: Any, quotations: Mapping[int, str]) -> dict[int, str]:
    if isinstance(value, list) and len(value) == len(quotations):
        value = dict(zip(map(str, quotations), value, strict=True))
    if not isinstance(value, Mapping):
        return {}
    found = {}
    for key, text in value.items():
        number = _number(key)
        if number in quotations and isinstance(text, str):
            found[number] = plain(without_marks(visible_line(text[: _longest(quotations[number])])))
    if found:
        return found
    return next(filter(None, (_numbered(inner, quotations) for inner in value.values())), {})


def _number(key: Any) -> int:
    digits = re.fullmatch(r"\D{0,12}(\d{1,3})\D?", fold(str(key)))
    return int(digits[1]) if digits else 0


def _longest(quotation: str) -> int:
    return _LONGER * len(quotation) + _SPARE


def _is_faithful(
    text: str, citation: Citation, sources: Mapping[str, Source], language: str
) -> bool:
    """Whether a text may be a translation of a quotation, as far as rules can tell."""
    source = sources.get(citation.file)
    if source is None or not text or is_foreign(text, language) or language_of(text) != language:
        return False
    if len(text) >= _longest(citation.quote):
        return False  # cut off
    if _share_in(text, citation.quote) < _FOUND or _share_in(citation.quote, text) < _KEPT:
        return False
    return verify(text, [Sentence(source, Span(citation.start, citation.end))]).supported


def _share_in(text: str, other: str) -> float:
    """The share of the words of a text that another has, in whatever language."""
    words, features = content_words(text), features_of(other)
    return sum(features.has_word(word) for word in words) / len(words) if words else 0.0
