"""Retrieval without a model: Isnad beside the recipe that it began with and beside other systems.

    python -m benchmarks.retrieval [FOLDER …] [--sets FOLDER]
                           question sets, or a folder of them; without any, the seeds
    … --spoilt 300         and spelling, typing, short replies and refusal, of 300 questions a set
    … --sizes 1000 10000   and quality and time of collections of these sizes, with a plot
    … --write              and keeps all of it in docs/retrieval.md

Every system indexes the same files and is asked the same questions, one set in one process.
"the recipe" is the three lexical channels alone: no synonyms, no reading, no embedding, words as
they are typed. In brackets: the 95 % interval by bootstrap over the questions, of a lead the
paired one. Where there are several Arabic sets, the seeds are also asked among all their documents.
"""

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from benchmarks import growth, robustness
from benchmarks.fresh_process import in_fresh_process
from benchmarks.question_set import QuestionSet, read_question_set
from rag.evaluation import Example, gain, recall, reciprocal_rank

Scores = npt.NDArray[np.float64]

PROJECT: Final = Path(__file__).parents[1]
PAGE: Final = PROJECT / "docs" / "retrieval.md"
PICTURE: Final = PROJECT / "docs" / "growth.png"
BEGIN: Final = "<!-- measured -->"
END: Final = "<!-- end of what was measured -->"
POOLED: Final = "seeds among others"
RESAMPLES: Final = 10_000
SEED: Final = 20211017
METRICS: Final = ("nDCG@10", "MRR@10", "R@1", "R@5")
AIMS: Final = {
    ("mlqa-ar", "nDCG@10"): 80.5,
    ("arcd-train", "MRR@10"): 85.0,
    ("arcd-train", "R@5"): 95.0,
    ("tydi-ar", "MRR@10"): 94.0,
    ("pquad-fa", "MRR@10"): 96.8,
    ("pud-wiki-en2ar", "R@1"): 78.0,
    ("pud-wiki-en2ar", "R@5"): 88.0,
    **{(f"{POOLED}, {language}", "R@5"): 97.0 for language in ("ar", "en", "fa")},
}
"""What the rows are to reach, in percent."""
OTHERS: Final = {
    "respelt": "≤ 0.2",
    "mistyped": "≤ 3",
    "reply": "≥ 76, of all sets together",
    "AUROC": "≥ 97.5",
    "let through": "≤ 13",
}


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


def quality(questions: QuestionSet, measured: Sequence[Measured]) -> Iterator[str]:
    """The rows of one set: all its questions, or each language where there are several."""
    languages = sorted({example.language for example in questions.examples})
    for language in languages:
        title = questions.name if len(languages) == 1 else f"{questions.name}, {language}"
        places = [at for at, one in enumerate(questions.examples) if one.language == language]
        asked = [questions.examples[place] for place in places]
        figures = [scores(asked, [one.ranked[place] for place in places]) for one in measured]
        isnad, recipe, *others = figures
        of_isnad, of_lead = intervals(isnad), intervals(isnad - recipe)
        for at, metric in enumerate(METRICS):
            mean, ahead = isnad[:, at].mean(), (isnad - recipe)[:, at].mean()
            aim = AIMS.get((title, metric))
            cells = [
                "" if at else f"{title}, {len(asked):,}",
                metric,
                *(f"{one[:, at].mean():.1f}" for one in (*others, recipe)),
                f"{mean:.1f} ({of_isnad[at][0]:.1f} to {of_isnad[at][1]:.1f})",
                f"{ahead:+.1f} ({of_lead[at][0]:+.1f} to {of_lead[at][1]:+.1f})",
                "" if aim is None else f"{aim:g}" if round(mean, 1) >= aim else f"**{aim:g}**",
            ]
            yield f"| {' | '.join(cells)} |"


def scores(examples: Sequence[Example], ranked: Sequence[tuple[str, ...]]) -> Scores:
    """The figures of each question, in percent, in the order of `METRICS`."""
    pairs = list(zip(examples, ranked, strict=True))
    return 100 * np.array(
        [
            (gain(*pair), reciprocal_rank(*pair), recall(*pair, 1), recall(*pair, 5))
            for pair in pairs
        ]
    )


def intervals(values: Scores) -> list[tuple[float, float]]:
    """The 95 % interval of the mean of each column by bootstrap over its lines (Efron, 1979)."""
    count = len(values)
    often = np.random.default_rng(SEED).multinomial(count, [1 / count] * count, RESAMPLES)
    low, high = np.percentile(often @ values / count, (2.5, 97.5), axis=0)
    return list(zip(low.tolist(), high.tolist(), strict=True))


def times(questions: QuestionSet, measured: Sequence[Measured]) -> Iterator[str]:
    """How long each system took for a set."""
    for one in measured:
        middle, most = np.percentile(one.milliseconds, (50, 95))
        spent = (one.index_seconds, middle, most)
        yield f"| {questions.name} | {one.name} | {' | '.join(f'{value:.2f}' for value in spent)} |"


