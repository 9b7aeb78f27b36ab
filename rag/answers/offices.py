"""Offices in a claim: each has to be one that its holder has in what supports it.

"Shoigu, the foreign minister" is refused where the sources call Shoigu the defence minister, and
"the foreign minister" where nothing cited speaks of one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import Final

from rag.answers.naming import is_spelt_like_any, sounds_like_any
from rag.answers.office_names import SOFT, is_place, offices_in
from rag.answers.pool import Pool, pool_of
from rag.answers.transliteration import is_same_name
from rag.text.folding import fold, word_spans
from rag.text.function_words import FUNCTION_WORDS
from rag.text.lexicon import NAMES, PLACES, lexicon
from rag.text.names import skeletons
from rag.text.stems import is_arabic_script

RANKS: Final = frozenset(
    fold(
        "general gen major maj brigadier brig lieutenant lt colonel admiral marshal field mr mrs "
        "ms dr sheikh sir former then current new الجنرال اللواء الفريق العميد العقيد المشير "
        "الركن السيد السيدة الدكتور الشيخ أول السابق السابقة آنذاك الحالي الجديد العام العامة "
        "الجيش القوات المسلحة ژنرال سرلشکر سردار سرتیپ دکتر آقای خانم سپهبد پیشین وقت سابق "
        "کنونی جدید کل کشور نیروهای مسلح ارتش"
    ).split()
)
"""Folded words that stand with a name and are none."""
_COMPATIBLE: Final = (
    frozenset(("~director", "~chief executive", "~~chief operating officer", "~chairman")),
    frozenset(("envoy", "ambassador")),
    frozenset(("governor", "central bank governor")),
    frozenset(("~analyst", "~~expert", "~professor", "~~researcher")),
    frozenset(("president", "~~party leader")),
)
"""Offices of which one name may stand for the other."""
_BESIDE: Final = frozenset(("the", "of", "al", "el"))
_AROUND: Final = 6
"""Words on each side of an office among which its holder's name stands in a source."""
_APPOSED: Final = re.compile(r"[,،(–—-]|['’]s")
_AFTER: Final = 5
_LONGEST_NAME: Final = 3
_SHORTEST_NAME: Final = 2
_SHORTEST_SOUND: Final = 3
"""The length of a skeleton of two consonants, with the digit of its level."""


@dataclass(frozen=True, slots=True)
class _Office:
    """An office that a text speaks of."""

    name: str
    holder: frozenset[str]
    """The words near it that may name who holds it."""

    @property
    def is_soft(self) -> bool:
        """Whether a report may speak of it without its name, where nobody is said to hold it."""
        return self.name.removeprefix("deputy ").startswith(SOFT)

    @property
    def is_very_soft(self) -> bool:
        """Whether it is told in so many ways that its absence alone says nothing."""
        return self.name.removeprefix("deputy ").startswith(2 * SOFT)


def _are_compatible(one: str, other: str) -> bool:
    """Whether two offices may be one, called by a wider and a narrower name."""
    return one == other or any(one in group and other in group for group in _COMPATIBLE)


def office_differs(claim: str, supports: Sequence[str], passages: Sequence[str]) -> bool:
    """Whether the claim has an office that its supports lack, or gives one to another holder.

    `supports` is what the claim cites and that leans on, `passages` the sentences around.
    """
    offices = _offices(claim)
    said = (
        {name for text in supports for _, _, name in offices_in(text, doubtful=True)}
        if offices
        else set()
    )
    for office in offices:
        if office.holder:
            everywhere = (*supports, *passages)
            held = {name for text in everywhere for name in _held_by(office.holder, text)}
            if any(_are_compatible(office.name, one) for one in held):
                continue
            if held or not (office.is_very_soft or office.name in said):
                return True
        elif not (office.is_soft or any(_are_compatible(office.name, one) for one in said)):
            return True
    return False


def unknown_holder(claim: str, pool: Pool, *, same_language: bool) -> str | None:
    """The name in Arabic script of an office's holder of which `pool` has nothing."""
    # Two languages write the sounds of a name with other letters.
    is_alike = is_spelt_like_any if same_language else sounds_like_any
    for office in _offices(claim):
        name = [
            word
            for word in sorted(office.holder)
            if is_arabic_script(word) and len(word) > _SHORTEST_NAME and _is_name(word)
        ]
        # "بن‌جلون" is two words in one script and one in another.
        joined = ["".join(pair) for pair in permutations(_written(office), 2)]
        known = any(pool.has(word) or is_alike(word, pool) for word in name) or any(
            is_same_name(one, word) for one in joined if _is_weighty(one) for word in pool.words
        )
        if name and not known:
            return " ".join(name)
    return None


def holders_in(text: str) -> frozenset[str]:
    """The folded words of a text that stand beside offices as the names of their holders."""
    return frozenset[str]().union(*(one.holder for one in _offices(text)))


@lru_cache(maxsize=1_024)
def _offices(claim: str) -> tuple[_Office, ...]:
    return tuple(_told(claim))


def _told(claim: str) -> Iterator[_Office]:
    spans = word_spans(claim)
    named = offices_in(claim)
    taken = {place for start, end, _ in named for place in range(start, end)}
    for start, end, name in named:
        words = [word for word, _, _ in spans]
        if is_arabic_script(words[start]):
            holder = set(_preceding(claim, spans, start, taken))
            holder = holder or set(_following(words, end, taken))
        else:
            holder = set(_latin_name(claim, spans, range(end, len(spans)), taken))
            holder = holder or set(_latin_name(claim, spans, range(start - 1, -1, -1), taken))
        yield _Office(name, frozenset(holder))


