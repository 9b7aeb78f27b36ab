"""A small library for tests: a folder of documents, its index, and what is found in it."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Final

from rag.documents.evidence import Evidence
from rag.index.embedding import Embedder, LocalEmbedder
from rag.index.indexer import Indexer
from rag.index.reader import IndexReader
from rag.index.report import SyncReport
from rag.index.snapshot import Snapshot
from rag.retrieval.finding import Findings, VectorChannel, evidence_of, find, ranked
from rag.retrieval.follow_up import Turn
from rag.retrieval.question import analyse
from rag.retrieval.retriever import LOCAL_VECTOR_WEIGHT
from rag.settings import Settings

SECRET: Final = re.compile(
    r"\bsk-[\w-]{8,}|\b\d{8,10}:AA[\w-]{33}|://(?!user:password@)[^\s/@:]+:[^\s/@*]+@"
)
"""A model's key, a bot's token, a password in an address: no output may hold one."""

_SETTINGS: Any = Settings
_TICKS = count(1_700_000_000_000_000_000, 1_000_000_000)


def settings_of(**values: Any) -> Settings:
    """Settings of these values, whatever `.env` there is."""
    made: Settings = _SETTINGS(_env_file=None, **values)
    return made


@dataclass
class Library:
    """Documents below `place`, and the index of them."""

    place: Path
    embedder: Embedder = field(default_factory=LocalEmbedder)

    def __post_init__(self) -> None:
        self.documents.mkdir(parents=True, exist_ok=True)
        self.reader = IndexReader(self.data)

    @property
    def documents(self) -> Path:
        return self.place / "documents"

    @property
    def data(self) -> Path:
        return self.place / "data"

    def write(self, path: str, content: str | bytes) -> None:
        """Writes a document, later than every one before it."""
        target = self.documents / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        tick = next(_TICKS)
        os.utime(target, ns=(tick, tick))

    def fill(self, **texts: str) -> "Library":
        """Writes `name.txt` for each text, indexes them, and gives the library."""
        for name, text in texts.items():
            self.write(f"{name}.txt", text)
        self.sync()
        return self

    @property
    def indexer(self) -> Indexer:
        return Indexer(self.documents, self.data, self.embedder)

    def sync(self, **options: Any) -> SyncReport:
        return self.indexer.sync(**options)

    @property
    def revision(self) -> int:
        return self.reader.read(lambda ledger, _: ledger.revision)

    def channel(self) -> VectorChannel:
        """The vector channel of exact search, as the commands use it."""
        return VectorChannel(
            lambda text: self.embedder.embed([text])[0], LOCAL_VECTOR_WEIGHT, lambda _v, _k: None
        )

    def search(self, question: str, k: int = 10, *, vectors: bool = True) -> list[Evidence]:
        """The passages for a question, best first."""
        channel = self.channel() if vectors else None
        return self.reader.read(
            lambda ledger, snapshot: evidence_of(
                ledger, ranked(snapshot, analyse(question), k, channel)
            )
        )

    def files(self, question: str, k: int = 10) -> list[str]:
        """The files of the passages for a question, best first."""
        return [one.source.path for one in self.search(question, k)]

    def find(
        self, text: str, history: Sequence[Turn] = (), *, alone: str | None = None
    ) -> Findings:
        """Everything that retrieval says about a message."""
        return self.reader.read(
            lambda ledger, snapshot: find(
                ledger, snapshot, text, history, self.channel(), alone=alone
            )
        )

    @property
    def snapshot(self) -> Snapshot:
        return self.reader.read(lambda _, snapshot: snapshot)
