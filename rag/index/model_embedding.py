"""Embedding by a model on an OpenAI-compatible server, through LlamaIndex."""

import random
import time
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from rag.errors import ModelUnavailable
from rag.importing import ONE_AT_A_TIME
from rag.index.embedding import Vector, unit
from rag.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding

_TRIES: Final = 2
_PAUSE: Final = 0.5
_BATCH: Final = 64
_PATIENCE: Final = 30.0
_PATIENCE_OF_ASKER: Final = 5.0
"""Seconds that a request may take."""


class ModelEmbedder:
    """Embeds through any LlamaIndex embedding; one retry policy, ours."""

    is_paid = True

    def __init__(
        self, name: str, settings: Settings, embedding: "BaseEmbedding | None" = None
    ) -> None:
        self.name = name
        self._given = embedding
        self._settings = settings

    @cached_property
    def _for_documents(self) -> "BaseEmbedding":
        return self._open(min(_PATIENCE, self._settings.openai_timeout))

    @cached_property
    def _for_questions(self) -> "BaseEmbedding":
        return self._open(min(_PATIENCE_OF_ASKER, self._settings.openai_timeout / 4))

    def _open(self, timeout: float) -> "BaseEmbedding":
        if self._given is not None:
            return self._given
        # Importing LlamaIndex takes seconds: only when there is something to embed.
        with ONE_AT_A_TIME:
            from llama_index.embeddings.openai import OpenAIEmbedding

        key = self._settings.openai_api_key
        return OpenAIEmbedding(
            model_name=self.name,
            api_base=self._settings.model_address,
            api_key=key.get_secret_value() if key else "none",
            max_retries=0,
            timeout=timeout,
            embed_batch_size=_BATCH,
        )

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """A vector of length one for each text. ModelUnavailable where the server fails twice."""
        for _ in range(_TRIES - 1):
            try:
                return self._embedded(self._for_documents, texts)
            except ModelUnavailable as failure:
                if not failure.retryable:
                    raise
                time.sleep(_PAUSE * (1 + random.random()))  # noqa: S311
        return self._embedded(self._for_documents, texts)

    def embed_question(self, question: str) -> Vector:
        """The vector of a question; tried once and not for long, for someone is waiting."""
        return self._embedded(self._for_questions, [question])[0]

    def _embedded(self, embedding: "BaseEmbedding", texts: Sequence[str]) -> list[Vector]:
        try:
            found = embedding.get_text_embedding_batch(list(texts))
        except Exception as error:  # noqa: BLE001 (the SDK's, httpx's or LlamaIndex's)
            raise self._unavailable(error) from None
        if len(found) != len(texts):
            raise ModelUnavailable(
                f"The embedding model {self.name} gave {len(found)} vectors for {len(texts)} texts."
            )
        return [_checked(vector) for vector in found]

    def _unavailable(self, error: Exception) -> ModelUnavailable:
        status = getattr(error, "status_code", None)
        what = f"status {status}" if status else type(error).__name__
        where = self._settings.shown_model_address
        return ModelUnavailable(
            f"The embedding model {self.name} at {where} failed ({what}).",
            "Check OPENAI_BASE_URL, OPENAI_API_KEY and OPENAI_EMBEDDING_MODEL.",
            retryable=not _is_final(error),
        )


def _is_final(error: Exception) -> bool:
    return getattr(error, "status_code", None) in (400, 401, 403, 404)


def _checked(values: Sequence[float]) -> Vector:
    vector = np.asarray(values, dtype=np.float32)
    if not vector.any() or not np.isfinite(vector).all():
        raise ModelUnavailable("The embedding model gave a vector that is not one.")
    return unit(vector)
