"""Kills the indexer and the builder at random moments, and counts what that does to the index.

Documents are changed at random, a process brings the index up to date and builds Chroma's
generation, and is killed (`SIGKILL`, with all that it has started) at a random moment of a stage:
reading, embedding, writing, merging, building, trying out, swapping, cleaning. It says by file in
which stage it is. After each kill a process that was there all the time reads the index and asks it
a question, whose answer has to be that of an index built afresh from one state of the folder; the
generation in place is opened by another process and has to hold that revision and nothing else.

Vectors come from an OpenAI-compatible server on loopback, which counts what it is asked for.
"""

import argparse
import asyncio
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final, TypeAlias

from benchmarks.exact_ranking import ranking
from benchmarks.kill_victim import (
    BUILDING,
    DIMENSIONS,
    END,
    HELD,
    INDEXING,
    HttpEmbedder,
    MadeUpEmbedder,
    Task,
    work,
)
from benchmarks.kill_witness import fault_of, holding
from rag.errors import IndexUnavailable
from rag.index.building import build
from rag.index.generation import current
from rag.index.indexer import Indexer
from rag.index.paid_vectors import PaidVectors, text_hash
from rag.index.reader import IndexReader
from rag.knowledge_base import KnowledgeBase
from tests.library import settings_of
from tests.servers.openai_api import OpenAIServer

WORDS: Final = "باقري موسكو زيارة وزير اتفاق حدود سفير لجنة تقرير مكتبة بكين طهران بغداد".split()
_PATIENCE: Final = 60.0
_EMBEDDING_TAKES: Final = 0.03
_MOMENTS: Final = {
    "start": 0.05,
    "read": 0.05,
    "embed": 0.07,
    "write": 0.1,
    "build": 1.0,
    "try": 2.0,
}
"""Seconds within which a process is killed after it has said that the stage has begun."""
_OPERATIONS: Final = {"merge": 20, "sweep": 8, "leftovers": 8, "swap": 4, "clean": 8}
"""File operations of a stage that is too short: after one of them it waits to be killed."""
_TO_MERGE: Final = 6
"""Rounds of changes after which most of a segment is dead, so that segments are merged."""

Answer: TypeAlias = tuple[object, ...]


@dataclass
class Tally:
    """What was counted. All but the first four have to be 0."""

    kills: Counter[str] = field(default_factory=Counter)
    """By the stage that the victim was in."""
    revisions: int = 0
    in_flight: list[int] = field(default_factory=list)
    """Texts of the request whose vectors were not kept yet, of each kill."""
    again: int = 0
    """Texts that were paid for again because they were in flight."""
    lost: int = 0
    mixed: int = 0
    duplicates: int = 0
    passages_lost: int = 0
    paid_twice: int = 0
    """Beyond what was in flight."""
    unsound: int = 0
    """Generations that are gone, do not open, or hold another revision than they say."""
    different: int = 0
    """Questions whose ranking differs from that of an index built afresh, in the end."""
    failed: int = 0
    """Victims that ended of themselves, with an error."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, mixed, duplicated or paid for twice."""
        faults = (self.lost, self.mixed, self.duplicates, self.passages_lost, self.failed)
        return not any((*faults, self.paid_twice, self.unsound, self.different))


