"""Bringing the index up to date: what is seen, what is written, what survives a failure."""

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.errors import IndexBusy, IndexUnavailable, ModelUnavailable, UsageError
from rag.index.embedding import LocalEmbedder, Vector
from rag.index.ledger import Ledger
from rag.index.report import Progress, Skipped
from rag.retrieval.finding import ranked
from rag.retrieval.question import analyse
from tests.index.rows import WORDS
from tests.library import Library

MOSCOW = "وصل باقري إلى موسكو في 17 أكتوبر. واستمرت الزيارة أربعة أيام."
BEIJING = "يزور باقري بكين تلبية لدعوة من رئيس أركان الجيش الصيني."
ISLAMABAD = "التقى باقري في إسلام أباد قائد الجيش الباكستاني قمر جاويد باجوا."


@dataclass
class CountingEmbedder:
    """A paid embedder that counts its texts; `fails_after` so many calls it is out of order."""

    name: str = "counting"
    is_paid: bool = True
    fails_after: int | None = None
    calls: int = 0
    embedded: Counter[str] = field(default_factory=Counter)

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        if self.fails_after is not None and self.calls >= self.fails_after:
            raise ModelUnavailable("The embedding model failed.")
        self.calls += 1
        self.embedded.update(texts)
        return LocalEmbedder().embed(texts)

    def embed_question(self, question: str) -> Vector:
        return self.embed([question])[0]


@pytest.fixture
def three(library: Library) -> Library:
    return library.fill(moscow=MOSCOW, beijing=BEIJING, islamabad=ISLAMABAD)


def stored(library: Library) -> dict[str, bytes]:
    """Everything that the index holds, to the byte."""
    ledger = sqlite3.connect(library.data / "ledger.sqlite3")
    found = {"ledger": "\n".join(ledger.iterdump()).encode()}
    ledger.close()
    arrays = sorted(library.data.rglob("*.npy"))
    return found | {str(path.relative_to(library.data)): path.read_bytes() for path in arrays}


def test_the_first_time_everything_is_added(library: Library) -> None:
    for name in ("b.txt", "a.txt", "below/c.md"):
        library.write(name, MOSCOW)
    report = library.sync()
    assert report.revision == 1
    assert report.added == ("a.txt", "b.txt", "below/c.md")
    assert (report.changed, report.removed, report.unchanged, report.skipped) == ((), (), 0, ())
    assert report.passages == 3
    assert report.embedded == 3
    assert library.files("متى وصل باقري إلى موسكو؟")[:1] == ["a.txt"]


def test_the_second_time_nothing_is_done(three: Library) -> None:
    before = stored(three)
    report = three.sync()
    assert report.revision == 1
    assert (report.added, report.changed, report.removed) == ((), (), ())
    assert (report.unchanged, report.embedded, report.passages) == (3, 0, 3)
    assert stored(three) == before


def test_only_what_changed_is_touched(three: Library) -> None:
    before = stored(three)
    three.write("beijing.txt", BEIJING + " وأشاد بالتعاون.")
    report = three.sync()
    assert (report.revision, report.changed, report.unchanged) == (2, ("beijing.txt",), 2)
    assert report.embedded == 1
    after = stored(three)
    assert all(after[path] == before[path] for path in before if path != "ledger")


def test_an_added_file_is_found(three: Library) -> None:
    three.write("tehran.txt", "عقدت اللجنة المشتركة اجتماعها في طهران.")
    assert three.sync().added == ("tehran.txt",)
    assert three.files("أين عقدت اللجنة اجتماعها؟")[0] == "tehran.txt"


def test_a_changed_file_answers_with_its_new_text_alone(three: Library) -> None:
    three.write("moscow.txt", "افتتح الوزير مكتبة في الموصل.")
    assert three.sync().changed == ("moscow.txt",)
    assert three.files("من افتتح مكتبة الموصل؟")[0] == "moscow.txt"
    assert all("17 أكتوبر" not in one.text for one in three.search("متى وصل باقري إلى موسكو؟"))


