"""Tongue: whether a sentence is in the language that was asked for, where that is plain."""

import re
from typing import Final

from rag.text.language import LANGUAGES, language_of

FOREIGN: Final = "another language"
"""Why a statement is withheld that is not in the language of the question."""
_QUOTED: Final = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"\n]*\"")
_UNSPACED: Final = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff"
"""Letters of languages that put no space between words; each counts as one."""
_WORD: Final = re.compile(rf"[{_UNSPACED}]|[^\W\d_]+")
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_ARABIC: Final = re.compile("[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_FEWEST: Final = 4
"""Words in another script from which on it is no mere name."""
_SHARE: Final = 0.6
_FEWEST_OF_ONE_SCRIPT: Final = 8
"""Words from which on Arabic and Persian can be told apart safely."""


def is_foreign(text: str, language: str) -> bool:
    """Whether `text`, its quotations aside, is plainly in another language than `language`."""
    if language not in LANGUAGES:
        return False
    own = _QUOTED.sub(" ", text)
    words = _WORD.findall(own)
    script = _LATIN if language == "en" else _ARABIC
    others = [word for word in words if not script.match(word)]
    if len(others) >= _FEWEST and len(others) >= _SHARE * len(words):
        return True
    is_long = language != "en" and len(words) - len(others) >= _FEWEST_OF_ONE_SCRIPT
    return is_long and language_of(own) not in (language, "en")
