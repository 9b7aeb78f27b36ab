"""Embedding for several replicas: each text is paid for by one of them."""

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import Final

from rag.errors import IndexBusy, IndexUnavailable
from rag.index.embedding import Embedder, Vector
from rag.index.lease import Lease
from rag.index.shared_vectors import SharedVectors, VectorsDamaged, text_key

_log = logging.getLogger(__name__)

_LOOK_EVERY: Final = 0.25


class SharedEmbedder:
    """A model's embedder whose vectors the replicas have in common.

    What is there is taken; what is missing is bought by the replica that holds the lease, and
    there for all as soon as it is paid for.
    """

    is_paid = True

    def __init__(self, model: Embedder, vectors: SharedVectors, lease: Lease) -> None:
        self._model, self._vectors, self._lease = model, vectors, lease
        self._patience, self._indexing = 0.0, False
        self._keeps, self._kept = False, ExitStack()
        self._unshared: dict[str, Vector] = {}
        self._lock = threading.Lock()
        self.bought = 0
        """How many texts this replica has had embedded so far."""

    @property
    def name(self) -> str:
        """Which embedding this is."""
        return self._model.name

    def embed_question(self, question: str) -> Vector:
        """The vector of a question, bought by whoever asks."""
        return self._model.embed_question(question)

    @contextmanager
    def indexing(self, wait: float) -> Iterator[None]:
        """Within the block the lease is kept once it was needed.

        `wait`: seconds in which another replica may bring a missing vector.
        """
        self._patience, self._indexing = wait, True
        try:
            yield
        finally:
            self._patience, self._indexing, self._keeps = 0.0, False, False
            self._kept.close()

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """A vector of length one for each text.

        ModelUnavailable where the model fails, IndexBusy where another replica is at it for longer
        than one waits, IndexUnavailable or DatabaseUnavailable where what they share is away.
        """
        with self._lock:
            keys = [text_key(text) for text in texts]
            by_key = dict(zip(keys, texts, strict=True))
            found = self._gathered(by_key)
            return [found[key] for key in keys]

    def _gathered(self, texts: dict[str, str]) -> dict[str, Vector]:
        """The vectors of the texts, by key."""
        until = time.monotonic() + self._patience
        found: dict[str, Vector] = {}
        while True:
            with suppress(VectorsDamaged):
                found |= self._vectors.known([key for key in texts if key not in found])
            if len(found) == len(texts):
                return found
            with self._taken() as ours:
                if ours:
                    return found | self._bought(texts, found)
            if time.monotonic() > until:
                raise IndexBusy(
                    "Another replica is embedding what has changed.",
                    "Wait until it has finished.",
                )
            time.sleep(_LOOK_EVERY)

    @contextmanager
    def _taken(self) -> Iterator[bool]:
        """Takes the lease, or makes sure of it; while indexing it is kept beyond the block."""
        with self._lease.held() as ours:
            if ours and self._indexing and not self._keeps:
                self._keeps = self._kept.enter_context(self._lease.held())
            yield ours

    def _bought(self, texts: dict[str, str], found: dict[str, Vector]) -> dict[str, Vector]:
        """The vectors of the texts that were not found. The lease is held."""
        missing = [key for key in texts if key not in found]
        try:
            self._vectors.keep(self._unshared)
            # What another replica brought before it gave up the lease.
            brought = self._vectors.known(missing)
        except VectorsDamaged as error:
            _log.warning("%s They are begun anew.", error)
            self._vectors.begin_anew()
            brought = {}
        self._unshared = {}
        made = self._embedded({key: texts[key] for key in missing if key not in brought})
        width = {len(vector) for vector in made.values()}
        old = found | brought
        if made and any(len(vector) not in width for vector in old.values()):
            # The model has changed: what it gave before cannot be compared with what it gives now.
            made |= self._embedded({key: texts[key] for key in old})
        try:
            self._vectors.keep(made)
        except IndexUnavailable as error:
            _log.warning("vectors that were paid for are shared later: %s", error)
            self._unshared = made
        return brought | made

    def _embedded(self, texts: dict[str, str]) -> dict[str, Vector]:
        if not texts:
            return {}
        made = self._model.embed(list(texts.values()))
        self.bought += len(texts)
        return dict(zip(texts, made, strict=True))
