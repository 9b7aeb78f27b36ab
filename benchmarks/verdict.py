"""What a benchmark ends with: its figures, where they were measured, and which bars were kept."""

import json
import os
import platform
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from benchmarks.aims import Aim


def report(figures: Mapping[str, Any], bars: Iterable[Aim]) -> int:
    """Prints one JSON object, and each bar on standard error; 1 where one is missed, else 0."""
    known = list(bars)
    told = [_told(bar) for bar in known]
    sys.stderr.write("".join(f"{line}\n" for line in told))
    print(json.dumps({"measured": machine(), **figures, "bars": told}, indent=2))
    return int(not all(bar.holds for bar in known))


def machine() -> str:
    """The day, the machine, and how busy it was in the last minute and the last fifteen."""
    last, _, before = os.getloadavg()
    return (
        f"{datetime.now(UTC).date()}, {os.cpu_count()} processors, {platform.machine()}, "
        f"Python {platform.python_version()}, load average {last:.1f} (15 minutes: {before:.1f})"
    )


def _told(bar: Aim) -> str:
    word = "kept" if bar.holds else "MISSED"
    return f"{word}: {bar.what}: at most {bar.most:g}, measured {bar.measured:g}"
