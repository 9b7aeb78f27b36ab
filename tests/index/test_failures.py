"""Whatever fails while the index is brought up to date, its last revision goes on serving."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from rag.answers.responder import WORDS, Responder
from rag.errors import IndexBusy, IndexUnavailable, ModelUnavailable, UsageError
from rag.index.indexer import Indexer
from rag.index.ledger import Ledger
from rag.index.lock import index_lock
from rag.index.model_embedding import ModelEmbedder
from rag.index.report import Progress
from tests.library import Library, settings_of
from tests.servers.openai_api import (
    Empty,
    Fail,
    Fault,
    Garbage,
    OpenAIServer,
    Reset,
    hash_vector,
)

MOSCOW = "وصل باقري إلى موسكو في 17 أكتوبر."
BEIJING = "يزور باقري بكين تلبية لدعوة."
WHEN = "متى وصل باقري إلى موسكو؟"
FULL = 3


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as running:
        yield running


def paid(place: Path, server: OpenAIServer, model: str = "mine") -> Library:
    """A library whose vectors a model makes."""
    settings = settings_of(openai_api_key=server.key, openai_base_url=server.url)
    return Library(place, ModelEmbedder(model, settings))


def serves(library: Library, revision: int = 1) -> None:
    """The revision answers as it did."""
    assert library.revision == revision
    assert library.search(WHEN, vectors=False)[0].source.path == "moscow.txt"


# The embedding server


@pytest.mark.parametrize(
    "faults",
    [[Fail(401)], [Fail(500)] * 2, [Reset()] * 2, [Garbage()] * 2, [Empty()] * 2],
    ids=lambda faults: str(faults[0]),
)
def test_an_embedding_server_that_fails_in_the_middle(
    tmp_path: Path, server: OpenAIServer, faults: list[Fault]
) -> None:
    library = paid(tmp_path, server).fill(moscow=MOSCOW)
    for number in range(100):
        library.write(f"{number}.txt", f"تقرير عن بكين رقم {number}.")
    server.embedding_faults.extend([None, *faults])
    with pytest.raises(ModelUnavailable):
        library.sync()
    serves(library)
    server.embedding_faults.clear()
    assert len(library.sync().added) == 100
    assert set(server.embedded.values()) == {1}


def wrong(texts: list[str]) -> list[list[float]]:
    return [hash_vector(text, 32 if number else 64) for number, text in enumerate(texts)]


@pytest.mark.parametrize(
    "embed",
    [wrong, lambda texts: [[0.0] * 64 for _ in texts], lambda texts: [[1.0] * 64] * 1],
    ids=["of two widths", "all zero", "too few"],
)
def test_vectors_that_are_wrong_change_nothing(
    tmp_path: Path, server: OpenAIServer, embed: Callable[[list[str]], list[list[float]]]
) -> None:
    library = paid(tmp_path, server).fill(moscow=MOSCOW)
    library.write("beijing.txt", BEIJING)
    library.write("other.txt", f"{BEIJING} ثم يعود.")
    right, server.embed = server.embed, embed
    with pytest.raises(ModelUnavailable):
        library.sync()
    serves(library)
    server.embed = right
    assert library.sync().passages == 3


def test_a_model_of_another_width_has_all_made_again_at_once(
    tmp_path: Path, server: OpenAIServer
) -> None:
    library = paid(tmp_path, server).fill(moscow=MOSCOW, beijing=BEIJING)
    first = server.embed
    server.embed = lambda texts: [hash_vector(text, 32) for text in texts]
    library.write("new.txt", f"{BEIJING} ثم يعود.")
    report = library.sync()
    assert (report.added, report.unchanged, report.embedded) == (("new.txt",), 2, 3)
    assert library.snapshot.lexical.dimensions == 32
    server.embed = first
    library.write("new.txt", "نص آخر تماما.")
    assert library.sync().embedded == 1
    assert library.snapshot.lexical.dimensions == 64
    assert max(server.embedded.values()) == 2


def test_a_model_whose_width_never_settles_is_refused(tmp_path: Path, server: OpenAIServer) -> None:
    library = paid(tmp_path, server).fill(moscow=MOSCOW)
    widths = iter(range(10, 1000))
    server.embed = lambda texts: [hash_vector(text, next(widths)) for text in texts]
    library.write("beijing.txt", BEIJING)
    with pytest.raises(ModelUnavailable):
        library.sync()
    serves(library)


def test_another_model_that_fails_leaves_the_vectors_of_the_first(
    tmp_path: Path, server: OpenAIServer
) -> None:
    library = paid(tmp_path, server).fill(moscow=MOSCOW)
    other = paid(tmp_path, server, "other")
    server.embedding_faults.extend([Fail(404)])
    with pytest.raises(ModelUnavailable):
        other.sync()
    serves(library)
    assert library.snapshot.embedding == "mine"
    assert library.sync().embedded == 0


# What was paid for, counted where it is paid


def test_nothing_is_paid_for_twice(tmp_path: Path, server: OpenAIServer) -> None:
    library = paid(tmp_path, server)
    for number in range(30):
        library.write(f"one/{number}.txt", f"تقرير عن بكين رقم {number}.")
    library.sync()
    (library.documents / "one").rename(library.documents / "two")
    library.sync()
    for path in (library.documents / "two").iterdir():
        path.rename(path.with_suffix(".md"))
    library.sync()
    shutil.move(library.documents / "two", library.place / "away")
    assert library.sync().passages == 0
    shutil.move(library.place / "away", library.documents / "back")
    assert library.sync().passages == 30
    library.indexer.roll_back()
    library.indexer.roll_back()
    library.sync(rebuild=True)
    for path in library.data.rglob("ledger.sqlite3*"):
        path.unlink()
    assert library.sync().passages == 30
    for path in library.data.rglob("vectors.npy"):
        path.unlink()
    library.sync()
    assert set(server.embedded.values()) == {1}
    assert len(server.embedded) == 30


# Files that change or vanish meanwhile


def test_a_file_that_vanishes_before_it_is_read_is_not_there(library: Library) -> None:
    library.fill(moscow=MOSCOW, beijing=BEIJING)
    library.write("beijing.txt", f"{BEIJING} ثم يعود.")
    library.write("a.txt", "نص أول.")

    def remove(progress: Progress) -> None:
        if progress.stage == "read":
            (library.documents / "beijing.txt").unlink(missing_ok=True)

    report = library.sync(on_progress=remove)
    assert (report.added, report.removed, report.skipped) == (("a.txt",), ("beijing.txt",), ())
    assert library.sync().revision == report.revision


def test_a_file_that_changes_while_it_is_indexed_is_indexed_again(library: Library) -> None:
    path = library.documents / "moscow.txt"
    library.write("beijing.txt", BEIJING)
    path.write_text(BEIJING, encoding="utf-8")

    def change(progress: Progress) -> None:
        if progress.stage == "write":
            path.write_text(MOSCOW.ljust(len(BEIJING))[: len(BEIJING)], encoding="utf-8")

    library.sync(on_progress=change)
    assert library.sync().changed == ("moscow.txt",)


def test_a_change_within_one_tick_of_the_clock_is_seen(library: Library) -> None:
    path = library.documents / "moscow.txt"
    path.write_text("باقري في موسكو", encoding="utf-8")
    library.sync()
    status = path.stat()
    path.write_text("باقري في بيكين", encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    assert library.sync().changed == ("moscow.txt",)


def test_a_folder_that_cannot_be_opened_keeps_its_files(unprivileged: Library) -> None:
    unprivileged.write("below/moscow.txt", MOSCOW)
    unprivileged.write("beijing.txt", BEIJING)
    unprivileged.sync()
    folder = unprivileged.documents / "below"
    folder.chmod(0)
    try:
        report = unprivileged.sync()
    finally:
        folder.chmod(0o755)
    assert (report.revision, report.removed, report.unchanged) == (1, (), 2)
    assert [one.file for one in report.skipped] == ["below"]


@pytest.mark.parametrize("mode", [0o000, 0o444, 0o111], ids=["shut", "unsearchable", "unlisted"])
@pytest.mark.parametrize("path", ["", "below"], ids=["the folder", "a folder in it"])
def test_what_cannot_be_looked_into_stays_as_it_was(
    unprivileged: Library, path: str, mode: int
) -> None:
    unprivileged.write("below/moscow.txt", MOSCOW)
    unprivileged.write("beijing.txt", BEIJING)
    unprivileged.sync()
    folder = unprivileged.documents / path
    folder.chmod(mode)
    try:
        if path or mode == 0o444:
            assert unprivileged.sync().removed == ()
        else:
            with pytest.raises(IndexUnavailable, match="Permission denied") as caught:
                unprivileged.sync()
            assert "right to read" in caught.value.advice
    finally:
        folder.chmod(0o755)
    assert len(unprivileged.reader.read(lambda ledger, _: ledger.files())) == 2
    assert unprivileged.search(WHEN)[0].source.path == "below/moscow.txt"


def test_a_changed_file_that_cannot_be_opened_stays_as_it_was(unprivileged: Library) -> None:
    unprivileged.fill(moscow=MOSCOW)
    unprivileged.write("moscow.txt", BEIJING)
    path = unprivileged.documents / "moscow.txt"
    path.chmod(0)
    report = unprivileged.sync()
    assert (report.removed, report.unchanged, len(report.skipped)) == ((), 1, 1)
    serves(unprivileged)
    path.chmod(0o644)
    assert unprivileged.sync().changed == ("moscow.txt",)


def test_what_is_made_anew_does_without_a_folder_that_cannot_be_opened_until_it_can(
    unprivileged: Library,
) -> None:
    unprivileged.write("below/moscow.txt", MOSCOW)
    unprivileged.write("beijing.txt", BEIJING)
    unprivileged.sync()
    folder = unprivileged.documents / "below"
    folder.chmod(0)
    try:
        assert unprivileged.sync(rebuild=True).passages == 1
    finally:
        folder.chmod(0o755)
    assert unprivileged.sync().added == ("below/moscow.txt",)
    assert unprivileged.search(WHEN)[0].source.path == "below/moscow.txt"


def test_documents_that_are_unmounted_and_come_back(tmp_path: Path, server: OpenAIServer) -> None:
    library = paid(tmp_path, server).fill(moscow=MOSCOW, beijing=BEIJING)
    away = library.documents.rename(tmp_path / "away")
    library.documents.mkdir()  # where nothing is mounted is an empty folder
    library.sync()
    answer = asyncio.run(Responder().respond(library.find(WHEN), [], time.monotonic() + 60))
    assert answer.text == WORDS("abstained", "ar")
    library.documents.rmdir()
    away.rename(library.documents)
    assert library.sync().embedded == 0
    assert library.search(WHEN, vectors=False)[0].source.path == "moscow.txt"


def test_a_missing_folder_is_said(library: Library) -> None:
    library.fill(moscow=MOSCOW)
    shutil.rmtree(library.documents)
    with pytest.raises(UsageError, match="DOCUMENTS_DIR"):
        library.sync()
    serves(library)


# Who may write


@pytest.fixture
def unprivileged() -> Iterator[Library]:
    """A library of somebody who is not root, whom permissions bind."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o777)
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(65534)
        try:
            yield Library(Path(place) / "library")
        finally:
            for path in (Path(place) / "library").rglob("*"):
                path.chmod(0o755)
            if is_root:
                os.seteuid(0)


