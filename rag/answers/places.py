"""Places in a claim: each has to be in what supports it, by its name in that language."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rag.answers.persons import is_given_name
from rag.answers.pool import Pool, pool_of, without_prefixes
from rag.answers.texts import matches_in, pairs_in, tongue_of, words_in
from rag.text.capitals import countries_by_capital
from rag.text.dates import MONTHS, WEEKDAYS
from rag.text.folding import fold, folded_words
from rag.text.function_words import FUNCTION_WORDS
from rag.text.language import LANGUAGES
from rag.text.lexicon import NAMES, PLACES, Concept, Phrase, lexicon
from rag.text.names import skeletons
from rag.text.stems import is_arabic_script, light_stem

CAPITALISED: Final = re.compile(r"(?<![\w@#/])[A-ZÀ-Þ][\w'’-]*[\w]|(?<![\w@#/.])[A-ZÀ-Þ](?!\w)")
"""A word with a capital, without what hangs on it."""
_RARE: Final = frozenset(("knowledge", "frequent", "science"))
"""Fields of meanings that a word which may be of a place rarely has in the news."""
_ARABIC_ENDINGS: Final = ("يا", "يه", "ا", "ه", "ستان")

_WITHIN: Final = frozenset(
    fold(
        "in at to from near into toward towards reach reached reaches left visit visited "
        "في إلى من لدى نحو قرب زار زيارة در به از نزدیک سوی وارد"
    ).split()
)
"""Words before a place where something is or goes."""
_BEFORE_VERBS: Final = frozenset(fold("لم ولم فلم لن ولن فلن قد وقد لقد سوف").split())
"""What stands before an Arabic verb: "لم تبت" is no word of Tibet."""
_CAPITAL: Final = frozenset(fold("العاصمة عاصمة capital پایتخت").split())
_INSIDE: Final = frozenset(fold("in at near inside في داخل قرب در نزدیک").split())
_TOWARDS: Final = frozenset(fold("to into إلى به وارد").split())
_NISBA: Final = "ي"


@lru_cache(maxsize=1_024)
def places_in(text: str) -> tuple[tuple[str, tuple[Concept, ...]], ...]:
    """The places of a text, each with what the lexicon has under it."""
    found = sorted(_places_in(text), key=lambda one: one[0] - one[1])
    widest: list[tuple[int, int, str, tuple[Concept, ...]]] = []
    for one in found:
        if not any(other[0] <= one[0] and one[1] <= other[1] != one[1] for other in widest):
            widest.append(one)
    return tuple((name, places) for _, _, name, places in sorted(widest, key=lambda one: one[:2]))


def _places_in(text: str) -> Iterator[tuple[int, int, str, tuple[Concept, ...]]]:
    """The places with the words from which and up to which they stand."""
    words = words_in(text)
    capitals = {word for match in CAPITALISED.findall(text) for word in folded_words(match)}
    capitals -= FUNCTION_WORDS
    own = tongue_of(text)
    for language in LANGUAGES:
        listed = -1
        for match in matches_in(text, language):
            covered = words[match.start : match.end]
            if (language == "en") == is_arabic_script(covered[0]):
                continue
            places = tuple(one for one in match.concepts if one.field in (PLACES, NAMES))
            if not places or covered[0] in MONTHS or covered[0] in WEEKDAYS:
                continue
            before = words[match.start - 1] if match.start else ""
            if is_given_name(covered[0]) or before in _BEFORE_VERBS:
                continue
            others = [one for one in match.concepts if one not in places]
            if language == "en":
                named = bool(places and capitals & set(covered))
                named = named and (not others or len(covered) > 1)
            else:
                # After a place and "and", a word that may be a place is one.
                is_listed = listed == match.start and covered[0][0] == "و"
                if own not in (language, "en") and len(covered) == 1:
                    others += _others(covered[0], own)
                if _is_nisba(covered):
                    others = [one for one in others if one.field not in _RARE]
                named = _spells(covered, places) and (is_listed or not _spells(covered, others))
            if named:
                listed = match.end
                yield match.start, match.end, " ".join(covered), places


@lru_cache(maxsize=4_096)
def _others(word: str, language: str) -> list[Concept]:
    """What else than a place a folded word is in a language."""
    found = (one for match in lexicon(language).matches([word]) for one in match.concepts)
    return [one for one in found if one.field not in (PLACES, NAMES)]


def _is_nisba(words: Sequence[str]) -> bool:
    """Whether a word may say of which place something is ("القطري")."""
    return len(words) == 1 and words[0].endswith(("ي", "يه", "يون", "يين"))


def _spells(words: Sequence[str], concepts: Iterable[Concept]) -> bool:
    """Whether a concept has these words as they stand, but for the prefixes of the first."""
    first = {words[0], *without_prefixes(words[0])}
    for phrase in (one for each in concepts for every in each.phrases.values() for one in every):
        if tuple(words[1:]) == phrase[1:]:
            bare = phrase[0].removeprefix("ال") if len(phrase) == 1 else phrase[0]
            if {phrase[0], bare} & first:
                return True
    return False


def unknown_place(
    claim: str, cited: str, titled: Pool, around: Pool, passages: str = "", measured: str = ""
) -> str | None:
    """The first place of `claim` that `around` has not; else None.

    A capital may stand for a country of what is cited with its title (`titled`), but where
    something is said to be in it. Then it is also not taken from around where what is cited says
    another. No country is taken from around where `measured`, what of it has the claim's measure,
    says another. A place that is a part of a name which `passages` have is none.
    """
    words = words_in(claim)
    for name, concepts in places_in(claim):
        first = name.split()[0]
        at = words.index(first)
        is_within = words[max(at - 1, 0)] in _WITHIN or _has_preposition(first, concepts)
        is_swapped = _is_bound(claim, words[max(at - 1, 0)], cited) and _has_others(cited, claim)
        pool = pool_of(cited) if is_swapped else around
        if measured and _is_country(concepts) and _has_others(measured, claim, countries=True):
            pool = pool_of(cited)
        if _has_any(concepts, pool) or any(_is_likeness(word, pool) for word in name.split()):
            continue
        before, after = words[max(at - 1, 0)], words[min(at + 1, len(words) - 1)]
        pairs = [pair for pair in ((before, first), (first, after)) if _are_content(pair)]
        if not pairs_in(passages).isdisjoint(pairs):
            continue
        countries = () if is_within else _countries(concepts)
        if not _has_any(countries, titled):
            return name
    return None


def _is_bound(claim: str, before: str, cited: str) -> bool:
    """Whether the word before a place binds it to what the cited sentence tells.

    Where something goes may be told before, if the cited sentence has another place of the claim.
    """
    if before not in _TOWARDS:
        return before in _INSIDE
    pool = pool_of(cited)
    places = (concepts for _, concepts in places_in(claim) if not any(map(is_adjective, concepts)))
    return not any(_has_any(concepts, pool) for concepts in places)


def is_adjective(concept: Concept) -> bool:
    """Whether a concept is what is of a place: Arabic has it in both genders."""
    forms = {phrase[0] for phrase in concept.phrases["ar"] if len(phrase) == 1}
    return any(form.endswith(_NISBA) and form + "ه" in forms for form in forms)


def _has_others(cited: str, claim: str, *, countries: bool = False) -> bool:
    """Whether what is cited says a place, or a country, that the claim does not."""
    pool = pool_of(claim)
    return any(
        not _has_any(concepts, pool)
        for _, concepts in places_in(cited)
        if not countries or _is_country(concepts)
    )


def _is_country(concepts: Iterable[Concept]) -> bool:
    return any(one.field == NAMES for one in concepts)


def _has_preposition(word: str, concepts: Iterable[Concept]) -> bool:
    """Whether an Arabic preposition is joined to the word that begins a place's name."""
    phrases = (phrase for one in concepts for each in one.phrases.values() for phrase in each)
    return word[0] in "بل" and all(phrase[0] != word for phrase in phrases)


