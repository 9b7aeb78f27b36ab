"""Isnad's indexing beside LlamaIndex's ingestion pipeline, on the same files, in one run.

LlamaIndex: `SimpleDirectoryReader`, `SentenceSplitter`, `IngestionPipeline` with a document store
and `ChromaVectorStore`, persisted after each run, as its documentation has it. Its strategy is
`UPSERTS`: with `UPSERTS_AND_DELETE` all files would have to come at once, and Chroma takes no more
than 5,461 nodes at once; so it does not look for deleted files, which Isnad does. Isnad:
`Indexer.sync`; Chroma's generation, which it builds apart and later, has a column of its own.
Vectors of 384 dimensions come from one function for both: embedding costs nothing.

first     seconds until all files can be searched
nothing   seconds of a run where nothing has changed
one       seconds until one changed file among them can be searched
disk      megabytes; for Isnad with Chroma's generation
memory    megabytes of the process and those that it starts, at most (what they share once)
chroma    seconds of building the generation

Each run is a process of its own; its imports are not counted. With `--processor` the seconds are
those of the processor, in the process and those that it starts: on a machine that does other work
they tell more. The growth of a column is the exponent by which it grows with the files.
"""

import argparse
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from hashlib import blake2b
from pathlib import Path
from threading import Event, Thread
from typing import Any, Final, Self

import numpy as np

from benchmarks.fresh_process import in_fresh_process
from benchmarks.process_life import vitals
from benchmarks.synthetic import Recombination
from rag.documents.reading import read, scan
from rag.index.embedding import Vector, unit
from rag.index.generation import build_in_child
from rag.index.indexer import Indexer

_LOOK_EVERY: Final = 0.1
"""Seconds between two looks at the memory: each costs a millisecond or two."""
SIZES: Final = (1000, 10_000)
WIDTH: Final = 384
PASSAGES: Final = 2
Took = tuple[float, float]
COLUMNS: Final = ("first", "nothing", "one", "disk", "memory", "chroma")


@dataclass(frozen=True)
class Measured:
    """What the runs of a system took."""

    first: float
    nothing: float
    one: float
    disk: float
    memory: float
    chroma: float = 0.0


def vector_of(text: str) -> Vector:
    """A vector of a text, the same everywhere."""
    seed = int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
    return unit(np.random.default_rng(seed).standard_normal(WIDTH).astype(np.float32))


class Embedder:
    """What embeds for Isnad, as a model would."""

    name, is_paid = "same for both", True

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """A vector for each text."""
        return [vector_of(text) for text in texts]

    def embed_question(self, question: str) -> Vector:
        """The vector of a question."""
        return vector_of(question)


def timed(work: Callable[[], object]) -> Took:
    """The seconds that `work` takes, of the clock and of the processor."""
    clock, processor = time.perf_counter(), processor_time()
    work()
    return time.perf_counter() - clock, processor_time() - processor


def watched(work: Callable[[], object]) -> tuple[Took, float]:
    """The seconds that `work` takes, and megabytes at most."""
    with Peak() as peak:
        took = timed(work)
    return took, peak.megabytes


class Peak:
    """Watches the memory of this process and of all that it starts, in a thread."""

    def __init__(self) -> None:
        self.megabytes = 0.0
        self._ended = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            self.megabytes = max(self.megabytes, memory_of(os.getpid()) / 2**20)
            if self._ended.wait(_LOOK_EVERY):
                return


def memory_of(process: int) -> int:
    """Bytes of a process and of those below it; what they share is counted once. Linux only."""
    try:
        own = vitals(process).pss
    except (OSError, KeyError):  # it has ended
        return 0
    children: set[int] = set()
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # a thread that has ended meanwhile
            children.update(map(int, task.read_text().split()))
    return own + sum(map(memory_of, children))


def processor_time() -> float:
    """The processor's seconds of this process and of those that it started and that have ended."""
    return sum(
        resource.getrusage(whose).ru_utime + resource.getrusage(whose).ru_stime
        for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )


def isnad(documents: Path, store: Path) -> tuple[Took, float]:
    """Brings Isnad's index up to date: seconds, and megabytes."""
    return watched(lambda: Indexer(documents, store, Embedder()).sync())


