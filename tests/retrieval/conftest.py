"""The seeds in a library of their own."""

from pathlib import Path

import pytest

from tests.library import Library


@pytest.fixture(scope="session")
def seeds_library(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The seeds, indexed; not to be changed."""
    library = Library(tmp_path_factory.mktemp("library"))
    for path in seeds.iterdir():
        library.write(path.name, path.read_bytes())
    library.sync()
    return library
