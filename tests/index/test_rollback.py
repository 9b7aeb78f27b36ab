"""Going back to the revision before the last one."""

import threading
from pathlib import Path

import pytest

from rag.errors import IndexUnavailable
from rag.index.ledger import Ledger
from tests.index.test_indexer import BEIJING, ISLAMABAD, MOSCOW, CountingEmbedder, exact
from tests.library import Library

MOSUL = "افتتح الوزير مكتبة في الموصل."
QUESTIONS = ("متى وصل باقري إلى موسكو؟", "من افتتح مكتبة الموصل؟", "زيارة باقري")


@pytest.fixture
def changed(library: Library) -> Library:
    """Three files; then one was changed, one removed and one added."""
    library.fill(moscow=MOSCOW, beijing=BEIJING, islamabad=ISLAMABAD)
    library.write("moscow.txt", MOSUL)
    (library.documents / "beijing.txt").unlink()
    library.write("new.txt", f"{MOSCOW} وعاد.")
    library.sync()
    return library


def rankings(library: Library) -> list[object]:
    return [exact(library, question, vectors=True) for question in QUESTIONS]


def test_the_former_revision_serves_again(library: Library) -> None:
    library.fill(moscow=MOSCOW, beijing=BEIJING, islamabad=ISLAMABAD)
    before, key = rankings(library), library.snapshot.key
    library.write("moscow.txt", MOSUL)
    (library.documents / "beijing.txt").unlink()
    library.write("new.txt", f"{MOSCOW} وعاد.")
    library.sync()
    assert rankings(library) != before
    report = library.indexer.roll_back()
    assert (report.revision, report.passages, report.unchanged) == (3, 3, 1)
    assert (report.added, report.changed, report.removed) == (
        ("beijing.txt",),
        ("moscow.txt",),
        ("new.txt",),
    )
    assert rankings(library) == before
    assert library.snapshot.key == key


def test_what_was_taken_back_stays_out_until_it_changes(changed: Library) -> None:
    changed.indexer.roll_back()
    before = rankings(changed)
    report = changed.sync()
    assert (report.revision, report.added, report.changed, report.removed) == (3, (), (), ())
    assert [(one.file, "rollback" in one.reason) for one in report.skipped] == [("new.txt", True)]
    assert [one.file for one in report.warnings] == ["beijing.txt", "moscow.txt"]
    assert rankings(changed) == before
    changed.write("new.txt", MOSUL)
    report = changed.sync()
    assert (report.added, report.changed, report.removed) == (("new.txt",), (), ())
    assert changed.files("من افتتح مكتبة الموصل؟")[0] == "new.txt"
    assert changed.files("متى وصل باقري إلى موسكو؟")[0] == "moscow.txt"


def test_the_command_takes_everything_in_again(changed: Library) -> None:
    after = rankings(changed)
    changed.indexer.roll_back()
    report = changed.sync(lift=True)
    assert (report.added, report.changed, report.removed) == (
        ("new.txt",),
        ("moscow.txt",),
        ("beijing.txt",),
    )
    assert (report.skipped, report.warnings) == ((), ())
    assert rankings(changed) == after
    assert changed.sync().revision == report.revision


def test_going_back_twice_leads_to_where_one_was(changed: Library) -> None:
    after, key = rankings(changed), changed.snapshot.key
    changed.indexer.roll_back()
    report = changed.indexer.roll_back()
    assert (report.revision, changed.snapshot.key) == (4, key)
    assert rankings(changed) == after
    report = changed.sync()
    assert (report.revision, report.unchanged, report.skipped) == (4, 3, ())


def test_a_file_that_was_changed_just_now_is_held_back_too(library: Library) -> None:
    library.fill(moscow=MOSCOW)
    (library.documents / "moscow.txt").write_text(MOSUL, encoding="utf-8")
    library.sync()
    library.indexer.roll_back()
    assert library.sync().revision == 3
    assert library.files("متى وصل باقري إلى موسكو؟") == ["moscow.txt"]


def test_a_change_that_is_put_back_by_hand_is_held_no_more(changed: Library) -> None:
    changed.indexer.roll_back()
    changed.write("moscow.txt", MOSCOW)
    report = changed.sync()
    assert (report.revision, [one.file for one in report.warnings]) == (3, ["beijing.txt"])


def test_where_there_is_nothing_to_go_back_to_it_is_said(library: Library) -> None:
    library.fill(moscow=MOSCOW)
    with pytest.raises(IndexUnavailable, match="no earlier revision"):
        library.indexer.roll_back()
    assert library.revision == 1


def test_rebuilding_keeps_the_way_back(changed: Library) -> None:
    changed.sync(rebuild=True)
    changed.indexer.roll_back()
    assert changed.files("متى وصل باقري إلى موسكو؟")[0] == "moscow.txt"
    assert "new.txt" not in changed.files("زيارة باقري")


def test_only_the_last_revision_is_kept(changed: Library) -> None:
    changed.write("other.txt", ISLAMABAD)
    changed.sync()
    changed.indexer.roll_back()
    with Ledger(changed.data) as ledger:
        assert [one.path for one in ledger.files()] == ["islamabad.txt", "moscow.txt", "new.txt"]
    assert changed.files("من افتتح مكتبة الموصل؟")[0] == "moscow.txt"


def test_going_back_costs_nothing(tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    library = Library(tmp_path, embedder).fill(moscow=MOSCOW, beijing=BEIJING)
    library.write("moscow.txt", MOSUL)
    library.sync()
    assert library.indexer.roll_back().embedded == 0
    assert library.sync(lift=True).embedded == 0
    assert set(embedder.embedded.values()) == {1}


def test_questions_meanwhile_see_one_revision_or_the_other(changed: Library) -> None:
    seen, ended = set(), threading.Event()

    def ask() -> None:
        while not ended.is_set():
            found = changed.reader.read(
                lambda ledger, snapshot: (
                    ledger.revision,
                    snapshot.revision,
                    snapshot.lexical.size,
                    tuple(one.path for one in ledger.files()),
                )
            )
            seen.add(found)

    asking = threading.Thread(target=ask)
    asking.start()
    for _ in range(6):
        changed.indexer.roll_back()
    ended.set()
    asking.join()
    states = {found[2:] for found in seen}
    assert all(ledger == snapshot for ledger, snapshot, *_ in seen)
    assert states <= {
        (3, ("islamabad.txt", "moscow.txt", "new.txt")),
        (3, ("beijing.txt", "islamabad.txt", "moscow.txt")),
    }
