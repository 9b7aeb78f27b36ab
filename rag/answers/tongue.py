"""Tongue: whether a sentence is in the language that was asked for, where that is plain."""

import re
from typing import Final

from rag.text.language import LANGUAGES, language_of

FOREIGN: Final = "another language"
"""Why a statement is withheld that is not in the language of the question."""
_QUOTED: Final = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"\n]*\"")
_WORD: Final = re.compile(r"[^\W\d_]+")
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
    others = [word for word in words if (word[0] < "\u0250") != (language == "en")]
    if len(others) >= _FEWEST and len(others) >= _SHARE * len(words):
        return True
    is_long = language != "en" and len(words) - len(others) >= _FEWEST_OF_ONE_SCRIPT
    return is_long and language_of(own) not in (language, "en")