def test_a_removed_file_answers_no_more(three: Library) -> None:
    (three.documents / "moscow.txt").unlink()
    report = three.sync()
    assert (report.removed, report.passages) == (("moscow.txt",), 2)
    assert "moscow.txt" not in three.files("متى وصل باقري إلى موسكو؟")


def test_a_renamed_file_is_found_under_its_new_name(three: Library) -> None:
    (three.documents / "moscow.txt").rename(three.documents / "renamed.txt")
    report = three.sync()
    assert (report.added, report.removed) == (("renamed.txt",), ("moscow.txt",))
    assert three.files("متى وصل باقري إلى موسكو؟")[0] == "renamed.txt"


def test_a_file_whose_time_alone_changed_is_unchanged(three: Library) -> None:
    three.write("moscow.txt", MOSCOW)
    report = three.sync()
    assert (report.changed, report.unchanged, report.revision) == ((), 3, 1)
    assert three.sync().unchanged == 3


def test_indexers_that_take_turns_see_what_changed_meanwhile(three: Library) -> None:
    one, other = three.indexer, three.indexer
    assert one.sync().unchanged == 3
    settled = three.documents / "moscow.txt"
    os.utime(settled, ns=(0, 1_000_000_000))
    assert other.sync().unchanged == 3
    assert one.sync().unchanged == 3
    three.write("new.txt", BEIJING)
    assert other.sync().added == ("new.txt",)
    settled.unlink()
    assert one.sync().removed == ("moscow.txt",)
    three.write("new.txt", MOSCOW)
    assert one.sync().changed == ("new.txt",)
    assert (other.sync().unchanged, one.sync().unchanged) == (3, 3)


def test_a_change_back_is_a_change(three: Library) -> None:
    three.write("moscow.txt", BEIJING)
    three.sync()
    three.write("moscow.txt", MOSCOW)
    assert three.sync().changed == ("moscow.txt",)
    assert three.files("متى وصل باقري إلى موسكو؟")[0] == "moscow.txt"


def test_an_emptied_folder_is_an_empty_index(three: Library) -> None:
    for path in three.documents.iterdir():
        path.unlink()
    report = three.sync()
    assert (len(report.removed), report.passages) == (3, 0)
    assert three.files("باقري") == []
    three.write("moscow.txt", MOSCOW)
    assert three.sync().passages == 1
    assert three.files("باقري") == ["moscow.txt"]


def test_an_empty_folder_has_a_revision_too(library: Library) -> None:
    report = library.sync()
    assert (report.revision, report.passages) == (1, 0)
    assert library.files("باقري") == []


def test_a_folder_that_is_not_there_is_said_and_the_index_stays(three: Library) -> None:
    three.documents.rename(three.place / "away")
    with pytest.raises(UsageError, match="DOCUMENTS_DIR"):
        three.sync()
    assert three.files("موسكو")[0] == "moscow.txt"


# Files that cannot be read


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x00\x01\x02", "not a text file"),
        ("كلام".encode()[:-1], "not UTF-8"),
        (b"", "empty"),
        ("\ufeff \n".encode(), "empty"),
        ("اترك تعليقاً\n9 + سبعة =\n".encode(), "no text besides page furniture"),
    ],
    ids=["binary", "damaged", "empty", "blank", "furniture"],
)
def test_a_file_that_turns_unreadable_is_skipped_and_its_old_text_gone(
    three: Library, content: bytes, reason: str
) -> None:
    three.write("moscow.txt", content)
    report = three.sync()
    (skipped,) = report.skipped
    assert skipped.file == "moscow.txt"
    assert reason in skipped.reason
    assert report.removed == ("moscow.txt",)
    assert "moscow.txt" not in three.files("متى وصل باقري إلى موسكو؟")
    again = three.sync()
    assert (again.skipped, again.revision) == ((skipped,), report.revision)
    three.write("moscow.txt", MOSCOW)
    assert three.sync().skipped == ()
    assert three.files("متى وصل باقري إلى موسكو؟")[0] == "moscow.txt"


