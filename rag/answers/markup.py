"""Markup in a model's text: taken off, so that nothing in an answer becomes live."""

import re
from typing import Final

_IMAGE_OR_LINK: Final = re.compile(r"!?\[([^\[\]]*)\]\(\s*<?[^()\s]*(?:\([^()]*\))?[^()]*\)")
_REFERENCE: Final = re.compile(r"\[([^\[\]]+)\]\[[^\[\]\d][^\[\]]*\]")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->")
_ADDRESS: Final = re.compile(
    r"<?\b(?:[a-z][a-z0-9+.-]{1,15}://|www\.|mailto:|tg:)[^\s<>()\[\]«»“”\"]*[^\s<>()\[\]«»“”\".,;:!?،؛؟]>?",
    re.IGNORECASE,
)
_BOLD: Final = re.compile(r"\*\*|__|~~|`+")
_ITALIC: Final = re.compile(r"(?<![\w*])\*(\S(?:[^*]*\S)?)\*(?![\w*])")
_EMPTY: Final = re.compile(r"\(\s*\)|\[\s*\]|«\s*»")
_BRACKETED_NUMBER: Final = re.compile(r"[\[［【]\s*(\d[\d\s,،;–-]*?)\s*[\]］】]")
_SPACE_BEFORE: Final = re.compile(r"\s+([.،؛,;:!؟?](?:\s|\Z))")


def plain(text: str) -> str:
    """`text` without links, tags and emphasis: a link gives its words, a bare address nothing.

    A bracketed number becomes a round one, as only citations stand in square brackets.
    """
    text = _REFERENCE.sub(r"\1", _IMAGE_OR_LINK.sub(r"\1", text))
    text = _ADDRESS.sub("", _TAG.sub("", text))
    text = _ITALIC.sub(r"\1", _BOLD.sub("", text))
    text = _BRACKETED_NUMBER.sub(r"(\1)", text)
    return _SPACE_BEFORE.sub(r"\1", " ".join(_EMPTY.sub("", text).split()))
