"""Embedding: texts to vectors of length one, locally or by a model.

The local embedding has no weights: it hashes what the text layer finds (n-grams, stems, roots,
name skeletons, concepts of the lexicon, dates) into one space for the three languages. A model's
vectors are paid for, so they are kept in the ledger by model and text.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from rag.text.dates import date_values
from rag.text.language import language_of
from rag.text.lexicon import lexicon
from rag.text.terms import Family, family_of, terms_of

Vector = npt.NDArray[np.float32]

LOCAL_DIMENSIONS: Final = 512
_ENOUGH: Final = 300
"""Characters that tell a language."""
_FAMILY_WEIGHTS: Final = {Family.GRAM: 0.5, Family.ROOT: 1.0, Family.STEM: 1.0, Family.NAME: 0.5}


class Embedder(Protocol):
    """Turns texts into vectors."""

    @property
    def name(self) -> str:
        """Which embedding this is; vectors of different names cannot be compared."""

    @property
    def is_paid(self) -> bool:
        """Whether a vector is worth keeping."""

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """A vector of length one for each text. ModelUnavailable where the server fails."""

    def embed_question(self, question: str) -> Vector:
        """The vector of a question. ModelUnavailable where the server fails."""


class LocalEmbedder:
    """Hashed features: always there, the same everywhere, free."""

    name = f"local-4-{LOCAL_DIMENSIONS}"
    is_paid = False

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """A vector for each text; one without any word has the zero vector."""
        return [hashed(text) for text in texts]

    def embed_question(self, question: str) -> Vector:
        """The vector of a question."""
        return hashed(question)


def hashed(text: str) -> Vector:
    """The features of a text, hashed with a sign into `LOCAL_DIMENSIONS`, of length one.

    The hashing trick of Weinberger et al. (2009); a feature weighs the root of its count.
    """
    words, terms = terms_of(text)
    shared = _shared_features(text, words)
    weights = np.array([_FAMILY_WEIGHTS[family] for family in Family])[family_of(terms.keys)]
    keys = np.concatenate([terms.keys, np.fromiter(shared, dtype=np.uint64, count=len(shared))])
    values = np.concatenate([weights * np.sqrt(terms.counts), np.sqrt(list(shared.values()))])
    places = (keys % np.uint64(LOCAL_DIMENSIONS)).astype(np.int64)
    signs = np.where((keys >> np.uint64(32)) & np.uint64(1), 1.0, -1.0)
    vector = np.bincount(places, signs * values, LOCAL_DIMENSIONS)
    return unit(vector.astype(np.float32))


def _shared_features(text: str, words: Sequence[str]) -> Counter[int]:
    """What a text has in common with its translation: concepts of the lexicon, and dates."""
    found: Counter[int] = Counter()
    # Of a word that stands for several concepts the first is taken: the commonest, as a rule.
    matches = lexicon(language_of(text[:_ENOUGH])).matches(words)
    found.update(_concept_key(match.concepts[0].name) for match in matches)
    found.update(_key(f"date {value}") for value in date_values(text))
    return found


@lru_cache(maxsize=50_000)
def _concept_key(name: str) -> int:
    return _key(f"concept {name}")


def _key(feature: str) -> int:
    return int.from_bytes(blake2b(feature.encode(), digest_size=8).digest())


def unit(vector: Vector) -> Vector:
    """`vector` scaled to length one; the zero vector stays."""
    length = float(np.linalg.norm(vector))
    return vector if length == 0 else (vector / np.float32(length)).astype(np.float32)
