"""Decisive words: those of a question that its answer cannot leave unsaid.

"Who is the president of the university?" is not answered where no university is told of. The
lexicon knows such words as those of a field (law, medicine, sport, places …) and every form they
may take; where none of these is to be found, the thing itself is missing. Everyday words ("take",
"important") and deeds ("recommend") are not decisive: what they say can be said in any other way;
nor are capitals, which are said for their countries and these for them.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from rag.retrieval.coverage import Sought
from rag.text.capitals import countries_by_capital
from rag.text.lexicon import EVERYDAY, FREQUENT, Concept, lexicon
from rag.text.stems import root

_GENERAL: Final = frozenset((EVERYDAY, FREQUENT))
_SHORTEST: Final = 3
_JOINED: Final = {
    "ar": ("وال", "فال", "بال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "ك"),
    "fa": (),
    "en": (),
}
_ENDINGS: Final = {"ar": (), "fa": ("هاي", "ها", "ي"), "en": ("s",)}


def decisive(words: Sequence[Sought], language: str) -> list[Sought]:
    """The decisive words of a question in `language`."""
    return [word for word in words if _is_decisive(word.word, language)]


def _is_decisive(word: str, language: str) -> bool:
    """Whether the lexicon lists a word, and all it has under it are things of a field."""
    if len(word) < _SHORTEST or word.isdigit():
        return False
    found = [one for match in lexicon(language).matches([word]) for one in match.concepts]
    forms = {(form,) for form in _forms(word, language)}
    is_listed = any(not forms.isdisjoint(one.phrases.get(language, ())) for one in found)
    return is_listed and all(_is_thing(one) for one in found)


@lru_cache(maxsize=20_000)
def _is_thing(concept: Concept) -> bool:
    """Whether a concept is of a field, and neither a deed nor a capital."""
    english, arabic = (
        {phrase[0] for phrase in concept.phrases[language] if len(phrase) == 1}
        for language in ("en", "ar")
    )
    is_deed = any(
        word.endswith("ed") and not english.isdisjoint((word[:-1], word[:-2], f"{word[:-3]}y"))
        for word in english
    ) or any(
        word.startswith("ي") and any(root(word) == root(other) for other in arabic - {word})
        for word in arabic
    )
    is_capital = any(phrase in countries_by_capital() for phrase in concept.phrases["en"])
    return concept.field not in _GENERAL and not is_deed and not is_capital


def _forms(word: str, language: str) -> Iterator[str]:
    """A word, and what it may be without an article, a preposition or an ending."""
    yield word
    for prefix in _JOINED[language]:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST:
            yield word.removeprefix(prefix)
    for ending in _ENDINGS[language]:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            yield word.removesuffix(ending)
