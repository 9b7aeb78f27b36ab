"""Questions while the index is brought up to date by another process: failed, mixed, how slow.

Each round changes every file, and every passage names its round: a result of two rounds is of two
revisions. The same questions are asked before, while nothing changes.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.keyless import keyless
from rag.index.embedding import LocalEmbedder
from rag.index.indexer import Indexer
from rag.knowledge_base import KnowledgeBase

WORDS: Final = "باقري موسكو زيارة وزير اتفاق حدود سفير لجنة تقرير مكتبة بكين طهران بغداد".split()

COLUMNS: Final = ("failed", "mixed", "rounds", "p50 ms", "p99 ms")


@dataclass
class Asked:
    """What came of questions."""

    questions: int = 0
    failed: int = 0
    mixed: int = 0
    rounds: int = 0
    p50: float = 0.0
    p99: float = 0.0


def write(documents: Path, files: int, number: int) -> None:
    """Writes every file anew, for a round."""
    chance = random.Random(1)
    for place in range(files):
        words = " ".join(chance.choices(WORDS, k=12))
        path = documents / f"{place}.txt"
        path.with_suffix(".draft").write_text(f"{words} {place} جولة-{number}. ", encoding="utf-8")
        path.with_suffix(".draft").rename(path)


def reindex(documents: Path, data: Path, files: int, rounds: int) -> None:
    """What goes on meanwhile."""
    for number in range(1, rounds + 1):
        write(documents, files, number)
        Indexer(documents, data, LocalEmbedder()).sync()


def ask(knowledge: KnowledgeBase, goes_on: Callable[[int], bool]) -> Asked:
    """Asks as long as it goes on."""
    chance, took, asked = random.Random(2), [], Asked()
    seen = set()
    while goes_on(asked.questions):
        question = " ".join(chance.choices(WORDS, k=3))
        started = time.perf_counter()
        try:
            found = knowledge.search(question)
        except Exception as error:  # noqa: BLE001 (it is what is counted)
            print(f"failed: {error}")
            asked.failed += 1
            found = []
        took.append(1000 * (time.perf_counter() - started))
        rounds = {one.text.rpartition("جولة-")[2].split(".")[0] for one in found}
        seen |= rounds
        asked.mixed += len(rounds) > 1
        asked.questions += 1
    asked.rounds = len(seen)
    asked.p50, asked.p99 = (float(np.percentile(took, share)) for share in (50, 99))
    return asked


def measure(place: Path, files: int, rounds: int, questions: int) -> tuple[Asked, Asked]:
    """What came of questions in quiet, and while the index was brought up to date."""
    documents, data = place / "documents", place / "data"
    documents.mkdir()
    write(documents, files, 0)
    Indexer(documents, data, LocalEmbedder()).sync()
    with KnowledgeBase.open(keyless(documents, data)) as knowledge:
        knowledge.search("زيارة")
        quiet = ask(knowledge, lambda count: count < questions)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            work = pool.submit(reindex, documents, data, files, rounds)
            during = ask(knowledge, lambda count: not work.done() or count < questions)
            work.result()
    return quiet, during


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--questions", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        found = measure(Path(place), options.files, options.rounds, options.questions)
    print(
        f"{'':8}{'questions':>10}{'failed':>8}{'mixed':>8}{'rounds':>8}{'p50 ms':>8}{'p99 ms':>8}"
    )
    for name, one in zip(("quiet", "during"), found, strict=True):
        counts = f"{one.questions:10}{one.failed:8}{one.mixed:8}{one.rounds:8}"
        print(f"{name:8}{counts}{one.p50:8.1f}{one.p99:8.1f}")


if __name__ == "__main__":
    main()
