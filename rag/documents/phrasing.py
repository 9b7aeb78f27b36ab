"""Phrasing: sentences as keys, so that the same report in two files is recognised.

Two sentences have one key where they differ in nothing but spelling, punctuation, articles and the
like, and which verb of saying is used. Any other word may change a fact, so it changes the key:
numbers, names, dates, prepositions and negations above all.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from hashlib import blake2b
from typing import Final

from rag.text.folding import fold, folded_words, words_of_lines
from rag.text.sentences import Span, sentences

FEWEST_WORDS: Final = 4
"""A sentence of fewer words that count has no key: too many reports may hold it."""
_SHARED: Final = 0.5
_FEWEST_SHARED: Final = 2
_SILENT: Final = frozenset(
    fold(word)
    for word in (
        "the a an that also has have had قد وقد فقد كما أن إن بأن وأن فإن أنه أنها أيضا كذلك"
        " که نیز هم همچنین"
    ).split()
)
_SAYING: Final = frozenset(
    fold(word)
    for word in (
        "said says told stated announced declared reported added noted قال قالت ذكر ذكرت أعلن أعلنت"
        " صرح صرحت أفاد أفادت أكد أكدت أوضح أوضحت أضاف أضافت بين بينت أشار أشارت لفت لفتت"
        " گفت گفتند افزود اعلام‌کرد اظهار‌داشت"
    ).split()
)
_SAID: Final = "\u0001"
_PLAIN: Final = {
    **{f"{joined}{word}": _SAID for word in _SAYING for joined in ("", "و", "ف")},
    **dict.fromkeys(_SILENT, ""),
}
"""What counts in place of a word: nothing, or one sign for all verbs of saying."""


def phrase_key(sentence: str) -> int | None:
    """The key of a sentence, a number of 63 bits; None where it has too few words."""
    return _key(folded_words(sentence))


def _key(folded: Iterable[str]) -> int | None:
    words = [plain for word in folded if (plain := _PLAIN.get(word, word))]
    if len(words) < FEWEST_WORDS:
        return None
    digest = blake2b(" ".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def phrase_keys(text: str, spans: Iterable[Span] | None = None) -> frozenset[int]:
    """The keys of the sentences at `spans` of a text; of all its sentences without."""
    said = [span.of(text) for span in (sentences(text) if spans is None else spans)]
    return frozenset(key for words in words_of_lines(said) if (key := _key(words)) is not None)


def tell_the_same(one: AbstractSet[int], other: AbstractSet[int]) -> bool:
    """Whether two files with these keys are one report: the shorter one is half in the longer."""
    shared, shorter = len(one & other), min(len(one), len(other))
    return shared >= min(_FEWEST_SHARED, shorter) and shared >= _SHARED * shorter > 0
