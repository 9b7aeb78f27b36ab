"""Kills the indexer and the builder at random moments, and counts what that does to the index.

Documents are changed at random, a process brings the index up to date and builds Chroma's
generation, and is killed (`SIGKILL`, with all that it has started) at a random moment of a stage:
reading, embedding, writing, merging, building, swapping, cleaning. After each kill a process that
was there all the time reads the index; in the end it is compared with one that is built afresh.

Vectors come from an OpenAI-compatible server on loopback, which counts what it is asked for.
"""

import argparse
import json
import os
import random
import signal
import statistics
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.exact_ranking import ranking
from rag.errors import IndexUnavailable
from rag.index.building import build
from rag.index.embedding import Vector, unit
from rag.index.generation import Generation, current, folder_of, is_sound, pointer
from rag.index.indexer import Indexer
from rag.index.ledger import Ledger
from rag.index.reader import IndexReader
from rag.index.report import Progress
from rag.index.snapshot import Snapshot
from tests.servers.openai_api import OpenAIServer

WORDS: Final = "باقري موسكو زيارة وزير اتفاق حدود سفير لجنة تقرير مكتبة بكين طهران بغداد".split()
INDEXING: Final = ("start", "read", "embed", "write", "merge")
BUILDING: Final = ("build", "swap", "clean")
BATCH: Final = 64
"""Texts of the request in flight, at most."""
_PATIENCE: Final = 60.0


class HttpEmbedder:
    """A paid embedder without LlamaIndex, which takes seconds to import."""

    name, is_paid = "counted", True

    def __init__(self, url: str, key: str) -> None:
        self._url, self._key = url, key

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """The vectors that the server gives."""
        body = json.dumps({"model": self.name, "input": list(texts)}).encode()
        request = urllib.request.Request(
            f"{self._url}/embeddings",
            body,
            {"Content-Type": "application/json", "Authorization": f"Bearer {self._key}"},
        )
        with urllib.request.urlopen(request, timeout=_PATIENCE) as response:
            data = json.load(response)["data"]
        return [unit(np.asarray(one["embedding"], dtype=np.float32)) for one in data]

    def embed_question(self, question: str) -> Vector:
        """The vector of a question."""
        return self.embed([question])[0]


@dataclass
class Tally:
    """What was counted. All but the first three have to be 0."""

    kills: Counter[str] = field(default_factory=Counter)
    revisions: int = 0
    in_flight: list[int] = field(default_factory=list)
    """Texts that were paid for again after a kill while they were being embedded."""
    lost: int = 0
    mixed: int = 0
    duplicates: int = 0
    passages_lost: int = 0
    paid_twice: int = 0
    """Beyond the request in flight."""
    unsound: int = 0
    """Generations that the pointer names and that do not open."""
    different: int = 0
    """Questions whose ranking differs from that of an index built afresh."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, mixed, duplicated or paid for twice."""
        faults = (self.lost, self.mixed, self.duplicates, self.passages_lost)
        return not any((*faults, self.paid_twice, self.unsound, self.different))


def work(
    documents: Path, data: Path, embedder: HttpEmbedder, told: Connection, *, builds: bool
) -> None:
    """What is killed: brings the index up to date, and builds its generation."""
    os.setpgid(0, 0)
    told.send("start")
    seen = set()

    def show(progress: Progress) -> None:
        if progress.stage not in seen:
            seen.add(progress.stage)
            told.send(progress.stage)

    Indexer(documents, data, embedder).sync(show, wait=_PATIENCE)
    told.send("merge")
    if builds:
        told.send("build")
        build(data, None)
    told.send("end")


