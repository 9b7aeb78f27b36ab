"""Replicas that are killed: what is lost, paid twice, mixed up or late.

    uv run python -m benchmarks.replicas [--changes 10] [--kills 60] [--replicas 3] [--files 40]

A folder of made-up reports is changed again and again while replicas of one index follow it, over
a real `chroma run` and a real PostgreSQL. Each time a replica is killed with `kill -9` while it
reads, embeds, builds or seals, or else the Chroma server or PostgreSQL is at a random moment, and
started again; questions are asked all the while. In the end all is compared with an index that is
built afresh. It ends with 1 where something is not as it has to be.
"""

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Final

from benchmarks.replica_process import BUILDING, EMBEDDING, READING
from benchmarks.replica_witness import Commons, passages_of, unlike_a_fresh_one
from benchmarks.synthetic import Recombination
from tests.servers.chroma import ChromaRun
from tests.servers.openai_api import OpenAIServer
from tests.servers.postgresql import PostgreSQL

SEEDS: Final = Path(__file__).parents[1] / "seeds"
KEY: Final = "sk-test"
SEALING: Final = "sealing"
STAGES: Final = (READING, EMBEDDING, BUILDING, SEALING)
CHROMA: Final = "Chroma"
POSTGRESQL: Final = "PostgreSQL"
EMBEDDING_MODEL: Final = "made-up"
QUESTIONS: Final = ("من هي كارولين روز؟", "متى زار باقري موسكو؟", "Who met Asim Munir?")
_LEVEL_WITHIN: Final = 180.0
_EMBEDDING_TAKES: Final = 0.15
_AIMS: Final = (*STAGES, *STAGES, CHROMA, *STAGES, *STAGES, POSTGRESQL)
_STAGE_WITHIN: Final = 30.0
_LAG: Final = 5.0
"""Seconds from the last embedding to the answers of all, at most."""
_MOMENTS: Final = {READING: 0.02, EMBEDDING: 0.15, BUILDING: 4.0}
"""Seconds of a stage within which it is killed."""
_LOOK_EVERY: Final = 0.005


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
    """By what was killed, and for replicas by what they were doing."""
    in_flight: list[int] = field(default_factory=list)
    """Texts that were asked for and not shared yet, at each kill."""
    allowed: Counter[str] = field(default_factory=Counter)
    """How often each text may be paid for again, because it was in flight."""


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
                env=self._environment | {"DATA_DIR": str(self.data)},
                start_new_session=True,
            )
        self._lines: SimpleQueue[str] = SimpleQueue()
        threading.Thread(target=_pass_on, args=(self._process, self._lines), daemon=True).start()

    def kill(self, *, with_all: bool = False) -> None:
        """Kills it, as it stands; what it has started lives on, as in a real crash.

        `with_all`: with what it has started.
        """
        if with_all:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()

    @property
    def data(self) -> Path:
        """Its data folder."""
        return self._folder / "data"

    @property
    def name(self) -> str:
        """By which the model's server knows it."""
        return self._environment["OPENAI_PROJECT_ID"]

    @property
    def embedded(self) -> list[str]:
        """The texts that it had embedded last, or was having embedded."""
        try:
            texts: list[str] = json.loads((self._folder / "embedded").read_text(encoding="utf-8"))
        except OSError:
            return []
        return texts

    @property
    def stage(self) -> str:
        """What it says that it is doing."""
        try:
            return (self._folder / "stage").read_text().split()[-1]
        except (OSError, IndexError):
            return ""

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
    commons: Commons
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

    def round(self, aim: str) -> None:
        """Changes the folder, kills something, and waits until all replicas are level again."""
        self.folder.change(self.chance)
        if aim in STAGES:
            began = self._strike_replica(aim)
        else:
            time.sleep(self.chance.uniform(0.0, 4.0))
            began = time.monotonic()
            self._strike_server(self.chroma if aim == CHROMA else self.postgresql)
            self.tally.killed[aim] += 1
            self._settle(self.replicas)
        when, doubled = until_level(self.replicas, self.folder.files())
        self.tally.duplicates += doubled
        self.tally.recoveries.append(max(0.0, max(when.values()) - began))

    def _strike_replica(self, aim: str) -> float:
        """Kills a replica in a stage, and starts it again; when that was."""
        victim = self._found_in(aim)
        if victim is None:
            victim = self.chance.choice(self.replicas)
        elif aim in _MOMENTS:
            time.sleep(self.chance.random() * _MOMENTS[aim])
        began = time.monotonic()
        builds = victim.stage == BUILDING
        victim.kill(with_all=builds)
        self.tally.killed[self._stage_of(victim)] += 1
        self._settle([victim])
        victim.start()
        return began

    def _found_in(self, aim: str) -> ReplicaProcess | None:
        """The replica that comes to be in a stage; None where none does."""
        until = time.monotonic() + _STAGE_WITHIN
        wanted = BUILDING if aim == SEALING else aim
        while time.monotonic() < until:
            for replica in self.chance.sample(self.replicas, len(self.replicas)):
                if replica.stage == wanted and (aim != SEALING or self._is_filled(replica)):
                    return replica
            time.sleep(_LOOK_EVERY)
        return None

    def _is_filled(self, replica: ReplicaProcess) -> bool:
        """Whether a generation is complete that is not sealed yet."""
        return self.commons.unsealed() == passages_of(replica.data)

    def _stage_of(self, victim: ReplicaProcess) -> str:
        """What a replica was doing when it was killed: what it said, and what it has left."""
        if victim.stage != BUILDING:
            return victim.stage
        left = self.commons.unsealed()
        if left is None:
            return BUILDING if self.commons.newest_is_not_of(victim.data) else "built"
        return SEALING if left == passages_of(victim.data) else BUILDING

    def _strike_server(self, server: ChromaRun | PostgreSQL) -> None:
        """Kills a server and starts it again."""
        server.kill()
        time.sleep(self.chance.uniform(0.0, 2.0))
        server.start()

    def _settle(self, killed: Sequence[ReplicaProcess]) -> None:
        """Notes what was in flight: of each one's last request, what is not shared."""
        time.sleep(_EMBEDDING_TAKES / 3)  # what was sent is received by then
        flying = Counter[str]()
        for replica in killed:
            received = [
                one.body["input"]
                for one in list(self.model.requests)
                if one.path.endswith("/embeddings")
                and one.headers.get("openai-project") == replica.name
                and not _is_question(one.body)
            ]
            missing = map(_as_sent, self.commons.missing(replica.embedded))
            flying.update({*missing} & {*received[-1]} if received else ())
        self.tally.in_flight.append(flying.total())
        self.tally.allowed += flying


