"""Details: content words of a claim for which nothing stands in what supports it.

Each counts by what kind of word it is. One of an exclusive class (a weapon, a kind of harm, a
point of the compass: `data/exclusive.txt`) is a fact of its own. Any other may be said otherwise,
so that it takes several of them.
"""

from functools import lru_cache
from itertools import pairwise
from typing import Final

from rag.answers.alignment import Features, Term, terms_of
from rag.answers.data import lines_of
from rag.answers.inflection import bases
from rag.answers.naming import NO_NAMES
from rag.answers.office_names import is_place, offices_in
from rag.answers.offices import RANKS
from rag.answers.pool import without_prefixes
from rag.answers.senses import WordList
from rag.text.dates import MONTHS, WEEKDAYS
from rag.text.folding import folded_words, word_spans
from rag.text.function_words import FUNCTION_WORDS
from rag.text.language import language_of
from rag.text.lexicon import EVERYDAY, NAMES, PLACES
from rag.text.number_words import JOINED, ORDINALS, UNITS
from rag.text.numbers import quantities
from rag.text.stems import is_arabic_script, light_stem

_EXCLUSIVE: Final = 1.0
_TOPIC: Final = 0.45
_GENERAL: Final = 0.25
_UNKNOWN: Final = 0.4
"""Of a word that the lexicon lacks, where claim and source are of one language."""
_FOREIGN: Final = 0.2
"""Of one where they are not."""
_ENOUGH: Final = 1.0
_ENOUGH_SAME: Final = 0.8
"""Within a language fewer words are missing by the dictionary's fault."""
_ENOUGH_QUOTED: Final = 0.5
_GENERAL_FIELDS: Final = frozenset((EVERYDAY, "frequent", "knowledge"))


def lacks_detail(claim: str, features: Features, passages: str, *, same_language: bool) -> bool:
    """Whether more of the claim is missing in its support than a paraphrase would explain.

    Names that `passages` has may be carried over to a sentence that only says "he".
    """
    unknown = _UNKNOWN if same_language else _FOREIGN
    terms = _telling(claim, features)
    if not terms:
        return False
    words, carried = folded_words(claim), _pairs(passages)
    weights = (
        _weight(term, unknown)
        for term in terms
        if carried.isdisjoint(pairwise(words[max(term.start - 1, 0) : term.end + 1]))
    )
    return sum(weights) >= (_ENOUGH_SAME if same_language else _ENOUGH)


def is_translation(quotation: str, features: Features) -> bool:
    """Whether a quotation may be a translation of what supports it."""
    terms = _telling(quotation, features, strict=True)
    return sum(_weight(term, _FOREIGN) for term in terms) < _ENOUGH_QUOTED


@lru_cache(maxsize=64)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    """The neighbouring words of a text."""
    return frozenset(pairwise(folded_words(text)))


def _telling(text: str, features: Features, *, strict: bool = False) -> list[Term]:
    """The missing terms that no other check looks at. `strict`: paraphrases do not count."""
    terms = [
        term
        for term in terms_of(text)
        if not (features.states(term) if strict or is_exclusive(term) else features.has(term))
    ]
    if not terms:
        return []
    spans = word_spans(text)
    skipped = {place for start, end, _ in offices_in(text) for place in range(start, end)}
    for one in quantities(text):
        skipped |= {
            n for n, (_, start, end) in enumerate(spans) if one.start < end and start < one.end
        }
    if language_of(text) == "en":
        skipped |= {n for n, (_, start, _) in enumerate(spans) if text[start].isupper()}
    return [
        term
        for term in terms
        if skipped.isdisjoint(range(term.start, term.end))
        and (is_exclusive(term) or not all(map(_is_light, term.words)))
    ]


@lru_cache(maxsize=50_000)
def _is_light(word: str) -> bool:
    """Whether a folded word tells nothing that alignment could miss."""
    if word[0].isdigit() or word[-1].isdigit():
        return True
    bare = {word, *without_prefixes(word)}
    return any(
        one in FUNCTION_WORDS
        or one in NO_NAMES
        or one in MONTHS
        or one in WEEKDAYS
        or one in UNITS
        or one in ORDINALS
        or one in JOINED
        or one in RANKS
        or light_stem(one) in _light().stems
        for one in bare
    ) or is_place(word)


@lru_cache(maxsize=1)
def _light() -> WordList:
    return WordList(",".join(lines_of("light")))


@lru_cache(maxsize=1)
def _exclusive() -> WordList:
    return WordList(",".join(line.split(":", 1)[1] for line in lines_of("exclusive")))


def _weight(term: Term, unknown: float) -> float:
    if is_exclusive(term):
        return _EXCLUSIVE
    fields = {concept.field for concept in term.concepts}
    if not fields:
        return unknown
    if fields & _GENERAL_FIELDS:
        return _GENERAL
    return 0.0 if fields <= {PLACES, NAMES} else _TOPIC


@lru_cache(maxsize=20_000)
def is_exclusive(term: Term) -> bool:
    """Whether a term belongs to a class of words that exclude each other."""
    listed = _exclusive()
    if term.words in listed.phrases or (term.concepts and all(map(listed.names, term.concepts))):
        return True
    return any(map(_is_listed, term.words))


def _is_listed(word: str) -> bool:
    """Whether a folded word is one of the exclusive ones. English stems join too many."""
    listed = _exclusive()
    if not is_arabic_script(word):
        return not listed.words.isdisjoint(bases(word))
    return any(light_stem(form) in listed.stems for form in (word, *without_prefixes(word)))
