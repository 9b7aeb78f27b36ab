"""The deterministic check of claims, on a set of supported and unsupported ones.

It shows consistency, not entailment. A supported claim counts as right when it is kept, another
when it is refused; swapped attribution is shown and not counted. Milliseconds of the processor
after one claim that loads the lexicon: over the set the first time, and once more.

    python benchmarks/verification.py [set.jsonl] [--misses] [--recited]
"""

import argparse
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.answers.altered import SET, by_kind, kept, outcomes, refused, rows_of, share


def main() -> None:
    """Prints the figures by kind and language and the time of a claim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", nargs="?", type=Path, default=SET, help="JSON lines")
    parser.add_argument("--misses", action="store_true", help="print what was judged wrongly")
    parser.add_argument("--recited", action="store_true", help="with other sentences cited")
    arguments = parser.parse_args()
    rows = list(rows_of(arguments.set))
    outcomes(rows[:1])
    found = outcomes(rows, recited=arguments.recited)
    print(by_kind(found))
    print()
    print(by_kind([*kept(found), *refused(found)], "language"))
    print()
    print(f"supported claims kept       {share(kept(found)):6.1%} of {len(kept(found))}")
    print(f"unsupported claims refused  {share(refused(found)):6.1%} of {len(refused(found))}")
    again = outcomes(rows, recited=arguments.recited)
    for name, timed in (("words seen first", found), ("words known", again)):
        times = [1000 * one.seconds for one in timed]
        if len(times) > 1:
            cuts = statistics.quantiles(times, n=20)
            print(f"ms a claim, {name:16} p50 {cuts[9]:.1f}, p95 {cuts[18]:.1f}")
    if arguments.misses:
        for one in found:
            if not one.right:
                print(f"\n{one.row.id} {one.row.kind} {one.reason}\n   {one.row.claim}")
                print("   " + " || ".join(sentence.text for sentence in one.row.cited))


if __name__ == "__main__":
    main()
