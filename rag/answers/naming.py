"""Names in a claim, looked for in what supports it, across scripts and languages.

In Latin script a name is a capitalised word that the lexicon does not know as a common one; in
Arabic script names cannot be told by case, so only what follows a title ("اللواء …") is looked at.
Places are compared by their names in the source's language, other names by their consonants.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rag.text.dates import MONTHS, WEEKDAYS
from rag.text.folding import fold, folded_words
from rag.text.function_words import FUNCTION_WORDS
from rag.text.language import LANGUAGES
from rag.text.lexicon import NAMES, PLACES, Concept, lexicon
from rag.text.names import skeletons
from rag.text.stems import is_arabic_script, light_stem

_CAPITALISED: Final = re.compile(r"(?<![\w@#/])[A-ZÀ-Þ][\w'’-]*[\w]|(?<![\w@#/.])[A-ZÀ-Þ](?!\w)")
_LATIN_WORD: Final = re.compile(r"[A-Za-zÀ-ÿ][\w'’]*")
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_COMMON_ENDINGS: Final = (
    "tion", "sion", "ment", "ments", "ship", "ness", "ism", "ance", "ence", "ity", "ology", "ing",
    "ly", "ists", "ers", "ations", "ties",
)  # fmt: skip
_OPENERS: Final = frozenset(
    [
        "amid",
        "among",
        "alongside",
        "although",
        "though",
        "while",
        "whereas",
        "since",
        "because",
        "unless",
        "until",
        "despite",
        "besides",
        "beyond",
        "toward",
        "towards",
        "upon",
        "within",
        "without",
        "however",
        "therefore",
        "moreover",
        "furthermore",
        "meanwhile",
        "nevertheless",
        "nonetheless",
        "instead",
        "thus",
        "hence",
        "accordingly",
        "additionally",
        "consequently",
        "finally",
        "overall",
        "similarly",
        "likewise",
        "notably",
        "regarding",
        "concerning",
        "following",
        "according",
        "apart",
        "together",
        "even",
        "only",
        "once",
        "earlier",
        "later",
        "recently",
        "previously",
        "another",
        "other",
        "others",
        "each",
        "every",
        "either",
        "neither",
        "several",
        "many",
        "most",
        "more",
        "some",
        "few",
        "one",
        "two",
        "three",
        "both",
        "yes",
        "according",
        "its",
        "al",
        "el",
        "bin",
        "ibn",
        "mr",
        "mrs",
        "ms",
        "dr",
        "gen",
        "maj",
        "lt",
        "col",
        "brig",
        "sgt",
        "de",
        "la",
        "von",
        "der",
        "mid",
        "pre",
        "non",
        "anti",
    ]
)
_NO_NAMES: Final = (FUNCTION_WORDS, _OPENERS, MONTHS, WEEKDAYS)
_TITLES: Final = frozenset(
    fold(
        "الجنرال اللواء الفريق العميد العقيد المشير السفير الوزير الرئيس الأمير الملك الشيخ "
        "الدكتور السيد السيدة البروفيسور المرشد ژنرال سرلشکر سردار سرتیپ سرهنگ دکتر آقای خانم"
    ).split()
)
_AFTER_TITLE_NO_NAME: Final = frozenset(
    fold(
        "السابق السابقة الحالي الجديد الراحل نفسه الأول الثاني الركن ركن العام المذكور الأسبق "
        "المكلف المنتخب المؤقت والوفد ونظيره كان قال وقال أكد صرح أعلن زار وصل التقى"
    ).split()
)
_PREFIXES: Final = re.compile(r"([وف])?([بلك])?(ال|(?<=ل)ل)?")
_ARABIC_ENDINGS: Final = ("يا", "يه", "ا", "ه", "ستان")
_VARIANTS: Final = (
    ("dzh", ("j",)), ("v", ("v", "w")), ("zh", ("zh", "ch")), ("th", ("th", "t")),
    ("ch", ("ch", "kh", "k", "sh")), ("ng", ("ng", "n")), ("gh", ("gh", "")), ("x", ("x", "sh", "s")),
    ("sc", ("sc", "s")), ("z", ("z", "ts", "s")), ("ce", ("ce", "ke")), ("ci", ("ci", "ki", "chi")),
    ("se", ("se", "ze")), ("g", ("g", "j")),
)  # fmt: skip
_MOST_VARIANTS: Final = 24


@dataclass(frozen=True, slots=True)
class Pool:
    """The words among which the names of a claim are looked for."""

    words: frozenset[str]
    bare_words: frozenset[str]
    """With and without the prefixes of Arabic."""
    stems: frozenset[str]
    strict: frozenset[str]
    """Skeletons of words and of neighbours written together ("إسلام أباد" is Islamabad)."""
    loose: frozenset[str]


@lru_cache(maxsize=512)
def pool_of(text: str) -> Pool:
    """The pool of the words of `text`."""
    words = folded_words(text)
    together = [*words, *(one + other for one, other in pairwise(words))]
    found = [skeleton for word in set(together) for skeleton in skeletons(word)]
    return Pool(
        frozenset(words),
        frozenset(words).union(*map(_without_prefixes, words)),
        frozenset(map(light_stem, words)),
        frozenset(one[1:] for one in found if one[0] == "1"),
        frozenset(one[1:] for one in found if one[0] == "2"),
    )


def unknown_name(claim: str, pool: Pool) -> str | None:
    """The first name of `claim` that has no likeness in `pool`; None where all have."""
    if place := _unknown_place(claim, pool):
        return place
    for word in _latin_names(claim):
        if not (_is_in(word, pool) or _sounds_like_any(word, pool)):
            return word
    for word in _titled_names(claim):
        if not (_is_in(word, pool) or _sounds_like_any(word, pool)):
            return word
    return None


def has_names(text: str) -> bool:
    """Whether a text holds names, as far as that can be told."""
    return bool(_latin_names(text) or _titled_names(text) or any(_places(text)))


def _is_in(word: str, pool: Pool) -> bool:
    return word in pool.words or light_stem(word) in pool.stems


def _latin_names(claim: str) -> list[str]:
    """The capitalised words, folded, that are no common words. Titles in capitals have none."""
    latin = _LATIN_WORD.findall(claim)
    capitalised = [match for match in _CAPITALISED.finditer(claim) if len(match.group()) > 1]
    lowered = [one for one in latin if one[0].islower() and one not in FUNCTION_WORDS | _OPENERS]
    if len(latin) > 4 and not lowered:
        return []  # a heading with every word in capitals
    common = _common_words(claim)
    names = []
    for match in capitalised:
        if match.group().isupper() and len(match.group()) <= 5:
            continue  # an acronym is rarely spelt alike in two languages
        for word in folded_words(_POSSESSIVE.sub("", match.group())):
            if not (word in common or word.endswith(_COMMON_ENDINGS)):
                names.append(word)
    return names


def _common_words(claim: str) -> set[str]:
    """The folded words of a claim that stand for no person."""
    words = folded_words(claim)
    known = {
        word for match in lexicon("en").matches(words) for word in words[match.start : match.end]
    }
    return known | {word for word in words if any(word in group for group in _NO_NAMES)}


def _titled_names(claim: str) -> list[str]:
    words = folded_words(claim)
    return [
        word
        for title, word in pairwise(words)
        if title in _TITLES and is_arabic_script(word) and not _is_adjective(word)
    ]


def _is_adjective(word: str) -> bool:
    common = word in FUNCTION_WORDS or word in _AFTER_TITLE_NO_NAME or word in _TITLES
    known = lexicon("ar").field(word) or lexicon("fa").field_of_stem(word)
    return common or known is not None or (word.startswith("ال") and word.endswith(("ي", "يه")))


def _places(text: str) -> Iterator[tuple[str, list[Concept]]]:
    """The places of a text, each with what the lexicon has under it."""
    words = folded_words(text)
    capitals = {word for match in _CAPITALISED.findall(text) for word in folded_words(match)}
    for language in LANGUAGES:
        for match in lexicon(language).matches(words):
            covered = words[match.start : match.end]
            if (language == "en") == is_arabic_script(covered[0]):
                continue
            if covered[0] in MONTHS or covered[0] in WEEKDAYS:
                continue
            places = [one for one in match.concepts if one.field in (PLACES, NAMES)]
            others = [one for one in match.concepts if one not in places]
            if language == "en":
                named = not others and bool(capitals & set(covered))
            else:
                named = _spells(covered, places) and not _spells(covered, others)
            if named:
                yield " ".join(covered), places


def _spells(words: Sequence[str], concepts: Iterable[Concept]) -> bool:
    """Whether a concept has these words as they stand, but for the prefixes of the first."""
    first = {words[0], *_without_prefixes(words[0])}
    for phrase in (one for each in concepts for every in each.phrases.values() for one in every):
        if tuple(words[1:]) == phrase[1:]:
            bare = phrase[0].removeprefix("ال") if len(phrase) == 1 else phrase[0]
            if {phrase[0], bare} & first:
                return True
    return False


@lru_cache(maxsize=50_000)
def _without_prefixes(word: str) -> tuple[str, ...]:
    """The words that a folded Arabic word may be behind its prefixes (and, by, to, the)."""
    prefix = _PREFIXES.match(word)
    ends = {prefix.end(group) for group in (1, 2, 3) if prefix[group]} if prefix else set()
    return tuple(word[end:] for end in ends if len(word) - end >= 3)


def _unknown_place(claim: str, pool: Pool) -> str | None:
    for name, concepts in _places(claim):
        phrases = [
            phrase
            for concept in concepts
            for variants in concept.phrases.values()
            for phrase in variants
        ]
        if any(all(_has_form(word, pool) for word in phrase) for phrase in phrases):
            continue
        if not any(_is_likeness(word, pool) for word in name.split()):
            return name
    return None


def _is_likeness(word: str, pool: Pool) -> bool:
    """Whether the pool has a longer word of the same consonants: a place spelt otherwise."""
    strict = [one[1:] for one in skeletons(word) if one[0] == "1"]
    return bool(strict) and min(map(len, strict)) >= 3 and any(one in pool.strict for one in strict)


def _has_form(word: str, pool: Pool) -> bool:
    """Whether the pool has a word, or one made of it ("الروسية" of "روسيا")."""
    if _is_in(word, pool):
        return True
    bare = word.removeprefix("ال")
    if not is_arabic_script(word):
        return len(word) >= 4 and any(other.startswith(word[:-1]) for other in pool.words)
    for ending in _ARABIC_ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 3:
            bare = bare.removesuffix(ending)
            break
    return len(bare) >= 3 and any(other.startswith(bare) for other in pool.bare_words)


def _sounds_like_any(word: str, pool: Pool) -> bool:
    """Whether some word of the pool has the consonants of `word`, give or take its spelling."""
    found = {one for variant in _spellings(word) for one in skeletons(variant)}
    strict = {one[1:] for one in found if one[0] == "1"}
    loose = {one[1:] for one in found if one[0] == "2"}
    if not strict or strict & pool.strict or loose & pool.loose:
        return True
    return any(len(one) >= 4 and _near(one, other) for one in strict for other in pool.strict)


@lru_cache(maxsize=4_096)
def _spellings(word: str) -> frozenset[str]:
    """The ways in which a name might have been spelt in Latin letters."""
    spellings = [word]
    for written, variants in _VARIANTS:
        if written in word:
            spellings = [
                spelling.replace(written, variant) for spelling in spellings for variant in variants
            ][:_MOST_VARIANTS]
    return frozenset(spellings) | {word}


def _near(one: str, other: str) -> bool:
    """Whether two skeletons differ by one consonant at most."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 1
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) != 1:
        return False
    return any(short == long[:i] + long[i + 1 :] for i in range(len(long)))
