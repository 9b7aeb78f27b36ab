"""Inflection: the forms under which the lexicon may have a word that a text inflects.

Arabic prefixes and owners, Arabic verbs of another person, Persian plurals and ezafe. A form is
only tried, so one that is no word does no harm.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from rag.answers.data import lines_of
from rag.answers.pool import without_prefixes
from rag.text.stems import is_arabic_script

_SHORTEST: Final = 3
_PERSONS: Final = ("ون", "ين", "ان", "وا", "ن", "ا", "تا", "ت", "نا")
"""Endings of Arabic verbs."""
_AFTER_ALIF: Final = frozenset("سنتفجحخشعمبرقكلدصطزضا")
"""Letters before which the past of a derived verb has an alif ("يستبدل", "استبدل")."""
_OWNERS: Final = ("هما", "ها", "هم", "نا", "كم", "ه", "ي")
_OWNED: Final = ("تهما", "تها", "تهم", "تنا", "ته", "تي", "تا", "تين", "تان", "ات")
"""Endings of a noun in ta marbuta with its owner, in the dual, in the plural."""
_PERSIAN: Final = (
    "هايشان", "هايي", "هايش", "هاي", "ها", "شان", "يان", "ان", "اش", "اي", "ش", "ي", "م", "ترين",
    "تر", "ند", "يم", "يت", "ه",
)  # fmt: skip
_PERSIAN_JOINED: Final = (
    "شده",
    "نشده",
    "كرده",
    "نكرده",
    "يافته",
    "مانده",
    "گرفته",
    "داده",
    "كننده",
    "كنندگان",
    "شونده",
    "گذاري",
    "سازي",
    "پذير",
    "ناپذير",
    "آميز",
    "اميز",
    "گيري",
)
"""What Persian joins to a noun to make a participle or a noun of action of it."""
_PERSIAN_VERB: Final = ("نمي", "مي", "ن", "ب")
_ENGLISH: Final = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("d", ""), ("ied", "y"), ("ing", ""),
    ("ing", "e"), ("ly", ""), ("er", ""), ("er", "e"), ("est", ""), ("est", "e"),
)  # fmt: skip
_DOUBLING: Final = ("ed", "ing", "er", "est")
_PLURAL_ADJECTIVES: Final = ("يين", "يون", "يات", "يه", "يتين", "يتان", "ين", "ون")
_NOUN_ENDINGS: Final = (*_OWNED, *_OWNERS, *_PLURAL_ADJECTIVES)


@lru_cache(maxsize=4_096)
def forms(word: str) -> tuple[str, ...]:
    """A folded word and what it may be a form of, the likeliest first."""
    if not is_arabic_script(word):
        return bases(word)
    bare = (word, *without_prefixes(word))
    found = [*bare]
    for one in bare:
        found += [*_of_noun(one), *_of_persian(one)]
    # No preposition and no article stands before a verb.
    for one in dict.fromkeys((word, word[1:] if word[0] in "وف" else word)):
        found += _of_verb(one)
    return tuple(form for form in dict.fromkeys(found) if len(form) >= _SHORTEST or form == word)


@lru_cache(maxsize=4_096)
def bases(word: str) -> tuple[str, ...]:
    """A folded English word and what it may be a form of."""
    found = [word]
    if base := _irregular().get(word):
        found.append(base)
    for ending, instead in _ENGLISH:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST - 1:
            found.append(stem + instead)
            if stem[-1] == stem[-2] and ending in _DOUBLING:
                found.append(stem[:-1])
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    found = {}
    for line in lines_of("irregular"):
        form, base = line.split()
        found[form] = base
    return found


def _of_verb(word: str) -> Iterator[str]:
    for ending in _PERSONS if word.endswith(_PERSONS) else ():
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            yield word.removesuffix(ending)
    for present in {word, word.removeprefix("س")}:
        if len(present) > _SHORTEST and present[0] in "يتن":
            yield "ي" + present[1:]
            yield present[1:]
            if present[1] in _AFTER_ALIF:
                yield "ا" + present[1:]
            for ending in _PERSONS if present.endswith(_PERSONS) else ():
                if present.endswith(ending) and len(present) - len(ending) > _SHORTEST:
                    yield "ي" + present[1:].removesuffix(ending)
            for owner in _OWNERS if present.endswith(_OWNERS) else ():
                if present.endswith(owner) and len(present) - len(owner) > _SHORTEST:
                    yield "ي" + present[1:].removesuffix(owner)


def _of_noun(word: str) -> Iterator[str]:
    if not word.endswith(_NOUN_ENDINGS):
        return
    for ending in _OWNED:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            yield word.removesuffix(ending) + "ه"
    for ending in _OWNERS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            yield word.removesuffix(ending)
    for ending in _PLURAL_ADJECTIVES:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            yield word.removesuffix(ending) + ("ي" if ending.startswith("ي") else "")


def _of_persian(word: str) -> Iterator[str]:
    for ending in _PERSIAN if word.endswith(_PERSIAN) else ():
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            yield word.removesuffix(ending)
    for ending in _PERSIAN_JOINED if word.endswith(_PERSIAN_JOINED) else ():
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - 1:
            yield word.removesuffix(ending)
    for beginning in _PERSIAN_VERB if word.startswith(_PERSIAN_VERB) else ():
        if word.startswith(beginning) and len(word) - len(beginning) >= _SHORTEST:
            yield word.removeprefix(beginning)
            yield word.removeprefix(beginning).removesuffix("ه")
