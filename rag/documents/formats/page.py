"""HTML: what a page reports, without its menus, boxes, comments and forms.

What is left out is told by what its elements are, by what they are called, and by text that is
links and nothing else. An element that holds much of the page's text is never left out for its
name. What then remains of furniture is told line by line, as in any text.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

from rag.documents.formats.encoding import decoded
from rag.documents.formats.extracted import Extracted
from rag.documents.formats.markup import is_inline, is_unseen, shown, text_of, tree_of
from rag.documents.formats.page_statement import published, title_of
from rag.documents.formats.tidying import tidy, tidy_line
from rag.errors import UnreadableFile

_DECLARED: Final = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|encoding=[\"']([\w.-]{2,40})[\"']",
    re.IGNORECASE,
)
_HEAD: Final = 4096
_APART: Final = frozenset("nav footer aside form dialog menu search button fieldset".split())
_NEVER_REPORT: Final = frozenset({"nav", "footer"})
_ROLES: Final = frozenset(
    "navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar"
    " form alert".split()
)
_NAMES: Final = frozenset(
    "nav navbar navigation navigator menu submenu topbar breadcrumb breadcrumbs crumbs masthead"
    " footer foot colophon sidebar widget widgets comment comments respond disqus reply replies cmt"
    " share sharing shares social sharedaddy addtoany addthis related recommended recommendations"
    " recirculation newsletter subscribe subscription signup cookie cookies consent gdpr captcha"
    " recaptcha pager pagination popular trending ad ads adslot advert advertisement advertising"
    " sponsored promo banner popup modal overlay login paywall print toolbar tags tagcloud keywords"
    " skip backtotop neighbours neighbors prevnext mostread mostpopular readalso readmore seealso"
    " morenews alsoread author-box authorbox".split()
)
_PAIRS: Final = frozenset(
    "most-read most-popular most-viewed read-also read-more see-also also-read more-news top-bar"
    " back-top prev-next post-navigation blog-pager tag-list post-tags skip-link related-posts"
    " social-links author-box".split()
)
_TOO_MUCH: Final = 0.4
"""An element that holds more than this share of the page's text keeps it, whatever its name."""
_LINKED: Final = 0.75
"""A block of which more than this share of the letters are links is a list of links."""
_TALK: Final = frozenset("comment comments commentlist respond disqus cmt discussion".split())
_FEWEST_LETTERS: Final = 200
"""Readers' comments may be longer than the report; they are left out where this much remains."""
_FEWEST_LINKS: Final = 2
_HOLDS_LINKS: Final = frozenset("div ul ol menu li dl section aside span font small center".split())
_ROOT_SHARE: Final = 0.5
_ROOTS: Final = (
    './/*[@itemprop="articleBody"]',
    ".//article",
    './/*[@role="main"]',
    ".//main",
)
_SHORTEST_HEADLINE: Final = 10
_PARTS_OF_TITLE: Final = re.compile(r"\s+[-–—|:•»]\s+|\s*\|\s*")


def extract(content: bytes) -> Extracted:
    """The text of an HTML page: its headline, then what it reports."""
    head = _DECLARED.search(content[:_HEAD])
    declared = (head[1] or head[2] or b"").decode("ascii", "replace") if head else ""
    text, encoding = decoded(content, declared)
    tree = tree_of(text)
    if tree is None:
        raise UnreadableFile("it is damaged (it holds no HTML)")
    day, title = published(tree), title_of(tree)
    body = tree.find("body")
    root = tree if body is None else body
    _leave_out(root)
    headline = _take_headline(root, title)
    told = shown(_main(root)) or text_of(text)
    if not headline:
        headline, told = _named_line(told, title)
    if headline and not told.startswith(headline):
        told = f"{headline}\n{told}"
    return Extracted(tidy(told), encoding, (), headline or title, day)


# The headline


def _take_headline(root: Any, title: str) -> str:
    """The headline, taken out of the text: the heading that the title names, or the first."""
    headings = [one for one in root.iter("h1", "h2", "h3", "h4") if _letters(one)]
    named = [one for one in headings if (said := tidy_line(_said(one))) and said in title]
    first = [one for one in headings if one.tag == "h1"]
    site = _PARTS_OF_TITLE.split(title)[-1] if title else ""
    for heading in (*sorted(named, key=lambda one: -len(_said(one))), *first):
        said = tidy_line(_said(heading))
        if len(said) <= 300 and (said != site or said == title):
            _remove(heading)
            return said
    return ""


