"""Bearers: the name that a text puts beside the title of an office."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Final

from rag.answers.charge import AFTER_NAMES, COPULAS
from rag.answers.office_names import is_place
from rag.answers.persons import given_names
from rag.answers.subject import is_content
from rag.text.folding import fold
from rag.text.lexicon import lexicon
from rag.text.stems import is_arabic_script

_RANKS: Final = frozenset(
    fold(
        "الجنرال اللواء الفريق العميد العقيد المشير السيد الدكتور الشيخ الأمير ركن الركن أول الأول "
        "ژنرال سرلشکر سردار سرتیپ دکتر آقای general gen maj lt col brigadier colonel admiral major "
        "lieutenant marshal mr mrs ms dr sheikh sir field الجديد الجديدة الحالي الحالية المنتخب "
        "المؤقت new current acting interim جدید کنونی"
    ).split()
)
"""What may stand between a title and a name."""
WITHIN_NAMES: Final = frozenset(fold("بن ابن أبو ابو بنت بو bin ibn al el de van von").split())
"""What joins the words of a name and is none of them."""
_LONGEST_NAME: Final = 3
_LINKED: Final = 2
"""Words of a name, at least, that a "is" ties to an office."""
_COMMAS: Final = ",،"
_CLOSES: Final = (",", "،", "(", ")", "–", "—", ".", ":")
_NOTHING: Final = " \u00a0'’.\"“”"


class Names:
    """Finds the name beside a title."""

    def __init__(self, text: str, spans: Sequence[tuple[str, int, int]]) -> None:
        self._text, self._spans = text, spans
        self._words = [word for word, _, _ in spans]

    def linked(self, place: int) -> tuple[int, int] | None:
        """The words of the name after a "is" that follows a title."""
        if place >= len(self._words) or self._words[place] not in COPULAS:
            return None
        place += 1
        while place < len(self._words) and self._words[place] in _RANKS:
            place += 1
        return self._full(self._name(place)) if place < len(self._words) else None

    def subject(self, place: int) -> tuple[int, int] | None:
        """The words of the name before a "is" and a title, where they open the text."""
        while place > 0 and self._words[place - 1] == "the":
            place -= 1
        if place == 0 or self._words[place - 1] not in COPULAS:
            return None
        return self._full(self._opens(place - 1))

    def opening(self, start: int, stop: int) -> tuple[int, int] | None:
        """The words of the name that opens a Persian sentence "… is the mayor of Shiraz"."""
        if self._words[stop : stop + 1] != ["است"] or not self._adjoins(start):
            return None
        return self._full(self._opens(start))

    def beside(self, place: int, *, is_sure: bool) -> tuple[int, int] | None:
        """The words of the name after a title, `is_sure` where those can be little else.

        "The mayor of Shiraz is worried" has two words after the title in Persian that are none.
        """
        name = self.after(place)
        if name and (not is_sure or self._words[-1] == "است"):
            return name if self._words[name[0]].isascii() else self._full(name)
        return name

    def _opens(self, last: int) -> tuple[int, int] | None:
        are_names = 0 < last <= _LONGEST_NAME and all(map(self._is_name, range(last)))
        return (0, last) if are_names and all(map(self._adjoins, range(1, last))) else None

    def _full(self, name: tuple[int, int] | None) -> tuple[int, int] | None:
        """A name of several words of which the first is no common word."""
        if name is None or self._words[name[1] : name[1] + 1] == ["s"]:
            return None
        first = self._words[name[0]]
        if name[1] - name[0] < _LINKED and first not in given_names():
            return None
        is_name = first in given_names() or not (is_arabic_script(first) and _is_common(first))
        return name if is_name else None

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
        is_of_place = is_place(word) and word not in given_names()
        return is_of or word in _RANKS or is_of_place

    def _may_open_title(self, place: int) -> bool:
        return self._is_passed_over(place) or self._words[place] in ("the", "s")

    def _is_name(self, place: int) -> bool:
        word, start, _ = self._spans[place]
        if word in WITHIN_NAMES:
            return True
        if not is_arabic_script(word):
            return self._text[start].isupper() and word not in _RANKS
        if word in given_names() and word not in AFTER_NAMES:
            return True
        if not is_content(word) or word in AFTER_NAMES or word in _RANKS or is_place(word):
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
