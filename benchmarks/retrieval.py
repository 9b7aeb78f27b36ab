"""Retrieval without a model: Isnad beside LlamaIndex's BM25 retriever and bm25s.

Every system indexes the same files and is asked the same questions, one set in one process.
Prints, for each set, quality in percent; what Isnad has of MRR@10 over each other, with the 95 %
interval of a paired bootstrap over the questions; the seconds from the files to the index
(Isnad's is on disk, the others' in memory); and the milliseconds of a question.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.fresh_process import in_fresh_process
from benchmarks.question_set import QuestionSet, read_question_set
from rag.evaluation import Example, gain, recall, reciprocal_rank

RESAMPLES = 10_000
SEED = 20211017


@dataclass(frozen=True)
class Measured:
    """What a system did with a question set."""

    name: str
    index_seconds: float
    milliseconds: tuple[float, ...]
    ranked: tuple[tuple[str, ...], ...]
    """The files found for each question, best first."""


def measure(questions: QuestionSet) -> list[Measured]:
    """Every system on one set, in turn."""
    from benchmarks.systems import SYSTEMS

    found = []
    for name, system in SYSTEMS.items():
        with tempfile.TemporaryDirectory() as store:
            started = time.perf_counter()
            index = system(questions.documents, Path(store))
            seconds = time.perf_counter() - started
            index.search(questions.examples[0].question)
            ranked, spent = [], []
            for example in questions.examples:
                started = time.perf_counter()
                ranked.append(tuple(index.search(example.question)))
                spent.append(1000 * (time.perf_counter() - started))
        found.append(Measured(name, seconds, tuple(spent), tuple(ranked)))
    return found


def reciprocal_ranks(
    examples: Sequence[Example], ranked: Sequence[tuple[str, ...]]
) -> npt.NDArray[np.float64]:
    """The reciprocal rank of each question."""
    return np.array(list(map(reciprocal_rank, examples, ranked)))


def interval(differences: npt.NDArray[np.float64]) -> tuple[float, float]:
    """The 95 % interval of the mean by bootstrap (Efron, 1979)."""
    chance = np.random.default_rng(SEED)
    count = len(differences)
    means = [differences[chance.integers(count, size=count)].mean() for _ in range(RESAMPLES)]
    low, high = np.percentile(means, (2.5, 97.5))
    return float(low), float(high)


def rows(questions: QuestionSet, measured: Sequence[Measured]) -> Iterator[str]:
    """The lines of one set: all its questions, then each language where there are several."""
    examples = questions.examples
    languages = sorted({example.language for example in examples})
    parts = [(questions.name, "")]
    if len(languages) > 1:
        parts += [(f"{questions.name}, {language}", language) for language in languages]
    for title, language in parts:
        places = [i for i, one in enumerate(examples) if language in ("", one.language)]
        yield f"{title}: {len(places)} questions"
        chosen = [examples[place] for place in places]
        own = reciprocal_ranks(chosen, [measured[0].ranked[place] for place in places])
        for one in measured:
            found = [one.ranked[place] for place in places]
            spent = [one.milliseconds[place] for place in places]
            ahead = own - reciprocal_ranks(chosen, found)
            yield (
                f"  {one.name:28}"
                + quality(chosen, found)
                + (f"{'':26}" if one is measured[0] else lead(ahead))
                + (f"{'':8}" if language else f"{one.index_seconds:8.2f}")
                + f"{np.percentile(spent, 50):8.2f}{np.percentile(spent, 95):8.2f}"
            )


def quality(examples: Sequence[Example], ranked: Sequence[tuple[str, ...]]) -> str:
    """The quality cells, in percent."""
    pairs = list(zip(examples, ranked, strict=True))
    figures = (
        [reciprocal_rank(example, found) for example, found in pairs],
        [recall(example, found, 1) for example, found in pairs],
        [recall(example, found, 5) for example, found in pairs],
        [gain(example, found) for example, found in pairs],
    )
    return "".join(f"{100 * np.mean(values):8.1f}" for values in figures)


def lead(ahead: npt.NDArray[np.float64]) -> str:
    """The cell of Isnad's lead in MRR@10, in points."""
    low, high = interval(100 * ahead)
    return f"{100 * ahead.mean():+9.1f} ({low:+5.1f} to {high:+5.1f})"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folders",
        nargs="*",
        type=Path,
        help="question sets: folders with docs/ and questions.jsonl (default: the seeds)",
    )
    folders: list[Path | None] = parser.parse_args().folders or [None]
    packages = ("llama-index-retrievers-bm25", "bm25s", "PyStemmer")
    print(", ".join(f"{package} {version(package)}" for package in packages))
    print(
        f"{'':30}{'MRR@10':>8}{'R@1':>8}{'R@5':>8}{'nDCG@10':>8}"
        f"{'Isnad ahead (95 %)':>26}{'index s':>8}{'p50 ms':>8}{'p95 ms':>8}"
    )
    for folder in folders:
        questions = read_question_set(folder)
        for line in rows(questions, in_fresh_process(measure, questions)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
