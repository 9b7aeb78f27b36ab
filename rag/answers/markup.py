"""Markup in a model's text: taken off, so that nothing in an answer becomes live."""

import re
from typing import Final

_IMAGE_OR_LINK: Final = re.compile(r"!?\[([^\[\]]*)\]\(\s*<?[^()\s]*(?:\([^()]*\))?[^()]*\)")
_REFERENCE: Final = re.compile(r"\[([^\[\]]+)\]\[[^\[\]\d][^\[\]]*\]")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->")
_ADDRESS: Final = re.compile(
    r"<?(?<![^\W\d_])(?:[a-z][a-z0-9+.-]{1,15}://|www\.|mailto:|tg:)"
    r"[^\s<>()\[\]«»“”\"]*[^\s<>()\[\]«»“”\".,;:!?،؛؟]>?",
    re.IGNORECASE,
)
_BOLD: Final = re.compile(r"\*\*|__|~~|`+")
_ITALIC: Final = re.compile(r"(?<![\w*])\*(\S(?:[^*]*\S)?)\*(?![\w*])")
_EMPTY: Final = re.compile(r"\(\s*\)|\[\s*\]|«\s*»")
_MOST_PASSES: Final = 5
_BRACKETED_NUMBER: Final = re.compile(r"[\[［【]\s*(\d[\d\s,،;–-]*?)\s*[\]］】]")
_SPACE_BEFORE: Final = re.compile(r"\s+([.،؛,;:!؟?](?:\s|\Z))")


def plain(text: str) -> str:
    """`text` without links, tags and emphasis: a link gives its words, a bare address nothing.

    A bracketed number becomes a round one, as only citations stand in square brackets.
    """
    text = _ITALIC.sub(r"\1", _BOLD.sub("", text))
    for _ in range(_MOST_PASSES):
        # What is taken off may bring together the parts of another.
        if (bare := _without_links(text)) == text:
            break
        text = bare
    else:
        text = text.replace("://", " ").replace("<", " ")
    text = _BRACKETED_NUMBER.sub(r"(\1)", text).replace("](", "] (")
    return _SPACE_BEFORE.sub(r"\1", " ".join(text.split()))


def _without_links(text: str) -> str:
    text = _REFERENCE.sub(r"\1", _IMAGE_OR_LINK.sub(r"\1", text))
    return _EMPTY.sub("", _ADDRESS.sub("", _TAG.sub("", text)))
