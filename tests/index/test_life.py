"""The life of an index against a model of it: edits, renames, rollbacks, kills, restarts."""

import os
import shutil
import signal
import tempfile
import warnings
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from benchmarks.exact_ranking import ranking
from benchmarks.reindexing import Asked, count_mixed, measure
from rag.errors import IndexUnavailable
from rag.index.embedding import LocalEmbedder, Vector
from rag.index.reader import IndexReader
from rag.index.report import Progress
from tests.index.rows import WORDS
from tests.library import Library

NAMES = st.sampled_from(["a.txt", "b.txt", "below/c.txt", "below/d.txt", "e.md"])
TEXTS = st.lists(st.sampled_from(WORDS), min_size=2, max_size=5).map(
    lambda words: f"{' '.join(words)}. {'كلام آخر طويل. ' * 70}\n\n{' '.join(reversed(words))}."
)
QUESTIONS = ("زيارة باقري", "Bagheri visit", "اتفاق الحدود ٢٠١٨")


class Paid:
    """A paid embedder that keeps account of what it is asked for, also in processes that die."""

    name, is_paid = "paid", True

    def __init__(self, account: Path) -> None:
        self._account = account

    @property
    def embedded(self) -> Counter[str]:
        lines = self._account.read_text().splitlines() if self._account.exists() else []
        return Counter(lines)

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        with self._account.open("a") as account:
            account.writelines(f"{text!r}\n" for text in texts)
        return LocalEmbedder().embed(texts)

    def embed_question(self, question: str) -> Vector:
        return LocalEmbedder().embed([question])[0]


class Killed(BaseException):
    """The end of an indexer in the middle of its work."""


Version = int | None


class Life(RuleBasedStateMachine):
    """`index` is what has to be indexed; a file on the disk is its text and the number of the
    change that made it; `held` says at which change a file is held back (None: it is not there).
    """

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp())
        self.embedder = Paid(self.place / "account")
        self.library = Library(self.place, self.embedder)
        self.indexer = self.library.indexer
        self.disk: dict[str, tuple[str, int]] = {}
        self.index: dict[str, str] | None = None
        self.former: dict[str, str] | None = None
        self.held: dict[str, Version] = {}
        self.changes = 0
        self.compared: dict[str, str] | None = None

    def teardown(self) -> None:
        self.library.reader.close()
        shutil.rmtree(self.place)

    def _put(self, name: str, text: str) -> None:
        self.changes += 1
        self.disk[name] = (text, self.changes)

    @rule(name=NAMES, text=TEXTS)
    def write(self, name: str, text: str) -> None:
        self.library.write(name, text)
        self._put(name, text)

    @rule(name=NAMES)
    def touch(self, name: str) -> None:
        if name in self.disk:
            self.write(name, self.disk[name][0])

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        (self.library.documents / name).unlink(missing_ok=True)
        self.disk.pop(name, None)

    @rule(one=NAMES, other=NAMES)
    def rename(self, one: str, other: str) -> None:
        if one in self.disk and one != other:
            text = self.disk[one][0]
            self.delete(one)
            self.write(other, text)

    def _expected(self, *, lift: bool) -> dict[str, str]:
        """What is indexed after bringing the index up to date."""
        held = {} if lift else self.held
        expected, before = {}, self.index or {}
        for name in self.disk.keys() | before.keys():
            version = self.disk[name][1] if name in self.disk else None
            if name in held and held[name] == version:
                if name in before:
                    expected[name] = before[name]
            elif name in self.disk:
                expected[name] = self.disk[name][0]
        return expected

    def _moved(self, *, lift: bool) -> None:
        """The index is as it is expected now."""
        expected, before = self._expected(lift=lift), self.index or {}
        if lift:
            self.held = {}
        for name in self.disk.keys() | before.keys():
            version = self.disk[name][1] if name in self.disk else None
            if self.held.get(name, version) != version:
                del self.held[name]
        if expected != self.index:
            self.former, self.index = self.index, expected

    @rule(lift=st.booleans(), elsewhere=st.booleans())
    def sync(self, lift: bool, elsewhere: bool) -> None:
        """By the indexer that has been at work all the time, or by one of another process."""
        indexer = self.library.indexer if elsewhere else self.indexer
        indexer.sync(lift=lift)
        self._moved(lift=lift)

    @rule()
    def rebuild(self) -> None:
        self.library.sync(rebuild=True)
        self._moved(lift=True)

    @rule(stage=st.sampled_from(["read", "embed", "write"]))
    def crash(self, stage: str) -> None:
        def end(progress: Progress) -> None:
            if progress.stage == stage:
                raise Killed

        try:
            self.indexer.sync(on_progress=end)
        except Killed:
            return
        self._moved(lift=False)

    @rule(stage=st.sampled_from(["read", "embed", "write"]), back=st.booleans())
    def kill(self, stage: str, back: bool) -> None:
        """As `kill -9`: nothing of the process is left to put anything in order."""

        def end(progress: Progress) -> None:
            if progress.stage == stage:
                os.kill(os.getpid(), signal.SIGKILL)

        back = back and self.former is not None
        with warnings.catch_warnings():
            # The child does nothing that other threads of this process could have locked.
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if not child:
            try:
                work = self.indexer.roll_back if back else self.indexer.sync
                work(on_progress=end)
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            self._went_back() if back else self._moved(lift=False)

    @precondition(lambda self: self.index is not None)
    @rule()
    def roll_back(self) -> None:
        if self.former is None:
            with pytest.raises(IndexUnavailable):
                self.indexer.roll_back()
            return
        self.indexer.roll_back()
        self._went_back()

    def _went_back(self) -> None:
        assert self.index is not None
        assert self.former is not None
        for name in self.former.keys() | self.index.keys():
            if self.former.get(name) != self.index.get(name):
                self.held[name] = self.disk[name][1] if name in self.disk else None
        self.former, self.index = self.index, self.former

    @rule()
    def restart(self) -> None:
        self.library.reader.close()
        self.library.reader = IndexReader(self.library.data)
        self.indexer = self.library.indexer

    @invariant()
    def it_is_what_a_fresh_one_would_be(self) -> None:
        if self.index is None or self.index == self.compared:
            return
        self.compared = dict(self.index)
        with tempfile.TemporaryDirectory() as place:
            fresh = Library(Path(place), Paid(Path(place) / "account"))
            for name, text in self.index.items():
                fresh.write(name, text)
            fresh.sync()
            for question in QUESTIONS:
                vector = self.embedder.embed_question(question)
                own = ranking(self.library.reader, question, vector)
                assert own == ranking(fresh.reader, question, vector)
            fresh.reader.close()

    @invariant()
    def nothing_is_paid_for_twice(self) -> None:
        assert max(self.embedder.embedded.values(), default=1) == 1


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=6,
    stateful_step_count=14,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_questions_meanwhile_neither_fail_nor_mix_revisions(tmp_path: Path) -> None:
    quiet, during, _ = measure(tmp_path, files=12, rounds=2, questions=10, pause=0.1)
    assert (quiet.failed, quiet.mixed, during.failed, during.mixed) == (0, 0, 0, 0)
    assert (quiet.cited, quiet.rounds) == (10, 1)
    assert during.cited == during.questions


def test_an_answer_that_cites_another_revision_than_it_names_is_counted_as_mixed() -> None:
    one, two = frozenset({1}), frozenset({2})
    asked = Asked(seen=[(5, one), (5, one | two), (5, two), (6, frozenset()), (9, one)])
    count_mixed(asked, {5: 1, 6: 2})
    assert asked.mixed == 3
