"""Succession: whether a change of office lies between two reports, so that both may be right."""

import re
from datetime import date
from typing import Final

from rag.text.folding import fold

_COMES: Final = re.compile(
    fold(
        r"(?<!\w)(?:replac(?:ed|es|ing)|succeed(?:s|ed|ing)?|successor|predecessor|sworn in|newly"
        r"|(?:takes|took|taking) over|takes? office|took office"
        r"|(?:was|were|been) (?:named|appointed|elected|chosen)"
        r"|new (?:[a-z]+ ){0,2}(?:minister|premier|president|mayor|governor|director|chief|head)"
        r"|خلفا|يخلف|تخلف|تعيين|تسلمت? (?:مهام|منصب)\w*|تولى|تولت|حلت? محل|اليمين|سلفه"
        r"|(?:وزير|رئيس|محافظ|مدير|قائد)\w* (?:\w+ ){0,3}?(?:الجديد|الجديدة)"
        r"|جانشین|منصوب|انتصاب|معارفه|برگزیده|انتخاب شد|سوگند"
        r"|(?:وزیر|رئیس|شهردار|استاندار|مدیر|فرمانده)\w* (?:\w+ ){0,2}?جدید)(?!\w)"
    )
)
"""Somebody comes into an office."""
_GOES: Final = re.compile(
    fold(
        r"(?<!\w)(?:resign(?:s|ed|ing|ation)?|step(?:s|ped|ping) down|outgoing|sacked|dismissed"
        r"|ousted|retires|استقال|استقالت|استقالة|استقالته|أقيل|أقيلت|إقالة|تنحى|تنحت|عزل"
        r"|المنتهية ولايته|استعفا|برکنار|برکناری|کناره‌گیری|بازنشسته)(?!\w)"
    )
)
"""Somebody leaves one."""


def may_have_changed(texts: tuple[str, str], days: tuple[date | None, date | None]) -> bool:
    """Whether who holds an office may have changed between two sentences of reports of two days.

    Who is told to leave by the later report was still in office by the earlier one.
    """
    folded = [fold(text) for text in texts]
    if any(map(_COMES.search, folded)):
        return True
    (one, other), (first, second) = folded, days
    if first is None or second is None or first == second:
        return any(map(_GOES.search, folded))
    return _GOES.search(one if first < second else other) is not None
