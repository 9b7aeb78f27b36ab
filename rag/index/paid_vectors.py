"""Vectors that were paid for, kept in a file of their own by model, width and text.

They outlive the revision, the ledger and its damage: a text that comes back, under whatever name
and after whatever failure, costs nothing. Those that no passage needs are kept for `KEPT_DAYS`.
"""

import hashlib
import sqlite3
import time
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, Self

import numpy as np

from rag.index import database
from rag.index.database import Database
from rag.index.embedding import Vector
from rag.index.ledger import Ledger
from rag.index.lexical import LexicalIndex
from rag.index.searched_text import all_searched_texts

KEPT_DAYS: Final = 90
_NAME: Final = "vectors.sqlite3"
_BATCH: Final = 500
_DAY: Final = 86_400


def text_hash(text: str) -> str:
    """The hash by which the vector of a text is kept."""
    return hashlib.sha256(text.encode()).hexdigest()


def _first_schema(connection: sqlite3.Connection) -> None:
    for statement in (
        """CREATE TABLE vectors (
            model TEXT NOT NULL, width INTEGER NOT NULL, hash TEXT NOT NULL,
            day INTEGER NOT NULL, vector BLOB NOT NULL)""",
        "CREATE UNIQUE INDEX vectors_by_text ON vectors (hash, model, width)",
        "CREATE TABLE looks (day INTEGER PRIMARY KEY)",
    ):
        connection.execute(statement)
    connection.execute("INSERT INTO looks VALUES (?)", (_today(),))


def put_aside(folder: Path) -> None:
    """Renames a damaged file of kept vectors, so that a new one can be made."""
    database.put_aside(folder / _NAME)


class PaidVectors:
    """One connection to the kept vectors in a folder. Not for use by two threads at once."""

    def __init__(self, folder: Path) -> None:
        """Opens the file, creating it. IndexUnavailable where that fails."""
        self._database = Database(folder / _NAME, [_first_schema], ["vectors", "looks"])
        self._connection = self._database.connection

    def close(self) -> None:
        """Closes the connection."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def is_sound(self) -> bool:
        """Whether SQLite finds no damage. Reads everything: seconds where there are many."""
        return self._database.is_sound()

    def width(self, model: str) -> int | None:
        """The dimensions of the vectors that `model` gave last; None before the first."""
        row = self._connection.execute(
            "SELECT width FROM vectors WHERE model = ? ORDER BY rowid DESC LIMIT 1", (model,)
        ).fetchone()
        return row[0] if row else None

    def known(self, model: str, width: int | None, hashes: Sequence[str]) -> dict[str, Vector]:
        """The kept vectors of so many dimensions among those of `hashes` (of texts), by hash."""
        found: dict[str, Vector] = {}
        for begin in range(0, len(hashes), _BATCH):
            batch = hashes[begin : begin + _BATCH]
            marks = ",".join("?" * len(batch))
            for key, blob in self._connection.execute(
                f"""SELECT hash, vector FROM vectors
                    WHERE model = ? AND width = ? AND hash IN ({marks})""",  # noqa: S608
                (model, width, *batch),
            ):
                found[key] = np.frombuffer(blob, dtype=np.float32)
        return found

    def missing(self, model: str, width: int | None, hashes: Sequence[str]) -> set[str]:
        """Those of `hashes` (of texts) whose vectors of so many dimensions are not kept."""
        found = set(hashes)
        for begin in range(0, len(hashes), _BATCH):
            batch = hashes[begin : begin + _BATCH]
            marks = ",".join("?" * len(batch))
            rows = self._connection.execute(
                f"""SELECT hash FROM vectors
                    WHERE hash IN ({marks}) AND model = ? AND width = ?""",  # noqa: S608
                (*batch, model, width),
            )
            found.difference_update(key for (key,) in rows)
        return found

    def keep(self, model: str, vectors: dict[str, Vector]) -> None:
        """Keeps vectors at once: what was paid for is not lost with the revision."""
        with self._database.writing():
            self._connection.executemany(
                "INSERT OR REPLACE INTO vectors (model, width, hash, day, vector) "
                "VALUES (?, ?, ?, ?, ?)",
                [
                    (model, len(vector), key, _today(), vector.tobytes())
                    for key, vector in vectors.items()
                ],
            )

    def adopt(self, ledger: Ledger) -> None:
        """Takes over the vectors that ledgers of earlier versions kept themselves."""
        with self._database.writing():
            self._connection.executemany(
                "INSERT OR IGNORE INTO vectors (model, width, hash, day, vector) "
                "VALUES (?, ?, ?, ?, ?)",
                (
                    (model, len(vector) // 4, key, _today(), vector)
                    for model, key, vector in ledger.vectors()
                ),
            )
        ledger.forget_vectors()

    def take_over(self, ledger: Ledger, index: LexicalIndex) -> None:
        """Keeps the vectors that the passages of a ledger are served with: they were paid for."""
        texts = all_searched_texts(ledger)
        while batch := list(islice(texts, _BATCH)):
            found = {text_hash(text): index.vectors(index.rows_of([id_])) for id_, text in batch}
            self.keep(ledger.embedding, {key: one[0] for key, one in found.items() if len(one)})

    def forget_unused(self, texts: Iterable[str], *, today: int | None = None) -> int:
        """Deletes the vectors that none of `texts` has had for `KEPT_DAYS`; gives how many.

        `today`: days since 1970.
        """
        day = _today() if today is None else today
        with self._database.writing():
            self._connection.executemany(
                "UPDATE vectors SET day = ? WHERE hash = ?",
                ((day, text_hash(text)) for text in texts),
            )
            gone = self._connection.execute(
                "DELETE FROM vectors WHERE day < ?", (day - KEPT_DAYS,)
            ).rowcount
            self._connection.execute("UPDATE looks SET day = ?", (day,))
        return gone

    @property
    def is_due(self) -> bool:
        """Whether unused vectors have not been looked for in a third of `KEPT_DAYS`."""
        (day,) = self._connection.execute("SELECT day FROM looks").fetchone()
        return _today() - int(day) > KEPT_DAYS // 3


def _today() -> int:
    return int(time.time() // _DAY)
