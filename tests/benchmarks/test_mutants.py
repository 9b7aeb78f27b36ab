from pathlib import Path

import pytest

from benchmarks.mutant_trial import Coverage
from benchmarks.mutants import AREAS, interval, modules_of, sample, suite_of
from benchmarks.mutation import Mutant, changes_of

PROJECT = Path(__file__).parents[2]
MODULE = "rag/text/dates.py"
OWN, OTHER, SLOW = "tests/text/test_dates.py::own", "tests/text/test_terms.py::other", "x.py::slow"


def mutant(first: int, last: int) -> Mutant:
    return Mutant(MODULE, range(first, last + 1), "")


def test_the_interval_of_a_share_is_wilsons() -> None:
    low, high = interval(85, 100)
    assert (round(low, 3), round(high, 3)) == (0.767, 0.907)
    assert interval(0, 0) == (0.0, 1.0)
    assert interval(10, 10)[1] == pytest.approx(1.0)


def test_a_mutant_meets_the_tests_that_reach_it_its_own_first_and_then_the_quick() -> None:
    seconds = {OTHER: 0.1, OWN: 2.0, SLOW: 9.0}
    reached = {MODULE: {1: [""], 10: [OTHER, SLOW, OWN], 11: [SLOW], 12: ["failing"]}}
    coverage = Coverage(seconds, reached, ("failing",))
    assert coverage.tests(mutant(10, 11), budget=60.0) == [OWN, OTHER, SLOW]
    assert coverage.tests(mutant(10, 11), budget=5.0) == [OWN, OTHER]
    assert coverage.tests(mutant(11, 11), budget=60.0) == [SLOW]
    assert coverage.tests(mutant(11, 11), budget=5.0) == [SLOW]
    # What is done once, when the module is imported, is seen wherever the module is used.
    assert coverage.tests(mutant(1, 1), budget=60.0) == [OWN, OTHER, SLOW]
    assert coverage.tests(mutant(12, 12), budget=60.0) == []


@pytest.mark.parametrize("area", AREAS)
def test_the_modules_and_the_tests_of_an_area_are_there(area: str) -> None:
    assert all((PROJECT / one).is_file() for one in modules_of(area, PROJECT))
    assert suite_of(area, PROJECT)
    assert all((PROJECT / one).exists() for one in suite_of(area, PROJECT))


def test_the_checks_are_those_that_verification_calls() -> None:
    checks = modules_of("verification", PROJECT)
    assert {"rag/answers/verification.py", "rag/answers/negation.py"} <= set(checks)
    assert not set(checks) & set(modules_of("marks", PROJECT))


def test_a_module_is_changed_in_what_its_functions_do_and_nowhere_else() -> None:
    pytest.importorskip("mutmut", reason="the group `mutation` is not installed")
    source = (
        "LIMIT = 3\n\n\n@cache(8)\ndef few(count: int) -> bool:\n"
        "    if count < LIMIT:\n        return True\n    return False\n"
    )
    mutants = list(sample(list(changes_of("few.py", source)), 0, seed=1))
    changed = [
        (one.lines.start, line[1:].strip())
        for one in mutants
        for line in one.diff(source).splitlines()[2:]
        if line.startswith("+")
    ]
    assert sorted(changed) == [(6, "if count <= LIMIT:"), (7, "return False"), (8, "return True")]
