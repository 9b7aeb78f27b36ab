import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from rag.errors import IndexUnavailable
from rag.index.ledger import Ledger
from rag.index.reader import IndexReader
from rag.index.snapshot import Snapshot
from rag.retrieval.channels import own_language_scores
from rag.retrieval.question import analyse
from tests.library import Library


def test_where_nothing_is_there_is_nothing_to_read(tmp_path: Path) -> None:
    reader = IndexReader(tmp_path / "nowhere")
    assert not reader.ready
    with pytest.raises(IndexUnavailable) as caught:
        reader.read(lambda ledger, _: ledger.revision)
    assert "rag index" in caught.value.advice
    assert not (tmp_path / "nowhere").exists()


def test_a_ledger_without_a_revision_is_no_index_yet(tmp_path: Path) -> None:
    Ledger(tmp_path).close()
    reader = IndexReader(tmp_path)
    assert not reader.ready
    with pytest.raises(IndexUnavailable, match="no index"):
        reader.read(lambda ledger, _: ledger.files())


def test_the_newest_revision_is_read(library: Library) -> None:
    library.fill(a="وصل الوزير.")
    assert library.reader.ready
    for revision in (2, 3):
        library.write("a.txt", f"وصل الوزير للمرة {revision}.")
        library.sync()
        text = library.reader.read(lambda ledger, _: ledger.text_of("a.txt"))
        assert text == f"وصل الوزير للمرة {revision}."
        assert library.revision == revision


def test_a_reader_in_the_middle_of_a_change_sees_one_revision(library: Library) -> None:
    library.fill(a="وصل الوزير إلى المدينة.", b="غادر السفير العاصمة.")

    def work(ledger: Ledger, snapshot: Snapshot) -> None:
        before = [entry.path for entry in ledger.files()]
        vectors = snapshot.lexical.vectors(snapshot.lexical.rows_of([1, 2])).copy()
        library.write("c.txt", "نص آخر تماما.")
        (library.documents / "a.txt").unlink()
        library.sync(rebuild=True)  # the segments of this revision are deleted meanwhile
        assert ledger.revision == snapshot.revision == 1
        assert [entry.path for entry in ledger.files()] == before
        assert set(ledger.evidence([1, 2])) == {1, 2}
        assert (snapshot.lexical.vectors(snapshot.lexical.rows_of([1, 2])) == vectors).all()

    library.reader.read(work)
    assert library.revision == 2
    assert library.files("نص آخر")[0] == "c.txt"


def test_many_readers_and_a_writer_never_see_half_of_a_change(library: Library) -> None:
    library.fill(a="النسخة 0 من الخبر.", b="النسخة 0 من الخبر الآخر.")
    ended = threading.Event()

    def look() -> int:
        seen, last = 0, False
        while not last:
            last = ended.is_set()

            def work(ledger: Ledger, snapshot: Snapshot) -> tuple[str | None, str | None, int]:
                found = len(ledger.evidence([int(one) for one in snapshot.lexical.passages]))
                return ledger.text_of("a.txt"), ledger.text_of("b.txt"), found

            one, two, found = library.reader.read(work)
            assert one
            assert two
            assert one.split()[1] == two.split()[1]
            assert found == 2
            seen += 1
        return seen

    with ThreadPoolExecutor(3) as pool:
        looking = [pool.submit(look) for _ in range(3)]
        try:
            for number in range(1, 13):
                library.write("a.txt", f"النسخة {number} من الخبر.")
                library.write("b.txt", f"النسخة {number} من الخبر الآخر.")
                library.sync(rebuild=number % 5 == 0)
        finally:
            ended.set()
        assert all(one.result() > 0 for one in looking)


# Connections that are kept open


def connections(library: Library) -> int:
    """How often this process has the library's ledger open."""
    found = 0
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            path = descriptor.readlink()
            found += path.parent == library.data and path.name.startswith("ledger.sqlite3")
    return found // 2  # The ledger and its write-ahead log.


@pytest.fixture
def two(library: Library) -> Iterator[Library]:
    yield library.fill(a="وصل الوزير إلى المدينة.", b="غادر السفير العاصمة.")
    library.reader.close()


def test_one_connection_serves_one_question_after_the_other(two: Library) -> None:
    before = connections(two)
    for _ in range(20):
        assert two.files("الوزير")[0] == "a.txt"
    assert connections(two) == before + 1
    two.reader.close()
    assert connections(two) == before
    assert two.files("الوزير")[0] == "a.txt"


def test_as_many_connections_stay_as_were_used_at_once(two: Library) -> None:
    before, together = connections(two), threading.Barrier(4)

    def work(ledger: Ledger, _: Snapshot) -> int:
        together.wait(60)
        return len(ledger.files())

    with ThreadPoolExecutor(4) as pool:
        for _ in range(3):
            assert [one.result() for one in [pool.submit(two.reader.read, work) for _ in "1234"]]
    assert connections(two) == before + 4