def test_a_data_folder_that_may_only_be_read_serves_on(unprivileged: Library) -> None:
    unprivileged.fill(moscow=MOSCOW)
    unprivileged.reader.close()
    assert not list(unprivileged.data.glob("*-wal"))
    for path in unprivileged.data.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    unprivileged.data.chmod(0o555)
    try:
        serves(Library(unprivileged.place))
        unprivileged.write("beijing.txt", BEIJING)
        with pytest.raises(IndexUnavailable, match="cannot be written") as caught:
            unprivileged.sync()
        assert "DATA_DIR" in caught.value.advice
        serves(Library(unprivileged.place))
    finally:
        unprivileged.data.chmod(0o755)


def test_the_second_indexer_is_told_who_is_at_work(library: Library) -> None:
    library.fill(moscow=MOSCOW)
    with index_lock(library.data, 0), pytest.raises(IndexBusy) as caught:
        library.sync()
    assert f"({os.getpid()} on " in caught.value.message
    with FileLock(library.data / "index.lock"), pytest.raises(IndexBusy) as caught:
        library.sync()
    assert "Another process is" in caught.value.message


# Room


def test_a_disk_without_room_is_told_before_anything_is_paid_or_written(
    tmp_path: Path, server: OpenAIServer
) -> None:
    library = paid(tmp_path, server).fill(moscow=MOSCOW)
    library.write("beijing.txt", BEIJING)
    indexer = Indexer(library.documents, library.data, library.embedder, lambda _: 10 * 2**20)
    with pytest.raises(IndexUnavailable, match="not enough room") as caught:
        indexer.sync()
    assert "17 MB are needed, 10 MB are free" in caught.value.message
    assert sum(server.embedded.values()) == 1
    serves(library)


