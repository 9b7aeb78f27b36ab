"""Holders: who holds an office, where a text names one beside the other.

"The defence minister Nikos Pallis", "the defence minister, Nikos Pallis, said" and "Nikos Pallis,
the defence minister of Greece".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Final

from rag.answers.data import lines_of
from rag.answers.office_names import SOFT, is_place, offices_in
from rag.answers.subject import Keys, is_content, place_of
from rag.text.folding import fold, folded_words, word_spans
from rag.text.lexicon import lexicon
from rag.text.stems import is_arabic_script

_ARMY_CHIEF: Final = "army chief"
_SHARED: Final = frozenset(
    "military chief|ambassador|envoy|senator|governor|chief negotiator|pope".split("|")
)
"""Offices that several may hold at once, in one country, or that are of no country."""
_RANKS: Final = frozenset(
    fold(
        "الجنرال اللواء الفريق العميد العقيد المشير السيد الدكتور الشيخ الأمير ركن الركن أول الأول "
        "ژنرال سرلشکر سردار سرتیپ دکتر آقای general gen maj lt col brigadier colonel admiral major "
        "lieutenant marshal mr mrs ms dr sheikh sir field الجديد الجديدة الحالي الحالية المنتخب "
        "المؤقت new current acting interim جدید کنونی"
    ).split()
)
"""What may stand between a title and a name."""
_AFTER_NAMES: Final = frozenset(
    fold(
        "قال قالت أعلن أعلنت أكد أكدت زار زارت وصل وصلت التقى التقت صرح ذكر أضاف أوضح أشار شدد دعا "
        "بحث ناقش استقبل غادر وقع افتتح ترأس عقد أجرى كان يزور يصل يلتقي بدأ أمر رفض نفى انتقد "
        "خلال أمس اليوم غدا يوم وقال وأعلن وأكد وزار والتقى ووصل نظيره ونظيره أن إن إنه بأن گفت "
        "اعلام دیدار وارد سفر روز دیروز امروز خبر افزود تاکید با در به از را است بود کرد"
    ).split()
)
"""Words that end a name."""
WITHIN_NAMES: Final = frozenset(fold("بن ابن أبو ابو بنت بو bin ibn al el de van von").split())
"""What joins the words of a name and is none of them."""
_FORMER: Final = re.compile(
    r"(?<!\w)(?:السابق|السابقه|الاسبق|الراحل|انذاك|حينها|former|then|late|ex|پيشين|سابق|وقت)(?!\w)"
)
_LONGEST_NAME: Final = 3
_BESIDE_TITLE: Final = 2
"""Words before and after a title among which its country may stand ("Pakistan's army chief")."""
_TELLS_PLACE: Final = 6
"""Characters of a place's key, of which two mark it as one."""
_COMMAS: Final = ",،"
_CLOSES: Final = (",", "،", "(", ")", "–", "—", ".", ":")
_NOTHING: Final = " \u00a0'’.\"“”"


@dataclass(frozen=True, slots=True)
class Holder:
    """An office and the span (characters) of the name of who holds it."""

    office: str
    start: int
    end: int
    places: tuple[frozenset[str], ...]
    """The places told of next to the title, each by its keys."""


def holders(text: str) -> Iterator[Holder]:
    """Who holds which office now, by a text; former holders are left out."""
    spans = word_spans(text)
    words = [word for word, _, _ in spans]
    reader = _Names(text, spans)
    for start, end, office in dict.fromkeys((*_offices(text), *_army_chiefs(words))):
        name = reader.after(end) or reader.before(start)
        if name is None:
            continue
        first, last = min(start, name[0]), max(end, name[1])
        before = max(first - 1, 0)
        if _FORMER.search(fold(text[spans[before][1] : spans[last - 1][2]])):
            continue
        near = [
            word
            for place, word in enumerate(words)
            if start - _BESIDE_TITLE <= place < max(end + _BESIDE_TITLE, name[0])
            and not name[0] <= place < name[1]
        ]
        if words[name[1] : name[1] + 1] == ["of"]:
            near += words[name[1] + 1 : name[1] + 2]
        places = tuple(dict.fromkeys(filter(None, map(_country_of, near))))
        yield Holder(office, spans[name[0]][1], spans[name[1] - 1][2], places)


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
        if not (is_deputy or name.startswith(SOFT) or name in _SHARED):
            yield start, end, name


