"""Published: a message that asks when a report was published, not when something happened.

The patterns are folded, which lowers their letters: they hold no escape with a capital.
"""

import re
from typing import Final

from rag.text.folding import fold

_REPORT: Final = (
    r"(?:(?:هذا |هذه |ذلك )?(?:ال)?(?:تقرير|خبر|مقال|مقاله|ماده|وثيقه|ملف|نص)"
    r"|(?:the |this |that )?(?:\w+ ){0,3}(?:report|article|story|document|file|piece)"
    r"|(?:اين )?(?:گزارش|خبر|مقاله|سند|متن|فايل))"
)
_ASKED: Final = re.compile(
    fold(
        r"[^\w]*(?:و?(?:متي|امتي|ايمتي) (?:صدر|نشر|كتب|صدرت|نشرت|كتبت|انتشر)"
        rf" {_REPORT}(?![\w]).*"
        rf"|و?(?:ما|ما هو|شو|ايش) تاريخ (?:نشر |صدور |كتابه )?{_REPORT}(?![\w]).*"
        rf"|(?:and )?when (?:was|is|were) {_REPORT}(?: (?:of|by|from|about) .*)?"
        r" (?:published|written|issued|released|posted|dated|from)"
        rf"|(?:what is|whats|what s) the (?:publication )?date of {_REPORT}(?![\w]).*"
        rf"|(?:و )?{_REPORT}(?![\w]).{{0,40}}(?:كي|چه زماني|چه تاريخي|چه روزي)"
        r" (?:منتشر|نوشته|چاپ) شد"
        rf"|تاريخ (?:انتشار )?{_REPORT}(?![\w]).{{0,40}}(?:چيست|كي است|چه روزي است))[^\w]*"
    )
)


def asks_when_published(text: str) -> bool:
    """Whether a message asks for the date of a report.

    >>> asks_when_published("When was the report published?"), asks_when_published("When was it?")
    (True, False)
    """
    return _ASKED.fullmatch(" ".join(fold(text).split())) is not None
