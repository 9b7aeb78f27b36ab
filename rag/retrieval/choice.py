"""The choice of sentences: which of the found passages' sentences answer the question."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rag.documents.evidence import Evidence, Sentence
from rag.documents.phrasing import phrase_key
from rag.retrieval.coverage import Sought
from rag.retrieval.reading import Reading, is_dateline

PASSAGE_WEIGHT: Final = 1.2
"""What a passage's score counts beside the sentence's own."""
_HEADS_LIST: Final = re.compile(r":\W*$")
_LIST_ITEM: Final = re.compile(r"^\s*(?:[-–—•*▪●ــ]+|\d+\s*[.)\-])\s*\S")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence, the score it was chosen by, and what it covers of the question by itself."""

    sentence: Sentence
    passage: Evidence
    score: float
    coverage: float
    """With its title and, where it leans on it, the sentence before."""
    places: frozenset[str]
    """The places of the question that the sentence itself, or the one it leans on, tells of."""
    fits: bool = True
    """Whether it has the form of what is asked for."""


def choose(words: Sequence[Sought], readings: Sequence[Reading]) -> list[Chosen]:
    """Every sentence of the passages that were read, best first."""
    best = max((one.passage.score for one in readings), default=0.0) or 1.0
    every = [one for reading in readings for one in _chosen_from(words, reading, best)]
    return sorted(every, key=lambda one: -one.score)


def _chosen_from(words: Sequence[Sought], reading: Reading, best: float) -> Iterator[Chosen]:
    passage = reading.passage
    is_alone = len(passage.sentences) == 1
    of_places = [(place, word.word) for place, word in enumerate(words) if word.is_place]
    of_passage = PASSAGE_WEIGHT * passage.score / best
    for sentence, line in zip(passage.sentences, reading.lines, strict=True):
        if is_dateline(sentence.text) and not is_alone:
            continue
        places = frozenset(word for place, word in of_places if line.told[place])
        yield Chosen(sentence, passage, line.score + of_passage, line.coverage, places, line.fits)


def told_once(chosen: Sequence[Chosen]) -> list[Chosen]:
    """The sentences without those that a better one says in another copy of the same report."""
    kept: list[Chosen] = []
    tellers: dict[int, set[str]] = {}
    for one in chosen:
        source = one.sentence.source
        key = phrase_key(one.sentence.text) if source.twins else None
        if key is not None:
            told_by = tellers.setdefault(key, set())
            if told_by.intersection(twin.path for twin in source.twins):
                continue
            told_by.add(source.path)
        kept.append(one)
    return kept


def with_list(passage: Evidence, place: int) -> tuple[Sentence, ...]:
    """A sentence, and the items of the list that it announces ("… the most important:")."""
    sentence = passage.sentences[place]
    items = [sentence]
    if _HEADS_LIST.search(sentence.text):
        for following in passage.sentences[place + 1 :]:
            if not _LIST_ITEM.match(following.text):
                break
            items.append(following)
    return tuple(items)


def leading(found: Sequence[Evidence]) -> list[Chosen]:
    """The sentences of whole passages, those that open a passage first: for a summary."""
    chosen = [
        Chosen(sentence, passage, 1 / (1 + place), 1.0, frozenset())
        for passage in found
        for place, sentence in enumerate(passage.sentences)
    ]
    return sorted(chosen, key=lambda one: -one.score)
