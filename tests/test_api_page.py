"""The page about the Python API: its examples run, one after the other, as a reader would."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "api.md"


def test_the_examples_run(seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(seeds, tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    examples = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) > 4
    names: dict[str, Any] = {"__name__": "__examples__"}
    for number, example in enumerate(examples, start=1):
        exec(compile(example, f"{PAGE.name}:{number}", "exec"), names)
