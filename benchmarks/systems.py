"""The systems that are compared: each indexes a folder and finds files for a question.

A passage that shares nothing with the question (a score of 0) is not found, in any of them.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

import bm25s
import numpy as np
from llama_index.core import SimpleDirectoryReader
from llama_index.core.node_parser import SentenceSplitter
from llama_index.retrievers.bm25 import BM25Retriever
from Stemmer import Stemmer

from benchmarks.keyless import keyless
from rag.documents.reading import scan
from rag.evaluation import DEPTH
from rag.index.embedding import LocalEmbedder
from rag.index.indexer import Indexer
from rag.index.ledger import Ledger
from rag.index.lexical import WeightedTerm, best_rows
from rag.index.reader import IndexReader
from rag.index.snapshot import Snapshot
from rag.knowledge_base import KnowledgeBase
from rag.retrieval.channels import crossing_scores
from rag.retrieval.question import analyse
from rag.text.language import LANGUAGES
from rag.text.terms import Family, family_of, word_keys

ISNAD: Final = "Isnad"
RECIPE: Final = {Family.GRAM: 1.0, Family.ROOT: 0.4, Family.STEM: 0.2}
"""The weights of its channels."""


class System(Protocol):
    """An index of a folder of documents, ready to be asked."""

    def search(self, question: str) -> list[str]:
        """The files of the best passages, best first, as paths below the folder."""


class Isnad:
    """Isnad without a model."""

    def __init__(self, documents: Path, store: Path) -> None:
        self._knowledge = KnowledgeBase.open(keyless(documents, store))
        asyncio.run(self._knowledge.sync())

    def search(self, question: str) -> list[str]:
        """As `System.search`."""
        return [one.file for one in self._knowledge.search(question, DEPTH)]


class Recipe:
    """The three lexical channels alone, over the same passages: what Isnad began with.

    Between languages it has the lexicon and the skeletons of names.
    """

    def __init__(self, documents: Path, store: Path) -> None:
        Indexer(documents, store, LocalEmbedder()).sync()
        self._reader = IndexReader(store)

    def search(self, question: str) -> list[str]:
        """As `System.search`."""
        return self._reader.read(lambda ledger, snapshot: _by_recipe(ledger, snapshot, question))


def _by_recipe(ledger: Ledger, snapshot: Snapshot, text: str) -> list[str]:
    index, question = snapshot.lexical, analyse(text)
    scores = np.zeros(index.rows, np.float32)
    for language in LANGUAGES:
        rows = snapshot.rows_in(language)
        if rows is not None and language == question.language:
            np.copyto(scores, index.shares(_recipe(question.folded)), where=rows)
        elif rows is not None:
            np.copyto(scores, crossing_scores(index, question, language), where=rows)
    best = sorted(best_rows(scores, DEPTH), key=lambda row: -scores[row])[:DEPTH]
    paths = {file.id: file.path for file in snapshot.catalogue.files(ledger)}
    return [paths[int(index.files[row])] for row in best]


def _recipe(words: Sequence[str]) -> list[tuple[float, list[WeightedTerm]]]:
    """The channels of a question: n-grams, roots and stems, with their weights."""
    counts = Counter(int(key) for word in words for key in word_keys(word))
    families = family_of(np.fromiter(counts, dtype=np.uint64, count=len(counts))).tolist()
    return [
        (
            weight,
            [
                WeightedTerm(family, ((key,),), float(count))
                for (key, count), of in zip(counts.items(), families, strict=True)
                if of == family
            ],
        )
        for family, weight in RECIPE.items()
    ]


class LlamaIndexBM25:
    """LlamaIndex's BM25 retriever over its own reader and splitter, in memory."""

    def __init__(self, documents: Path, stemmer: str | None = None) -> None:
        self._documents = documents.resolve()
        read = SimpleDirectoryReader(str(self._documents), recursive=True).load_data()
        # The default sentence function reads NLTK's data, which fails where packages are
        # hard-linked.
        splitter = SentenceSplitter(chunking_tokenizer_fn=lambda text: text.splitlines(True))
        nodes = splitter.get_nodes_from_documents(read)
        self._retriever = BM25Retriever.from_defaults(
            nodes=nodes,
            stemmer=Stemmer(stemmer) if stemmer else None,
            similarity_top_k=min(DEPTH, len(nodes)),
        )

    def search(self, question: str) -> list[str]:
        """As `System.search`."""
        return [
            Path(one.node.metadata["file_path"]).relative_to(self._documents).as_posix()
            for one in self._retriever.retrieve(question)
            if one.score > 0
        ]


class PlainBM25s:
    """bm25s with its defaults over whole files, in memory."""

    def __init__(self, documents: Path) -> None:
        found, _ = scan(documents)
        self._files = [state.path for state in found]
        texts = [(documents / file).read_text(encoding="utf-8-sig") for file in self._files]
        self._index = bm25s.BM25()
        self._index.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)

    def search(self, question: str) -> list[str]:
        """As `System.search`."""
        rows, scores = self._index.retrieve(
            bm25s.tokenize(question, show_progress=False),
            k=min(DEPTH, len(self._files)),
            show_progress=False,
        )
        return [
            self._files[row] for row, score in zip(rows[0], scores[0], strict=True) if score > 0
        ]


SYSTEMS: Final[dict[str, Callable[[Path, Path], System]]] = {
    ISNAD: Isnad,
    "the recipe": Recipe,
    "LlamaIndex BM25": lambda documents, _: LlamaIndexBM25(documents),
    "LlamaIndex BM25, ar stemmer": lambda documents, _: LlamaIndexBM25(documents, "arabic"),
    "bm25s": lambda documents, _: PlainBM25s(documents),
}
"""How to index a folder with each; the second path is an empty folder to store things in."""
