"""The lexicon: which words of one language stand for a word of another.

Two parts. Our own data files (`lexicon/*.txt`): a concept a line, English | Arabic | Persian,
variants separated by commas. And the names that the Unicode CLDR has (through Babel): countries,
languages, months, days, currencies.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

from rag.text.folding import folded_words
from rag.text.function_words import is_function_word
from rag.text.stems import light_stem, root

COLUMNS: Final = ("en", "ar", "fa")
Phrase = tuple[str, ...]
"""Folded words."""

_FOLDER: Final = Path(__file__).parent / "lexicon"
EVERYDAY: Final = "everyday"
"""The field of words that belong to no topic."""
FREQUENT: Final = "frequent"
"""That of frequent words that the other files lack: what they say comes after the others."""
PLACES: Final = "places"
NAMES: Final = "names"
_TERMS: Final = "terms"
_INHABITED: Final = frozenset(("Africa", "America", "Asia", "Australia", "Europe"))
_SHORTEST_ROOT: Final = 3
_SHORTEST: Final = 2
_JOINED: Final = {"ar": ("وال", "فال", "بال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "ك")}
_ENDINGS: Final = {"fa": ("هاي", "ها", "ي"), "en": ("s",)}
_REMEMBERED: Final = 8_192
"""Words that are looked up in a lexicon and kept with what was found, a quarter of a KB each."""
_INFLECTIONS: Final = (
    ("s", ""), ("es", ""), ("ies", "y"), ("d", ""), ("ed", ""), ("ied", "y"), ("ing", ""),
    ("ing", "e"),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Concept:
    """One line of the lexicon: the phrases that stand for the same thing, by language."""

    phrases: Mapping[str, tuple[Phrase, ...]]
    field: str
    """The data file it comes from: `everyday`, `politics` …; of the CLDR's, `names` for the names
    of countries and `terms` for those of languages, currencies, months and days."""

    @cached_property
    def name(self) -> str:
        """The concept's first English phrase."""
        return " ".join(self.phrases["en"][0])


@dataclass(frozen=True, slots=True)
class Match:
    """Words `start` to `end` of a text stand for these concepts."""

    start: int
    end: int
    concepts: tuple[Concept, ...]

    def translations(self, language: str) -> tuple[Phrase, ...]:
        """Every phrase of `language` for the matched words, without repeats."""
        return tuple(
            dict.fromkeys(
                phrase for concept in self.concepts for phrase in concept.phrases.get(language, ())
            )
        )


def concepts_of(lines: Iterable[str], field: str) -> Iterator[Concept]:
    """The concepts of the lines of a data file."""
    for line in lines:
        if line.strip() and not line.startswith("#"):
            columns = [column.split(",") for column in line.split("|")]
            yield Concept(
                {
                    language: tuple(
                        phrase for variant in variants if (phrase := tuple(folded_words(variant)))
                    )
                    for language, variants in zip(COLUMNS, columns, strict=True)
                },
                field,
            )


def _own_concepts() -> Iterator[Concept]:
    for path in sorted(_FOLDER.glob("*.txt")):
        with path.open(encoding="utf-8") as file:
            yield from concepts_of(file, path.stem)


def _names() -> Iterator[Concept]:
    """The names of countries, cities, languages, months, days and currencies, from the CLDR."""
    from babel import Locale

    locales = {language: Locale.parse(language) for language in COLUMNS}
    for table, field in (("territories", NAMES), ("languages", _TERMS), ("currencies", _TERMS)):
        names = {language: getattr(locales[language], table) for language in COLUMNS}
        yield from _table(names, field)
    yield from _cities(locales)
    for period in ("months", "days"):
        wide = {
            language: getattr(locales[language], period)["format"]["wide"] for language in COLUMNS
        }
        yield from _table(wide, _TERMS)


def _cities(locales: Mapping[str, Any]) -> Iterator[Concept]:
    """The cities for which time zones are named ("Asia/Kathmandu")."""
    zones = {language: locale.time_zones for language, locale in locales.items()}
    names: dict[str, dict[str, str]] = {language: {} for language in COLUMNS}
    for zone in zones["ar"]:
        region, _, place = zone.partition("/")
        if region in _INHABITED and "/" not in place:
            for language, table in zones.items():
                names[language][zone] = table.get(zone, {}).get("city", "")
            names["en"][zone] = names["en"][zone] or place.replace("_", " ")
    yield from _table(names, PLACES)


def _table(names: dict[str, dict[Any, Any]], field: str) -> Iterator[Concept]:
    """A concept for each key for which every language has a name."""
    for key in names["en"]:
        phrases = {
            language: (tuple(folded_words(str(table.get(key, "")))),)
            for language, table in names.items()
        }
        if all(phrase for (phrase,) in phrases.values()):
            yield Concept(dict(phrases), field)


