"""Office names: which offices a text speaks of, by one name in all three languages."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from rag.answers.data import lines_of
from rag.answers.pool import without_prefixes
from rag.answers.senses import listed_exactly
from rag.answers.subject import place_of
from rag.text.folding import fold, folded_words
from rag.text.lexicon import NAMES, PLACES
from rag.text.stems import is_arabic_script

_HEADS: Final = {
    "en": ("{} minister", "{} ministers", "minister of {}", "minister for {}", "ministers of {}",
           "minister of the {}", "{} secretary", "secretary of {}"),
    "ar": ("وزير {}", "وزيرة {}", "وزراء {}", "وزيري {}", "وزيرا {}", "وزير ال{}"),
    "fa": ("وزیر {}", "وزرای {}", "وزیران {}"),
}  # fmt: skip
SOFT: Final = "~"
"""Opens the name of an office that is told in many ways."""
_DOUBT: Final = "?"
_DEPUTIES: Final = frozenset(
    fold("deputy vice assistant نائب نائبا نائبة مساعد معاون وكيل قائم مقام").split()
)
_ENDINGS: Final = ("ته", "تها", "تهم", "ه", "ها", "هم")
_NO_OFFICES: Final = frozenset(
    form
    for word in folded_words("مؤسسة محافظة مديرية قيادة إدارة سفارة رئاسة وزارة حاكمية عمدة مدرسة")
    for form in (word, "ال" + word, "و" + word, "لل" + word, "بال" + word, "وال" + word)
)
"""Arabic words that only look like a woman's office."""
_SHORTEST: Final = 3
_BETWEEN: Final = 2
"""Words between "deputy" and the office that may say of which country."""
_BEFORE: Final = re.compile(r"^[وفبلك](?=.{3})")

Named = tuple[int, int, str]
"""The words, from and to, that name an office."""


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The phrases that name offices by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, phrase in (*_plain(), *_ministers()):
        words = tuple(folded_words(phrase))
        if len(words) > 1:
            words = tuple(map(_bare, words))
        found.setdefault(words[0], []).append((words, name))
    for phrases in found.values():
        phrases.sort(key=lambda one: -len(one[0]))
    return found


def _plain() -> Iterator[tuple[str, str]]:
    for line in lines_of("offices"):
        name, *columns = line.split("|")
        for phrase in ",".join(columns).split(","):
            doubt = _DOUBT if phrase.strip().startswith(_DOUBT) else ""
            yield doubt + name.strip(), phrase


def _ministers() -> Iterator[tuple[str, str]]:
    for line in lines_of("ministries"):
        name, *columns = line.split("|")
        for heads, column in zip(_HEADS.values(), columns, strict=True):
            for field in column.split(","):
                for head in heads:
                    yield f"{name.strip()} minister", head.format(field.strip())


def _bare(word: str) -> str:
    """A folded word without the article of Arabic."""
    if word.startswith("لل") and len(word) > 4:
        return word[2:]
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


@lru_cache(maxsize=4_096)
def _readings(word: str) -> tuple[str, ...]:
    """How the first word of an office may stand in a text."""
    found = [word]
    if is_arabic_script(word):
        if word.startswith("لل"):
            found.append("ال" + word[2:])
        if _BEFORE.match(word):
            found.append(word[1:])
        found += [_bare(one) for one in tuple(found)]
        if word in _NO_OFFICES:
            return tuple(dict.fromkeys(found))
        # A woman's office, and one with its owner: "محاميته", his lawyer.
        found += [
            one.removesuffix(ending)
            for one in tuple(found)
            for ending in _ENDINGS
            if one.endswith(ending)
            and len(one) - len(ending) > _SHORTEST
            and one.removesuffix(ending) + "ه" not in _NO_OFFICES
        ]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1_024)
def offices_in(text: str, *, doubtful: bool = False) -> tuple[Named, ...]:
    """The offices that a text names, with `doubtful` also those that it may name."""
    words = folded_words(text)
    found, place = list[Named](), 0
    while place < len(words):
        named = _at(words, place)
        if named and (doubtful or not named[2].startswith(_DOUBT)):
            found.append((*named[:2], named[2].removeprefix(_DOUBT)))
            place = named[1]
        else:
            place += 1
    return tuple(found)


def _at(words: Sequence[str], place: int) -> Named | None:
    """The office that the words from `place` on name."""
    best: tuple[int, str] | None = None
    for reading in _readings(words[place]):
        for phrase, name in _phrases().get(reading, ()):
            last = _match(phrase[1:], words, place + 1)
            if last is not None and (best is None or last > best[0]):
                best = last, name
                break
    if best is None:
        return None
    end, name = best
    before = place - 1
    while before > max(place - 1 - _BETWEEN, 0) and is_place(words[before]):
        before -= 1
    is_deputy = place > 0 and not _DEPUTIES.isdisjoint(_readings(words[before]))
    return place, end, f"deputy {name}" if is_deputy else name


def _match(rest: Sequence[str], words: Sequence[str], place: int) -> int | None:
    """Where the rest of a phrase ends, a country within it passed over; None if it breaks off."""
    for word in rest:
        while (
            place < len(words)
            and words[place] != word
            and (words[place] == "the" or is_place(words[place]))
        ):
            place += 1
        if place == len(words) or word not in _second_readings(words[place]):
            return None
        place += 1
    return place


@lru_cache(maxsize=4_096)
def _second_readings(word: str) -> tuple[str, ...]:
    """How another word of an office may stand in a text: a woman's, or with its owner."""
    bare = _bare(word)
    return bare, bare.removesuffix("ه"), bare.removesuffix("ته") + "ه", bare.removesuffix("ها")


@lru_cache(maxsize=4_096)
def is_place(word: str) -> bool:
    """Whether a folded word is a place or of a place, whatever else it may be."""
    if place_of(word):
        return True
    return any(
        concept.field in (PLACES, NAMES)
        for form in (word, *without_prefixes(word))
        for concept in listed_exactly(form)
    )
