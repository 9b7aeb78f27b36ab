"""The indexer: brings the index up to date with the documents folder, in one transaction.

The way of a change: scan → read what changed → split → embed (kept vectors first) → a segment of
the new passages → one ledger transaction with a new revision → visible. A failure at any point
leaves the last revision serving.
"""

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import uuid4

from rag.errors import IndexUnavailable, ModelUnavailable
from rag.index.change import bring_in, changing, take_out
from rag.index.database import is_of_the_process, unwritable
from rag.index.embedding import LOCAL_DIMENSIONS, Embedder
from rag.index.ledger import Ledger, exists, unavailable
from rag.index.lock import index_lock
from rag.index.mending import fill, open_ledger, open_paid_vectors
from rag.index.paid_vectors import PaidVectors
from rag.index.plan import HELD, Plan, plan_of
from rag.index.purchase import OtherWidth, Purchase, buy
from rag.index.report import OnProgress, Skipped, SyncReport, Warned
from rag.index.rollback import go_back, plan_back
from rag.index.room import FreeSpace, free_space, make_sure, room_for
from rag.index.searched_text import all_searched_texts
from rag.index.snapshot import load_segment

_log = logging.getLogger(__name__)

_TERMS: Final = "8"
"""Of the rules by which text becomes sentences and terms; another number has all indexed again."""
_USUAL_WIDTH: Final = 1536
_EARLIER: Final = f"it is indexed as it was earlier: what came after was {HELD}"


@dataclass(frozen=True, slots=True)
class _Files:
    """What the indexer has open."""

    ledger: Ledger
    kept: PaidVectors | None
    """None where nothing is bought."""


