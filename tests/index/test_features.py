"""Features made by several processes: as if made here, and nothing left behind."""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from io import BytesIO
from itertools import count, islice
from pathlib import Path

import numpy as np
import pytest

from rag.index.embedding import LocalEmbedder, Vector
from rag.index.features import Features, every_feature, features
from rag.index.workers import serve
from tests.index.rows import WORDS
from tests.waiting import wait_until

MANY = 10_000
"""So many texts are shared out, however many there are in fact."""

several_processors = pytest.mark.skipif(
    len(os.sched_getaffinity(0)) == 1, reason="one processor makes them alone"
)


def texts(number: int) -> list[str]:
    """Texts that are all different."""
    return [f"{WORDS[n % len(WORDS)]} {WORDS[n // 7 % len(WORDS)]} {n}" for n in range(number)]


def workers(parent: int) -> list[int]:
    """The living processes that make features for another."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            command = (path / "cmdline").read_bytes()
            state, above = (path / "stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if b"rag.index.workers" in command and int(above) == parent and state != "Z":
            found.append(int(path.name))
    return found


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def alike(vector: Vector | None, other: Vector | None) -> bool:
    if vector is None or other is None:
        return vector is other
    return np.array_equal(vector, other)


def same(some: Iterable[Features], others: Iterable[Features]) -> bool:
    """Whether two lots of features are the same, in the same order, to the last bit."""

    return all(
        np.array_equal(terms.keys, other.keys)
        and np.array_equal(terms.counts, other.counts)
        and terms.lengths == other.lengths
        and alike(vector, its)
        for (terms, vector), (other, its) in zip(some, others, strict=True)
    )


# Mostly without an embedder: a process that embeds has to load the lexicon first.


@several_processors
@pytest.mark.parametrize(
    ("number", "embedder"), [(0, None), (1, None), (64, None), (1000, None), (150, LocalEmbedder())]
)
def test_processes_of_their_own_give_what_is_made_here_in_its_order(
    number: int, embedder: LocalEmbedder | None
) -> None:
    given = texts(number)
    made = list(every_feature(iter(given), MANY, embedder))
    assert len(made) == number
    assert same(made, features(given, embedder))
    assert workers(os.getpid()) == []


def test_a_few_texts_start_no_process() -> None:
    made = every_feature(texts(200), 200, LocalEmbedder())
    first = next(made)
    assert workers(os.getpid()) == []
    assert same([first, *made], features(texts(200), LocalEmbedder()))


def test_without_an_embedder_there_are_terms_and_no_vectors() -> None:
    made, whole = features(texts(3), None), features(texts(3), LocalEmbedder())
    assert [vector for _, vector in made] == [None] * 3
    assert same(made, [(terms, None) for terms, _ in whole])


@several_processors
def test_processes_that_are_killed_cost_no_text() -> None:
    given = texts(3000)
    making = every_feature(given, MANY, None)
    made = [next(making)]
    for pid in workers(os.getpid()):
        os.kill(pid, signal.SIGKILL)
    made.extend(making)
    assert same(made, features(given, None))


@several_processors
def test_whoever_wants_no_more_features_leaves_no_process() -> None:
    endless = (f"تقرير رقم {number}" for number in count())
    making = every_feature(endless, MANY, None)
    assert len(list(islice(making, 5))) == 5
    started = workers(os.getpid())
    assert started
    making.close()  # type: ignore[attr-defined]
    assert all(map(is_gone, started))


@several_processors
def test_texts_that_fail_to_come_are_said_and_leave_no_process() -> None:
    def failing() -> Iterator[str]:
        yield from texts(300)
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(every_feature(failing(), MANY, None))
    assert workers(os.getpid()) == []


_MAKES_FEATURES_FOR_EVER = """
from itertools import count
from rag.index.features import every_feature

texts = ("كلام طويل عن الزيارة " * 20 + str(number) for number in count())
for place, _ in enumerate(every_feature(texts, 10_000, None)):
    if place == 100:
        print("on", flush=True)
"""


@several_processors
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
def test_no_process_outlives_its_parent_or_complains_of_its_death(
    ending: signal.Signals, tmp_path: Path
) -> None:
    with (
        (tmp_path / "said").open("w+") as said,
        subprocess.Popen(
            [sys.executable, "-c", _MAKES_FEATURES_FOR_EVER],
            stdout=subprocess.PIPE,
            stderr=said,
            process_group=0,
        ) as parent,
    ):
        assert parent.stdout
        assert parent.stdout.readline() == b"on\n"
        children = workers(parent.pid)
        assert children
        # As Ctrl-C in a terminal does it: to the whole group.
        os.killpg(parent.pid, ending)
        parent.wait(60)
        wait_until(lambda: all(map(is_gone, children)))
        said.seek(0)
        traces = said.read().count("Traceback")
    assert traces == (1 if ending is signal.SIGINT else 0)


def test_a_process_answers_until_there_are_no_more_requests() -> None:
    given = [texts(5), [], ["…"]]
    tasks = [partial(features, one, LocalEmbedder()) for one in given]
    requests = BytesIO(b"".join(map(pickle.dumps, tasks)))
    replies = BytesIO()
    serve(requests, replies)
    replies.seek(0)
    for one in given:
        assert same(pickle.load(replies), features(one, LocalEmbedder()))
    assert replies.read() == b""
