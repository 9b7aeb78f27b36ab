"""Isnad's parts as LlamaIndex components: a file reader, an embedding, a node parser, a retriever.

They drop into any LlamaIndex application. Importing this package imports LlamaIndex, which takes
seconds, so nothing else in `rag` does.
"""

from rag.llamaindex.embedding import LocalEmbedding
from rag.llamaindex.parser import PassageParser
from rag.llamaindex.reader import FileReader
from rag.llamaindex.retriever import HybridRetriever

__all__ = ["FileReader", "HybridRetriever", "LocalEmbedding", "PassageParser"]
