import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rag.documents.formats import readable_suffixes
from rag.documents.reading import LARGEST, read, scan
from rag.errors import UnreadableFile, UsageError
from tests.documents.pages import thorough

not_as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)


def paths(folder: Path) -> list[str]:
    return [state.path for state in scan(folder)[0]]


def skipped(folder: Path) -> dict[str, str]:
    return scan(folder)[1]


def write(path: Path, content: bytes = "نص".encode()) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def refusal(folder: Path, path: str) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(folder, path)
    return str(caught.value)


def test_files_are_found_in_every_folder_below_in_order(tmp_path: Path) -> None:
    for path in ("b.txt", "a/z.txt", "a/b/c.md", "a.txt", "10.text", "9.markdown", "A.TXT"):
        write(tmp_path / path)
    assert paths(tmp_path) == sorted(paths(tmp_path))
    assert set(paths(tmp_path)) == {
        "b.txt", "a/z.txt", "a/b/c.md", "a.txt", "10.text", "9.markdown", "A.TXT",
    }  # fmt: skip
    assert skipped(tmp_path) == {}


def test_a_file_is_found_with_its_size_and_time(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", b"12345")
    os.utime(tmp_path / "a.txt", ns=(1, 1_600_000_000_123_456_789))
    ((state,), _) = scan(tmp_path)
    assert (state.size, state.modified) == (5, 1_600_000_000_123_456_789)


@pytest.mark.parametrize(
    "name",
    [
        "تقرير عن الزيارة.txt",
        "گزارش.txt",
        "two  spaces .txt",
        "quote'\"&<>.txt",
        "line\nbreak.txt",
        "\u202eright to left.txt",
        "🇵🇰.txt",
        "-rf.txt",
        "a.b.c.txt",
        "#%3F?*.txt",
        "folder.txt/inside.txt",
    ],
)
def test_odd_names_are_read_like_any_other(tmp_path: Path, name: str) -> None:
    write(tmp_path / name)
    assert paths(tmp_path) == [name]
    assert read(tmp_path, name).text == "نص"


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    for path in (".hidden.txt", ".git/notes.txt", "a/.DS_Store", "a/seen.txt"):
        write(tmp_path / path)
    assert scan(tmp_path)[1] == {}
    assert paths(tmp_path) == ["a/seen.txt"]


@pytest.mark.parametrize("name", ["photo.jpg", "report.doc", "README", "notes.txt~", "data.db"])
def test_other_formats_are_skipped_with_the_formats_there_are(tmp_path: Path, name: str) -> None:
    write(tmp_path / name)
    write(tmp_path / "kept.txt")
    assert paths(tmp_path) == ["kept.txt"]
    assert all(suffix in skipped(tmp_path)[name] for suffix in readable_suffixes())


@pytest.mark.parametrize("path", ["missing", "file.txt"])
def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path: Path, path: str) -> None:
    write(tmp_path / "file.txt")
    with pytest.raises(UsageError, match="DOCUMENTS_DIR") as caught:
        scan(tmp_path / path)
    assert caught.value.exit_status == 2
    assert caught.value.advice


def test_an_empty_folder_has_no_files(tmp_path: Path) -> None:
    assert scan(tmp_path) == ([], {})


def test_a_documents_folder_that_is_a_link_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "real" / "a.txt")
    (tmp_path / "link").symlink_to("real")
    assert paths(tmp_path / "link") == ["a.txt"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    write(folder / "kept.txt")
    (folder / "secret.txt").symlink_to(write(tmp_path / "outside" / "secret.txt"))
    (folder / "way-out").symlink_to(tmp_path / "outside")
    assert paths(folder) == ["kept.txt"]
    assert set(skipped(folder)) == {"secret.txt", "way-out"}
    assert all("outside" in reason for reason in skipped(folder).values())


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "a/../../secret.txt",
        "{outside}/secret.txt",
        "link.txt",
        "linked/secret.txt",
        "hard/../../secret.txt",
        "/dev/stdin",
        "/proc/self/environ",
        "a\0.txt",
        "..\\secret.txt",
        "\uff0e\uff0e/secret.txt",
        "..\u2215secret.txt",
        "secret.txt:stream",
        "con.txt",
    ],
    ids=ascii,
)
def test_nothing_outside_of_the_folder_is_read(tmp_path: Path, path: str) -> None:
    outside = tmp_path / "outside"
    write(outside / "secret.txt", b"what nobody may read")
    folder = outside / "documents"
    write(folder / "a" / "b.txt")
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "linked").symlink_to(outside)
    assert refusal(folder, path.replace("{outside}", str(outside)))


