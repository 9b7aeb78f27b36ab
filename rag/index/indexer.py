"""The indexer: brings the index up to date with the documents folder, in one transaction.

The way of a change: scan → read what changed → split → embed (kept vectors first) → a segment of
the new passages → one ledger transaction with a new revision → visible. A failure at any point
leaves the last revision serving.
"""

import hashlib
import logging
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import uuid4

import numpy as np
from filelock import FileLock, Timeout

from rag.documents.document import Document, Passage, understand
from rag.documents.reading import FileState, read, scan
from rag.errors import IndexBusy, IndexUnavailable, UnreadableFile
from rag.index.embedding import Embedder, Vector
from rag.index.features import every_feature
from rag.index.ledger import (
    Ledger,
    SegmentEntry,
    SkippedEntry,
    exists,
    put_aside,
    unavailable,
)
from rag.index.segment import LARGEST, Row, Segment, build, merge, save
from rag.index.snapshot import load_segment, segment_folder
from rag.text.hidden import visible

_log = logging.getLogger(__name__)

_TERMS: Final = "3"
"""Of the rules by which text becomes sentences and terms; another number has all indexed again."""
_TITLE_WORDS: Final = 20
_MOST_SEGMENTS: Final = 8
_SEGMENT_ROWS: Final = 4096
_NEAR_IN_SIZE: Final = 4
"""A segment is merged with smaller ones that have a quarter of its rows together, or more."""
_EMBEDDING_BATCH: Final = 64


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the indexer is: `done` of `total` in `stage` (`read`, `embed`, `write`, `build`)."""

    stage: str
    done: int
    total: int


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not in the index, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Warned:
    """A file that is in the index, and why somebody should look at it."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What bringing the index up to date did. Files are paths below the documents folder."""

    revision: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    skipped: tuple[Skipped, ...]
    passages: int
    """In the index now."""
    embedded: int
    """How many texts were embedded, not taken from what was kept."""
    seconds: float
    warnings: tuple[Warned, ...] = ()
    """Of all files in the index, whether they have changed or not."""


