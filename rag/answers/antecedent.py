"""Antecedents: whether two sentences that do not name their subject lean on the same one.

"It delivers 877 cubic metres a day" is told of what the sentence before names, or the title.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from rag.answers.deeds import Group, kinds_in
from rag.answers.facts import Told
from rag.answers.subject import Keys, is_content, keys_in, keys_of, place_of
from rag.retrieval.reading import leans
from rag.text.folding import word_spans
from rag.text.language import language_of

_ENOUGH: Final = 0.5
"""Of the names of one side, or of its other words, the share that the other side has to have."""
_ALIKE: Final = 0.6
"""From this share of the other words on, texts that differ in a name are of one mould."""
_NEAR: Final = 400
"""Characters on each side of a sentence in which its report tells of the same."""
_SHORTEST_MOULD: Final = 4
"""Words of a title."""
_ENDS: Final = ".!?؟:\n"
_AFTER_NUMBER: Final = re.compile(r"\d(?:\s+\w+){0,2}\Z")


def lean_apart(one: Told, other: Told) -> bool:
    """Whether two sentences, one of which at least leans on its context, are of two subjects.

    False also where they name their subject themselves and where there is no context.
    """
    contexts = [_context(each) for each in (one, other)]
    if not any(contexts):
        return False
    is_leaning = any(leans(each.sentence.text) for each in (one, other))
    if (
        not is_leaning
        and names_in(one.sentence.text)
        and _shared_names(one.sentence.text, other.sentence.text)
    ):
        return False
    told = [
        f"{context}\n{_around(each)}" for each, context in zip((one, other), contexts, strict=True)
    ]
    named = [_naming(each, context) for each, context in zip((one, other), contexts, strict=True)]
    if all(named):
        return _named_apart(named, told)
    return is_leaning and all(contexts) and max(_shares(contexts[0], contexts[1])) < _ENOUGH


def titles_are_of_one_mould(one: Told, other: Told) -> bool:
    """Whether two titles are the same but for what they are about: "A school opens in Karsa"."""
    words = [
        [word for word, _, _ in word_spans(each.sentence.source.title)]
        if each.sentence.source.title_span
        else []
        for each in (one, other)
    ]
    if len(words[0]) != len(words[1]) or len(words[0]) < _SHORTEST_MOULD:
        return False
    differ = [pair for pair in zip(*words, strict=True) if not _tell_the_same(*pair)]
    return 0 < 2 * len(differ) <= len(words[0]) and all(map(is_content, chain(*differ)))


def _tell_the_same(one: str, other: str) -> bool:
    """Whether two words are one, or tell of one mishap: a ferry that sinks has an accident."""
    if not keys_of(one).isdisjoint(keys_of(other)):
        return True
    return bool(kinds_in(Group.MISHAP, one) & kinds_in(Group.MISHAP, other))


def _around(told: Told) -> str:
    """What the report says about where the sentence stands."""
    span = told.sentence.span
    return told.sentence.source.text[max(0, span.start - _NEAR) : span.end + _NEAR]


def _naming(told: Told, context: str) -> str:
    """What names the subject, if anything: for a sentence that leans, its context is first."""
    texts = [told.sentence.text, context]
    if leans(told.sentence.text):
        texts.reverse()
    return next(filter(names_in, texts), "")


def _context(told: Told) -> str:
    source = told.sentence.source
    lines = [source.title if source.title_span else "", told.before]
    return "\n".join(line for line in lines if line and line != told.sentence.text)


def _named_apart(named: Sequence[str], told: Sequence[str]) -> bool:
    """Whether too few names are shared, or texts of one mould differ in a name."""
    shared = [_shared_names(named[0], told[1]), _shared_names(named[1], told[0])]
    counts = [len(names_in(text)) for text in named]
    if max(shared[0] / counts[0], shared[1] / counts[1]) < _ENOUGH:
        return True
    differ = shared[0] < counts[0] and shared[1] < counts[1]
    return differ and min(_shares(named[0], named[1])) >= _ALIKE


def _shared_names(one: str, other: str) -> int:
    """How many names of one text the other has."""
    told = keys_in(other)
    return sum(not keys.isdisjoint(told) for keys in names_in(one).values())


def _shares(one: str, other: str) -> list[float]:
    """Of the words of each text that are no names, the share that the other has."""
    shares = []
    for text, against in ((one, other), (other, one)):
        words = {word for word, _, _ in word_spans(text) if is_content(word)} - names_in(
            text
        ).keys()
        told = keys_in(against)
        found = sum(not keys_of(word).isdisjoint(told) for word in words)
        shares.append(found / len(words) if words else 0.0)
    return shares


@lru_cache(maxsize=1_024)
def names_in(text: str) -> dict[str, Keys]:
    """The words of a text that are most likely names, each with its keys."""
    is_english, found = language_of(text) == "en", dict[str, Keys]()
    for word, start, _ in word_spans(text):
        if not is_content(word):
            continue
        keys, before = keys_of(word), text[:start].rstrip()
        is_unknown = not any(key.startswith("c:") for key in keys)
        opens = not before or before[-1] in _ENDS
        if is_english:
            is_name = text[start].isupper() and (is_unknown or not opens)
        else:
            # What opens an Arabic sentence is mostly a verb, what follows a number a unit.
            is_unit = _AFTER_NUMBER.search(before) is not None
            is_name = bool(place_of(word)) or (is_unknown and not opens and not is_unit)
        if is_name:
            found[word] = keys
    return found
