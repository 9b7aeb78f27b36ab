"""A change of the collection: files go, files arrive, segments and ledger alike."""

import logging
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import numpy as np

from rag.index.arrival import Arrival
from rag.index.embedding import Embedder, Vector
from rag.index.features import every_feature
from rag.index.ledger import Ledger
from rag.index.merging import store, sweep, tidy
from rag.index.purchase import Purchase
from rag.index.report import OnProgress, Progress
from rag.index.segment import Row, build
from rag.index.snapshot import load_segment

_log = logging.getLogger(__name__)

_SEGMENT_ROWS: Final = 4096


@contextmanager
def changing(data: Path, ledger: Ledger) -> Iterator[None]:
    """A change as a whole, or not at all; afterwards the segments are put in order."""
    try:
        with ledger.writing():
            yield
    except BaseException:
        # What is half written must not fill the disk.
        with suppress(sqlite3.Error, OSError):
            sweep(data, ledger)
        raise
    # Not before the change can be seen: a merge of many passages takes a while.
    try:
        with ledger.writing():
            tidy(data, ledger)
    except (OSError, sqlite3.OperationalError) as error:
        _log.warning("parts of the index could not be merged, and stay as they are: %s", error)
    sweep(data, ledger)


def take_out(data: Path, ledger: Ledger, files: Iterable[int]) -> None:
    """Takes files out of the collection; within `changing`."""
    gone = np.array(sorted(files), dtype=np.int64)
    if not len(gone):
        return
    for entry in ledger.segments():
        segment = load_segment(data, entry.name, entry.rows)
        slots = np.flatnonzero(np.isin(segment.files, gone)).tolist()
        ledger.mark_dead(entry.name, set(slots) - set(entry.dead))
    for file in gone.tolist():
        ledger.remove_file(file)


def bring_in(
    data: Path,
    ledger: Ledger,
    arrivals: Sequence[Arrival],
    vectors: Purchase | Embedder,
    on_progress: OnProgress,
) -> None:
    """Brings files into the collection; within `changing`.

    `vectors`: a model's, bought, or those that an embedder makes for nothing.
    """
    count = sum(one.passages for one in arrivals)
    bought: Iterator[Vector] = iter(())
    if isinstance(vectors, Purchase):
        features = every_feature(_texts(arrivals), count, None)
        bought = vectors.vectors(_texts(arrivals))
    else:
        features = every_feature(_texts(arrivals), count, vectors)
    rows: list[Row] = []
    passages = 0
    for number, arrival in enumerate(arrivals, start=1):
        file, ids = arrival.enter(ledger)
        for passage in ids:
            terms, vector = next(features)
            rows.append(Row(passage, file, terms, next(bought) if vector is None else vector))
            if len(rows) == _SEGMENT_ROWS:
                store(data, ledger, build(rows))
                rows = []
        passages += len(ids)
        on_progress(Progress("write", number, len(arrivals), passages))
    if rows:
        store(data, ledger, build(rows))


def _texts(arrivals: Iterable[Arrival]) -> Iterator[str]:
    return (text for one in arrivals for text in one.texts())
