import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.documents.document import Document, understand
from rag.documents.reading import FileText
from rag.errors import IndexUnavailable
from rag.index.ledger import Ledger, SkippedEntry, StoredPassage, exists

REPORT = """زيارة باقري إلى موسكو

وصل باقري إلى موسكو في 17 أكتوبر 2021. واستمرت الزيارة أربعة أيام.
المصدر: نورث برس، نشر بتاريخ 18 أكتوبر 2021
"""


def document(path: str, text: str = REPORT, sha256: str = "0" * 64) -> Document:
    return understand(FileText(path, text, "utf-8", sha256))


def add(ledger: Ledger, path: str, text: str = REPORT, sha256: str = "0" * 64) -> int:
    """Adds a document with its passages; gives its id."""
    added = document(path, text, sha256)
    with ledger.writing():
        file = ledger.add_file(added, len(text), 1)
        for passage in added.passages:
            ledger.add_passage(file, passage.sentences)
    return file


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path) as opened:
        yield opened


def test_a_new_ledger_is_at_revision_0_and_empty(tmp_path: Path) -> None:
    assert not exists(tmp_path)
    with Ledger(tmp_path) as ledger:
        assert (ledger.revision, ledger.embedding, ledger.terms) == (0, "", "")
        assert ledger.files() == []
        assert ledger.passage_count() == 0
    assert exists(tmp_path)


