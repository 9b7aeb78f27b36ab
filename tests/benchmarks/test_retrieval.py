"""The table of retrieval: what it says of figures that are known."""

from pathlib import Path

from benchmarks.question_set import QuestionSet
from benchmarks.retrieval import BEGIN, END, PAGE, Measured, intervals, quality, scores, write
from rag.evaluation import Example


def example(number: int, language: str = "ar") -> Example:
    return Example(f"{number}?", (f"{number}.txt",), (), language, "answer", False, (), ())


def measured(name: str, ranks: list[int]) -> Measured:
    """A system that finds each question's file at such a rank; 0: not at all."""
    ranked = (
        tuple("x" for _ in range(rank - 1)) + ((f"{number}.txt",) if rank else ())
        for number, rank in enumerate(ranks)
    )
    return Measured(name, 1.0, tuple(1.0 for _ in ranks), tuple(ranked))


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_each_set_has_its_figures_beside_the_others_and_its_lead_over_the_recipe() -> None:
    questions = QuestionSet("arcd-train", Path("docs"), tuple(map(example, range(4))))
    systems = [measured("Isnad", [1, 1, 1, 2]), measured("recipe", [1, 2, 2, 0])]
    rows = list(map(cells, quality(questions, [*systems, measured("other", [0, 0, 0, 6])])))
    assert [row[1] for row in rows] == ["nDCG@10", "MRR@10", "R@1", "R@5"]
    _, _, other, recipe, isnad, ahead, aim = rows[1]
    assert (other, recipe) == ("4.2", "50.0")
    assert isnad.startswith("87.5 (")
    assert ahead.startswith("+37.5 (")
    assert aim == "85"
    assert rows[3][4:] == ["100.0 (100.0 to 100.0)", "+25.0 (+0.0 to +75.0)", "95"]


def test_an_aim_that_is_missed_stands_out() -> None:
    questions = QuestionSet("tydi-ar", Path("docs"), (example(0), example(1)))
    rows = list(quality(questions, [measured("Isnad", [1, 2]), measured("recipe", [1, 1])]))
    assert cells(rows[1])[-1] == "**94**"


def test_languages_have_rows_of_their_own() -> None:
    questions = QuestionSet("seeds", Path("docs"), (example(0), example(1, "fa")))
    rows = list(quality(questions, [measured("Isnad", [1, 2]), measured("recipe", [1, 1])]))
    assert [cells(row)[0] for row in rows[::4]] == ["seeds, ar, 1", "seeds, fa, 1"]


def test_an_interval_narrows_with_more_questions() -> None:
    few, many = (
        intervals(scores([example(n) for n in range(count)], [("0.txt",)] * count))[1]
        for count in (4, 400)
    )
    assert few[1] - few[0] > many[1] - many[0]


def test_the_page_keeps_what_is_around_the_table(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    write(page, "Measured today.", ["", "| a |"])
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{BEGIN}\nMeasured today.\n\n| a |\n")
    assert text.endswith(f"{END}\nafter\n")
    assert "old" not in text
    assert BEGIN in PAGE.read_text(encoding="utf-8")