def test_what_took_the_place_of_a_document_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert refusal(tmp_path, "a.txt") == "it is empty"


def test_a_link_to_a_file_of_the_folder_is_a_file(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    assert paths(tmp_path) == ["a.txt", "b.txt"]


@pytest.mark.parametrize("target", ["nowhere.txt", "link.txt"])
def test_a_link_to_nothing_or_to_itself_is_skipped(tmp_path: Path, target: str) -> None:
    write(tmp_path / "kept.txt")
    (tmp_path / "link.txt").symlink_to(target)
    assert paths(tmp_path) == ["kept.txt"]
    assert set(skipped(tmp_path)) == {"link.txt"}


def test_what_is_no_regular_file_is_skipped(tmp_path: Path) -> None:
    write(tmp_path / "kept.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert paths(tmp_path) == ["kept.txt"]
    assert "regular" in skipped(tmp_path)["pipe.txt"]


def test_a_name_that_is_not_unicode_is_skipped_and_can_be_shown(tmp_path: Path) -> None:
    write(tmp_path / "kept.txt")
    os.close(os.open(os.fsencode(tmp_path) + b"/caf\xe9.txt", os.O_CREAT | os.O_WRONLY))
    assert paths(tmp_path) == ["kept.txt"]
    ((name, reason),) = skipped(tmp_path).items()
    assert name.encode().startswith(b"caf")
    assert "name" in reason


def test_a_file_too_large_is_skipped_unread(tmp_path: Path) -> None:
    for name, size in (("large.txt", LARGEST + 1), ("fits.txt", LARGEST)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    assert paths(tmp_path) == ["fits.txt"]
    assert "larger than 32 MB" in skipped(tmp_path)["large.txt"]
    assert "larger than 32 MB" in refusal(tmp_path, "large.txt")


@not_as_root
def test_a_folder_that_may_not_be_opened_is_skipped(tmp_path: Path) -> None:
    write(tmp_path / "kept.txt")
    write(tmp_path / "closed" / "a.txt")
    (tmp_path / "closed").chmod(0)
    try:
        assert paths(tmp_path) == ["kept.txt"]
        assert "cannot be opened" in skipped(tmp_path)["closed"]
    finally:
        (tmp_path / "closed").chmod(0o700)


@not_as_root
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "closed.txt").chmod(0)
    assert "cannot be opened" in refusal(tmp_path, "closed.txt")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"text\0text" * 9, "not a text file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "an image"),
        ("صحيح".encode() + b"\xff", "byte 8"),
        ("نص طويل".encode()[:-1], "UTF-8"),
    ],
)
def test_what_is_not_readable_text_is_refused_with_the_reason(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    write(tmp_path / "a.txt", content)
    assert paths(tmp_path) == ["a.txt"]
    assert reason in refusal(tmp_path, "a.txt")


def test_a_file_that_has_gone_meanwhile_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    assert paths(tmp_path) == ["a.txt"]
    path.unlink()
    assert "cannot be opened" in refusal(tmp_path, "a.txt")


@thorough
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\0")), mark=st.booleans())
def test_text_is_read_to_the_letter_but_for_a_leading_byte_order_mark(
    tmp_path_factory: pytest.TempPathFactory, text: str, mark: bool
) -> None:
    assume(text.strip() and not text.startswith("\ufeff"))
    folder = tmp_path_factory.getbasetemp()
    content = (b"\xef\xbb\xbf" if mark else b"") + text.encode()
    write(folder / "letters.txt", content)
    file = read(folder, "letters.txt")
    assert file.text == text
    assert (file.path, file.encoding) == ("letters.txt", "utf-8")
    assert file.sha256 == hashlib.sha256(content).hexdigest()


def test_the_seeds_are_read(seeds: Path) -> None:
    files, reasons = scan(seeds)
    assert len(files) == 5
    assert reasons == {}
    assert all(read(seeds, one.path).text.encode() for one in files)
