"""One replica, for `replicas.py`: follows the folder and the others, and answers what it is told.

Reads JSON lines from standard input, each `{"ask": "…"}` or `{"state": true}`, and writes one for
each, with what the answer shows of its revision: what it rests on must all be in that revision.
"""

import asyncio
import json
import sys
import threading
import time
from contextlib import suppress
from typing import Any

from rag.errors import IsnadError
from rag.index.ledger import Ledger
from rag.index.reader import IndexReader
from rag.index.shared_building import contents_of
from rag.index.snapshot import Snapshot
from rag.knowledge_base import KnowledgeBase
from rag.settings import load_settings


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
    with KnowledgeBase.open(settings) as knowledge:
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
