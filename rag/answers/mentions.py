"""Mentions: the places in an Arabic or Persian claim where somebody is named.

Somebody is named who does something (in Arabic after the verb, in Persian first), whose visit or
word it is, and with or by whom something is done.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from rag.answers.data import lines_of
from rag.answers.details import is_light
from rag.answers.office_names import offices_in
from rag.answers.offices import is_common
from rag.answers.pool import without_prefixes
from rag.answers.senses import concepts_of
from rag.answers.texts import spans_in, tongue_of
from rag.answers.unlisted import is_doubtful, is_listed_name, may_name
from rag.text.dates import MONTHS, WEEKDAYS
from rag.text.folding import folded_words
from rag.text.function_words import is_function_word
from rag.text.stems import is_arabic_script

_SHORTEST: Final = 3
_LONGEST_NAME: Final = 3
_VISITS: Final = frozenset(
    folded_words(
        "إقامة زيارة سفر رحلة جولة وصول مغادرة عودة لقاء اجتماع محادثات مباحثات تصريح تصريحات "
        "دعوة خطاب كلمة قول اقامت دیدار بازدید ورود خروج بازگشت نشست گفتگوی گفته سخنان اظهارات "
        "دعوت سخنرانی هیئت"
    )
)
"""What somebody does, in whose name the next word may say who ("زيارة …", "دیدار …")."""
_THAT: Final = {
    "ar": frozenset(folded_words("أن إن بأن وأن وإن")),
    "fa": frozenset(folded_words("که")),
}
"""Words after which a clause begins, in Arabic with who does it."""
_COMPANY: Final = {
    "ar": frozenset(folded_words("مع ومع برفقة")),
    "fa": frozenset(folded_words("با توسط")),
}
"""Words before somebody with whom, or by whom, something is done."""
_VERBS: Final = frozenset(
    folded_words(
        "وصل وصلت زار زارت سافر سافرت غادر غادرت عاد عادت توجه توجهت التقى التقت أجرى أجرت بحث "
        "ناقش وقع وقعت استقبل استقبلت ترأس قاد دعا دعت طلب رفض رفضت هدد وعد وافق كتب تحدث كان كانت"
    )
)
"""Arabic verbs of what people do, beside those of saying."""
_NO_SUBJECT_AFTER: Final = frozenset(
    folded_words("في من إلى على عن بعد قبل خلال در از به بر برای پس تا او وی آنها آنان")
)
"""What follows these is no subject, if it tells no time."""
_PRESENT: Final = frozenset("يت")
"""The letters with which an Arabic verb begins of what is or is to be done."""
_NO_NAMES: Final = frozenset(
    folded_words("اوست آنهاست ایشان آنان خود خویش وی میان دیگر عدم انعدام مسائل ضوء ظل إطار غضون")
)
_PREDICATES: Final = frozenset(folded_words("وارد عازم راهی خواستار مدعی"))
"""What Persian says next of somebody."""
_PLAIN_ENDINGS: Final = (*tuple("اهمشن"), "ات", "ند", "ين")
"""Endings of words that are the form of another."""
_TIMES: Final = frozenset(
    folded_words(
        "عام سنة يوم تشرين كانون ربيع جمادى ذو ذي شهر مساء صباح أمس اليوم "
        "سال روز ماه شب صبح عصر دیروز امروز تاریخ مطلع أواخر "
        "أوائل بداية نهاية الماضي الماضية الجاري الحالي المقبل اوایل اواخر"
    )
)
_TITLES: Final = frozenset(
    folded_words(
        "الجنرال اللواء الفريق العميد العقيد المشير السيد السيدة الدكتور الشيخ الرئيس الوزير "
        "ژنرال سرلشکر سردار سرتیپ سرهنگ دکتر آقای خانم رئیس‌جمهور"
    )
)
_BREAKS: Final = '.،,؛;:!؟?()«»“”"\n'


class Mentions:
    """The places in a claim, by word, where somebody may be named."""

    def __init__(self, text: str) -> None:
        self._text, self._language = text, tongue_of(text)
        self._spans = spans_in(text)
        self.words = [word for word, _, _ in self._spans]
        offices = (range(start, end) for start, end, _ in offices_in(text))
        self._offices = frozenset(place for each in offices for place in each)

    def places(self) -> list[int]:
        """The places of the words that name people, as far as that can be told, in order."""
        found = {place for start in self._starts() for place in self._name(start)}
        return sorted(found)

    def doubtful(self) -> list[int]:
        """The places where a word stands alone for who does it, which may be a name for that."""
        return [
            place
            for place in sorted(set(self._starts()))
            if self._may_stand(place)
            and self._is_alone(place)
            and is_doubtful(self.words[place], self._language)
        ]

    def _is_alone(self, place: int) -> bool:
        """Whether nothing follows a word that would tell what kind of thing it is."""
        if place + 1 == len(self.words) or self._is_broken(place + 1):
            return True
        following = self.words[place + 1]
        if self._language == "fa" and following in _PREDICATES:
            return True
        return _tells_time(following) or is_light(following, self._language)

    def _starts(self) -> Iterator[int]:
        """The places from which on somebody may be named."""
        yield from self._subject(0)
        for place, word in enumerate(self.words[:-1]):
            is_verb = self._language == "ar" and _is_verb(word)
            if word in _THAT[self._language] and self._follows_saying(place):
                yield from self._subject(place + 1)
            elif word in _COMPANY[self._language] or is_verb or _is_visit(word):
                yield place + 1

    def _subject(self, place: int) -> Iterator[int]:
        """The places at which the subject of the clause that begins at one may stand."""
        first, governed = place, False
        while first < len(self.words) and _tells_time(self.words[first]):
            is_time = not is_function_word(self.words[first])
            governed = not is_time and (governed or self.words[first] in _NO_SUBJECT_AFTER)
            first += 1
        if first >= len(self.words) or governed:
            return
        word, following = self.words[first], self.words[first + 1 : first + 2]
        if self._language == "fa":
            yield first
            return
        is_present = word[0] in _PRESENT
        # An Arabic clause begins with its verb, which lists may lack: only before another one,
        # or after "that", is an unlisted word a name.
        is_noun = any(map(_is_verb, following)) or (place > 0 and not is_present)
        if is_noun or (is_listed_name(word) and word[0] not in "وف"):
            yield first
        is_definite = word.startswith("ال") or is_function_word(word)
        is_verb = not is_definite and (place == 0 or is_present)
        if is_verb and following and not self._is_broken(first + 1):
            yield first + 1

    def _follows_saying(self, place: int) -> bool:
        """Whether a Persian clause is what somebody says, not a relative one."""
        return self._language == "ar" or not _saying().isdisjoint(
            self.words[max(place - 2, 0) : place]
        )

    def _name(self, start: int) -> Iterator[int]:
        """The places of the name that begins at one; titles before it are passed over."""
        while start < len(self.words) and self.words[start] in _TITLES:
            start += 1
        for place in range(start, min(start + _LONGEST_NAME, len(self.words))):
            if (place > start and self._is_broken(place)) or not self._is_name(place):
                return
            yield place

    def _may_stand(self, place: int) -> bool:
        if place >= len(self.words) or place in self._offices:
            return False
        word = self.words[place]
        if not is_arabic_script(word) or len(word) < _SHORTEST:
            return False
        return not self._is_joined(place) or is_listed_name(word)

    def _is_name(self, place: int) -> bool:
        word = self.words[place]
        if not self._may_stand(place):
            return False
        if self._is_construct(place):
            return False
        return may_name(word, self._language)

    def _is_construct(self, place: int) -> bool:
        """Whether a word has its ي for what follows: what it is of ("مندوبي حزبه"), or its kind."""
        word, following = self.words[place], self.words[place + 1 : place + 2]
        if not word.endswith("ي") or is_listed_name(word) or not following:
            return False
        if self._language == "fa":  # "مقامی نظامی", a military official
            return is_common(word[:-1]) and not self._is_alone(place)
        is_owner = following[0].startswith("ال") or following[0].endswith(("ه", "ها", "هم"))
        return (is_owner or following[0].isdigit()) and bool(concepts_of(word))

    def _is_joined(self, place: int) -> bool:
        """Whether a word is a part of a longer one, as Persian joins them."""
        _, start, end = self._spans[place]
        return "\u200c" in (self._text[start - 1 : start], self._text[end : end + 1])

    def _is_broken(self, place: int) -> bool:
        """Whether more than a space stands before a word."""
        between = self._text[self._spans[place - 1][2] : self._spans[place][1]]
        return any(one in _BREAKS for one in between)


@lru_cache(maxsize=1_024)
def mentions_in(claim: str) -> Mentions:
    """The mentions of people in a claim."""
    return Mentions(claim)


def _tells_time(word: str) -> bool:
    bare = (word, *without_prefixes(word))
    return (
        word[0].isdigit()
        or is_function_word(word)
        or any(one in MONTHS or one in WEEKDAYS or one in _TIMES for one in bare)
    )


def _is_verb(word: str) -> bool:
    """Whether a folded Arabic word is a verb of what people do or say."""
    bare = word[1:] if word[0] in "وف" else word
    return any(one in _VERBS or one in _saying() for one in (word, bare))


def _is_visit(word: str) -> bool:
    return not _VISITS.isdisjoint((word, *without_prefixes(word)))


@lru_cache(maxsize=1)
def _saying() -> frozenset[str]:
    """The folded verbs of saying of Arabic and Persian."""
    rows = (line.split(":", 1) for line in lines_of("reporting"))
    return frozenset(word for _, entries in rows for word in folded_words(entries))
