import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answers.markup import plain

PIECES = st.sampled_from(
    [
        "[",
        "]",
        "(",
        ")",
        "http://",
        "evil.example",
        "<",
        ">",
        "b",
        "/",
        "*",
        "`",
        " ",
        "12",
        "!",
        "tg:",
    ]
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("See [the report](https://evil.example/a?b=(c)) now.", "See the report now."),
        ("See ![a picture](x.png) now.", "See a picture now."),
        ("See <https://evil.example> now.", "See now."),
        ("See www.evil.example/x, now.", "See, now."),
        ("See <a href='x'>this</a> now.", "See this now."),
        ("**Bold** and __too__ and `code` and *that*.", "Bold and too and code and that."),
        ("5 * 3 * 2 and snake_case", "5 * 3 * 2 and snake_case"),
        (
            "Wikipedia [12] and [١٢] and 【3】 and [1, 2]",
            "Wikipedia (12) and (١٢) and (3) and (1, 2)",
        ),
        ("وصل [باقري] إلى موسكو.", "وصل [باقري] إلى موسكو."),
    ],
)
def test_markup_is_taken_off(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.lists(PIECES, max_size=20).map("".join))
def test_no_link_and_no_bracketed_number_is_left(text: str) -> None:
    shown = plain(text)
    assert not re.search(r"\[\s*\d+\s*\]", shown)
    assert not re.search(r"https?://\w|\[[^\[\]]*\]\(http", shown)
    assert not re.search(r"</?[a-z][^<>]*>", shown)
