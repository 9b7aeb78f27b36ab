"""Questions while the index is brought up to date by another process: failed, mixed, how slow.

Each round changes every file, and every sentence names its round: what is cited has to be of the
round that the answer's revision is, and of no other. The vectors are paid for, over HTTP, at a
server in a process of its own; the asker serves them from Chroma, and each round waits until it
has opened the generation that was built of it. The same questions are asked before, in quiet.

Ends with 1 where a question failed or was mixed, where a generation was not swapped in, or where
p99 was more than twice that of the quiet run.
"""

import argparse
import asyncio
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import numpy as np
from pydantic import HttpUrl, SecretStr

from rag.index.generation import current, folder_of
from rag.index.indexer import Indexer
from rag.knowledge_base import KnowledgeBase, embedder_of
from rag.settings import Settings

WORDS: Final = "باقري موسكو زيارة وزير اتفاق حدود سفير لجنة تقرير مكتبة بكين طهران بغداد".split()
ROUND: Final = re.compile(r"جولة-(\d+)")
KEY: Final = "sk-of-nobody-0123456789"
WIDTH: Final = 256
MOST_SLOWED: Final = 2.0
SWAPPED_WITHIN: Final = 120.0
"""Seconds."""

COLUMNS: Final = ("questions", "failed", "cited", "mixed", "rounds", "p50 ms", "p99 ms")


@dataclass
class Asked:
    """What came of questions."""

    questions: int = 0
    failed: int = 0
    cited: int = 0
    mixed: int = 0
    """Answers that cite another round than that of the revision they name."""
    rounds: int = 0
    p50: float = 0.0
    p99: float = 0.0
    seen: list[tuple[int, frozenset[int]]] = field(default_factory=list, repr=False)
    """The revision that each answer names, and the rounds of what it cites."""

    def row(self) -> str:
        """The columns."""
        counts = (self.questions, self.failed, self.cited, self.mixed, self.rounds)
        return "".join(f"{count:10}" for count in counts) + f"{self.p50:10.1f}{self.p99:10.1f}"


def serve(pipe: Connection) -> None:
    """An embedding server, until the other end of the pipe says something or closes."""
    from tests.servers.openai_api import OpenAIServer

    with OpenAIServer(KEY, ["paid"], WIDTH) as server:
        pipe.send(server.url)
        with suppress(EOFError):
            pipe.recv()


