"""Substitution: a claim that repeats its source but for a word, or with two words exchanged.

Told only within a language, and where most of the claim stands in the source in its order: what
stands where the source has something else is then no paraphrase.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations
from typing import Final

from rag.answers.actors import Names, people_in
from rag.answers.alignment import features_of, is_content
from rag.answers.details import is_light
from rag.answers.office_names import is_place
from rag.answers.texts import tongue_of, words_in
from rag.answers.transliteration import is_near
from rag.text.folding import folded_words
from rag.text.stems import light_stem

_MOULD: Final = 0.7
"""The share of a claim's content words that stand in the source in their order, at least."""
_LONGEST: Final = 3
"""Words that one substitution puts for others, at most."""
_QUOTED: Final = re.compile(r"[«“„\"]([^«»“”„\"]{2,60})[»”“\"]")
_GAP: Final = re.compile(r"…|\.\.")
_JOINING: Final = frozenset(folded_words("and or و أو یا"))
_MOST_TITLE: Final = 5
"""Words of a quoted title, at most."""


def is_substituted(claim: str, cited: Sequence[str], around: Sequence[str], people: Names) -> bool:
    """Whether the claim puts a word where its source, otherwise repeated, has another.

    `around` is what the cited sentences lean on, `people` the words that name people in all of
    their passages: they may stand for "he".
    """
    language = tongue_of(claim)
    own = [text for text in cited if tongue_of(text) == language]
    return (
        _title_differs(claim, cited)
        or any(_has_another(claim, text, (*cited, *around), people) for text in own)
        or any(_are_exchanged(claim, text) for text in own)
    )


def _title_differs(claim: str, cited: Sequence[str]) -> bool:
    """Whether a quoted title of the claim stands nowhere in what it cites, which has another."""
    mine, its = set(_titles(claim)), {title for text in cited for title in _titles(text)}
    if not mine or not its:
        return False
    told = " ".join(" ".join(words_in(text)) for text in cited)
    is_same_language = tongue_of(claim) in {tongue_of(text) for text in cited}
    said = " ".join(words_in(claim))
    return is_same_language and any(
        title not in told and not any(other in said for other in its) for title in mine
    )


def _titles(text: str) -> Iterator[str]:
    for quoted in _QUOTED.findall(text):
        words = folded_words(quoted)
        if 0 < len(words) <= _MOST_TITLE and not _GAP.search(quoted):
            yield " ".join(words)


@lru_cache(maxsize=1_024)
def _content(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The content words of a text, and their stems."""
    words = tuple(word for word in words_in(text) if is_content(word))
    return words, tuple(map(light_stem, words))


def _has_another(claim: str, text: str, told: Sequence[str], people: Names) -> bool:
    """Whether words of the claim that nothing tells stand where the source has others."""
    language = tongue_of(claim)
    (mine, my_stems), (its, its_stems) = _content(claim), _content(text)
    codes = SequenceMatcher(None, my_stems, its_stems, autojunk=False).get_opcodes()
    same = sum(end - start for tag, start, end, _, _ in codes if tag == "equal")
    if same < _MOULD * len(mine):
        return False
    features, said, carried = features_of(*told), features_of(claim), people_in(claim, people)
    for place, (tag, start, end, first, last) in enumerate(codes):
        beside = {code[0] for code in (*codes[max(place - 1, 0) : place], *codes[place + 1 :][:1])}
        if tag != "replace" or beside != {"equal"} or max(end - start, last - first) > _LONGEST:
            continue
        if start == 0 or (language == "fa" and end == len(mine)):
            continue  # its verb, which paraphrases change
        new = [
            word
            for word in mine[start:end]
            if not is_light(word, language) and not features.has_word(word) and word not in carried
        ]
        old = [
            word
            for word in its[first:last]
            if not _is_empty(word, language) and not said.has_word(word)
        ]
        if new and old and not any(is_near(one, other) for one in new for other in old):
            return True
    return False


def _is_empty(word: str, language: str) -> bool:
    return is_light(word, language) and not is_place(word)


def _are_exchanged(claim: str, text: str) -> bool:
    """Whether two words of the claim stand each beside what is beside the other in the source."""
    mine, its = words_in(claim), words_in(text)
    counts = Counter(mine), Counter(its)
    shared = [word for word in mine if counts[0][word] == counts[1][word] == 1 and is_content(word)]
    moved = [word for word in shared if _stands_beside_another(word, mine, its)]
    for one, other in combinations(moved, 2):
        between = mine[mine.index(one) + 1 : mine.index(other)]
        is_list = set(between) <= _JOINING
        if not is_list and _take_places(one, other, mine, its):
            return True
    return False


def _stands_beside_another(word: str, mine: Sequence[str], its: Sequence[str]) -> bool:
    """Whether another word than in the source stands before or after a word of the claim."""
    return any(_beside(mine, word, step) != _beside(its, word, step) for step in (-1, 1))


def _take_places(one: str, other: str, mine: Sequence[str], its: Sequence[str]) -> bool:
    for step in (-1, 1):
        here, there = _beside(mine, one, step), _beside(mine, other, step)
        if here != there and (here, there) == (_beside(its, other, step), _beside(its, one, step)):
            return bool(here and there)
    return False


def _beside(words: Sequence[str], word: str, step: int) -> str:
    place = words.index(word) + step
    return words[place] if 0 <= place < len(words) else ""
