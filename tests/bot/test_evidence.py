"""Citations opened again in the files as they are now."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evidence import CitedFiles
from rag.answers.reverification import State
from rag.documents.reading import read
from rag.errors import IndexUnavailable
from rag.knowledge_base import SearchResult

QUOTE = "افتتح الوزير مكتبة الحدباء في الموصل يوم الخميس."
BEFORE = "".join(f"هذه جملة رقم {n} قبل الاقتباس. " for n in range(80))
AFTER = "".join(f" وهذه جملة رقم {n} بعد الاقتباس." for n in range(80))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    text = f"عنوان\n{BEFORE}\n{QUOTE}{AFTER}\n"
    (folder / "a.txt").write_text(text, encoding="utf-8")
    return folder


def nothing(_: str, __: int) -> list[SearchResult]:
    return []


@pytest.fixture
def documents(folder: Path) -> CitedFiles:
    return CitedFiles(folder, nothing)


def answer_of(folder: Path, **changes: Any) -> Mapping[str, Any]:
    """An answer that cites the quotation."""
    file = read(folder, "a.txt")
    start = file.text.index(QUOTE)
    cited = {
        "n": 1,
        "file": "a.txt",
        "also": [],
        "title": "عنوان",
        "date": None,
        "page": None,
        "start": start,
        "end": start + len(QUOTE),
        "quote": QUOTE,
        "sha256": file.sha256,
    }
    return {"id": "a1", "citations": [{**cited, **changes}]}


def test_a_quotation_stands_between_whole_sentences(folder: Path, documents: CitedFiles) -> None:
    found = documents.evidence(answer_of(folder), 1)
    assert found
    assert (found.state, found.is_changed, found.line) == (State.INTACT, False, 3)
    assert found.quote == QUOTE
    assert f"{BEFORE}\n".endswith(found.before) and found.before.startswith("هذه جملة")
    assert AFTER.startswith(found.after) and found.after.endswith("الاقتباس.")
    assert found.has_previous and found.has_next


def test_steps_lead_through_the_whole_file_without_a_gap(
    folder: Path, documents: CitedFiles
) -> None:
    answer = answer_of(folder)
    pieces = {}
    for step in range(-6, 7):
        found = documents.evidence(answer, 1, step)
        assert found
        pieces[found.step] = found.before + found.quote + found.after
        assert (found.quote == QUOTE) == (found.step == 0)
    joined = "".join(pieces[step] for step in sorted(pieces))
    assert joined.strip() == read(folder, "a.txt").text.strip()
    first, last = documents.evidence(answer, 1, -99), documents.evidence(answer, 1, 99)
    assert first and not first.has_previous
    assert last and not last.has_next


def test_a_change_elsewhere_in_the_file_is_noticed(folder: Path, documents: CitedFiles) -> None:
    answer = answer_of(folder)
    path = folder / "a.txt"
    path.write_text(path.read_text("utf-8") + "زيادة.", encoding="utf-8")
    found = documents.evidence(answer, 1)
    assert found and found.state is State.INTACT and found.is_changed


def test_a_quotation_that_moved_is_found_where_it_is_now(
    folder: Path, documents: CitedFiles
) -> None:
    answer = answer_of(folder)
    path = folder / "a.txt"
    path.write_text("مقدمة.\n\n" + path.read_text("utf-8"), encoding="utf-8")
    found = documents.evidence(answer, 1)
    assert found and found.state is State.MOVED and found.quote == QUOTE and found.line == 5


def test_a_quotation_is_followed_into_a_file_of_the_same_text_or_a_similar_one(
    folder: Path,
) -> None:
    answer, twin = answer_of(folder), answer_of(folder, also=["b.txt"])
    (folder / "a.txt").rename(folder / "b.txt")
    assert (found := CitedFiles(folder, nothing).evidence(twin, 1)) and found.file == "b.txt"

    def similar(text: str, _: int) -> list[SearchResult]:
        return [SearchResult(1, "b.txt", 0, 9, 0.9, text)]

    found = CitedFiles(folder, similar).evidence(answer, 1)
    assert found and found.state is State.MOVED and found.file == "b.txt"
    gone = CitedFiles(folder, nothing).evidence(answer, 1)
    assert gone and gone.state is State.GONE


def test_what_is_gone_is_shown_as_it_was_cited(folder: Path) -> None:
    def fails(_: str, __: int) -> list[SearchResult]:
        raise IndexUnavailable("no index")

    answer = answer_of(folder)
    (folder / "a.txt").write_text("شيء آخر تماماً.", encoding="utf-8")
    found = CitedFiles(folder, fails).evidence(answer, 1)
    assert found and found.state is State.GONE
    assert (found.file, found.quote, found.before, found.line) == ("a.txt", QUOTE, "", None)
    assert not found.has_previous and not found.has_next


def test_a_number_that_the_answer_has_not_gives_nothing(
    folder: Path, documents: CitedFiles
) -> None:
    assert documents.evidence(answer_of(folder), 2) is None


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, documents: CitedFiles) -> None:
    answer = answer_of(folder)
    outside = folder.parent / "secret.txt"
    (folder / "a.txt").rename(outside)
    (folder / "a.txt").symlink_to(outside)
    found = documents.evidence(answer, 1)
    assert found and found.state is State.GONE
    assert documents.content("a.txt") is None
    assert documents.content("../secret.txt") is None
    assert documents.content("no.txt") is None


@given(
    text=st.text(alphabet="اب .؟\n", min_size=1, max_size=3_000).filter(str.strip),
    place=st.integers(0, 3_000),
    step=st.integers(-4, 4),
)
def test_any_text_can_be_walked_through(
    tmp_path_factory: pytest.TempPathFactory, text: str, place: int, step: int
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "a.txt").write_text(text, encoding="utf-8", newline="")
    start = min(place, len(text) - 1)
    quote = text[start : start + 20]
    cited = {"n": 1, "file": "a.txt", "title": "a", "start": start, "end": start + 20}
    answer = {"id": "a1", "citations": [{**cited, "quote": quote}]}
    found = CitedFiles(folder, nothing).evidence(answer, 1, step)
    assert found
    assert found.before + found.quote + found.after in text
