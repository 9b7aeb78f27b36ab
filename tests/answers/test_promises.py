"""The table of promises in docs/citations.md: each names tests that are there."""

import ast
import re
from pathlib import Path

import pytest

from tests.syntax import parsed

PROJECT = Path(__file__).parents[2]
TEXT = (PROJECT / "docs" / "citations.md").read_text(encoding="utf-8")
_, _, TABLE = TEXT.partition("| promise | shown by |\n| --- | --- |\n")
ROWS = [row.strip("|").split(" | ") for row in TABLE.splitlines() if row.startswith("|")]


def functions_of(path: str) -> set[str]:
    tree = parsed(PROJECT / path)
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {one.name for one in tree.body if isinstance(one, functions)}


def test_there_are_promises() -> None:
    assert len(ROWS) > 15


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]).strip())
def test_each_promise_names_what_shows_it(row: list[str]) -> None:
    promise, shown = row
    assert promise.strip()
    tests = re.findall(r"`(tests/[\w/.]+)`((?: `test_\w+`)+)", shown)
    assert tests
    for path, names in tests:
        assert set(re.findall(r"test_\w+", names)) <= functions_of(path)
    for name in re.findall(r"`benchmarks\.(\w+)`", shown):
        assert (PROJECT / "benchmarks" / f"{name}.py").is_file()
