"""Replicas that are killed: what is lost, paid twice, mixed up or late.

    uv run python -m benchmarks.replicas [--changes 10] [--kills 60] [--replicas 3] [--files 40]

A folder of made-up reports is changed again and again while replicas of one index follow it, over
a real `chroma run` and a real PostgreSQL. Each time a replica, the Chroma server or PostgreSQL is
killed with `kill -9` at a random moment and started again, and questions are asked all the while.
"""

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Final

from benchmarks.synthetic import Recombination
from tests.servers.chroma import ChromaRun
from tests.servers.openai_api import OpenAIServer
from tests.servers.postgresql import PostgreSQL

SEEDS: Final = Path(__file__).parents[1] / "seeds"
KEY: Final = "sk-test"
BATCH: Final = 64
"""Texts of one request for embeddings: what a kill may cost."""
QUESTIONS: Final = ("من هي كارولين روز؟", "متى زار باقري موسكو؟", "Who met Asim Munir?")
_LEVEL_WITHIN: Final = 180.0
_EMBEDDING_TAKES: Final = 0.15


@dataclass
class Tally:
    """What was seen."""

    asked: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    mixed: int = 0
    unknown: int = 0
    seconds: list[float] = field(default_factory=list)
    lags: list[float] = field(default_factory=list)
    """Seconds from the last embedding to the answers of each replica; nothing was killed."""
    recoveries: list[float] = field(default_factory=list)
    """Seconds from a kill until all replicas were level, the killed one too."""
    duplicates: int = 0
    killed: Counter[str] = field(default_factory=Counter)


