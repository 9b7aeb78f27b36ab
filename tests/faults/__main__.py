"""Writes `docs/reliability.md`: `python -m tests.faults`."""

from tests.faults.page import PAGE, page
from tests.faults.table import FAULTS

if __name__ == "__main__":
    PAGE.write_text(page(FAULTS), encoding="utf-8")
