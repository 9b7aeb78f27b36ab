"""Trials: the tests of a mutant, in a process of their own that is forked from one without `rag`.

Which tests reach a line is measured first, with the caches of the product emptied before each test.
A mutant then meets the tests that reach it, those of its own module first and the quick before the
slow, until one fails or takes far longer than it should.
"""

import functools
import gc
import importlib
import json
import os
import select
import signal
import sys
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest

from benchmarks.mutation import Mutant

_SHARED: Final = "numpy hypothesis pydantic pydantic_settings pytest_asyncio Stemmer".split()
"""What is imported once, before the processes part."""
_KEPT: Final = type(functools.cache(int))
"""A function that keeps what it has found."""
_FEW: Final = (None, *range(9))
_START: Final = 60.0
"""Seconds for imports and collection."""
_SLACK: Final = 20.0
_SLOWER: Final = 10
"""How many times its usual length, and how many seconds more, a test may take."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which tests reach which lines, and how long they take."""

    seconds: dict[str, float] = field(default_factory=dict)
    reached: dict[str, dict[int, list[str]]] = field(default_factory=dict)
    """By module and line; the test "" is the import of the module."""
    failed: tuple[str, ...] = ()
    """Tests that fail without any mutant, and are not used."""

    def tests(self, mutant: Mutant, budget: float) -> list[str]:
        """The tests of a mutant, in order, of `budget` seconds in all."""
        lines = self.reached.get(mutant.module, {})
        reaching = {test for line in mutant.lines for test in lines.get(line, ())}
        if "" in reaching or not reaching:
            # What is done once and kept is seen wherever the module is used.
            reaching |= {test for tests in lines.values() for test in tests}
        own = f"test_{Path(mutant.module).name}"
        usable = [test for test in reaching if test in self.seconds and test not in self.failed]
        usable.sort(key=lambda test: (own not in test, self.seconds[test], test))
        chosen, left = list[str](), budget
        for test in usable:
            if not chosen or self.seconds[test] <= left:
                chosen.append(test)
                left -= self.seconds[test]
        return chosen


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mutant."""

    killed_by: str | None
    """The test that failed; None where the mutant survived."""
    tests: int
    """How many tests it met, at most."""
    seconds: float


class _Recorder:
    """A plugin of pytest that records which test reaches which line."""

    def __init__(self, modules: Sequence[str]) -> None:
        import coverage

        self._modules = modules
        self._coverage = coverage.Coverage(data_file=None, include=list(modules), config_file=False)
        self._seconds: dict[str, float] = defaultdict(float)
        self._failed: set[str] = set()
        self._caches: list[Any] = []
        self._coverage.start()

    def pytest_collection_finish(self) -> None:
        """Everything is imported."""
        # What is kept of a file or a language is made too slowly for every test.
        self._caches = [
            one
            for one in gc.get_objects()
            if isinstance(one, _KEPT)
            and one.__module__.partition(".")[0] == "rag"
            and one.cache_parameters()["maxsize"] not in _FEW
        ]

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """A test begins, in a context of its own."""
        for cache in self._caches:
            cache.cache_clear()
        self._coverage.switch_context(item.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A stage of a test has ended."""
        self._seconds[report.nodeid] += report.duration
        if not report.passed:
            self._failed.add(report.nodeid)

    def recorded(self) -> Coverage:
        """What was recorded, to be asked for once."""
        self._coverage.stop()
        data = self._coverage.get_data()
        reached = {}
        for module in self._modules:
            contexts = data.contexts_by_lineno(str(Path(module).resolve()))
            reached[module] = {line: list(tests) for line, tests in contexts.items()}
        return Coverage(dict(self._seconds), reached, tuple(sorted(self._failed)))


class _Chosen:
    """A plugin of pytest that runs the chosen tests alone, in order, and tells of each."""

    def __init__(self, tests: Sequence[str], told: int) -> None:
        self._tests = {test: place for place, test in enumerate(tests)}
        self._told = told

    def pytest_sessionstart(self) -> None:
        """The same examples each time; what is found need not be made small."""
        from hypothesis import Phase, settings

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutants", phases=phases, database=None, derandomize=True)
        settings.load_profile("mutants")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the others."""
        items[:] = [one for one in items if one.nodeid in self._tests]
        items.sort(key=lambda one: self._tests[one.nodeid])

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """A test begins."""
        self._tell({"begins": nodeid})

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A stage of a test has ended."""
        if report.failed:
            self._tell({"failed": report.nodeid})

    def _tell(self, event: dict[str, str]) -> None:
        os.write(self._told, json.dumps(event).encode() + b"\n")