def _as_sent(text: str) -> str:
    """A text as LlamaIndex sends it."""
    return text.replace("\n", " ")


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
) -> bool:
    """So many changes in peace, then so many kills, among so many replicas over so many files.

    Whether all is as it has to be.
    """
    tally, lock, done = Tally(), threading.Lock(), threading.Event()
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="isnad-replicas-")))
        chroma = stack.enter_context(ChromaRun.running(place / "chroma"))
        postgresql = stack.enter_context(PostgreSQL.running())
        model = stack.enter_context(OpenAIServer(KEY))
        model.embed = slowly(model.embed)
        folder = Folder(place / "documents", files)
        database = postgresql.new_database()
        environment = {
            "PATH": os.environ["PATH"],
            "DOCUMENTS_DIR": str(folder.place),
            "CHROMA_URL": chroma.url,
            "DATABASE_URL": database,
            "OPENAI_BASE_URL": model.url,
            "OPENAI_API_KEY": KEY,
            "OPENAI_EMBEDDING_MODEL": EMBEDDING_MODEL,
        }
        processes = [
            ReplicaProcess(
                place / f"replica{n}", environment | {"OPENAI_PROJECT_ID": f"replica{n}"}
            )
            for n in range(replicas)
        ]
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
        commons = stack.enter_context(Commons.of(chroma.url, database, EMBEDDING_MODEL))
        chance = random.Random(seed)
        scene = Scene(folder, processes, chroma, postgresql, model, commons, chance, tally)
        for _ in range(changes):
            scene.change()
        stopped = threading.Event()
        signal.signal(signal.SIGINT, lambda *_: stopped.set())
        for number in range(kills):
            scene.round(_AIMS[number % len(_AIMS)])
            killed = ", ".join(f"{what} {count}" for what, count in tally.killed.items())
            say(f"{number + 1} of {kills} kills ({killed}), {tally.asked} questions")
            if stopped.is_set():
                say("stopped; this is what came of it until now")
                break
        done.set()
        return report(scene, kills, say)


def report(scene: Scene, kills: int, say: Callable[[str], None]) -> bool:
    """Prints what came of it; whether all is as it has to be."""
    tally, model = scene.tally, scene.model
    results = {
        json.dumps([one.tell({"search": question}) for question in QUESTIONS])
        for one in scene.replicas
    }
    unlike = unlike_a_fresh_one(
        scene.folder.place, [one.data for one in scene.replicas], scene.commons
    )
    texts = {text: count for text, count in model.embedded.items() if text not in QUESTIONS}
    again = sum(count - 1 for count in texts.values())
    beyond = sum(max(0, count - 1 - tally.allowed[text]) for text, count in texts.items())
    flying = [count for count in tally.in_flight if count]
    say(f"killed                     {dict(tally.killed)}")
    say(f"questions                  {tally.asked}, failed {dict(tally.failed)}")
    say(f"of a mixed revision        {tally.mixed} (could not be told: {tally.unknown})")
    say(f"passages twice             {tally.duplicates}")
    say(f"replicas alike in the end  {len(results) == 1}")
    say(f"unlike a fresh build       {'; '.join(unlike) or 'nothing'}")
    say(f"texts embedded             {len(texts)}, again {again}, of those not in flight {beyond}")
    say(f"in flight                  {sum(flying)} texts at {len(flying)} kills")
    for title, seconds in (
        ("level after embedding", tally.lags),
        ("level after a kill", tally.recoveries),
        ("an answer", tally.seconds),
    ):
        if seconds:
            shares = [sorted(seconds)[int(part * (len(seconds) - 1))] for part in (0.5, 0.95, 1)]
            say(f"{title:26} p50 {shares[0]:.2f} s, p95 {shares[1]:.2f} s, most {shares[2]:.2f} s")
    say(f"load average               {', '.join(f'{one:.1f}' for one in os.getloadavg())}")
    everywhere = kills < len(STAGES) or all(tally.killed[stage] for stage in STAGES)
    missed = tally.killed.total() < kills or not everywhere
    bad = (tally.failed, tally.mixed, tally.duplicates, unlike, beyond, len(results) > 1, missed)
    return not any(bad) and max(tally.lags, default=0.0) <= _LAG


def main() -> None:
    """Reads the arguments and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--changes", type=int, default=10)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--replicas", type=int, default=3)
    parser.add_argument("--files", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    say = partial(print, flush=True)
    good = run(options.changes, options.kills, options.replicas, options.files, options.seed, say)
    sys.exit(not good)


if __name__ == "__main__":
    main()
