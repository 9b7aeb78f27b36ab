"""`rag index`: brings the index up to date."""

import argparse
import asyncio
from typing import Final

from rag.cli.terminal import opened, print_json, progress_bar, say
from rag.index.report import SyncReport
from rag.text.hidden import visible_line

_MOST_SHOWN: Final = 20


def run(options: argparse.Namespace) -> int:
    """Runs the command; gives the exit status."""
    with opened() as (_, knowledge):
        if options.dry_run:
            report = knowledge.plan(rebuild=options.rebuild)
        else:
            with progress_bar(shown=not options.json) as show:
                report = asyncio.run(knowledge.sync(show, rebuild=options.rebuild, build=True))
    if options.json:
        print_json(report)
    else:
        say(described(report, planned=options.dry_run))
    return 0


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
