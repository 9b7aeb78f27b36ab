"""Quality and time against the size of the collection, without a model.

The given documents lie among synthetic reports, and their questions are asked of collections of
growing size. Each size is indexed by one new process and served by another, whose memory is taken
after the questions (`own`: what it allocated; `mapped`: pages of the index's files). Then reports
of 8 passages are added, one at a time: the seconds until one is in the index, and the
milliseconds of the first question after that. The growth exponent of a column is the slope of its
logarithm over that of the passages, over the largest three sizes: 1 is proportional growth.
"""

import argparse
import asyncio
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.fresh_process import in_fresh_process
from benchmarks.question_set import (
    DEPTH,
    QuestionSet,
    keyless,
    read_question_set,
    reciprocal_rank,
)
from benchmarks.synthetic import PASSAGES, Recombination
from rag.documents.document import understand
from rag.documents.reading import read, scan
from rag.index.segment import load
from rag.index.snapshot import segment_folder
from rag.knowledge_base import KnowledgeBase

SIZES: Final = (100, 300, 1000, 3000, 10_000, 30_000, 100_000)
MOST_QUESTIONS: Final = 200
ADDITIONS: Final = 11
ADDED: Final = 10_000_000
"""The number of the first synthetic report that is added to a finished collection."""
FITTED: Final = 3


@dataclass(frozen=True)
class Indexed:
    """What indexing took."""

    passages: int
    seconds: float
    peak_megabytes: float


@dataclass(frozen=True)
class Served:
    """What serving took; times in milliseconds, sizes in megabytes."""

    p50: float
    p95: float
    mrr: float
    own: float
    mapped: float
    postings: float
    add: float
    add_most: float
    after: float


@dataclass(frozen=True)
class Grown:
    """The figures of one size."""

    indexed: Indexed
    served: Served

    def values(self) -> tuple[float, ...]:
        """The cells of the row, in the order of `COLUMNS`."""
        one, other = self.indexed, self.served
        return (
            one.passages,
            one.seconds,
            one.peak_megabytes,
            other.postings,
            other.p50,
            other.p95,
            100 * other.mrr,
            other.own,
            other.mapped,
            other.add,
            other.add_most,
            other.after,
        )


COLUMNS: Final = (
    ("passages", "{:9.0f}"),
    ("index s", "{:9.2f}"),
    ("peak MB", "{:9.0f}"),
    ("postgs MB", "{:10.1f}"),
    ("p50 ms", "{:8.1f}"),
    ("p95 ms", "{:8.1f}"),
    ("MRR@10", "{:8.1f}"),
    ("own MB", "{:8.0f}"),
    ("mapped MB", "{:10.0f}"),
    ("add s", "{:8.3f}"),
    ("most s", "{:8.3f}"),
    ("then ms", "{:9.1f}"),
)
SHARES: Final = frozenset({"passages", "MRR@10"})
"""The columns without a growth exponent."""


def index(documents: Path, store: Path) -> Indexed:
    """Indexes a folder."""
    with KnowledgeBase.open(keyless(documents, store)) as knowledge:
        started = time.perf_counter()
        report = asyncio.run(knowledge.sync())
        seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Indexed(report.passages, seconds, peak)


