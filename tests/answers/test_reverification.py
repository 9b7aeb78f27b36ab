from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answers.reverification import Now, Recheck, State, Texts, recheck

TEXT = "وصل الوزير أمس. ثم غادر. وصل الوزير أمس."


def citation(start: int, quote: str, file: str = "a.txt", **more: object) -> dict[str, Any]:
    return {"n": 3, "file": file, "start": start, "end": start + len(quote), "quote": quote, **more}


def texts(**files: str) -> Texts:
    named = {f"{name}.txt": text for name, text in files.items()}
    return Texts(list(named), named.get)


def test_a_citation_that_stands_where_it_stood_is_intact() -> None:
    found = recheck(citation(0, "وصل الوزير أمس."), texts(a=TEXT))
    assert found == Recheck(3, "a.txt", State.INTACT, Now("a.txt", 0, 15))


def test_a_citation_that_stands_elsewhere_in_its_file_has_moved() -> None:
    found = recheck(citation(3, "ثم غادر."), texts(a=TEXT))
    assert (found.state, found.now) == (State.MOVED, Now("a.txt", 16, 24))


def test_of_several_places_the_nearest_is_taken() -> None:
    assert recheck(citation(20, "وصل الوزير أمس."), texts(a=TEXT)).now == Now("a.txt", 25, 40)
    assert recheck(citation(5, "وصل الوزير أمس."), texts(a=TEXT)).now == Now("a.txt", 0, 15)


def test_a_citation_in_another_file_has_moved_there() -> None:
    found = recheck(citation(0, "ثم غادر."), texts(a="شيء آخر.", b=TEXT))
    assert (found.state, found.now) == (State.MOVED, Now("b.txt", 16, 24))
    renamed = recheck(citation(16, "ثم غادر.", "old.txt"), texts(b=TEXT))
    assert (renamed.file, renamed.state, renamed.now) == (
        "old.txt",
        State.MOVED,
        Now("b.txt", 16, 24),
    )


@pytest.mark.parametrize("quote", ["ثم غادر", "وصل الوزير الى", ""])
def test_a_quotation_that_stands_nowhere_is_gone(quote: str) -> None:
    where = {"a": "شيء آخر.", "b": "وشيء غيره."}
    found = recheck(citation(0, quote), texts(**where))
    assert (found.state, found.now) == (State.GONE, None)


def test_a_span_that_is_no_place_is_not_intact() -> None:
    assert recheck(citation(-8, "ثم غادر."), texts(a=TEXT)).state is State.MOVED
    longer = {**citation(16, "ثم غادر."), "end": 30}
    assert recheck(longer, texts(a=TEXT)).state is State.MOVED


@pytest.mark.parametrize("lost", ["n", "file", "start", "end", "quote"])
def test_what_is_no_citation_is_refused(lost: str) -> None:
    broken = {key: value for key, value in citation(0, "x").items() if key != lost}
    with pytest.raises(ValueError, match=lost):
        recheck(broken, texts(a=TEXT))


@pytest.mark.parametrize("broken", [None, 7, "text", [], {"n": "one"}, {"n": 1e999}])
def test_nor_is_anything_else(broken: Any) -> None:
    given_values = {**citation(0, "x"), **broken} if isinstance(broken, dict) else broken
    with pytest.raises(ValueError, match=r"\w"):
        recheck(given_values, texts(a=TEXT))


def test_each_file_is_read_once_and_none_outside_the_folder() -> None:
    read: list[str] = []

    def text_of(path: str) -> str:
        read.append(path)
        return TEXT

    files = Texts(["a.txt", "b.txt"], text_of)
    for _ in range(3):
        recheck(citation(0, "لا وجود له"), files)
    assert sorted(read) == ["a.txt", "b.txt"]
    recheck(citation(0, "x", "../../etc/passwd"), files)
    assert files.of("../../etc/passwd") is None
    assert sorted(read) == ["a.txt", "b.txt"]


def test_a_file_that_cannot_be_read_any_more_holds_nothing() -> None:
    files = Texts(["a.txt"], lambda _: None)
    assert recheck(citation(0, "وصل"), files).state is State.GONE


@given(st.text(min_size=1, max_size=30), st.text(max_size=10), st.integers(0, 40))
def test_whatever_is_found_is_the_quotation(text: str, before: str, start: int) -> None:
    found = recheck(citation(start, text), texts(a=before + text))
    assert found.state is not State.GONE
    assert found.now
    assert (before + text)[found.now.start : found.now.end] == text
    assert (found.state is State.INTACT) == ((before + text)[start : start + len(text)] == text)
