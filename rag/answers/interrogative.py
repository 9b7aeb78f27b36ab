"""Interrogatives: whether a line asks for something, rather than stating it, by its form."""

import re
from typing import Final

from rag.text.folding import fold

_QUESTION_MARK: Final = re.compile(r"[?؟]\W*\Z")
_FULL_STOP: Final = re.compile(r"[.۔]\W*\Z")
_QUESTION: Final = re.compile(
    # "من" before an article is "from", and so is "ما" before these no "what".
    r"\W*(?:[وف]?(?:(?:في|الي|مع|عن|علي|حتي|منذ|من) )?"
    r"(?:من(?! ال(?!ذي|تي))|ما(?! (?:زال|دام|لم|ان|بين)\b)|ماذا|متي|اين|كيف|كم|لماذا|هل|اي|ايه"
    r"|لمن|بماذا|بم|عم|فيم|مما|عما|ممن|عمن|بكم|شو|ايش|ليش|وين|مين|ازاي|ليه|فين)\b"
    r"|(?:(?:در|از|به|با|تا|براي) )?(?:چه|چرا|چگونه|چطور|كي|كجا|كدام|چند|چقدر|ايا|چي)\b"
    r"|(?:(?:in|on|at|from|to|for|with|by|of|since|until|during|and|so) )?"
    r"(?:who|whom|whose|what|when|where|which|why|how)\b"
    r"|(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should)\b)"
    r"|.*\b(?:كيست|چيست|كجاست|چقدر است|كي بود)\W*\Z",
    re.DOTALL,
)
_REQUEST: Final = re.compile(
    r"\W*(?:(?:و?لخص|ملخص|تلخيص|موجز|اذكر|اشرح|قارن|مقارنه بين|صف|اخبرني|اعطني|رتب|اسرد|وضح|اعرض"
    r"|قائمه|تسلسل زمني)\w{0,3}\b"
    r"|(?:خلاصه|فهرست|توضيح|مقايسه|گاه ?شمار|نام ببر|بگو|بنويس)\b"
    r"|(?:please )?(?:tell|list|name|summari[sz]e|summary|describe|explain|compare|give|show"
    r"|outline|timeline)\b)"
    r"|.*\b(?:كن|كنيد|بده|بدهيد|ببر|ببريد|بگو|بگوييد|بنويس|بنويسيد)\W*\Z",
    re.DOTALL,
)


def asks(line: str) -> bool:
    """Whether a line is a question or a request, in one of the three languages.

    >>> asks("متى عاد باقري"), asks("Bagheri is a good man.")
    (True, False)
    """
    folded = " ".join(fold(line).split())
    if _QUESTION_MARK.search(line) or _REQUEST.match(folded):
        return True
    return not _FULL_STOP.search(line) and _QUESTION.match(folded) is not None
