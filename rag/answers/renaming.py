"""Renaming: a name of the claim that stands where what it cites has another one.

A name is told by what stands beside it: the given name before it, the thing that is in it. The
claim has the neighbour in common with the source and puts another name to it.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

from rag.answers.alignment import features_of
from rag.answers.naming import NO_NAMES
from rag.answers.office_names import is_place
from rag.answers.offices import RANKS, is_common
from rag.answers.persons import is_given_name
from rag.answers.pool import Pool
from rag.answers.senses import concepts_of
from rag.answers.texts import spans_in, tongue_of
from rag.answers.transliteration import same_names
from rag.text.folding import fold
from rag.text.function_words import is_function_word
from rag.text.lexicon import lexicon
from rag.text.names import skeletons
from rag.text.number_words import UNITS
from rag.text.stems import is_arabic_script

_PLACING: Final = frozenset(fold("in at near from في بـ من قرب داخل در از نزدیک").split())
_PARTICLES: Final = frozenset(
    fold("بن ابن آل أبو al el bin ibn ben abd abdel abdul de la von van der").split()
)
"""Words within names that are left out or written otherwise."""
_NAMING: Final = frozenset(
    fold(
        "شركة الشركة شركتي نادي حزب فريق بنك جامعة صحيفة قناة مدينة قرية بلدة نهر سد مطار مستشفى "
        "جزيرة شرکت باشگاه تیم بانک دانشگاه روزنامه شبکه شهر روستای روستا رود سد فرودگاه "
        "بیمارستان جزیره"
    ).split()
)
"""Words after which a name stands."""
_THING: Final = 2
"""Words before a place's name that say what is in it."""
_SHORTEST: Final = 3


class _Text:
    """The folded words of a text, and which of them may be names."""

    def __init__(self, text: str) -> None:
        spans = [one for one in spans_in(text) if one[0] not in _PARTICLES]
        self._text = text
        self._starts = [start for _, start, _ in spans]
        self._language = tongue_of(text)
        self.words = tuple(word for word, _, _ in spans)
        self.is_latin = self._language == "en"
        """Whether capitals tell its names."""
        self.breaks = frozenset(
            place
            for place, (before, after) in enumerate(pairwise(spans), start=1)
            if text[before[2] : after[1]].strip(" \u00a0\u200c-–")
        )
        """The places before which more than space stands."""

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """The places of each word."""
        found: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            found.setdefault(word, []).append(place)
        return found

    def places_of(self, name: str) -> list[int]:
        """The places of the words that may write a name."""
        alike = same_names(name, self._words)
        return sorted(place for word in alike for place in self._places[word])

    @cached_property
    def names(self) -> frozenset[int]:
        """The places of the words that may be names."""
        return frozenset(filter(self.is_name, range(len(self.words))))

    def is_name(self, place: int) -> bool:
        """Whether a word may be a name."""
        word, start = self.words[place], self._starts[place]
        if self.follows_given(place) and _may_follow(word):
            return True
        # "بین‌المللی": what is joined to the word before is none.
        is_joined = self._text[start - 1 : start] == "\u200c"
        is_capital = self._text[start].isupper()
        return not is_joined and _may_be_name(word, is_capital=is_capital, language=self._language)

    def follows_given(self, place: int) -> bool:
        """Whether a given name stands before a word."""
        return place > 0 and is_given_name(self.words[place - 1])


def renamed(claim: str, cited: Sequence[str], around: Sequence[str], known: Pool) -> str | None:
    """The first name of `claim` that is put where what it cites has another; None where none is.

    `around` is what a name may be carried over from, `known` the words of all of it.
    """
    mine = _read(claim)
    if not mine.names:
        return None
    if tongue_of(claim) == "fa":
        for word in (mine.words[place] for place in sorted(mine.names)):
            if is_arabic_name(word) and not (known.has(word) or _stands_in(word, around)):
                return word
    return (
        _beside_a_name(mine, cited, around, known)
        or _after_its_kind(claim, mine, cited, known)
        or _in_a_place(claim, mine, cited)
    )


def _after_its_kind(claim: str, mine: _Text, cited: Sequence[str], known: Pool) -> str | None:
    """A company, a party, a town of the claim where the source has another of the kind."""
    for kind, name in _kinds(mine):
        if _is_known(name, known) or _stands_in(name, cited):
            continue
        for source in map(_read, cited):
            for other_kind, other in _kinds(source):
                same = features_of(other_kind).has_word(kind, paraphrased=False)
                if same and not _stands_in(other, (claim,)):
                    return name
    return None


def _kinds(text: _Text) -> Iterator[tuple[str, str]]:
    """The words of a text that say what kind of thing a name is of, each with the name."""
    for place in sorted(text.names):
        if place and text.words[place - 1] in _NAMING and not is_place(text.words[place]):
            yield text.words[place - 1], text.words[place]


def _beside_a_name(
    mine: _Text, cited: Sequence[str], around: Sequence[str], known: Pool
) -> str | None:
    """A name that the claim puts after or before a name of the source, which has another there."""
    sources = [_read(text) for text in dict.fromkeys((*cited, *around))]
    for first, second in pairwise(range(len(mine.words))):
        if second in mine.breaks:
            continue
        for kept, changed, step in ((first, second, 1), (second, first, -1)):
            word, name = mine.words[kept], mine.words[changed]
            are_names = kept in mine.names and changed in mine.names
            are_names = are_names and (mine.is_latin or is_given_name(word) or is_given_name(name))
            if (
                not _has_sound(name)
                or not (
                    are_names or (not mine.is_latin and _is_foreign(word) and _is_foreign(name))
                )
                or _is_known(name, known)
            ):
                continue
            beside = list(
                _beside(word, step, [one for one in sources if are_names or one.is_latin])
            )
            if not beside or _stands_in(name, around):
                continue
            if not any(_stands_in(other, [" ".join(mine.words)]) for other in beside):
                return name
    return None


