"""After a power cut: files cut at any length, and files of one moment beside those of another.

Whatever is there then, a question is answered from one revision, or refused with what to do; and
what is said to do helps.
"""

import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import pytest

from rag.errors import IndexUnavailable
from rag.index.generation import Generation, Pointer, current, folder_of, point_to, pointer
from tests.library import Library

WHEN: Final = "متى افتتح الوزير المكتبة؟"
REBUILD: Final = "`rag index --rebuild` makes it again from the documents."
INDEX: Final = "`rag index` makes it again."
NONE_YET: Final = "Run `rag index` to make one."
LOG: Final = "ledger.sqlite3-wal"

Found = list[tuple[str, str]]


def found(library: Library) -> Found:
    """What a question finds: paths and texts, best first."""
    return [(one.source.path, one.text) for one in library.search(WHEN)]


def found_or_refused(library: Library) -> Found | str:
    """What a question finds, or what it is refused with; then that was done and helped."""
    try:
        return found(library)
    except IndexUnavailable as refusal:
        library.sync(rebuild="--rebuild" in refusal.advice)
        assert found(library)
        return refusal.advice


@dataclass(frozen=True)
class Moments:
    """A library at three moments and at last, each in a folder; what is found at each."""

    place: Path
    found: dict[str, Found]


@pytest.fixture(scope="module")
def moments(tmp_path_factory: pytest.TempPathFactory) -> Moments:
    place, there = tmp_path_factory.mktemp("moments"), dict[str, Found]()
    library = Library(place / "library")
    years = {f"r{n}": f"افتتح الوزير مكتبة الموصل عام 201{n}. وصل الوفد رقم {n}." for n in range(3)}
    library.fill(**years)
    for moment in ("first", "second", "third"):
        # A connection is open: what was changed last is in the log, not in the ledger.
        there[moment] = found(library)
        shutil.copytree(library.place, place / moment)
        library.write("r1.txt", f"افتتح الوزير المكتبة الجديدة بعد {moment} في بغداد. " * 30)
        library.fill(**{moment: f"افتتح الوزير متحفا بعد {moment}. " * 30})
    library.reader.close()
    return Moments(place, there)


def lengths(path: Path) -> list[int]:
    """Where a file is cut: in its header, in the middle, around its last page."""
    size = path.stat().st_size
    pages = (1, 100, 4096, size // 2, size - 4096) if path.suffix == ".sqlite3" else ()
    return sorted({0, 64, size - 1, *pages})


def test_a_file_of_the_index_cut_at_any_length(moments: Moments, tmp_path: Path) -> None:
    whole = Library(moments.place / "library")
    before, refusals = found(whole), set[str]()
    whole.reader.close()
    segments = sorted((whole.data / "segments").iterdir())
    for path in (whole.data / "ledger.sqlite3", *sorted(segments[0].iterdir())):
        for length in lengths(path):
            copy = Library(shutil.copytree(whole.place, tmp_path / f"{path.stem}-{length}"))
            os.truncate(copy.place / path.relative_to(whole.place), length)
            outcome = found_or_refused(copy)
            if isinstance(outcome, str):
                refusals.add(outcome.removeprefix("If it is damaged, "))
                assert sorted(found(copy)) == sorted(before)
            else:
                assert outcome == before, (path, length)
            copy.reader.close()
    assert refusals == {INDEX, REBUILD, NONE_YET}


@pytest.mark.parametrize("log", [None, "first", "second", "third", "cut", "empty", "garbage"])
@pytest.mark.parametrize("ledger", ["first", "third"])
def test_a_ledger_its_log_and_postings_of_different_moments(
    moments: Moments, tmp_path: Path, ledger: str, log: str | None
) -> None:
    for number, segments in enumerate((["third"], ["first", "second", "third"])):
        copy = Library(tmp_path / str(number))
        copy.data.mkdir()
        shutil.copytree(moments.place / ledger / "documents", copy.documents, dirs_exist_ok=True)
        shutil.copy(moments.place / ledger / "data" / "ledger.sqlite3", copy.data)
        if log:
            content = (
                moments.place / (log if log in moments.found else "third") / "data" / LOG
            ).read_bytes()
            damaged = {"cut": content[: len(content) // 2], "empty": b"", "garbage": b"?" * 9000}
            (copy.data / LOG).write_bytes(damaged.get(log, content))
        for one in segments:
            folder = moments.place / one / "data" / "segments"
            shutil.copytree(folder, copy.data / "segments", dirs_exist_ok=True)
        outcome = found_or_refused(copy)
        assert outcome in (INDEX, *moments.found.values()), (segments, outcome)
        copy.sync()
        assert sorted(found(copy)) == sorted(moments.found[ledger])
        copy.reader.close()


def test_a_segment_whose_file_is_empty_and_one_that_was_lost(
    moments: Moments, tmp_path: Path
) -> None:
    for damage in ("empty", "lost"):
        copy = Library(shutil.copytree(moments.place / "library", tmp_path / damage))
        before = found(copy)
        copy.reader.close()
        folder = min((copy.data / "segments").iterdir())
        if damage == "lost":
            shutil.rmtree(folder)
        else:
            (folder / "vectors.npy").write_bytes(b"")
        assert found_or_refused(Library(copy.place)) == INDEX
        assert sorted(found(Library(copy.place))) == sorted(before)


def test_a_pointer_that_was_half_written_points_to_nothing_or_to_what_it_did(
    tmp_path: Path,
) -> None:
    generation = Generation("isnad-1", 1, "key", "local", 5, "ids", files={"a.bin": 3})
    folder = folder_of(tmp_path) / generation.name
    folder.mkdir(parents=True)
    (folder / "a.bin").write_bytes(b"abc")
    said = Pointer(generation)
    point_to(tmp_path, said)
    assert current(tmp_path, None) == generation
    path = folder_of(tmp_path) / "current.json"
    content = path.read_bytes()
    for length in range(0, len(content), 7):
        path.write_bytes(content[:length])
        assert pointer(tmp_path) == Pointer()
        assert current(tmp_path, None) is None
        path.write_bytes(content[:length] + bytes(len(content) - length))
        assert current(tmp_path, None) is None
    path.write_bytes(content)
    (folder / "a.bin").write_bytes(b"ab")
    assert current(tmp_path, None) is None
    assert asdict(pointer(tmp_path)) == asdict(said)
