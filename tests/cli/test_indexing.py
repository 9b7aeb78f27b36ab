"""`rag index`, as far as it needs no process of its own."""

from pathlib import Path

import pytest

from rag.cli import main
from tests.library import Library


@pytest.fixture
def _settings(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DOCUMENTS_DIR", str(library.documents))
    monkeypatch.setenv("DATA_DIR", str(library.data))


@pytest.mark.usefixtures("_settings")
@pytest.mark.parametrize("other", ["--rebuild", "--dry-run"])
def test_going_back_goes_with_nothing_else(other: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", "--rollback", other]) == 2
    assert "--rollback" in capsys.readouterr().err


@pytest.mark.usefixtures("_settings")
def test_where_there_is_nothing_to_go_back_to_it_is_said_in_a_line(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    library.fill(a="وصل الوزير إلى المدينة.")
    assert main(["index", "--rollback"]) == 1
    assert "no earlier revision" in capsys.readouterr().err
    assert library.revision == 1