class Siege:
    """A folder of documents, its index, and one kill after the other."""

    def __init__(self, place: Path, server: OpenAIServer, seed: int, files: int) -> None:
        self.chance = random.Random(seed)
        self.server, self.place = server, place
        self.documents, self.data = place / "documents", place / "data"
        self.documents.mkdir()
        self.reader = IndexReader(self.data)
        self.asked = self._knowledge(self.data)
        self.tally = Tally()
        self.number = 0
        self.allowed = Counter[str]()
        """How often each text may be paid for again."""
        self.context = get_context("forkserver")
        self.context.set_forkserver_preload(["benchmarks.kills", "chromadb"])
        for _ in range(files):
            self._write(self._name())
        self._sync()
        self.revision, self.held = self.reader.read(holding)
        self.holdings = {self.held.key: self.held}
        self.afresh = self._built_afresh()

    def _sync(self) -> None:
        embedder = HttpEmbedder(self.server.url, self.server.key, self.number)
        Indexer(self.documents, self.data, embedder).sync()

    def _knowledge(self, data: Path) -> KnowledgeBase:
        settings = settings_of(documents_dir=self.documents, data_dir=data)
        return KnowledgeBase(settings, MadeUpEmbedder())

    def _name(self) -> str:
        return f"{self.chance.choice('abc')}/{self.chance.randrange(10**6)}.txt"

    def _write(self, name: str) -> None:
        path = self.documents / name
        path.parent.mkdir(exist_ok=True)
        sentence = " ".join(self.chance.choices(WORDS, k=9))
        text = f"{sentence} {self.chance.randrange(10**6)}. "
        path.write_text(text + f"{sentence}. " * self.chance.randrange(30), encoding="utf-8")

    def meddle(self) -> None:
        """Changes, adds, removes and renames some files."""
        for _ in range(self.chance.randrange(1, 25)):
            paths = sorted(self.documents.rglob("*.txt"))
            path = self.chance.choice(paths).relative_to(self.documents).as_posix()
            match self.chance.choice(["add", "add", "change", "change", "remove", "rename"]):
                case "add":
                    self._write(self._name())
                case "change":
                    self._write(path)
                case "remove" if len(paths) > 20:
                    (self.documents / path).unlink()
                case _:
                    target = self.documents / self._name()
                    target.parent.mkdir(exist_ok=True)
                    (self.documents / path).rename(target)

    # One kill

    def strike(self, stage: str) -> None:
        """Has a process work on a change, kills it in a stage, and looks at what it has left."""
        for _ in range(_TO_MERGE if stage == "merge" else 1):
            self.meddle()
        self.number += 1
        hold = (stage, self.chance.randint(1, _OPERATIONS[stage])) if stage in _OPERATIONS else None
        said = self.place / f"stages-{self.number}"
        builds = stage in BUILDING
        task = Task(
            *(self.documents, self.data, self.server.url, self.server.key),
            *(self.number, said, hold, builds),
        )
        there = current(self.data, None)
        process = self.context.Process(target=work, args=(task,))
        process.start()
        assert process.pid
        self._wait_for(stage, said, process, held=hold is not None)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.join()
        last = [one for one in said.read_text().split() if one != HELD][-1]
        if process.exitcode == -signal.SIGKILL and last != END:
            self.tally.kills[last] += 1
        self.tally.failed += process.exitcode not in (0, -signal.SIGKILL)
        self._examine()
        if builds:
            self.check_generation(must_be=there is not None)
        self._settle()

    def _wait_for(self, stage: str, said: Path, process: BaseProcess, *, held: bool) -> None:
        """Waits for a random moment of a stage, or for the end of the process."""
        wanted = HELD if held else stage
        until = time.monotonic() + _PATIENCE
        while process.is_alive() and time.monotonic() < until:
            with suppress(FileNotFoundError):
                if wanted in said.read_text().split():
                    time.sleep(0.0 if held else self.chance.random() * _MOMENTS[stage])
                    return
            time.sleep(0.001)

    def _examine(self) -> None:
        """Counts what a kill has done, as a process sees that was there all the time."""
        try:
            revision, held = self.reader.read(holding)
        except IndexUnavailable:
            self.tally.lost += 1
            return
        self.tally.lost += revision < self.revision
        self.tally.mixed += held.revisions > 1
        self.tally.duplicates += held.doubled
        if held.key != self.held.key:
            self.tally.revisions += 1
            self._end_afresh()
            self.afresh = self._built_afresh()
        self.revision, self.held = revision, held
        self.holdings[held.key] = held
        self.tally.passages_lost += len(self.fresh.places - held.places)
        self.tally.duplicates += len(held.places - self.fresh.places)
        question = " ".join(self.chance.choices(WORDS, k=3)) + "؟"
        self.tally.mixed += answer(self.asked, question) != answer(self.afresh, question)

    def _built_afresh(self) -> KnowledgeBase:
        """An index of the folder as it is now, which nobody has killed."""
        place = self.place / f"afresh-{self.number}"
        Indexer(self.documents, place, MadeUpEmbedder()).sync()
        reader = IndexReader(place)
        _, self.fresh = reader.read(holding)
        reader.close()
        return self._knowledge(place)

    def _end_afresh(self) -> None:
        self.afresh.close()
        for one in self.place.glob("afresh-*"):
            shutil.rmtree(one)

    def check_generation(self, *, must_be: bool) -> None:
        """Has the generation that the pointer names opened and asked, by another process."""
        generation = current(self.data, None)
        if generation is None:
            self.tally.unsound += must_be
            return
        held = self.holdings.get(generation.key)
        receives, sends = self.context.Pipe(duplex=False)
        witness = self.context.Process(target=fault_of, args=(self.data, generation, held, sends))
        witness.start()
        sends.close()
        try:
            fault = receives.recv() if receives.poll(_PATIENCE) else "it does not answer"
        except EOFError:
            fault = "it crashes who opens it"
        witness.kill()
        witness.join()
        if fault:
            print(f"generation {generation.name}: {fault}", file=sys.stderr)
        self.tally.unsound += fault != ""

    def _settle(self) -> None:
        """Notes which texts were in flight: of the last request, what is not kept."""
        mine = [
            one.body["input"]
            for one in list(self.server.requests)
            if one.headers.get("x-victim") == str(self.number)
        ]
        by_hash = {text_hash(text): text for text in mine[-1]} if mine else {}
        with PaidVectors(self.data) as kept:
            missing = kept.missing(MadeUpEmbedder.name, DIMENSIONS, list(by_hash))
        self.allowed.update(by_hash[one] for one in missing)
        self.tally.in_flight.append(len(missing))

    # The end

    def end(self) -> None:
        """Brings the index up to date at last, and compares it with one that is built afresh."""
        self.number += 1
        self._sync()
        self._examine()
        reader = IndexReader(next(self.place.glob("afresh-*")))
        for _ in range(50):
            question = " ".join(self.chance.choices(WORDS, k=3))
            vector = MadeUpEmbedder().embed_question(question)
            same = ranking(self.reader, question, vector) == ranking(reader, question, vector)
            self.tally.different += not same
        reader.close()
        for text, count in self.server.embedded.items():
            self.tally.again += min(count - 1, self.allowed[text])
            self.tally.paid_twice += max(0, count - 1 - self.allowed[text])
        self.afresh.close()
        self.asked.close()
        self.reader.close()


