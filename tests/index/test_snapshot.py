from pathlib import Path

import pytest

from rag.errors import IndexUnavailable
from rag.index.ledger import Ledger
from rag.index.snapshot import load_segment, open_snapshot, segment_folder
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