def _latin_name(
    claim: str, spans: Sequence[tuple[str, int, int]], places: Iterable[int], taken: set[int]
) -> Iterator[str]:
    """The words of the name beside an office, on one side: ranks and countries passed over."""
    found = False
    for at in places:
        word = spans[at][0]
        if at not in taken and _is_latin_name(claim, spans, at):
            found = True
            yield word
        elif word in ("al", "el"):
            continue
        elif found or not (word in RANKS or word in _BESIDE or len(word) == 1 or is_place(word)):
            return


def _is_latin_name(claim: str, spans: Sequence[tuple[str, int, int]], place: int) -> bool:
    word, start, _ = spans[place]
    if not claim[start].isupper() or place == 0 or len(word) < 2:
        return False
    return not (
        word in FUNCTION_WORDS
        or word in RANKS
        or is_place(word)
        or lexicon("en").field_of_stem(word) == "terms"
    )


def _following(words: Sequence[str], end: int, taken: set[int]) -> Iterator[str]:
    """The words of a name after an office, its country and ranks passed over."""
    found, place = 0, end
    while place < min(end + _AFTER, len(words)) and place not in taken:
        word = words[place]
        place += 1
        if word in RANKS or is_place(word):
            if found:
                return
            continue
        if word in FUNCTION_WORDS or word.startswith(("ال", "لل")) or found == _LONGEST_NAME:
            return
        if not found and _is_object(word):
            return
        if not found and not any(map(_is_name, words[place - 1 : place + 2])):
            return
        found += 1
        yield word


@lru_cache(maxsize=4_096)
def _is_object(word: str) -> bool:
    """Whether a folded Arabic word is a noun in the accusative: "زار الرئيس مصنعا"."""
    noun = word.removesuffix("ا")
    return noun != word and len(noun) > _LONGEST_NAME and is_common(noun) and not is_common(word)


def _preceding(
    claim: str, spans: Sequence[tuple[str, int, int]], start: int, taken: set[int]
) -> Iterator[str]:
    """The words of a name before an office and a comma."""
    if not start or not re.search(r"[،,]", claim[spans[start - 1][2] : spans[start][1]]):
        return
    for place in range(start - 1, max(start - 1 - _LONGEST_NAME, -1), -1):
        word = spans[place][0]
        between = claim[spans[place][2] : spans[place + 1][1]] if place < start - 1 else ""
        if word in FUNCTION_WORDS or place in taken or between.strip(" \u200c"):
            return
        if not is_common(word) and not is_place(word) and word not in RANKS:
            yield word


@lru_cache(maxsize=4_096)
def is_common(word: str) -> bool:
    """Whether an Arabic or Persian word is a verb or a noun that is no name."""
    fields = {
        concept.field
        for language in ("ar", "fa")
        for match in lexicon(language).matches([word])
        for concept in match.concepts
        if (word,) in concept.phrases[language]
    }
    return bool(fields) and not fields & {NAMES, PLACES}


def _is_name(word: str) -> bool:
    return not (word in FUNCTION_WORDS or is_place(word) or is_common(word))


def _held_by(holder: frozenset[str], text: str) -> set[str]:
    """The offices that a text names next to a holder's name."""
    named = offices_in(text, doubtful=True)
    if not named or not _speaks_of(holder, pool_of(text)):
        return set()
    spans = word_spans(text)
    found = set()
    for number, (start, end, name) in enumerate(named):
        first = max(start - _AROUND, named[number - 1][1] if number else 0)
        last = min(end + _AROUND, named[number + 1][0] if number + 1 < len(named) else len(spans))
        after = " ".join(word for word, _, _ in spans[end:last])
        before = " ".join(_apposed(text, spans, first, start, holder))
        if _speaks_of(holder, pool_of(f"{before} ؛ {after}")):
            found.add(name)
    return found


def _apposed(
    text: str,
    spans: Sequence[tuple[str, int, int]],
    first: int,
    office: int,
    holder: frozenset[str],
) -> Iterator[str]:
    """The words before an office to which it is put: nothing, a comma or a country is between."""
    at = office
    while at > first and (is_place(spans[at - 1][0]) or spans[at - 1][0] in _BESIDE):
        at -= 1
    if at in (first, 0):
        return
    gap = text[spans[at - 1][2] : spans[at][1]]
    beside = pool_of(spans[at - 1][0])
    if not _APPOSED.search(gap) and not any(_is_in(word, beside) for word in holder):
        return
    yield from (word for word, _, _ in spans[first:at])


def _speaks_of(holder: frozenset[str], pool: Pool) -> bool:
    """Whether half of a name's words are in a pool; a short sound alone tells no name."""
    found = [word for word in holder if _is_in(word, pool)]
    told = any(pool.has(word) or _is_weighty(word) for word in found)
    return told and 2 * len(found) >= len(holder)


def _written(office: _Office) -> list[str]:
    """The words in Arabic script of an office's holder."""
    return [word for word in sorted(office.holder) if is_arabic_script(word)]


def _is_weighty(word: str) -> bool:
    return any(len(one) > _SHORTEST_SOUND for one in skeletons(word) if one[0] == "1")


def _is_in(word: str, pool: Pool) -> bool:
    return pool.has(word) or any(is_same_name(word, other) for other in pool.words)