def test_a_failure_of_the_work_is_handed_on_and_reading_goes_on(two: Library) -> None:
    def work(ledger: Ledger, _: Snapshot) -> None:
        raise LookupError(ledger.revision)

    before = connections(two)
    for _ in range(3):
        with pytest.raises(LookupError, match="1"):
            two.reader.read(work)
    assert connections(two) == before
    assert two.files("الوزير")[0] == "a.txt"


def test_a_reader_that_is_no_more_leaves_no_connection(two: Library) -> None:
    before = connections(two)
    reader = IndexReader(two.data)
    assert reader.read(lambda ledger, _: ledger.revision) == 1
    assert connections(two) == before + 1
    del reader
    assert connections(two) == before


def test_threads_that_ask_all_the_time_never_stumble_over_each_other(two: Library) -> None:
    def look(_: int) -> set[str]:
        return {two.reader.read(lambda ledger, _: ledger.files()[0].path) for _ in range(100)}

    with ThreadPoolExecutor(8) as pool:
        assert set.union(*pool.map(look, range(8))) == {"a.txt"}


# A ledger that is another one


def replace_documents(library: Library, **texts: str) -> None:
    for path in library.documents.iterdir():
        path.unlink()
    for name, text in texts.items():
        library.write(f"{name}.txt", text)


@pytest.mark.parametrize("closed", [False, True])
def test_a_data_folder_that_was_deleted_and_made_anew_is_noticed(
    two: Library, closed: bool
) -> None:
    assert two.files("الوزير") == ["a.txt", "b.txt"]
    if closed:
        two.reader.close()
    shutil.rmtree(two.data)
    with pytest.raises(IndexUnavailable, match="no index"):
        two.files("الوزير")
    assert not two.reader.ready
    assert not two.data.exists()
    replace_documents(two, z="افتتح الوزير مكتبة الموصل. وصل الوزير أمس.")
    two.sync()
    assert two.revision == 1  # As before, but it is another one.
    assert two.files("الوزير") == ["z.txt"]
    assert [one.path for one in two.find("من هو الوزير؟").files] == ["z.txt"]


def test_a_damaged_ledger_is_said_and_its_successor_is_noticed(two: Library) -> None:
    assert two.files("الوزير")[0] == "a.txt"
    replace_documents(two, z="افتتح الوزير مكتبة الموصل.")
    ledger = two.data / "ledger.sqlite3"
    ledger.write_bytes(ledger.read_bytes()[:5000])
    with pytest.raises(IndexUnavailable) as caught:
        two.files("الوزير")
    assert "rag index --rebuild" in caught.value.advice
    with pytest.raises(IndexUnavailable):
        _ = two.reader.ready
    assert two.sync(rebuild=True).revision == 1
    assert two.files("الوزير") == ["z.txt"]
    assert (two.data / "damaged-ledger.sqlite3").exists()


def test_a_backup_that_was_put_back_is_noticed(two: Library) -> None:
    two.reader.close()
    shutil.copytree(two.data, two.place / "backup")
    for text in ("زار الوزير بكين.", "زار الوزير طهران."):
        replace_documents(two, z=text)
        two.sync()
        assert two.files("الوزير") == ["z.txt"]
    shutil.rmtree(two.data)
    (two.place / "backup").rename(two.data)
    assert set(two.files("الوزير")) == {"a.txt", "b.txt"}
    replace_documents(two, y="استقال الوزير أمس.", x="عاد الوزير اليوم.")
    for _ in range(2):
        two.sync()
        two.write("w.txt", "سافر الوزير غدا.")
    assert two.revision == 3
    assert set(two.files("الوزير")) == {"w.txt", "x.txt", "y.txt"}


def test_a_merge_of_segments_changes_nothing_for_whoever_is_reading(library: Library) -> None:
    for number in range(7):
        library.write(f"{number}.txt", f"زار الوزير المدينة رقم {number}.")
        library.sync()
    library.write("7.txt", "زار الوزير المدينة رقم 7.")
    library.sync()

    def work(ledger: Ledger, snapshot: Snapshot) -> tuple[int, int, list[float]]:
        library.write("8.txt", "زار الوزير المدينة رقم 8.")
        report = library.sync()
        assert report.passages == 9
        assert len(list((library.data / "segments").iterdir())) < 9
        rows = snapshot.lexical.rows_of(range(1, 9))
        scores = own_language_scores(snapshot.lexical, analyse("رقم 3"))
        return ledger.revision, len(ledger.evidence(range(1, 10))), scores[rows].tolist()

    revision, passages, scores = library.reader.read(work)
    assert (revision, passages) == (8, 8)
    assert max(scores) == scores[3]
    assert library.files("رقم 8")[0] == "8.txt"
