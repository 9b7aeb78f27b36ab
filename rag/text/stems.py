"""Stems and roots: what a folded word is a form of.

`light_stem` follows light10 (Larkey, Ballesteros and Connell, 2007: "Light stemming for Arabic
information retrieval"), `root` follows ISRI (Taghva, Elkhoury and Coombs, 2005: "Arabic stemming
without a root dictionary"), both on folded text, where ta marbuta is ha and hamza has no seat.
English words go to Snowball.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from Stemmer import Stemmer

_ENGLISH = Stemmer("english")

_RADICAL_WAW = frozenset(
    "وزير وزار وزرا وفد وفود وكال وكيل وكلا وثيق وثايق وثق وطن وحد وحيد ولاي وفا وفيات وقت ورق "
    "وسط وضع وصول وقوع وعد وعود ولاد ولد وليد ولي وجه وجود وجد وسيل وسايل وسيط وساط وقف "
    "وقود وظيف وظايف وزن وصف وصل وقع وصي واشنطن واحد واجب واقع واسع واضح ويلز وارسو وبا وعي وديع "
    "ودايع وتير وراث وريث ورث ورش وشيك وسام وقاي وحش وسع وصاي وقايع وهمي وجب وجيز وشاح "
    "وطا وعا وفير".split()
)
"""Words, without their endings, whose و is their own and does not say "and"."""
_LIGHT_PREFIXES = ("بال", "كال", "فال", "لل", "ال")
_LIGHT_SUFFIXES = ("هايي", "هاي", "ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")

_PREFIXES_3 = ("كال", "بال", "ولل", "وال")
_PREFIXES_2 = ("ال", "لل")
_PREFIXES_1 = "لبفسويتنا"
_SUFFIXES_3 = ("تمل", "همل", "تان", "تين", "كمل")
_SUFFIXES_2 = (
    "ون", "ات", "ان", "ين", "تن", "كم", "هن", "نا", "يا", "ها", "تم", "كن", "ني", "وا", "ما", "هم",
)  # fmt: skip
_SUFFIXES_1 = "هيكتان"

# ف ع ل stand for the root's letters, in order; every other letter stands for itself. The first
# pattern of a word's length that fits gives the root.
_PATTERNS_4 = ("مفعل", "فاعل", "فعال", "فعول", "فعيل", "فعله")
_PATTERNS_5 = (
    "افتعل", "افاعل", "مفعول", "مفعال", "مفعيل", "مفعله", "تفعله", "افعله", "مفتعل", "يفتعل",
    "تفتعل", "مفاعل", "تفاعل", "فعوله", "فعاله", "انفعل", "منفعل", "افعال", "فعلان", "تفعيل",
    "فاعول", "فواعل", "فعايل", "فاعله", "فعالي",
)  # fmt: skip
_PATTERNS_6 = (
    "استفعل", "مستفعل", "مفعاله", "افتعال", "انفعال", "تفاعيل", "مفاعيل", "افعوعل", "متفاعل",
)  # fmt: skip
_PATTERNS_7 = ("استفعال", "انفعالي", "متفعلين")
_QUADRILITERALS_5 = ("تفعلل", "افعلل", "مفعلل", "فعلله", "فعالل")
_QUADRILITERALS_6 = ("افعلال", "متفعلل")


def _fitting(patterns: Sequence[str]) -> re.Pattern[str]:
    """What fits the first of `patterns` that a word has; its groups hold the root's letters."""
    forms = ("".join("(.)" if letter in "فعل" else letter for letter in one) for one in patterns)
    return re.compile("|".join(forms), re.DOTALL)


_TEMPLATES: Final = {
    length: _fitting(patterns)
    for length, patterns in (
        (4, _PATTERNS_4),
        (5, _PATTERNS_5),
        (6, _PATTERNS_6),
        (7, _PATTERNS_7),
    )
}
_QUADRILITERAL_TEMPLATES: Final = {
    5: _fitting(_QUADRILITERALS_5),
    6: _fitting(_QUADRILITERALS_6),
}


def is_arabic_script(word: str) -> bool:
    """Whether a folded word is written in the Arabic script (Arabic, Persian)."""
    return "\u0620" <= word[0] <= "\u06d3"


@lru_cache(maxsize=50_000)
def light_stem(word: str) -> str:
    """The light stem of a folded word: its prefixes and endings off, its pattern kept."""
    if not is_arabic_script(word):
        return str(_ENGLISH.stemWord(word))
    if word.startswith("و") and len(word) > 3 and _without_endings(word) not in _RADICAL_WAW:
        word = word[1:]
    for prefix in _LIGHT_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 2:
            word = word[len(prefix) :]
            break
    return _without_endings(word)


def _without_endings(word: str) -> str:
    for suffix in _LIGHT_SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 2:
            word = word[: -len(suffix)]
    return word


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """The root of a folded Arabic word, most often three letters; English words get their stem."""
    if not is_arabic_script(word):
        return str(_ENGLISH.stemWord(word))
    word = _without_prefix(_without_prefix(word, _PREFIXES_3, 6), _PREFIXES_2, 5)
    word = _without_suffix(_without_suffix(word, _SUFFIXES_3, 6), _SUFFIXES_2, 5)
    if len(word) >= 4 and word.startswith("وو"):
        word = word[1:]
    return _reduced(word)


def _reduced(word: str) -> str:
    if len(word) == 7 and not (found := _extracted(word, _TEMPLATES)):
        word = _shortened(word)
    elif len(word) == 7:
        return found
    while len(word) in _TEMPLATES and len(word) < 7:
        if found := _extracted(word, _TEMPLATES):
            return found
        shorter = _shortened(word)
        if shorter == word:
            return _extracted(word, _QUADRILITERAL_TEMPLATES) or word
        word = shorter
    return word


def _extracted(word: str, templates: Mapping[int, re.Pattern[str]]) -> str:
    template = templates.get(len(word))
    fit = template.fullmatch(word) if template else None
    return "".join(filter(None, fit.groups())) if fit else ""


def _shortened(word: str) -> str:
    """`word` without one ending letter, or without one opening letter where it has no ending."""
    if word[-1] in _SUFFIXES_1:
        return word[:-1]
    if word[0] in _PREFIXES_1:
        return word[1:]
    return word


def _without_prefix(word: str, prefixes: tuple[str, ...], shortest: int) -> str:
    if len(word) >= shortest:
        for prefix in prefixes:
            if word.startswith(prefix):
                return word[len(prefix) :]
    return word


def _without_suffix(word: str, suffixes: tuple[str, ...], shortest: int) -> str:
    if len(word) >= shortest:
        for suffix in suffixes:
            if word.endswith(suffix):
                return word[: -len(suffix)]
    return word