class ReplicaProcess:
    """A replica in a process of its own, which can be killed and started again."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder, self._environment = folder, environment
        folder.mkdir()
        self._lock = threading.Lock()
        self.start()

    def start(self) -> None:
        """Starts the process; it is not waited for."""
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.replica_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=Path(__file__).parents[1],
                env=self._environment | {"DATA_DIR": str(self._folder / "data")},
                start_new_session=True,
            )
        self._lines: SimpleQueue[str] = SimpleQueue()
        threading.Thread(target=_pass_on, args=(self._process, self._lines), daemon=True).start()

    def kill(self) -> None:
        """Kills it, as it stands; what it has started lives on, as in a real crash."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """Ends it, and what it has started."""
        assert self._process.stdin
        self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()

    def tell(self, line: dict[str, Any]) -> dict[str, Any] | None:
        """What it says to a line; None where it was killed meanwhile."""
        with self._lock:
            process, lines = self._process, self._lines
            try:
                assert process.stdin
                process.stdin.write(json.dumps(line) + "\n")
                process.stdin.flush()
                while process.poll() is None:
                    try:
                        answer: dict[str, Any] = json.loads(lines.get(timeout=0.2))
                    except Empty:
                        continue
                    return answer
            except (OSError, ValueError):
                pass
            return None


def _pass_on(process: "subprocess.Popen[str]", lines: "SimpleQueue[str]") -> None:
    assert process.stdout
    for line in process.stdout:
        lines.put(line)


class Folder:
    """The documents, which change."""

    def __init__(self, place: Path, files: int) -> None:
        self.place, self._number = place, 0
        place.mkdir()
        texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
        self._reports = Recombination(texts)
        for path in sorted(SEEDS.glob("*.txt")):
            (place / path.name).write_bytes(path.read_bytes())
        for _ in range(files):
            self._write(self._new_name())

    def _new_name(self) -> str:
        self._number += 1
        return f"r{self._number}.txt"

    def _write(self, name: str) -> None:
        self._number += 1
        unfinished = self.place / f".{name}"
        unfinished.write_text(self._reports.report(self._number), encoding="utf-8")
        unfinished.rename(self.place / name)

    def change(self, chance: random.Random) -> None:
        """Changes some files, adds one, takes one away and renames one."""
        names = sorted(path.name for path in self.place.glob("r*.txt"))
        *changed, gone, renamed = chance.sample(names, 6)
        for name in changed:
            self._write(name)
        (self.place / gone).unlink()
        (self.place / renamed).rename(self.place / self._new_name())
        self._write(self._new_name())

    def files(self) -> dict[str, str]:
        """The hash of every file, by its name."""
        return {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.place.glob("*.txt")
        }


def until_level(
    replicas: Sequence[ReplicaProcess], files: dict[str, str]
) -> tuple[dict[int, float], int]:
    """When each replica could answer from these files, and how many passages they have twice."""
    when: dict[int, float] = {}
    doubled = 0
    until = time.monotonic() + _LEVEL_WITHIN
    while len(when) < len(replicas):
        if time.monotonic() > until:
            late = sorted(set(range(len(replicas))) - set(when))
            raise SystemExit(f"replicas {late} were never level again")
        for number, replica in enumerate(replicas):
            if number not in when:
                state = replica.tell({"state": True}) or {}
                if state.get("files") == files and state.get("since"):
                    when[number] = state["since"]
                    doubled += state["passages"] - state["distinct"]
        time.sleep(0.05)
    return when, doubled


def ask_on(
    replica: ReplicaProcess, tally: Tally, lock: threading.Lock, done: threading.Event
) -> None:
    """Asks one question after the other."""
    number = 0
    while not done.wait(0.1):
        number += 1
        said = replica.tell({"ask": QUESTIONS[number % len(QUESTIONS)]})
        if said is None:
            continue
        with lock:
            if "error" in said:
                if "no index yet" not in said["error"]:
                    tally.failed[said["error"]] += 1
                continue
            tally.asked += 1
            tally.seconds.append(said["seconds"])
            tally.mixed += said["whole"] is False
            tally.unknown += said["whole"] is None


@dataclass
class Scene:
    """Everything that runs."""

    folder: Folder
    replicas: list[ReplicaProcess]
    chroma: ChromaRun
    postgresql: PostgreSQL
    model: OpenAIServer
    chance: random.Random
    tally: Tally

    def change(self) -> None:
        """Changes the folder, and waits until all replicas are level."""
        self.folder.change(self.chance)
        when, doubled = until_level(self.replicas, self.folder.files())
        self.tally.duplicates += doubled
        paid = max(
            one.ended_at
            for one in list(self.model.requests)
            if one.path.endswith("/embeddings") and one.ended_at and not _is_question(one.body)
        )
        self.tally.lags += [max(0.0, at - paid) for at in when.values()]

    def round(self) -> None:
        """Changes the folder, kills something, and waits until all replicas are level again."""
        self.folder.change(self.chance)
        time.sleep(self.chance.uniform(0.0, 4.0))
        began = time.monotonic()
        self._strike()
        when, doubled = until_level(self.replicas, self.folder.files())
        self.tally.duplicates += doubled
        self.tally.recoveries.append(max(0.0, max(when.values()) - began))

    def _strike(self) -> None:
        """Kills something and starts it again."""
        dice = self.chance.random()
        if dice < 0.1:
            self.tally.killed["Chroma"] += 1
            self.chroma.kill()
            time.sleep(self.chance.uniform(0.0, 2.0))
            self.chroma.start()
            return
        if dice < 0.2:
            self.tally.killed["PostgreSQL"] += 1
            self.postgresql.kill()
            time.sleep(self.chance.uniform(0.0, 2.0))
            self.postgresql.start()
            return
        self.tally.killed["a replica"] += 1
        victim = self.chance.randrange(len(self.replicas))
        self.replicas[victim].kill()
        self.replicas[victim].start()


def _is_question(body: dict[str, Any]) -> bool:
    texts = body["input"]
    return {texts} <= {*QUESTIONS} if isinstance(texts, str) else {*texts} <= {*QUESTIONS}


def slowly(embed: Callable[[list[str]], list[list[float]]]) -> Any:
    """An embedding that takes as long as one over the internet."""

    def embedded(texts: list[str]) -> list[list[float]]:
        time.sleep(_EMBEDDING_TAKES)
        return embed(texts)

    return embedded


def run(
    changes: int, kills: int, replicas: int, files: int, seed: int, say: Callable[[str], None]
) -> None:
    """So many changes in peace, then so many kills, among so many replicas over so many files."""
    tally, lock, done = Tally(), threading.Lock(), threading.Event()
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="isnad-replicas-")))
        chroma = stack.enter_context(ChromaRun.running(place / "chroma"))
        postgresql = stack.enter_context(PostgreSQL.running())
        model = stack.enter_context(OpenAIServer(KEY))
        model.embed = slowly(model.embed)
        folder = Folder(place / "documents", files)
        environment = {
            "PATH": os.environ["PATH"],
            "DOCUMENTS_DIR": str(folder.place),
            "CHROMA_URL": chroma.url,
            "DATABASE_URL": postgresql.new_database(),
            "OPENAI_BASE_URL": model.url,
            "OPENAI_API_KEY": KEY,
            "OPENAI_EMBEDDING_MODEL": "made-up",
        }
        processes = [ReplicaProcess(place / f"replica{n}", environment) for n in range(replicas)]
        for process in processes:
            stack.callback(process.stop)
        until_level(processes, folder.files())
        askers = [
            threading.Thread(target=ask_on, args=(one, tally, lock, done)) for one in processes
        ]
        for asker in askers:
            asker.start()
            stack.callback(asker.join)
        stack.callback(done.set)
        scene = Scene(folder, processes, chroma, postgresql, model, random.Random(seed), tally)
        for _ in range(changes):
            scene.change()
        for number in range(1, kills + 1):
            scene.round()
            say(f"{number} of {kills} kills, {tally.asked} questions, {tally.mixed} mixed")
        done.set()
        report(scene, kills, say)


def report(scene: Scene, kills: int, say: Callable[[str], None]) -> None:
    """Prints what came of it."""
    tally, model = scene.tally, scene.model
    results = {
        json.dumps([one.tell({"search": question}) for question in QUESTIONS])
        for one in scene.replicas
    }
    states = [one.tell({"state": True}) or {} for one in scene.replicas]
    passages = {json.dumps(state | {"since": 0}, sort_keys=True) for state in states}
    texts = {text: count for text, count in model.embedded.items() if text not in QUESTIONS}
    again = sum(count - 1 for count in texts.values())
    say(f"killed                     {dict(tally.killed)}")
    say(f"questions                  {tally.asked}, failed {dict(tally.failed)}")
    say(f"of a mixed revision        {tally.mixed} (could not be told: {tally.unknown})")
    say(f"passages twice             {tally.duplicates}")
    say(f"replicas alike in the end  {len(results) == 1} (answers), {len(passages) == 1} (ledgers)")
    say(f"texts embedded             {len(texts)}, again {again} (allowed: {kills * BATCH})")
    for title, seconds in (
        ("level after embedding", tally.lags),
        ("level after a kill", tally.recoveries),
        ("an answer", tally.seconds),
    ):
        if seconds:
            shares = [sorted(seconds)[int(part * (len(seconds) - 1))] for part in (0.5, 0.95, 1)]
            say(f"{title:26} p50 {shares[0]:.2f} s, p95 {shares[1]:.2f} s, most {shares[2]:.2f} s")


def main() -> None:
    """Reads the arguments and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--changes", type=int, default=10)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--replicas", type=int, default=3)
    parser.add_argument("--files", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    run(options.changes, options.kills, options.replicas, options.files, options.seed, print)


if __name__ == "__main__":
    main()