class Indexer:
    """Writes the index of one documents folder into one data folder."""

    def __init__(
        self, documents: Path, data: Path, embedder: Embedder, free: FreeSpace = free_space
    ) -> None:
        self._documents = documents
        self._data = data
        self._embedder = embedder
        self._free = free

    def sync(
        self,
        on_progress: OnProgress = lambda _: None,
        *,
        rebuild: bool = False,
        dry_run: bool = False,
        lift: bool = False,
        wait: float = 0.0,
    ) -> SyncReport:
        """Brings the index up to date; with `rebuild`, from the files alone.

        `lift` takes in what was held back by going back to a former revision. Waits `wait` seconds
        for another process at work, then raises IndexBusy. `dry_run` only says what would be done.
        """
        started = time.monotonic()
        with self._opened(wait, rebuild=rebuild, dry_run=dry_run) as files:
            ledger = files.ledger
            afresh = rebuild or not self._is_usable(ledger)
            plan = plan_of(self._documents, ledger, on_progress, afresh=afresh, lift=lift)
            embedded = 0
            if not dry_run:
                plan, embedded = self._apply(files, plan, on_progress, afresh=afresh, lift=lift)
            return _report(ledger, plan, embedded, time.monotonic() - started)

    def roll_back(
        self, on_progress: OnProgress = lambda _: None, *, wait: float = 0.0
    ) -> SyncReport:
        """Takes the last revision back: the one before it serves again, as a new revision.

        Where the folder is different, it is held back: a file stays as it is in the index until it
        changes again, or until `sync` lifts it. IndexUnavailable where there is none to go back to.
        """
        started = time.monotonic()
        with self._opened(wait) as files:
            ledger = files.ledger
            if not ledger.former_revision or not self._is_usable(ledger):
                raise IndexUnavailable(
                    "There is no earlier revision to go back to.",
                    "Only the last one is kept, and only while the embedding is the same.",
                )
            plan = plan_back(ledger)
            self._make_sure_of_room(ledger, plan)
            bought = self._bought(files, plan, on_progress, ledger.width)
            vectors = bought or self._embedder
            with changing(self._data, ledger):
                key = go_back(self._documents, self._data, ledger, plan, vectors, on_progress)
                # The files have their ids again: what was made of that revision is good again.
                self._begin_revision(ledger, bought, key or uuid4().hex)
            made = bought.made if bought else plan.passages
            return _report(ledger, plan, made, time.monotonic() - started)

    @contextmanager
    def _opened(
        self, wait: float, *, rebuild: bool = False, dry_run: bool = False
    ) -> Iterator[_Files]:
        """What has to be open, locked. To rebuild, what is damaged is put aside.

        A dry run makes nothing.
        """
        with ExitStack() as stack:
            folder = self._data
            if dry_run and not exists(folder):
                folder = Path(stack.enter_context(TemporaryDirectory()))
            stack.enter_context(index_lock(folder, wait))
            mend = rebuild and not dry_run
            try:
                ledger = stack.enter_context(open_ledger(folder, mend=mend))
                kept = None
                if self._embedder.is_paid and not dry_run:
                    kept = stack.enter_context(open_paid_vectors(folder, mend=mend))
                    fill(kept, folder, ledger)
                yield _Files(ledger, kept)
            except sqlite3.DatabaseError as error:
                raise unavailable(folder, error) from error
            except OSError as error:
                raise unwritable(folder, error) from error

    def _is_usable(self, ledger: Ledger) -> bool:
        """Whether the segments are all there and of the embedding that is asked for."""
        made_by = (ledger.embedding, ledger.terms)
        if ledger.revision and made_by != (self._embedder.name, _TERMS):
            return False
        try:
            for entry in ledger.segments():
                load_segment(self._data, entry.name, entry.rows)
        except OSError as error:
            if is_of_the_process(error):
                raise
            return False
        except ValueError:
            return False
        return True

    # Carrying it out

    def _apply(
        self, files: _Files, plan: Plan, on_progress: OnProgress, *, afresh: bool, lift: bool
    ) -> tuple[Plan, int]:
        """Carries a plan out, or the one that it turns out to take; how many texts it embedded."""
        ledger = files.ledger
        self._make_sure_of_room(ledger, plan)
        # A server that fails does so here, before anything is written.
        made, width = 0, None if afresh else ledger.width
        while True:
            try:
                bought = self._bought(files, plan, on_progress, width)
                break
            except OtherWidth as other:
                if made:
                    raise ModelUnavailable(
                        f"The embedding model {self._embedder.name} keeps changing the width of "
                        "its vectors."
                    ) from None
                _log.warning("the model's vectors have another width now: all is made again")
                made, width, afresh = other.made, other.width, True
            plan = plan_of(self._documents, ledger, on_progress, afresh=True, lift=lift)
            self._make_sure_of_room(ledger, plan)
        with changing(self._data, ledger):
            self._write(ledger, plan, bought, on_progress, afresh=afresh, lift=lift)
        if files.kept and files.kept.is_due:
            files.kept.forget_unused(text for _, text in all_searched_texts(ledger))
        return plan, made + bought.made if bought else plan.passages

    def _bought(
        self, files: _Files, plan: Plan, on_progress: OnProgress, width: int | None
    ) -> Purchase | None:
        """A model's vectors for the plan's passages; None where they cost nothing."""
        if files.kept is None:
            return None
        return buy(self._embedder, files.kept, plan.texts, width, on_progress)

    def _make_sure_of_room(self, ledger: Ledger, plan: Plan) -> None:
        if plan.arrivals:
            characters = sum(one.characters for one in plan.arrivals)
            width = ledger.width or _USUAL_WIDTH if self._embedder.is_paid else LOCAL_DIMENSIONS
            make_sure(self._data, self._free, room_for(characters, plan.passages, width))

    def _write(
        self,
        ledger: Ledger,
        plan: Plan,
        bought: Purchase | None,
        on_progress: OnProgress,
        *,
        afresh: bool,
        lift: bool,
    ) -> None:
        former = ledger.former
        for id_, state in plan.touched:
            ledger.touch_file(id_, state.size, state.modified)
        ledger.set_skipped(plan.skipped)
        seen_again = {state.path for _, state in plan.touched}
        moved = {*plan.added, *plan.changed, *plan.removed}
        former.release(former.held() if lift or afresh else moved | seen_again)
        if plan.is_empty and ledger.revision and not afresh:
            return
        if moved or not ledger.revision:
            former.record(ledger.ids([*plan.changed, *plan.removed]), plan.added)
            ledger.set_state(former_revision=str(ledger.revision), former_key=ledger.key)
        if afresh:
            # Every file gets another id: what was made of the former revision is good no more.
            ledger.set_state(former_key="", calibration="")
            ledger.remove_segments([entry.name for entry in ledger.segments()])
        take_out(self._data, ledger, plan.gone)
        bring_in(self._data, ledger, plan.arrivals, bought or self._embedder, on_progress)
        self._begin_revision(ledger, bought, uuid4().hex)

    def _begin_revision(self, ledger: Ledger, bought: Purchase | None, key: str) -> None:
        width = (bought.width if bought else None) or ledger.width or ""
        ledger.set_state(
            revision=str(ledger.revision + 1),
            key=key,
            embedding=self._embedder.name,
            width=str(width) if self._embedder.is_paid else "",
            terms=_TERMS,
        )


def _report(ledger: Ledger, plan: Plan, embedded: int, seconds: float) -> SyncReport:
    return SyncReport(
        ledger.revision,
        tuple(plan.added),
        tuple(plan.changed),
        tuple(plan.removed),
        plan.unchanged,
        tuple(Skipped(one.path, one.reason) for one in sorted(plan.skipped, key=lambda o: o.path)),
        ledger.passage_count(),
        embedded,
        round(seconds, 3),
        tuple(Warned(path, reason) for path, reason in sorted(_warnings(ledger, plan).items())),
    )


def _warnings(ledger: Ledger, plan: Plan) -> dict[str, str]:
    """By path, why files should be looked at, once the plan is carried out, if it is not yet."""
    found = ledger.warnings() | plan.warnings
    for path in plan.held:
        found[path] = "; ".join(filter(None, (found.get(path), _EARLIER)))
    removed = frozenset(plan.removed)
    return {path: reason for path, reason in found.items() if reason and path not in removed}