def test_what_is_skipped_does_not_stop_the_rest(library: Library) -> None:
    library.write("a.txt", b"\xff\xfe\xff")
    library.write("b.pdf", b"%PDF-1.7")
    library.write(".hidden.txt", MOSCOW)
    library.write("c.txt", MOSCOW)
    (library.documents / "gone.txt").symlink_to(library.documents / "nowhere.txt")
    report = library.sync()
    assert report.added == ("c.txt",)
    assert [one.file for one in report.skipped] == ["a.txt", "b.pdf", "gone.txt"]
    assert all(one.reason for one in report.skipped)


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
            if is_root:
                os.seteuid(0)


def test_a_file_that_may_not_be_read_is_skipped_and_read_once_it_may_be(
    unprivileged: Library,
) -> None:
    unprivileged.write("moscow.txt", MOSCOW)
    secret = unprivileged.documents / "moscow.txt"
    secret.chmod(0)
    (skipped,) = unprivileged.sync().skipped
    assert skipped == Skipped("moscow.txt", "it cannot be opened: Permission denied")
    secret.chmod(0o644)
    assert unprivileged.sync().added == ("moscow.txt",)


# Rebuilding, planning, progress


def test_rebuilding_does_all_of_it_again(three: Library) -> None:
    three.write("new.txt", MOSCOW)
    (three.documents / "beijing.txt").unlink()
    report = three.sync(rebuild=True)
    assert report.revision == 2
    assert (report.added, report.removed, report.unchanged) == (("new.txt",), ("beijing.txt",), 2)
    assert report.embedded == 3
    assert three.snapshot.lexical.rows == three.snapshot.lexical.size == 3
    assert three.files("موسكو")[0] == "moscow.txt"


def test_a_plan_says_what_would_be_done_and_does_nothing(three: Library) -> None:
    three.write("new.txt", MOSCOW)
    three.write("moscow.txt", BEIJING)
    (three.documents / "beijing.txt").unlink()
    before = stored(three)
    plan = three.sync(dry_run=True)
    assert (plan.added, plan.changed, plan.removed, plan.unchanged) == (
        ("new.txt",),
        ("moscow.txt",),
        ("beijing.txt",),
        1,
    )
    assert (plan.revision, plan.embedded) == (1, 0)
    assert stored(three) == before
    assert three.files("متى وصل باقري إلى موسكو؟")[0] == "moscow.txt"
    done = three.sync()
    assert (done.added, done.changed, done.removed) == (plan.added, plan.changed, plan.removed)


def test_a_plan_for_the_first_time_makes_no_index(library: Library) -> None:
    library.write("moscow.txt", MOSCOW)
    assert library.sync(dry_run=True).added == ("moscow.txt",)
    assert not library.reader.ready
    with pytest.raises(IndexUnavailable, match="no index"):
        library.files("موسكو")


def test_a_plan_to_rebuild_does_nothing_either(three: Library) -> None:
    before = stored(three)
    plan = three.sync(dry_run=True, rebuild=True)
    assert (plan.unchanged, plan.revision) == (3, 1)
    assert stored(three) == before


def test_progress_is_told_to_its_end(library: Library) -> None:
    for number in range(5):
        library.write(f"{number}.txt", f"{MOSCOW} رقم {number}.")
    told: list[Progress] = []
    library.sync(on_progress=told.append)
    assert list(dict.fromkeys(one.stage for one in told)) == ["read", "write"]
    for stage in ("read", "write"):
        own = [one for one in told if one.stage == stage]
        assert own[-1].done == own[-1].total == 5
        assert [one.done for one in own] == sorted(one.done for one in own)


# Two at once