@contextmanager
def embedding_server() -> Iterator[str]:
    """The address of an embedding server in a process of its own."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send("")
        process.join()


def settings_of(documents: Path, data: Path, url: str) -> Settings:
    """Settings with a paid embedding model, whatever the environment says."""
    return Settings(
        documents_dir=documents,
        data_dir=data,
        openai_base_url=HttpUrl(url),
        openai_api_key=SecretStr(KEY),
        openai_embedding_model="paid",
    )


def write(documents: Path, files: int, number: int) -> None:
    """Writes every file anew, for a round."""
    chance = random.Random(1)
    for place in range(files):
        one, other = chance.choices(WORDS, k=2)
        draft = documents / f"{place}.draft"
        told = f"أعلنت اللجنة رقم {place} في جولة-{number} أن {one} التقى {other} هناك."
        draft.write_text(f"تقرير {place}\n\n{told}\n", encoding="utf-8")
        draft.rename(documents / f"{place}.txt")


def open_generations(process: int, data: Path) -> set[str]:
    """The names of the generations that a process has open. Linux only."""
    place, found = folder_of(data).resolve(), set()
    for link in Path(f"/proc/{process}/fd").iterdir():
        with suppress(OSError, ValueError):  # closed meanwhile, or elsewhere
            found.add(link.readlink().relative_to(place).parts[0])
    return found


def is_swapped(process: int, data: Path, revision: int) -> bool:
    """Whether a process has the generation of a revision open, in time."""
    end = time.monotonic() + SWAPPED_WITHIN
    while time.monotonic() < end:
        there = current(data, None)
        if there and there.revision == revision and there.name in open_generations(process, data):
            return True
        time.sleep(0.2)
    return False


def reindex(settings: Settings, files: int, rounds: int, asker: int) -> tuple[dict[int, int], int]:
    """What goes on meanwhile: the round of each revision, and the generations swapped in.

    `asker` is the process that serves them; 0: nobody does, and none is waited for.
    """
    documents, data, made, swaps = settings.documents_dir, settings.data_dir, {}, 0
    for number in range(1, rounds + 1):
        write(documents, files, number)
        revision = Indexer(documents, data, embedder_of(settings)).sync().revision
        made[revision] = number
        if asker:
            swaps += is_swapped(asker, data, revision)
    return made, swaps


async def ask(
    knowledge: KnowledgeBase, files: int, goes_on: Callable[[int], bool], pause: float
) -> Asked:
    """Asks as long as it goes on."""
    chance, took, asked = random.Random(2), [], Asked()
    while goes_on(asked.questions):
        question = f"ماذا أعلنت اللجنة رقم {chance.randrange(files)}؟"
        started = time.perf_counter()
        try:
            answer = await knowledge.ask(question, with_model=False)
        except Exception as error:  # noqa: BLE001 (it is what is counted)
            print(f"failed: {error}")
            asked.failed += 1
        else:
            said = "\n".join((answer.text, *(one.quote for one in answer.citations)))
            asked.cited += bool(answer.citations)
            asked.seen.append((answer.revision, frozenset(map(int, ROUND.findall(said)))))
        took.append(1000 * (time.perf_counter() - started))
        asked.questions += 1
        await asyncio.sleep(pause)
    asked.rounds = len({number for _, numbers in asked.seen for number in numbers})
    asked.p50, asked.p99 = (float(np.percentile(took, share)) for share in (50, 99))
    return asked


def count_mixed(asked: Asked, made: dict[int, int]) -> None:
    """Counts the answers that cite what the revision they name does not say."""
    asked.mixed = sum(
        revision not in made or not numbers <= {made[revision]} for revision, numbers in asked.seen
    )


async def measured(
    settings: Settings, files: int, rounds: int, questions: int, *, swaps: bool, pause: float
) -> tuple[Asked, Asked, int]:
    """What came of questions in quiet, and of those during the rounds; and the swaps."""
    with KnowledgeBase.open(settings) as knowledge:
        first = (await knowledge.sync()).revision
        serving = asyncio.create_task(knowledge.serve_vectors()) if swaps else None
        if swaps:
            await asyncio.to_thread(is_swapped, os.getpid(), settings.data_dir, first)
        await knowledge.ask("ماذا أعلنت اللجنة رقم 1؟", with_model=False)
        quiet = await ask(knowledge, files, lambda count: count < questions, pause)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            work = pool.submit(reindex, settings, files, rounds, os.getpid() if swaps else 0)
            during = await ask(
                knowledge, files, lambda count: not work.done() or count < questions, pause
            )
            made, swapped = work.result()
        if serving:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving
    for one in (quiet, during):
        count_mixed(one, {first: 0, **made})
    return quiet, during, swapped


def measure(
    place: Path,
    files: int,
    rounds: int,
    questions: int,
    *,
    swaps: bool = False,
    pause: float = 0.0,
) -> tuple[Asked, Asked, int]:
    """As `measured`, with a folder and an embedding server of its own.

    With `swaps` the vectors are served from Chroma. `pause`: seconds between two questions.
    """
    documents, data = place / "documents", place / "data"
    documents.mkdir()
    write(documents, files, 0)
    with embedding_server() as url:
        settings = settings_of(documents, data, url)
        return asyncio.run(measured(settings, files, rounds, questions, swaps=swaps, pause=pause))


def main() -> int:
    """Measures and prints; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--pause", type=float, default=0.02, help="seconds between questions")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        quiet, during, swaps = measure(
            Path(place), options.files, options.rounds, options.questions,
            swaps=True, pause=options.pause,
        )  # fmt: skip
    print(f"{'':8}" + "".join(f"{column:>10}" for column in COLUMNS))
    for name, one in (("quiet", quiet), ("during", during)):
        print(f"{name:8}{one.row()}")
    slowed = during.p99 / quiet.p99
    print(f"p99 during / quiet: {slowed:.2f}; generations swapped in: {swaps} of {options.rounds}")
    print("load average:", *(f"{one:.1f}" for one in os.getloadavg()))
    failed, mixed = quiet.failed + during.failed, quiet.mixed + during.mixed
    missed = failed or mixed or swaps < options.rounds or slowed > MOST_SLOWED
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
