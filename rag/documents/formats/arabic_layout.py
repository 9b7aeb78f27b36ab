"""Arabic as it is drawn, made Arabic as it is written: order, brackets, presentation forms."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_ARABIC: Final = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
_WORD: Final = re.compile(r"[\u0621-\u064a\u066e-\u06d3\u200c]+")
_LETTER: Final = re.compile(f"[{_ARABIC}]")
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f]")
_PRESENTED: Final = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_LEFT_TO_RIGHT: Final = re.compile(
    r"[A-Za-z\u00c0-\u024f0-9٠-٩۰-۹](?:[^\u0590-\u08ff\ufb50-\ufdff\ufe70-\ufefc\n]*"
    r"[A-Za-z\u00c0-\u024f])?(?:[.,/:\-٫٬%]?[A-Za-z\u00c0-\u024f0-9٠-٩۰-۹])*"
)
_MARK_BEFORE_NUMBER: Final = re.compile(
    r"(?<!\S)([.،؛:!,]+)([\d٠-٩۰-۹](?:[\d٠-٩۰-۹.,/:٫٬]*[\d٠-٩۰-۹])?)(?=[\s.]|$)"
)
_MIRROR: Final = str.maketrans("()[]{}<>«»‹›“”", ")(][}{><»«›‹”“")
_OPENING: Final = "([{«‹"
_CLOSING: Final = ")]}»›"
_FUNCTION_WORDS: Final = frozenset(
    "في من على إلى عن أن التي الذي هذا هذه بين كان قال ذلك بعد قبل"
    " در به از که این را است برای با آن می های شد کرد خود یک".split()
)
_BACKWARD_WORDS: Final = frozenset(word[::-1] for word in _FUNCTION_WORDS) - _FUNCTION_WORDS
_ENDINGS: Final = "ةى"


def plain_letters(text: str) -> str:
    """`text` with the letters that presentation forms stand for."""
    return _PRESENTED.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)


def is_right_to_left(text: str) -> bool:
    """Whether most letters of a line are Arabic."""
    return len(_LETTER.findall(text)) > len(_LATIN.findall(text))


def is_backwards(lines: Sequence[str]) -> bool:
    """Whether the Arabic of a page stands letter by letter in the wrong order.

    Told by what words begin and end with: the article, ta marbuta, the commonest short words.
    """
    right = wrong = 0
    for line in lines:
        for word in _WORD.findall(line):
            if word in _FUNCTION_WORDS:
                right += 1
            elif word in _BACKWARD_WORDS:
                wrong += 1
            elif len(word) > 3:
                right += word.startswith(("ال", "وال")) + (word[-1] in _ENDINGS)
                wrong += word.endswith(("لا", "لاو")) + (word[0] in _ENDINGS)
    return wrong > right and wrong >= 2


def turned_round(line: str) -> str:
    """A line whose letters stand in the wrong order, put right; numbers and Latin words stay."""
    if not _LETTER.search(line):
        return line
    backwards = line[::-1]
    return _LEFT_TO_RIGHT.sub(lambda match: match.group()[::-1], backwards)


def numbers_right(line: str) -> str:
    """A right-to-left line whose marks stand before the number that they follow, put right.

    `في .2021` is drawn like `في 2021.`; a mark belongs to the words, not to the number.
    """
    return _MARK_BEFORE_NUMBER.sub(r"\2\1", line) if is_right_to_left(line) else line


def mirrored(lines: Sequence[str]) -> list[str]:
    """The lines with brackets that open where they should close put right.

    A line whose own brackets do not tell follows the others of the page.
    """
    votes = [_vote(line) for line in lines]
    page = sum(votes)
    return [
        line.translate(_MIRROR)
        if vote < 0 or (vote == 0 and page < 0 and is_right_to_left(line))
        else line
        for line, vote in zip(lines, votes, strict=True)
    ]


def _vote(line: str) -> int:
    """1 where the brackets of a right-to-left line are right, -1 where they are mirrored."""
    if not is_right_to_left(line):
        return 0
    as_is, turned = _unmatched(line), _unmatched(line.translate(_MIRROR))
    return (as_is < turned) - (turned < as_is)


def _unmatched(line: str) -> int:
    opened: list[str] = []
    unmatched = 0
    for character in line:
        if character in _OPENING:
            opened.append(character)
        elif character in _CLOSING:
            if opened and _OPENING.index(opened[-1]) == _CLOSING.index(character):
                opened.pop()
            else:
                unmatched += 1
    return unmatched + len(opened)
