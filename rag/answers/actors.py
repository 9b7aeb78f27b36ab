"""Actors: the people that a text names, and who of them says, thinks or calls something.

A person is a capitalised name that is no place, a given name with what follows it, the holder of
an office, or, in Arabic script, a word that the lexicon lacks. Who speaks stands before the verb
in English and Persian, after it in Arabic.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rag.answers.data import lines_of
from rag.answers.naming import NO_NAMES, latin_names
from rag.answers.office_names import is_place
from rag.answers.offices import RANKS, holders_in, is_common
from rag.answers.persons import is_given_name
from rag.answers.pool import without_prefixes
from rag.answers.senses import concepts_of
from rag.answers.texts import spans_in, tongue_of
from rag.answers.transliteration import is_same_name
from rag.text.folding import folded_words
from rag.text.function_words import is_function_word
from rag.text.number_words import UNITS
from rag.text.stems import is_arabic_script

_SHORTEST: Final = 3
TITLES: Final = frozenset(
    folded_words(
        "الجنرال اللواء الفريق العميد العقيد المشير السيد السيدة الدكتور الشيخ القاضي القاضية "
        "ژنرال سرلشکر سردار سرتیپ سرهنگ دکتر آقای خانم"
    )
)
"""Words that stand before a name."""
_ON: Final = frozenset(("على", "وعلى"))
_LONGEST_SUBJECT: Final = 12
"""Words among which the subject of a verb stands."""
_SUBJECT_ENDS: Final = frozenset(
    folded_words("أن إن بأن أنه أنها إنه إنها بأنه بأنها إلى على من عن في كه ما")
)
"""Words at which what an Arabic verb says begins."""
_SAID_FOR: Final = frozenset(folded_words("بيان متحدث ناطق تقرير متحدثة ناطقة مصدر"))
"""What speaks for the one that is named next ("بيان للجيش")."""
PASSIVE: Final = frozenset("was were is are be been being".split())
"""Before an English participle: what follows tells of no doer."""
_BREAK: Final = re.compile(r"[;؛:\n«»“”\"()]|\s[–—-]\s|(?<=\w)[.!?؟]\s")
_ACCORDING: Final = re.compile(
    r"(?<![^\W_])(?:according to|[وف]?(?:بحسب|حسب|وفق|وفقا ل|طبقا ل|على حد قول)|به گفته|به گفتهٔ"
    r"|از نظر|به باور)(?![^\W_])?\s*",
    re.IGNORECASE,
)

Names = frozenset[str]
"""Folded words that name people."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A verb of saying in a text with who does it."""

    speakers: Names
    """The folded words of people's names, none where it is told of no person."""
    has_subject: bool
    """Whether something else may be who does it ("observers believe")."""
    subject: tuple[str, ...] = ()
    """The folded words among which it is told who does it, without those of function."""
    verb: str = ""
    """The folded verb; empty where it is told otherwise ("according to")."""


def names_of_people(texts: Iterable[str]) -> Names:
    """The words that name people in texts, as a given name, a rank, an office or a capital shows.

    Such a word names somebody wherever else it stands.
    """
    return frozenset[str]().union(*map(_shown_in, texts))


@lru_cache(maxsize=1_024)
def _shown_in(text: str) -> Names:
    found = {word for word in latin_names(text) if not is_place(word)}
    holders = filter(_may_name, holders_in(text))
    # What follows an office may also be the rest of the sentence.
    found |= {word for word in holders if is_given_name(word) or not concepts_of(word)}
    spans = spans_in(text)
    for before, (word, start, _) in pairwise(spans):
        adjoins = not text[before[2] : start].strip(" \u00a0\u200c-–")
        is_first = _is_given(text, *before) or before[0] in TITLES
        if adjoins and is_first and _may_name(word):
            found.add(word)
    return frozenset(found)


def _is_given(text: str, word: str, start: int, end: int) -> bool:
    """Whether a word is a given name; folded, "on" is one, which few write as they write Ali."""
    return is_given_name(word) and text[start:end] not in _ON


def _may_name(word: str) -> bool:
    """Whether a word in Arabic script may name somebody, for what stands before it."""
    if not is_arabic_script(word) or len(word) < _SHORTEST or is_function_word(word):
        return False
    if word in RANKS or word in NO_NAMES or word in UNITS or is_place(word):
        return False
    if is_given_name(word) or word.startswith("ال"):
        return True
    return not any(map(is_common, (word, *without_prefixes(word)))) and word[:2] != "لل"


