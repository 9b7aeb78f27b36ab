"""HTML that pages of the web are made of, apart from whole sites."""

import pytest

from rag.documents.formats.page import extract
from rag.errors import UnreadableFile

STORY = "وصل رئيس الأركان إلى موسكو أمس على رأس وفد عسكري رفيع المستوى تلبية لدعوة من نظيره."


def text(body: str, head: str = "") -> str:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return extract(page.encode()).text


@pytest.mark.parametrize("declared", ["windows-1256", "utf-8", ""])
def test_the_declared_encoding_is_believed_unless_the_bytes_show_another(declared: str) -> None:
    page = f"<html><head><meta charset='{declared}'></head><body><p>{STORY}</p></body></html>"
    for encoding in ("windows-1256", "utf-8"):
        assert extract(page.encode(encoding)).text == STORY


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>one<br>two</p><p>three</p>", "one\ntwo\n\nthree"),
        ("<p>a <b>bold</b> word,\n  and <i>more</i></p>", "a bold word, and more"),
        ("<ul><li>first</li><li>second</li></ul>", "- first\n- second"),
        ("<p>seen</p><p style='display:none'>not</p><p hidden>nor</p>", "seen"),
        ("<p>seen</p><script>not()</script><noscript>nor</noscript>", "seen"),
        ("<pre>line one\nline two</pre>", "line one\nline two"),
        ("<p>1 &lt; 2 &amp; 3&nbsp;4</p>", "1 < 2 & 3 4"),
        ("<p>unclosed <b>tags<p>everywhere", "unclosed tags\n\neverywhere"),
        (
            "<table><tr><th>town</th><th>people</th></tr><tr><td>Basra</td><td>9</td></tr></table>",
            "town: Basra | people: 9",
        ),
        (f"<div class='content has-sidebar widget'><p>{STORY}</p></div>", STORY),
        (f"<div id='comments-page'><h1>Notes</h1><p>{STORY}</p></div>", f"Notes\n{STORY}"),
        (f"<article><header><h1>Title</h1></header><p>{STORY}</p></article>", f"Title\n{STORY}"),
        (f"<form><p>{STORY}</p><input></form>", STORY),
        (f"<p>{STORY}</p><p><a href='/x'>A sentence that is a link.</a></p>",
         f"{STORY}\n\nA sentence that is a link."),
    ],
)  # fmt: skip
def test_a_page_is_read_as_it_is_shown(body: str, expected: str) -> None:
    assert text(body) == expected


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-03-05T08:00:00Z">',
        '<meta name="date" content="2024-03-05">',
        '<script type="application/ld+json">[{"datePublished": "2024-03-05"}]</script>',
        '<script type="application/ld+json">{broken</script>'
        '<meta name="pubdate" content="2024-03-05">',
    ],
)
def test_the_day_of_publication_is_what_the_page_states(head: str) -> None:
    page = f"<html><head>{head}</head><body><p>{STORY}</p></body></html>"
    assert extract(page.encode()).date == "2024-03-05"


def test_a_day_that_does_not_exist_is_none() -> None:
    head = '<meta name="date" content="2024-13-45">'
    assert (
        extract(f"<html><head>{head}</head><body><p>{STORY}</p></body></html>".encode()).date == ""
    )


def test_the_title_without_the_sites_name_is_the_headline() -> None:
    head = "<title>زيارة باقري - موقع</title>"
    assert text(f"<h1>موقع</h1><h2>زيارة باقري</h2><p>{STORY}</p>", head).startswith(
        "زيارة باقري\n"
    )


def test_a_page_of_several_reports_keeps_them_all() -> None:
    articles = "".join(f"<article><h2>Part {n}</h2><p>{STORY} {n}</p></article>" for n in range(4))
    assert text(articles).count(STORY) == 4


def test_what_is_no_page_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        extract(b"")