@lru_cache(maxsize=4_096)
def _has_sound(name: str) -> bool:
    """Whether enough consonants of a name are written alike in two scripts ("Haddad" has one)."""
    return is_arabic_script(name) or any(one[0] == "1" for one in skeletons(name))


def _is_known(name: str, known: Pool) -> bool:
    """Whether a name is known as it stands, or as two words of another script."""
    if known.has(name):
        return True
    joined = (one[1:] for one in skeletons(name) if one[0] == "1" and len(one) > _SHORTEST + 1)
    return not known.strict.isdisjoint(joined)


def _beside(word: str, step: int, sources: Sequence[_Text]) -> Iterator[str]:
    """The names that stand after (1) or before (-1) a name in the sources."""
    for text in sources:
        for place in text.places_of(word):
            other, at = text.words[place], place + step
            if not 0 <= at < len(text.words) or max(place, at) in text.breaks:
                continue
            is_named = text.follows_given(place) or text.is_name(place)
            follows = step > 0 and is_given_name(other) and not is_function_word(text.words[at])
            if is_named and (follows or text.is_name(at)):
                yield text.words[at]


def _in_a_place(claim: str, mine: _Text, cited: Sequence[str]) -> str | None:
    """A name in which the claim puts a thing that its source puts in another."""
    for thing, name in _placed(mine):
        if _stands_in(name, cited):
            continue
        for source in map(_read, cited):
            for other_thing, other in _placed(source):
                features = features_of(other_thing)
                same = any(features.has_word(word) for word in thing.split())
                if same and not _stands_in(other, (claim,)):
                    return name
    return None


def _placed(text: _Text) -> Iterator[tuple[str, str]]:
    """The things of a text with the names of what they are in."""
    for place in sorted(text.names):
        word = text.words[place]
        if place > 1 and text.words[place - 1] in _PLACING:
            things = text.words[max(place - 1 - _THING, 0) : place - 1]
        elif place > 0 and word[0] in "بل" and is_arabic_script(word):
            things = text.words[max(place - _THING, 0) : place]
        else:
            continue
        # "museum" and "national" stand in another order in another language.
        thing = " ".join(one for one in things if not is_function_word(one))
        if thing and place not in text.breaks:
            yield thing, word


def _stands_in(name: str, texts: Sequence[str]) -> bool:
    """Whether texts have a name, by its letters, its sound or what it means."""
    features = features_of(*texts)
    # "الحداد" is Haddad to who writes it in another script.
    bare = name.removeprefix("ال")
    is_long = len(bare) >= _SHORTEST
    if same_names(name, features.distinct) or (is_long and same_names(bare, features.distinct)):
        return True
    # What a given name means as a word says nothing of it.
    return not is_given_name(name) and features.has_word(name, paraphrased=False)


def look_at_names(text: str) -> None:
    """Find beforehand what is asked of a text that is cited."""
    read = _read(text)
    _ = read.names, read.places_of(text)


@lru_cache(maxsize=1_024)
def _read(text: str) -> _Text:
    return _Text(text)


@lru_cache(maxsize=4_096)
def _may_be_name(word: str, *, is_capital: bool, language: str) -> bool:
    if len(word) < _SHORTEST or word.isdigit() or word in RANKS or is_function_word(word):
        return False
    if word in NO_NAMES or word in UNITS:
        return False
    if not is_arabic_script(word):
        return is_capital
    if is_given_name(word) or is_place(word) or not concepts_of(word):
        return True
    return language == "fa" and is_arabic_name(word)


_PERSIAN_WITH_AL: Final = frozenset(
    fold(
        "البته الان الگو الگوی الگوها الگوهای الزام الزامی الزامات الکترونیک الکترونیکی الماس "
        "التهاب "
        "الحاق القا القای الفبا الهام الهی التزام التماس التیام الیاف الکل الکلی السلام المپیک "
        "المپیاد الیگارش الوار الصاق الغا الغای النگو اله الهه البسه الاغ الوده التفات التقاط"
    ).split()
)


@lru_cache(maxsize=4_096)
def is_arabic_name(word: str) -> bool:
    """Whether a folded word of a Persian text is an Arabic name, as its article shows."""
    if not word.startswith("ال") or len(word) <= _SHORTEST + 1 or word in _PERSIAN_WITH_AL:
        return False
    spelt = {
        phrase
        for match in lexicon("fa").matches([word])
        for concept in match.concepts
        for phrase in concept.phrases["fa"]
    }
    return (word,) not in spelt


def _may_follow(word: str) -> bool:
    """Whether a word after a given name may be the family's."""
    if is_function_word(word) or len(word) < _SHORTEST or not is_arabic_script(word):
        return False
    if word.startswith("ال") or not concepts_of(word):
        return True
    return word.endswith("ي") and not is_common(word)


def _is_foreign(word: str) -> bool:
    """Whether a folded Arabic word may write a name of a source in Latin letters."""
    return len(word) > _SHORTEST and not (is_function_word(word) or is_common(word))