class Siege:
    """A folder of documents, its index, and one kill after the other."""

    def __init__(self, place: Path, server: OpenAIServer, seed: int, files: int) -> None:
        self.chance = random.Random(seed)
        self.server = server
        self.documents, self.data = place / "documents", place / "data"
        self.documents.mkdir()
        self.embedder = HttpEmbedder(server.url, server.key)
        self.reader = IndexReader(self.data)
        self.tally = Tally()
        self.context = get_context("forkserver")
        self.context.set_forkserver_preload(["benchmarks.kills", "chromadb"])
        for _ in range(files):
            self._write(self._name())
        Indexer(self.documents, self.data, self.embedder).sync()
        self.states = [self._folder()]
        self.counted = Counter(server.embedded)

    def _name(self) -> str:
        return f"{self.chance.choice('abc')}/{self.chance.randrange(10**6)}.txt"

    def _write(self, name: str) -> None:
        path = self.documents / name
        path.parent.mkdir(exist_ok=True)
        sentence = " ".join(self.chance.choices(WORDS, k=9))
        text = f"{sentence} {self.chance.randrange(10**6)}. "
        path.write_text(text + f"{sentence}. " * self.chance.randrange(30), encoding="utf-8")

    def _folder(self) -> dict[str, str]:
        return {
            path.relative_to(self.documents).as_posix(): path.read_text(encoding="utf-8")
            for path in self.documents.rglob("*.txt")
        }

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

    def strike(self, stage: str) -> None:
        """Has a process work on a change, and kills it in a stage."""
        self.meddle()
        self.states = [self.states[-1], self._folder()]
        revision = self._revision()
        told, tells = self.context.Pipe(duplex=False)
        builds = stage in BUILDING
        process = self.context.Process(
            target=work,
            args=(self.documents, self.data, self.embedder, tells),
            kwargs={"builds": builds},
        )
        process.start()
        assert process.pid
        tells.close()
        self._wait_for(stage, told, process)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
            self.tally.kills[stage] += 1
        process.join()
        self._examine(revision)

    def _wait_for(self, stage: str, told: Connection, process: BaseProcess) -> None:
        """Waits for a random moment of a stage, or for the end of the process."""
        pointed = current(self.data, None)
        until = time.monotonic() + _PATIENCE
        wanted = "build" if stage in BUILDING else stage
        try:
            while told.poll(_PATIENCE) and told.recv() != wanted:
                pass
        except EOFError:
            return
        while process.is_alive() and not self._has_come(stage, pointed):
            if time.monotonic() > until:
                return
            time.sleep(0.001)
        moment = {"build": 2.0, "embed": 0.3, "write": 0.1}.get(stage, 0.02)
        time.sleep(self.chance.random() * moment)

    def _has_come(self, stage: str, pointed: Generation | None) -> bool:
        """Whether the builder is in a stage; `pointed`: the generation in place before."""
        place = folder_of(self.data)
        if stage == "build":
            return bool(list(place.glob("*.unfinished/chroma.sqlite3")))
        if stage == "swap":
            former = pointer(self.data).former
            known = {one.name for one in (pointed, former) if one}
            return any(
                path.suffix != ".unfinished" and path.name not in known
                for path in place.glob("isnad-*")
            )
        return stage != "clean" or current(self.data, None) != pointed

    def _revision(self) -> int:
        return self.reader.read(lambda ledger, _: ledger.revision)

    def _examine(self, revision: int) -> None:
        """Counts what a kill has done, as a process sees that was there all the time."""
        try:
            found = self.reader.read(self._seen)
        except IndexUnavailable:
            self.tally.lost += 1
            return
        now, texts, passages, rows = found
        self.tally.lost += now < revision
        self.tally.mixed += texts not in self.states or len(passages) != len(set(passages))
        self.tally.duplicates += len(rows) - len(set(rows))
        self.tally.passages_lost += len(set(passages) - set(rows))
        if texts == self.states[-1]:
            self.tally.revisions += now > revision
            self.states = self.states[-1:]
        else:
            self.states = [texts]
        again = [text for text, count in self.server.embedded.items() if count > self._fair(text)]
        self.tally.in_flight.append(len(again))
        self.tally.paid_twice += max(0, len(again) - BATCH)
        self.counted = Counter(self.server.embedded)

    def _fair(self, text: str) -> int:
        return max(1, self.counted[text])

    def _seen(
        self, ledger: Ledger, snapshot: Snapshot
    ) -> tuple[int, dict[str, str], list[int], list[int]]:
        index = snapshot.lexical
        paths = [one.path for one in ledger.files()]
        texts = {path: ledger.text_of(path) or "" for path in paths}
        passages = [one.id for one in ledger.stored_passages()]
        rows = [int(one) for one in index.passages[index.alive]]
        if ledger.revision != snapshot.revision:
            self.tally.mixed += 1
        return ledger.revision, texts, passages, rows

    def check_generation(self) -> None:
        """Opens the generation that the pointer names."""
        generation = current(self.data, None)
        if generation and not is_sound(self.data, generation):
            self.tally.unsound += 1

    def end(self, place: Path) -> None:
        """Brings the index up to date at last, and compares it with one that is built afresh."""
        Indexer(self.documents, self.data, self.embedder).sync()
        afresh = place / "afresh"
        Indexer(self.documents, afresh, self.embedder).sync()
        fresh = IndexReader(afresh)
        for _ in range(50):
            question = " ".join(self.chance.choices(WORDS, k=3))
            vector = self.embedder.embed_question(question)
            same = ranking(self.reader, question, vector) == ranking(fresh, question, vector)
            self.tally.different += not same
        fresh.close()
        self.reader.close()


def besiege(
    place: Path,
    kills: int,
    *,
    seed: int = 1,
    files: int = 150,
    builds: bool = True,
    show: Callable[[Tally], None] = lambda _: None,
) -> Tally:
    """Kills so many times; gives what was counted."""
    stages = (*INDEXING, *BUILDING) if builds else INDEXING
    with OpenAIServer(dimensions=32) as server:
        usual = server.embed

        def slowly(texts: list[str]) -> list[list[float]]:
            time.sleep(0.03)
            return usual(texts)

        server.embed = slowly
        siege = Siege(place, server, seed, files)
        number = 0
        while siege.tally.kills.total() < kills:
            siege.strike(stages[number % len(stages)])
            if stages[number % len(stages)] in BUILDING and number % 4 == 0:
                siege.check_generation()
            number += 1
            show(siege.tally)
        if builds:
            build(siege.data, None)
            siege.check_generation()
        siege.end(place)
        return siege.tally


def counted(tally: Tally) -> None:
    """Says now and then how far it is."""
    if tally.kills.total() % 20 == 0:
        print(f"… {tally.kills.total()} kills: {'clean' if tally.is_clean else tally}", flush=True)


def main() -> None:
    """Kills and prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        tally = besiege(Path(place), options.kills, seed=options.seed, show=counted)
    stages = ", ".join(f"{stage} {count}" for stage, count in tally.kills.items())
    print(f"kills              {tally.kills.total()} ({stages})")
    print(f"revisions          {tally.revisions}")
    print(f"indexes lost       {tally.lost}")
    print(f"mixed revisions    {tally.mixed}")
    print(f"duplicates         {tally.duplicates}")
    print(f"passages lost      {tally.passages_lost}")
    print(f"generations lost   {tally.unsound}")
    print(f"unlike a fresh one {tally.different} of 50 rankings")
    print(f"paid twice         {tally.paid_twice} beyond the request in flight")
    again = [count for count in tally.in_flight if count]
    mean = statistics.fmean(again) if again else 0
    most = max(again, default=0)
    print(f"in flight          {len(again)} kills, {mean:.0f} texts each, most {most}")


if __name__ == "__main__":
    # Under its own name, so that the processes that are killed find all of it imported already.
    from benchmarks import kills

    kills.main()
