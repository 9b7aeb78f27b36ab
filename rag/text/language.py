"""The language of a text: Arabic, Persian or English, from its letters and function words."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final

from rag.text.folding import fold
from rag.text.function_words import ARABIC, ARABIC_DIALECTS, ENGLISH, PERSIAN

DEFAULT: Final = "ar"
LANGUAGES: Final = ("ar", "fa", "en")

_WORD = re.compile(r"[^\W\d_]+(?:\u200c[^\W\d_]+)*")
# Vowels and tatweel, which would break a word into pieces.
_MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")
_PERSIAN_LETTERS = re.compile("[پچژگ]")
# Endings and prefixes that one of the two languages has and the other does not. Persian ya and kaf
# alone prove nothing: an Arabic question is often typed on a Persian keyboard.
_PERSIAN_FORMS = re.compile(r"\u200c|^نمی|^می.{3}|ترین$|ه[اآ][یي]{1,2}$|یم$|‌ای$")
# Alef with madda and ya with hamza are at home in both.
_ARABIC_FORMS = re.compile(r"ة|^[وفبك]?ال.{2}|^لل.{2}|[أإؤ]|ى$|^(?:ي|ت|ن|س)..+(?:ون|ين)$")
# "And" is a word of its own in Persian; in Arabic it is joined to the next.
_AND = "و"
_PERSIAN_DIGITS = re.compile("[۰-۹]")
# "Ten" is "this" in Egypt.
_ONLY_ARABIC = (ARABIC | ARABIC_DIALECTS) - PERSIAN - {_AND, "ده"}
_ONLY_PERSIAN = PERSIAN - ARABIC - ARABIC_DIALECTS
# Persian words that are Arabic words too ("crown prince", "Kurds", "BBC") unless they are typed
# with a Persian letter.
_ARABIC_TOO = frozenset(map(fold, "ولی کرد بی طی زیر کی".split()))
_ARABIC_TYPING = re.compile("[يك]")
# The ending of a Persian plural where it stands apart; in the Gulf, "this", which comes first.
_PLURAL_APART = frozenset(("های", "هاي", "هایی", "هايي"))
# "That", "came", "fire": of these, the Arabic words are written with hamza.
_WITH_MADDA = frozenset(("آن", "آمد", "آمده", "آتش"))
_TELLING = Path(__file__).parent / "persian_words.txt"


def language_of(text: str, default: str = DEFAULT) -> str:
    """`ar`, `fa` or `en`: the language of `text`, or `default` where it has no letters."""
    words = _WORD.findall(_MARKS.sub("", unicodedata.normalize("NFKC", text)))
    arabic_script = [word for word in words if "\u0600" <= word[0] <= "\u06ff"]
    latin = 0
    if len(arabic_script) < len(words):
        latin = sum(word[0] < "\u0250" for word in words)
    if not arabic_script and not latin:
        return default
    has_digits = _PERSIAN_DIGITS.search(text) is not None
    if latin > len(arabic_script):
        english = sum(word.casefold() in ENGLISH for word in words)
        return (
            "en"
            if english or len(arabic_script) == 0
            else _arabic_or_persian(arabic_script, has_digits)
        )
    return _arabic_or_persian(arabic_script, has_digits)


def _arabic_or_persian(words: list[str], has_persian_digits: bool) -> str:
    balance = sum(map(_balance, words)) + has_persian_digits
    inner = words[1:]
    balance += 2 * sum(map(inner.count, _PLURAL_APART))
    balance += inner[:-1].count(_AND)
    return "fa" if balance > 0 else "ar"


@lru_cache(maxsize=1)
def _telling() -> frozenset[str]:
    """Folded words that Persian has and Arabic has not."""
    lines = _TELLING.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if line[:1] != "#" for word in fold(line).split())


@lru_cache(maxsize=16_384)
def _balance(word: str) -> int:
    """How much a word speaks for Persian; below 0, for Arabic."""
    folded = fold(word)
    is_typed_so = folded in _ARABIC_TOO and _ARABIC_TYPING.search(word) is not None
    arabic_too = is_typed_so or word.endswith("ء")
    balance = 2 * (folded in _ONLY_PERSIAN and not arabic_too)
    balance -= 2 * (folded in _ONLY_ARABIC)
    is_telling = folded not in _ONLY_PERSIAN and (folded in _telling() or word in _WITH_MADDA)
    has_letters = _PERSIAN_LETTERS.search(word) is not None
    balance += 2 * (has_letters or (is_telling and not arabic_too))
    balance += _PERSIAN_FORMS.search(word) is not None
    return balance - bool(_ARABIC_FORMS.search(word))
