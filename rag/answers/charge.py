"""Charges: what an office is of, where a text says so beside the title: a country, a city, a bank.

"Brazil's foreign minister", "the director of the Norvik museum", "مدير مستشفى الأمل" and "استاندار
کرمان". In Arabic and Persian the name of the holder may follow at once: where it begins is told by
a given name, else the last two words are taken for it.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from rag.answers.data import lines_of
from rag.answers.office_names import is_place
from rag.answers.persons import given_names
from rag.answers.subject import Keys, is_content, keys_of
from rag.text.folding import fold, folded_words
from rag.text.stems import is_arabic_script

AFTER_NAMES: Final = frozenset(
    fold(
        "قال قالت أعلن أعلنت أكد أكدت زار زارت وصل وصلت التقى التقت صرح صرحت ذكر أضاف أوضح أشار "
        "شدد دعا بحث ناقش استقبل غادر وقع افتتح افتتحت ترأس عقد أجرى كان كانت يزور يصل يلتقي بدأ "
        "أمر رفض نفى انتقد رحب رحبت حذر حذرت خلال أمس اليوم غدا يوم نظيره أن إن إنه إنها بأن گفت "
        "اعلام دیدار وارد سفر روز دیروز امروز خبر افزود تاکید با در به از را بود کرد شد شنبه"
    ).split()
)
"""Words that end a name, or what an office is of."""
COPULAS: Final = frozenset(fold("is remains هو هي است هست می‌باشد باشد").split())
_OF: Final = ("of", "at", "for")
_WITHIN: Final = frozenset(("of", "the", "in", "and", "for"))
_ADJECTIVES: Final = frozenset(
    fold("elect designate acting interim المؤقت المؤقتة المنتخب المنتخبة المكلف المكلفة").split()
)
"""What may stand between a title and what it is of."""
_NOTHING: Final = " -\u00a0'’\"“”"
_NAME: Final = 2
"""Words of a name, where nothing else tells where it begins."""
_LONGEST: Final = 7


class Charges:
    """Finds what an office is of in a text."""

    def __init__(self, text: str, spans: Sequence[tuple[str, int, int]]) -> None:
        self._text, self._spans = text, spans
        self._words = [word for word, _, _ in spans]

    def before(self, place: int) -> int:
        """Where what a title is of begins before it, which is at `place`: there if nowhere."""
        at = place
        if self._adjoins(at) and self._words[at - 1] == "s":
            at -= 1
        first = at
        while self._adjoins(first) and self._belongs(first - 1):
            first -= 1
        return first if first < at else place

    def after(self, place: int, *, is_national: bool) -> int:
        """Where what a title is of ends behind it, which ends at `place`: there if nowhere."""
        if place >= len(self._words):
            return place
        if is_arabic_script(self._words[place]):
            return self._without_name(place, self.run(place), is_national=is_national)
        at = place
        while self._has(at) and self._words[at] in _ADJECTIVES:
            at += 1
        if not (self._has(at) and self._words[at] in _OF):
            return place
        at += 1
        if is_national and any(map(is_place, self._words[at : at + 2])):
            while self._has(at) and (self._words[at] == "the" or is_place(self._words[at])):
                at += 1
            return at
        first = at
        while self._has(at) and (self._belongs(at) or self._words[at] in _WITHIN):
            at += 1
        while at > first and self._words[at - 1] in _WITHIN:
            at -= 1
        return at if at > first else place

    def run(self, place: int) -> int:
        """Where the words that stand together from `place` on end: at a verb, copula or comma."""
        at = place
        while self._has(at) and at - place < _LONGEST and not _ends_run(self._words[at]):
            at += 1
        return at

    def _without_name(self, place: int, end: int, *, is_national: bool) -> int:
        """Where the name begins among words that say what an office is of and who holds it."""
        words = self._words[place:end]
        follows = self._words[end] if self._has(end) else ""
        if follows in ("هو", "هي"):
            return end
        # What an office of a city or an institution is of comes first, and may be a given name.
        for at in range(0 if is_national else 1, len(words)):
            if words[at] in given_names() and not is_place(words[at]) and at + 1 < len(words):
                return place + at
        if is_national:
            return place
        is_apposed = not follows and end < len(self._words)
        has_name = len(words) > _NAME and not is_apposed
        return end - _NAME if has_name else end

    def _has(self, place: int) -> bool:
        return place < len(self._words) and self._adjoins(place)

    def _adjoins(self, place: int) -> bool:
        """Whether only space stands before a word."""
        if not 0 < place < len(self._words):
            return False
        return not self._text[self._spans[place - 1][2] : self._spans[place][1]].strip(_NOTHING)

    def _belongs(self, place: int) -> bool:
        """Whether a word may be of the name of a place or an institution."""
        word, start, _ = self._spans[place]
        if is_arabic_script(word) or not is_content(word) or word in _ADJECTIVES:
            return False
        return self._text[start].isupper() or word in _institutions()


def naming(words: Iterable[str]) -> tuple[str, ...]:
    """The words that tell which one an office is of; none where they only say of what kind."""
    told = [word for word in words if is_content(word) and _bare(word) not in _kinds_of_place()]
    is_named = any(_bare(word) not in _institutions() for word in told)
    return tuple(told) if is_named else ()


def is_institution(word: str) -> bool:
    """Whether a folded word says of what kind an institution is: a museum, a bank."""
    return word in _institutions()


def are_one(one: Sequence[Keys], other: Sequence[Keys]) -> bool:
    """Whether offices are of the same: each word of one has its like in the other."""
    return (
        bool(one and other)
        and all(any(mine & its for its in other) for mine in one)
        and all(any(mine & its for mine in one) for its in other)
    )


@lru_cache(maxsize=1_024)
def keys_of_charge(word: str) -> Keys:
    """The keys by which a word that an office is of is compared, its sound among them."""
    return frozenset(key for key in keys_of(word) if not key.startswith("r:"))


def _ends_run(word: str) -> bool:
    return (
        word in COPULAS
        or word in AFTER_NAMES
        or (not is_content(word) and word not in given_names())
    )


def _bare(word: str) -> str:
    return word.removeprefix("لل").removeprefix("ال") if is_arabic_script(word) else word


@lru_cache(maxsize=1)
def _institutions() -> frozenset[str]:
    return frozenset(_listed("kind")) | _kinds_of_place()


@lru_cache(maxsize=1)
def _kinds_of_place() -> frozenset[str]:
    return frozenset(_listed("place"))


def _listed(name: str) -> Iterable[str]:
    for line in lines_of("institutions"):
        group, _, words = line.partition(":")
        if group == name:
            yield from folded_words(words.replace("|", " "))
