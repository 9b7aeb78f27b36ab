"""What a question costs this side of the model: the processor's time, beside others' and parts'.

Each of these runs in a process of its own (`in_fresh_process`) and is asked the same questions,
one after the other, once it is warm. A model, where there is one, is a server in another process
that answers at once, so what it costs is not counted.
"""

import asyncio
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from pydantic import HttpUrl, SecretStr

from benchmarks.ingestion import processor_time, vector_of
from benchmarks.keyless import keyless
from benchmarks.scripted_model import KEY
from rag.answers.framing import BUDGET, within_budget
from rag.answers.prompts import answer_messages
from rag.index.embedding import LocalEmbedder
from rag.index.ledger import Ledger
from rag.index.reader import IndexReader
from rag.knowledge_base import KnowledgeBase
from rag.retrieval.finding import find
from rag.settings import Settings

MODEL: Final = "scripted"
COUNT: Final = 10
"""Passages that a search brings."""
_WARMING: Final = 12
_BATCH: Final = 2000
_MOST_NEIGHBOURS: Final = 5000


@dataclass(frozen=True)
class Work:
    """Milliseconds for a question, and megabytes of the process after all of them."""

    processor: float
    processors: tuple[float, ...]
    """Of each question, in their order."""
    clock: float
    clock_p95: float
    megabytes: float


def above(work: Work, part: Work) -> float:
    """The processor's time of a question above that of a part of it: the median, in ms."""
    pairs = zip(work.processors, part.processors, strict=True)
    return statistics.median(whole - bare for whole, bare in pairs)


@dataclass(frozen=True)
class Indexed:
    """What indexing took: seconds of the processor and of the clock, then with nothing to do."""

    passages: int
    processor: float
    clock: float
    peak: float
    nothing: float


@contextmanager
def scripted_model() -> Iterator[str]:
    """The address of a scripted model in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.scripted_model"]
    root = Path(__file__).parents[1]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=root, stdin=pipe, stdout=pipe, text=True) as server:
        if server.stdout is None or server.stdin is None:
            raise AssertionError("the pipes are asked for")
        yield server.stdout.readline().strip()
        server.stdin.close()


def index(documents: Path, store: Path) -> Indexed:
    """Indexes a folder, and looks at it again."""
    with KnowledgeBase.open(keyless(documents, store)) as knowledge:
        clock, processor = time.perf_counter(), processor_time()
        passages = asyncio.run(knowledge.sync()).passages
        took = processor_time() - processor, time.perf_counter() - clock
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        processor = processor_time()
        asyncio.run(knowledge.sync())
        return Indexed(passages, *took, peak, processor_time() - processor)


def isnad(documents: Path, store: Path, model: str | None, questions: Sequence[str]) -> Work:
    """Isnad's answers; `model` is a server's address, None: answers are made of quotations."""
    settings = keyless(documents, store)
    if model:
        settings = Settings(
            documents_dir=documents,
            data_dir=store,
            openai_api_key=SecretStr(KEY),
            openai_base_url=HttpUrl(model),
            openai_model=MODEL,
            openai_embedding_model="",
            verify_with_model=False,
        )
    with KnowledgeBase.open(settings) as knowledge:
        return asyncio.run(measured(knowledge.ask, questions))


def searches(documents: Path, store: Path, questions: Sequence[str]) -> Work:
    """Isnad's searches alone."""
    with KnowledgeBase.open(keyless(documents, store)) as knowledge:

        async def search(question: str) -> None:
            knowledge.search(question, COUNT)

        return asyncio.run(measured(search, questions))


def build_starter(store: Path, place: Path) -> None:
    """The starter's store of the passages of one of Isnad's, with vectors that cost nothing."""
    import chromadb
    from llama_index.core.schema import TextNode
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client: Any = chromadb.PersistentClient(str(place))
    vectors = ChromaVectorStore(chroma_collection=client.get_or_create_collection("seeds"))
    with Ledger(store) as ledger, ledger.reading():
        nodes = []
        for one in ledger.stored_passages():
            nodes.append(
                TextNode(
                    text=one.text,
                    metadata={"file_name": one.path},
                    embedding=vector_of(one.text).tolist(),
                )
            )
            if len(nodes) == _BATCH:
                vectors.add(nodes)
                nodes = []
        if nodes:
            vectors.add(nodes)


