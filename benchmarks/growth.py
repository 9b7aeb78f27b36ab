"""Quality and time against the size of the collection, without a model.

The given documents lie among synthetic reports of 8 passages, and their questions are asked of
collections of growing size. Each size is indexed by one new process and served by another.

postings     megabytes of the postings and their keys, on disk
own, mapped  megabytes of the serving process after the questions: what it allocated, and what it
             touched of the index's files
add, most    seconds until a report that is added is in the index: median and most of 11, one
             after the other
then         milliseconds of the first question after that, median

The growth exponent of a column is the slope of its logarithm over that of the passages, over the
three largest sizes: 1 is proportional growth.
"""

import argparse
import asyncio
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.fresh_process import in_fresh_process
from benchmarks.keyless import keyless
from benchmarks.question_set import QuestionSet, read_question_set
from benchmarks.synthetic import PASSAGES, Recombination
from rag.documents.document import understand
from rag.documents.reading import read, scan
from rag.evaluation import DEPTH, Example, reciprocal_rank
from rag.index.segment import load
from rag.index.snapshot import segment_folder
from rag.knowledge_base import KnowledgeBase

SIZES: Final = (100, 300, 1000, 3000, 10_000, 30_000, 100_000)
MOST_QUESTIONS: Final = 200
ADDITIONS: Final = 11
FITTED: Final = 3
QUALITY: Final = "MRR@10"
COLUMNS: Final = (
    ("passages", 9, 0),
    ("index s", 9, 2),
    ("peak MB", 9, 0),
    ("postings", 10, 1),
    ("p50 ms", 8, 1),
    ("p95 ms", 8, 1),
    (QUALITY, 8, 1),
    ("own MB", 8, 0),
    ("mapped", 8, 0),
    ("add s", 8, 3),
    ("most s", 8, 3),
    ("then ms", 9, 1),
)
"""Title, width and digits of each column: the fields of `Indexed`, then those of `Served`."""


@dataclass(frozen=True)
class Indexed:
    """What indexing took, and what the index holds."""

    passages: int
    seconds: float
    peak: float
    postings: float


@dataclass(frozen=True)
class Served:
    """What serving took."""

    p50: float
    p95: float
    mrr: float
    own: float
    mapped: float
    add: float
    most: float
    then: float


def index(documents: Path, store: Path) -> Indexed:
    """Indexes a folder."""
    with KnowledgeBase.open(keyless(documents, store)) as knowledge:
        started = time.perf_counter()
        report = asyncio.run(knowledge.sync())
        seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Indexed(report.passages, seconds, peak, postings(store))


def postings(store: Path) -> float:
    """Megabytes of the postings and their keys in every segment of an index."""
    segments = [load(folder) for folder in segment_folder(store, "").iterdir()]
    arrays = [(one.keys, one.offsets, one.slots, one.counts) for one in segments]
    return sum(array.nbytes for group in arrays for array in group) / 2**20


def serve(
    documents: Path, store: Path, examples: Sequence[Example], additions: Sequence[str]
) -> Served:
    """Asks the questions of an index, then adds reports to it."""
    with KnowledgeBase.open(keyless(documents, store)) as knowledge:
        knowledge.search(examples[0].question, DEPTH)
        ranks, asking = [], []
        for example in examples:
            started = time.perf_counter()
            found = knowledge.search(example.question, DEPTH)
            asking.append(1000 * (time.perf_counter() - started))
            ranks.append(reciprocal_rank(example, [one.file for one in found]))
        own, mapped = memory("RssAnon"), memory("RssFile")
        folder = documents / "added"
        folder.mkdir()
        adding, then = [], []
        for number, text in enumerate(additions):
            (folder / f"{number}.txt").write_text(text, encoding="utf-8")
            started = time.perf_counter()
            asyncio.run(knowledge.sync())
            adding.append(time.perf_counter() - started)
            started = time.perf_counter()
            knowledge.search(examples[number % len(examples)].question, DEPTH)
            then.append(1000 * (time.perf_counter() - started))
        shutil.rmtree(folder)
    return Served(
        float(np.percentile(asking, 50)),
        float(np.percentile(asking, 95)),
        100 * statistics.fmean(ranks),
        own,
        mapped,
        statistics.median(adding),
        max(adding),
        statistics.median(then),
    )


