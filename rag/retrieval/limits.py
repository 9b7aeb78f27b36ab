"""Limits: the files, the source or the years to which a message limits its answer."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rag.index.ledger import FileEntry
from rag.text.folding import fold, folded_words
from rag.text.function_words import FUNCTION_WORDS, is_function_word
from rag.text.language import LANGUAGES
from rag.text.lexicon import NAMES, lexicon
from rag.text.names import shared_skeleton

_REPORTING: Final = frozenset(
    folded_words(
        "بحسب حسب وفق وفقا تقرير خبر مقال مقالة أوردت أورد ذكرت ذكر نشرت نشر حكى حكت كالت نقلت "
        "نقل كتبت كتب according article report reports reported story "
        "گزارش اساس نوشته مقاله خبر نوشت"
    )
)
"""Next to one of these a word may name a source."""
_NOT_A_SOURCE: Final = frozenset(
    folded_words(
        "وكالة وكالات أنباء الأنباء مصدر المصدر مترجمة مادة بعنوان يوم الملف ملف فقط agency news "
        "source press document file only خبرگزاری سند فایل"
    )
)
_REPORTS: Final = (
    r"(?:ال)?(?:تقارير|تقرير|وثائق|اخبار|خبر|مقالات|reports?|articles?|documents?|"
    + fold("گزارش")
    + r"\w*|اسناد)"
)
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_AFTER: Final = re.compile(r"\b(?:بعد|منذ|after|since|" + fold("پس از") + r")\b")
_BEFORE: Final = re.compile(r"\b(?:قبل|before|" + fold("پیش از") + r")\b")
_SEPARATORS: Final = re.compile(r"[\s«»\"“”،,؟?]+")


@dataclass(frozen=True, slots=True)
class Limit:
    """The files that a message is about, and the words that say so."""

    files: frozenset[int]
    """Their ids in the ledger."""
    words: tuple[str, ...]


def limit_of(text: str, files: Sequence[FileEntry]) -> Limit | None:
    """The limit that a message sets, None where it sets none."""
    return _named(text, files) or _attributed(text, files) or _dated(text, files)


def _named(text: str, files: Sequence[FileEntry]) -> Limit | None:
    """The files whose name the message holds, whole or without its ending."""
    lowered = text.casefold()
    words = set(_SEPARATORS.split(lowered))
    tests: tuple[Callable[[str], bool], ...] = (
        lambda path: path.casefold() in lowered,
        lambda path: path.casefold().rpartition("/")[2] in lowered,
        lambda path: _stem(path) in words,
    )
    for is_named in tests if "." in lowered else tests[-1:]:
        named = [entry for entry in files if is_named(entry.path)]
        if named:
            used = [word for entry in named for word in folded_words(entry.path)]
            return Limit(frozenset(entry.id for entry in named), tuple(used))
    return None


@lru_cache(maxsize=200_000)
def _stem(path: str) -> str:
    return path.casefold().rpartition("/")[2].rpartition(".")[0]


def _attributed(text: str, files: Sequence[FileEntry]) -> Limit | None:
    """The files of the source that the message names next to a word of reporting.

    Of several words that might name one, the surest does: the one most alike.
    """
    words = folded_words(text)
    places = [
        place
        for place, word in enumerate(words)
        if _is_reported(words, place) and _can_name_source(word)
    ]
    if not places:
        return None
    sources = [(entry.id, _source_words(entry.attribution)) for entry in files if entry.attribution]
    distinct = {source for _, source in sources}
    likely = [
        (max(_likeness(words[place], source) for source in distinct), -place)
        for place in places
        if distinct
    ]
    if not likely or max(likely)[0] == 0:
        return None
    place = -max(likely)[1]
    named = [(id_, source) for id_, source in sources if _likeness(words[place], source)]
    following = [word for word in words[place + 1 : place + 2] if _likeness(word, named[0][1])]
    near = [word for word in words[max(0, place - 3) : place + 4] if word in _REPORTING]
    return Limit(frozenset(id_ for id_, _ in named), (words[place], *following, *near))


def _is_reported(words: list[str], place: int) -> bool:
    return bool(_REPORTING & {*words[max(0, place - 3) : place], *words[place + 1 : place + 3]})


@lru_cache(maxsize=10_000)
def _source_words(attribution: str) -> frozenset[str]:
    return frozenset(folded_words(attribution)) - _NOT_A_SOURCE - FUNCTION_WORDS


def _likeness(word: str, source: frozenset[str]) -> int:
    """How sure it is that a word is one of a source's: 0 where it is not."""
    if len(word) < 3:
        return 0
    if word in source:
        return 9
    return max((len(shared_skeleton(word, other)) for other in source if len(other) > 2), default=0)


def _can_name_source(word: str) -> bool:
    """Whether a word may be a source's name; a country's is not, however like IRNA it looks."""
    if is_function_word(word) or word in _REPORTING or word in _NOT_A_SOURCE:
        return False
    return not any(
        concept.field == NAMES and (word,) in concept.phrases[language]
        for language in LANGUAGES
        for match in lexicon(language).matches([word])
        for concept in match.concepts
    )


def _dated(text: str, files: Sequence[FileEntry]) -> Limit | None:
    """The reports of a year, where the message speaks of reports of, before or after it."""
    folded = fold(text)
    year = _YEAR.search(folded)
    if not year or not re.search(rf"\b{_REPORTS}\b.{{0,25}}{year.group()}", folded):
        return None
    wanted = int(year.group())
    before = folded[: year.start()]
    dated = [(one.id, int(one.date[:4])) for one in files if one.date and one.date[0] != "-"]
    if _AFTER.search(before):
        chosen = [id_ for id_, found in dated if found > wanted]
    elif _BEFORE.search(before):
        chosen = [id_ for id_, found in dated if found < wanted]
    else:
        chosen = [id_ for id_, found in dated if found == wanted]
    return Limit(frozenset(chosen), (year.group(),))
