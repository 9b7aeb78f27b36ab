"""A replica that is killed while it embeds: another takes over, and pays for one batch at most."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from rag.index.indexer import Indexer
from rag.index.ledger import Ledger
from tests.index.replica_victim import replica_of
from tests.library import Library
from tests.servers.chroma import ChromaRun
from tests.servers.postgresql import PostgreSQL
from tests.waiting import wait_until

BATCH = 64
FILES = 150


def test_another_takes_over_and_nothing_is_lost_or_paid_twice_beyond_a_batch(
    postgresql: PostgreSQL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(tmp_path)
    for number in range(FILES):
        library.write(f"{number}.txt", f"خبر رقم {number}: وصل الوفد إلى المدينة.")
    log = tmp_path / "asked"
    log.touch()
    with ChromaRun.running(tmp_path / "server") as chroma:
        monkeypatch.setenv("CHROMA_URL", chroma.url)
        monkeypatch.setenv("DATABASE_URL", postgresql.new_database())
        command = [sys.executable, "-m", "tests.index.replica_victim"]
        places = [str(library.documents), str(tmp_path / "victim"), str(log)]
        with subprocess.Popen([*command, *places]) as victim:
            # The second batch is in flight, the first is shared.
            wait_until(lambda: len(log.read_text().split()) > BATCH)
            victim.kill()
        replica = replica_of(tmp_path / "second", log)
        report = replica.index(
            Indexer(library.documents, tmp_path / "second", replica.embedder).sync, 60
        )
        replica.close()
    asked = Counter(log.read_text().split())
    assert report.passages == len(asked) == FILES
    assert sum(asked.values()) - len(asked) <= BATCH
    assert report.embedded <= FILES - BATCH
    with Ledger(tmp_path / "second") as ledger:
        assert len({one.key for one in ledger.stored_passages()}) == FILES
