"""Markup and addresses: taken off a model's text, made inert in a quotation, so that none is live.

Messengers and terminals make links of what looks like an address, without any markup. A quotation
keeps its addresses, with a space where they would come to life.
"""

import re
from html import unescape
from typing import Final

from rag.text.hidden import visible, visible_line

_ESCAPED: Final = re.compile("&(?:amp|lt|gt|quot|#x27);")
"""As the prompt has the documents' brackets and quotation marks."""
_IMAGE_OR_LINK: Final = re.compile(r"!?\[([^\[\]]*)\]\(\s*<?[^()\s]*(?:\([^()]*\))?[^()]*\)")
_REFERENCE: Final = re.compile(r"\[([^\[\]]+)\]\[[^\[\]\d][^\[\]]*\]")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->")
_HALF_TAG: Final = re.compile(r"<(?=[/!?A-Za-z])")
_OF_NO_ADDRESS: Final = r"\s<>()\[\]«»“”\""
_ADDRESS: Final = re.compile(
    r"<?(?<![a-z])(?:(?:[a-z][a-z0-9+.-]{1,15}://|www\.|mailto:|tg:)"
    r"|(?<![a-z0-9.@-])(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?::\d{1,5})?[/?#])"
    rf"(?:[^{_OF_NO_ADDRESS}]*[^{_OF_NO_ADDRESS}.,;:!?،؛؟])?>?",
    re.IGNORECASE,
)
_BOLD: Final = re.compile(r"\*\*|__|~~|`+")
_ITALIC: Final = re.compile(r"(?<![\w*])\*(\S(?:[^*]*\S)?)\*(?![\w*])")
_EMPTY: Final = re.compile(r"\(\s*\)|\[\s*\]|«\s*»")
_MOST_PASSES: Final = 5
_BRACKETED_NUMBER: Final = re.compile(r"[\[［【〔⟦]\s*(\d[\d\s,،;.٫–-]*?)\s*[\]］】〕⟧]")
_SPACE_BEFORE: Final = re.compile(r"\s+([.،؛,;:!؟?](?:\s|\Z))")

_ARABIC: Final = "\u0600-\u08ff"
_ARABIC_DOMAINS: Final = (
    "مصر|السعودية|امارات|الاردن|قطر|تونس|المغرب|عمان|فلسطين|سورية|سوريا|العراق|الجزائر|موريتانيا"
    "|مليسيا|سودان|البحرين|ایران|پاکستان|بھارت|ڀارت|بارت|شبكة|موقع|همراه|عرب|كوم|بازار|بيتك|اتصالات"
    "|ابوظبي|ارامكو|العليان|موبايلي|كاثوليك"
)
_NO_HOST: Final = r"\s.,;:!?؟،؛()\[\]«»“”\"'…"
_DOT: Final = (
    rf"(?<=[^{_NO_HOST}])\.(?=(?:(?![{_ARABIC}])[^\W\d_]){{2,}}|(?:{_ARABIC_DOMAINS})(?!\w))"
)
"""The dot before what can be the end of a domain."""
_FILE: Final = r"(?<![\w.-])[\w.-]*\."
_FORMATS: Final = (
    "txt|text|markdown|bin|csv|docx?|epub|html?|jpe?g|json|odt|pdf|png|pptx?|rtf|xlsx?|xml"
)
"""What ends so is the name of a file; no domain does."""
_DOTS: Final = re.compile(rf"({_FILE}(?:{_FORMATS})(?!\w|[.-]\w))|{_DOT}", re.IGNORECASE)
_DOTS_OF_NAME: Final = re.compile(rf"({_FILE}(?:{_FORMATS}|md)\Z)|{_DOT}", re.IGNORECASE)
_NUMBERED_HOST: Final = re.compile(r"(?<![\d.])(\d{1,3})\.(?=\d{1,3}\.\d{1,3}\.\d{1,3}(?!\d|\.\d))")
_MENTION: Final = re.compile(r"@(?=[A-Za-z]\w)")
_COMMAND: Final = re.compile(r"(?<![\w/<>])/(?=[A-Za-z])")


def plain(text: str) -> str:
    """`text` without links, tags and emphasis: a link gives its words, a bare address nothing.

    A bracketed number becomes a round one, as only citations stand in square brackets.
    """
    text = _ESCAPED.sub(lambda match: unescape(match.group()), visible(text))
    text = _ITALIC.sub(r"\1", _BOLD.sub("", text))
    for _ in range(_MOST_PASSES):
        # What is taken off may bring together the parts of another.
        if (bare := _without_links(text)) == text:
            break
        text = bare
    else:
        text = text.replace("<", " ")
    text = _HALF_TAG.sub("< ", round_numbers(text))
    return inert(_SPACE_BEFORE.sub(r"\1", " ".join(text.split())))


def round_numbers(text: str) -> str:
    """`text` with bracketed numbers in round brackets, so that none looks like a citation."""
    return _BRACKETED_NUMBER.sub(r"(\1)", text)


def inert(text: str) -> str:
    """`text` with a space within each address, mention and command, so that none can be tapped."""
    return _apart(text, _DOTS)


def inert_name(path: str) -> str:
    """A file's path as a message shows it: on one line, nothing hidden, inert but its suffix."""
    return _apart(visible_line(path), _DOTS_OF_NAME)


def _apart(text: str, dots: re.Pattern[str]) -> str:
    text = text.replace("://", ": //").replace("](", "] (")
    text = _NUMBERED_HOST.sub(r"\1. ", dots.sub(lambda match: match[1] or ". ", text))
    return _COMMAND.sub("/ ", _MENTION.sub("@ ", text))


def _without_links(text: str) -> str:
    text = _REFERENCE.sub(r"\1", _IMAGE_OR_LINK.sub(r"\1", text))
    return _EMPTY.sub("", _ADDRESS.sub("", _TAG.sub("", text)))
