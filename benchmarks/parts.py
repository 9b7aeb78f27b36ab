"""The parts of the whole's speed: each measures something, and gives lines of the table."""

import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks import bot_overhead, cold_start, ingestion, own_work, statement
from benchmarks.fresh_process import in_fresh_process
from benchmarks.growth import grow
from benchmarks.own_work import Work
from benchmarks.question_set import read_question_set
from benchmarks.synthetic import Recombination
from benchmarks.table import Row
from rag.documents.document import understand
from rag.documents.reading import read, scan
from rag.text.language import language_of

SEEDS: Final = Path(__file__).parents[1] / "seeds"


@dataclass(frozen=True)
class Extent:
    """How much is measured."""

    sizes: Sequence[int] = (100, 10_000, 100_000)
    """Passages."""
    questions: int = 60
    runs: int = 7
    """Cold starts."""
    rounds: int = 5
    """Of the bots, each of so many questions:"""
    asked: int = 150
    statements: int = 12
    """Answers that statements are timed in."""
    files: int = 1000
    """That are ingested beside LlamaIndex's pipeline."""


QUICK: Final = Extent((100, 1000), 20, 1, 2, 40, 1, 100)


class Collections:
    """Collections of growing size: the seeds among synthetic reports, each indexed once."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._made: dict[int, Collection] = {}

    def of(self, size: int) -> "Collection":
        """That of so many passages, or of a few more."""
        if size not in self._made:
            here = self._place / str(size)
            documents, store = here / "documents", here / "isnad"
            shutil.copytree(SEEDS, documents)
            texts = [read(documents, state.path) for state in scan(documents)[0]]
            present = sum(len(understand(text).passages) for text in texts)
            grow(documents, Recombination([text.text for text in texts]), present, size)
            indexed = in_fresh_process(own_work.index, documents, store)
            self._made[size] = Collection(documents, store, indexed)
        return self._made[size]


@dataclass(frozen=True)
class Collection:
    """Documents, Isnad's index of them, and what making it took."""

    documents: Path
    store: Path
    indexed: own_work.Indexed


def help_(extent: Extent, _: Collections) -> Iterator[Row]:
    """The help of the command, which imports nothing heavy."""
    found = [cold_start.helped() for _ in range(extent.runs)]
    yield Row("`rag --help`", "s", statistics.median(one.seconds for one in found))


def cold(extent: Extent, _: Collections) -> Iterator[Row]:
    """Processes that have just been started."""
    found = cold_start.measure(extent.runs)
    ours, theirs = zip(*found.pairs, strict=True)

    def seconds(runs: Sequence[cold_start.Run]) -> float:
        return statistics.median(one.seconds for one in runs)

    yield Row("cold start to the first answer", "s", seconds(ours), seconds(theirs))
    yield Row("memory of that", "MB", ours[0].megabytes, theirs[0].megabytes)
    yield Row("memory of `bot` after ten questions", "MB", found.bot.megabytes)


def indexing(extent: Extent, collections: Collections) -> Iterator[Row]:
    """Indexing collections of each size, and again with nothing to do."""
    found = [collections.of(size).indexed for size in extent.sizes]
    for what, unit, field in (
        ("indexing everything, processor", "s", "processor"),
        ("indexing everything, clock", "s", "clock"),
        ("indexing everything, peak", "MB", "peak"),
        ("indexing with nothing to do", "s", "nothing"),
    ):
        for one in found:
            yield Row(what, unit, getattr(one, field), passages=one.passages)


def questions(extent: Extent, collections: Collections) -> Iterator[Row]:
    """What a question costs, at each size."""
    every = [one.question for one in read_question_set(None).examples]
    # In the documents' language: a question in another one is first put into theirs by the model.
    asked = [one for one in every if language_of(one) == "ar"][: extent.questions]
    with own_work.scripted_model() as model:
        taken = [list(_asked(collections.of(size), model, asked)) for size in extent.sizes]
    for measure in zip(*taken, strict=True):
        yield from measure


def _asked(one: Collection, model: str, asked: Sequence[str]) -> Iterator[Row]:
    """What questions about a collection cost."""
    other, count = one.store.with_name("starter"), one.indexed.passages
    in_fresh_process(own_work.build_starter, one.store, other)
    bare = in_fresh_process(own_work.chroma, other, asked)
    found = in_fresh_process(own_work.searches, one.documents, one.store, asked)
    ours = in_fresh_process(own_work.isnad, one.documents, one.store, None, asked)
    theirs = in_fresh_process(own_work.starter, other, None, asked)
    sdk = in_fresh_process(own_work.sdk, one.store, model, asked)
    written = in_fresh_process(own_work.isnad, one.documents, one.store, model, asked)
    others = in_fresh_process(own_work.starter, other, model, asked)
    shutil.rmtree(other)
    chroma, call, without, with_one = "Chroma", "the SDK", "without a model", "with a model"
    yield _compared("own work for a search", count, found, None, bare, chroma)
    yield _compared(f"own work, {without}", count, ours, theirs, bare, chroma)
    yield _compared(f"a question, {with_one}", count, written, others, sdk, call)
    own, its = own_work.above(written, sdk), own_work.above(others, sdk)
    yield Row(f"own work, {with_one}", "ms", own, its, passages=count)
    yield Row(f"memory, {without}", "MB", ours.megabytes, theirs.megabytes, passages=count)
    yield Row(f"memory, {with_one}", "MB", written.megabytes, others.megabytes, passages=count)


def _compared(
    what: str, passages: int, ours: Work, theirs: Work | None, bare: Work, bare_name: str
) -> Row:
    """A line of the medians of the processor's time."""
    other = theirs.processor if theirs else None
    return Row(what, "ms", ours.processor, other, bare.processor, bare_name, passages)


def statements(extent: Extent, _: Collections) -> Iterator[Row]:
    """From the last byte of a statement's mark to its reader."""
    for name, measure in (("terminal", statement.in_terminal), ("Telegram", statement.in_telegram)):
        took = measure(extent.statements)
        for share in (50, 95):
            what = f"a statement's end to the {name}, p{share}"
            yield Row(what, "ms", float(np.percentile(took, share)))


def ingested(extent: Extent, _: Collections) -> Iterator[Row]:
    """Indexing beside LlamaIndex's pipeline, by the processor's seconds."""
    recombination = Recombination([read(SEEDS, one.path).text for one in scan(SEEDS)[0]])
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder) / "documents"
        ingestion.write(documents, recombination, extent.files)
        ours, theirs = (
            ingestion.measured(system, documents, Path(folder) / "store", 1)
            for system in (ingestion.isnad, ingestion.llama_index)
        )
    for name, field in (("first", "first"), ("with nothing to do", "nothing"), ("one", "one")):
        what = f"index {extent.files:,} files: {name}"
        yield Row(what, "s of processor", getattr(ours, field), getattr(theirs, field))


def bots(extent: Extent, _: Collections) -> Iterator[Row]:
    """What our part of an answer in Telegram costs."""
    costs = bot_overhead.measure(extent.rounds, extent.asked, 20)
    found = {name: statistics.median(values) for name, values in costs.items()}
    what = "an answer in Telegram, scripted"
    yield Row(what, "ms of processor", found["isnad"], None, found["echo"], "an echo bot")


PARTS: Final[dict[str, Callable[[Extent, Collections], Iterator[Row]]]] = {
    "help": help_,
    "cold": cold,
    "indexing": indexing,
    "questions": questions,
    "statements": statements,
    "ingestion": ingested,
    "bot": bots,
}
