"""The hybrid retriever as a LlamaIndex retriever."""

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from rag.knowledge_base import KnowledgeBase


class HybridRetriever(BaseRetriever):  # type: ignore[misc]
    """Retrieves the passages of a knowledge base, with their files and exact spans."""

    def __init__(self, knowledge: KnowledgeBase, similarity_top_k: int = 10) -> None:
        super().__init__()
        self._knowledge = knowledge
        self._top_k = similarity_top_k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [
            NodeWithScore(
                node=TextNode(
                    id_=f"{found.file}:{found.start}-{found.end}",
                    text=found.text,
                    start_char_idx=found.start,
                    end_char_idx=found.end,
                    metadata={"file_name": found.file},
                ),
                score=found.score,
            )
            for found in self._knowledge.search(query_bundle.query_str, self._top_k)
        ]
