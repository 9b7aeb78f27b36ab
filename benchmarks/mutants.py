"""Mutation testing: how many small changes to the text layer, the marks and the checks go unseen.

    python -m benchmarks.mutants [--area text] [--sample 100] [--seed 1]
    python -m benchmarks.mutants --module rag/text/dates.py --sample 0      (0: all of them)

A mutant is a module with one operator, value, argument or condition changed. A sample of an area's
mutants is drawn, each meets the tests that reach the changed line (at most `--budget` seconds of
them) and is killed by the first that fails or takes far too long. What survived is printed as a
change, last the share of killed mutants and its 95 % interval (Wilson's). It works in a copy of the
last commit, outside of the checkout, which is removed in the end.
"""

import argparse
import math
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.mutant_trial import Bench, Coverage
from benchmarks.mutation import Change, Mutant, changes_of

PROJECT: Final = Path(__file__).parents[1]
MARKS: Final = ("marks", "cited", "remnants", "chunks", "markup")
AREAS: Final = ("text", "marks", "verification")
CLAIMS: Final = ("altered", "good_answers", "antonyms", "exchanges")
"""Tests of verification as a whole."""
NORMAL_95: Final = 1.959964


@dataclass
class Tally:
    """The mutants of an area or module."""

    drawn_from: int
    tried: int = 0
    killed: int = 0

    def line(self, name: str) -> str:
        """A line of the table."""
        low, high = interval(self.killed, self.tried)
        share = self.killed / self.tried if self.tried else 0.0
        counts = (self.drawn_from, self.tried, self.killed, self.tried - self.killed)
        return (
            f"{name:14}"
            + "".join(f"{one:9}" for one in counts)
            + (f" {share:8.1%}   {low:.1%} to {high:.1%}")
        )


def interval(killed: int, tried: int) -> tuple[float, float]:
    """The 95 % interval of a share (E. B. Wilson, 1927)."""
    if not tried:
        return 0.0, 1.0
    share, square = killed / tried, NORMAL_95**2
    middle = share + square / (2 * tried)
    reach = NORMAL_95 * math.sqrt(share * (1 - share) / tried + square / (4 * tried**2))
    whole = 1 + square / tried
    return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)


def modules_of(area: str, project: Path) -> list[str]:
    """The files of an area, from the top of the project."""
    if area == "text":
        found = [path.stem for path in (project / "rag" / "text").glob("*.py")]
        return sorted(f"rag/text/{name}.py" for name in found if name != "__init__")
    answers = "rag/answers"
    if area == "marks":
        return [f"{answers}/{name}.py" for name in MARKS]
    waiting, checks = ["verification"], set[str]()
    while waiting:
        name = waiting.pop()
        if name not in checks and name not in MARKS:
            checks.add(name)
            waiting += _leant_on(project / answers, name)
    return sorted(f"{answers}/{name}.py" for name in checks)


def suite_of(area: str, project: Path) -> list[str]:
    """The tests of an area; what only those of others notice is not counted as killed."""
    if area == "text":
        return ["tests/text"]
    names = [Path(module).stem for module in modules_of(area, project)]
    names += CLAIMS if area == "verification" else ()
    files = (f"tests/answers/test_{name}.py" for name in names)
    return [file for file in files if (project / file).exists()]


def _leant_on(room: Path, module: str) -> Iterator[str]:
    """The modules of the same room that a module imports."""
    text = (room / f"{module}.py").read_text(encoding="utf-8")
    for name in re.findall(r"^\s*from rag\.answers\.(\w+) import", text, re.MULTILINE):
        if (room / f"{name}.py").exists():
            yield name


