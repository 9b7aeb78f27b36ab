"""Under which names documents that were sent are kept, and which are not."""

import re
import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.admin.uploads import (
    LONGEST_NAME,
    Offer,
    Unfit,
    free_name,
    is_plain_path,
    name_key,
    offer_of,
    safe_name,
    suffix_of,
)
from rag.text.hidden import hidden_in

SUFFIXES = frozenset({".txt", ".md", ".pdf"})
DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"}
DEVICES |= {f"{kind}{number}" for kind in ("com", "lpt") for number in "0123456789¹²³"}
PIECES = st.sampled_from(
    [
        *("..", "/", "\\", ".", "CON", "nul", "com1", "COM¹", ".txt", " ", "-", "~", "$", ":", "*"),
        *("تقرير", "گزارش\u200cها", "\u064e", "a\u0301", "😀", "C:", "\n", "\x00", "\x00.pdf"),
        *("\u202e", "\u2068", "\ufeff", "\U000e0041", "\uff0f", "\u2215", "\ud800"),
    ]
)
NAMES = st.one_of(
    st.text(max_size=300),
    st.text(st.characters(), max_size=20),
    st.lists(PIECES, max_size=12).map("".join),
)


@given(NAMES)
@example("../../etc/passwd")
@example("report.PDF. .")
@example("..\\..\\windows\\system32\\con.txt")
@example("\u202etxt.exe")
@example("ه" * 300 + ".txt")
@example("a" + "\u0301" * 400 + ".txt")
@example(".")
@example("..")
@example("")
@settings(max_examples=100)
def test_no_name_leaves_the_folder_hides_or_is_a_device(name: str) -> None:
    safe = safe_name(name)
    folder = Path("/documents")
    assert (folder / safe).parent == folder
    assert Path(safe).name == safe == PureWindowsPath(safe).name
    assert safe.split(".")[0].rstrip().casefold() not in DEVICES
    assert not safe.startswith((".", "-", "~", " "))
    assert not safe.endswith((".", " "))
    assert not re.search(r'[<>:"|?*/\\\x00-\x1f\x7f]', safe)
    assert 0 < len(safe.encode()) <= LONGEST_NAME
    assert unicodedata.is_normalized("NFC", safe)
    assert not hidden_in(safe)
    assert is_plain_path(safe)
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("تقرير السنة.TXT", "تقرير السنة.txt"),
        ("گزارش\u200cها.md", "گزارش\u200cها.md"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\x\\notes.txt", "notes.txt"),
        ("/etc/shadow", "shadow"),
        (".env", "document.env"),
        ("..", "document"),
        ("con.txt", "_con.txt"),
        ("LPT1.backup.txt", "_LPT1.backup.txt"),
        ("control.txt", "control.txt"),
        ("photo\u202etxt.exe", "phototxt.exe"),
        ("a\x00b.txt", "ab.txt"),
        ("what?.txt", "what_.txt"),
        ("two\nlines.txt", "two lines.txt"),
        ("news\uff0f1.txt", "news_1.txt"),
        ("-rf.txt", "rf.txt"),
        ("e\u0301.txt", "\u00e9.txt"),
        ("🙂.txt", "document.txt"),
    ],
)
def test_a_name_stays_as_near_as_it_can(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(min_size=1, max_size=400).filter(str.isalnum), st.sampled_from(sorted(SUFFIXES)))
@settings(max_examples=100)
def test_a_long_name_keeps_its_suffix(stem: str, suffix: str) -> None:
    assert suffix_of(safe_name(stem + suffix)) == suffix


@given(st.lists(NAMES, min_size=1, max_size=5), st.integers(0, 4))
@settings(max_examples=100)
def test_a_free_name_is_like_none_that_is_taken(names: list[str], which: int) -> None:
    name = safe_name(names[which % len(names)])
    taken = {safe_name(one) for one in names} | {name.upper()}
    free = free_name(name, taken)
    assert name_key(free) not in {name_key(one) for one in taken}
    assert safe_name(free) == free
    assert suffix_of(free) == suffix_of(name)


def test_a_free_name_is_numbered_only_where_it_must_be() -> None:
    assert free_name("a.txt", ["b.txt"]) == "a.txt"
    assert free_name("a.txt", ["A.TXT"]) == "a (2).txt"
    assert free_name("a.txt", ["a.txt", "a (2).txt"]) == "a (3).txt"


@pytest.mark.parametrize(
    ("name", "mime", "size", "offer"),
    [
        ("a.txt", None, 5, Offer("a.txt", 5)),
        ("../a.PDF", None, None, Offer("a.pdf", None)),
        (None, "application/pdf", 5, Offer("document.pdf", 5)),
        (None, None, 5, Unfit.FORMAT),
        ("a.exe", "text/plain", 5, Unfit.FORMAT),
        ("a.txt\u202eexe", None, 5, Unfit.FORMAT),
        ("a.txt", None, 0, Unfit.EMPTY),
        ("a.txt", None, 101, Unfit.TOO_LARGE),
    ],
)
def test_what_cannot_be_read_is_not_taken(
    name: str | None, mime: str | None, size: int | None, offer: Offer | Unfit
) -> None:
    assert offer_of(name, mime, size, suffixes=SUFFIXES, largest=100) == offer


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        *(("a.txt", True), ("b/a.txt", True)),
        *((path, False) for path in ("", "/a.txt", "../a", "b/../../a", "a\0b")),
    ],
)
def test_paths_that_leave_a_folder_are_told(path: str, plain: bool) -> None:
    assert is_plain_path(path) is plain