def test_what_is_known_of_a_file_is_there_after_reopening(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        file = add(ledger, "a/report.txt")
        with ledger.writing():
            ledger.set_state(revision="7", embedding="local", terms="1")
    with Ledger(tmp_path) as ledger:
        assert (ledger.revision, ledger.embedding) == (7, "local")
        assert ledger.terms == "1"
        (entry,) = ledger.files()
        assert (entry.path, entry.title) == ("a/report.txt", "زيارة باقري إلى موسكو")
        assert (entry.language, entry.date) == ("ar", "2021-10-18")
        assert "نورث برس" in entry.attribution
        assert entry.characters == len(REPORT)
        assert entry.passages == ledger.passage_count() == 1
        source = ledger.source(file)
        assert source.text == REPORT == ledger.text_of("a/report.txt")
        assert source.title_span
        assert source.title_span.of(REPORT) == source.title
        assert source.date_span
        assert source.date_span.of(REPORT) == "18 أكتوبر 2021"


def test_a_passage_comes_back_with_its_sentences_to_the_letter(ledger: Ledger) -> None:
    file = add(ledger, "report.txt")
    (passage,) = ledger.passages_of(file)
    found = ledger.evidence([passage, passage + 99])
    assert list(found) == [passage]
    assert [sentence.text for sentence in found[passage].sentences][:2] == [
        "وصل باقري إلى موسكو في 17 أكتوبر 2021.",
        "واستمرت الزيارة أربعة أيام.",
    ]
    assert found[passage].source.path == "report.txt"


def test_more_passages_than_one_statement_takes_are_read(ledger: Ledger) -> None:
    added = document("report.txt")
    with ledger.writing():
        file = ledger.add_file(added, 1, 1)
        ids = [ledger.add_passage(file, added.passages[0].sentences) for _ in range(1201)]
    assert list(ledger.evidence(ids)) == ids


def test_files_are_in_order_of_their_paths(ledger: Ledger) -> None:
    ids = {path: add(ledger, path) for path in ("b.txt", "ب.txt", "a.txt", "B.txt")}
    assert [entry.path for entry in ledger.files()] == ["B.txt", "a.txt", "b.txt", "ب.txt"]
    assert ledger.path_order().tolist() == [
        ids[path] for path in ("B.txt", "a.txt", "b.txt", "ب.txt")
    ]


def test_files_of_one_content_name_each_other(ledger: Ledger) -> None:
    for path, sha in (("a.txt", "1"), ("b.txt", "2"), ("c.txt", "1"), ("d.txt", "1")):
        add(ledger, path, sha256=sha)
    assert ledger.same_content() == {
        "a.txt": ("c.txt", "d.txt"),
        "c.txt": ("a.txt", "d.txt"),
        "d.txt": ("a.txt", "c.txt"),
    }


def test_a_passage_is_known_by_its_file_span_and_text_alone(ledger: Ledger) -> None:
    add(ledger, "a.txt")
    add(ledger, "b.txt")
    one, two = ledger.stored_passages()
    assert (one.path, one.text) == ("a.txt", REPORT[one.start : one.end])
    assert one.text == two.text
    assert one.key != two.key
    assert one.key == StoredPassage(99, one.path, one.start, one.end, one.text).key


def test_a_removed_file_takes_its_passages_along(ledger: Ledger) -> None:
    kept, gone = add(ledger, "a.txt"), add(ledger, "b.txt")
    (passage,) = ledger.passages_of(gone)
    with ledger.writing():
        ledger.remove_file(gone)
    assert ledger.evidence([passage]) == {}
    assert ledger.text_of("b.txt") is None
    assert [entry.id for entry in ledger.files()] == [kept]


def test_an_id_is_never_given_twice(ledger: Ledger) -> None:
    gone = add(ledger, "a.txt")
    (passage,) = ledger.passages_of(gone)
    with ledger.writing():
        ledger.remove_file(gone)
    back = add(ledger, "a.txt")
    assert back > gone
    assert ledger.passages_of(back) > [passage]


def test_skipped_files_are_replaced_as_a_whole(ledger: Ledger) -> None:
    for reasons in ({"b.pdf": "one", "a.txt": "two"}, {"c.bin": "three"}):
        with ledger.writing():
            ledger.set_skipped(SkippedEntry(path, 1, 1, why) for path, why in reasons.items())
    assert [(entry.path, entry.reason) for entry in ledger.skipped()] == [("c.bin", "three")]


def test_segments_keep_their_age_and_their_dead(ledger: Ledger) -> None:
    with ledger.writing():
        ledger.add_segment("old", 3)
        ledger.add_segment("young", 2)
        ledger.mark_dead("old", [0, 2])
        ledger.mark_dead("young", [1])
        ledger.remove_segments(["young"])
        ledger.add_segment("youngest", 1)
    old, youngest = ledger.segments()
    assert (old.name, old.rows, sorted(old.dead)) == ("old", 3, [0, 2])
    assert (youngest.name, youngest.dead) == ("youngest", ())


def test_a_change_that_fails_leaves_nothing_behind(ledger: Ledger) -> None:
    def fail() -> None:
        with ledger.writing():
            ledger.add_file(document("a.txt"), 1, 1)
            ledger.set_state(revision="9")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert ledger.revision == 0
    assert ledger.files() == []
    add(ledger, "a.txt")
    assert len(ledger.files()) == 1


def test_a_reader_sees_one_revision_from_its_first_look_to_its_last(tmp_path: Path) -> None:
    with Ledger(tmp_path) as writer, Ledger(tmp_path) as reader:
        add(writer, "a.txt")
        with reader.reading():
            assert len(reader.files()) == 1
            add(writer, "b.txt")
            with writer.writing():
                writer.set_state(revision="2")
            assert reader.revision == 0
            assert len(reader.files()) == 1
        assert reader.revision == 2
        assert len(reader.files()) == 2


def test_a_ledger_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    Ledger(tmp_path).close()
    (path,) = tmp_path.glob("*.sqlite3")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(IndexUnavailable) as caught:
        Ledger(tmp_path)
    assert "newer version" in caught.value.message
    assert str(tmp_path) in caught.value.message
    assert "Update Isnad" in caught.value.advice
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (99,)
    connection.close()


def test_a_ledger_of_the_first_version_is_migrated(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        add(ledger, "old.txt")
        (before,) = ledger.files()
    (path,) = tmp_path.glob("*.sqlite3")
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE files ADD COLUMN text TEXT NOT NULL DEFAULT ''")
        connection.execute("UPDATE files SET text = (SELECT text FROM texts WHERE file = id)")
        for column in ("warning", "characters", "passages", "pages"):
            connection.execute(f"ALTER TABLE files DROP COLUMN {column}")
        former = [f"former_{one}" for one in ("files", "texts", "passages", "phrases", "lines")]
        of_later = ("texts", "phrases", "lines", "arrived", "held", *former)
        for table in of_later:
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DROP INDEX dead_by_segment")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    with Ledger(tmp_path) as ledger:
        assert ledger.warnings() == {}
        assert ledger.files() == [before]
        assert ledger.text_of("old.txt") == REPORT
        add(ledger, "b.txt", REPORT + "\u202e")
        add(ledger, "a.txt", REPORT + "\U000e0041")
        assert list(ledger.warnings()) == ["a.txt", "b.txt"]
        assert "tag characters" in ledger.warnings()["a.txt"]
        assert [entry.path for entry in ledger.files()] == ["a.txt", "b.txt", "old.txt"]


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite3").write_text("كلام لا قاعدة بيانات " * 100)
    with pytest.raises(IndexUnavailable) as caught:
        Ledger(tmp_path)
    assert "cannot be opened" in caught.value.message
    assert "not a database" in caught.value.message
    assert caught.value.advice


def test_a_ledger_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite3").mkdir()
    with pytest.raises(IndexUnavailable, match="cannot be opened"):
        Ledger(tmp_path)


def full(folder: Path) -> Path:
    """A ledger of some pages; its file."""
    with Ledger(folder) as ledger:
        for number in range(20):
            add(ledger, f"{number}.txt", REPORT + "نص آخر. " * 500)
        with ledger.writing():
            ledger.set_state(revision="1")
    return folder / "ledger.sqlite3"


def read_all(folder: Path) -> None:
    with Ledger(folder) as ledger, ledger.reading():
        ledger.files()
        list(ledger.stored_passages())


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_ledger_cut_short_is_refused(tmp_path: Path, share: float) -> None:
    path = full(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(IndexUnavailable):
        read_all(tmp_path)


def test_a_ledger_with_damaged_pages_is_refused(tmp_path: Path) -> None:
    path = full(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(IndexUnavailable):
        read_all(tmp_path)


def test_a_ledger_that_another_process_is_making_is_waited_for(tmp_path: Path) -> None:
    other = sqlite3.connect(
        tmp_path / "ledger.sqlite3", isolation_level=None, check_same_thread=False
    )
    other.execute("BEGIN IMMEDIATE")
    ending = threading.Timer(0.3, other.execute, ["COMMIT"])
    ending.start()
    try:
        with Ledger(tmp_path) as ledger:
            assert ledger.revision == 0
    finally:
        ending.join()
        other.close()
