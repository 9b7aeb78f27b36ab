"""Offices in a claim: each has to be one that its holder has in what supports it.

"Shoigu, the foreign minister" is refused where the sources call Shoigu the defence minister, and
"the foreign minister" where nothing cited speaks of one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rag.answers.data import lines_of
from rag.answers.naming import is_spelt_like_any, sounds_like_any
from rag.answers.pool import Pool, pool_of, without_prefixes
from rag.answers.senses import exactly, matches_of
from rag.answers.subject import place_of
from rag.text.folding import fold, folded_words, word_spans
from rag.text.function_words import FUNCTION_WORDS
from rag.text.language import language_of
from rag.text.lexicon import NAMES, PLACES, lexicon
from rag.text.stems import is_arabic_script

_HEADS: Final = {
    "en": ("{} minister", "{} ministers", "minister of {}", "minister for {}", "ministers of {}",
           "minister of the {}", "{} secretary", "secretary of {}"),
    "ar": ("وزير {}", "وزيرة {}", "وزراء {}", "وزيري {}", "وزيرا {}", "وزير ال{}"),
    "fa": ("وزیر {}", "وزرای {}", "وزیران {}"),
}  # fmt: skip
_DEPUTIES: Final = frozenset(
    fold("deputy vice assistant نائب نائبا نائبة مساعد معاون وكيل قائم مقام").split()
)
RANKS: Final = frozenset(
    fold(
        "general gen major maj brigadier brig lieutenant lt colonel admiral marshal field mr mrs ms "
        "dr sheikh sir الجنرال اللواء الفريق العميد العقيد المشير الركن السيد السيدة الدكتور الشيخ "
        "أول ژنرال سرلشکر سردار سرتیپ دکتر آقای خانم سپهبد السابق السابقة آنذاك الحالي الجديد "
        "پیشین وقت سابق کنونی جدید former then current new العام العامة کل کشور نیروهای مسلح "
        "الجيش ارتش القوات المسلحة"
    ).split()
)
"""Folded words that stand with a name and are none."""
_BEFORE: Final = re.compile(r"^[وفبلك](?=.{3})")
_AROUND: Final = 6
"""Words on each side of an office among which its holder's name stands in a source."""
_AFTER: Final = 5
_LONGEST_NAME: Final = 3
_SHORTEST_NAME: Final = 2

Named = tuple[int, int, str]
"""The words, from and to, that name an office."""


@dataclass(frozen=True, slots=True)
class _Office:
    """An office that a text speaks of."""

    name: str
    holder: frozenset[str]
    """The words near it that may name who holds it."""


def office_differs(claim: str, supports: Sequence[str], passages: Sequence[str]) -> bool:
    """Whether the claim has an office that its supports lack, or gives one to another holder.

    `supports` is what the claim cites and that leans on, `passages` the sentences around.
    """
    for office in _offices(claim):
        said = {name for text in supports for _, _, name in offices_in(text)}
        if office.holder:
            everywhere = (*supports, *passages)
            held = {name for text in everywhere for name in _held_by(office.holder, text)}
            if office.name in held:
                continue
            if held or office.name not in said:
                return True
        elif office.name not in said:
            return True
    return False


def unknown_holder(claim: str, pool: Pool) -> str | None:
    """The name in Arabic script of an office's holder of which `pool` has nothing."""
    # Persian and Arabic write the sounds of a foreign name with other letters.
    is_alike = sounds_like_any if language_of(claim) == "fa" else is_spelt_like_any
    for office in _offices(claim):
        name = [
            word
            for word in sorted(office.holder)
            if is_arabic_script(word) and len(word) > _SHORTEST_NAME and _is_name(word)
        ]
        if name and not any(pool.has(word) or is_alike(word, pool) for word in name):
            return " ".join(name)
    return None


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The phrases that name offices by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, phrase in (*_plain(), *_ministers()):
        words = tuple(folded_words(phrase))
        if len(words) > 1:
            words = tuple(map(_bare, words))
        found.setdefault(words[0], []).append((words, name))
    for phrases in found.values():
        phrases.sort(key=lambda one: -len(one[0]))
    return found


def _plain() -> Iterator[tuple[str, str]]:
    for line in lines_of("offices"):
        name, *columns = line.split("|")
        for phrase in ",".join(columns).split(","):
            yield name.strip(), phrase


def _ministers() -> Iterator[tuple[str, str]]:
    for line in lines_of("ministries"):
        name, *columns = line.split("|")
        for heads, column in zip(_HEADS.values(), columns, strict=True):
            for field in column.split(","):
                for head in heads:
                    yield f"{name.strip()} minister", head.format(field.strip())


