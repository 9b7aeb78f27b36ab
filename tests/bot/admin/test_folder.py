"""Documents put into the folder and taken out of it: whole or not at all, and nowhere else."""

import os
import threading
from pathlib import Path

import pytest

from bot.admin.folder import DocumentsFolder, FolderUnavailable, Placed, Taken, Wish
from rag.documents.reading import scan
from rag.errors import UnreadableFile

TEXT = "خبر اليوم.\n".encode()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    return tmp_path / "documents"


@pytest.fixture
def folder(place: Path) -> DocumentsFolder:
    return DocumentsFolder(place)


def test_a_document_is_put_in_and_nothing_else_is_left(
    place: Path, folder: DocumentsFolder
) -> None:
    assert folder.put("a.txt", TEXT, Wish.ADD) == Placed("a.txt", replaced=False)
    assert (place / "a.txt").read_bytes() == TEXT
    assert os.listdir(place) == ["a.txt"]


def test_a_document_is_replaced_only_when_that_is_wished(
    place: Path, folder: DocumentsFolder
) -> None:
    folder.put("a.txt", TEXT, Wish.ADD)
    assert folder.put("a.txt", b"new", Wish.ADD) == Taken("a.txt")
    assert folder.put("A.txt", b"new", Wish.ADD) == Taken("a.txt")
    assert (place / "a.txt").read_bytes() == TEXT
    assert folder.put("a.txt", b"new", Wish.KEEP_BOTH) == Placed("a (2).txt", replaced=False)
    assert folder.put("a.txt", b"newer", Wish.REPLACE) == Placed("a.txt", replaced=True)
    assert {one.name: one.read_bytes() for one in place.iterdir()} == {
        "a.txt": b"newer",
        "a (2).txt": b"new",
    }


@pytest.mark.parametrize("content", [b"", b"  \n", b"\x00\x01\x02\xff" * 50])
def test_what_cannot_be_read_is_not_kept(
    place: Path, folder: DocumentsFolder, content: bytes
) -> None:
    folder.put("a.txt", TEXT, Wish.ADD)
    for wish in Wish:
        name = "b.txt" if wish is Wish.ADD else "a.txt"
        with pytest.raises(UnreadableFile):
            folder.put(name, content, wish)
    assert os.listdir(place) == ["a.txt"]
    assert (place / "a.txt").read_bytes() == TEXT


def test_a_link_is_replaced_itself_and_what_it_leads_to_stays(
    tmp_path: Path, place: Path, folder: DocumentsFolder
) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"secret")
    (place / "a.txt").symlink_to(outside)
    assert folder.put("a.txt", TEXT, Wish.ADD) == Taken("a.txt")
    assert folder.put("a.txt", TEXT, Wish.REPLACE) == Placed("a.txt", replaced=True)
    assert outside.read_bytes() == b"secret"
    assert not (place / "a.txt").is_symlink()
    (place / "b.txt").symlink_to(outside)
    assert folder.remove("b.txt")
    assert outside.read_bytes() == b"secret"


def test_a_folder_is_never_replaced(place: Path, folder: DocumentsFolder) -> None:
    (place / "a.txt").mkdir()
    assert folder.put("a.txt", TEXT, Wish.REPLACE) == Taken("a.txt")
    with pytest.raises(UnreadableFile):
        folder.remove("a.txt")


@pytest.mark.parametrize("path", ["../outside.txt", "/etc/hostname", "", "sub/../../outside.txt"])
def test_nothing_outside_is_removed(
    tmp_path: Path, place: Path, folder: DocumentsFolder, path: str
) -> None:
    (tmp_path / "outside.txt").write_bytes(b"secret")
    with pytest.raises(UnreadableFile):
        folder.remove(path)
    assert (tmp_path / "outside.txt").exists()


def test_nothing_is_removed_through_a_linked_folder(
    tmp_path: Path, place: Path, folder: DocumentsFolder
) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.txt").write_bytes(b"secret")
    (place / "sub").symlink_to(tmp_path / "outside")
    with pytest.raises(UnreadableFile):
        folder.remove("sub/a.txt")
    assert (tmp_path / "outside" / "a.txt").exists()


def test_what_was_put_in_before_a_kill_is_placed_once(place: Path, folder: DocumentsFolder) -> None:
    for _ in range(2):
        assert folder.put("a.txt", TEXT, Wish.ADD) == Placed("a.txt", replaced=False)
    assert folder.put("a.txt", b"other", Wish.ADD) == Taken("a.txt")
    for _ in range(2):
        assert folder.put("a.txt", b"other", Wish.KEEP_BOTH) == Placed("a (2).txt", replaced=False)
    assert sorted(one.name for one in place.iterdir()) == ["a (2).txt", "a.txt"]


def test_a_document_is_removed_once(place: Path, folder: DocumentsFolder) -> None:
    (place / "sub").mkdir()
    (place / "sub" / "a.txt").write_bytes(TEXT)
    assert folder.remove("sub/a.txt")
    assert not folder.remove("sub/a.txt")
    assert not folder.remove("sub/a.txt/b.txt")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(FolderUnavailable, match="documents folder"):
        DocumentsFolder(tmp_path / "nowhere").put("a.txt", TEXT, Wish.ADD)
    with pytest.raises(FolderUnavailable):
        DocumentsFolder(tmp_path / "nowhere").names()


def test_of_many_documents_of_one_name_at_once_none_is_lost(
    place: Path, folder: DocumentsFolder
) -> None:
    texts = [f"خبر {number}\n".encode() for number in range(8)]
    writers = [
        threading.Thread(target=folder.put, args=("a.txt", text, Wish.KEEP_BOTH)) for text in texts
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(one.read_bytes() for one in place.iterdir()) == sorted(texts)


def test_what_a_killed_process_has_left_is_swept_away(place: Path, folder: DocumentsFolder) -> None:
    old, fresh = place / ".incoming-0.txt", place / ".incoming-1.txt"
    for path in (old, fresh):
        path.write_bytes(TEXT)
    os.utime(old, (1_700_000_000, 1_700_000_000))
    folder.put("a.txt", TEXT, Wish.ADD)
    assert sorted(os.listdir(place)) == [".incoming-1.txt", "a.txt"]


def test_a_file_on_its_way_is_not_indexed(place: Path) -> None:
    (place / ".incoming-0123.txt").write_bytes(TEXT)
    assert scan(place) == ([], {})
