"""The deterministic check of claims, on a set of supported and unsupported ones.

It shows consistency, not entailment. A supported claim counts as right when it is kept, another
when it is refused; swapped attribution is shown and not counted. Milliseconds of the processor:
once with nothing known but the lexicon, once with the evidence looked at, as it is while a model
is waited for, and once with everything known. An answer is four claims of one report.

    python benchmarks/verification.py [set.jsonl] [--misses] [--recited]
"""

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from rag.answers.groundwork import look_at, sentences_of
from rag.text.language import LANGUAGES
from rag.text.lexicon import lexicon
from tests.answers.altered import (
    SET,
    Outcome,
    Row,
    by_kind,
    kept,
    outcomes,
    refused,
    rows_of,
    share,
)

CLAIMS = 4
"""Of an answer."""
BARS = {"claim": 5, "answer": 30}
"""Milliseconds at p95."""
LISTS = 16
"""The most that a cache of word lists holds."""


def main() -> None:
    """Prints the figures by kind and language and the time of a claim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", nargs="?", type=Path, default=SET, help="JSON lines")
    parser.add_argument("--misses", action="store_true", help="print what was judged wrongly")
    parser.add_argument("--recited", action="store_true", help="with other sentences cited")
    arguments = parser.parse_args()
    rows = list(rows_of(arguments.set))
    for language in LANGUAGES:
        lexicon(language)
    outcomes(rows[:1])
    # As the bot does once it has loaded these: else looking through them for garbage is timed too.
    gc.collect()
    gc.freeze()
    found = outcomes(rows, recited=arguments.recited)
    print(by_kind(found))
    print()
    print(by_kind([*kept(found), *refused(found)], "language"))
    print()
    print(f"supported claims kept       {share(kept(found)):6.1%} of {len(kept(found))}")
    print(f"unsupported claims refused  {share(refused(found)):6.1%} of {len(refused(found))}")
    timed("words seen first", found)
    forget()
    print(f"ms of looking at a report's evidence beforehand: {looking(rows):.0f}")
    timed("evidence looked at", outcomes(rows, recited=arguments.recited))
    timed("words known", outcomes(rows, recited=arguments.recited))
    if arguments.misses:
        for one in found:
            if not one.right:
                print(f"\n{one.row.id} {one.row.kind} {one.reason}\n   {one.row.claim}")
                print("   " + " || ".join(sentence.text for sentence in one.row.cited))


def timed(name: str, found: Sequence[Outcome]) -> None:
    """Prints the time of a claim and of an answer."""
    answers: dict[str, list[float]] = {}
    for one in found:
        answers.setdefault(one.row.evidence[0].source.text, []).append(1000 * one.seconds)
    claims = [time for times in answers.values() for time in times]
    whole = [
        sum(times[place : place + CLAIMS])
        for times in answers.values()
        for place in range(0, len(times) - CLAIMS + 1, CLAIMS)
    ]
    for what, times in (("claim", claims), ("answer", whole)):
        if len(times) > 1:
            cuts = statistics.quantiles(times, n=20)
            figures = f"p50 {cuts[9]:5.1f}, p95 {cuts[18]:5.1f} (bar {BARS[what]})"
            print(f"ms of a {what:6} {name:18} {figures}")


def looking(rows: Sequence[Row]) -> float:
    """Milliseconds of looking at the evidence of a report, on average."""
    reports = {row.evidence[0].source.text: row.evidence for row in rows}
    began = time.process_time()
    for evidence in reports.values():
        for text in sentences_of(evidence):
            look_at(text)
    return 1000 * (time.process_time() - began) / len(reports)


def forget() -> None:
    """Empties what the checks remember, but for the lexicon and the word lists."""
    for module in [one for name, one in sys.modules.items() if name.startswith("rag.")]:
        for each in list(vars(module).values()):
            clear = getattr(each, "cache_clear", None)
            if clear and (each.cache_info().maxsize or 0) > LISTS:
                clear()


if __name__ == "__main__":
    main()
