"""What the documents of the project say is there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from rag.settings import Settings

PROJECT = Path(__file__).parents[1]
OTHERS = {"HTTPS_PROXY", "NO_PROXY"}
PAGES = sorted(
    [*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md"), PROJECT / "benchmarks/README.md"]
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_points_at_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#\s]+)", text):
        assert (page.parent / target).exists(), target
    for path in re.findall(r"`((?:tests|benchmarks|rag|bot|docs|deploy)/[\w./-]+)`", text):
        assert (PROJECT / path).exists(), path
    for module in re.findall(r"(?:uv run .*)?python (?:-m )?(benchmarks[/.]\w+)(?:\.py)?", text):
        assert (PROJECT / f"{module.replace('.', '/')}.py").exists(), module


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_setting_that_a_page_names_is_one(page: Path) -> None:
    settings = {name.upper() for name in Settings.model_fields}
    named = re.findall(r"`([A-Z][A-Z]+_[A-Z_]+)(?:=[^`]*)?`", page.read_text(encoding="utf-8"))
    assert set(named) <= settings | OTHERS


def test_the_readme_lists_every_setting_with_its_default() -> None:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| `([A-Z_]+)` \| (?:`([^`]*)`)? *\| \S", text, re.MULTILINE)
    example = (PROJECT / ".env.example").read_text(encoding="utf-8")
    assert table == re.findall(r"^([A-Z_]+)=(.*)$", example, re.MULTILINE)
    assert {name for name, _ in table} == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("program", ["bot", "rag"])
def test_the_commands_of_the_readme_are_those_of_the_program(program: str) -> None:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    module = {"bot": "bot.main", "rag": "rag.cli"}[program]
    line = f"import sys; from {module} import main; sys.exit(main(['--help']))"
    told = subprocess.run([sys.executable, "-c", line], check=True, capture_output=True, text=True)
    named = set(re.findall(rf"^\| `{program} ([a-z-]+)", text, flags=re.MULTILINE))
    assert named
    for command in named:
        assert command in told.stdout
