"""The list of documents in pages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.admin.catalogue import (
    LONGEST_QUERY,
    PAGE,
    asked_page,
    key_of,
    named,
    page_of,
    query_of,
    with_key,
)
from rag.knowledge_base import SourceSummary


def files(*titles: str) -> list[SourceSummary]:
    return [
        SourceSummary(f"{number:03}.txt", title, None, "ar", 1, 10)
        for number, title in enumerate(titles)
    ]


@given(st.integers(0, 35), st.integers(-2, 9))
@settings(max_examples=60)
def test_the_pages_hold_every_document_once(count: int, asked: int) -> None:
    everything = files(*map(str, range(count)))
    pages = [page_of(everything, "", number) for number in range(1, max(2, -(-count // PAGE) + 1))]
    assert [file for page in pages for file in page.files] == everything
    assert {page.pages for page in pages} == {len(pages)}
    assert all(page.found == count for page in pages)
    assert page_of(everything, "", asked) in pages


@pytest.mark.parametrize(
    ("query", "found"),
    [("باكستان", [0]), ("ايران وباكستان", [0]), ("ثاني", [1]), ("002", [2]), ("لا شيء", [])],
)
def test_a_search_overlooks_spelling_and_reads_names_too(query: str, found: list[int]) -> None:
    everything = files("إيران وباكستان", "الثَّاني", "آخر")
    page = page_of(everything, query_of(query), 1)
    assert [everything.index(file) for file in page.files] == found
    assert page.pages == 1


@pytest.mark.parametrize(
    ("argument", "query", "number"),
    [
        ("", "", 1),
        ("#2", "", 2),
        ("#٢", "", 2),
        ("إيران", "ايران", 1),
        ("إيران # ۳ ", "ايران", 3),
        ("2024", "2024", 1),
        ("#0", "", 0),
        ("B-52", "b 52", 1),
        ("C# 7", "c 7", 1),
    ],
)
def test_a_number_after_a_hash_is_a_page(argument: str, query: str, number: int) -> None:
    assert asked_page(argument) == (query, number)


@given(st.text(max_size=200))
@settings(max_examples=100)
def test_a_query_fits_into_a_button_and_stays_itself(text: str) -> None:
    query = query_of(text)
    assert len(query.encode()) <= LONGEST_QUERY
    assert query_of(query) == query
    assert ":" not in query


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("a.txt", ["a.txt"]),
        ("b.txt", ["x/b.txt", "y/B.txt"]),
        ("x/b.txt", ["x/b.txt"]),
        ("تقرير", ["x/تقرير السنة.txt", "تقرير.txt"]),
        ("السنه تقرير", ["x/تقرير السنة.txt"]),
        ("nothing", []),
        ("..", []),
        ("", []),
    ],
)
def test_a_person_need_not_write_the_whole_path(name: str, meant: list[str]) -> None:
    paths = ["a.txt", "x/b.txt", "y/B.txt", "x/تقرير السنة.txt", "تقرير.txt"]
    assert named(paths, name) == meant


def test_a_path_is_found_by_its_key() -> None:
    paths = ["a.txt", "ب/ج.txt"]
    assert with_key(paths, key_of("ب/ج.txt")) == "ب/ج.txt"
    assert with_key(paths, key_of("c.txt")) is None
