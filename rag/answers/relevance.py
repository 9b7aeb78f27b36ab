"""Relevance: whether what sources dispute belongs in the answer to a question.

What is disputed of one place, person or deed is not told in the answer about another, nor how
long a visit lasted where it was asked who came along, unless the answer itself says how long.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rag.answers.antecedent import names_in
from rag.answers.deeds import Group, are_apart, kinds_in
from rag.answers.disagreement import Dispute, Value
from rag.answers.facts import (
    ALL_SORTS,
    COUNT,
    DATE,
    DURATION,
    LENGTH,
    LONG_DURATION,
    OFFICE,
    SCORE,
    Sort,
)
from rag.answers.holders import countries_told
from rag.answers.subject import Keys, keys_in, place_of
from rag.documents.evidence import Evidence, Sentence
from rag.retrieval.coverage import Features, Phrases, is_place
from rag.retrieval.question import Question
from rag.text.capitals import countries_by_capital
from rag.text.folding import fold, folded_words
from rag.text.function_words import Asked
from rag.text.language import LANGUAGES
from rag.text.lexicon import EVERYDAY, FREQUENT, NAMES, PLACES, Concept, Phrase, lexicon

COUNTED: Final = frozenset((Asked.HOW_LONG, Asked.HOW_MANY, Asked.MEASURE, Asked.WHEN))
"""What is asked for and has a form that is easily told: a number, a length of time, a date."""
_LASTING: Final = frozenset((DURATION, LONG_DURATION))

_HOW_LONG_IS: Final = re.compile(r"\bhow long (?:is|are|was|were)\b")
_OF_A_SCORE: Final = re.compile(
    r"(?<![^\W_])(?:(?:ال)?نتيجه|score\w*|results?|ended?|انتهي|انتهت|هدفا?|goals?|گل|چند چند)"
    r"(?![^\W_])"
)
_CIRCLE: Final = 2_000
"""Characters."""
_NO_THINGS: Final = frozenset((EVERYDAY, FREQUENT, NAMES, PLACES))


class Relevance:
    """What a question asks for, to which disputes are held."""

    def __init__(self, question: Question | None) -> None:
        """Without a question every dispute is relevant."""
        self._question = question
        self._places = list(_places(question)) if question else []
        self._things = list(_things(question)) if question else []
        self._names = list(_names_of(question)) if question else []

    @property
    def sorts(self) -> frozenset[Sort]:
        """The sorts of facts that are asked for; all of them where nothing of a kind is."""
        asked = self._question.asked if self._question else frozenset[Asked]()
        if not asked:
            return ALL_SORTS
        # The dates beside values tell whether both are of one time.
        found = {Sort.DATES}
        if Asked.WHO in asked:
            found.add(Sort.OFFICES)
        if not asked.isdisjoint(COUNTED - {Asked.WHEN}):
            found |= {Sort.MEASURES, Sort.SCORES}
        return frozenset(found)

    def has(
        self, dispute: Dispute, statements: Sequence[str], told_of: Mapping[Sentence, Evidence]
    ) -> bool:
        """Whether a dispute belongs in the answer to the question.

        `told_of` is the passage of each sentence, `statements` what the answer itself
        says: a value that it gives is in dispute whatever was asked.
        """
        if self._question is None:
            return True
        is_stated = any(
            fold(one.written) in fold(text) for one in dispute.values for text in statements
        )
        return (
            (is_stated or self._is_asked(dispute.kind))
            and all(map(self._is_of_the_places, dispute.values))
            and all(self._is_of_the_deed(one, dispute.kind) for one in dispute.values)
            and self._is_of_the_persons([told_of[one.sentence].text for one in dispute.values])
            and self._is_of_the_things([one.sentence for one in dispute.values])
        )

    def _is_asked(self, kind: str) -> bool:
        """Whether values of a kind are asked for, or nothing of a kind is."""
        if self._question is None or not self._question.asked:
            return True
        asked, text = self._question.asked, fold(self._question.text)
        if Asked.HOW_LONG in asked:
            return kind in _LASTING or (kind == LENGTH and _HOW_LONG_IS.search(text) is not None)
        if kind.startswith(OFFICE):
            return Asked.WHO in asked
        if kind == DATE:
            return Asked.WHEN in asked
        is_score = kind != SCORE or _OF_A_SCORE.search(text) is not None
        return is_score and not asked.isdisjoint(COUNTED - {Asked.WHEN})

    def _is_of_the_places(self, value: Value) -> bool:
        """Whether a sentence, or its title, tells of a place of the question, if there are any."""
        if not self._places:
            return True
        text = f"{value.sentence.source.title}\n{value.sentence.text}"
        told = Features(text).stems
        if any(one.occur_in(told) for one in self._places):
            return True
        asked = countries_told(self._question.folded if self._question else ())
        return (
            not frozenset()
            .union(*asked)
            .isdisjoint(frozenset().union(*countries_told(folded_words(text))))
        )

    def _is_of_the_deed(self, value: Value, kind: str) -> bool:
        """Whether nothing around a value is of another kind than what the question asks of."""
        group = {DATE: Group.DEED, COUNT: Group.MEASURE}.get(kind, Group.EVENT)
        text = self._question.text if self._question else ""
        return not are_apart(kinds_in(group, text), kinds_in(group, value.around))

    def _is_of_the_persons(self, passages: Sequence[str]) -> bool:
        """Whether the passages have a name of the question in common, if any of them has one."""
        told = [
            {place for place, keys in enumerate(self._names) if keys & keys_in(text)}
            for text in passages
        ]
        return not any(told) or bool(set.intersection(*told))

    def _is_of_the_things(self, sentences: Sequence[Sentence]) -> bool:
        """Whether each thing that the question names is told of around all sentences or none."""
        if not self._things:
            return True
        told = [Features(_around(one)).stems for one in sentences]
        return all(len({one.occur_in(stems) for stems in told}) == 1 for one in self._things)


def _around(sentence: Sentence) -> str:
    """What a report says in a wide circle around a sentence, and its title."""
    source, span = sentence.source, sentence.span
    return f"{source.title}\n{source.text[max(0, span.start - _CIRCLE) : span.end + _CIRCLE]}"


def _things(question: Question) -> Iterator[Phrases]:
    """The things that a question names, by their names in every language: a hospital, wheat.

    What words tell in too many ways is left out: what is done, places, everyday words.
    """
    own = question.language
    known = lexicon(own)
    for match in known.matches(question.folded):
        words = question.folded[match.start : match.end]
        fields = {one.field for one in match.concepts}
        is_told = any(kinds_in(group, word) for group in Group for word in words)
        if is_told or not fields.isdisjoint(_NO_THINGS) or None in fields:
            continue
        names = (name for one in match.concepts for name in _names(one))
        yield Phrases.of([words, *names])


def _names_of(question: Question) -> Iterator[Keys]:
    """The keys of the names of a question, of those that can be told in another script."""
    words = [word.folded for word in question.words]
    # What the lexicon does not know may be a verb, which Arabic puts first and Persian last.
    verb = {"ar": words[:1], "fa": words[-1:]}.get(question.language, [])
    for word, keys in names_in(question.text).items():
        is_heard = any(key[0].isdigit() for key in keys)
        if is_heard and word in words and word not in verb and not place_of(word):
            yield keys


def _places(question: Question) -> Iterator[Phrases]:
    """The places that a question names, by their names in every language.

    A capital also stands for its country, and that for it.
    """
    own = question.language
    for match in lexicon(own).matches(question.folded):
        words = question.folded[match.start : match.end]
        is_one = any(is_place(form, own) for word in words for form in {word, _with_article(word)})
        places = [one for one in match.concepts if one.field in (NAMES, PLACES)]
        if places and (is_one or len(words) > 1):
            names = [name for one in places for name in _names(one)]
            yield Phrases.of([words, *names, *_partners(places)])


def _with_article(word: str) -> str:
    """An Arabic word without the "to" that its article is written into: "للصين", to China."""
    return f"ال{word[2:]}" if word.startswith("لل") else word


def _names(concept: Concept) -> Iterator[Phrase]:
    """What a concept is called in every language."""
    for names in concept.phrases.values():
        yield from names


def _partners(places: Sequence[Concept]) -> Iterator[Phrase]:
    """The names of the countries of capitals, and of the capitals of countries."""
    english = {name for one in places for name in one.phrases["en"]}
    for capital, countries in countries_by_capital().items():
        if capital in english:
            partners = countries
        elif not english.isdisjoint(countries):
            partners = (capital,)
        else:
            continue
        for partner in partners:
            yield partner
            for found in lexicon("en").matches(partner):
                for language in LANGUAGES:
                    yield from found.translations(language)