def _named_line(told: str, title: str) -> tuple[str, str]:
    """Where no heading is the headline: the line that the title begins with, and the others."""
    lines = told.split("\n")
    for place, line in enumerate(lines):
        if len(line) >= _SHORTEST_HEADLINE and title.startswith(line):
            return line, "\n".join(lines[:place] + lines[place + 1 :])
    return "", told


def _said(heading: Any) -> str:
    """The text of a heading; of one that was never closed, what stands before the next block."""
    parts = [heading.text or ""]
    for child in heading:
        if not is_inline(child):
            break
        parts.extend(["".join(child.itertext()), child.tail or ""])
    return "".join(parts)


# What the page reports


@dataclass(slots=True)
class _Weight:
    """What an element holds: letters and digits, how many of them in links, and links."""

    letters: int = 0
    linked: int = 0
    links: int = 0


def _weights(root: Any) -> dict[Any, _Weight]:
    """The weight of each element, in the order of the page."""
    weights = {element: _Weight() for element in root.iter()}
    for element in reversed(weights):
        own = weights[element]
        if not isinstance(element.tag, str):
            continue
        own.letters = _count(element.text)
        for child in element:
            inner = weights[child]
            own.letters += inner.letters + _count(child.tail)
            own.linked += inner.linked
            own.links += inner.links
        if element.tag == "a":
            own.linked, own.links = own.letters, 1
    return weights


def _count(text: str | None) -> int:
    return sum(map(str.isalnum, text)) if text else 0


def _leave_out(root: Any) -> None:
    """Takes out what is no report: by what elements are and are called, by links, by comments."""
    weights = _weights(root)
    most = _TOO_MUCH * weights[root].letters
    for element, weight in weights.items():
        if element is not root and (
            is_unseen(element)
            or (_is_furniture(element) and (element.tag in _NEVER_REPORT or weight.letters <= most))
        ):
            _remove(element)
    weights = _weights(root)
    for element, weight in weights.items():
        if element is not root and _is_list_of_links(element, weight):
            _remove(element)
    weights = _weights(root)
    left = weights[root].letters
    for element, weight in weights.items():
        if element is not root and left - weight.letters >= _FEWEST_LETTERS and _is_talk(element):
            _remove(element)
            left -= weight.letters


def _is_furniture(element: Any) -> bool:
    if element.tag == "header":
        return not _heads_article(element)
    return _is_apart(element) or _is_named_furniture(element)


def _is_apart(element: Any) -> bool:
    return element.tag in _APART or (element.get("role") or "").casefold() in _ROLES


def _heads_article(header: Any) -> bool:
    return any(one.tag in ("article", "main") for one in header.iterancestors())


def _is_named_furniture(element: Any) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if not names.strip() or element.tag in ("body", "main", "article", "h1"):
        return False
    for name in names.split():
        parts = re.split(r"[-_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).casefold())
        if not _NAMES.isdisjoint((parts[0], parts[-1])) or "-".join(parts[:2]) in _PAIRS:
            return True
    return False


def _is_talk(element: Any) -> bool:
    """Whether an element is called what readers' comments are, and holds no report."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".casefold()
    if _TALK.isdisjoint(re.split(r"[\s_-]+", names)):
        return False
    return next(element.iter("h1", "article", "main"), None) is None


def _is_list_of_links(element: Any, weight: _Weight) -> bool:
    """Whether a block holds several links and next to nothing else, and no paragraph."""
    if weight.links < _FEWEST_LINKS or weight.linked <= _LINKED * weight.letters:
        return False
    return element.tag in _HOLDS_LINKS and next(element.iter("p", "blockquote"), None) is None


def _main(root: Any) -> Any:
    """The element that holds the report: the one that is marked as such, where it holds most."""
    whole = _letters(root)
    for path in _ROOTS:
        found = [one for one in root.xpath(path) if _letters(one)]
        if found:
            largest = max(found, key=_letters)
            if _letters(largest) >= _ROOT_SHARE * whole:
                return largest
    return root


def _letters(element: Any) -> int:
    """How many letters and digits an element shows."""
    return sum(sum(map(str.isalnum, part)) for part in element.itertext(with_tail=False))


def _remove(element: Any) -> None:
    """Takes an element out of its tree; what follows it stays."""
    parent = element.getparent()
    kept = element.tail or ""
    if element.tag == "h1" or element.tag in ("h2", "h3", "h4"):
        blocks = [child for child in element if not is_inline(child)]
        if blocks:
            # A heading that was never closed holds the report: only its own words go.
            element.text = None
            for child in list(element):
                if child is blocks[0]:
                    break
                element.remove(child)
            return
    before = element.getprevious()
    if kept:
        if before is not None:
            before.tail = (before.tail or "") + kept
        else:
            parent.text = (parent.text or "") + kept
    parent.remove(element)