def serve(documents: Path, store: Path, questions: QuestionSet, extra: Sequence[str]) -> Served:
    """Asks the index of a folder the questions, then adds the reports `extra` to it."""
    ranks, spent, adding, after = [], [], [], []
    with KnowledgeBase.open(keyless(documents, store)) as knowledge:
        knowledge.search(questions.examples[0].question, DEPTH)
        for example in questions.examples:
            started = time.perf_counter()
            found = knowledge.search(example.question, DEPTH)
            spent.append(1000 * (time.perf_counter() - started))
            ranks.append(reciprocal_rank(example, [one.file for one in found]))
        own, mapped = memory("RssAnon"), memory("RssFile")
        postings = postings_megabytes(store)
        folder = documents / "added"
        folder.mkdir()
        for number, text in enumerate(extra):
            (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
            started = time.perf_counter()
            asyncio.run(knowledge.sync())
            adding.append(time.perf_counter() - started)
            started = time.perf_counter()
            knowledge.search(questions.examples[number % len(questions.examples)].question, DEPTH)
            after.append(1000 * (time.perf_counter() - started))
        shutil.rmtree(folder)
    return Served(
        float(np.percentile(spent, 50)),
        float(np.percentile(spent, 95)),
        statistics.fmean(ranks),
        own,
        mapped,
        postings,
        statistics.median(adding),
        max(adding),
        statistics.median(after),
    )


def memory(kind: str) -> float:
    """Megabytes of this process's memory of a kind, as Linux has it."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{kind}:"):
            return int(line.split()[1]) / 1024
    raise SystemExit(f"/proc/self/status has no {kind}")


def postings_megabytes(store: Path) -> float:
    """Megabytes of the postings and their keys in every segment of an index."""
    segments = [load(folder) for folder in segment_folder(store, "").iterdir()]
    return sum(
        array.nbytes
        for one in segments
        for array in (one.keys, one.offsets, one.slots, one.counts)
    ) / 2**20


def collections(documents: Path, sizes: Sequence[int], folder: Path) -> Iterator[int]:
    """Makes `folder` grow from size to size; gives each size once it has so many passages.

    Sizes below that of the documents themselves are left out.
    """
    shutil.copytree(documents, folder, dirs_exist_ok=True)
    texts = [read(folder, state.path) for state in scan(folder)[0]]
    passages = sum(len(understand(text).passages) for text in texts)
    recombination = Recombination([text.text for text in texts])
    number = 0
    for size in sorted(size for size in sizes if size >= passages):
        while passages < size:
            number += 1
            path = folder / "synthetic" / f"{number // 1000:03}" / f"{number:06}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(recombination.report(number), encoding="utf-8")
            passages += PASSAGES
        yield size


def exponent(sizes: Sequence[float], values: Sequence[float]) -> float:
    """The slope of `values` over `sizes`, both as logarithms, over the largest sizes."""
    last = slice(-FITTED, None)
    return float(np.polyfit(np.log(sizes[last]), np.log(np.maximum(values[last], 1e-9)), 1)[0])


def plot(path: Path, grown: Sequence[Grown]) -> None:
    """Draws quality and times over the passages, as an image at `path`."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    sizes = [one.indexed.passages for one in grown]
    figure, (quality, times) = pyplot.subplots(1, 2, figsize=(11, 4.2), layout="constrained")
    quality.semilogx(sizes, [100 * one.served.mrr for one in grown], "o-")
    quality.set(xlabel="passages", ylabel="MRR@10, %", ylim=(0, 100), title="Quality")
    for label, values in (
        ("index the whole", [one.indexed.seconds for one in grown]),
        ("add 8 passages", [one.served.add for one in grown]),
        ("question, p95", [one.served.p95 / 1000 for one in grown]),
        ("question, p50", [one.served.p50 / 1000 for one in grown]),
    ):
        times.loglog(sizes, values, "o-", label=label)
    times.set(xlabel="passages", ylabel="seconds", title="Time")
    times.legend()
    for axes in (quality, times):
        axes.grid(visible=True, alpha=0.3)
    figure.savefig(path, dpi=150)


def main() -> None:
    """Measures, prints and draws."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        help="a folder with docs/ and questions.jsonl (default: the seeds)",
    )
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, metavar="PASSAGES")
    parser.add_argument("--plot", type=Path, metavar="PNG", help="where to draw the figures")
    options = parser.parse_args()
    questions = read_question_set(options.folder).sample(MOST_QUESTIONS)
    print("".join(f"{name:>{len(cell.format(0))}}" for name, cell in COLUMNS))
    grown = []
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder) / "documents"
        for size in collections(questions.documents, options.sizes, documents):
            store = Path(folder) / f"store-{size}"
            indexed = in_fresh_process(index, documents, store)
            served = in_fresh_process(serve, documents, store, questions, extra)
            shutil.rmtree(store)
            grown.append(Grown(indexed, served))
            print(
                "".join(
                    cell.format(value)
                    for (_, cell), value in zip(COLUMNS, grown[-1].values(), strict=True)
                ),
                flush=True,
            )


if __name__ == "__main__":
    main()
