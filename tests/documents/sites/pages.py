"""Pages of made-up sites: a report among furniture, as HTML and as text copied from a browser.

The truth of a page is what its report says, line by line; every other line is furniture but for
the lines that date or sign the report.
"""

import html
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

Layout = Callable[[dict[str, Any], dict[str, Any]], str]
"""Makes a page of a story and the words of a site."""
_HERE = Path(__file__).parent
STORIES: dict[str, list[dict[str, Any]]] = json.loads((_HERE / "stories.json").read_text("utf-8"))
SITES: list[dict[str, dict[str, Any]]] = [
    json.loads((_HERE / f"{name}.json").read_text("utf-8"))
    for name in ("furniture", "elsewhere", "agency")
]
"""The words of three families of sites, by language."""

UNSEEN: dict[str, dict[str, Any]] = json.loads((_HERE / "unseen.json").read_text("utf-8"))
"""The words of a family that no rule was made for, and none may be: it shows what others leave."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page, its report's lines, and the lines that are none of the report's."""

    name: str
    content: str
    title: str
    date: str
    report: tuple[str, ...]
    furniture: tuple[str, ...]


def _lines(story: dict[str, Any]) -> list[str]:
    return [line.removeprefix("## ").removeprefix("* ") for line in story["body"]]


def _furniture(words: dict[str, Any]) -> tuple[str, ...]:
    kept: list[str] = []
    for name, value in words.items():
        if name not in ("site", "byline", "caption"):
            kept.extend(value if isinstance(value, list) else [value])
    return tuple(dict.fromkeys(kept))


# As HTML


def _paragraphs(story: dict[str, Any]) -> list[str]:
    made: list[str] = []
    for line in map(html.escape, story["body"]):
        if line.startswith("## "):
            made.append(f"<h2>{line[3:]}</h2>")
        elif line.startswith("* "):
            item = f"<li>{line[2:]}</li></ul>"
            if made and made[-1].endswith("</ul>"):
                made[-1] = made[-1].removesuffix("</ul>") + item
            else:
                made.append(f"<ul>{item}")
        else:
            made.append(f"<p>{line}</p>")
    return made


def _fragments(words: dict[str, Any]) -> dict[str, str]:
    """Each piece of furniture as the layouts name it: `menu_li`, `footer_br`, `tags`."""
    made: dict[str, str] = {}
    for name, value in words.items():
        if isinstance(value, str):
            made[name] = html.escape(value)
            continue
        lines = [html.escape(line) for line in value]
        links = [f'<a href="/x">{line}</a>' for line in lines]
        for tag in ("li", "span", "p"):
            made[f"{name}_{tag}"] = "".join(f"<{tag}>{link}</{tag}>" for link in links)
        made[f"{name}_div"] = "".join(f"<div>{line}</div>" for line in lines)
        made[f"{name}_br"] = "<br>".join(lines)
        made[f"{name}_a"] = " ".join(links)
        made[f"{name}_bars"] = "&nbsp;|&nbsp;".join(links)
        made[f"{name}_open"] = "".join(f"<li>{link}" for link in links)
        made[f"{name}_long"] = "".join(f"<p>{' '.join([line] * 4)}.</p>" for line in lines)
    return made


def _filled(layout: str) -> Layout:
    template = Template((_HERE / "layouts" / f"{layout}.html").read_text("utf-8"))

    def fill(story: dict[str, Any], words: dict[str, Any]) -> str:
        paragraphs, lines = _paragraphs(story), [html.escape(line) for line in _lines(story)]
        return template.substitute(
            _fragments(words),
            title=html.escape(story["title"]),
            date=story["date"],
            dateline=story["dateline"],
            paragraphs="".join(paragraphs),
            first="".join(paragraphs[:2]),
            middle="".join(paragraphs[2:-1]),
            last=paragraphs[-1],
            breaks="<br><br>".join(lines),
            divs="".join(f"<div>{line}</div><div><br></div>" for line in lines),
            open_paragraphs="".join(f"<p>{line}\n" for line in lines),
        )

    return fill


HTML: dict[str, Layout] = {
    path.stem: _filled(path.stem) for path in sorted((_HERE / "layouts").glob("*.html"))
}
DATED: frozenset[str] = frozenset(HTML) - {"covered", "broken"}
"""The layouts that show or state a date."""

