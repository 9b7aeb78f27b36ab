"""Instead: a message that only names what to put in the place of what was asked of before.

"What about Russia?", "and to Pakistan?", "and between Iran and Turkey?", in three languages.
"""

import re
from collections.abc import Sequence
from typing import Final

from rag.retrieval.mentioned import is_place_name, names_of, places_in
from rag.retrieval.question import Question, analyse
from rag.text.folding import fold, folded_words
from rag.text.function_words import is_function_word
from rag.text.lexicon import lexicon

QUESTION_WORDS: Final = {
    "ar": frozenset(
        folded_words(
            "من ما متى أين كيف كم لماذا هل ماذا أي أية بماذا بمن لمن ممن مين منو شو شنو ايش وش ايه "
            "ليش ليه امتى فين وين كام قديش أديش شكد شقد"
        )
    ),
    "fa": frozenset(folded_words("چه چرا چگونه چطور کی کجا کدام چند چقدر آیا")),
    "en": frozenset("who whom whose what when where why which how".split()),
}
"""What questions begin with, folded, by language."""
_INSTEAD: Final = re.compile(
    r"\b(?:ماذا عن|وماذا عن|شو عن|ايش عن|what about|how about)\b"
    r"|^(?:and |but )?(?:that|those) of (?=\w+(?: \w+){0,2}\W*$)|\bچطور\W*$"
)
_AND: Final = {
    "ar": re.compile(r"^(?:(?:طب|طيب) )?و(?=\w{3}|(?:في|من|عن|مع) )"),
    "fa": re.compile(r"^(?:پس )?و "),
    "en": re.compile(r"^and "),
}
_LONGEST_NAME: Final = 3
_TO: Final = {
    "ar": re.compile(r"^(?:الي|في|من|عن|مع|علي|ضد|عند|لدي|حول)$"),
    "fa": re.compile(r"^(?:به|در|از|با|درباره|عليه)$"),
    "en": re.compile(r"^(?:to|in|at|from|with|about|on|of|by|against|for)$"),
}
"""A small word that may stand before the name."""
_BETWEEN: Final = frozenset(fold("between بين میان").split())
_AND_BETWEEN: Final = fold("وبين")


def stands_instead(text: str) -> bool:
    """Whether a message only names what to put in the place of what was asked of before.

    >>> stands_instead("What about Russia?"), stands_instead("والصين؟"), stands_instead("And why?")
    (True, True, False)
    """
    question = analyse(text)
    if _INSTEAD.search(fold(text)):
        return bool(names_of(question))
    said = " ".join(folded_words(text))
    opening = _AND[question.language].match(said)
    rest = said[opening.end() :].split() if opening else []
    return bool(rest) and _is_instead(rest, said, question)


def _is_instead(rest: Sequence[str], said: str, question: Question) -> bool:
    """Whether what follows "and" is the name of a place, a pair of places or another name."""
    if is_pair(rest, question.language):
        return True
    if len(rest) > 1 and _TO[question.language].match(rest[0]):
        return is_place_name(rest[1:], question.language)
    if is_place_name(rest, question.language):
        return True
    if len(rest) > _LONGEST_NAME:
        return False
    if question.language == "en":
        return all(word in names_of(question) for word in rest)
    # "And" is joined to an Arabic word: what the lexicon has with it is another word.
    known = lexicon(question.language)
    whole = said.split()[:1] if question.language == "ar" else []
    return not any(
        known.listing(word) or is_function_word(word) or word in QUESTION_WORDS[question.language]
        for word in (*whole, *rest)
    )


def is_pair(words: Sequence[str], language: str) -> bool:
    """Whether folded words are "between one and another" of places alone."""
    span = pair_in(words, language)
    return span is not None and span[1] == len(words) and span[0] == 0


def pair_in(words: Sequence[str], language: str) -> tuple[int, int] | None:
    """Where folded words say "between one and another" of places: from and to."""
    for start, word in enumerate(words):
        if word in _BETWEEN or (language == "ar" and word == _AND_BETWEEN):
            bare = [_unjoined(one, language) for one in words]
            places = [place for place in places_in(bare, language) if place[0] > start]
            if len(places) > 1 and places[0][0] == start + 1:
                return start, places[1][1]
    return None


def _unjoined(word: str, language: str) -> str:
    """An Arabic word without the "and" that is written with it."""
    return word[1:] if language == "ar" and word.startswith("و") and len(word) > 3 else word
