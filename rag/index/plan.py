"""The plan: what has changed in the documents folder since the ledger's revision."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rag.documents.reading import CLOSED, FileState, Seen, look
from rag.index.arrival import Arrival, NewFile
from rag.index.entries import SkippedEntry
from rag.index.former import Held
from rag.index.ledger import Ledger
from rag.index.report import OnProgress, Progress
from rag.index.understanding import AsKnown, Outcome, Refused, Wanted, every_outcome

HELD: Final = "taken back by `rag index --rollback`; `rag index` takes it in again"
_UNSETTLED: Final = -1
"""The time of change of a file that may have changed again without showing it."""
_SETTLING: Final = 2_000_000_000
"""Nanoseconds within which a file system may give two changes one time."""

_Known = dict[str, tuple[int, int, int, str]]


@dataclass(slots=True)
class Plan:
    """What is to be done. Files are named by their paths, those in the ledger by their ids."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    skipped: list[SkippedEntry] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    """Files whose former text stays, because it was taken back to."""
    arrivals: list[Arrival] = field(default_factory=list)
    warnings: dict[str, str] = field(default_factory=dict)
    """Why those that arrive should be looked at; empty where they need not."""
    gone: list[int] = field(default_factory=list)
    touched: list[tuple[int, FileState]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether every passage stays as it is."""
        return not (self.arrivals or self.gone)

    @property
    def passages(self) -> int:
        """How many passages arrive."""
        return sum(one.passages for one in self.arrivals)

    def texts(self) -> Iterator[str]:
        """The texts that the passages that arrive are found by."""
        return (text for one in self.arrivals for text in one.texts())


def plan_of(
    documents: Path, ledger: Ledger, on_progress: OnProgress, *, afresh: bool, lift: bool
) -> Plan:
    """The plan that brings the ledger up to date with the folder `documents`.

    `afresh`: every file is read again, whether it has changed or not. `lift`: what was held back
    is taken in. UsageError where there is no folder.
    """
    return _Planning(documents, ledger, afresh=afresh, lift=lift).made(on_progress)


class _Planning:
    """The making of a plan."""

    def __init__(self, documents: Path, ledger: Ledger, *, afresh: bool, lift: bool) -> None:
        self._documents = documents
        self._afresh = afresh
        self._began = time.time_ns()
        self._ledger = ledger
        self._known: _Known = {}
        """The files of the ledger that are not as they were seen last."""
        self._skipped = {} if afresh else {entry.path: entry for entry in ledger.skipped()}
        self._held = {} if afresh or lift else ledger.former.held()
        self._vanished: set[str] = set()
        self._out_of_reach: set[str] = set()
        self._plan = Plan()

    def made(self, on_progress: OnProgress) -> Plan:
        """The plan."""
        found, unreadable = look(self._documents)
        plan = self._plan
        plan.skipped = [SkippedEntry(path, None, None, why) for path, why in unreadable.items()]
        others = self._others(found)
        plan.unchanged = len(found) - len(others)
        looked_at = [state for state in others if not self._is_as_before(state)]
        replaced, passages, alike = set(), 0, len(found) - len(looked_at)
        on_progress(Progress("read", alike, len(found)))
        outcomes = every_outcome(self._documents, [self._wanted(state) for state in looked_at])
        for number, (state, outcome) in enumerate(
            zip(looked_at, outcomes, strict=True), start=alike + 1
        ):
            if arrival := self._arrival(state, outcome):
                plan.arrivals.append(arrival)
                replaced.add(state.path)
                passages += arrival.passages
            on_progress(Progress("read", number, len(found), passages))
        here = {state.path for state in others} - {entry.path for entry in plan.skipped}
        here = (here - self._vanished) | self._out_of_reach
        closed = tuple(f"{path}/" for path, why in unreadable.items() if why.startswith(CLOSED))
        for path, (id_, *_) in self._known.items():
            if path in replaced:
                plan.gone.append(id_)
            elif path not in here and not self._stays(path, closed):
                plan.removed.append(path)
                plan.gone.append(id_)
        return plan

    def _others(self, found: list[Seen]) -> list[FileState]:
        """Those of the files found that the ledger has not, or not as they are now.

        What it knows of them, and of those that were not found, is noted.
        """
        if self._afresh:
            self._known = self._ledger.file_states()
            return [FileState(*one) for one in sorted(found)]
        here, seen = set(found), self._ledger.seen()
        self._known = self._ledger.states_of([path for path, *_ in seen - here])
        return [FileState(*one) for one in sorted(here - seen)]

    def _is_as_before(self, state: FileState) -> bool:
        """Whether a file need not be looked at; what is known of it is noted then."""
        known, plan = self._known.get(state.path), self._plan
        if self._held.get(state.path) == Held(state.size, state.modified):
            if known:
                plan.unchanged += 1
                plan.held.append(state.path)
            else:
                plan.skipped.append(SkippedEntry(state.path, None, None, HELD))
            return True
        before = self._skipped.get(state.path)
        if before and (before.size, before.modified) == (state.size, state.modified):
            plan.skipped.append(before)
            return True
        return False

    def _stays(self, path: str, closed: tuple[str, ...]) -> bool:
        """Whether a file stays in the index although it is not found in the folder."""
        # It, or a folder above it, cannot be opened: it may be there as it was.
        if f"{path}/".startswith(closed) and not self._afresh:
            self._plan.unchanged += 1
            return True
        if self._held.get(path) == Held(None, None):
            self._plan.unchanged += 1
            self._plan.held.append(path)
            return True
        return False

    def _wanted(self, state: FileState) -> Wanted:
        """What is to be found out about a file."""
        known = self._known.get(state.path)
        return Wanted(state.path, known[3] if known and not self._afresh else "")

    def _arrival(self, state: FileState, outcome: Outcome) -> Arrival | None:
        """A file that was looked at, where its text is new."""
        plan, known = self._plan, self._known.get(state.path)
        settled = self._settled(state)
        match outcome:
            case Refused():
                self._skip(state, settled, outcome)
                return None
            case AsKnown():
                plan.unchanged += 1
                if known:
                    plan.touched.append((known[0], settled))
                return None
        if known is None:
            plan.added.append(state.path)
        elif known[3] == outcome.file.sha256:
            plan.unchanged += 1
        else:
            plan.changed.append(state.path)
        plan.warnings[state.path] = outcome.warning
        return NewFile(outcome, settled)

    def _skip(self, state: FileState, settled: FileState, problem: Refused) -> None:
        if problem.may_pass and not os.path.lexists(self._documents / state.path):
            self._vanished.add(state.path)
            return
        size: int | None = settled.size
        modified: int | None = settled.modified
        if problem.may_pass:
            # Not remembered as seen: it is tried again, changed or not; until then it stays.
            size, modified = None, None
            if state.path in self._known and not self._afresh:
                self._out_of_reach.add(state.path)
                self._plan.unchanged += 1
        self._plan.skipped.append(SkippedEntry(state.path, size, modified, problem.reason))

    def _settled(self, state: FileState) -> FileState:
        """As what a file is remembered: one that has changed just now is looked at again."""
        if state.modified > self._began - _SETTLING:
            return state._replace(modified=_UNSETTLED)
        return state
