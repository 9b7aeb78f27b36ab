"""What readers feel of new files: the start of the bot, questions meanwhile, and a watched folder.

start     seconds from the start of the command `bot` to its first answer, with so many files that
          its index has not seen yet; by then and until it has taken them in it answers from the
          last revision
during    milliseconds of a question while it takes them in, in the same process
after     the same of its new revision, in quiet
watched   seconds from the last write of a file among them until it is in the answers, with
          WATCH_DOCUMENTS, without a command
"""

import argparse
import asyncio
import json
import os
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.ingestion import write
from benchmarks.keyless import keyless
from benchmarks.synthetic import Recombination
from rag.documents.reading import read, scan
from rag.index.embedding import LocalEmbedder
from rag.index.indexer import Indexer
from rag.knowledge_base import KnowledgeBase

BOT: Final = Path(sysconfig.get_path("scripts")) / "bot"
SEEDS: Final = Path(__file__).parents[1] / "seeds"
QUESTIONS: Final = ("من هي كارولين روز؟", "متى زار باقري روسيا؟", "Who is Caroline Rose?")
LONGEST: Final = 600
"""Seconds."""


@dataclass
class Started:
    """What the start of the bot and the questions after it took."""

    first: float = 0.0
    until_new: float = 0.0
    failed: int = 0
    during: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)
    """Milliseconds of each question, while the files were taken in and afterwards."""


def started(documents: Path, store: Path, questions: int) -> Started:
    """Starts the command and asks it, one question after the other."""
    took = Started()
    variables = {"DOCUMENTS_DIR": str(documents), "DATA_DIR": str(store), "LANG": "ar_EG.UTF-8"}
    began = time.perf_counter()
    with subprocess.Popen(
        [BOT, "--json"],
        cwd=store.parent,
        env={"PATH": os.environ["PATH"], **variables},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as bot:
        before = reply(bot, 0)["revision"]
        took.first = time.perf_counter() - began
        while len(took.after) < questions and time.perf_counter() - began < LONGEST:
            asked = time.perf_counter()
            said = reply(bot, len(took.during) + len(took.after))
            milliseconds = 1000 * (time.perf_counter() - asked)
            took.failed += not said["citations"]
            is_new = said["revision"] > before
            if is_new and not took.after:
                took.until_new = time.perf_counter() - began
            (took.after if is_new else took.during).append(milliseconds)
    return took


def reply(bot: "subprocess.Popen[bytes]", number: int) -> dict[str, Any]:
    """What the command answers to one of the questions."""
    assert bot.stdin
    assert bot.stdout
    bot.stdin.write(f"{QUESTIONS[number % len(QUESTIONS)]}\n".encode())
    bot.stdin.flush()
    said: dict[str, Any] = json.loads(bot.stdout.readline())
    return said


async def watched(documents: Path, store: Path, changed: Sequence[Path]) -> list[float]:
    """Changes files one after the other; seconds until each change can be found."""
    took = []
    with KnowledgeBase.open(keyless(documents, store)) as knowledge:
        following = asyncio.create_task(knowledge.follow(lambda _: None))
        knowledge.search(QUESTIONS[0])
        for number, path in enumerate(changed):
            with path.open("a", encoding="utf-8") as file:
                file.write(f"\nافتتح السفير مكتبة الحدباء{number} في الموصل يوم الخميس.\n")
            written, place = time.perf_counter(), path.relative_to(documents).as_posix()
            while time.perf_counter() - written < LONGEST:
                found = await asyncio.to_thread(knowledge.search, f"مكتبة الحدباء{number}", 3)
                if any(one.file == place and f"الحدباء{number} " in one.text for one in found):
                    break
                await asyncio.sleep(0.02)
            took.append(time.perf_counter() - written)
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
    return took


def line(name: str, values: Sequence[float], unit: str) -> str:
    """How many there are, their median, their 99th percentile and the largest."""
    if not values:
        return f"{name:9} none"
    middle, late = np.percentile(values, (50, 99))
    return (
        f"{name:9}{len(values):6}  p50 {middle:.1f}  p99 {late:.1f}  most {max(values):.1f} {unit}"
    )


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=500, help="asked in quiet")
    parser.add_argument("--changes", type=int, default=20, help="of a watched file")
    options = parser.parse_args()
    recombination = Recombination([read(SEEDS, one.path).text for one in scan(SEEDS)[0]])
    with tempfile.TemporaryDirectory() as place:
        documents, store = Path(place) / "documents", Path(place) / "store"
        documents.mkdir()
        for one in scan(SEEDS)[0]:
            (documents / one.path).write_bytes((SEEDS / one.path).read_bytes())
        Indexer(documents, store, LocalEmbedder()).sync()
        write(documents, recombination, options.files)
        took = started(documents, store, options.questions)
        print(f"start    {took.first:.1f} s; {options.files} files in {took.until_new:.1f} s")
        print(f"unanswered {took.failed}")
        print(line("during", took.during, "ms"))
        print(line("after", took.after, "ms"))
        changed = sorted(documents.rglob("0*.txt"))[:: -(-options.files // options.changes)]
        print(line("watched", asyncio.run(watched(documents, store, changed)), "s"))


if __name__ == "__main__":
    main()
