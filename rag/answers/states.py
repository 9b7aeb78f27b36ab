"""States: whether a country does in the claim what another one does in its source.

The rule. A country does what the verb says that follows it in English ("Iran will host"), that
opens the clause before it or follows it after "that" in Arabic ("تستضيف إيران", "أن إيران تستضيف"),
that ends the clause in Persian. Where the source has the verb with other countries only, and names
the claim's country elsewhere in the sentence, the two are exchanged.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from rag.answers.alignment import features_of, is_content
from rag.answers.details import is_light
from rag.answers.holders import countries_told
from rag.answers.nations import people_of
from rag.answers.office_names import is_place
from rag.answers.roles import is_together
from rag.answers.stretches import breaks_in
from rag.answers.subject import Keys
from rag.answers.texts import tongue_of, words_in
from rag.text.folding import fold

_AUXILIARIES: Final = frozenset(
    "will would has have had is are was were also then may might can could to be not".split()
)
_THAT: Final = frozenset(fold("أن إن بأن وأن لأن").split())
_NO_SUBJECT_AFTER: Final = frozenset(
    "of with by from to for against on at in about and between with via through than or".split()
)
_PERSIAN_THAT: Final = fold("که")
_LONGEST: Final = 4
"""Words from a country within which its verb stands."""
_PERSIAN_VERB: Final = 3

Done = tuple[str, frozenset[Keys]]
"""A verb, and the country that does it."""


def state_is_exchanged(claim: str, cited: Sequence[str]) -> bool:
    """Whether a country does in the claim what only others do in what it cites, which names it."""
    told = [one for text in cited for one in done_in(text)]
    mine = [one for one in done_in(claim) if not is_together(one[0])] if told else []
    if not mine:
        return False
    named = [keys for text in cited for keys in countries_told(words_in(text))]
    for verb, states in mine:
        if all(_meet(states, others) for _, others in told) or not _meet(states, named):
            continue
        its = [others for other, others in told if _is_one_verb(verb, other)]
        if its and not any(_meet(states, others) for others in its):
            return True
    return False


def _meet(one: frozenset[Keys], other: Sequence[Keys] | frozenset[Keys]) -> bool:
    return any(not mine.isdisjoint(its) for mine in one for its in other)


@lru_cache(maxsize=10_000)
def _is_one_verb(one: str, other: str) -> bool:
    return features_of(other).has_word(one, by_root=False)


@lru_cache(maxsize=2_048)
def done_in(text: str) -> tuple[Done, ...]:
    """The verbs of a text that countries do, each with the country."""
    words, language = words_in(text), tongue_of(text)
    places = [place for place, word in enumerate(words) if is_place(word) and not people_of(word)]
    if not places:
        return ()
    return tuple(
        (verb, countries_told((words[place],)))
        for place in places
        for verb in _verbs_of(words, breaks_in(text), place, language)
        if not is_light(verb, language)
    )


def _verbs_of(
    words: Sequence[str], breaks: Sequence[int], place: int, language: str
) -> Iterator[str]:
    """The words that may say what the country at a place does."""
    before = words[place - 1] if place else ""
    if language == "ar":
        opens = place and not breaks[place] and (place == 1 or breaks[place - 1])
        if opens and not before.startswith("ال"):
            yield before.removeprefix("و")
        if before in _THAT:
            yield from words[place + 1 : place + 2]
    elif language == "fa":
        if not place or breaks[place] or before == _PERSIAN_THAT:
            end = next((at for at in range(place + 1, len(words)) if breaks[at] > 1), len(words))
            yield from words[max(place + 1, end - _PERSIAN_VERB) : end]
    elif before not in _NO_SUBJECT_AFTER:
        after = range(place + 1, min(place + 1 + _LONGEST, len(words)))
        verb = next((at for at in after if words[at] not in _AUXILIARIES), place)
        if not any(breaks[place + 1 : verb + 1]) and verb > place and is_content(words[verb]):
            yield words[verb]
