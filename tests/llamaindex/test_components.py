"""Isnad's parts in a real LlamaIndex application."""

import asyncio
from pathlib import Path

import pytest
from llama_index.core import Document, SimpleDirectoryReader, VectorStoreIndex
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.schema import NodeRelationship, TextNode

from rag.index.embedding import LocalEmbedder
from rag.knowledge_base import KnowledgeBase
from rag.llamaindex import HybridRetriever, LocalEmbedding, PassageParser

WHO = "من هي كارولين روز؟"
FILE = "003_bc0966837ce6fdc6.txt"


def nodes_of(text: str, **metadata: str) -> list[TextNode]:
    found = PassageParser().get_nodes_from_documents([Document(text=text, metadata=metadata)])
    return [node for node in found if isinstance(node, TextNode)]


def test_passages_have_exact_offsets_and_their_title(seeds: Path) -> None:
    text = (seeds / FILE).read_text(encoding="utf-8")
    nodes = nodes_of(text, file_name=FILE)
    assert len(nodes) > 3
    for node in nodes:
        assert node.text == text[node.start_char_idx : node.end_char_idx]
        assert node.metadata["title"].startswith("تعمل إيران وباكستان")
        assert node.metadata["file_name"] == FILE
        assert "اترك تعليقاً" not in node.text
        assert "9 + سبعة" not in node.text
    starts = [node.start_char_idx for node in nodes]
    assert starts == sorted(starts)
    assert len(set(starts)) == len(starts)


def test_a_text_that_repeats_itself_has_every_copy_in_its_own_place() -> None:
    paragraph = "هذه فقرة تعاد كما هي. " * 44
    text = "\n\n".join([paragraph.strip()] * 4)
    nodes = nodes_of(text, file_name="a.txt")
    spans = [(node.start_char_idx, node.end_char_idx) for node in nodes]
    assert len(spans) == 4
    assert len(set(spans)) == 4
    assert all(node.text == text[slice(*span)] for node, span in zip(nodes, spans, strict=True))


def test_passages_know_their_document_and_their_neighbours() -> None:
    document = Document(text="\n\n".join([f"{'جملة طويلة هنا. ' * 80}رقم {n}." for n in range(3)]))
    nodes = PassageParser().get_nodes_from_documents([document])
    assert len(nodes) >= 3
    assert all(node.ref_doc_id == document.doc_id for node in nodes)
    following = nodes[0].relationships[NodeRelationship.NEXT]
    assert following.node_id == nodes[1].node_id


@pytest.mark.parametrize("text", ["", "   ", "اترك تعليقاً\n"])
def test_a_text_without_passages_gives_no_nodes(text: str) -> None:
    assert nodes_of(text) == []


async def test_the_embedding_is_the_local_one_in_every_way_of_asking() -> None:
    embedding = LocalEmbedding()
    expected = [float(value) for value in LocalEmbedder().embed([WHO])[0]]
    assert embedding.get_text_embedding(WHO) == expected
    assert embedding.get_query_embedding(WHO) == expected
    assert embedding.get_text_embedding_batch([WHO, WHO]) == [expected, expected]
    assert await embedding.aget_query_embedding(WHO) == expected
    assert await embedding.aget_text_embedding(WHO) == expected
    assert embedding.to_dict()["model_name"] == LocalEmbedder.name


def test_they_drop_into_a_pipeline_and_an_index(seeds: Path) -> None:
    documents = SimpleDirectoryReader(str(seeds)).load_data()
    pipeline = IngestionPipeline(transformations=[PassageParser(), LocalEmbedding()])
    nodes = pipeline.run(documents=documents)
    assert all(len(node.embedding or []) == 512 for node in nodes)
    index = VectorStoreIndex(nodes, embed_model=LocalEmbedding())
    found = index.as_retriever(similarity_top_k=3).retrieve(WHO)
    assert len(found) == 3
    assert FILE in [one.node.metadata["file_name"] for one in found]


def test_the_retriever_finds_what_search_finds(seeds_knowledge: KnowledgeBase, seeds: Path) -> None:
    found = HybridRetriever(seeds_knowledge, similarity_top_k=4).retrieve(WHO)
    searched = seeds_knowledge.search(WHO, 4)
    assert [(one.node.metadata["file_name"], one.score) for one in found] == [
        (one.file, one.score) for one in searched
    ]
    for one in found:
        text = (seeds / one.node.metadata["file_name"]).read_text(encoding="utf-8")
        assert isinstance(one.node, TextNode)
        assert text[one.node.start_char_idx : one.node.end_char_idx] == one.node.text
    assert len({one.node.node_id for one in found}) == 4


def test_the_retriever_serves_a_query_engine(seeds_knowledge: KnowledgeBase) -> None:
    engine = RetrieverQueryEngine.from_args(HybridRetriever(seeds_knowledge, 3), llm=MockLLM())
    response = engine.query(WHO)
    assert len(response.source_nodes) == 3
    assert response.source_nodes[0].node.metadata["file_name"] == FILE
    assert "كارولين روز" in str(response)


def test_the_retriever_can_be_awaited(seeds_knowledge: KnowledgeBase) -> None:
    found = asyncio.run(HybridRetriever(seeds_knowledge, 2).aretrieve(WHO))
    assert found[0].node.metadata["file_name"] == FILE
