"""Differing: a message that asks in what the documents disagree with each other.

The patterns are folded, which lowers their letters: they hold no escape with a capital.
"""

import re
from typing import Final

from rag.text.folding import fold, fold_with_offsets

_DOCUMENTS: Final = (
    r"(?:و|ب)?(?:ال)?(?:وثائق|تقارير|مصادر|اخبار|مقالات|ملفات|مستندات)"
    r"|(?:the |these |your |all )*(?:reports|documents|sources|articles|files|accounts)"
    r"|(?:گزارش|سند|منبع|مقاله|خبر)(?: ?(?:ها|هاي|ها[يى]ي))|اسناد|منابع|اخبار|گزارشات"
)
_ARABIC: Final = r"(?:ت|ي)?(?:ختلف|تعارض|تناقض|تضارب|تباين)(?:ون|ان)?"
_NOUN: Final = r"(?:ال)?(?:اختلاف|خلاف|تناقض|تضارب|تعارض|تباين)(?:ا|ات)?"
_PERSIAN: Final = r"(?:اختلاف|تناقض|تفاوت|تضاد)(?: ?(?:ي|ها|هاي|هايي))?(?: نظر)?"
_ENGLISH: Final = (
    r"(?:disagree|differ|conflict|contradict|diverge)"
    r"(?: (?:with )?(?:each other|one another|themselves))?"
)
_ENGLISH_NOUN: Final = (
    r"(?:disagreements?|contradictions?|discrepanc(?:y|ies)|inconsistenc(?:y|ies)|conflicts?)"
)
_ASKED: Final = re.compile(
    fold(
        r"[^\w]*(?:(?:(?:علي|في|ب|عن|حول) ?(?:ماذا|اي شيء|ايش|شو)"
        r"|فيم|فيما|علام|ماذا|اين|وين|هل|بماذا|كيف)"
        rf" {_ARABIC} (?:{_DOCUMENTS})(?: (?:فيما|في ما) بينها)?"
        r"|(?:هل (?:هناك|يوجد|توجد|ثمه|في)|هل من|ما هي|ما|اذكر|اعرض|عدد|وين)"
        rf" (?:اوجه |اي |نقاط )?{_NOUN}"
        rf" (?:بين|في) (?:{_DOCUMENTS})"
        rf"|(?:(?:در|درباره|بر سر) )?(?:{_DOCUMENTS}) (?:(?:در|درباره|بر سر|سر) )?"
        rf"(?:چه (?:چيزي|چيزهايي|مواردي|موضوعي)?|كجا) ?(?:با هم )?{_PERSIAN} (?:دارند|دارد)"
        rf"|(?:ايا )?(?:بين|ميان|در) (?:{_DOCUMENTS}) (?:چه )?{_PERSIAN}"
        r" (?:هست|وجود دارد|است|ديده مي ?شود)"
        rf"|{_PERSIAN} (?:{_DOCUMENTS}) (?:چيست|كدام ?(?:است|اند)?|در چيست)"
        r"|(?:(?:on|in|about|over) )?(?:what|where|which (?:points|things|facts|values)|how)"
        r"(?: (?:points|things))?"
        rf" do (?:{_DOCUMENTS}) {_ENGLISH}"
        rf"|do (?:any of )?(?:{_DOCUMENTS}) {_ENGLISH}"
        rf"|(?:are|is) there (?:any |a )?{_ENGLISH_NOUN}"
        rf" (?:between|among|in|across) (?:{_DOCUMENTS})"
        r"|(?:list|show|what are|which are|which|give me|tell me)(?: me)? (?:the |all the |all )?"
        rf"{_ENGLISH_NOUN}"
        rf" (?:between|among|in|of|across) (?:{_DOCUMENTS}))"
    )
)
_ABOUT: Final = re.compile(
    fold(
        r"(?:[^\w]*(?:about|on|regarding|concerning|over|as to|حول|عن|بشان|بخصوص|في شان|في|علي"
        r"|درباره ?ي?|در مورد|راجع به)(?![\w]))*[^\w]*"
    )
)


def differing_topic(text: str) -> str | None:
    """What the disagreements that a message asks for are to be about; "" for anything, or None.

    >>> differing_topic("What do the reports disagree about?"), differing_topic("Who disagrees?")
    ('', None)
    """
    folded = fold_with_offsets(text)
    found = _ASKED.match(folded.text)
    if not found:
        return None
    start = _ABOUT.match(folded.text, found.end())
    end = start.end() if start else found.end()
    if end >= len(folded.text):
        return ""
    return text[folded.original_span(end, len(folded.text))[0] :].strip(" \t?؟.!،,")
