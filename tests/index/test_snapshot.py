from pathlib import Path

import pytest

from rag.errors import IndexUnavailable
from rag.index.ledger import Ledger
from rag.index.snapshot import Snapshot, load_segment, open_snapshot, segment_folder
from rag.text.language import LANGUAGES
from tests.library import Library


@pytest.fixture
def mixed(library: Library) -> Library:
    return library.fill(
        c="The minister arrived in the city on Thursday.",
        a="وصل الوزير إلى المدينة يوم الخميس.",
        b="وزیر روز پنجشنبه به شهر رسید و این را گفت.",
    )


def test_a_snapshot_knows_the_language_and_the_order_of_every_row(mixed: Library) -> None:
    snapshot = mixed.snapshot
    with Ledger(mixed.data) as ledger:
        paths = {entry.id: entry.path for entry in ledger.files()}
    rows = [paths[int(file)] for file in snapshot.lexical.files]
    assert [LANGUAGES[n] for n in snapshot.languages] == [
        {"a.txt": "ar", "b.txt": "fa", "c.txt": "en"}[path] for path in rows
    ]
    assert [rows[place] for place in snapshot.order.argsort()] == ["a.txt", "b.txt", "c.txt"]
    assert snapshot.revision == 1


def test_a_snapshot_serves_until_the_ledger_moves_on(mixed: Library) -> None:
    with Ledger(mixed.data) as ledger:
        with ledger.reading():
            first = open_snapshot(mixed.data, ledger)
            assert open_snapshot(mixed.data, ledger, first) is first
        mixed.write("d.txt", "نص جديد.")
        mixed.sync()
        with ledger.reading():
            second = open_snapshot(mixed.data, ledger, first)
    assert (second.revision, second.lexical.size) == (2, 4)
    assert (first.revision, first.lexical.size) == (1, 3)


def test_a_lost_segment_is_said(mixed: Library) -> None:
    (array,) = mixed.data.rglob("offsets.npy")
    array.unlink()
    with Ledger(mixed.data) as ledger, pytest.raises(IndexUnavailable) as caught:
        open_snapshot(mixed.data, ledger)
    assert "missing or damaged" in caught.value.message
    assert "rag index" in caught.value.advice


def test_a_segment_of_another_size_is_not_taken_for_it(mixed: Library, tmp_path: Path) -> None:
    (folder,) = segment_folder(mixed.data, "").iterdir()
    assert len(load_segment(mixed.data, folder.name, 3)) == 3
    with pytest.raises(ValueError, match="3 rows, not 4"):
        load_segment(mixed.data, folder.name, 4)


def test_an_index_of_nothing_has_a_snapshot(library: Library) -> None:
    library.sync()
    assert library.snapshot.lexical.rows == 0
    assert len(library.snapshot.languages) == 0


def test_a_snapshot_of_another_ledger_is_not_taken_for_it(mixed: Library, tmp_path: Path) -> None:
    other = Library(tmp_path / "other").fill(d="نص آخر تماما.")
    with Ledger(other.data) as ledger, ledger.reading():
        its = open_snapshot(other.data, ledger)
    with Ledger(mixed.data) as ledger, ledger.reading():
        opened = open_snapshot(mixed.data, ledger, its)
    assert (its.revision, opened.revision) == (1, 1)
    assert (its.lexical.size, opened.lexical.size) == (1, 3)


# The catalogue


def test_the_catalogue_lists_every_file_of_its_revision(mixed: Library) -> None:
    mixed.write("copy of a.md", (mixed.documents / "a.txt").read_bytes())
    mixed.write("deep/copy.txt", (mixed.documents / "a.txt").read_bytes())
    mixed.sync()

    def work(ledger: Ledger, snapshot: Snapshot) -> tuple[list[str], dict[str, tuple[str, ...]]]:
        files = snapshot.catalogue.files(ledger)
        assert list(files) == ledger.files()
        assert snapshot.catalogue.files(ledger) is files
        return [one.path for one in files], snapshot.catalogue.same_content(ledger)

    paths, same = mixed.reader.read(work)
    assert paths == ["a.txt", "b.txt", "c.txt", "copy of a.md", "deep/copy.txt"]
    assert same == {
        "a.txt": ("copy of a.md", "deep/copy.txt"),
        "copy of a.md": ("a.txt", "deep/copy.txt"),
        "deep/copy.txt": ("a.txt", "copy of a.md"),
    }


def test_the_catalogue_moves_on_with_the_revision(mixed: Library) -> None:
    assert len(mixed.find("المدينة").files) == 3
    mixed.write("d.txt", (mixed.documents / "a.txt").read_bytes())
    (mixed.documents / "c.txt").unlink()
    mixed.sync()
    found = mixed.find("من وصل إلى المدينة؟")
    assert [one.path for one in found.files] == ["a.txt", "b.txt", "d.txt"]
    assert found.also == {"a.txt": ("d.txt",), "d.txt": ("a.txt",)}


def test_a_catalogue_without_copies_is_read_once_all_the_same(mixed: Library) -> None:
    def work(ledger: Ledger, snapshot: Snapshot) -> None:
        assert snapshot.catalogue.same_content(ledger) == {}
        assert snapshot.catalogue.same_content(ledger) is snapshot.catalogue.same_content(ledger)

    mixed.reader.read(work)


def test_a_file_is_read_once_a_revision_unless_it_is_long(mixed: Library) -> None:
    mixed.write("long.txt", "جملة طويلة جدا.\n" * 10_000)
    mixed.sync()
    with Ledger(mixed.data) as ledger, ledger.reading():
        catalogue = open_snapshot(mixed.data, ledger).catalogue
        by_path = {one.path: one.id for one in ledger.files()}
        short, long = by_path.pop("a.txt"), by_path.pop("long.txt")
        assert catalogue.source(ledger, short) == ledger.source(short)
        assert catalogue.source(ledger, short) is catalogue.source(ledger, short)
        assert catalogue.source(ledger, long) == ledger.source(long)
        assert catalogue.source(ledger, long) is not catalogue.source(ledger, long)
