"""`rag index`: brings the index up to date."""

import argparse
import asyncio
from collections.abc import Coroutine
from typing import Any, Final

from rag.cli.terminal import opened, print_json, progress_bar, say
from rag.errors import UsageError
from rag.index.report import OnProgress, SyncReport
from rag.knowledge_base import KnowledgeBase
from rag.text.hidden import visible_line

_MOST_SHOWN: Final = 20


def run(options: argparse.Namespace) -> int:
    """Runs the command; gives the exit status."""
    if options.rollback and (options.rebuild or options.dry_run):
        raise UsageError("--rollback goes with neither --rebuild nor --dry-run.")
    with opened() as (_, knowledge):
        if options.dry_run:
            report = knowledge.plan(rebuild=options.rebuild)
        else:
            with progress_bar(shown=not options.json) as show:
                report = asyncio.run(_brought_up_to_date(knowledge, options, show))
    if options.json:
        print_json(report)
    else:
        say(described(report, planned=options.dry_run))
    return 0


def _brought_up_to_date(
    knowledge: KnowledgeBase, options: argparse.Namespace, show: OnProgress
) -> Coroutine[Any, Any, SyncReport]:
    if options.rollback:
        return knowledge.roll_back(show, build=True)
    return knowledge.sync(show, rebuild=options.rebuild, lift=True, build=True)


def described(report: SyncReport, *, planned: bool = False) -> str:
    """A report in words."""
    lines = []
    for name, files in (
        ("added", report.added),
        ("changed", report.changed),
        ("removed", report.removed),
    ):
        lines += [f"  {name:8} {visible_line(file)}" for file in files[:_MOST_SHOWN]]
        if len(files) > _MOST_SHOWN:
            lines.append(f"  {name:8} … and {len(files) - _MOST_SHOWN} more")
    lines += [f"  skipped  {visible_line(one.file)}: {one.reason}" for one in report.skipped]
    lines += [f"  warning  {visible_line(one.file)}: {one.reason}" for one in report.warnings]
    opening = "Would bring the index up to date" if planned else f"Revision {report.revision}"
    counts = (
        f"{len(report.added)} added, {len(report.changed)} changed, {len(report.removed)} removed, "
        f"{report.unchanged} unchanged, {len(report.skipped)} skipped; "
        f"{report.passages} passages, {report.embedded} embedded; {report.seconds:.1f} s"
    )
    return "\n".join([f"{opening}: {counts}.", *lines])
