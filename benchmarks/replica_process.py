"""One replica, for `replicas.py`: follows the folder and the others, and answers what it is told.

Reads JSON lines from standard input, each `{"ask": "…"}` or `{"state": true}`, and writes one for
each, with what the answer shows of its revision: what it rests on must all be in that revision.

In the file `stage` beside its data it says what it does: `reading`, `embedding`, `building` or
`waiting`, as it sees from its own calls and from Python's audit events; in `embedded`, the texts
that it had embedded last.
"""

import asyncio
import json
import os
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from rag.errors import IsnadError
from rag.index.embedding import Embedder, Vector
from rag.index.ledger import Ledger
from rag.index.reader import IndexReader
from rag.index.shared_building import contents_of
from rag.index.snapshot import Snapshot
from rag.knowledge_base import KnowledgeBase, embedder_of
from rag.settings import load_settings

READING: Final = "reading"
EMBEDDING: Final = "embedding"
BUILDING: Final = "building"
WAITING: Final = "waiting"


class Stages:
    """Says by file what this process does."""

    def __init__(self, file: Path, documents: Path) -> None:
        self._file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        self._documents, self._now = f"{documents}{os.sep}", ""

    def enter(self, stage: str) -> None:
        """Says that a stage begins, unless it goes on."""
        if stage != self._now:
            self._now = stage
            os.write(self._file, f"{stage}\n".encode())

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        """Hears of what the process does: an audit hook."""
        if event == "open" and str(arguments[0]).startswith(self._documents):
            self.enter(READING)
        elif event == "subprocess.Popen" and isinstance(arguments[1], list):
            builds = arguments[1][1:4] == ["-m", "rag.index.shared_building", "build"]
            self.enter(BUILDING if builds else WAITING)


class WatchedEmbedder:
    """An embedder that says when it is at work on documents."""

    is_paid = True

    def __init__(self, embedder: Embedder, stages: Stages, file: Path) -> None:
        """`file`: where the texts are noted that it embeds just now, or did last."""
        self._embedder, self._stages, self._file = embedder, stages, file

    @property
    def name(self) -> str:
        """Which embedding it is."""
        return self._embedder.name

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """The vectors of texts."""
        unfinished = self._file.with_suffix(".unfinished")
        unfinished.write_text(json.dumps(list(texts)), encoding="utf-8")
        unfinished.replace(self._file)
        self._stages.enter(EMBEDDING)
        try:
            return self._embedder.embed(texts)
        finally:
            self._stages.enter(WAITING)

    def embed_question(self, question: str) -> Vector:
        """The vector of a question."""
        return self._embedder.embed_question(question)


class Witness:
    """Knows what each revision held when it was looked at."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader, self._seen = reader, dict[str, tuple[int, dict[str, str], set[Any]]]()
        self._since: dict[str, float] = {}
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        """Notes when each revision could first be answered from."""
        while True:
            with suppress(IsnadError):
                key = self._reader.read(lambda ledger, _: ledger.key)
                self._since.setdefault(key, time.monotonic())
            time.sleep(0.1)

    def look(self) -> tuple[int, dict[str, str], set[Any]]:
        """The newest revision's number, its texts by file, and its passages' places."""

        def work(ledger: Ledger, _: Snapshot) -> tuple[int, dict[str, str], set[Any]]:
            if ledger.key not in self._seen:
                passages = {(one.path, one.start, one.end) for one in ledger.stored_passages()}
                texts = {path: ledger.text_of(path) or "" for path in ledger.file_states()}
                self._seen = {ledger.key: (ledger.revision, texts, passages)}
            return self._seen[ledger.key]

        return self._reader.read(work)

    def state(self) -> dict[str, Any]:
        """What this replica holds."""

        def work(ledger: Ledger, snapshot: Snapshot) -> dict[str, Any]:
            keys = [one.key for one in ledger.stored_passages()]
            return {
                "since": self._since.get(ledger.key),
                "contents": contents_of(ledger, snapshot),
                "files": {path: sha for path, (*_, sha) in ledger.file_states().items()},
                "passages": len(keys),
                "distinct": len(set(keys)),
            }

        return self._reader.read(work)


async def asked(knowledge: KnowledgeBase, witness: Witness, question: str) -> dict[str, Any]:
    """The answer to a question, and whether it is all of one revision."""
    before = await asyncio.to_thread(witness.look)
    began = time.monotonic()
    answer = await knowledge.ask(question, with_model=False)
    seconds = time.monotonic() - began
    for number, texts, passages in (before, await asyncio.to_thread(witness.look)):
        if number == answer.revision:
            of_one = all((hit.file, hit.start, hit.end) in passages for hit in answer.passages)
            of_one &= all(
                texts.get(one.file, "")[one.start : one.end] == one.quote
                for one in answer.citations
            )
            return {"whole": of_one, "seconds": seconds, "passages": len(answer.passages)}
    return {"whole": None, "seconds": seconds, "passages": len(answer.passages)}


async def told(knowledge: KnowledgeBase, witness: Witness, line: str) -> dict[str, Any]:
    """What to write for a line."""
    try:
        wanted = json.loads(line)
        if "ask" in wanted:
            return await asked(knowledge, witness, wanted["ask"])
        if "search" in wanted:
            found = await asyncio.to_thread(knowledge.search, wanted["search"])
            return {"found": [(one.file, one.start, one.end) for one in found]}
        return await asyncio.to_thread(witness.state)
    except IsnadError as error:
        return {"error": str(error), "kind": type(error).__name__}


async def main() -> None:
    """Works until the end of input."""
    settings = load_settings()
    settings.data_dir.mkdir(exist_ok=True)
    beside = settings.data_dir.parent
    stages = Stages(beside / "stage", settings.documents_dir)
    sys.addaudithook(stages.hear)
    embedder = WatchedEmbedder(embedder_of(settings), stages, beside / "embedded")
    with KnowledgeBase(settings, embedder) as knowledge:
        witness = Witness(IndexReader(settings.data_dir))
        works = [knowledge.follow(lambda _: None), knowledge.serve_vectors()]
        tasks = [asyncio.create_task(work) for work in works]
        while line := await asyncio.to_thread(sys.stdin.readline):
            print(json.dumps(await told(knowledge, witness, line)), flush=True)
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


if __name__ == "__main__":
    asyncio.run(main())
