"""Searching: each question on the newest revision of one folder's index."""

import logging
from collections.abc import Sequence
from functools import partial

import numpy as np

from rag.answers.responder import listed
from rag.collection import SearchResult
from rag.documents.evidence import Source
from rag.errors import ModelUnavailable
from rag.index.embedding import Embedder, Vector
from rag.index.ledger import Ledger
from rag.index.reader import IndexReader
from rag.index.serving import ServedGeneration
from rag.index.shared_serving import SharedGeneration
from rag.index.snapshot import Snapshot
from rag.retrieval.certainty import calibration_of
from rag.retrieval.finding import Findings, VectorChannel, find, passages_for
from rag.retrieval.follow_up import Turn
from rag.retrieval.parts import part_by_part
from rag.retrieval.retriever import LOCAL_VECTOR_WEIGHT, MODEL_VECTOR_WEIGHT, Rows
from rag.text.language import LANGUAGES

_log = logging.getLogger(__name__)


class Search:
    """Finds what the newest revision has for a question. Its methods block."""

    def __init__(
        self,
        reader: IndexReader,
        embedder: Embedder,
        generation: ServedGeneration | SharedGeneration,
    ) -> None:
        self._reader, self._embedder, self._generation = reader, embedder, generation
        self._most = ("", 0, "")

    def passages(self, question: str, k: int, *, with_model: bool = True) -> list[SearchResult]:
        """The best passages for a question, best first; without `with_model` at no cost."""

        def work(ledger: Ledger, snapshot: Snapshot) -> list[SearchResult]:
            may_embed = with_model or not self._embedder.is_paid
            channel = self._channel(ledger, snapshot) if may_embed else None
            found = passages_for(ledger, snapshot, question, k, channel)
            return [
                SearchResult(
                    number,
                    one.source.path,
                    one.span.start,
                    one.span.end,
                    round(one.score, 4),
                    one.text,
                )
                for number, one in enumerate(found, start=1)
            ]

        return self._reader.read(work)

    def findings(
        self, text: str, history: Sequence[Turn], alone: str | None
    ) -> tuple[Findings, list[Source]]:
        """What there is for a message, and the files that an answer about the collection shows."""

        def work(ledger: Ledger, snapshot: Snapshot) -> tuple[Findings, list[Source]]:
            channel = self._channel(ledger, snapshot)
            findings = find(ledger, snapshot, text, history, channel, alone=alone)
            if alone is None:
                by_parts = partial(find, ledger, snapshot, vectors=channel)
                findings = part_by_part(findings, history, by_parts)
            return findings, [ledger.source(file) for file in listed(findings)]

        return self._reader.read(work)

    def main_language(self) -> str:
        """The language of most passages."""

        def work(_: Ledger, snapshot: Snapshot) -> str:
            key, revision, language = self._most
            if (key, revision) != (snapshot.key, snapshot.revision):
                counts = np.bincount(snapshot.languages, minlength=len(LANGUAGES))
                language = LANGUAGES[int(counts.argmax())]
                self._most = (snapshot.key, snapshot.revision, language)
            return language

        return self._reader.read(work)

    def _channel(self, ledger: Ledger, snapshot: Snapshot) -> VectorChannel | None:
        """The vector channel of a revision; None where its vectors are of another embedding."""
        if snapshot.embedding != self._embedder.name:
            return None
        weight = LOCAL_VECTOR_WEIGHT
        if self._embedder.is_paid:
            files = len(snapshot.lexical.file_ids)
            known = calibration_of(ledger, files, snapshot.embedding)
            weight = known.vector_weight if known else MODEL_VECTOR_WEIGHT

        def embed(text: str) -> Vector | None:
            try:
                return self._embedder.embed_question(text)
            except ModelUnavailable as error:
                _log.warning("the question is searched without vectors: %s", error)
                return None

        def nearest(vector: Vector, count: int) -> Rows | None:
            ids = self._generation.nearest(snapshot.key, vector, count)
            return None if ids is None else snapshot.lexical.rows_of(ids)

        # The local embedding is made of what the lexical channels look at.
        return VectorChannel(embed, weight, nearest, proposes=self._embedder.is_paid)
