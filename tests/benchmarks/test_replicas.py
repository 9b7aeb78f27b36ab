"""What `benchmarks/replicas.py` strikes by and counts by: a replica that says what it does."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.replica_process import (
    BUILDING,
    EMBEDDING,
    READING,
    WAITING,
    Stages,
    WatchedEmbedder,
)
from rag.index.embedding import LocalEmbedder, Vector


class Failing(LocalEmbedder):
    """An embedder that notes what is said of it while it works, and fails."""

    def __init__(self, said: Path) -> None:
        self.said, self.meanwhile = said, ""

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        self.meanwhile = self.said.read_text().split()[-1]
        raise ConnectionError


def test_a_replica_says_what_it_embeds_while_it_does(tmp_path: Path) -> None:
    said = tmp_path / "stage"
    embedder = Failing(said)
    watched = WatchedEmbedder(embedder, Stages(said, tmp_path), tmp_path / "embedded")
    with pytest.raises(ConnectionError):
        watched.embed(["خبر", "two\nlines"])
    assert embedder.meanwhile == EMBEDDING
    assert json.loads((tmp_path / "embedded").read_text(encoding="utf-8")) == ["خبر", "two\nlines"]
    assert said.read_text().split() == [EMBEDDING, WAITING]


def test_a_replica_says_that_it_reads_and_builds(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    script = f"""
import subprocess, sys
from pathlib import Path
from benchmarks.replica_process import Stages
place = Path({str(tmp_path)!r})
stages = Stages(place / "stage", place / "documents")
sys.addaudithook(stages.hear)
(place / "other.txt").write_text("")
(place / "documents" / "a.txt").write_text("")
for task in ("build", "adopt"):
    command = [sys.executable, "-m", "rag.index.shared_building", task]
    try:
        subprocess.run(command, executable="/nowhere", check=False)
    except OSError:
        pass
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=120)
    assert (tmp_path / "stage").read_text().split() == [READING, BUILDING, WAITING]
