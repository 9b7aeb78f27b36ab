"""`docs/reliability.md`, as the table of faults has it."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Final

from tests.faults.row import Fault, Part

PAGE: Final = Path(__file__).parents[2] / "docs" / "reliability.md"

_ABOVE: Final = """\
# What happens when something fails

Every outside call of Isnad fails here in every way that it can, one after the other: before,
while and after a question is answered or a change is indexed. Each row is driven by the test that
it names, over real files, databases, servers and processes, and that test holds what the asker
sees. This page is written from these rows by `uv run python -m tests.faults`, and a test holds
that it is.
"""
_BELOW: Final = """\
## Not covered

- **A process without any memory.** A question for which there is none fails alone; where Python
  itself gets none, for a thread or for an error, the process can hang or be ended by the system.
  Give it a supervisor (`deploy/isnad.service`, `compose.yaml`): what was asked is in the inbox,
  and answered after the start.
- **A file of the index that is cut while it is served.** It is mapped into memory, so the system
  ends the process; the next one notices it. Nothing of Isnad ever cuts a file that is served.
- **Bits that turn over on the disk.** SQLite and the arrays' headers notice some of it, and no
  checksum is kept of the rest. Quotations are safe from it: whoever opens one is shown the file
  itself.
- **A log of changes (`-wal`) put beside a ledger that it does not belong to**, by hand or from a
  backup. SQLite believes it. Copy `DATA_DIR` as a whole, while nothing runs.
- **An empty folder in the place of documents that are not mounted** is an empty collection, until
  they are there again. Nothing is lost by that, and nothing paid again.
- **A clock that is years ahead at the very start**: what is then older than `RETENTION_DAYS` is
  deleted, as it would be after years. While the bot runs, such a jump deletes nothing before a
  whole day has passed so.
- **A jump of PostgreSQL's clock** may let one replica take over what another is still doing: then
  an answer comes a second time, and is marked so where that can be told.
- **A locale without UTF-8 in which Python's UTF-8 mode was turned off** (`PYTHONUTF8=0`): files
  with names in other letters are passed over until it is back.
- **A disk that takes minutes for a write, without failing**: questions wait for it. So do they
  where another program keeps a database locked.
- **Real input-output errors of a device** are not made here; files that are cut, vanish, may not
  be read or cannot be written stand for them, for the same lines of the program deal with both.
- **Telegram's, OpenAI's and Chroma Cloud's own servers** are not asked in tests: servers on this
  machine that keep to their published rules stand for them.
"""


def page(faults: Iterable[Fault]) -> str:
    """The whole page."""
    sections = [_ABOVE]
    for part, rows in groupby(faults, key=lambda one: one.part):
        sections.append(_section(part, list(rows)))
    return "\n".join([*sections, _BELOW])


def _section(part: Part, rows: list[Fault]) -> str:
    """A part's table. Faults of one test that look alike to the asker share a line."""
    lines: dict[tuple[str, str, str, str], list[str]] = {}
    for one in rows:
        key = (one.when, one.shown, one.lost, f"{one.file}::{one.function}")
        lines.setdefault(key, []).append(one.fault)
    table = ["| what fails | when | the asker sees | lost |", "| --- | --- | --- | --- |"]
    for (when, sees, lost, test), named in lines.items():
        file, _, function = test.partition("::")
        link = f"[{when}](../{file} '{function}')"
        cells = ["; ".join(named), link, sees, lost]
        table.append(f"| {' | '.join(one.replace('|', '/') for one in cells)} |")
    return "\n".join([f"## {part} ({len(rows)})", "", *table, ""])