def starter(place: Path, model: str | None, questions: Sequence[str]) -> Work:
    """The LlamaIndex starter's answers from its store."""
    import chromadb
    from llama_index.core import Settings as Defaults
    from llama_index.core import VectorStoreIndex
    from llama_index.core.llms import MockLLM
    from llama_index.llms.openai_like import OpenAILike
    from llama_index.vector_stores.chroma import ChromaVectorStore

    llm = MockLLM(max_tokens=64)
    if model:
        llm = OpenAILike(model=MODEL, api_base=model, api_key=KEY, is_chat_model=True)
    Defaults.llm, Defaults.embed_model = llm, _embedding()
    client: Any = chromadb.PersistentClient(str(place))
    vectors = ChromaVectorStore(chroma_collection=client.get_collection("seeds"))
    made = VectorStoreIndex.from_vector_store(vectors)
    engine = made.as_query_engine(similarity_top_k=COUNT, streaming=bool(model))

    async def ask(question: str) -> None:
        reply = engine.query(question)
        for _ in reply.response_gen if model else ():
            pass

    return asyncio.run(measured(ask, questions))


def _embedding() -> Any:
    from llama_index.core.base.embeddings.base import BaseEmbedding

    class Embedding(BaseEmbedding):  # type: ignore[misc]
        def _get_text_embedding(self, text: str) -> list[float]:
            return [float(value) for value in vector_of(text)]

        def _get_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

    return Embedding()


def chroma(place: Path, questions: Sequence[str]) -> Work:
    """Chroma's query alone, on the starter's store."""
    import chromadb

    client: Any = chromadb.PersistentClient(str(place))
    collection = client.get_collection("seeds")

    async def ask(question: str) -> None:
        collection.query(
            query_embeddings=[vector_of(question)],
            n_results=COUNT,
            include=["documents", "metadatas", "distances"],
        )

    return asyncio.run(measured(ask, questions))


def sdk(store: Path, model: str, questions: Sequence[str]) -> Work:
    """The call of OpenAI's own library alone, with the messages that Isnad would send."""
    from openai import AsyncOpenAI

    reader, embedder = IndexReader(store), LocalEmbedder()
    messages: dict[str, list[Any]] = {}
    for question in questions:
        found = reader.read(lambda ledger, snapshot, q=question: find(ledger, snapshot, q))  # type: ignore[misc]
        shown = within_budget(found.evidence, BUDGET)
        kind = found.request.kind.value
        asked = answer_messages(question, kind, found.language, shown, ())
        messages[question] = [{"role": one.role, "content": one.content} for one in asked]
    reader.close()
    del embedder

    async def run() -> Work:
        async with AsyncOpenAI(base_url=model, api_key=KEY, max_retries=0) as client:

            async def ask(question: str) -> None:
                reply = await client.chat.completions.create(
                    model=MODEL,
                    messages=messages[question],
                    stream=True,
                    stream_options={"include_usage": True},
                )
                async for _ in reply:
                    pass

            return await measured(ask, questions)

    return asyncio.run(run())


async def measured(ask: Callable[[str], Awaitable[object]], questions: Sequence[str]) -> Work:
    """What each of the questions takes, once it is warm."""
    for question in questions[:_WARMING]:
        await ask(question)
    processor, clock = [], []
    for question in questions:
        began, ran = time.perf_counter(), time.process_time()
        await ask(question)
        processor.append(1000 * (time.process_time() - ran))
        clock.append(1000 * (time.perf_counter() - began))
    return Work(
        statistics.median(processor),
        tuple(processor),
        statistics.median(clock),
        float(np.percentile(clock, 95)),
        resident(),
    )


def resident() -> float:
    """Megabytes of this process's memory, as Linux tells it; what it maps of files included."""
    fields = Path("/proc/self/statm").read_text().split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