def _are_content(words: Iterable[str]) -> bool:
    return not any(word in FUNCTION_WORDS for word in words)


def _has_any(concepts: Iterable[Concept], pool: Pool) -> bool:
    """Whether the pool has any of the concepts by any of its names."""
    return any(
        _has_phrase(phrase, pool)
        for concept in concepts
        for variants in concept.phrases.values()
        for phrase in variants
    )


def _has_phrase(phrase: Phrase, pool: Pool) -> bool:
    """Whether the pool has every word of a phrase: side by side where one is "the capital"."""
    if not _CAPITAL.isdisjoint(phrase):
        return pool.pairs.issuperset(pairwise(map(light_stem, phrase)))
    return all(_has_form(word, pool) for word in phrase)


def _countries(concepts: Iterable[Concept]) -> list[Concept]:
    """The countries of which the concepts are the capital."""
    names = {phrase for one in concepts for phrase in one.phrases["en"]}
    countries = [country for name in names for country in countries_by_capital().get(name, ())]
    return [
        concept
        for country in countries
        for match in lexicon("en").matches(country)
        for concept in match.concepts
        if concept.field in (PLACES, NAMES)
    ]


def _is_likeness(word: str, pool: Pool) -> bool:
    """Whether the pool has a longer word of the same consonants: a place spelt otherwise."""
    strict = [one[1:] for one in skeletons(word) if one[0] == "1"]
    # In one script a short skeleton is too often that of another word.
    shortest = 4 if is_arabic_script(word) else 3
    return bool(strict) and min(map(len, strict)) >= shortest and not pool.strict.isdisjoint(strict)


def _has_form(word: str, pool: Pool) -> bool:
    """Whether the pool has a word, or one made of it ("الروسية" of "روسيا")."""
    if pool.has(word):
        return True
    bare = word.removeprefix("ال")
    if not is_arabic_script(word):
        return len(word) >= 4 and word[:-1] in pool.beginnings
    for ending in _ARABIC_ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 3:
            bare = bare.removesuffix(ending)
            break
    return len(bare) >= 3 and bare in pool.beginnings
