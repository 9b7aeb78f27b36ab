"""Embedding: texts to vectors of length one, locally or by a model.

The local embedding has no weights: it hashes the text layer's terms into a space that the three
languages share through their name skeletons and digits. A model's vectors are paid for, so they
are kept in the ledger by model and text.
"""

from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from rag.text.folding import folded_words
from rag.text.terms import Family, TermVector, family_of, term_vector

Vector = npt.NDArray[np.float32]

LOCAL_DIMENSIONS: Final = 512
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


class LocalEmbedder:
    """Hashed terms: always there, the same everywhere, free."""

    name = f"local-1-{LOCAL_DIMENSIONS}"
    is_paid = False

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """A vector for each text; one without any word has the zero vector."""
        return [hashed(term_vector(folded_words(text))) for text in texts]


def hashed(terms: TermVector) -> Vector:
    """The terms of a text, hashed with a sign into `LOCAL_DIMENSIONS`, of length one.

    The hashing trick of Weinberger et al. (2009); a term weighs the root of its count.
    """
    weights = np.array([_FAMILY_WEIGHTS[family] for family in Family])[family_of(terms.keys)]
    places = (terms.keys % np.uint64(LOCAL_DIMENSIONS)).astype(np.int64)
    signs = np.where((terms.keys >> np.uint64(32)) & np.uint64(1), 1.0, -1.0)
    vector = np.bincount(places, signs * weights * np.sqrt(terms.counts), LOCAL_DIMENSIONS)
    return unit(vector.astype(np.float32))


def unit(vector: Vector) -> Vector:
    """`vector` scaled to length one; the zero vector stays."""
    length = float(np.linalg.norm(vector))
    return vector if length == 0 else (vector / np.float32(length)).astype(np.float32)
