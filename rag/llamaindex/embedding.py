"""The local embedding as a LlamaIndex embedding."""

from llama_index.core.base.embeddings.base import BaseEmbedding

from rag.index.embedding import LocalEmbedder

_EMBEDDER = LocalEmbedder()


class LocalEmbedding(BaseEmbedding):  # type: ignore[misc]
    """Embeds with hashed terms: no weights, no network, the same everywhere."""

    model_name: str = _EMBEDDER.name

    @classmethod
    def class_name(cls) -> str:
        """The name under which LlamaIndex stores it."""
        return "IsnadLocalEmbedding"

    def _get_text_embedding(self, text: str) -> list[float]:
        return [float(value) for value in _EMBEDDER.embed([text])[0]]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)
