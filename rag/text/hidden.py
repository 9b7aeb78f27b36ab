"""Hidden characters: those that show nothing, so that a text can carry what no reader sees.

Zero-width and tag characters, direction overrides, variation selectors, other characters that
Unicode says to show nothing for, private use, control characters. What ordinary Arabic and Persian
writing needs of them (one joiner within a word, the selector of an emoji) is not hidden text.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_JOINERS: Final = "\u200c\u200d"
_DIRECTION_MARKS: Final = "\u061c\u200e\u200f"
_BLANKS: Final = "\u200b\u2060\ufeff"
_SELECTORS: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_TAGS: Final = "\U000e0000-\U000e007f"
_CONTROLS: Final = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_PRIVATE: Final = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_INVISIBLE: Final = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2061-\u2065\u206a-\u206f\u3164\uffa0"
    "\ufdd0-\ufdef\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0080-\U000e00ff\U000e01f0-\U000e0fff"
)
_HIDDEN: Final = (
    f"\u00ad{_JOINERS}{_DIRECTION_MARKS}{_BLANKS}\u202a-\u202e\u2066-\u2069"
    f"{_SELECTORS}{_TAGS}{_CONTROLS}{_PRIVATE}{_INVISIBLE}"
)
"""The characters that can hide a text, as the inside of a pattern's brackets."""

_JOINING: Final = "\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u08ff\u0900-\u109f\u1780-\u17b3"
"""Letters and marks of scripts in which a joiner changes how a word looks."""
_EMOJI: Final = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2934\u2935"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_LATIN: Final = "A-Za-z\u00c0-\u024f"
_FLAGS: Final = "|".join(
    "".join(chr(0xE0000 + ord(letter)) for letter in region)
    for region in ("gbeng", "gbsct", "gbwls")
)
_FLAG: Final = f"\U0001f3f4(?:{_FLAGS})\U000e007f"
_NEEDED: Final = (
    f"{_FLAG}|(?<=[{_JOINING}])[{_JOINERS}]|(?<=[#*0-9])\ufe0f(?=\u20e3)"
    f"|(?<=[{_EMOJI}])(?:[\ufe0e\ufe0f](?:\u200d(?=[{_EMOJI}]))?|\u200d(?=[{_EMOJI}]))"
)
_LETTER_BY_LETTER: Final = rf"(?:[^\W\d_][{_JOINERS}\u00ad]){{4,}}"
_BETWEEN_LETTERS: Final = re.compile(_LETTER_BY_LETTER)
_STRIPPED: Final = re.compile(f"(?P<needed>{_NEEDED})|[{_HIDDEN}]")
_SUSPECT: Final = re.compile(f"[{_HIDDEN}]")


class Kind(StrEnum):
    """What hidden characters are called where they are reported."""

    ZERO_WIDTH = "zero-width characters"
    DIRECTION = "direction overrides"
    UNCLOSED = "unclosed direction changes"
    TAGS = "tag characters"
    SELECTORS = "variation selectors"
    INVISIBLE = "invisible characters"
    PRIVATE = "private-use characters"
    CONTROLS = "control characters"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Hidden characters of one kind: how many, and where in the text the first stands."""

    kind: Kind
    count: int
    at: int


_SIGNS: Final = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            Kind.ZERO_WIDTH,
            # Between all letters of a word, within a word, or several at once.
            rf"{_LETTER_BY_LETTER}|(?<=\w)[{_BLANKS}]+(?=\w)"
            rf"|(?<=[{_LATIN}])[{_JOINERS}{_DIRECTION_MARKS}]+(?=[{_LATIN}])"
            rf"|(?P<run>[{_JOINERS}{_DIRECTION_MARKS}{_BLANKS}\u00ad]{{2,}})",
        ),
        (Kind.DIRECTION, "[\u202d\u202e]"),
        (Kind.TAGS, f"(?P<needed>{_FLAG})|[{_TAGS}]+"),
        (Kind.SELECTORS, f"[{_SELECTORS}]{{2,}}|(?<![^{_LATIN}{_JOINING}\\s])[{_SELECTORS}]"),
        (Kind.INVISIBLE, f"(?<=[\u1820-\u18af])(?P<needed>[\u180b-\u180f])|[{_INVISIBLE}]"),
        (Kind.PRIVATE, f"[{_PRIVATE}]"),
        (Kind.CONTROLS, f"[{_CONTROLS}]"),
    )
)
_EMBEDDINGS: Final = "\u202a\u202b"
_OVERRIDES: Final = "\u202d\u202e"
_ISOLATES: Final = "\u2066\u2067\u2068"
_END_OF_EMBEDDING: Final = "\u202c"
_END_OF_ISOLATE: Final = "\u2069"
_TURN: Final = re.compile("[\u202a-\u202e\u2066-\u2069\n\r\x1c-\x1e\x85\u2029]")
"""Where the direction may change; it changes back by itself where a paragraph ends."""


def visible(text: str) -> str:
    """`text` without hidden characters; what a script or an emoji needs of them stays.

    White space and line ends stay as they are.
    """
    if not _SUSPECT.search(text):
        return text
    kept = _STRIPPED.sub(lambda match: match["needed"] or "", text)
    return _BETWEEN_LETTERS.sub(lambda match: _SUSPECT.sub("", match.group()), kept)


def visible_line(text: str) -> str:
    """`text` without hidden characters on one line, with single spaces."""
    return " ".join(visible(text).split())


def hidden_in(text: str) -> tuple[Hidden, ...]:
    """The hidden characters of `text` beyond ordinary writing, by kind, as they first appear."""
    if not _SUSPECT.search(text):
        return ()
    signs = [_found(kind, sign, text) for kind, sign in _SIGNS]
    found = [one for one in (*signs, _unclosed(text)) if one]
    return tuple(sorted(found, key=lambda one: one.at))


def _found(kind: Kind, sign: re.Pattern[str], text: str) -> Hidden | None:
    count, first = 0, 0
    for match in sign.finditer(text):
        groups = match.groupdict()
        if groups.get("needed") or _is_slip(groups.get("run")):
            continue
        places = [one.start() for one in _SUSPECT.finditer(text, *match.span())]
        first = first if count else places[0]
        count += len(places)
    return Hidden(kind, count, first) if count else None


def _is_slip(run: str | None) -> bool:
    """Whether a run of zero-width characters is no more than a key that was pressed twice."""
    if run is None or set(_JOINERS) <= set(run):
        return False
    return len(run) == 2 or (run[0] in _DIRECTION_MARKS and len(set(run)) == 1)


def _unclosed(text: str) -> Hidden | None:
    """The changes of direction that are not changed back before their paragraph ends.

    A change back that has nothing to change hides nothing.
    """
    left: list[int] = []
    opened: list[int] = []
    isolates = 0
    for match in _TURN.finditer(text):
        turn, place = match.group(), match.start()
        if turn in _EMBEDDINGS + _OVERRIDES + _ISOLATES:
            opened.append(place)
            isolates += turn in _ISOLATES
        elif turn == _END_OF_EMBEDDING:
            if opened and text[opened[-1]] not in _ISOLATES:
                opened.pop()
        elif turn == _END_OF_ISOLATE:
            # It closes what was opened within its isolate too.
            while isolates and text[opened.pop()] not in _ISOLATES:
                pass
            isolates = max(0, isolates - 1)
        else:
            left.extend(opened)
            opened, isolates = [], 0
    left = [place for place in (*left, *opened) if text[place] not in _OVERRIDES]
    return Hidden(Kind.UNCLOSED, len(left), left[0]) if left else None
