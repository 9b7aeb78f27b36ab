"""Encodings: in which one a text was written, told by the letters that it gives.

UTF-8 and UTF-16 show themselves. Of the encodings of one byte a letter, the one is taken in which
the text reads as Arabic, Persian or a language of Latin letters; in the wrong one, letters of two
scripts stand within one word, or letters turn to signs.
"""

import codecs
import re
from typing import Final

from rag.errors import UnreadableFile

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ONE_BYTE: Final = ("windows-1256", "iso-8859-6", "windows-1252")
_SAMPLE: Final = 1 << 16
"""So many bytes tell the encoding."""
_DAMAGED_SHARE: Final = 3
"""A text with so many letters of UTF-8 for each byte that is none is damaged UTF-8."""
_FREQUENT: Final = frozenset("اليمونرتبةعدسفهكقحجشصىخإأذطضزثغئءظؤآپچژگیک")
_ARABIC: Final = re.compile(r"[\u0620-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]+")
_MIXED: Final = re.compile(r"[A-Za-z][\u0620-\u06d3]|[\u0620-\u06d3][A-Za-z]")
_FINAL_WITHIN: Final = re.compile(r"[ةى][\u0621-\u064a]|(?<![\u0621-\u064a])[ةىءئؤ][\u0621-\u064a]")
_ODD: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f¤¦§¨¬¯±²³µ¶¸¹¼½¾×÷†‡‰ˆ˜ƒŒœ¢¥¡¿]")
_LATIN_ACCENT: Final = re.compile(r"[À-ÖØ-öø-ÿŠšŽžŸ]+")


def decoded(content: bytes, declared: str = "") -> tuple[str, str]:
    """The text of `content` without a byte-order mark, and the name of its encoding.

    `declared` is what the file says of itself; it is believed where the bytes do not show
    another one. UnreadableFile where they are no text, or in no encoding that can be told.
    """
    name = _encoding(content, declared)
    if name is None:
        raise UnreadableFile(_why_not(content))
    text = content.decode(name).removeprefix("\ufeff")
    if "\0" in text:
        raise UnreadableFile("it is not a text file")
    return text, name


def _encoding(content: bytes, declared: str) -> str | None:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name if _reads(content, name) else None
    if _reads(content, "utf-8") and b"\0" not in content:
        return "utf-8"
    if wide := _wide(content):
        return wide
    if b"\0" in content:
        return None
    if (known := _known(declared)) and known != "utf-8" and _reads(content, known):
        return known
    return _one_byte(content)


def _reads(content: bytes, name: str) -> bool:
    try:
        content.decode(name)
    except (UnicodeError, LookupError):
        return False
    return True


def _known(declared: str) -> str | None:
    """The codec of a declared name; the web reads Latin 1 as Windows 1252."""
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except (LookupError, UnicodeError, ValueError):
        return None
    names = {"iso8859-1": "windows-1252", "ascii": "windows-1252", "cp1256": "windows-1256"}
    return names.get(name, name)


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: spaces, line ends and digits have a zero on one side."""
    sample = content[:_SAMPLE]
    if len(content) % 2 or len(sample) < 4:
        return None
    for name, high, low in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        zeros = sample[high::2].count(0) + sample[high::2].count(6)
        if zeros * 10 > len(sample) // 2 * 8 and sample[low::2].count(0) * 20 < len(sample):
            return name if _reads(content, name) else None
    return None


def _one_byte(content: bytes) -> str | None:
    sample = content[:_SAMPLE]
    if _is_damaged_utf8(content):
        return None
    scores = {name: _score(sample, name) for name in _ONE_BYTE if _reads(content, name)}
    best = max(scores, key=lambda name: scores[name], default=None)
    return best if best and scores[best] > 0 else None


def _is_damaged_utf8(content: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8 all the same."""
    text = content[:_SAMPLE].decode("utf-8", "replace")
    read = sum(character > "\x7f" and character != "\ufffd" for character in text)
    return text.count("\ufffd") * _DAMAGED_SHARE <= read


def _score(sample: bytes, name: str) -> float:
    """How much the text reads like one in the encoding: the share of what is well written."""
    text = sample.decode(name, "replace")
    high = [character for character in text if character > "\x7f"]
    if not high:
        return 0.0
    letters = sum(len(word) for word in _ARABIC.findall(text) if len(word) > 1)
    frequent = sum(character in _FREQUENT for character in high)
    accents = sum(len(word) for word in _LATIN_ACCENT.findall(text) if len(word) < 3)
    punctuation = sum(
        character in "«»“”‘’–—…،؛؟\u200c\u200d\u00a0•€£©®™°·\u2028ـ" for character in high
    )
    wrong = 2 * len(_MIXED.findall(text)) + len(_ODD.findall(text))
    wrong += 3 * len(_FINAL_WITHIN.findall(text))
    if name == "windows-1252":
        latin = sum(character.isascii() and character.isalpha() for character in text)
        # In a language of Latin letters most letters have no accent.
        good = float(accents + punctuation) if latin > 3 * accents else 0.0
    else:
        marks = sum("\u064b" <= character <= "\u0652" for character in high)
        good = (letters + frequent) / 2 + marks + punctuation
    return (good - wrong) / len(high)


def _why_not(content: bytes) -> str:
    if b"\0" in content[:_SAMPLE]:
        return "it is not a text file"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"it is not UTF-8 text (byte {error.start})"
    return "it is not a text file"
