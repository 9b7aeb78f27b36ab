"""A large collection with a model's vectors: building it, serving it, and swapping generations.

Synthetic reports of 8 passages with vectors of 1,536 dimensions, 32 of them latent with noise,
nearest to those of a real model. The collection is indexed by one new process; Chroma's generation
is built by another, at low priority; a third serves. There one report is added, questions go on
while the next generation is built, and it is swapped in.

Seconds are of the clock, and in brackets of the processor: on a machine that does other work the
latter tell more. Memory is what the serving process has had at most, of its own and with what it
touched of the index's files.
"""

import argparse
import asyncio
import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import blake2b
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.fresh_process import in_fresh_process
from benchmarks.growth import grow, memory
from benchmarks.ingestion import disk, timed
from benchmarks.keyless import keyless
from benchmarks.synthetic import PASSAGES, Recombination
from rag.documents.reading import read, scan
from rag.index.embedding import Vector, unit
from rag.index.generation import VectorIndex, build_in_child, current, folder_of
from rag.index.reader import IndexReader
from rag.knowledge_base import KnowledgeBase

WIDTH: Final = 1536
LATENT: Final = 32
QUESTIONS: Final = 300
_DIRECTIONS: Final = np.random.default_rng(1).standard_normal((LATENT, WIDTH)).astype(np.float32)


class Embedder:
    """What embeds, as a model would, at no cost."""

    name, is_paid = "latent", True

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """A vector for each text, the same everywhere."""
        return [self.embed_question(text) for text in texts]

    def embed_question(self, question: str) -> Vector:
        """The vector of a question."""
        seed = int.from_bytes(blake2b(question.encode(), digest_size=8).digest())
        chance = np.random.default_rng(seed)
        latent = chance.standard_normal(LATENT, dtype=np.float32) @ _DIRECTIONS
        noise = chance.standard_normal(WIDTH, dtype=np.float32)
        return unit((latent + noise).astype(np.float32))


def taken(work: Callable[[], object]) -> str:
    """The seconds that `work` takes, of the clock and of the processor."""
    clock, processor = timed(work)
    return f"{clock:.0f} s ({processor:.0f})"


def index(documents: Path, store: Path) -> None:
    """Indexes a folder, and has it ask itself what it can answer."""
    with KnowledgeBase(keyless(documents, store), Embedder()) as knowledge:
        took = taken(lambda: asyncio.run(knowledge.sync()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"index      {took}, at most {peak:.0f} MB", flush=True)


def serve(documents: Path, store: Path, questions: Sequence[str], addition: str) -> None:
    """Asks, changes, asks while the next generation is built, and asks again."""
    with KnowledgeBase(keyless(documents, store), Embedder()) as knowledge:
        knowledge.search(questions[0])
        print(f"open       {_megabytes()}", flush=True)
        serving = threading.Thread(
            target=lambda: asyncio.run(knowledge.serve_vectors()), daemon=True
        )
        serving.start()
        while not (first := _served(store)):
            time.sleep(0.1)
        print(f"Chroma     {_asked(knowledge, questions)}")
        print(f"then       {_megabytes()}", flush=True)
        (documents / "added.txt").write_text(addition, encoding="utf-8")
        print(f"add one    {taken(lambda: asyncio.run(knowledge.sync()))}")
        print(f"exact      {_asked(knowledge, questions)}")
        print(f"then       {_megabytes()}", flush=True)
        began = time.perf_counter()
        while _served(store) in ("", first):
            print(f"meanwhile  {_asked(knowledge, questions)}", flush=True)
        print(f"swapped    after {time.perf_counter() - began:.0f} s")
        print(f"Chroma     {_asked(knowledge, questions)}")
        print(f"then       {_megabytes()}", flush=True)
        print(f"recall     {_recall(store)}", flush=True)
        sys.stdout.flush()
        os._exit(0)  # what keeps the vectors goes on for ever


def _served(store: Path) -> str:
    """The generation whose files this process has open."""
    place = str(folder_of(store.resolve()))
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            target = str(descriptor.readlink())
            if target.startswith(f"{place}{os.sep}isnad"):
                return Path(target).relative_to(place).parts[0]
    return ""


def _asked(knowledge: KnowledgeBase, questions: Sequence[str]) -> str:
    took = []
    for question in questions:
        started = time.perf_counter()
        knowledge.search(question)
        took.append(1000 * (time.perf_counter() - started))
    shares = (50, 95, 99)
    return ", ".join(f"p{one} {np.percentile(took, one):.0f} ms" for one in shares)


def _recall(store: Path) -> str:
    """The share of the ten nearest that Chroma finds."""
    reader, found = IndexReader(store), []
    snapshot, sealed = reader.read(lambda _, one: one), current(store, None)
    if not sealed:
        return "none"
    opened = VectorIndex(store, sealed, None)
    for number in range(50):
        vector = Embedder().embed_question(f"question {number}")
        best = np.argsort(-snapshot.lexical.similarities(vector), kind="stable")[:10]
        exact = set(snapshot.lexical.passages[best].tolist())
        found.append(len(exact & set(opened.nearest(vector, 10))) / 10)
    opened.close()
    reader.close()
    return f"{np.mean(found):.3f} of the ten nearest"


def _megabytes() -> str:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{memory('RssAnon'):.0f} + {memory('RssFile'):.0f} MB, at most {most:.0f} MB"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="work there, and keep it")
    options = parser.parse_args()
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    seeds = Path(__file__).parents[1] / "seeds"
    recombination = Recombination([read(seeds, one.path).text for one in scan(seeds)[0]])
    questions = [
        " ".join(recombination.report(10**6 + number).split()[20:28]) for number in range(QUESTIONS)
    ]
    with tempfile.TemporaryDirectory() as temporary:
        place = options.keep or Path(temporary)
        documents, store = place / "documents", place / "store"
        documents.mkdir(parents=True, exist_ok=True)
        grow(documents, recombination, 0, options.passages)
        print(f"{options.passages} passages of {options.passages // PASSAGES} files, {WIDTH} wide")
        in_fresh_process(index, documents, store)
        print(f"generation {taken(lambda: build_in_child(store))}")
        sealed = current(store, None)
        of_it = disk(folder_of(store) / sealed.name) if sealed else 0
        print(f"disk       {disk(store):.0f} MB, {of_it:.0f} of them Chroma's", flush=True)
        addition = recombination.report(-1)
        serving = get_context("spawn").Process(
            target=serve, args=(documents, store, questions, addition)
        )
        serving.start()
        serving.join()


if __name__ == "__main__":
    main()
