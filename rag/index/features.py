"""Features: what a passage's text becomes before it goes into a segment.

Much of the time of indexing is spent here, so a long list of texts is shared out among processes.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Final

from rag.index.embedding import Embedder, Vector
from rag.index.workers import Workers, processors, shared_out
from rag.text.terms import TermVector, terms_of

Features = tuple[TermVector, Vector | None]
"""A text's terms, and its vector where an embedder is at hand."""

_BATCH: Final = 64
"""Texts that a process is given at a time."""
_WORTH_SHARING: Final = 1500
"""From so many texts on, starting processes takes less time than it saves."""


def features(texts: Sequence[str], embedder: Embedder | None) -> list[Features]:
    """The features of `texts`."""
    vectors = embedder.embed(texts) if embedder else [None] * len(texts)
    return [(terms_of(text)[1], vector) for text, vector in zip(texts, vectors, strict=True)]


def every_feature(
    texts: Iterable[str], count: int, embedder: Embedder | None
) -> Iterator[Features]:
    """The features of about `count` texts, in their order. An embedder has to be free and local."""
    if count < _WORTH_SHARING or processors() == 1:
        for batch in _batches(texts):
            yield from features(batch, embedder)
        return
    with Workers(processors() - 1) as workers:
        work = partial(features, embedder=embedder)
        yield from shared_out(_batches(texts), work, work, workers)


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    given = iter(texts)
    while batch := list(islice(given, _BATCH)):
        yield batch
