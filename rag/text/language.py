"""The language of a text: Arabic, Persian or English, from its letters and function words."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from rag.text.folding import fold
from rag.text.function_words import ARABIC, ARABIC_DIALECTS, ENGLISH, PERSIAN

DEFAULT: Final = "ar"
LANGUAGES: Final = ("ar", "fa", "en")

_WORD = re.compile(r"[^\W\d_]+(?:\u200c[^\W\d_]+)*")
_PERSIAN_LETTERS = re.compile("[پچژگ]")
# Endings and prefixes that one of the two languages has and the other does not. Persian ya and kaf
# alone prove nothing: an Arabic question is often typed on a Persian keyboard.
_PERSIAN_FORMS = re.compile(r"\u200c|^نمی|^می.{3}|ترین$|هایی?$|های$|یم$|‌ای$")
_ARABIC_FORMS = re.compile(r"ة|^[وفبك]?ال.{2}|^لل.{2}|[أإآؤئ]|ى$|^(?:ي|ت|ن|س)..+(?:ون|ين)$")
# "And" is a word of its own in Persian; in Arabic it is joined to the next.
_ONLY_ARABIC = (ARABIC | ARABIC_DIALECTS) - PERSIAN - {"و"}
_ONLY_PERSIAN = PERSIAN - ARABIC - ARABIC_DIALECTS
# Persian words that are Arabic words too ("crown prince", "Kurds", "BBC") unless they are typed
# with a Persian letter.
_ARABIC_TOO = frozenset(map(fold, "ولی کرد بی طی زیر کی".split()))
_ARABIC_TYPING = re.compile("[يك]")


def language_of(text: str, default: str = DEFAULT) -> str:
    """`ar`, `fa` or `en`: the language of `text`, or `default` where it has no letters."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text))
    arabic_script = [word for word in words if "\u0600" <= word[0] <= "\u06ff"]
    latin = sum(word[0] < "\u0250" for word in words)
    if not arabic_script and not latin:
        return default
    if latin > len(arabic_script):
        english = sum(word.casefold() in ENGLISH for word in words)
        return "en" if english or len(arabic_script) == 0 else _arabic_or_persian(arabic_script)
    return _arabic_or_persian(arabic_script)


def _arabic_or_persian(words: list[str]) -> str:
    return "fa" if sum(map(_balance, words)) > 0 else "ar"


@lru_cache(maxsize=100_000)
def _balance(word: str) -> int:
    """How much a word speaks for Persian; below 0, for Arabic."""
    folded = fold(word)
    arabic_too = folded in _ARABIC_TOO and _ARABIC_TYPING.search(word)
    balance = 2 * (folded in _ONLY_PERSIAN and not arabic_too)
    balance -= 2 * (folded in _ONLY_ARABIC)
    balance += 2 * bool(_PERSIAN_LETTERS.search(word)) + bool(_PERSIAN_FORMS.search(word))
    return balance - bool(_ARABIC_FORMS.search(word))
