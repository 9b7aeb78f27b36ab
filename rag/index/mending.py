"""Opening what the index keeps in SQLite, and beginning anew where that is damaged."""

from contextlib import suppress
from pathlib import Path

from rag.errors import IndexBusy, IndexUnavailable
from rag.index import ledger as ledgers
from rag.index import paid_vectors
from rag.index.ledger import Ledger
from rag.index.paid_vectors import PaidVectors
from rag.index.snapshot import open_snapshot


def open_ledger(folder: Path, *, mend: bool) -> Ledger:
    """The ledger in `folder`. With `mend`, a damaged one is put aside and another is made.

    IndexUnavailable where it cannot be opened otherwise.
    """
    try:
        ledger = Ledger(folder)
        if mend and not ledger.is_sound():
            ledger.close()
            raise IndexUnavailable(f"The index in {folder} is damaged.")
    except IndexUnavailable as error:
        if not mend or isinstance(error, IndexBusy):
            raise
        ledgers.put_aside(folder)
        ledger = Ledger(folder)
    return ledger


def open_paid_vectors(folder: Path, *, mend: bool) -> PaidVectors:
    """The vectors that were paid for; with `mend`, as `open_ledger` says."""
    try:
        kept = PaidVectors(folder)
        if mend and not kept.is_sound():
            kept.close()
            raise IndexUnavailable(f"The vectors that are kept in {folder} are damaged.")
    except IndexUnavailable as error:
        if not mend or isinstance(error, IndexBusy):
            raise
        paid_vectors.put_aside(folder)
        kept = PaidVectors(folder)
    return kept


def fill(kept: PaidVectors, folder: Path, ledger: Ledger) -> None:
    """Takes over the vectors that are kept elsewhere, and not where they should be.

    Those of earlier versions are in the ledger; where the file was lost or put aside, those that
    passages are served with are in the segments.
    """
    if next(ledger.vectors(), None):
        kept.adopt(ledger)
    if ledger.revision and ledger.width and kept.width(ledger.embedding) is None:
        with suppress(IndexUnavailable):
            kept.take_over(ledger, open_snapshot(folder, ledger).lexical)
