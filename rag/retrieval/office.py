"""Offices: whether the passages know the office whose holder a question asks for.

"Who is the prime minister of Russia?" is not answered where Russia has a defence minister and
Pakistan a prime minister: the words of an office and its first place stand together or not at all.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rag.retrieval.coverage import Features, Sought, strength
from rag.retrieval.question import Question
from rag.text.folding import fold, folded_words
from rag.text.function_words import is_function_word
from rag.text.lexicon import NAMES, PLACES, lexicon
from rag.text.stems import is_arabic_script

_OFFICES: Final = frozenset(
    folded_words(
        "رئيس رئيسة رئيسا وزير وزيرة قائد مدير مديرة سفير سفيرة متحدث متحدثة ناطق أمين محافظ حاكم "
        "عمدة ملك ملكة أمير نائب نائبة مدرب عميد زعيم زعيمة مالك ممثل مندوب مفتي نقيب كبير كبيرة "
        "president minister premier chancellor head chief commander director ambassador spokesman "
        "spokeswoman spokesperson governor mayor king queen coach captain dean leader chairman "
        "chairwoman secretary ceo owner envoy representative rector "
        "رئیس رییس نخست وزیر فرمانده مدیر مدیرعامل سفیر سخنگو سخنگوی استاندار شهردار پادشاه "
        "ولیعهد مربی سرمربی رهبر دبیر نماینده فرماندار"
    )
)
_OPENING: Final = frozenset(
    folded_words(
        "من ومن مين منو منهو شكون وش شو ايش ايه هو هي يكون كان كانت ما اسم "
        "who whos is was the what name of"
    )
)
_WHO: Final = frozenset(folded_words("من ومن مين منو منهو شكون اسم who whos name"))
_WHO_IN_PERSIAN: Final = frozenset(folded_words("کیست کیه کسی چیست نام"))
_OPENING_IN_PERSIAN: Final = frozenset(folded_words("چه کسی کسانی شخصی"))
_CLOSING: Final = frozenset(
    folded_words(
        "الذي التي الذين who that which when during while since before after in at currently now "
        "former then is are was has had with عند عندما حين خلال أثناء في قبل بعد منذ عام سنة الآن "
        "حاليا السابق آنذاك كان که در هنگام زمان بود به با از چه کسی کیست کیه چیست "
        "وقتها حينها يومها وقتئذ وماذا ومتى وكم وكيف وأين ولماذا"
    )
)
_BEFORE_OFFICE: Final = 4
"""English words that may stand before the office itself: "the Russian defence minister"."""
_NAME: Final = "نام"
_GENITIVE: Final = "s"
_CONSTRUCT: Final = frozenset(
    folded_words("رئيس لرئيس ورئيس برئيس رئيسة وزير قائد مدير أمين رئیس فرمانده مدیر وزیر دبیر")
)
"""Heads of offices that are of what follows them."""
_OF_A_COUNTRY: Final = frozenset(
    folded_words("الجمهورية جمهورية الدولة دولة البلاد جمهور جمهوری کشور")
)
_FEWEST: Final = 2
_HELD: Final = 0.5
_BETWEEN: Final = 6
"""Words of a text that may stand among those of an office: a rank, an article, "of"."""
_ARTICLE: Final = "ال"
_OF_A_PLACE: Final = re.compile(r"(?<=\w\w)(?:يون|يين|يه|يا|ي|ا|ه)$")
"""What parts "Iran" from "Iranian", "روسيا" from "الروسي"."""
_LATIN_STEM: Final = 4
_SPACED: Final = re.compile(r"\S+")
_WRITTEN: Final = re.compile(r"[^\W\d_]+")


def lacks_office(question: Question, words: Sequence[Sought], texts: Sequence[str]) -> bool:
    """Whether a question asks who holds an office that none of the texts tells of."""
    asked = _office(question)
    wanted = [word for word in words if word.word in asked]
    if len(wanted) < _FEWEST:
        return False
    return not any(_is_told(wanted, text, question.language) for text in texts)


def asks_for_holder(question: Question) -> bool:
    """Whether a question asks who holds an office, and not who somebody of that office is.

    >>> from rag.retrieval.question import analyse
    >>> asks_for_holder(analyse("Who is the prime minister of Russia?"))
    True
    >>> asks_for_holder(analyse("Who is Prime Minister Imran Khan?"))
    False
    """
    if not _office(question):
        return False
    written = [(word, fold(word)) for word in _WRITTEN.findall(question.text)]
    return not any(
        _is_office(word) and following[:1].isupper() and not _is_plain(other)
        for (_, word), (following, other) in pairwise(written)
    )


def _is_plain(word: str) -> bool:
    return _is_office(word) or is_function_word(word)


def _office(question: Question) -> frozenset[str]:
    """The topic words of the office whose holder is asked for; none where it is another thing."""
    words = folded_words(question.text)
    if question.language == "fa":
        start = int(words[:1] == [_NAME]) if _WHO_IN_PERSIAN.intersection(words) else len(words)
        while start < len(words) and words[start] in _OPENING_IN_PERSIAN:
            start += 1
    else:
        start = 0 if _WHO.intersection(words[:3]) else len(words)
        while start < len(words) and words[start] in _OPENING:
            start += 1
    before = _BEFORE_OFFICE if question.language == "en" else 1
    at = next((n for n, word in enumerate(words[start:][: before + 1]) if _is_office(word)), None)
    before_it = [word for word in words[start : start + (at or 0)] if word != _GENITIVE]
    if at is None or any(map(is_function_word, before_it)):
        return frozenset()
    if question.language == "ar" and before_it and words[start + at].startswith(_ARTICLE):
        return frozenset()  # "Who received the minister?"
    end = start + at
    while end < len(words) and words[end] not in _CLOSING:
        end += 1
    return frozenset(word for word in words[start:end] if not is_function_word(word))


def _is_office(word: str) -> bool:
    return word in _OFFICES or word.removeprefix("ال") in _OFFICES


def _is_told(wanted: Sequence[Sought], text: str, language: str) -> bool:
    """Whether the words of an office stand together somewhere in a text.

    Of its places the first counts, since the second may be told by its capital; of its other
    words half do, since an office is described in many ways.
    """
    place = next((word for word in wanted if word.is_place), None)
    place = place or next((word for word in wanted if _is_of_a_place(word.word, language)), None)
    office = next((word for word in wanted if _is_office(word.word)), None)
    others = [
        word for word in wanted if not word.is_place and word is not place and word is not office
    ]
    nations = _nations_of(place.word, language) if place else frozenset[str]()
    if office is not None and strength(office, Features(text)) < _HELD:
        return False
    told = _SPACED.findall(text)
    is_bare = office is not None and all(word.word in _OF_A_COUNTRY for word in others)
    if is_bare:
        told = _without_other_offices(told, wanted, nations)
    # Countries have offices of one name; a town is named once, and its mayor a sentence later.
    width = len(wanted) + (_BETWEEN if place else 2 * _BETWEEN)
    for at in range(max(1, len(told) - width + 1)):
        window = " ".join(told[at : at + width])
        features = Features(window)
        if (
            (office is None or strength(office, features) >= _HELD)
            and 2 * sum(strength(word, features) >= _HELD for word in others) >= len(others)
            and (place is None or strength(place, features) >= _HELD or _is_of(nations, window))
            # "Important" is near to "head" in meaning, and no office.
            and (not is_bare or _has_office(window))
        ):
            return True
    return False


def _without_other_offices(
    told: Sequence[str], wanted: Sequence[Sought], nations: frozenset[str]
) -> list[str]:
    """The words of a text without those that only begin the name of another office.

    Arabic and Persian put what an office is of behind it: who asks for the head of a country is
    not told who is head of its staff.
    """
    kept = []
    for word, following in pairwise([*told, ""]):
        head, of = (folded_words(word) or [""])[0], (folded_words(following) or [""])[0]
        is_of_it = (
            not of
            or of in _OF_A_COUNTRY
            or not nations.isdisjoint(_nation(of))
            or any(strength(one, Features(of)) >= _HELD for one in wanted)
        )
        kept.append(word if head not in _CONSTRUCT or is_of_it else "…")
    return kept


def _has_office(text: str) -> bool:
    return any(_is_office(word) or _is_office(word[1:]) for word in folded_words(text))


def _is_of(nations: frozenset[str], text: str) -> bool:
    """Whether something in a text is called by a place: "the Russian minister"."""
    return any(not nations.isdisjoint(_nation(word)) for word in folded_words(text))


@lru_cache(maxsize=1_024)
def _is_of_a_place(word: str, language: str) -> bool:
    """Whether a word is an adjective of a place: "Iranian"."""
    return word not in _OF_A_COUNTRY and any(
        concept.field == PLACES
        for match in lexicon(language).matches([word])
        for concept in match.concepts
    )


@lru_cache(maxsize=1_024)
def _nations_of(place: str, language: str) -> frozenset[str]:
    """A place as its adjectives begin, in every language."""
    names = {place}
    for match in lexicon(language).matches([place]):
        for concept in match.concepts:
            if concept.field in (NAMES, PLACES):
                phrases = (one for each in concept.phrases.values() for one in each)
                names.update(phrase[0] for phrase in phrases if len(phrase) == 1)
    return frozenset(nation for name in names for nation in _nation(name))


@lru_cache(maxsize=4_096)
def _nation(word: str) -> tuple[str, ...]:
    """How the name of a place, or the adjective of it, begins."""
    if not is_arabic_script(word):
        return (word[:_LATIN_STEM],)
    return tuple(_OF_A_PLACE.sub("", one) for one in (word, word.removeprefix(_ARTICLE)))
