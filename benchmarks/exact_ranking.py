"""The whole ranking of a question, to the last bit: equal for equal collections."""

from rag.index.embedding import Vector
from rag.index.ledger import Ledger
from rag.index.reader import IndexReader
from rag.index.snapshot import Snapshot
from rag.retrieval.finding import VectorChannel, ranked
from rag.retrieval.question import analyse
from rag.retrieval.retriever import MODEL_VECTOR_WEIGHT


def ranking(reader: IndexReader, question: str, vector: Vector) -> list[tuple[str, int, str]]:
    """File, start and score of the best passages, with exact search of the vectors."""
    channel = VectorChannel(lambda _: vector, MODEL_VECTOR_WEIGHT, lambda _vector, _count: None)

    def work(ledger: Ledger, snapshot: Snapshot) -> list[tuple[str, int, str]]:
        return [
            (evidence.source.path, evidence.span.start, one.score.hex())
            for one in ranked(snapshot, analyse(question), 100, channel)
            for evidence in ledger.evidence([one.passage]).values()
        ]

    return reader.read(work)
