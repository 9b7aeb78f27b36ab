import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answers.markup import inert, inert_name, plain, round_numbers
from rag.text.hidden import visible

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
        ".",
        "@",
        "&lt;",
        "\u200b",
        "\u202e",
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
        ("See evil.example/x?q=1 now.", "See now."),
        ("زورواhttps://evil.example/x الآن", "زوروا الآن"),
        (
            "Ask @evil_bot at evil.example, or /reindex.",
            "Ask @ evil_bot at evil. example, or / reindex.",
        ),
        ("ht\u200btp://evil.example/ gone\u202e", "gone"),
        ("R&D &lt;b&gt;at&lt;/b&gt; AT&amp;T, 3 &lt; 4", "R&D at AT&T, 3 < 4"),
        ("a <b c", "a < b c"),
        ("[9.9] and 【1.1】 and [1\u200b2]", "(9.9) and (1.1) and (12)"),
    ],
)
def test_markup_is_taken_off(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize("depth", [2, 5, 6, 20])
def test_what_is_hidden_in_markup_however_deep_is_not_alive(depth: int) -> None:
    address = "https://evil.example/"
    for text in (
        "https:/" + "<" * depth + "b>" * depth + "/evil.example/",
        "[" * depth + "here" + f"]({address})" * depth,
        "<" * depth + f"a href='{address}'>" * depth,
    ):
        shown = plain(text)
        assert not re.search(r"<[/!?A-Za-z]|://|\]\(|evil\.", shown), shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://a.example/x", "https: //a. example/x"),
        ("pic.twitter.com/4c2 (@Fauj)", "pic. twitter. com/4c2 (@ Fauj)"),
        ("[here](tg://user?id=1)", "[here] (tg: //user?id=1)"),
        ("10.0.0.1 and 3.5 and 12.5.2021", "10. 0.0.1 and 3.5 and 12.5.2021"),
        ("write to a@b.example", "write to a@b. example"),
        ("وزارة.السعودية والاستخبارات.جاء", "وزارة. السعودية والاستخبارات.جاء"),
        ("km/h and 1/2 and he/she, U.S. and a.m.", "km/h and 1/2 and he/she, U.S. and a.m."),
        (
            "see a.report.txt and b.example.txt.example",
            "see a.report.txt and b. example. txt. example",
        ),
    ],
)
def test_addresses_of_a_quotation_are_kept_but_lead_nowhere(text: str, shown: str) -> None:
    assert inert(text) == shown
    assert inert(shown) == shown
    assert shown.replace(" ", "") == text.replace(" ", "")


def test_the_name_of_a_file_keeps_its_suffix() -> None:
    assert inert_name("a/notes.ar.md") == "a/notes.ar.md"
    assert inert_name("report.v2.txt") == "report.v2.txt"
    assert inert_name("pay at evil.example now.md") == "pay at evil. example now.md"
    assert inert_name("x\nprint \u202etxt.exe.txt") == "x print txt.exe.txt"


def test_numbers_in_brackets_of_any_kind_become_round() -> None:
    assert round_numbers("[1] 【2】 ［٣، 4］ 〔5.6〕 [a]") == "(1) (2) (٣، 4) (5.6) [a]"


@given(st.lists(PIECES, max_size=20).map("".join))
def test_no_link_and_no_bracketed_number_is_left(text: str) -> None:
    shown = plain(text)
    assert not re.search(r"\[\s*\d+\s*\]", shown)
    assert not re.search(r"https?://\w|\[[^\[\]]*\]\(http", shown)
    assert not re.search(r"</?[a-z]", shown)
    assert visible(shown) == shown