def answer(knowledge: KnowledgeBase, question: str) -> Answer:
    """What is answered, with everything that it rests on."""
    given = asyncio.run(knowledge.ask(question, with_model=False))
    cited = [(one.file, one.start, one.end, one.quote) for one in given.citations]
    return given.text, cited, [(one.file, one.start, one.end) for one in given.passages]


def besiege(
    place: Path,
    kills: int,
    *,
    stages: Sequence[str] = (*INDEXING, *BUILDING),
    seed: int = 1,
    files: int = 150,
    show: Callable[[Tally], None] = lambda _: None,
) -> Tally:
    """Kills so many times; gives what was counted."""
    with OpenAIServer(dimensions=DIMENSIONS) as server:
        server.embed = partial(_slowly, server.embed)
        siege = Siege(place, server, seed, files)
        for number in range(4 * kills):
            if siege.tally.kills.total() == kills:
                break
            siege.strike(stages[number % len(stages)])
            show(siege.tally)
        if {*stages} & {*BUILDING}:
            build(siege.data, None)
            siege.check_generation(must_be=True)
        siege.end()
        return siege.tally


def _slowly(embed: Callable[[list[str]], list[list[float]]], texts: list[str]) -> list[list[float]]:
    time.sleep(_EMBEDDING_TAKES)
    return embed(texts)


def counted(tally: Tally) -> None:
    """Says now and then how far it is."""
    if tally.kills.total() % 20 == 0:
        print(f"… {tally.kills.total()} kills: {'clean' if tally.is_clean else tally}", flush=True)


def main() -> None:
    """Kills and prints; 1 where something is not as it has to be."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        tally = besiege(Path(place), options.kills, seed=options.seed, show=counted)
    stages = ", ".join(f"{one} {tally.kills[one]}" for one in (*INDEXING, *BUILDING))
    flying = [count for count in tally.in_flight if count]
    print(f"kills              {tally.kills.total()} ({stages})")
    print(f"revisions          {tally.revisions}")
    print(f"indexes lost       {tally.lost}")
    print(f"mixed revisions    {tally.mixed}")
    print(f"duplicates         {tally.duplicates}")
    print(f"passages lost      {tally.passages_lost}")
    print(f"generations lost   {tally.unsound}")
    print(f"victims that failed {tally.failed}")
    print(f"unlike a fresh one {tally.different} of 50 rankings")
    most = max(flying, default=0)
    print(f"in flight          {sum(flying)} texts at {len(flying)} kills, most {most}")
    print(f"paid twice         {tally.again} of those, {tally.paid_twice} others")
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"it took            {time.monotonic() - began:.0f} s; load average {load}")
    everywhere = all(tally.kills[one] for one in (*INDEXING, *BUILDING))
    sys.exit(not tally.is_clean or not everywhere or tally.kills.total() < options.kills)


if __name__ == "__main__":
    # Under its own name, so that the processes that are killed find all of it imported already.
    from benchmarks import kills

    kills.main()