@contextmanager
def copy_of(project: Path) -> Iterator[Path]:
    """The last commit in a folder elsewhere, for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="isnad-mutants-") as folder:
        copy = Path(folder) / "copy"
        git = ["git", "-C", str(project), "worktree"]
        subprocess.run([*git, "add", "-q", "--detach", str(copy)], check=True)
        try:
            yield copy
        finally:
            subprocess.run([*git, "remove", "--force", str(copy)], check=True)


def sample(changes: Sequence[Change], size: int, seed: int) -> Iterator[Mutant]:
    """`size` mutants, drawn by chance; all of them where it is 0."""
    drawn = list(changes)
    random.Random(seed).shuffle(drawn)
    found = 0
    for change in drawn:
        if size and found == size:
            return
        if mutant := change.mutant():
            found += 1
            yield mutant


def examine(
    bench: Bench, mutants: Iterator[Mutant], coverage: Coverage, tally: Tally, budget: float
) -> None:
    """Lets mutants meet their tests, and tells of each on standard error."""
    failing = set(coverage.failed)
    trusted = set[str]()
    for mutant in mutants:
        original = Path(mutant.module).read_text(encoding="utf-8")
        while True:
            tests = [one for one in coverage.tests(mutant, budget) if one not in failing]
            outcome = bench.tried(mutant, tests, coverage.seconds)
            killer = outcome.killed_by
            if killer not in coverage.seconds or killer in trusted:
                break
            # Not by a test that fails by itself, away from those that usually run before it.
            same = Mutant(mutant.module, mutant.lines, original)
            if bench.tried(same, [killer], coverage.seconds).killed_by is None:
                trusted.add(killer)
            else:
                failing.add(killer)
        tally.tried += 1
        tally.killed += killer is not None
        place = f"{tally.tried:4} {mutant.module}:{mutant.lines.start}"
        told = f"killed by {killer}" if killer else f"survived {outcome.tests} tests"
        sys.stderr.write(f"{place} {told} ({outcome.seconds:.1f} s)\n")
        if not killer:
            print(mutant.diff(original), end="\n\n", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Draws, tries, prints."""
    options = _options(arguments)
    # So that the copy is removed then too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    areas = [area for area in AREAS if not options.area or area in options.area]
    tallies: dict[str, Tally] = {}
    with tempfile.TemporaryDirectory() as scratch, copy_of(PROJECT) as copy:
        os.chdir(copy)
        elsewhere = [one for one in sys.path if Path(one or ".").resolve() != PROJECT]
        sys.path[:] = [str(copy), *elsewhere]
        os.environ["PYTHONPATH"] = str(copy)
        bench = Bench(Path(scratch) / "log")
        for area in areas:
            modules = modules_of(area, copy)
            modules = [one for one in modules if one in options.module or not options.module]
            if not modules:
                continue
            began = time.monotonic()
            tried = options.tests or suite_of(area, copy)
            coverage = bench.coverage(modules, tried, Path(scratch) / "map")
            tests, spent = len(coverage.seconds), time.monotonic() - began
            sys.stderr.write(f"{area}: {tests} tests in {spent:.0f} s\n")
            for one in coverage.failed:
                sys.stderr.write(f"left out, as it fails or is skipped by itself: {one}\n")
            changes = [
                change
                for module in modules
                for change in changes_of(module, Path(module).read_text(encoding="utf-8"))
            ]
            if area != "text":
                bench.warm()
            tally = tallies[area] = Tally(len(changes))
            drawn = sample(changes, options.sample, options.seed)
            examine(bench, drawn, coverage, tally, options.budget)
    print(f"{'':14}  mutants    tried   killed survived    share   95 % interval")
    for area, tally in tallies.items():
        print(tally.line(area))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How many mutants the tests kill.")
    parser.add_argument("--area", action="append", choices=AREAS)
    parser.add_argument("--module", action="append", default=[], metavar="FILE")
    parser.add_argument("--sample", type=int, default=100, help="of each area; 0: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--budget", type=float, default=20.0, help="seconds of tests for each")
    parser.add_argument("--tests", action="append", metavar="FILE", help="instead of the area's")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