class PeopledText:
    """The words of a text, and which of them name people."""

    def __init__(self, text: str, known: Names) -> None:
        self.text, self.language = text, tongue_of(text)
        self.spans = spans_in(text)
        self.words = [word for word, _, _ in self.spans]
        self._known = known
        latin = frozenset(latin_names(text))
        self.people = frozenset(
            place for place in range(len(self.words)) if self._is_person(place, latin)
        )

    def _is_person(self, place: int, latin: frozenset[str]) -> bool:
        word = self.words[place]
        if word.isdigit() or word in RANKS or word in NO_NAMES or word in UNITS:
            return False
        if not is_arabic_script(word):
            is_capital = self.text[self.spans[place][1]].isupper()
            return is_capital and word in latin and not is_place(word)
        if is_function_word(word):
            return False
        follows = (
            place > 0 and not self.is_broken(place) and _is_given(self.text, *self.spans[place - 1])
        )
        if _is_given(self.text, *self.spans[place]):
            return not _is_verb(word) or follows
        if follows and (word.startswith("ال") or not is_common(word)):
            return True
        return not is_place(word) and _is_one_of(word, self._known)

    def is_broken(self, place: int) -> bool:
        """Whether more than space stands before a word."""
        between = self.text[self.spans[place - 1][2] : self.spans[place][1]]
        return bool(between.strip(" \u00a0\u200c-–"))

    def has_comma(self, place: int) -> bool:
        """Whether a comma or something stronger stands before a word."""
        return place > 0 and self.is_broken(place)

    def is_capital(self, place: int) -> bool:
        """Whether a word begins with a capital."""
        return self.text[self.spans[place][1]].isupper()

    def ends_clause(self, place: int) -> bool:
        """Whether a clause or a quotation ends or begins before a word."""
        if not place:
            return True
        between = self.text[self.spans[place - 1][2] : self.spans[place][1]]
        return _BREAK.search(f"x{between}x") is not None

    def name_at(self, place: int) -> Iterator[int]:
        """The words of the name that begins with a word, if it names somebody."""
        while place in self.people:
            yield place
            place += 1

    def subject_after(self, verb: int) -> Iterator[int]:
        """The words among which the subject of an Arabic verb stands."""
        for place in range(verb + 1, min(verb + 1 + _LONGEST_SUBJECT, len(self.words))):
            word = self.words[place]
            if self.ends_clause(place) or word in _SUBJECT_ENDS:
                return
            if word.startswith("لل") and self.words[place - 1] not in _SAID_FOR:
                return
            yield place


@lru_cache(maxsize=1_024)
def peopled(text: str, known: Names) -> PeopledText:
    """A text with its people, those included that other texts show as such."""
    return PeopledText(text, known)


@lru_cache(maxsize=4_096)
def _is_one_of(word: str, known: Names) -> bool:
    """Whether a word in Arabic script is one of the names, behind a prefix or in another script."""
    if word in known or any(one in known for one in without_prefixes(word)):
        return True
    if len(word) < _SHORTEST or is_common(word):
        return False
    return any(is_same_name(word, one) for one in known if not is_arabic_script(one))


def people_in(text: str, known: Names = frozenset()) -> Names:
    """The folded words of a text that name people, those that other texts show as such too."""
    read = peopled(text, known)
    return frozenset(read.words[place] for place in read.people)


def each_of_people_in(text: str, known: Names = frozenset()) -> list[Names]:
    """The people of a text, each by the words of the name."""
    read, found = peopled(text, known), list[set[str]]()
    for place in sorted(read.people):
        if place - 1 in read.people and not read.is_broken(place):
            found[-1].add(read.words[place])
        else:
            found.append({read.words[place]})
    return list(map(frozenset, found))


@lru_cache(maxsize=1_024)
def speeches_in(text: str, known: Names = frozenset()) -> tuple[Speech, ...]:
    """Who says, thinks or calls something in a text, verb by verb."""
    return tuple(_speeches(peopled(text, known)))


def _speeches(read: PeopledText) -> Iterator[Speech]:
    verbs = _verbs()[read.language]
    for place, word in enumerate(read.words):
        is_verb = word in verbs or (read.language == "ar" and word[0] in "وف" and word[1:] in verbs)
        if is_verb and (subject := _subject(read, place)) is not None:
            yield _speech(read, subject, word)
    for match in _ACCORDING.finditer(read.text):
        start = next(
            (n for n, (_, _, end) in enumerate(read.spans) if end > match.end()), len(read.spans)
        )
        yield _speech(read, list(_until(read, start)))


def _until(read: PeopledText, start: int) -> Iterator[int]:
    """The words from one on up to the end of what a preposition governs."""
    for place in range(start, min(start + _LONGEST_SUBJECT, len(read.words))):
        if place > start and (read.has_comma(place) or read.words[place] in _SUBJECT_ENDS):
            return
        yield place


def _speech(read: PeopledText, subject: list[int], verb: str = "") -> Speech:
    speakers = frozenset(read.words[place] for place in subject if place in read.people)
    told = [read.words[place] for place in subject]
    content = tuple(word for word in told if not is_function_word(word))
    return Speech(speakers, bool(content), content, verb)


def _subject(read: PeopledText, verb: int) -> list[int] | None:
    """The words among which the subject of a verb stands; None where the verb has none."""
    if read.language == "ar":
        return list(read.subject_after(verb))
    if read.language == "en":
        if verb and read.words[verb - 1] in PASSIVE:
            return None
        following = verb + 1
        if read.has_comma(verb) and following in read.people and not read.is_broken(following):
            return list(read.name_at(following))
    return _subject_before(read, verb)


def _subject_before(read: PeopledText, verb: int) -> list[int]:
    """The words before a verb: to the comma, or to the one before where it ends an apposition."""
    commas = 2 if read.has_comma(verb) else 1
    found: list[int] = []
    for place in range(verb - 1, max(verb - 1 - _LONGEST_SUBJECT, -1), -1):
        if read.ends_clause(place + 1) and place + 1 != verb:
            break
        if place + 1 != verb and read.has_comma(place + 1):
            commas -= 1
            if not commas and read.language == "en":
                break
        found.insert(0, place)
    if read.language == "fa":
        first = next((place for place in found if place in read.people), None)
        return found if first is None else list(read.name_at(first))
    return found


def _is_verb(word: str) -> bool:
    verbs = _verbs()["ar"] | _verbs()["fa"]
    return word in verbs or any(form in verbs for form in without_prefixes(word))


@lru_cache(maxsize=1)
def _verbs() -> dict[str, frozenset[str]]:
    rows = (line.split(":", 1) for line in lines_of("reporting"))
    return {language: frozenset(folded_words(entries)) for language, entries in rows}
