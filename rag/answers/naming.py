"""Names in a claim, looked for in what supports it, across scripts and languages.

In Latin script a name is a capitalised word that the lexicon does not know as a common one; in
Arabic script names cannot be told by case, so only what follows a title ("اللواء …") is looked at.
Places are compared by their names in the source's language, other names by their consonants.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rag.answers.places import CAPITALISED, places_in
from rag.answers.pool import Pool
from rag.answers.texts import matches_in, words_in
from rag.answers.transliteration import is_near, spellings
from rag.text.dates import MONTHS, WEEKDAYS
from rag.text.folding import fold, folded_words
from rag.text.function_words import FUNCTION_WORDS
from rag.text.language import LANGUAGES
from rag.text.lexicon import lexicon
from rag.text.names import skeletons
from rag.text.stems import is_arabic_script

_LATIN_WORD: Final = re.compile(r"[A-Za-zÀ-ÿ][\w'’]*")
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_COMMON_ENDINGS: Final = (
    "tion", "sion", "ment", "ments", "ship", "ness", "ism", "ance", "ence", "ity", "ology", "ing",
    "ly", "ists", "ers", "ations", "ties",
)  # fmt: skip
_OPENERS: Final = frozenset(
    fold(
        "amid among alongside although though while whereas since because unless until despite "
        "besides beyond toward towards upon within without however therefore moreover "
        "furthermore meanwhile nevertheless nonetheless instead thus hence accordingly "
        "additionally consequently finally overall similarly likewise notably regarding "
        "concerning following according apart together even only once earlier later recently "
        "previously another other others each every either neither several many most more some "
        "few one two three both yes its al el bin ibn ben abd abdel abdul abdal abou abu ould umm "
        "um bint mr mrs ms dr gen maj lt col brig sgt de la "
        "von der mid pre non anti"
    ).split()
)
NO_NAMES: Final = FUNCTION_WORDS | _OPENERS | MONTHS.keys() | WEEKDAYS.keys()
"""Folded words that are no part of a name."""
_TITLES: Final = frozenset(
    fold(
        "الجنرال اللواء الفريق العميد العقيد المشير السفير الوزير الرئيس الأمير الملك الشيخ "
        "الدكتور السيد السيدة البروفيسور المرشد ژنرال سرلشکر سردار سرتیپ سرهنگ دکتر آقای خانم"
    ).split()
)
_OUTLETS: Final = frozenset(fold("خبرگزاری وكالة لوكالة صحيفة قناة شبكة روزنامه شبکه").split())
_OF_OUTLETS: Final = frozenset(fold("أنباء أخبار الأنباء رسمی").split())
_AFTER_TITLE_NO_NAME: Final = frozenset(
    fold(
        "السابق السابقة الحالي الجديد الراحل نفسه الأول الثاني الركن ركن العام المذكور الأسبق "
        "المكلف المنتخب المؤقت والوفد ونظيره كان قال وقال أكد صرح أعلن زار وصل التقى"
    ).split()
)
_LONGEST_ACRONYM: Final = 5
_SHORTEST_ALIKE: Final = 4


def unknown_name(claim: str, pool: Pool) -> str | None:
    """The first name of `claim` that has no likeness in `pool`; None where all have."""
    for word in latin_names(claim):
        if not (pool.has(word) or sounds_like_any(word, pool)):
            return word
    for word in _second_names(claim):
        if not (pool.has(word) or _sounds_or_means(word, pool)):
            return word
    for word in _outlets(claim):
        if not (pool.has(word) or is_spelt_like_any(word, pool)):
            return word
    for word in _titled_names(claim):
        if not (pool.has(word) or sounds_like_any(word, pool)):
            return word
    return None


def has_names(text: str) -> bool:
    """Whether a text holds names, as far as that can be told."""
    return bool(latin_names(text) or _titled_names(text) or any(places_in(text)))


@lru_cache(maxsize=1_024)
def latin_names(claim: str) -> tuple[str, ...]:
    """The capitalised words, folded, that are no common words. Titles in capitals have none."""
    latin = _LATIN_WORD.findall(claim)
    if not latin:
        return ()
    capitalised = [match for match in CAPITALISED.finditer(claim) if len(match.group()) > 1]
    lowered = [one for one in latin if one[0].islower() and one not in FUNCTION_WORDS | _OPENERS]
    if len(latin) > 4 and not lowered:
        return ()  # a heading with every word in capitals
    common = _common_words(claim)
    return tuple(
        word
        for match in capitalised
        # An acronym is rarely spelt alike in two languages.
        if not (match.group().isupper() and len(match.group()) <= _LONGEST_ACRONYM)
        for word in folded_words(_POSSESSIVE.sub("", match.group()))
        if not (word in common or word.endswith(_COMMON_ENDINGS))
    )


def _second_names(claim: str) -> list[str]:
    """The common words, folded, that a capital and a name before them make a part of it."""
    names, found = set(latin_names(claim)), list[str]()
    if not names:
        return []
    matches = list(CAPITALISED.finditer(claim))
    for before, match in pairwise(matches):
        word = fold(match.group())
        adjoins = claim[before.end() : match.start()] == " "
        if adjoins and fold(before.group()) in names and word not in names | NO_NAMES:
            found.append(word)
    return [word for word in found if word.isalpha() and not word.endswith(_COMMON_ENDINGS)]


def _sounds_or_means(word: str, pool: Pool) -> bool:
    """Whether the pool has a word of the sound of an English one, or a translation of it."""
    phrases = [
        phrase
        for match in lexicon("en").matches([word])
        for concept in match.concepts
        for language in LANGUAGES
        for phrase in concept.phrases[language]
    ]
    if any(all(map(pool.has, phrase)) for phrase in phrases):
        return True
    return sounds_like_any(word, pool)


def _common_words(claim: str) -> set[str]:
    """The folded words of a claim that stand for no person."""
    words = words_in(claim)
    known = {word for match in matches_in(claim, "en") for word in words[match.start : match.end]}
    return known | {word for word in words if word in NO_NAMES}


def _titled_names(claim: str) -> list[str]:
    words = words_in(claim)
    return [
        word
        for title, word in pairwise(words)
        if title in _TITLES and is_arabic_script(word) and not _is_adjective(word)
    ]


def _outlets(claim: str) -> list[str]:
    """The first word of the name of a news agency, a newspaper, a channel."""
    words = words_in(claim)
    found = []
    for place, word in enumerate(words):
        rest = [one for one in words[place + 1 : place + 3] if one not in _OF_OUTLETS]
        if word in _OUTLETS and rest and not rest[0].startswith("ال") and len(rest[0]) > 2:
            found += rest[:1]
    return [word for word in found if word not in FUNCTION_WORDS]


def _is_adjective(word: str) -> bool:
    common = word in FUNCTION_WORDS or word in _AFTER_TITLE_NO_NAME or word in _TITLES
    known = lexicon("ar").field(word) or lexicon("fa").field_of_stem(word)
    return common or known is not None or (word.startswith("ال") and word.endswith(("ي", "يه")))


def sounds_like_any(word: str, pool: Pool) -> bool:
    """Whether some word of the pool has the consonants of `word`, give or take its spelling.

    A letter may be silent, not two: what is left of "Lavrov" without its v's is "الآراء" (views).
    """
    found = {one for variant in spellings(word) for one in skeletons(variant)}
    strict = _weighty({one[1:] for one in found if one[0] == "1"}, word)
    loose = _weighty({one[1:] for one in found if one[0] == "2"}, word)
    if not strict or strict & pool.strict or loose & pool.loose:
        return True
    return any(len(one) >= 4 and is_near(one, other) for one in strict for other in pool.strict)


def _weighty(sounds: set[str], word: str) -> set[str]:
    """Of the skeletons of a word in Latin script those that lack one consonant at most."""
    if is_arabic_script(word):
        return sounds
    least = max(map(len, sounds), default=0) - 1
    return {one for one in sounds if len(one) >= least}


def is_spelt_like_any(word: str, pool: Pool) -> bool:
    """Whether the pool has a word in the same script but for a letter, or of this sound in another.

    Within a script consonants alone make too many words alike.
    """
    others = {one for one in pool.words if is_arabic_script(one) != is_arabic_script(word)}
    if any(is_near(word, one) for one in pool.bare_words - others if len(one) >= _SHORTEST_ALIKE):
        return True
    sounds = {one for one in skeletons(word) if one[0] == "1"}
    return any(not sounds.isdisjoint(skeletons(one)) for one in others)
