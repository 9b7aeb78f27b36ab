"""Follow-ups without a model: what a short question takes over from the conversation.

Each earlier question is first taken with what it took over itself, so that names are handed on
from turn to turn, and the latest go before older ones.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rag.retrieval.coverage import is_place
from rag.retrieval.instead import pair_in, stands_instead
from rag.retrieval.leaning import leans_back, own_names
from rag.retrieval.mentioned import names_of, places_in
from rag.retrieval.question import Question, analyse
from rag.retrieval.unnamed import (
    asks_of_a_person,
    speaks_of_somebody_unnamed,
    subject_of,
    verbs_asked,
)
from rag.text.capitals import countries_by_capital
from rag.text.folding import fold, folded_words, word_spans
from rag.text.lexicon import EVERYDAY, lexicon

_HOW_LONG_THERE: Final = re.compile(
    r"\b(?:و?كم|how (?:long|many)|چند|چقدر)\b.*\b(?:هناك|هنالك|انجا|there)\b"
    r"|\b(?:انجا)\b.*\b(?:چند|چقدر)\b"
)
"""How long one stayed in a capital is mostly told of its country."""
_LOOKED_BACK: Final = 8
"""Turns of a conversation that a question may lean on."""
_WHO_IS: Final = re.compile(
    r"^(?:و|ف)?(?:من|مين) (?:هو|هي) (?!\W*$)|^(?:and )?who (?:is|was) (?!he\b|she\b|that\b|it\b)"
    r"|كيست\W*$"
)
"""Asks of somebody whom it names."""
_HOW_MANY: Final = frozenset(folded_words("كم وكم كام قديش أديش شكد شقد چند many"))
_JOINED: Final = re.compile("[لبكوف](?=.{3})")


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier exchange of the conversation."""

    question: str
    answer: str
    files: tuple[str, ...]
    """The files that it was answered from."""


@dataclass(frozen=True, slots=True)
class _Understood:
    """A question of the conversation: as it stands alone, and what it speaks of."""

    text: str
    names: tuple[str, ...]
    """As they are written."""
    topic: tuple[str, ...]
    words: tuple[str, ...]
    """All that say anything."""


def complete(text: str, history: Sequence[Turn]) -> str | None:
    """The question with what it leans on, or None where it stands alone.

    >>> complete("ومتى عاد؟", [Turn("متى زار باقري موسكو؟", "…", ())])
    'ومتى عاد؟ (باقري موسكو)'
    >>> complete("وماذا عن بكين؟", [Turn("متى زار باقري موسكو؟", "…", ())])
    'متى زار باقري بكين؟'
    """
    if not history:
        return None
    before: list[_Understood] = []
    for turn in history[-_LOOKED_BACK:]:
        before.append(_understood(turn.question, before))
    understood = _understood(text, before)
    return understood.text if understood.text != text else None


def _understood(text: str, before: Sequence[_Understood]) -> _Understood:
    question = analyse(text)
    is_leaning = leans_back(text)
    said = folded_words(text)
    named = own_names(question) if is_leaning else names_of(question)
    named -= _counted(text) | verbs_asked(said, question.language)
    if named and not is_leaning:
        named = named | set(subject_of(said, question.language))
    own = tuple(word for word in _bare(text) if set(folded_words(word)) & named)
    topic = tuple(word for word in _bare(text) if set(folded_words(word)) & _of_topic(question))
    words = tuple(word for word in _bare(text) if set(folded_words(word)) & set(question.folded))
    alone = _Understood(text, own, topic, words)
    if not before:
        return alone
    if stands_instead(text):
        return _instead(text, question, before) or alone
    if not is_leaning or (own and _WHO_IS.search(fold(text))):
        return alone
    mine = set(said)
    of_a_person = asks_of_a_person(said, question.language) and any(
        _is_place(word, question.language) for word in own
    )
    for carried in (
        [one.names for one in before],
        [one.topic for one in before],
        [one.words for one in before],
    ):
        for candidate in reversed(carried):
            taken = [word for word in candidate if not mine & set(folded_words(word))]
            if of_a_person:
                # "What did he say in Tehran?" is not of the place that was asked about before.
                taken = [word for word in taken if not _is_place(word, question.language)]
            if taken:
                shown = taken
                if _HOW_LONG_THERE.search(fold(text)):
                    shown = [_country_of(word, question.language) or word for word in taken]
                is_unnamed = speaks_of_somebody_unnamed(said, question.language)
                names = (*taken, *own) if is_unnamed else _latest(own, taken, question.language)
                return _Understood(
                    f"{text} ({' '.join(shown)})", names, (*topic, *taken), (*words, *taken)
                )
    return alone


def _counted(text: str) -> set[str]:
    """What "how many" counts, which is no name though the lexicon may not know its form."""
    return {word for before, word in pairwise(folded_words(text)) if before in _HOW_MANY}


