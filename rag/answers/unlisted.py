"""Unlisted words: whether a word of Arabic or Persian may name somebody, for all that lists know.

Neither script tells a name by a capital. A word that is on no list and the form of no word that is
is most likely a name; names that are also words are listed.
"""

import re
from functools import lru_cache
from typing import Final

from rag.answers.data import lines_of
from rag.answers.details import is_light
from rag.answers.inflection import forms
from rag.answers.office_names import is_place
from rag.answers.offices import RANKS, is_common
from rag.answers.persons import given_names, is_given_name
from rag.answers.pool import without_prefixes
from rag.answers.senses import concepts_of, listed_exactly
from rag.text.folding import folded_words
from rag.text.function_words import is_function_word
from rag.text.lexicon import NAMES, PLACES
from rag.text.number_words import UNITS

_SHORTEST: Final = 3
_LONGEST_ENDING: Final = 4
_NO_NAMES: Final = frozenset(
    folded_words("اوست آنهاست ایشان آنان خود خویش وی میان دیگر عدم انعدام مسائل ضوء ظل إطار غضون")
)
_VERBAL_NOUN: Final = re.compile(r"ت\w\w(?:\wه|ي\w)|است\w\wا\w|ان\w\wا\w|ا\wت\wا\w")
"""Arabic nouns of action of derived verbs, by their pattern: no names are so built."""
_OWNED: Final = ("وه", "هما", "ها", "هم")
"""Endings of Arabic words that name nobody."""
_PLAIN_ENDINGS: Final = (*tuple("اهمشن"), "ات", "ند", "ين")
"""Endings of words that are the form of another."""
_LASTING: Final = ("روزه", "ساله", "ماهه", "ساعته", "نفره", "جانبه", "انه")
"""Endings of Persian words that say how long, how many or how."""
_EZAFE: Final = ("اي", "وي", "هاي", "ها", "هايي")


@lru_cache(maxsize=4_096)
def may_name(word: str, language: str) -> bool:
    """Whether a folded word, standing where somebody is named, is a name for all that is known."""
    if is_function_word(word) or word in RANKS or word in UNITS or word in _NO_NAMES:
        return False
    if is_listed_name(word):
        return True
    if is_light(word, language) and not _is_stem_only(word):
        return False
    if language == "ar" and (
        (word.startswith("ال") and not word.endswith("ي"))
        or (word.endswith(_OWNED) and len(word) > _SHORTEST + 1)
    ):
        return False
    if is_of_place(word) or (language == "ar" and _VERBAL_NOUN.fullmatch(word)):
        return False
    return not (_is_known(word, language) or (language == "fa" and _is_persian_form(word)))


@lru_cache(maxsize=4_096)
def is_doubtful(word: str, language: str) -> bool:
    """Whether a folded word may name somebody though it may be the form of a word."""
    if word in _NO_NAMES or is_light(word, language):
        return False
    if language == "fa" and _is_persian_form(word):
        return False
    if word.endswith("ي"):
        return language == "ar" or not is_common(word)
    is_form = word.endswith(_PLAIN_ENDINGS) or (language == "ar" and word[0] in "يتنا")
    return not is_form and not any(map(listed_exactly, (word, *without_prefixes(word))))


def is_of_place(word: str) -> bool:
    """Whether a folded word is one of those that name a place."""
    return any(
        not {word, word.removeprefix("ال")}.isdisjoint(phrase)
        for concept in concepts_of(word)
        if concept.field in (NAMES, PLACES)
        for phrases in concept.phrases.values()
        for phrase in phrases
    )


def _is_persian_form(word: str) -> bool:
    """Whether a Persian word has an ending that no name has."""
    if word.endswith(_LASTING) and len(word) > _LONGEST_ENDING:
        return True
    return any(
        word.endswith(ending) and concepts_of(word.removesuffix(ending[-1])) for ending in _EZAFE
    )


@lru_cache(maxsize=4_096)
def _is_known(word: str, language: str) -> bool:
    """Whether a list has a word as it stands, or in its language what it is a form of."""
    if word.startswith(("ال", "لل", "وال", "بال")) and concepts_of(word):
        return True
    return bool(listed_exactly(word)) or any(
        (form,) in one.phrases[language]
        for form in forms(word)
        if not _is_nisba_of(word, form)
        for one in listed_exactly(form)
    )


def is_word(word: str) -> bool:
    """Whether a word of the source is one that a list has, in either language."""
    return _is_known(word, "ar") or _is_known(word, "fa")


def _is_nisba_of(word: str, form: str) -> bool:
    """Whether a form is the word without the ending of one who is of something."""
    return word.endswith("ي") and form.endswith(word[-_SHORTEST:-1]) and form[-1] != "ي"


def _is_stem_only(word: str) -> bool:
    """Whether the lists have no more of a word than its stem."""
    return not is_place(word) and not listed_exactly(word) and not word.isdigit()


@lru_cache(maxsize=4_096)
def is_listed_name(word: str) -> bool:
    """Whether a folded word is on a list of names; with the article few given names are."""
    if word in _family_names() or word in given_names():
        return not is_common(word) or word in _family_names()
    is_definite = word.startswith(("ال", "وال", "بال", "لل"))
    return not is_definite and is_given_name(word) and not is_common(word)


@lru_cache(maxsize=1)
def _family_names() -> frozenset[str]:
    """The folded words of the list of family names."""
    return frozenset(word for line in lines_of("family_names") for word in folded_words(line))
