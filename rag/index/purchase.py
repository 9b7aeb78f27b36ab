"""Buying a model's vectors: each text once, kept as soon as it is paid for."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from rag.errors import ModelUnavailable
from rag.index.embedding import Embedder, Vector
from rag.index.paid_vectors import PaidVectors, text_hash
from rag.index.report import OnProgress, Progress

_BATCH: Final = 64
"""Texts of one request: what a kill at the worst moment costs."""
_READ_AT_ONCE: Final = 500

Texts = Callable[[], Iterable[str]]
"""Texts that can be gone through again."""


class OtherWidth(Exception):
    """The model gives vectors of another width than those that are known."""

    def __init__(self, width: int, made: int) -> None:
        super().__init__(f"vectors of {width} dimensions")
        self.width = width
        self.made = made
        """How many were bought before it was noticed."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """A model's vectors of some texts, all of them kept by now."""

    kept: PaidVectors
    model: str
    width: int | None
    made: int
    """How many of them are new."""

    def vectors(self, texts: Iterable[str]) -> Iterator[Vector]:
        """The vectors of `texts`, which are among those that were bought, in their order."""
        given = iter(texts)
        while batch := [text_hash(text) for text in islice(given, _READ_AT_ONCE)]:
            known = self.kept.known(self.model, self.width, batch)
            yield from (known[key] for key in batch)


def buy(
    embedder: Embedder,
    kept: PaidVectors,
    texts: Texts,
    width: int | None,
    on_progress: OnProgress = lambda _: None,
) -> Purchase:
    """Has those of `texts` embedded whose vectors are not kept yet.

    `width`: that of the vectors that they have to be compared with, None where there are none.
    OtherWidth where the model gives others now; what it gave is kept. ModelUnavailable where it
    fails.
    """
    width = kept.width(embedder.name) if width is None else width
    missing = kept.missing(embedder.name, width, [text_hash(text) for text in texts()])
    made, waiting = 0, _first_of_each(texts(), missing)
    while batch := dict(islice(waiting, _BATCH)):
        vectors = dict(zip(batch, embedder.embed(list(batch.values())), strict=True))
        kept.keep(embedder.name, vectors)
        widths = {len(vector) for vector in vectors.values()}
        if len(widths) > 1:
            raise ModelUnavailable(
                f"The embedding model {embedder.name} gave vectors of {len(widths)} widths at once."
            )
        made += len(batch)
        if width not in (None, *widths):
            raise OtherWidth(max(widths), made)
        (width,) = widths
        on_progress(Progress("embed", made, len(missing), made))
    return Purchase(kept, embedder.name, width, made)


def _first_of_each(texts: Iterable[str], missing: set[str]) -> Iterator[tuple[str, str]]:
    """Those texts whose hash is missing, each once, with the hash."""
    left = set(missing)
    for text in texts:
        key = text_hash(text)
        if key in left:
            left.remove(key)
            yield key, text
