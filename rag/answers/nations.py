"""Nations: whose something is, where a claim gives it to another country than its source.

The rule. An adjective of a country belongs to a noun: before it in English ("Iranian pilots"),
after it in Arabic and Persian ("الطيارين الإيرانيين", "خلبانان ایرانی"). Where every place at which
what is cited has the noun tells of a country there, and none of the claim's, somebody else's is
meant. A noun that stands somewhere without a country may be anybody's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from rag.answers.alignment import features_of, is_content
from rag.answers.holders import countries_told
from rag.answers.office_names import is_place
from rag.answers.stretches import breaks_in
from rag.answers.subject import Keys
from rag.answers.texts import tongue_of, words_in
from rag.text.capitals import countries_by_capital
from rag.text.folding import fold
from rag.text.function_words import FUNCTION_WORDS
from rag.text.stems import is_arabic_script

_ENGLISH: Final = re.compile(r"\w+(?:an|ish|ese|ch|sh|ic|iss|eek|i)")
_ARABIC: Final = re.compile(r"\w{2,}ي(?:ه|ون|ين|ات|ان|تان|تين)?")
_AFTER: Final = 2
_BEFORE: Final = 3
"""Words from a noun among which its country is told."""
_NO_PEOPLE: Final = frozenset(fold("iran mali haiti ليبيا سوريا كينيا").split())
_OF: Final = frozenset(fold("of from من از").split())


def is_of_another_nation(claim: str, cited: Sequence[str], around: Sequence[str]) -> bool:
    """Whether the claim says of a country what its source says to be another's.

    `around`, what the cited sentences lean on, only speaks for the claim.
    """
    mine = _owned_in(claim)
    if not mine:
        return False
    told = [one for text in cited for one in nouns_in(text)]
    leant = [one for text in around if text not in cited for one in nouns_in(text)]
    for noun, nations in mine:
        # Few nouns are of another country: these first, since comparing words is dear.
        others = [word for word, countries in told if countries and not _meet(nations, countries)]
        if not any(_is_one_noun(noun, word) for word in others):
            continue
        its = [countries for word, countries in told if _is_one_noun(noun, word)]
        if not all(its) or any(_meet(nations, countries) for countries in its):
            continue
        around_it = [countries for word, countries in leant if _is_one_noun(noun, word)]
        if not any(_meet(nations, countries) for countries in around_it):
            return True
    return False


def _meet(one: Iterable[Keys], other: Iterable[Keys]) -> bool:
    return any(not mine.isdisjoint(its) for mine in one for its in other)


@lru_cache(maxsize=20_000)
def _is_one_noun(noun: str, word: str) -> bool:
    """Whether two folded words may be one noun, be it in two languages."""
    return features_of(word).has_word(noun, by_root=False)


@lru_cache(maxsize=20_000)
def people_of(word: str) -> frozenset[Keys]:
    """The country that a folded word says somebody or something to be of."""
    form = _ARABIC if is_arabic_script(word) else _ENGLISH
    if word in _NO_PEOPLE or not form.fullmatch(word) or (word,) in countries_by_capital():
        return frozenset()
    return countries_told((word,))


@lru_cache(maxsize=2_048)
def _owned_in(text: str) -> tuple[tuple[str, frozenset[Keys]], ...]:
    """The nouns of a text that an adjective of a country stands at, with the country."""
    words, breaks = words_in(text), breaks_in(text)
    english = tongue_of(text) == "en"
    found = []
    for place, word in enumerate(words):
        nations = people_of(word)
        if not nations:
            continue
        noun = _after(words, breaks, place) if english else _before(words, breaks, place)
        if noun:
            found.append((noun, nations))
    return tuple(found)


def _after(words: Sequence[str], breaks: Sequence[int], place: int) -> str:
    """The noun that an English adjective stands at: the last of the words that follow."""
    last = ""
    for following in range(place + 1, min(place + 1 + _BEFORE, len(words))):
        if breaks[following] or not is_content(words[following]) or people_of(words[following]):
            break
        if is_place(words[following]):
            break
        last = words[following]
        if last.endswith("s"):
            break
    return last


def _before(words: Sequence[str], breaks: Sequence[int], place: int) -> str:
    """The noun that an Arabic or Persian adjective stands at: the word before it."""
    if not place or breaks[place] or not is_content(words[place - 1]):
        return ""
    if people_of(words[place - 1]) or is_place(words[place - 1]):
        return ""
    return words[place - 1]


@lru_cache(maxsize=2_048)
def nouns_in(text: str) -> tuple[tuple[str, frozenset[Keys]], ...]:
    """The content words of a text, each with the countries that are told beside it."""
    return tuple(_nouns(text)) if any(map(is_place, words_in(text))) else ()


def _nouns(text: str) -> Iterator[tuple[str, frozenset[Keys]]]:
    words, breaks = words_in(text), breaks_in(text)
    english = tongue_of(text) == "en"
    for place, word in enumerate(words):
        if not is_content(word) or is_place(word):
            continue
        near = list(_following(words, breaks, place, english=english))
        if english:
            near += words[max(place - _BEFORE, 0) : place]
        yield word, countries_told(near)


def _following(
    words: Sequence[str], breaks: Sequence[int], place: int, *, english: bool
) -> Iterator[str]:
    """The words after a noun that may tell its country: of an adjective, or after "of"."""
    last = min(place + 1 + _AFTER, len(words))
    for following in range(place + 1, last):
        word = words[following]
        if breaks[following] and not people_of(word):
            return
        if english and word not in _OF and words[following - 1] not in _OF:
            return
        if word in FUNCTION_WORDS and word not in _OF:
            return
        yield word
