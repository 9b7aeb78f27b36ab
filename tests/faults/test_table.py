"""Each row of the table names a test that there is and that holds what the asker sees."""

import ast
import subprocess
import sys
from collections.abc import Iterable
from functools import cache

import pytest

from tests.faults.page import PAGE, page
from tests.faults.row import Fault, Part, When
from tests.faults.table import FAULTS
from tests.syntax import parsed

ROOT = PAGE.parents[1]


@cache
def functions(file: str) -> dict[str, str]:
    """The source of each test of a file, with its parameters."""
    text = (ROOT / file).read_text(encoding="utf-8")
    lines = text.splitlines()
    return {
        node.name: "\n".join(
            lines[min(one.lineno for one in (node, *node.decorator_list)) - 1 : node.end_lineno]
        )
        for node in parsed(ROOT / file).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def collected(files: Iterable[str]) -> set[str]:
    """The tests that pytest finds in files, by a process of its own."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n", "0", *files]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    return set(done.stdout.splitlines())


def with_functions(tests: Iterable[str]) -> set[str]:
    """Tests, and their functions without parameters."""
    return {name for one in tests for name in (one, one.partition("[")[0])}


def test_every_test_that_a_row_names_is_there(request: pytest.FixtureRequest) -> None:
    there = with_functions(one.nodeid for one in request.session.items)
    if missing := sorted({one.file for one in FAULTS if one.test not in there}):
        there |= with_functions(collected(missing))
    assert [one.test for one in FAULTS if one.test not in there] == []


def test_every_test_holds_what_its_row_says_that_the_asker_sees() -> None:
    def lacks(fault: Fault) -> list[str]:
        source = functions(fault.file)[fault.function]
        return [one for one in fault.held if one not in source]

    assert {one.test: lacks(one) for one in FAULTS if lacks(one)} == {}
    assert all(one.held for one in FAULTS)


def test_every_part_fails_before_and_while_something_is_done() -> None:
    assert list(dict.fromkeys(one.part for one in FAULTS)) == list(Part)
    for part in Part:
        when = {one.when for one in FAULTS if one.part is part}
        assert when >= ({When.AFTER} if part is Part.POWER else {When.BEFORE, When.DURING}), part


def test_the_page_is_what_the_rows_make_of_it() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(FAULTS), "run: python -m tests.faults"
