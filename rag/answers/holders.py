"""Holders: who holds an office, where a text names one beside the other.

"The defence minister Nikos Pallis", "the defence minister, Nikos Pallis, said", "Nikos Pallis, the
defence minister of Greece" and "the defence minister of Greece is Nikos Pallis".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rag.answers.bearers import Names
from rag.answers.charge import Charges, is_institution, keys_of_charge, naming
from rag.answers.data import lines_of
from rag.answers.office_names import SOFT, is_place, offices_in
from rag.answers.subject import Keys, is_content, place_of
from rag.text.folding import fold, folded_words, word_spans
from rag.text.lexicon import lexicon
from rag.text.stems import is_arabic_script

_ARMY_CHIEF: Final = "army chief"
_SHARED: Final = frozenset(
    "military chief|ambassador|envoy|senator|chief negotiator|pope".split("|")
)
"""Offices that several may hold at once, in one country, or that are of no country."""
_OF_LAND: Final = frozenset(("governor", "~mayor"))
_HEAD: Final = "head"
_HEADS: Final = frozenset(fold("head رئيس رئيسة رئیس").split())
_LOCAL: Final = _OF_LAND | frozenset(
    "head|~director|~chief executive|~chairman|~university president|police chief".split("|")
)
"""Offices of a city, a province or an institution: which one is told beside the title."""
_FORMER: Final = re.compile(
    r"(?<!\w)(?:السابق|السابقه|الاسبق|الراحل|انذاك|حينها|former|then|late|ex|پيشين|سابق|وقت)(?!\w)"
)
_ACTS: Final = "acting"
_ACTING: Final = re.compile(
    r"(?<!\w)(?:acting|interim|caretaker|elect|designate|(?:ال)?(?:موءقت|منتخب|مكلف)ه?|بالوكاله"
    r"|بالانابه|سرپرست|كفيل)(?!\w)"
)
"""What makes an office another: its holder acts for somebody, or has yet to take it."""
_ONE_OF_MANY: Final = frozenset(("a", "an"))
_BESIDE_TITLE: Final = 2
"""Words before and after a title among which its country may stand ("Pakistan's army chief")."""
_TELLS_PLACE: Final = 6
"""Characters of a place's key, of which two mark it as one."""


@dataclass(frozen=True, slots=True)
class Holder:
    """An office and the span (characters) of the name of who holds it."""

    office: str
    start: int
    end: int
    places: tuple[frozenset[str], ...]
    """The places told of next to the title, each by its keys."""


def holders(text: str) -> Iterator[Holder]:
    """Who holds which office now, by a text; former holders are left out.

    Who only acts in an office, or is elected to it, holds another.
    """
    spans = word_spans(text)
    words = [word for word, _, _ in spans]
    names, charges = Names(text, spans), Charges(text, spans)
    told = (*_offices(text), *_army_chiefs(words), *_heads(text, words))
    for start, end, office in dict.fromkeys(told):
        is_national = office not in _LOCAL
        first, last = charges.before(start), charges.after(end, is_national=is_national)
        stop = charges.run(end)
        name = names.opening(start, stop)
        if name is not None:
            last = stop
        else:
            name = names.linked(last) or names.subject(first)
            name = name or names.beside(last, is_sure=is_national) or names.before(first)
        if name is None or words[max(first - 1, 0)] in _ONE_OF_MANY:
            continue
        begin = max(min(first, name[0]) - 1, 0)
        window = fold(text[spans[begin][1] : spans[max(last, end, name[1]) - 1][2]])
        if _FORMER.search(window):
            continue
        of = _charge(words, (first, start), (end, last), office)
        if of is None:
            continue
        if is_national and not of:
            of = _near(words, (start, end), name)
        kind = f"{_ACTS} {office}" if _ACTING.search(window) else office
        yield Holder(kind, spans[name[0]][1], spans[name[1] - 1][2], of)


def _charge(
    words: Sequence[str], before: tuple[int, int], behind: tuple[int, int], office: str
) -> tuple[Keys, ...] | None:
    """The keys of what an office is of, as told on both sides of the title.

    None where an office that only a city or an institution has is not told of any by name.
    """
    left, right = words[slice(*before)], words[slice(*behind)]
    if office not in _LOCAL:
        if left[-1:] != ["s"] and not any(map(_country_of, left)):
            left = []
        return tuple(
            dict.fromkeys(
                _country_of(word) | keys_of_charge(word)
                for word in (*left, *right)
                if is_content(word)
            )
        )
    told = naming((*left, *right))
    is_vague = (
        len((*left, *right)) == len(told) == 1
        and told[0].startswith("ال")
        and office not in _OF_LAND
    )
    if not told or (is_vague and not is_place(told[0])):
        return None
    return tuple(dict.fromkeys(_country_of(word) | keys_of_charge(word) for word in told))


def _near(words: Sequence[str], title: tuple[int, int], name: tuple[int, int]) -> tuple[Keys, ...]:
    """The places told of next to a title, each by its keys."""
    start, end = title
    near = [
        word
        for place, word in enumerate(words)
        if start - _BESIDE_TITLE <= place < max(end + _BESIDE_TITLE, name[0])
        and not name[0] <= place < name[1]
    ]
    if words[name[1] : name[1] + 1] == ["of"]:
        near += words[name[1] + 1 : name[1] + 2]
    return tuple(dict.fromkeys(filter(None, map(_country_of, near))))


def countries_told(words: Iterable[str]) -> frozenset[Keys]:
    """The places that folded words name, or that they say somebody is of, each by its keys."""
    return frozenset(filter(None, map(_country_of, words)))


@lru_cache(maxsize=4_096)
def _country_of(word: str) -> Keys:
    country = _countries_by_people().get(word.removeprefix("ال").removesuffix("ه"))
    # "Iranian" and "Iran" are one.
    return frozenset(key[:_TELLS_PLACE] for key in place_of(country or word))


@lru_cache(maxsize=1)
def _countries_by_people() -> dict[str, str]:
    found = dict[str, str]()
    for line in lines_of("peoples"):
        country, _, words = line.partition(":")
        found |= {word.removesuffix("ه"): country for word in folded_words(words)}
    return found


def _offices(text: str) -> Iterator[tuple[int, int, str]]:
    """The offices of a text that one person holds."""
    for start, end, name in offices_in(text):
        is_deputy = name.startswith("deputy ")
        is_soft = name.startswith(SOFT) and name not in _LOCAL
        if not (is_deputy or is_soft or name in _SHARED):
            yield start, end, name


def _heads(text: str, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Heads of institutions whose office has no name of its own: "the head of …"."""
    taken = {place for start, end, _ in offices_in(text) for place in range(start, end)}
    for place, (word, following) in enumerate(pairwise(words)):
        is_head = following == "of" if word == "head" else is_institution(following)
        if place not in taken and word in _HEADS and is_head:
            yield place, place + 1, _HEAD


def _army_chiefs(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Chiefs of the army, whom a country has beside the chief of its general staff."""
    for language in ("ar", "fa") if any(map(is_arabic_script, words)) else ("en",):
        for match in lexicon(language).matches(words):
            if any(one.name == _ARMY_CHIEF for one in match.concepts):
                yield match.start, match.end, _ARMY_CHIEF
