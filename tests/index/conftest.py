"""A generation of the seeds, built once: that takes seconds."""

import shutil
from pathlib import Path

import pytest

from rag.index.generation import build_in_child
from tests.library import Library


@pytest.fixture(scope="session")
def _built(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library(tmp_path_factory.mktemp("built"))
    for path in seeds.iterdir():
        library.write(path.name, path.read_bytes())
    library.sync()
    assert build_in_child(library.data)
    return library


@pytest.fixture
def sealed(_built: Library, tmp_path: Path) -> Library:
    """The seeds with their generation; each test has its own copy."""
    shutil.copytree(_built.place, tmp_path / "sealed")
    return Library(tmp_path / "sealed")
