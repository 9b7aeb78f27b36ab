"""A question from a cold process: `rag ask` beside the ten-line LlamaIndex starter.

Both ask a store that exists already, made of the same five documents. Prints seconds (median,
least and most of the runs, taken in turn), the ratio of each pair, and peak memory; then what
`rag --help` takes, and the memory of a `bot` that has answered ten questions.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"
QUESTION = "من هي كارولين روز؟"
TEN = "\n".join([QUESTION, "كم يوما استمرت زيارة باقري لروسيا؟"] * 5) + "\n"


@dataclass(frozen=True)
class Run:
    """What a process took."""

    seconds: float
    megabytes: float


def run(command: list[str], environment: dict[str, str], given: str = "") -> Run:
    """Runs a command to its end; its wall-clock seconds and peak memory."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    if process.stdin is None or process.stderr is None:
        raise AssertionError("the pipes are asked for")
    process.stdin.write(given.encode())
    process.stdin.close()
    complaint = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[:3]} failed:\n{complaint.decode()[-2000:]}")
    return Run(seconds, usage.ru_maxrss / 1024)


def row(name: str, runs: list[Run]) -> str:
    """A line of the table."""
    seconds = [one.seconds for one in runs]
    memory = max(one.megabytes for one in runs)
    median = statistics.median(seconds)
    return f"{name:28}{median:8.2f}{min(seconds):8.2f}{max(seconds):8.2f}{memory:10.0f}"


@dataclass(frozen=True)
class Measured:
    """The runs of each: a question from a cold process, ours beside the starter's, and others."""

    pairs: list[tuple[Run, Run]]
    helps: list[Run]
    bot: Run


def measure(count: int) -> Measured:
    """Runs each so often, in turn."""
    commands = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "DOCUMENTS_DIR": str(SEEDS),
            "DATA_DIR": f"{folder}/isnad",
            "PYTHONWARNINGS": "ignore",
        }
        store = f"{folder}/starter"
        starter = [sys.executable, str(HERE / "starter.py")]
        ours = [str(commands / "rag"), "ask", QUESTION]
        theirs = [*starter, "ask", store, QUESTION]
        run([*starter, "build", store, str(SEEDS)], environment)
        run([str(commands / "rag"), "index"], environment)
        run(ours, environment)
        run(theirs, environment)
        return Measured(
            [(run(ours, environment), run(theirs, environment)) for _ in range(count)],
            [helped() for _ in range(count)],
            run([str(commands / "bot")], environment, TEN),
        )


def helped() -> Run:
    """The help of the command."""
    return run([str(Path(sys.executable).parent / "rag"), "--help"], {"PATH": os.environ["PATH"]})


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    found = measure(parser.parse_args().runs)
    print(f"{'':28}{'median s':>8}{'least':>8}{'most':>8}{'peak MB':>10}")
    print(row("rag ask, cold", [pair[0] for pair in found.pairs]))
    print(row("LlamaIndex starter, cold", [pair[1] for pair in found.pairs]))
    print(row("rag --help", found.helps))
    print(row("bot, ten questions, cold", [found.bot]))
    ratios = [ours.seconds / theirs.seconds for ours, theirs in found.pairs]
    print(f"ratio of each pair: median {statistics.median(ratios):.2f}, worst {max(ratios):.2f}")


if __name__ == "__main__":
    main()
