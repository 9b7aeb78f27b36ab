"""Remnants: what marks leave in a statement's text, their places and their halves, taken off."""

import re
from typing import Final

from rag.answers.cited import DOT

OPEN: Final = "[［【〔⟦"
"""Brackets that open a mark."""
CLOSE: Final = "]］】〕⟧"
"""Brackets that close one, in the same order."""
ROUND: Final = str.maketrans(dict.fromkeys(OPEN, "(") | dict.fromkeys(CLOSE, ")"))
"""Makes of brackets that are none of a mark round ones."""
BLANK: Final = "\x1f"
"""Stands where a mark stood; white space to every rule of sentences."""
RUN: Final = rf"(?<![{re.escape(OPEN)}])[{re.escape(OPEN)}]++"
"""Opening brackets, all that stand together, looked at once."""
_ID: Final = rf"\d{{1,6}}{DOT}\d{{1,6}}"
_OF_A_MARK: Final = OPEN + " \t0123456789.．٫,،;؛–—-"
_BROKEN: Final = re.compile(
    rf"{RUN}\s*\d+{DOT}[\d\s.,،;؛–—-]*(?:[{re.escape(CLOSE)}]+|(?=[{re.escape(OPEN)}]))"
)
_RIGHT_HALF: Final = re.compile(rf"{_ID}\s*[{re.escape(CLOSE)}]+")
_ANY_HALF: Final = re.compile(rf"[{re.escape(OPEN)}]\s*\d+{DOT}|\d{DOT}\d+\s*[{re.escape(CLOSE)}]")
_AFTER_END: Final = re.compile(r"([.!?؟…۔])[^\S\n]*\x1f+[^\S\n]*[.۔:،,;؛]")
_BEFORE_PUNCTUATION: Final = re.compile(r"\s*\x1f+\s*(?=[.!?؟…۔،,;؛:])")
_BLANKS: Final = re.compile(r"\s*\x1f+\s*")
SPACES: Final = re.compile(r"\s+")
"""White space, as long as it goes."""


def _without_right_halves(text: str) -> str:
    """`text` without `2.1]` where no bracket was opened before."""
    opened = next((i for i, letter in enumerate(text) if letter in OPEN), len(text))
    return _RIGHT_HALF.sub("", text[:opened]) + text[opened:]


def _without_cut_off(text: str) -> str:
    """`text` without a mark that was not finished at its end, as `[2.`."""
    end = len(text)
    while end and (text[end - 1] in _OF_A_MARK or text[end - 1].isdecimal()):
        end -= 1
    opened = next((i for i in range(end, len(text)) if text[i] in OPEN), len(text))
    return text[:opened].rstrip() if opened < len(text) else text


def cleaned(text: str) -> str:
    """A statement's text without the places of its marks and without broken marks."""
    text = _AFTER_END.sub(r"\1", text)
    text = _BLANKS.sub(" ", _BEFORE_PUNCTUATION.sub("", text))
    text = _without_cut_off(_without_right_halves(_BROKEN.sub("", text)))
    if _ANY_HALF.search(text):
        text = text.translate(ROUND)
    return SPACES.sub(" ", text).strip()