@dataclass(slots=True)
class _Plan:
    """What has changed in the folder since the ledger's revision."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    skipped: list[SkippedEntry] = field(default_factory=list)
    documents: list[tuple[Document, FileState]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    touched: list[tuple[int, FileState]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.documents or self.gone)

    @property
    def passages(self) -> int:
        """How many passages the documents have."""
        return sum(len(document.passages) for document, _ in self.documents)

    def texts(self) -> Iterator[str]:
        """The texts that they are found by."""
        return (text for document, _ in self.documents for text in embedded_texts(document))


class Indexer:
    """Writes the index of one documents folder into one data folder."""

    def __init__(self, documents: Path, data: Path, embedder: Embedder) -> None:
        self._documents = documents
        self._data = data
        self._embedder = embedder

    def sync(
        self,
        on_progress: OnProgress = lambda _: None,
        *,
        rebuild: bool = False,
        dry_run: bool = False,
        wait: float = 0.0,
    ) -> SyncReport:
        """Brings the index up to date; with `rebuild`, from the files alone.

        Waits `wait` seconds for another process at work, then raises IndexBusy. `dry_run` only
        says what would be done.
        """
        started = time.monotonic()
        self._data.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self._data / "index.lock", timeout=wait):
                return self._sync(on_progress, started, rebuild=rebuild, dry_run=dry_run)
        except Timeout:
            raise IndexBusy(
                "Another process is bringing the index up to date.",
                "Wait until it has finished.",
            ) from None

    def _sync(
        self, on_progress: OnProgress, started: float, *, rebuild: bool, dry_run: bool
    ) -> SyncReport:
        with self._opened(rebuild=rebuild, dry_run=dry_run) as ledger:
            try:
                afresh = rebuild or not self._is_usable(ledger)
                plan = self._plan(ledger, on_progress, afresh)
                embedded = 0 if dry_run else self._apply(ledger, plan, on_progress, afresh)
                return _report(ledger, plan, embedded, time.monotonic() - started)
            except sqlite3.DatabaseError as error:
                raise unavailable(self._data, error) from error

    @contextmanager
    def _opened(self, *, rebuild: bool, dry_run: bool) -> Iterator[Ledger]:
        """The ledger. To rebuild, one that is damaged is put aside; a dry run makes none."""
        with ExitStack() as stack:
            folder = self._data
            if dry_run and not exists(folder):
                folder = Path(stack.enter_context(TemporaryDirectory()))
            try:
                ledger = Ledger(folder)
            except IndexUnavailable:
                if not rebuild or dry_run:
                    raise
                put_aside(folder)
                ledger = Ledger(folder)
            yield stack.enter_context(ledger)

    def _is_usable(self, ledger: Ledger) -> bool:
        """Whether the segments are all there and of the embedding that is asked for."""
        made_by = (ledger.embedding, ledger.terms)
        if ledger.revision and made_by != (self._embedder.name, _TERMS):
            return False
        try:
            for entry in ledger.segments():
                load_segment(self._data, entry.name, entry.rows)
        except (OSError, ValueError):
            return False
        return True

    # What changed

    def _plan(self, ledger: Ledger, on_progress: OnProgress, afresh: bool) -> _Plan:
        found, unreadable = scan(self._documents)
        known = ledger.file_states()
        skipped_before = {entry.path: entry for entry in ledger.skipped()}
        plan = _Plan(skipped=[SkippedEntry(p, None, None, why) for p, why in unreadable.items()])
        for number, state in enumerate(found, start=1):
            before = skipped_before.get(state.path)
            if (
                before
                and not afresh
                and (before.size, before.modified) == (state.size, state.modified)
            ):
                plan.skipped.append(before)
            else:
                self._look_at(state, known.get(state.path), plan, afresh)
            on_progress(Progress("read", number, len(found)))
        present = {document.file.path for document, _ in plan.documents}
        kept = {state.path for state in found} - {entry.path for entry in plan.skipped}
        for path, (id_, *_) in known.items():
            if path not in kept:
                plan.removed.append(path)
                plan.gone.append(id_)
            elif path in present:
                plan.gone.append(id_)
        return plan

    def _look_at(
        self,
        state: FileState,
        known: tuple[int, int, int, str] | None,
        plan: _Plan,
        afresh: bool,
    ) -> None:
        if known and not afresh and known[1:3] == (state.size, state.modified):
            plan.unchanged += 1
            return
        try:
            document = understand(read(self._documents, state.path))
            if not document.passages:
                raise UnreadableFile("it holds no text besides page furniture")
        except UnreadableFile as problem:
            size: int | None = state.size
            modified: int | None = state.modified
            if problem.may_pass:
                # Not remembered as seen: it is tried again, changed or not.
                size, modified = None, None
            plan.skipped.append(SkippedEntry(state.path, size, modified, problem.message))
            return
        same = known is not None and known[3] == document.file.sha256
        if known and same and not afresh:
            plan.unchanged += 1
            plan.touched.append((known[0], state))
            return
        plan.documents.append((document, state))
        if known is None:
            plan.added.append(state.path)
        elif same:
            plan.unchanged += 1
        else:
            plan.changed.append(state.path)

    # Carrying it out

    def _apply(
        self,
        ledger: Ledger,
        plan: _Plan,
        on_progress: OnProgress,
        afresh: bool,
    ) -> int:
        # A server that fails does so here, before anything is written.
        bought = self._bought(ledger, plan, on_progress)
        with ledger.writing():
            self._write(ledger, plan, bought.vectors, on_progress, afresh)
        # Not before the change can be seen: a merge of many passages takes a while.
        try:
            with ledger.writing():
                self._tidy(ledger)
        except OSError as error:
            _log.warning("parts of the index could not be merged, and stay as they are: %s", error)
        self._sweep(ledger)
        return bought.made if self._embedder.is_paid else plan.passages

    def _bought(self, ledger: Ledger, plan: _Plan, on_progress: OnProgress) -> "_Bought":
        """The vectors of a model for the plan's passages, in their order: kept ones first."""
        if not self._embedder.is_paid:
            return _Bought([], 0)
        by_hash = {text_hash(text): text for text in plan.texts()}
        known = ledger.known_vectors(self._embedder.name, list(by_hash))
        missing = [key for key in by_hash if key not in known]
        for begin in range(0, len(missing), _EMBEDDING_BATCH):
            batch = missing[begin : begin + _EMBEDDING_BATCH]
            made = dict(zip(batch, self._embedder.embed([by_hash[k] for k in batch]), strict=True))
            ledger.keep_vectors(self._embedder.name, made)
            known |= made
            on_progress(Progress("embed", begin + len(batch), len(missing)))
        return _Bought([known[text_hash(text)] for text in plan.texts()], len(missing))

    def _write(
        self,
        ledger: Ledger,
        plan: _Plan,
        vectors: Sequence[Vector],
        on_progress: OnProgress,
        afresh: bool,
    ) -> None:
        for id_, state in plan.touched:
            ledger.touch_file(id_, state.size, state.modified)
        ledger.set_skipped(plan.skipped)
        if plan.is_empty and ledger.revision and not afresh:
            return
        if afresh:
            ledger.remove_segments([entry.name for entry in ledger.segments()])
            ledger.set_state(calibration="")
        else:
            self._bury(ledger, plan.gone)
        for id_ in plan.gone:
            ledger.remove_file(id_)
        self._add(ledger, plan, vectors, on_progress)
        ledger.set_state(
            revision=str(ledger.revision + 1),
            key=uuid4().hex,
            embedding=self._embedder.name,
            terms=_TERMS,
        )

    def _bury(self, ledger: Ledger, files: Iterable[int]) -> None:
        """Marks the rows of files that go as dead."""
        gone = np.array(sorted(files), dtype=np.int64)
        if not len(gone):
            return
        for entry in ledger.segments():
            segment = load_segment(self._data, entry.name, entry.rows)
            slots = np.flatnonzero(np.isin(segment.files, gone)).tolist()
            ledger.mark_dead(entry.name, set(slots) - set(entry.dead))

    def _add(
        self,
        ledger: Ledger,
        plan: _Plan,
        vectors: Sequence[Vector],
        on_progress: OnProgress,
    ) -> None:
        rows: list[Row] = []
        embedder = None if self._embedder.is_paid else self._embedder
        made = every_feature(plan.texts(), plan.passages, embedder)
        bought = iter(vectors)
        for number, (document, state) in enumerate(plan.documents, start=1):
            file = ledger.add_file(document, state.size, state.modified)
            for passage in document.passages:
                terms, vector = next(made)
                vector = next(bought) if vector is None else vector
                rows.append(Row(ledger.add_passage(file, passage.sentences), file, terms, vector))
                if len(rows) == _SEGMENT_ROWS:
                    self._store(ledger, build(rows))
                    rows = []
            on_progress(Progress("write", number, len(plan.documents)))
        if rows:
            self._store(ledger, build(rows))

    def _store(self, ledger: Ledger, segment: Segment) -> None:
        name = uuid4().hex
        save(segment, segment_folder(self._data, name))
        ledger.add_segment(name, len(segment))

    def _tidy(self, ledger: Ledger) -> None:
        """Merges segments where they have become many, or mostly dead; what they hold stays.

        Those near in size are merged, so that a passage is copied a logarithmic number of times.
        """
        entries = sorted(ledger.segments(), key=_living)
        groups = [[entry] for entry in entries]
        if len(entries) > _MOST_SEGMENTS:
            groups = list(_near_in_size(entries))
        for group in groups:
            if len(group) > 1 or _is_stale(group[0]):
                self._merge(ledger, group)

    def _merge(self, ledger: Ledger, entries: Sequence[SegmentEntry]) -> None:
        parts = []
        for entry in entries:
            segment = load_segment(self._data, entry.name, entry.rows)
            alive = np.ones(len(segment), dtype=np.bool_)
            alive[list(entry.dead)] = False
            parts.append((segment, alive))
        ledger.remove_segments([entry.name for entry in entries])
        if any(alive.any() for _, alive in parts):
            self._store(ledger, merge(parts))

    def _sweep(self, ledger: Ledger) -> None:
        """Deletes the folders of segments that no revision names."""
        folder = segment_folder(self._data, "")
        named = {entry.name for entry in ledger.segments()}
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.name not in named:
                shutil.rmtree(path, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Bought:
    """The vectors of a model."""

    vectors: list[Vector]
    made: int
    """How many of them are new."""


def _living(entry: SegmentEntry) -> int:
    return entry.rows - len(entry.dead)


def _is_stale(entry: SegmentEntry) -> bool:
    return len(entry.dead) * 2 > entry.rows


def _near_in_size(entries: Iterable[SegmentEntry]) -> Iterator[list[SegmentEntry]]:
    """The entries, smallest first, in groups that one segment can hold."""
    group: list[SegmentEntry] = []
    held = 0
    for entry in entries:
        rows = _living(entry)
        if group and (held * _NEAR_IN_SIZE < rows or held + rows > LARGEST):
            yield group
            group, held = [], 0
        group.append(entry)
        held += rows
    if group:
        yield group


def embedded_texts(document: Document) -> list[str]:
    """The texts that the passages are found by: their sentences below the headline's words."""
    return [_embedded_text(document, passage) for passage in document.passages]


def _embedded_text(document: Document, passage: Passage) -> str:
    title = document.title_span
    headline = ""
    if title and passage.start >= title.end:
        headline = " ".join(document.title.split()[:_TITLE_WORDS]) + "\n"
    said = " ".join(span.of(document.file.text) for span in passage.sentences)
    return headline + visible(said)


def text_hash(text: str) -> str:
    """The hash by which the vector of a text is kept."""
    return hashlib.sha256(text.encode()).hexdigest()


def _report(ledger: Ledger, plan: _Plan, embedded: int, seconds: float) -> SyncReport:
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


def _warnings(ledger: Ledger, plan: _Plan) -> dict[str, str]:
    """By path, why files should be looked at, once the plan is carried out, if it is not yet."""
    found = ledger.warnings() | {one.file.path: one.warning for one, _ in plan.documents}
    removed = frozenset(plan.removed)
    return {path: reason for path, reason in found.items() if reason and path not in removed}
