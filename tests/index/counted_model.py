"""An embedding model that counts what it is asked for, and may fail or change."""

from collections.abc import Sequence

import numpy as np

from rag.errors import ModelUnavailable
from rag.index.embedding import Vector, unit
from rag.index.shared_vectors import text_key


class CountedModel:
    """Gives each text a vector of its own, the same every time."""

    is_paid = True

    def __init__(self, name: str, width: int = 24) -> None:
        self.name, self.width = name, width
        self.asked: list[str] = []
        self.fails = False

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        if self.fails:
            raise ModelUnavailable("The model is away.")
        self.asked += texts
        return [self.vector(text) for text in texts]

    def embed_question(self, question: str) -> Vector:
        return self.vector(question)

    def vector(self, text: str) -> Vector:
        seed = int(text_key(text)[:8], 16)
        return unit(np.random.default_rng(seed).standard_normal(self.width).astype(np.float32))
