"""A year of the bot in seconds: the short form of `benchmarks/soak.py`."""

from benchmarks.soak import Plan, soak
from benchmarks.soak_report import faultless, told


def test_nothing_is_lost_repeated_unexplained_or_piling_up_while_everything_goes_on() -> None:
    outcome = soak(Plan(questions=60, restarts=0, faults=0.02, places=8, groups=2, every=1_000))
    assert not [bar for bar in faultless(outcome) if not bar.holds], told(outcome)
    assert {"add", "run", "change", "look"} <= outcome.work.keys()
