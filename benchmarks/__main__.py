"""The speed of the whole, in one table: Isnad beside the LlamaIndex starter and bare parts.

    python -m benchmarks             about 20 minutes, up to 100,000 passages
    python -m benchmarks --quick     at most 2 minutes, up to 1,000 passages
    python -m benchmarks --write     … and keeps the table and the plot in docs/

Each part runs by itself; one that fails is a line that says so. "Own work" is the processor's time
of the asking process alone: a model, where there is one, is a server in another process that
answers at once. The figures depend on the machine and on what else it does: compare the columns.
Below the table stands what the whole is to keep to; the exit status is 1 where a part failed.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.aims import told
from benchmarks.parts import PARTS, QUICK, Collections, Extent
from benchmarks.table import Row, drawing, markdown, plot

PROJECT: Final = Path(__file__).parents[1]
PAGE: Final = PROJECT / "docs" / "speed.md"
PICTURE: Final = PAGE.with_suffix(".png")
BEGIN: Final = "<!-- table -->"
END: Final = "<!-- end of the table -->"
_SHOWN: Final = f"![How the figures grow]({PICTURE.name})"


def measured(names: Sequence[str], extent: Extent, collections: Collections) -> Iterator[Row]:
    """The rows of these parts; one that fails gives a row that says so."""
    for name in names:
        began = time.monotonic()
        try:
            yield from PARTS[name](extent, collections)
        except (Exception, SystemExit) as error:  # noqa: BLE001  (the others are measured)
            told = " ".join(str(error).split())[:100]
            yield Row(name, "", None, failure=f"{type(error).__name__} {told}")
        sys.stderr.write(f"{name}: {time.monotonic() - began:.0f} s\n")


def write(page: Path, table: str) -> None:
    """Puts a table and the picture in their place on the page."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    today, machine = datetime.now(UTC).date(), f"{os.cpu_count()} processors, {platform.machine()}"
    load = f"load average {os.getloadavg()[0]:.0f} at the end"
    told = f"Measured on {today}: {machine}, Python {platform.python_version()}, {load}."
    page.write_text(
        f"{before}{BEGIN}\n{told}\n\n{table}\n\n{_SHOWN}\n{END}{after}", encoding="utf-8"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, draws; 1 where a part could not be measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="less of everything")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--sizes", nargs="+", type=int, metavar="PASSAGES")
    parser.add_argument("--plot", type=Path, metavar="PNG", help="an image of what grows")
    parser.add_argument("--write", action="store_true", help="docs/speed.md and its picture")
    given = parser.parse_args(arguments)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    extent = QUICK if given.quick else Extent()
    if given.sizes:
        extent = replace(extent, sizes=tuple(given.sizes))
    picture = given.plot or (PICTURE if given.write else None)
    if picture:
        drawing()  # what cannot be drawn is known before all is measured
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        rows = list(measured(given.parts, extent, Collections(Path(folder))))
    table = "\n\n".join(filter(None, [markdown(rows), told(rows)]))
    print(table)
    if given.write:
        write(PAGE, table)
    if picture:
        plot(picture, rows)
    return int(any(row.failure for row in rows))


if __name__ == "__main__":
    sys.exit(main())
