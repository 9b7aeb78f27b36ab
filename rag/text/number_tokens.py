"""Tokens of which quantities are read: runs of digits, words and signs of a folded text."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from rag.text.number_words import PERSIAN

_TOKEN: Final = re.compile(
    r"(?P<grouped>\d{1,3}(?:[,٬،'’]\d{3})+(?![,٬،'’]?\d)(?:[.٫]\d+(?![.\d]))?"
    r"|\d{1,3}(?:(?:\.\d{3}){2,}|\.000)(?!\.?\d)|\d{1,3}(?: \d{3})* 000(?!\d))"
    r"|(?P<version>\d+(?:[.⁄]\d+){2,}|\d+⁄\d+)"
    r"|(?P<decimal>\d+[.٫]\d+|\d+,\d{1,2}(?![\d,]))"
    r"|(?P<digits>\d+)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<sign>[%٪$€£¥])"
)
_ATOM: Final = "|".join(sorted(PERSIAN, key=len, reverse=True))
_WRITTEN_TOGETHER: Final = re.compile(rf"(?:{_ATOM})(?:و(?:{_ATOM}))+")
_JOINED_ON: Final = re.compile(rf"و(?:{_ATOM})(?:و(?:{_ATOM}))*")
_PART: Final = re.compile(rf"و?(?:{_ATOM})(?=و|\Z)")


class Token(NamedTuple):
    """A run of characters; its kind is the name of its group in the pattern above."""

    kind: str
    text: str
    start: int
    end: int


def tokens_of(text: str, *, persian: bool) -> Iterator[Token]:
    """The tokens of a folded text; Persian numbers that are written together are taken apart."""
    follows = False
    for match in _TOKEN.finditer(text):
        token = Token(match.lastgroup or "", match.group(), match.start(), match.end())
        pattern = _JOINED_ON if follows else _WRITTEN_TOGETHER
        if persian and token.kind == "word" and pattern.fullmatch(token.text):
            yield from _apart(token)
            follows = True
        else:
            yield token
            follows = token.text in PERSIAN


def _apart(token: Token) -> Iterator[Token]:
    """The words of a number that is written as one ("شصت‌وسه", "صدوبیست")."""
    for part in _PART.finditer(token.text):
        start = token.start + part.start()
        end = token.start + part.end()
        if part.group()[0] == "و":
            yield Token("word", "و", start, start + 1)
            start += 1
        yield Token("word", part.group().removeprefix("و"), start, end)


def value_of(token: Token) -> Decimal:
    """The number that a token of digits is."""
    if token.kind == "grouped":
        return Decimal(re.sub(r"[,٬،'’ ]|\.(?=\d{3}(?:\D|\Z))", "", token.text).replace("٫", "."))
    return Decimal(token.text.replace("٫", ".").replace(",", "."))
