"""Names across scripts: the consonants that Bagheri and باقري have in common.

A skeleton is a word reduced to classes of consonants. The strict one keeps the classes that
transliterations rarely confuse, the loose one merges those they often do (g, j and k; s, sh
and z). Vowels and the half-vowels are dropped, as one script does not write them.
"""

import re
from functools import lru_cache

from rag.text.stems import is_arabic_script


class _Classes(dict[int, str]):
    """A translation table for `str.translate`; what is no consonant goes."""

    def __missing__(self, codepoint: int) -> str:
        self[codepoint] = ""
        return ""


_ARABIC = {
    "ب": "b", "پ": "b", "ت": "t", "ط": "t", "ث": "s", "س": "s", "ص": "s", "ج": "j", "ژ": "j",
    "چ": "c", "ش": "c", "خ": "x", "د": "d", "ض": "d", "ذ": "z", "ز": "z", "ظ": "z", "ر": "r",
    "غ": "g", "گ": "g", "ڭ": "g", "ف": "f", "ڤ": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m",
    "ن": "n",
}  # fmt: skip
_LATIN_GROUPS = (
    ("tsch", "c"), ("tch", "c"), ("sch", "c"), ("sh", "c"), ("ch", "c"), ("kh", "x"),
    ("gh", "g"), ("ph", "f"), ("th", "s"), ("dh", "d"), ("zh", "j"), ("ck", "k"), ("qu", "k"),
    ("dj", "j"), ("ce", "s"), ("ci", "s"), ("cy", "s"),
)  # fmt: skip
_LATIN = {
    "b": "b", "p": "b", "t": "t", "d": "d", "s": "s", "z": "z", "j": "j", "g": "g", "k": "k",
    "q": "k", "c": "k", "x": "ks", "f": "f", "v": "f", "l": "l", "m": "m", "n": "n", "r": "r",
}  # fmt: skip
_ARABIC_CLASS = _Classes({ord(letter): sign for letter, sign in _ARABIC.items()})
_LOOSE = str.maketrans({"g": "k", "j": "k", "x": "k", "c": "s", "z": "s"})
_LATIN_UNIT = re.compile("|".join(group for group, _ in _LATIN_GROUPS) + "|[a-z]")
_LATIN_CLASS = {**_LATIN, **dict(_LATIN_GROUPS)}
_LATIN_SIGN = re.compile("|".join(group for group, _ in _LATIN_GROUPS) + r"|\w")
_SAID_AS = {"و": frozenset("ouwve"), "ي": frozenset("ieyaj")}
"""The Latin letters one of which stands where an Arabic long vowel is written."""
_REPEATED = re.compile(r"(.)(?=\1)")
_WEIGHTY = 3
"""The length of the shortest skeleton that tells a name, its level's digit included."""
_PREFIX = re.compile(r"^(?:[وف]?(?:بال|كال|لل|ال)|[وفبلك])(?=.{3})")


def _classes(word: str) -> str:
    if is_arabic_script(word):
        word = word.replace("تش", "چ")
        classes = word.translate(_ARABIC_CLASS)
    else:
        classes = "".join(_LATIN_CLASS.get(unit, "") for unit in _LATIN_UNIT.findall(word))
    return _REPEATED.sub("", classes)


def _levels(classes: str) -> tuple[str, ...]:
    loose = _REPEATED.sub("", classes.translate(_LOOSE))
    found = [f"1{classes}"] if len(classes) >= 2 else []
    if len(loose) >= 3 or (len(loose) == 2 and loose == classes):
        found.append(f"2{loose}")
    return tuple(found)


@lru_cache(maxsize=4_096)
def skeletons(word: str) -> tuple[str, ...]:
    """The strict (`1…`) and loose (`2…`) skeletons of a folded word, without repeats.

    An Arabic word that may carry a prefix (the article, "and", "by", "to" …) gives those of both
    readings, a Latin word with a v those of v as f and of v as waw (Javad, جواد). A word with
    fewer than two consonants has none.
    """
    if word.isdigit():
        return ()
    found = dict.fromkeys(_levels(_classes(word)))
    if "v" in word:
        found |= dict.fromkeys(_levels(_classes(word.replace("v", "w"))))
    if is_arabic_script(word) and (prefix := _PREFIX.match(word)):
        found |= dict.fromkeys(_levels(_classes(word[prefix.end() :])))
    return tuple(found)


@lru_cache(maxsize=4_096)
def may_write(latin: str, arabic: str) -> bool:
    """Whether the long vowels of a word in Arabic letters may be those of a name in Latin ones.

    Both are folded and share a skeleton. Short vowels are not written, but what is written is said:
    "Putin" is no reading of بتعاون, whose و stands where the name has no such vowel.
    """
    said = {_spelt(one) for one in (latin, latin.replace("v", "w"))}
    prefix = _PREFIX.match(arabic)
    written = {_spelt(arabic), _spelt(arabic[prefix.end() :] if prefix else arabic)}
    pairs = [
        (one, other)
        for one, consonants in said
        for other, same in written
        if consonants == same and len(one) == len(other)
    ]
    return not pairs or any(all(map(_may_be_said, *pair)) for pair in pairs)


def _spelt(word: str) -> tuple[tuple[str, ...], str]:
    """What stands before, between and after the consonants of a word, and their loose classes."""
    is_arabic = is_arabic_script(word)
    units = word.replace("تش", "چ") if is_arabic else _LATIN_SIGN.findall(word)
    between, consonants = [""], ""
    for unit in units:
        signs = (_ARABIC if is_arabic else _LATIN_CLASS).get(unit, "").translate(_LOOSE)
        for sign in signs:
            if not consonants.endswith(sign):
                consonants += sign
                between.append("")
        if not signs:
            between[-1] += unit
    return tuple(between), consonants


def _may_be_said(latin: str, arabic: str) -> bool:
    return all(not _SAID_AS[letter].isdisjoint(latin) for letter in arabic if letter in _SAID_AS)


def shared_skeleton(one: str, other: str) -> str:
    """The longest skeleton of some weight that two folded words share, or an empty text."""
    shared = set(skeletons(one)) & set(skeletons(other))
    return max((found for found in shared if len(found) >= _WEIGHTY), key=len, default="")


def same_name(one: str, other: str) -> bool:
    """Whether two folded words may write the same name."""
    return shared_skeleton(one, other) != ""