def _army_chiefs(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Chiefs of the army, whom a country has beside the chief of its general staff."""
    for language in ("ar", "fa") if any(map(is_arabic_script, words)) else ("en",):
        for match in lexicon(language).matches(words):
            if any(one.name == _ARMY_CHIEF for one in match.concepts):
                yield match.start, match.end, _ARMY_CHIEF


class _Names:
    """Finds the name beside a title."""

    def __init__(self, text: str, spans: Sequence[tuple[str, int, int]]) -> None:
        self._text, self._spans = text, spans
        self._words = [word for word, _, _ in spans]

    def after(self, place: int) -> tuple[int, int] | None:
        """The words of the name after a title: no adjectives of a country, no ranks."""
        words = self._words
        while place < len(words) and self._adjoins(place) and self._is_passed_over(place):
            place += 1
        if place == len(words) or place == 0:
            return None
        if self._adjoins(place):
            return self._name(place)
        # "The defence minister, Nikos Pallis, said": what stands between commas is his name.
        is_apposed = self._between(place).strip(_NOTHING) in _COMMAS
        while is_apposed and place < len(words) and words[place] in _RANKS:
            place += 1
        named = self._name(place) if is_apposed else None
        return named if named and self._is_closed(named[1]) else None

    def before(self, place: int) -> tuple[int, int] | None:
        """The words of the name before a comma and a title."""
        while place > 0 and self._adjoins(place) and self._may_open_title(place - 1):
            place -= 1
        if place == 0 or self._between(place).strip(_NOTHING) not in _COMMAS:
            return None
        if self._adjoins(place):
            return None
        first = place
        while max(place - _LONGEST_NAME, 0) < first and self._is_name(first - 1):
            if first < place and not self._adjoins(first):
                break
            first -= 1
        return self._whole(first, place)

    def _name(self, place: int) -> tuple[int, int] | None:
        following = range(place, min(place + _LONGEST_NAME, len(self._words)))
        named = list(
            takewhile(
                lambda at: self._is_name(at) and (at == place or self._adjoins(at)), following
            )
        )
        if not named or self._words[place].startswith("ال"):
            return None
        return self._whole(place, place + len(named))

    def _whole(self, first: int, last: int) -> tuple[int, int] | None:
        """Some words if they are a name: of one that is also a common word there is no telling."""
        is_one = last - first == 1 and is_arabic_script(self._words[first])
        while first < last and self._words[first] in WITHIN_NAMES:
            first += 1
        while first < last and self._words[last - 1] in WITHIN_NAMES:
            last -= 1
        if first == last:
            return None
        return None if is_one and _is_common(self._words[first]) else (first, last)

    def _between(self, place: int) -> str:
        return self._text[self._spans[place - 1][2] : self._spans[place][1]]

    def _adjoins(self, place: int) -> bool:
        """Whether only space stands before a word."""
        return place > 0 and not self._between(place).strip(_NOTHING)

    def _is_closed(self, place: int) -> bool:
        """Whether a comma or the like stands before a word, or nothing follows."""
        if place >= len(self._words):
            return True
        return self._between(place).strip(" \u00a0'’\"“”")[:1] in _CLOSES

    def _is_passed_over(self, place: int) -> bool:
        word, following = self._words[place], self._words[place + 1 : place + 2]
        is_of = word in ("of", "the") and any(map(is_place, following))
        return is_of or word in _RANKS or is_place(word)

    def _may_open_title(self, place: int) -> bool:
        return self._is_passed_over(place) or self._words[place] in ("the", "s")

    def _is_name(self, place: int) -> bool:
        word, start, _ = self._spans[place]
        if word in WITHIN_NAMES:
            return True
        if not is_arabic_script(word):
            return self._text[start].isupper() and word not in _RANKS
        if not is_content(word) or word in _AFTER_NAMES or word in _RANKS or is_place(word):
            return False
        return not (word.startswith("لل") or (word.startswith(("ال", "وال")) and _is_common(word)))


@lru_cache(maxsize=4_096)
def _is_common(word: str) -> bool:
    """Whether the lexicon has an Arabic or Persian word, so that it may be no name."""
    forms = {(word,), (word.removeprefix("ال"),), (word.removeprefix("وال"),)}
    return any(
        not forms.isdisjoint(concept.phrases[language])
        for language in ("ar", "fa")
        for match in lexicon(language).matches([word])
        for concept in match.concepts
    )