_SYNCS_WITH_SMALL_FILES = """
import resource, signal, sys
from pathlib import Path
from rag.errors import IndexUnavailable
from rag.index.embedding import LocalEmbedder
from rag.index.indexer import Indexer

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    Indexer(Path(sys.argv[1]), Path(sys.argv[2]), LocalEmbedder()).sync()
except IndexUnavailable as error:
    print(error)
    sys.exit(3)
"""


@pytest.mark.parametrize("most", [40_000, 90_000, 180_000])
def test_a_disk_that_is_full_in_the_middle_is_survived(library: Library, most: int) -> None:
    library.fill(moscow=MOSCOW)
    for number in range(40):
        library.write(f"{number}.txt", f"تقرير عن بكين رقم {number}. {'كلام آخر طويل. ' * 200}")
    before = {path for path in library.data.rglob("*") if "segments" in path.parts}
    arguments = [str(library.documents), str(library.data), str(most)]
    done = subprocess.run(
        [sys.executable, "-c", _SYNCS_WITH_SMALL_FILES, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (FULL, "")
    assert "goes on serving" in done.stdout
    assert {path for path in library.data.rglob("*") if "segments" in path.parts} == before
    serves(library)
    report = library.sync()
    assert (report.revision, len(report.added)) == (2, 40)


# A damaged or foreign index


def damage(library: Library, *statements: str) -> None:
    library.reader.close()
    connection = sqlite3.connect(library.data / "ledger.sqlite3")
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("table", ["state", "files", "passages", "segments", "former_files"])
def test_a_ledger_that_lacks_a_table_is_refused_and_mended(library: Library, table: str) -> None:
    library.fill(moscow=MOSCOW)
    damage(library, "PRAGMA foreign_keys = OFF", f"DROP TABLE {table}")
    for fails in (library.sync, lambda: Library(library.place).files(WHEN)):
        with pytest.raises(IndexUnavailable) as caught:
            fails()
        assert "rag index --rebuild" in caught.value.advice
    assert library.sync(rebuild=True).passages == 1
    serves(Library(library.place))


def test_a_ledger_with_damaged_pages_is_mended_and_nothing_paid_again(
    tmp_path: Path, server: OpenAIServer
) -> None:
    library = paid(tmp_path, server)
    for number in range(30):
        library.write(f"{number}.txt", f"تقرير عن بكين رقم {number}. {'كلام آخر طويل. ' * 50}")
    library.fill(moscow=MOSCOW)
    library.reader.close()
    path = library.data / "ledger.sqlite3"
    content = bytearray(path.read_bytes())
    content[8192 : len(content) // 2] = b"\xff" * (len(content) // 2 - 8192)
    path.write_bytes(content)
    report = library.sync(rebuild=True)
    assert (report.passages, report.embedded) == (31, 0)
    assert set(server.embedded.values()) == {1}
    assert (library.data / "damaged-ledger.sqlite3").exists()


@pytest.mark.parametrize("damage", ["cut", "overwritten", "no database", "lost"])
def test_paid_vectors_that_are_damaged_are_taken_from_the_index_and_not_paid_again(
    tmp_path: Path, server: OpenAIServer, damage: str
) -> None:
    library = paid(tmp_path, server)
    reports = {f"r{n}": f"تقرير عن بكين رقم {n}. {'كلام آخر. ' * 20}" for n in range(30)}
    library.fill(moscow=MOSCOW, **reports)
    library.reader.close()
    path = library.data / "vectors.sqlite3"
    content = path.read_bytes()
    path.write_bytes(
        {
            "cut": content[: len(content) // 2],
            "overwritten": content[:8192] + b"\xff" * 8192 + content[16384:],
            "no database": b"no database" * 1000,
            "lost": b"",
        }[damage]
    )
    if damage == "lost":
        path.unlink()
    else:
        with pytest.raises(IndexUnavailable) as caught:
            library.sync(rebuild=False)
            library.write("new.txt", BEIJING)
            library.sync()
        assert "rag index --rebuild" in caught.value.advice
    serves(Library(library.place))
    assert library.sync(rebuild=True).embedded <= 1
    assert all(bought == 1 for bought in server.embedded.values())
    serves(library, 2)


def test_a_ledger_that_is_locked_is_waited_for_and_not_taken_for_damaged(library: Library) -> None:
    library.fill(moscow=MOSCOW)
    library.reader.close()
    path = library.data / "ledger.sqlite3"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(IndexBusy):
            library.sync(rebuild=True)
    finally:
        other.close()
    assert not (library.data / "damaged-ledger.sqlite3").exists()
    serves(library)


_SYNCS_WITH_FEW_FILES = """
import os, resource, sys
from pathlib import Path
from rag.errors import IndexUnavailable
from rag.index.embedding import LocalEmbedder
from rag.index.indexer import Indexer
from rag.index.reader import IndexReader

data = Path(sys.argv[2])
indexer = Indexer(Path(sys.argv[1]), data, LocalEmbedder())
for spare in range(12):
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir("/proc/self/fd")) + spare, 4096))
    for work in (indexer.sync, lambda: IndexReader(data).read(lambda ledger, _: ledger.files())):
        try:
            work()
        except IndexUnavailable as error:
            assert "more files" in error.advice, (spare, str(error))
            print("refused")
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
print(indexer.sync().revision)
"""


def test_where_no_more_files_can_be_opened_that_is_said_and_nothing_made_anew(
    library: Library,
) -> None:
    library.fill(moscow=MOSCOW)
    done = subprocess.run(
        [sys.executable, "-c", _SYNCS_WITH_FEW_FILES, str(library.documents), str(library.data)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *refused, revision = done.stdout.split()
    assert len(refused) > 10
    assert revision == "1"
    serves(library)


def test_vectors_that_an_older_ledger_kept_are_taken_over(
    tmp_path: Path, server: OpenAIServer
) -> None:
    library = paid(tmp_path, server).fill(moscow=MOSCOW, beijing=BEIJING)
    kept = sqlite3.connect(library.data / "vectors.sqlite3")
    rows = kept.execute("SELECT model, hash, vector FROM vectors").fetchall()
    kept.close()
    (library.data / "vectors.sqlite3").unlink()
    library.reader.close()
    with sqlite3.connect(library.data / "ledger.sqlite3") as ledger:
        ledger.executemany("INSERT INTO vectors VALUES (?, ?, ?)", rows)
    ledger.close()
    assert library.sync(rebuild=True).embedded == 0
    assert set(server.embedded.values()) == {1}
    with Ledger(library.data) as opened:
        assert next(opened.vectors(), None) is None
