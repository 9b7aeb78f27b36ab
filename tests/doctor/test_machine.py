"""What the doctor finds out about the machine, the documents and the stores."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rag.doctor import examine
from rag.doctor.collection import documents
from rag.doctor.examination import Examination
from rag.doctor.machine import clock, limits, rights, storage
from rag.doctor.stores import chroma, database
from tests.library import settings_of
from tests.servers.chroma import ChromaRun
from tests.servers.postgresql import PostgreSQL

NOBODY = 65534


@pytest.fixture
def examination(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Examination:
    """Of a folder with a document, in an empty working directory."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "documents"
    folder.mkdir(mode=0o755)
    (folder / "a.txt").write_text("وصل الوفد إلى بغداد.", encoding="utf-8")
    return Examination(settings_of(documents_dir=folder, data_dir=tmp_path / "data"))


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without root's rights; the test is skipped where these cannot be given up."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_documents_that_cannot_be_opened_are_named(examination: Examination) -> None:
    found = documents(examination)
    assert found.ok
    assert "1 files to read" in found.says
    folder = examination.settings.documents_dir
    (folder / "b.txt").write_text("x")
    (folder / "b.txt").chmod(0)
    (folder / "c.exe").write_bytes(b"MZ")
    # pytest's own folders are closed to others.
    for place in folder.parents:
        if place.stat().st_uid == os.geteuid() and place != Path("/"):
            place.chmod(place.stat().st_mode | 0o011)
    with as_nobody():
        found = documents(examination)
    assert found.ok is False
    assert "1 cannot be opened (b.txt)" in found.says
    assert "c.exe: its format is not supported" in found.says
    assert "right" in found.advice


def test_a_folder_of_data_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = storage(Examination(settings_of(data_dir=tmp_path / "file" / "data")))
    assert found.ok is False
    assert "DATA_DIR" in found.advice


def test_what_is_kept_is_closed_to_others(examination: Examination) -> None:
    assert storage(examination).ok
    data = examination.settings.data_dir
    assert data.stat().st_mode & 0o777 == 0o700
    assert rights(examination).ok
    data.chmod(0o755)
    assert rights(examination).ok is None
    data.chmod(0o777)
    found = rights(examination)
    assert found.ok is False
    assert "write" in found.says


def test_secrets_that_everybody_can_read_are_told(examination: Examination) -> None:
    secrets = Path(".env")
    secrets.write_text("OPENAI_API_KEY=\nLOG_LEVEL=INFO\n")
    secrets.chmod(0o644)
    assert rights(examination).ok
    secrets.write_text("OPENAI_API_KEY=none-of-yours\n")
    found = rights(examination)
    assert (found.ok, found.advice) == (False, "chmod 600 .env")
    secrets.chmod(0o600)
    assert rights(examination).ok


def test_too_few_open_files_are_told(examination: Examination) -> None:
    code = "from rag.doctor.machine import limits; print(limits(None))"
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard)),
    )
    assert "Only 256 files" in done.stdout
    assert "ulimit" in done.stdout
    assert limits(examination).ok in (True, False)


def test_chroma_takes_a_vector_and_finds_it(examination: Examination) -> None:
    found = chroma(examination)
    assert found.ok, found
    assert "works" in found.says
    assert list(examination.settings.data_dir.iterdir()) == []


def test_a_chroma_server_is_tried_and_left_as_it_was(
    examination: Examination, tmp_path: Path
) -> None:
    (tmp_path / "chroma").mkdir()
    with ChromaRun.running(tmp_path / "chroma") as server:
        data = examination.settings.data_dir
        found = chroma(Examination(settings_of(data_dir=data, chroma_url=server.url)))
        assert found.ok, found
        assert "on the server 1." in found.says
        import chromadb

        host, _, port = server.url.removeprefix("http://").partition(":")
        client = chromadb.HttpClient(host, int(port))
        assert client.list_collections() == []
        client.close()


def test_postgresql_is_told_with_its_version_and_its_clock(postgresql: PostgreSQL) -> None:
    examination = Examination(settings_of(database_url=postgresql.new_database()))
    found = database(examination)
    assert found.ok, found
    assert found.says.startswith("PostgreSQL 1")
    assert clock(examination).ok


def test_whatever_ails_is_reported_and_stops_nothing(tmp_path: Path) -> None:
    settings = settings_of(
        documents_dir=tmp_path / "nowhere",
        data_dir=tmp_path / "data",
        database_url="postgresql://isnad:hidden-word@127.0.0.1:1/isnad",
        telegram_bot_token="1:hidden-word",
        telegram_api_url="http://127.0.0.1:1",
    )
    found = {one.part: one for one in examine(settings)}
    for part in ("documents", "database", "telegram"):
        assert found[part].ok is False
        assert found[part].advice
    assert found["storage"].ok
    assert "hidden-word" not in f"{found}"