def _bare(word: str) -> str:
    """A folded word without the article of Arabic."""
    if word.startswith("لل") and len(word) > 4:
        return word[2:]
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _readings(word: str) -> list[str]:
    """How the first word of an office may stand in a text."""
    found = [word]
    if is_arabic_script(word):
        if word.startswith("لل"):
            found.append("ال" + word[2:])
        if _BEFORE.match(word):
            found.append(word[1:])
        found += [_bare(one) for one in tuple(found)]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=4_096)
def offices_in(text: str) -> tuple[Named, ...]:
    """The offices that a text names."""
    words = folded_words(text)
    found, place = list[Named](), 0
    while place < len(words):
        if named := _at(words, place):
            found.append(named)
            place = named[1]
        else:
            place += 1
    return tuple(found)


def _at(words: Sequence[str], place: int) -> Named | None:
    """The office that the words from `place` on name."""
    best: tuple[int, str] | None = None
    for reading in _readings(words[place]):
        for phrase, name in _phrases().get(reading, ()):
            last = _match(phrase[1:], words, place + 1)
            if last is not None and (best is None or last > best[0]):
                best = last, name
                break
    if best is None:
        return None
    end, name = best
    before = {form for word in words[max(place - 1, 0) : place] for form in _readings(word)}
    return place, end, f"deputy {name}" if before & _DEPUTIES else name


def _match(rest: Sequence[str], words: Sequence[str], place: int) -> int | None:
    """Where the rest of a phrase ends, which a country may stand in; None where it does not go on."""
    for word in rest:
        while place < len(words) and words[place] != word and (
            words[place] == "the" or is_place(words[place])
        ):
            place += 1
        if place == len(words) or _bare(words[place]) != word:
            return None
        place += 1
    return place


def _offices(claim: str) -> Iterator[_Office]:
    spans = word_spans(claim)
    named = offices_in(claim)
    taken = {place for start, end, _ in named for place in range(start, end)}
    for start, end, name in named:
        words = [word for word, _, _ in spans]
        if is_arabic_script(words[start]):
            holder = {*_following(words, end, taken), *_preceding(claim, spans, start, taken)}
        else:
            near = (*range(max(start - _AFTER, 0), start), *range(end, min(end + 4, len(words))))
            holder = {words[at] for at in near if at not in taken and _is_latin_name(claim, spans, at)}
        yield _Office(name, frozenset(holder))


def _is_latin_name(claim: str, spans: Sequence[tuple[str, int, int]], place: int) -> bool:
    word, start, _ = spans[place]
    if not claim[start].isupper() or place == 0 or len(word) < 2:
        return False
    return not (
        word in FUNCTION_WORDS or word in RANKS or is_place(word)
        or lexicon("en").field_of_stem(word) == "terms"
    )


@lru_cache(maxsize=20_000)
def is_place(word: str) -> bool:
    """Whether a folded word is a place or of a place, whatever else it may be."""
    if place_of(word):
        return True
    return any(
        concept.field in (PLACES, NAMES)
        for form in (word, *without_prefixes(word))
        for match in matches_of([form])
        for concept in exactly(match, [form])
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
        if word in FUNCTION_WORDS or word.startswith("ال") or found == _LONGEST_NAME:
            return
        if not found and not any(map(_is_name, words[place - 1 : place + 2])):
            return
        found += 1
        yield word


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
        if not _is_common(word) and not is_place(word) and word not in RANKS:
            yield word


@lru_cache(maxsize=20_000)
def _is_common(word: str) -> bool:
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
    return not (word in FUNCTION_WORDS or is_place(word) or _is_common(word))


def _held_by(holder: frozenset[str], text: str) -> set[str]:
    """The offices that a text names next to a holder's name."""
    named = offices_in(text)
    if not named or not _speaks_of(holder, pool_of(text)):
        return set()
    words = folded_words(text)
    found = set()
    for number, (start, end, name) in enumerate(named):
        first = max(start - _AROUND, named[number - 1][1] if number else 0)
        last = min(end + _AROUND, named[number + 1][0] if number + 1 < len(named) else len(words))
        near = pool_of(" ".join((*words[first:start], "؛", *words[end:last])))
        if _speaks_of(holder, near):
            found.add(name)
    return found


def _speaks_of(holder: frozenset[str], pool: Pool) -> bool:
    """Whether half of a name's words are in a pool."""
    return 2 * sum(_is_in(word, pool) for word in holder) >= len(holder)


def _is_in(word: str, pool: Pool) -> bool:
    return pool.has(word) or sounds_like_any(word, pool)