class Lexicon:
    """Finds the concepts of one language's words.

    A word is looked up by its light stem. English stems join more than the forms of one word, so
    an English word that the lexicon has is not taken for another of its stem: "important" is no
    form of "import".
    """

    def __init__(self, language: str, concepts: Sequence[Concept]) -> None:
        self._language = language
        by_stems: dict[Phrase, dict[Concept, None]] = {}
        self._fields_of_root: dict[str, str] = {}
        for concept in concepts:
            for phrase in concept.phrases.get(language, ()):
                if len(phrase) == 1 and concept.field != NAMES:
                    self._fields_of_root.setdefault(root(phrase[0]), concept.field)
                for form in _forms(phrase):
                    by_stems.setdefault(_stems(form), {})[concept] = None
        self._by_stems = {stems: tuple(found) for stems, found in by_stems.items()}
        self._by_words = dict(self._words_as_they_stand(concepts)) if language == "en" else {}
        lengths: dict[str, set[int]] = {}
        for stems in self._by_stems:
            lengths.setdefault(stems[0], set()).add(len(stems))
        self._lengths = {stem: sorted(found, reverse=True) for stem, found in lengths.items()}
        self._of_word = lru_cache(_REMEMBERED)(self._looked_up)

    def _words_as_they_stand(
        self, concepts: Sequence[Concept]
    ) -> Iterator[tuple[str, tuple[Concept, ...]]]:
        """The English words of the lexicon with the concepts that have a form of them."""
        forms: dict[Concept, set[str]] = {}
        for concept in concepts:
            singles = (phrase[0] for phrase in concept.phrases["en"] if len(phrase) == 1)
            forms[concept] = {base for word in singles for base in _bases(word)}
        for phrase in {phrase for concept in concepts for phrase in concept.phrases["en"]}:
            if len(phrase) == 1:
                bases = _bases(phrase[0])
                own = self._by_stems[_stems(phrase)]
                yield phrase[0], tuple(one for one in own if not bases.isdisjoint(forms[one]))

    def matches(self, words: Sequence[str]) -> list[Match]:
        """The matches in folded `words`, longest first from the left, without overlaps."""
        stems, found, place = _stems(words), list[Match](), 0
        while place < len(stems):
            for length in self._lengths.get(stems[place], ()):
                end = place + length
                if length == 1:
                    concepts = self._of_word(words[place])
                else:
                    concepts = self._by_stems.get(stems[place:end], ())
                if concepts and end <= len(stems):
                    found.append(Match(place, end, concepts))
                    place = end
                    break
            else:
                place += 1
        return found

    def concepts(self, word: str) -> tuple[Concept, ...]:
        """The concepts of one folded word, as `matches` finds them."""
        return self._of_word(word)

    def _looked_up(self, word: str) -> tuple[Concept, ...]:
        return self._by_words.get(word) or self._by_stems.get((light_stem(word),), ())

    def listing(self, word: str) -> tuple[Concept, ...]:
        """The concepts that list a folded word as it stands, or without what is joined to it."""
        forms = {(form,) for form in _unjoined(word, self._language)}
        return tuple(
            one
            for one in self._of_word(word)
            if not forms.isdisjoint(one.phrases.get(self._language, ()))
        )

    def field_of_stem(self, word: str) -> str | None:
        """The field of a folded word, None where the lexicon does not have it.

        A word of several fields belongs to the most general: everyday, then a topic, then names.
        """
        concepts = self._by_stems.get((light_stem(word),))
        return min((one.field for one in concepts), key=_generality) if concepts else None

    def field(self, word: str) -> str | None:
        """As `field_of_stem`, or else the field of another word of the same root."""
        base = root(word)
        of_root = self._fields_of_root.get(base) if len(base) >= _SHORTEST_ROOT else None
        return self.field_of_stem(word) or of_root


def _forms(phrase: Phrase) -> Iterator[Phrase]:
    """A phrase, and what is left of it in a question without its function words."""
    yield phrase
    kept = tuple(word for word in phrase if not is_function_word(word))
    if 1 < len(kept) < len(phrase):
        yield kept


def _unjoined(word: str, language: str) -> Iterator[str]:
    """A word, and what it may be without an article, a preposition or an ending."""
    yield word
    for prefix in _JOINED.get(language, ()):
        if word.startswith(prefix) and len(word) - len(prefix) > _SHORTEST:
            yield word.removeprefix(prefix)
    for ending in _ENDINGS.get(language, ()):
        if word.endswith(ending) and len(word) - len(ending) > _SHORTEST:
            yield word.removesuffix(ending)


def _bases(word: str) -> set[str]:
    """What an English word may be an inflected form of, itself included."""
    bases = {word}
    for ending, instead in _INFLECTIONS:
        if word.endswith(ending):
            bases.add(word.removesuffix(ending) + instead)
    return bases


def _generality(field: str) -> int:
    return {EVERYDAY: 0, PLACES: 2, NAMES: 2}.get(field, 1)


def _stems(words: Sequence[str]) -> Phrase:
    return tuple(map(light_stem, words))


@lru_cache(maxsize=1)
def _every_concept() -> tuple[Concept, ...]:
    return tuple(sorted((*_own_concepts(), *_names()), key=lambda one: one.field == FREQUENT))


@lru_cache(maxsize=len(COLUMNS))
def lexicon(language: str) -> Lexicon:
    """The lexicon that reads `language` (`en`, `ar` or `fa`)."""
    return Lexicon(language, _every_concept())