# As text that was copied from a browser


def _plain(story: dict[str, Any]) -> list[str]:
    return [line.removeprefix("## ").replace("* ", "- ", 1) for line in story["body"]]


def _copied_whole(story: dict[str, Any], w: dict[str, Any]) -> list[str]:
    return [
        *w["menu"], "", story["title"], story["dateline"], "", *_plain(story), "", *w["share"], "",
        w["related_head"], *w["related"], "", *w["form"], *w["captcha"], "", *w["footer"],
    ]  # fmt: skip


def _copied_bars(story: dict[str, Any], w: dict[str, Any]) -> list[str]:
    return [
        " | ".join(w["menu"]), w["breadcrumb"], story["title"], story["dateline"], w["byline"],
        w["reading"], *_plain(story), w["tags"], " ".join(w["share"]), *w["neighbours"],
        " | ".join(w["footer"][:4]), *w["footer"][4:],
    ]  # fmt: skip


def _copied_boxes(story: dict[str, Any], w: dict[str, Any]) -> list[str]:
    body = _plain(story)
    return [
        *w["cookies"], "", story["title"], story["dateline"], body[0], w["ad"], w["inline_related"],
        *body[1:3], *w["newsletter"], *body[3:], w["inline_related"],
    ]  # fmt: skip


def _copied_lists(story: dict[str, Any], w: dict[str, Any]) -> list[str]:
    return [
        w["search"], w["login"], story["title"], story["dateline"], w["views"], w["size"],
        *_plain(story), "", w["popular_head"], *w["popular"], "", w["related_head"], *w["related"],
    ]  # fmt: skip


def _copied_talk(story: dict[str, Any], w: dict[str, Any]) -> list[str]:
    return [
        story["title"], story["dateline"], *_plain(story), *w["share"], "", w["comments_head"],
        *w["comments"], *w["form"], *w["captcha"],
    ]  # fmt: skip


def _copied_foot(story: dict[str, Any], w: dict[str, Any]) -> list[str]:
    return [story["title"], "", story["dateline"], "", *_plain(story), "", w["tags"], *w["footer"]]


COPIED: dict[str, Callable[[dict[str, Any], dict[str, Any]], list[str]]] = {
    "whole": _copied_whole, "bars": _copied_bars, "boxes": _copied_boxes,
    "lists": _copied_lists, "talk": _copied_talk, "foot": _copied_foot,
}  # fmt: skip


def html_pages() -> list[Page]:
    """Every layout of HTML in every language and family of sites, each with another story."""
    return [
        _page(f"{language}-{name}-{site}.html", (place + 3 * site) % 8, language, site, layout)
        for place, (name, layout) in enumerate(HTML.items())
        for language in STORIES
        for site in range(len(SITES))
    ]


def copied_pages() -> list[Page]:
    """Every layout of copied text in every language and family, each with another story."""
    return [
        _page(f"{language}-{name}-{site}.txt", (place + 4 * site) % 8, language, site, layout)
        for place, (name, lines) in enumerate(COPIED.items())
        for layout in [joined(lines)]
        for language in STORIES
        for site in range(len(SITES))
    ]


def joined(layout: Callable[[dict[str, Any], dict[str, Any]], list[str]]) -> Layout:
    return lambda story, words: "\n".join(layout(story, words))


def unseen_pages(made: Mapping[str, Layout]) -> list[Page]:
    """These layouts in every language, of the family that no rule was made for."""
    return [
        _made(name, STORIES[language][place % 8], UNSEEN[language], layout)
        for place, (name, layout) in enumerate(made.items())
        for language in STORIES
    ]


def with_a_line_below(language: str, line: str) -> Page:
    """A copied report that a line of furniture follows."""
    story = STORIES[language][0]
    lines = [story["title"], story["dateline"], *_plain(story), "", line]
    return _made("below", story, {"line": line}, lambda *_: "\n".join(lines))


def _page(name: str, number: int, language: str, site: int, layout: Layout) -> Page:
    return _made(name, STORIES[language][number], SITES[site][language], layout)


def _made(name: str, story: dict[str, Any], words: dict[str, Any], layout: Layout) -> Page:
    return Page(
        name,
        layout(story, words),
        story["title"],
        story["date"],
        tuple(_lines(story)),
        _furniture(words),
    )
