"""Disagreement between sources: how many of made-up disputes are told, and how many false alarms.

python benchmarks/disagreement.py [--misses]
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.answers import (
    disagreements,
    disagreements_diverse,
    disagreements_further,
    disagreements_offices,
)


def main() -> None:
    """Prints both shares of each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print what was told wrongly")
    arguments = parser.parse_args()
    for name, pairs in (
        ("first set", disagreements),
        ("diverse", disagreements_diverse),
        ("further", disagreements_further),
        ("offices", disagreements_offices),
    ):
        missed = [pair for pair in pairs.DISPUTED if not pair.disputes]
        alarms = [pair for pair in pairs.AGREED if pair.disputes]
        shown = len(pairs.DISPUTED) - len(missed)
        print(f"{name:10} disputes told {shown:3} of {len(pairs.DISPUTED):3}", end="")
        print(f", false alarms {len(alarms):2} of {len(pairs.AGREED):3}")
        if arguments.misses:
            for what, found in (("missed", missed), ("false alarm", alarms)):
                for pair in found:
                    print(f"  {what}: {pair.one} || {pair.other}")


if __name__ == "__main__":
    main()
