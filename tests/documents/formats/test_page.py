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
        '<meta name="date" content="Tue, 05 Mar 2024 10:00 GMT">',
        '<meta name="DATE" content="Tuesday, 05-Mar-24 10:00:00 GMT">',
        '<meta name="parsely-pub-date" content="20240305T100000Z">',
        '<meta name="dcterms.date" content="March 5, 2024">',
        '<meta name="publish_date" content="٥ مارس ٢٠٢٤">',
        '<meta name="DC.date.issued" content="۱۴۰۲/۱۲/۱۵">',
        '<meta itemprop="datePublished" content="1402-12-15T08:00">',
        '<meta name="date" content="2024-03-06">'
        '<meta property="article:published_time" content="2024-03-05T08:00:00+03:30">',
        '<meta property="article:published_time" content="soon">'
        '<script type="application/LD+JSON">{"@graph": [{"datePublished": "2024-03-05"}]}</script>',
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


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ('<time class="entry-date" datetime="2024-03-05T10:00">5 March</time>', "2024-03-05"),
        ('<div class="posted-on"><time datetime="2024-03-05">5/3</time></div>', "2024-03-05"),
        ('<p>Desk, <time datetime="2024-03-05">5 March</time></p>', "2024-03-05"),
        (
            '<p><time datetime="2024-03-05">5 March</time></p>'
            '<aside><time datetime="2023-01-01">another report</time></aside>',
            "2024-03-05",
        ),
        (
            '<p>The bridge over the river at the old town, which the council had built, fell on '
            '<time datetime="2016-07-08">8 July 2016</time> in the morning.</p>',
            "",
        ),
        (
            '<p><time datetime="2024-03-05">a</time></p>'
            '<p><time datetime="2024-03-04">b</time></p>',
            "",
        ),
    ],
)  # fmt: skip
def test_a_time_beside_the_report_is_its_day_and_one_in_a_sentence_is_not(
    body: str, day: str
) -> None:
    page = f"<html><body><article><h1>Title</h1>{body}<p>{STORY}</p></article></body></html>"
    assert extract(page.encode()).date == day


def test_a_day_and_month_that_could_be_exchanged_are_no_date() -> None:
    head = '<meta name="date" content="06/03/2024">'
    assert extract(f"<html><head>{head}</head><body>{STORY}</body></html>".encode()).date == ""


def test_the_title_without_the_sites_name_is_the_headline() -> None:
    head = "<title>زيارة باقري - موقع</title>"
    assert text(f"<h1>موقع</h1><h2>زيارة باقري</h2><p>{STORY}</p>", head).startswith(
        "زيارة باقري\n"
    )


def test_a_page_of_several_reports_keeps_them_all() -> None:
    articles = "".join(f"<article><h2>Part {n}</h2><p>{STORY} {n}</p></article>" for n in range(4))
    assert text(articles).count(STORY) == 4


@pytest.mark.parametrize("opening", ["<font color=red>", "<div>", "<b><i>", "<blockquote>"])
def test_an_old_page_that_closes_nothing_is_read_to_its_end(opening: str) -> None:
    lines = [f"In line {number} a member tells of the bridge at Baghdad." for number in range(800)]
    page = "<html><body>" + "".join(f"{opening}{line}<br>" for line in lines)
    assert [line for line in extract(page.encode()).text.split("\n") if line] == lines


@pytest.mark.parametrize("tags", ["div", "span", "section", "table tr td", "ul li"])
def test_what_stands_deep_in_elements_is_read_and_what_follows_too(tags: str) -> None:
    opening = "".join(f"<{tag}>" for tag in tags.split())
    closing = "".join(f"</{tag}>" for tag in reversed(tags.split()))
    said = text(f"<p>before</p>{opening * 300}inside{closing * 300}<p>{STORY}</p>")
    assert [line.strip("- ") for line in said.split("\n") if line] == ["before", "inside", STORY]


def test_what_is_no_page_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        extract(b"")
