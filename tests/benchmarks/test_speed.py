"""The command that measures the whole: its smallest runs, and the table that it prints."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import aims
from benchmarks.__main__ import BEGIN, END, PAGE, write
from benchmarks.table import Row, exponent, markdown

PROJECT = Path(__file__).parents[2]


def test_the_command_measures_the_parts_that_are_asked_for_and_prints_their_table() -> None:
    command = [sys.executable, "-m", "benchmarks", "--quick", "--sizes", "60"]
    run = subprocess.run(
        [*command, "--parts", "help", "indexing"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    lines = run.stdout.splitlines()
    assert lines[0].startswith("|  | passages | Isnad | LlamaIndex starter | bare part |")
    assert any("`rag --help`, s" in line for line in lines)
    assert any("indexing everything, processor, s | 61 |" in line for line in lines)
    assert "failed" not in run.stdout


def test_a_part_that_fails_is_a_line_that_says_so() -> None:
    rows = [Row("first", "s", 1.5), Row("second", "", None, failure="OSError no room")]
    assert markdown(rows).splitlines()[2:] == [
        "| first, s |  | 1.50 | – | – |",
        "| second |  | failed: OSError no room |  |  |",
    ]


def test_a_measure_of_several_sizes_has_its_growth_below_it() -> None:
    rows = [
        Row("own work", "ms", 2.0 * size, None, 3.0, "Chroma", passages=size)
        for size in (100, 10_000)
    ]
    assert markdown(rows).splitlines()[2:] == [
        "| own work, ms | 100 | 200 | – | 3.00 Chroma |",
        "| own work, ms | 10,000 | 20,000 | – | 3.00 Chroma |",
        "|  | growth | *1.00* | *–* | *0.00* |",
    ]


def test_what_the_whole_is_to_keep_to_is_told_below_the_table() -> None:
    rows = [
        Row(aims.OWN_WORK, "ms", 8.0, 30.0, passages=100),
        Row(aims.OWN_WORK, "ms", 12.0, 30.0, passages=10_000),
        Row("a statement's end to the terminal, p95", "ms", 15.0),
        Row("memory", "MB", 1_000.0),
    ]
    kept = [(one.holds, one.most) for one in aims.aims(rows)]
    assert kept == [(True, 15.0), (False, 10.0), (True, 15.0), (True, 15.0)]
    assert "**missed**: own work, with a model, 10,000 passages, ms: at most 10.0" in aims.told(
        rows
    )


def test_the_exponent_is_the_slope_on_paper_with_two_logarithmic_scales() -> None:
    assert exponent([(10, 1), (100, 10), (1000, 100)]) == pytest.approx(1)
    assert exponent([(10, 3), (1000, 30)]) == pytest.approx(0.5)
    assert exponent([(10, 3)]) is None


def test_the_table_is_put_in_its_place_on_the_page(tmp_path: Path) -> None:
    page = tmp_path / "speed.md"
    page.write_text(PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    for table in ("| one |", "| two |"):
        write(page, table)
        text = page.read_text(encoding="utf-8")
        before, _, rest = text.partition(BEGIN)
        inside, _, after = rest.partition(END)
        assert table in inside
        assert "(speed.png)" in inside
        assert before.startswith("# Speed")
        assert "(speed.png)" not in after
    assert "| one |" not in text