def head(titles: Sequence[str]) -> Iterator[str]:
    """The head of a table, after an empty line."""
    yield from ("", f"| {' | '.join(titles)} |", f"| {' | '.join('---' for _ in titles)} |")


def ranking(sets: Sequence[QuestionSet]) -> Iterator[str]:
    """The tables of quality and of time."""
    from benchmarks.systems import SYSTEMS

    isnad, recipe, *others = SYSTEMS
    yield from head(["set, questions", "", *others, recipe, isnad, "ahead of the recipe", "aim"])
    spent: list[str] = []
    for one in sets:
        measured = in_fresh_process(measure, one)
        yield from quality(one, measured)
        spent += times(one, measured)
    yield from head(["set", "system", "index s", "p50 ms", "p95 ms"])
    yield from spent


def spoilt(sets: Sequence[QuestionSet], most: int) -> Iterator[str]:
    """The table of spelling, replies and refusal; last all Arabic sets in one collection."""
    titles = [f"{one} ({OTHERS[one]})" if one in OTHERS else one for one in robustness.COLUMNS]
    yield from head(["set", "questions", *titles])
    asked = [robustness.thinned(one, most) for one in sets]
    with tempfile.TemporaryDirectory() as folder:
        arabic = arabic_of(asked)
        pool = [robustness.together(arabic, Path(folder))] if len(arabic) > 1 else []
        for one in [*asked, *pool]:
            found = in_fresh_process(robustness.measure, one)
            cells = (f"{value:.1f}" for value in found.figures)
            yield f"| {one.name} | {found.questions:,} | {' | '.join(cells)} |"


def grown(sizes: Sequence[int], picture: Path | None) -> Iterator[str]:
    """The table of collections of these sizes, and the plot."""
    yield from head([title for title, _, _ in growth.COLUMNS])
    found = []
    for one in growth.measured(read_question_set(None), sizes):
        found.append(one)
        yield f"| {' | '.join(growth.cells(one))} |"
    if picture:
        growth.plot(picture, found)


def arabic_of(sets: Sequence[QuestionSet]) -> list[QuestionSet]:
    """Those of the sets that ask in Arabic alone."""
    return [one for one in sets if {each.language for each in one.examples} == {"ar"}]


def seeds_among(sets: Sequence[QuestionSet], folder: Path) -> QuestionSet:
    """The questions about the seeds, their documents among those of all the sets."""
    seeds = read_question_set(None)
    pool = robustness.together([seeds, *sets], folder)
    return replace(pool, name=POOLED, examples=pool.examples[: len(seeds.examples)])


def circumstances() -> str:
    """When, on what machine and with which packages it was measured."""
    packages = ("llama-index-retrievers-bm25", "bm25s", "PyStemmer")
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    today, machine = datetime.now(UTC).date(), f"{os.cpu_count()} processors, {platform.machine()}"
    return f"Measured on {today}: {machine}, Python {platform.python_version()}, {versions}."


def write(page: Path, told: str, lines: Sequence[str]) -> None:
    """Puts what was measured in its place on the page, after how it was."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    inner = "\n".join((told, *lines))
    page.write_text(f"{before}{BEGIN}\n{inner}\n{END}{after}", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures, prints, draws."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folders", nargs="*", type=Path, help="folders with docs/ and questions.jsonl"
    )
    parser.add_argument("--sets", type=Path, metavar="FOLDER", help="a folder of such folders")
    parser.add_argument("--spoilt", type=int, default=0, metavar="QUESTIONS")
    parser.add_argument("--sizes", nargs="+", type=int, default=(), metavar="PASSAGES")
    parser.add_argument("--plot", type=Path, metavar="PNG", help="an image of what grows")
    parser.add_argument("--write", action="store_true", help="docs/retrieval.md, docs/growth.png")
    given = parser.parse_args(arguments)
    found = sorted(one.parent for one in given.sets.glob("*/questions.jsonl")) if given.sets else []
    folders: list[Path | None] = [*given.folders, *found] or [None]
    sets = [read_question_set(one) for one in folders]
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for line in every_line(given, sets, Path(folder)):
            print(line, flush=True)
            lines.append(line)
    if given.write:
        write(PAGE, circumstances(), lines)


def every_line(
    given: argparse.Namespace, sets: Sequence[QuestionSet], folder: Path
) -> Iterator[str]:
    """The lines of all that is to be measured."""
    arabic = arabic_of(sets)
    yield from ranking([*sets, seeds_among(arabic, folder)] if len(arabic) > 1 else sets)
    if given.spoilt:
        yield from spoilt(sets, given.spoilt)
    if given.sizes:
        yield from grown(given.sizes, given.plot or (PICTURE if given.write else None))


if __name__ == "__main__":
    main()