def memory(kind: str) -> float:
    """Megabytes of a kind of this process's memory, as Linux tells it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:")) / 1024


def grow(documents: Path, recombination: Recombination, present: int, size: int) -> int:
    """Writes reports until there are `size` passages; gives how many there are then."""
    while present < size:
        path = documents / "synthetic" / f"{present // PASSAGES:06}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(recombination.report(present), encoding="utf-8")
        present += PASSAGES
    return present


def exponent(passages: Sequence[float], values: Sequence[float]) -> float:
    """How `values` grow with `passages`."""
    logs = np.log(passages[-FITTED:]), np.log(values[-FITTED:])
    return float(np.polyfit(*logs, 1)[0])


def table_head() -> str:
    """The titles of the columns."""
    return "".join(f"{title:>{width}}" for title, width, _ in COLUMNS)


def figures(one: tuple[Indexed, Served]) -> tuple[float, ...]:
    """The figures of a size, in the order of `COLUMNS`."""
    return (*astuple(one[0]), *astuple(one[1]))


def cells(one: tuple[Indexed, Served]) -> list[str]:
    """The figures of a size, each with its digits."""
    return [
        f"{value:,.{digits}f}" for value, (_, _, digits) in zip(figures(one), COLUMNS, strict=True)
    ]


def row(one: tuple[Indexed, Served]) -> str:
    """A line of the table."""
    return "".join(
        f"{cell:>{width}}" for cell, (_, width, _) in zip(cells(one), COLUMNS, strict=True)
    )


def exponents(rows: Sequence[Sequence[float]]) -> str:
    """The line of the growth exponents."""
    passages, *columns = zip(*rows, strict=True)
    cells = [f"{'exponent':>{COLUMNS[0][1]}}"]
    for values, (title, width, _) in zip(columns, COLUMNS[1:], strict=True):
        slope = "" if title == QUALITY else f"{exponent(passages, values):.2f}"
        cells.append(f"{slope:>{width}}")
    return "".join(cells)


def plot(path: Path, measured: Sequence[tuple[Indexed, Served]]) -> None:
    """Draws quality and times over the passages, as an image at `path`."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    passages = [indexed.passages for indexed, _ in measured]
    figure, (quality, times) = pyplot.subplots(1, 2, figsize=(11, 4.2), layout="constrained")
    quality.semilogx(passages, [served.mrr for _, served in measured], "o-")
    quality.set(xlabel="passages", ylabel="MRR@10 (%)", ylim=(0, 100), title="Quality")
    for label, seconds in (
        ("index everything", [indexed.seconds for indexed, _ in measured]),
        ("add 8 passages", [served.add for _, served in measured]),
        ("question, p95", [served.p95 / 1000 for _, served in measured]),
        ("question, p50", [served.p50 / 1000 for _, served in measured]),
    ):
        times.loglog(passages, seconds, "o-", label=label)
    times.set(xlabel="passages", ylabel="seconds", title="Time")
    times.legend()
    for axes in (quality, times):
        axes.grid(visible=True, alpha=0.3)
    figure.savefig(path, dpi=150)


def main() -> None:
    """Measures, prints and draws."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        help="a folder with docs/ and questions.jsonl (default: the seeds)",
    )
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, metavar="PASSAGES")
    parser.add_argument("--plot", type=Path, metavar="PNG", help="an image of the figures")
    options = parser.parse_args()
    found = []
    print(table_head())
    for one in measured(read_question_set(options.folder), options.sizes):
        found.append(one)
        print(row(one), flush=True)
    if len(found) >= FITTED:
        print(exponents([figures(one) for one in found]))
    if options.plot:
        plot(options.plot, found)


def measured(questions: QuestionSet, sizes: Sequence[int]) -> Iterator[tuple[Indexed, Served]]:
    """What collections of these sizes take, the smallest first, with the questions' documents."""
    examples = questions.examples[:: -(-len(questions.examples) // MOST_QUESTIONS)]
    with tempfile.TemporaryDirectory() as folder:
        documents, store = Path(folder) / "documents", Path(folder) / "store"
        shutil.copytree(questions.documents, documents)
        texts = [read(documents, state.path) for state in scan(documents)[0]]
        recombination = Recombination([text.text for text in texts])
        additions = [recombination.report(-1 - number) for number in range(ADDITIONS)]
        present = sum(len(understand(text).passages) for text in texts)
        for size in sorted({max(size, present) for size in sizes}):
            present = grow(documents, recombination, present, size)
            indexed = in_fresh_process(index, documents, store)
            served = in_fresh_process(serve, documents, store, examples, additions)
            shutil.rmtree(store)
            yield indexed, served


if __name__ == "__main__":
    main()
