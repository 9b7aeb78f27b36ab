import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rag.errors import IndexUnavailable
from rag.index.ledger import Ledger
from rag.index.reader import IndexReader
from rag.index.snapshot import Snapshot
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
        seen = 0
        while not ended.is_set():

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