def llama_index(documents: Path, store: Path) -> tuple[Took, float]:
    """Brings LlamaIndex's index up to date: seconds, and megabytes."""
    import chromadb
    from llama_index.core import SimpleDirectoryReader
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.ingestion import DocstoreStrategy, IngestionPipeline
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.core.storage.docstore import SimpleDocumentStore
    from llama_index.vector_stores.chroma import ChromaVectorStore

    class Embedding(BaseEmbedding):  # type: ignore[misc]
        def _get_text_embedding(self, text: str) -> list[float]:
            return [float(value) for value in vector_of(text)]

        def _get_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

    def run() -> None:
        client: Any = chromadb.PersistentClient(str(store / "chroma"))
        collection = client.get_or_create_collection("documents", embedding_function=None)
        kept = store / "pipeline"
        pipeline = IngestionPipeline(
            transformations=[
                # The sentences of NLTK cannot be read where it is installed by hard links.
                SentenceSplitter(chunking_tokenizer_fn=lambda text: text.splitlines(keepends=True)),
                Embedding(embed_batch_size=64),
            ],
            vector_store=ChromaVectorStore(chroma_collection=collection),
            docstore=SimpleDocumentStore(),
            docstore_strategy=DocstoreStrategy.UPSERTS,
        )
        if kept.is_dir():
            pipeline.load(str(kept))
        reader = SimpleDirectoryReader(str(documents), recursive=True, filename_as_id=True)
        given = reader.load_data()
        for begin in range(0, len(given), 1000):
            pipeline.run(documents=given[begin : begin + 1000])
        pipeline.persist(str(kept))

    return watched(run)


def disk(folder: Path) -> float:
    """Megabytes of the files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def measured(
    system: Callable[[Path, Path], tuple[Took, float]], documents: Path, store: Path, kind: int
) -> Measured:
    """What the runs of a system take, in seconds of a kind: 0, the clock's; 1, the processor's."""
    store.mkdir()
    first, memory = in_fresh_process(system, documents, store)
    nothing, _ = in_fresh_process(system, documents, store)
    changed = sorted(documents.rglob("*.txt"))[7]
    before = changed.read_text(encoding="utf-8")
    changed.write_text(f"{before}\nسطر جديد.", encoding="utf-8")
    one, _ = in_fresh_process(system, documents, store)
    chroma = timed(lambda: build_in_child(store)) if system is isnad else (0.0, 0.0)
    figures = Measured(first[kind], nothing[kind], one[kind], disk(store), memory, chroma[kind])
    changed.write_text(before, encoding="utf-8")
    shutil.rmtree(store)
    return figures


def write(documents: Path, recombination: Recombination, count: int) -> None:
    """Writes so many files of a few passages each."""
    for number in range(count):
        path = documents / f"{number // 500:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = recombination.report(number).splitlines()[: PASSAGES + 1]
        path.write_text("\n".join(lines), encoding="utf-8")


def exponent(sizes: Sequence[int], values: Sequence[float]) -> str:
    """How values grow with sizes; nothing where there are none."""
    if len(sizes) < 2 or not all(values):
        return ""
    return f"{np.polyfit(np.log(sizes), np.log(values), 1)[0]:.2f}"


def plot(path: Path, sizes: Sequence[int], rows: dict[str, list[Measured]]) -> None:
    """Draws the three times over the files."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 3, figsize=(13, 4), layout="constrained")
    for place, name in enumerate(COLUMNS[:3]):
        for system, figures in rows.items():
            values = [astuple(one)[place] for one in figures]
            axes[place].loglog(sizes, values, "o-", label=system)
        axes[place].set(xlabel="files", ylabel="seconds", title=name)
        axes[place].grid(visible=True, alpha=0.3)
    axes[0].legend()
    figure.savefig(path, dpi=150)


def main() -> None:
    """Measures, prints and draws."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, metavar="FILES")
    parser.add_argument("--plot", type=Path, metavar="PNG", help="an image of the times")
    parser.add_argument("--processor", action="store_true", help="the processor's seconds")
    options = parser.parse_args()
    seeds = Path(__file__).parents[1] / "seeds"
    recombination = Recombination([read(seeds, one.path).text for one in scan(seeds)[0]])
    rows: dict[str, list[Measured]] = {"Isnad": [], "LlamaIndex": []}
    print(f"{'files':>7} {'system':12}" + "".join(f"{name:>10}" for name in COLUMNS))
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as place:
            documents = Path(place) / "documents"
            write(documents, recombination, size)
            for name, system in (("Isnad", isnad), ("LlamaIndex", llama_index)):
                figures = measured(system, documents, Path(place) / "store", options.processor)
                rows[name].append(figures)
                cells = "".join(f"{value:10.2f}" for value in astuple(figures))
                print(f"{size:7} {name:12}{cells}", flush=True)
    for name, measures in rows.items():
        columns = zip(*map(astuple, measures), strict=True)
        grown = "".join(f"{exponent(options.sizes, column):>10}" for column in columns)
        print(f"{'growth':>7} {name:12}{grown}")
    if options.plot:
        plot(options.plot, options.sizes, rows)


if __name__ == "__main__":
    main()