def test_another_process_at_work_is_said_at_once(three: Library) -> None:
    with FileLock(three.data / "index.lock"), pytest.raises(IndexBusy, match="Another process"):
        three.sync()
    assert three.files("موسكو")[0] == "moscow.txt"


def test_another_process_at_work_is_waited_for(three: Library) -> None:
    three.write("new.txt", MOSCOW)
    lock = FileLock(three.data / "index.lock", thread_local=False)
    lock.acquire()
    ending = threading.Timer(0.2, lock.release)
    ending.start()
    assert three.sync(wait=60).added == ("new.txt",)
    ending.join()


def test_waiting_has_an_end(three: Library) -> None:
    with FileLock(three.data / "index.lock"), pytest.raises(IndexBusy):
        three.sync(wait=0.2)


# What was paid for


def test_what_was_paid_for_is_never_paid_for_again(tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    library = Library(tmp_path, embedder).fill(moscow=MOSCOW, beijing=BEIJING, copy=MOSCOW)
    assert sum(embedder.embedded.values()) == 2
    library.write("beijing.txt", ISLAMABAD)
    assert library.sync().embedded == 1
    library.write("beijing.txt", BEIJING)
    (library.documents / "moscow.txt").rename(library.documents / "renamed.txt")
    assert library.sync().embedded == 0
    assert library.sync(rebuild=True).embedded == 0
    assert set(embedder.embedded.values()) == {1}


def test_an_embedder_that_fails_midway_costs_neither_the_index_nor_a_text(tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    library = Library(tmp_path, embedder).fill(moscow=MOSCOW)
    embedder.fails_after = embedder.calls + 2
    for number in range(200):
        library.write(f"{number}.txt", f"تقرير عن بكين رقم {number}.")
    with pytest.raises(ModelUnavailable):
        library.sync()
    assert library.revision == 1
    (found,) = library.search("متى وصل باقري إلى موسكو؟", vectors=False)
    assert found.source.path == "moscow.txt"
    paid = sum(embedder.embedded.values()) - 1
    assert 0 < paid < 200
    embedder.fails_after = None
    report = library.sync()
    assert (report.revision, len(report.added)) == (2, 200)
    assert report.embedded == 200 - paid
    assert set(embedder.embedded.values()) == {1}


def test_another_embedding_makes_the_vectors_again(tmp_path: Path) -> None:
    library = Library(tmp_path, CountingEmbedder("one")).fill(moscow=MOSCOW, beijing=BEIJING)
    library.embedder = other = CountingEmbedder("two")
    report = library.sync()
    assert (report.revision, report.unchanged, report.embedded) == (2, 2, 2)
    assert library.snapshot.embedding == "two"
    library.embedder = CountingEmbedder("one")
    assert library.sync().embedded == 0
    assert set(other.embedded.values()) == {1}


def test_an_index_of_other_terms_is_made_again_for_nothing(tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    library = Library(tmp_path, embedder).fill(moscow=MOSCOW, beijing=BEIJING)
    with Ledger(library.data) as ledger, ledger.writing():
        ledger.set_state(terms="of an older Isnad")
    report = library.sync()
    assert (report.revision, report.unchanged, report.embedded) == (2, 2, 0)
    assert library.sync().revision == 2
    assert set(embedder.embedded.values()) == {1}


# What is lost or damaged


@pytest.mark.parametrize("damage", ["lost", "cut", "emptied"])
def test_a_damaged_segment_is_said_and_made_again(three: Library, damage: str) -> None:
    for array in three.data.rglob("slots.npy"):
        if damage == "lost":
            array.unlink()
        else:
            array.write_bytes(array.read_bytes()[:-1] if damage == "cut" else b"")
    with pytest.raises(IndexUnavailable, match="damaged") as caught:
        Library(three.place).files("موسكو")
    assert "rag index" in caught.value.advice
    report = three.sync()
    assert (report.revision, report.unchanged) == (2, 3)
    assert three.files("متى وصل باقري إلى موسكو؟")[0] == "moscow.txt"


def test_a_lost_segment_of_a_paid_embedding_is_made_again_for_nothing(tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    library = Library(tmp_path, embedder).fill(moscow=MOSCOW, beijing=BEIJING)
    for array in library.data.rglob("vectors.npy"):
        array.unlink()
    assert library.sync().embedded == 0
    assert set(embedder.embedded.values()) == {1}


def test_leftovers_of_a_killed_indexer_are_swept_away(three: Library) -> None:
    leftover = three.data / "segments" / "0123.4567.unfinished"
    leftover.mkdir()
    (leftover / "keys.npy").write_bytes(b"half")
    three.sync()
    assert not leftover.exists()
    assert three.files("موسكو")[0] == "moscow.txt"


def test_the_advice_for_a_ledger_that_is_none_helps(three: Library) -> None:
    for path in three.data.glob("ledger.sqlite3*"):
        path.unlink()
    (three.data / "ledger.sqlite3").write_text("no database " * 100)
    with pytest.raises(IndexUnavailable) as caught:
        three.sync()
    assert "rag index --rebuild" in caught.value.advice
    assert three.sync(rebuild=True).passages == 3


_WRITES_AND_WAITS = """
import sys, time
from pathlib import Path
from rag.index.embedding import LocalEmbedder
from rag.index.indexer import Indexer

def show(progress):
    if progress.stage == "write" and progress.done == 30:
        print("half", flush=True)
        time.sleep(60)

Indexer(Path(sys.argv[1]), Path(sys.argv[2]), LocalEmbedder()).sync(show)
"""


def test_an_indexer_that_is_killed_leaves_the_last_revision(three: Library) -> None:
    for number in range(60):
        three.write(f"{number}.txt", f"تقرير رقم {number} عن زيارة.")
    (three.documents / "moscow.txt").unlink()
    command = [sys.executable, "-c", _WRITES_AND_WAITS, str(three.documents), str(three.data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"half\n"
        process.kill()
    assert three.revision == 1
    assert three.files("متى وصل باقري إلى موسكو؟")[0] == "moscow.txt"
    report = three.sync()
    assert (report.revision, len(report.added), report.removed) == (2, 60, ("moscow.txt",))
    assert len(list((three.data / "segments").iterdir())) == 2


# Many changes


def test_many_small_changes_stay_few_segments(library: Library) -> None:
    for number in range(24):
        library.write(f"{number}.txt", f"تقرير رقم {number} عن زيارة باقري.")
        library.sync()
    assert len(list((library.data / "segments").iterdir())) <= 9
    assert len(library.search("زيارة باقري", 50)) == 24


def test_a_file_that_changes_for_ever_does_not_pile_up(three: Library) -> None:
    for number in range(20):
        three.write("moscow.txt", f"{MOSCOW} للمرة {number}.")
        three.sync()
    index = three.snapshot.lexical
    assert index.size == 3
    assert index.rows <= 6


_LINES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
_TEXTS = st.lists(_LINES, min_size=1, max_size=2).map(
    lambda lines: "\n\n".join(f"{line}. {'كلام آخر طويل ' * 70}." for line in lines)
)
_CHANGES = st.lists(
    st.dictionaries(st.sampled_from("abcde"), st.none() | _TEXTS, min_size=1, max_size=4),
    min_size=1,
    max_size=6,
)


def exact(library: Library, question: str, *, vectors: bool) -> list[tuple[str, int, str]]:
    """The whole ranking with its scores, to the last bit."""
    channel = library.channel() if vectors else None

    def places() -> list[tuple[str, int, str]]:
        return library.reader.read(
            lambda ledger, snapshot: [
                (evidence.source.path, evidence.span.start, one.score.hex())
                for one in ranked(snapshot, analyse(question), 100, channel)
                for evidence in ledger.evidence([one.passage]).values()
            ]
        )

    return places()


def apply(library: Library, changes: list[dict[str, str | None]]) -> None:
    """Makes the changes, bringing the index up to date after each lot; None removes a file."""
    for lot in changes:
        for name, text in lot.items():
            if text is None:
                (library.documents / f"{name}.txt").unlink(missing_ok=True)
            else:
                library.write(f"{name}.txt", text)
        library.sync()


def fresh_copy(library: Library, place: Path) -> Library:
    copy = Library(place)
    for path in library.documents.iterdir():
        copy.write(path.name, path.read_bytes())
    copy.sync()
    return copy


@pytest.mark.parametrize("vectors", [False, True], ids=["words", "words and vectors"])
@given(_CHANGES, st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_after_any_changes_the_ranking_is_that_of_a_fresh_index(
    vectors: bool, changes: list[dict[str, str | None]], question: str
) -> None:
    with tempfile.TemporaryDirectory() as place:
        changed = Library(Path(place) / "changed")
        apply(changed, changes)
        fresh = fresh_copy(changed, Path(place) / "fresh")
        assert exact(changed, question, vectors=vectors) == exact(fresh, question, vectors=vectors)


def test_the_seeds_rank_alike_after_changes_and_afresh(seeds: Path, tmp_path: Path) -> None:
    changed = Library(tmp_path / "changed")
    files = sorted(seeds.iterdir())
    for path in files:
        changed.write(path.name, "نص مؤقت لا صلة له بشيء.")
    changed.sync()
    for path in reversed(files):
        changed.write(path.name, path.read_bytes())
        changed.sync()
    fresh = fresh_copy(changed, tmp_path / "fresh")
    for question in ("من هي كارولين روز؟", "كم يوما استمرت زيارة باقري؟", "Who is Bagheri?"):
        assert exact(changed, question, vectors=True) == exact(fresh, question, vectors=True)


# Merging segments


def segments(library: Library) -> dict[str, tuple[int, int]]:
    """The rows of every segment, and how many of them are dead, by its name."""
    with Ledger(library.data) as ledger:
        return {entry.name: (entry.rows, len(entry.dead)) for entry in ledger.segments()}


def add_one_by_one(library: Library, names: Sequence[str]) -> None:
    for name in names:
        library.write(f"{name}.txt", f"تقرير {name} عن زيارة باقري إلى موسكو.")
        library.sync()


def test_small_segments_are_merged_and_a_large_one_is_left_alone(library: Library) -> None:
    library.fill(**{f"old{number}": f"{MOSCOW} رقم {number}." for number in range(40)})
    (large,) = segments(library)
    add_one_by_one(library, "abcdefg")
    assert sorted(segments(library).values()) == [(1, 0)] * 7 + [(40, 0)]
    add_one_by_one(library, "h")
    assert sorted(segments(library).values()) == [(8, 0), (40, 0)]
    assert segments(library)[large] == (40, 0)
    assert len(list((library.data / "segments").iterdir())) == 2


def test_a_large_segment_is_merged_with_small_ones_once_they_weigh(library: Library) -> None:
    library.fill(**{f"old{number}": f"{MOSCOW} رقم {number}." for number in range(30)})
    add_one_by_one(library, "abcdefgh")
    assert list(segments(library).values()) == [(38, 0)]


def test_after_many_merges_the_ranking_is_that_of_a_fresh_index(
    library: Library, tmp_path: Path
) -> None:
    add_one_by_one(library, "abcdefghij")
    library.write("c.txt", ISLAMABAD)
    (library.documents / "a.txt").unlink()
    add_one_by_one(library, "klmnop")
    assert max(rows for rows, _ in segments(library).values()) > 8
    fresh = fresh_copy(library, tmp_path / "fresh")
    for question in ("زيارة باقري", "قائد الجيش في إسلام أباد", "Bagheri in Moscow"):
        assert exact(library, question, vectors=True) == exact(fresh, question, vectors=True)


def test_a_segment_is_made_anew_once_most_of_it_is_dead(library: Library) -> None:
    library.fill(**{f"a{number}": f"{MOSCOW} رقم {number}." for number in range(10)})
    (first,) = segments(library)
    for number in range(5):
        (library.documents / f"a{number}.txt").unlink()
    library.sync()
    assert segments(library) == {first: (10, 5)}
    (library.documents / "a5.txt").unlink()
    library.sync()
    assert list(segments(library).values()) == [(4, 0)]
    assert first not in segments(library)
    assert {*library.files("باقري موسكو")} == {f"a{number}.txt" for number in range(6, 10)}


def test_of_a_segment_that_is_all_dead_nothing_stays(three: Library) -> None:
    for name in ("moscow", "beijing", "islamabad"):
        (three.documents / f"{name}.txt").unlink()
    three.write("tehran.txt", "عقدت اللجنة المشتركة اجتماعها في طهران.")
    three.sync()
    assert list(segments(three).values()) == [(1, 0)]
    assert len(list((three.data / "segments").iterdir())) == 1


_SYNCS_WITH_LITTLE_ROOM = """
import resource, sys
from pathlib import Path
from rag.index.embedding import LocalEmbedder
from rag.index.indexer import Indexer

most = int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
Indexer(Path(sys.argv[1]), Path(sys.argv[2]), LocalEmbedder()).sync()
"""


def test_a_merge_that_breaks_off_leaves_the_change_visible_and_is_made_up_for(
    library: Library, tmp_path: Path
) -> None:
    for lot in range(8):
        for number in range(12):
            library.write(f"{lot}-{number}.txt", f"تقرير {lot} {number}.")
        library.sync()
    assert len(segments(library)) == 8
    library.write("moscow.txt", MOSCOW)
    # Room for any file but the merged segment's vectors: the disk is full, so to say.
    most = 150_000
    assert max(path.stat().st_size for path in library.data.rglob("*.*")) < most < 96 * 512 * 4
    command = [sys.executable, "-c", _SYNCS_WITH_LITTLE_ROOM]
    done = subprocess.run(
        [*command, str(library.documents), str(library.data), str(most)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert "could not be merged" in done.stderr
    assert library.revision == 9
    assert [rows for rows, _ in segments(library).values()] == [12] * 8 + [1]
    assert library.files("متى وصل باقري إلى موسكو؟")[0] == "moscow.txt"
    report = library.sync()
    assert (report.revision, report.unchanged) == (9, 97)
    assert sorted(segments(library).values()) == [(1, 0), (96, 0)]
    assert len(list((library.data / "segments").iterdir())) == 2
    fresh = fresh_copy(library, tmp_path / "fresh")
    assert exact(library, "تقرير موسكو", vectors=True) == exact(fresh, "تقرير موسكو", vectors=True)


# What the self-test found


def calibration(library: Library) -> str:
    with Ledger(library.data) as ledger:
        return ledger.calibration


def test_what_the_self_test_found_is_kept_until_all_is_made_again(three: Library) -> None:
    with Ledger(three.data) as ledger, ledger.writing():
        ledger.set_state(calibration="found")
    three.write("moscow.txt", BEIJING)
    three.sync()
    assert calibration(three) == "found"
    three.sync(dry_run=True, rebuild=True)
    assert calibration(three) == "found"
    three.sync(rebuild=True)
    assert calibration(three) == ""


def test_another_embedding_forgets_what_the_self_test_found(tmp_path: Path) -> None:
    library = Library(tmp_path, CountingEmbedder("one")).fill(moscow=MOSCOW)
    with Ledger(library.data) as ledger, ledger.writing():
        ledger.set_state(calibration="found")
    library.embedder = CountingEmbedder("two")
    library.sync()
    assert calibration(library) == ""
