"""Details: content words of a claim for which nothing stands in what supports it.

Each counts by what kind of word it is. One of an exclusive class (a weapon, a kind of harm, a
point of the compass: `data/exclusive.txt`) is a fact of its own. Any other may be said otherwise,
so that it takes several of them.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rag.answers.alignment import Features, Term, features_of, terms_of
from rag.answers.data import lines_of
from rag.answers.inflection import bases
from rag.answers.naming import NO_NAMES
from rag.answers.office_names import is_place, offices_in
from rag.answers.offices import RANKS
from rag.answers.pool import without_prefixes
from rag.answers.senses import WordList
from rag.answers.texts import pairs_in, spans_in, tongue_of, words_in
from rag.text.dates import MONTHS, WEEKDAYS
from rag.text.folding import fold
from rag.text.function_words import FUNCTION_WORDS, is_function_word
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
_PER_TERM: Final = 0.03
_SHORT: Final = 10
"""From so many terms on a claim may lack a little more: it says more in other words."""
_SOFT: Final = 0.5
"""Of an exclusive word of a class that paraphrase mixes, where the source has no other of it."""
_SOFT_CLASSES: Final = frozenset("measures seasons people pay sports sorts".split())
_SHARP: Final = frozenset(
    "compass services weapons atoms fields money goods position points bodies".split()
)
"""Classes of which a paraphrase of the word is another fact."""
_COMPANY: Final = frozenset(
    fold("accompanied alongside همراه برفقة رفقة بصحبة يرافقه ترافقه يرافقهم").split()
)
"""What adds others who take part."""
_AND: Final = frozenset(fold("and but while و اما ولی که").split()) | _COMPANY
_REACH: Final = 5
"""Words that say who they are."""
_MOSTLY: Final = 0.6
_ADDED: Final = 0.5
"""How much an added clause has to lack, and what share of its words."""
_SHORTEST_JOINED: Final = 4
_RELATED: Final = 0.15
"""Of a word of which the source has only another of the same root."""
_PERSIAN_LIGHT: Final = re.compile(
    fold(
        "(?:ن|نمی|می|ب)?(?:شد|شو|کرد|کن|داشت|دار|داد|ده|گرفت|گیر|رفت|رو|بود|باش|خواست|خواه|توانست"
        "|توان|آمد|آی|رسید|رس|رسان|رساند|یافت|یاب|گذاشت|گذار|آورد|آور|برد|بر|خورد|خور|زد|زن|کشید"
        "|کش|ماند|مان|گشت|گرد|گردید|دانست|دان|ساخت|ساز|افتاد|افت|انداخت|انداز|پرداخت|پرداز|بین|دید"
        "|گو|گوی|گفت|نمود|نما|نشست|نشین)(?:م|ی|د|یم|ید|ند|ه|ن|است|اند)?"
    )
)
"""Persian verbs that carry a noun and say little themselves."""
_GENERAL_FIELDS: Final = frozenset((EVERYDAY, "frequent", "knowledge"))


def lacks_detail(claim: str, features: Features, passages: str, *, same_language: bool) -> bool:
    """Whether more of the claim is missing in its support than a paraphrase would explain.

    Names that `passages` has may be carried over to a sentence that only says "he".
    """
    unknown = _UNKNOWN if same_language else _FOREIGN
    terms = _telling(claim, features)
    if not terms:
        return False
    words, carried = words_in(claim), pairs_in(passages)
    terms = [
        term
        for term in terms
        if carried.isdisjoint(pairwise(words[max(term.start - 1, 0) : term.end + 1]))
    ]
    weights = [_weight(term, unknown, features, claim) for term in terms]
    if _EXCLUSIVE in weights:
        return True
    related = _related(claim, features)
    weights += [_RELATED for _ in related]
    if _adds_clause(
        claim, [*zip(terms, weights, strict=False), *((one, _GENERAL) for one in related)]
    ):
        return True
    longer = max(len(terms_of(claim)) - _SHORT, 0)
    return sum(weights) >= (_ENOUGH_SAME if same_language else _ENOUGH) + _PER_TERM * longer


def _adds_clause(claim: str, missing: Sequence[tuple[Term, float]]) -> bool:
    """Whether a clause that the claim adds with "and" has next to nothing in the source."""
    starts = _added(claim)
    language = tongue_of(claim)
    ends = [*starts[1:], len(words_in(claim))]
    for start, after in zip(starts, ends, strict=False):
        is_company = words_in(claim)[start] in _COMPANY
        end = min(after, start + _REACH) if is_company else after
        told = [
            one
            for one in terms_of(claim)
            if start <= one.start < end and not all(is_light(word, language) for word in one.words)
        ]
        lacked = [weight for term, weight in missing if start <= term.start < end]
        if len(lacked) > 1 and len(lacked) >= _MOSTLY * len(told) and sum(lacked) >= _ADDED:
            return True
        if len(told) > 1 and 2 * len(lacked) >= len(told) and sum(lacked) >= _TOPIC:
            return True
    return False


@lru_cache(maxsize=1_024)
def _added(claim: str) -> tuple[int, ...]:
    """The words with which clauses begin that "and" or "but" adds to a claim."""
    words, arabic = words_in(claim), tongue_of(claim) == "ar"
    return tuple(
        place
        for place, word in enumerate(words)
        if place
        and (word in _AND or (arabic and word[0] in "وف" and len(word) >= _SHORTEST_JOINED))
    )


def _related(claim: str, features: Features) -> list[Term]:
    """The terms of which the source has only words of the same root."""
    language = tongue_of(claim)
    return [
        term
        for term in terms_of(claim)
        if not is_light(term.words[0], language)
        and features.has(term)
        and features.is_related_only(term)
    ]


def is_translation(quotation: str, features: Features) -> bool:
    """Whether a quotation may be a translation of what supports it."""
    terms = _telling(quotation, features, strict=True)
    return sum(_weight(term, _FOREIGN, features, quotation) for term in terms) < _ENOUGH_QUOTED


def _telling(text: str, features: Features, *, strict: bool = False) -> list[Term]:
    """The missing terms that no other check looks at. `strict`: paraphrases do not count."""
    terms = [term for term in terms_of(text) if not _is_found(term, features, strict=strict)]
    if not terms:
        return []
    spans = spans_in(text)
    skipped = {place for start, end, _ in offices_in(text) for place in range(start, end)}
    for one in quantities(text):
        skipped |= {
            n for n, (_, start, end) in enumerate(spans) if one.start < end and start < one.end
        }
    language = tongue_of(text)
    if language == "en":
        skipped |= {n for n, (_, start, _) in enumerate(spans) if text[start].isupper()}
    return [
        term
        for term in terms
        if skipped.isdisjoint(range(term.start, term.end))
        and (is_exclusive(term) or not all(is_light(word, language) for word in term.words))
    ]


def _is_found(term: Term, features: Features, *, strict: bool) -> bool:
    if len(term.words) > 1 and term.words in _exclusive().phrases:
        return features.has_phrase(term)
    if features.has_name(term):
        return True
    return features.states(term) if strict or is_sharp(term) else features.has(term)


@lru_cache(maxsize=4_096)
def is_sharp(term: Term) -> bool:
    """Whether a term belongs to a class whose words nothing else stands for."""
    return _is_of(term, _sharp())


@lru_cache(maxsize=4_096)
def is_light(word: str, language: str) -> bool:
    """Whether a folded word tells nothing that alignment could miss."""
    if word[0].isdigit() or word[-1].isdigit() or is_function_word(word):
        return True
    if language == "fa" and _PERSIAN_LIGHT.fullmatch(word):
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


@lru_cache(maxsize=1)
def _sharp() -> WordList:
    """The words of all classes that are sharp."""
    rows = (line.split(":", 1) for line in lines_of("exclusive"))
    return WordList(",".join(entries for name, entries in rows if name in _SHARP))


@lru_cache(maxsize=1)
def _classes() -> dict[str, WordList]:
    """The classes of words that exclude each other, by their names."""
    rows = (line.split(":", 1) for line in lines_of("exclusive"))
    return {name: WordList(entries) for name, entries in rows}


def _weight(term: Term, unknown: float, features: Features, claim: str) -> float:
    if is_exclusive(term):
        return _EXCLUSIVE if _excludes(term, features, claim) else _SOFT
    fields = {concept.field for concept in term.concepts}
    if not fields:
        return unknown
    if fields & _GENERAL_FIELDS:
        return _GENERAL
    return 0.0 if fields <= {PLACES, NAMES} else _TOPIC


def _excludes(term: Term, features: Features, claim: str) -> bool:
    """Whether the absence of an exclusive term tells: its class is sharp, or another is there."""
    classes = {name for name, listed in _classes().items() if _is_of(term, listed)}
    if not classes or classes - _SOFT_CLASSES:
        return True
    mine = features_of(claim)
    return any(
        _is_of(other, _classes()[name]) and not mine.has(other)
        for other in features.terms
        for name in classes
    )


@lru_cache(maxsize=4_096)
def is_exclusive(term: Term) -> bool:
    """Whether a term belongs to a class of words that exclude each other."""
    return _is_of(term, _exclusive())


def _is_of(term: Term, listed: WordList) -> bool:
    if term.words in listed.phrases or (term.concepts and all(map(listed.names, term.concepts))):
        return True
    return any(_is_listed(word, listed) for word in term.words)


def _is_listed(word: str, listed: WordList) -> bool:
    """Whether a folded word is one of a list. English stems join too many."""
    if not is_arabic_script(word):
        return not listed.words.isdisjoint(bases(word))
    return any(light_stem(form) in listed.stems for form in (word, *without_prefixes(word)))