def _latest(own: Sequence[str], carried: Sequence[str], language: str) -> tuple[str, ...]:
    """The names that a follow-up hands on: its own, and of those before it what it has none of."""
    kinds = {_is_place(word, language) for word in own}
    return (*own, *(word for word in carried if _is_place(word, language) not in kinds))


def _is_place(word: str, language: str) -> bool:
    return any(is_place(one, language) for one in folded_words(word))


def _instead(text: str, question: Question, before: Sequence[_Understood]) -> _Understood | None:
    """The latest question with the place, or the name, that a message puts in the place of its own.

    Where it has none, the message with all that was asked of.
    """
    names = names_of(question)
    new = [word for word in _bare(text) if set(folded_words(word)) & names]
    if not new:
        return None
    new[0] = _unjoined(new[0], question.language)
    last = next((one for one in reversed(before) if one.names), before[-1])
    swapped = _with_pair(last.text, text, question.language) or _swapped(
        last.text, new, question.language
    )
    if swapped is not None:
        now = analyse(swapped, question.language)
        kept = [
            word
            for word in _bare(swapped)
            if set(folded_words(word)) & names_of(now) - _counted(swapped)
        ]
        return _Understood(swapped, tuple(kept), last.topic, last.words)
    asked = _all_but_places(analyse(last.text))
    words = [word for word in _bare(last.text) if asked & set(folded_words(word))]
    if not words:
        return None
    return _Understood(f"{text} ({' '.join(words)})", tuple(new), (*new, *words), (*new, *words))


def _unjoined(word: str, language: str) -> str:
    """A name without the "and" that Arabic writes with it, where it is a place."""
    if language != "ar" or not word.startswith("و"):
        return word
    rest = word[1:]
    return rest if _is_place(rest, language) else word


def _swapped(text: str, new: Sequence[str], language: str) -> str | None:
    """A question with a new place or name in the place of its last one; None where it has none."""
    spans = word_spans(text)
    words = [word for word, _, _ in spans]
    places = places_in(words, language)
    if _is_place(" ".join(new), language) or places_in(folded_words(" ".join(new)), language):
        found = places
    else:
        taken = {place for start, end in places for place in range(start, end)}
        named = own_names(analyse(text, language))
        found = [
            (place, place + 1)
            for place, word in enumerate(words)
            if word in named and place not in taken
        ]
        found = [(found[0][0], _run_end(found))] if found else []
    if not found:
        return None
    start, end = found[-1]
    written = text[spans[start][1] : spans[start][2]]
    name = " ".join(new)
    joined = language == "ar" and _is_joined(words[start])
    if joined:
        name = f"لل{name[2:]}" if written[0] == "ل" and name.startswith("ال") else written[0] + name
    return f"{text[: spans[start][1]]}{name}{text[spans[end - 1][2] :]}"


def _with_pair(text: str, message: str, language: str) -> str | None:
    """A question with the "between one and another" of a message in the place of its own."""
    theirs, mine = word_spans(message), word_spans(text)
    new = pair_in([word for word, _, _ in theirs], language)
    old = pair_in([word for word, _, _ in mine], language)
    if new is None or old is None:
        return None
    # What is joined to the first word of a message is its "and".
    start = theirs[new[0]][2] - len(mine[old[0]][0])
    written = message[start : theirs[new[1] - 1][2]]
    return f"{text[: mine[old[0]][1]]}{written}{text[mine[old[1] - 1][2] :]}"


def _is_joined(word: str) -> bool:
    """Whether an Arabic place has a preposition joined to it: "لباكستان", to Pakistan."""
    bare = word[1:]
    listed = any((word,) in one.phrases["ar"] for one in lexicon("ar").listing(word))
    return _JOINED.match(word) is not None and not listed and is_place(bare, "ar")


def _run_end(found: Sequence[tuple[int, int]]) -> int:
    """Where the words that follow on each other from the first end."""
    end = found[0][1]
    for start, following in found[1:]:
        if start != end:
            break
        end = following
    return end


def _country_of(word: str, language: str) -> str | None:
    """The country of a capital, in which one also is "there"."""
    for match in lexicon(language).matches(folded_words(word)):
        for name in (phrase for one in match.concepts for phrase in one.phrases["en"]):
            for country in countries_by_capital().get(name, ()):
                for found in lexicon("en").matches(country):
                    if phrases := found.translations(language):
                        return " ".join(phrases[0])
    return None


def _bare(text: str) -> list[str]:
    return [word.strip("؟?!.،,؛;:()«»\"'“”") for word in text.split()]


def _of_topic(question: Question) -> set[str]:
    known = lexicon(question.language)
    return {word.folded for word in question.words if known.field(word.folded) != EVERYDAY}


def _all_but_places(question: Question) -> set[str]:
    """What "what about Russia?" takes over: everything but the country in whose place it stands."""
    return {word.folded for word in question.words if not is_place(word.folded, question.language)}
