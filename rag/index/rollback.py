"""Going back: the revision before the last one serves again."""

from pathlib import Path

from rag.index.arrival import Returning
from rag.index.change import bring_in, take_out
from rag.index.embedding import Embedder
from rag.index.entries import SkippedEntry
from rag.index.former import Held
from rag.index.ledger import Ledger
from rag.index.plan import HELD, Plan
from rag.index.purchase import Purchase
from rag.index.report import OnProgress


def plan_back(ledger: Ledger) -> Plan:
    """The plan that takes the ledger's last revision back."""
    states, files = ledger.file_states(), ledger.former.files()
    returning, arrived = {one.path for one in files}, ledger.former.arrived()
    plan = Plan(
        added=sorted(returning - states.keys()),
        changed=sorted(returning & states.keys()),
        removed=sorted((arrived - returning) & states.keys()),
        arrivals=[Returning(one) for one in files],
    )
    plan.gone = [states[path][0] for path in (*plan.changed, *plan.removed)]
    plan.unchanged = len(states) - len(plan.gone)
    plan.held = [*plan.added, *plan.changed]
    moved = {*plan.added, *plan.changed, *plan.removed}
    plan.skipped = [one for one in ledger.skipped() if one.path not in moved]
    plan.skipped += [SkippedEntry(path, None, None, HELD) for path in plan.removed]
    return plan


def go_back(
    documents: Path,
    data: Path,
    ledger: Ledger,
    plan: Plan,
    vectors: Purchase | Embedder,
    on_progress: OnProgress,
) -> str:
    """Carries the plan out, within `changing`; gives the key of the revision that serves again.

    It is empty where that is no longer the same in everything. What the folder has now is held
    back, and what goes is kept: going back twice leads to where one was.
    """
    former, paths = ledger.former, [*plan.added, *plan.changed, *plan.removed]
    former.hold({path: _state(documents / path) for path in paths})
    key, before, revision = ledger.key, ledger.former_key, ledger.revision
    returning = former.taken_out()
    former.record(plan.gone, plan.added)
    take_out(data, ledger, plan.gone)
    former.bring_back(returning)
    bring_in(data, ledger, plan.arrivals, vectors, on_progress)
    ledger.set_skipped(plan.skipped)
    ledger.set_state(former_revision=str(revision), former_key=key if before else "")
    return before


def _state(path: Path) -> Held:
    """How a file stands in the folder."""
    try:
        status = path.stat()
    except OSError:
        return Held(None, None)
    return Held(status.st_size, status.st_mtime_ns)
