"""What Isnad stands on: licences, a bill of materials, known weaknesses."""

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from deploy.dependencies import FORBIDDEN, PAGE, dependencies

PROJECT = Path(__file__).parents[1]
TOOL = PROJECT / "deploy" / "dependencies.py"


def test_every_licence_is_known_and_permitted_and_on_the_page() -> None:
    found = dependencies()
    assert {"chromadb", "llama-index-core", "openai", "psycopg", "pydantic"} <= {
        one.name for one in found
    }
    assert [(one.name, one.said) for one in found if not one.licence] == []
    page = PAGE.read_text(encoding="utf-8")
    missing = [one.name for one in found if f"| {one.name} | {one.licence} |" not in page]
    assert not missing, "run `python deploy/dependencies.py licences --write`"


@pytest.mark.parametrize(
    ("said", "forbidden"),
    [
        ("GPL-3.0-or-later", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("GNU Affero General Public License v3", True),
        ("AGPL-3.0", True),
        ("SSPL-1.0", True),
        ("LGPL-3.0-only", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("MIT License", False),
    ],
)
def test_what_would_bind_those_who_run_it_is_forbidden(said: str, *, forbidden: bool) -> None:
    assert bool(FORBIDDEN.search(said)) is forbidden


def test_a_database_of_weaknesses_that_is_away_is_said_and_fails_nothing() -> None:
    done = subprocess.run(
        [sys.executable, TOOL, "audit"],
        capture_output=True,
        text=True,
        check=False,
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"], "HTTPS_PROXY": "http://127.0.0.1:9"},
    )
    assert done.returncode == 0, done.stderr
    assert re.match(r"skipped: .* (?:cannot be reached|is not installed)", done.stdout)


def test_the_bill_of_materials_names_what_is_installed(tmp_path: Path) -> None:
    if find_spec("cyclonedx_py") is None:
        pytest.skip("cyclonedx-bom is not installed (uv sync --group audit)")
    target = tmp_path / "isnad.cdx.json"
    subprocess.run([sys.executable, TOOL, "bom", target], check=True, capture_output=True)
    bill = json.loads(target.read_text(encoding="utf-8"))
    assert bill["bomFormat"] == "CycloneDX"
    named = {one["name"].lower(): one["version"] for one in bill["components"]}
    assert named["chromadb"] == next(
        one.version for one in dependencies() if one.name == "chromadb"
    )


def test_what_was_tested_is_pinned() -> None:
    pinned = re.findall(r'"([a-z0-9-]+)==', (PROJECT / "pyproject.toml").read_text())
    assert {one.name for one in dependencies()} <= set(pinned)