class Bench:
    """Where mutants meet their tests: a copy of the project, which is the working directory.

    To be made before anything of `rag` is imported.
    """

    def __init__(self, log: Path) -> None:
        self._log = log
        for name in _SHARED:
            importlib.import_module(name)

    def warm(self) -> None:
        """Loads the text layer once for all, where no mutant is of it."""
        lexicon = importlib.import_module("rag.text.lexicon").lexicon
        for language in ("ar", "fa", "en"):
            lexicon(language)

    def coverage(self, modules: Sequence[str], folders: Sequence[str], file: Path) -> Coverage:
        """Which of the tests in `folders` reach the lines of `modules`; it runs them all."""

        def record() -> None:
            recorder = _Recorder(modules)
            _pytest(folders, recorder)
            found = recorder.recorded()
            file.write_text(json.dumps([found.seconds, found.reached, found.failed]))

        child = self._fork(record)
        try:
            os.waitpid(child, 0)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
        if not file.exists():
            raise RuntimeError(self._log.read_text(encoding="utf-8")[-4_000:])
        seconds, reached, failed = json.loads(file.read_text())
        lines = {
            module: {int(line): tests for line, tests in of.items()}
            for module, of in reached.items()
        }
        return Coverage(seconds, lines, tuple(failed))

    def tried(self, mutant: Mutant, tests: Sequence[str], seconds: dict[str, float]) -> Outcome:
        """What becomes of a mutant that meets `tests`."""
        began = time.monotonic()
        if not tests:
            return Outcome(None, 0, 0.0)
        path = Path(mutant.module)
        original = path.read_text(encoding="utf-8")
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
            compiled.unlink()
        path.write_text(mutant.source, encoding="utf-8")
        try:
            killed_by = self._killed_by(tests, seconds)
        finally:
            path.write_text(original, encoding="utf-8")
        return Outcome(killed_by, len(tests), time.monotonic() - began)

    def _killed_by(self, tests: Sequence[str], seconds: dict[str, float]) -> str | None:
        hearing, telling = os.pipe()

        def run() -> int:
            sys.dont_write_bytecode = True
            os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
            files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
            return _pytest([*files, "-x"], _Chosen(tests, telling))

        child = self._fork(run)
        os.close(telling)
        try:
            killed_by = _heard(hearing, seconds)
        finally:
            os.close(hearing)
            with suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
        if killed_by:
            return killed_by
        code = os.waitstatus_to_exitcode(status)
        if code == pytest.ExitCode.NO_TESTS_COLLECTED:
            raise RuntimeError(f"pytest finds none of {tests[:3]} …: see {self._log}")
        return f"the import ({code})" if code else None

    def _fork(self, work: Callable[[], int | None]) -> int:
        """A process with a group of its own that does `work` and ends."""
        child = os.fork()
        if child:
            with suppress(ProcessLookupError, PermissionError):
                os.setpgid(child, child)
            return child
        code = 70
        try:
            os.setpgid(0, 0)
            with self._log.open("w") as log:
                os.dup2(log.fileno(), 1)
                os.dup2(log.fileno(), 2)
            code = int(work() or 0)
        except BaseException:  # noqa: BLE001  (nothing of the parent's may run here)
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)


def _pytest(arguments: Sequence[str], plugin: object) -> int:
    options = ["-n", "0", "-q", "-p", "no:cacheprovider", "--no-header", "--tb=short"]
    # Its plugins are among what is imported once.
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    return int(pytest.main([*options, *arguments], plugins=[plugin]))


def _heard(hearing: int, seconds: dict[str, float]) -> str | None:
    """The test that failed or takes too long; None where the process ends without."""
    test, limit, begun, rest = "the import", _START, 0, b""
    while select.select([hearing], [], [], limit)[0]:
        if not (got := os.read(hearing, 65_536)):
            return None
        *lines, rest = (rest + got).split(b"\n")
        for event in map(json.loads, lines):
            if "failed" in event:
                return str(event["failed"])
            test, begun = event["begins"], begun + 1
            # The first test loads what all need.
            limit = (_SLACK if begun > 1 else _START) + _SLOWER * seconds[test]
    return f"{test} (time)"
