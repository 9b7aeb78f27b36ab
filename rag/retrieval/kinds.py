"""Kinds of message: what a message wants, recognised by its wording in three languages.

The patterns are matched against folded text, so they are written folded: no hamza seats, ta
marbuta as ha, Persian gaf and che as they are.
"""

import re
from enum import StrEnum
from typing import Final

from rag.text.folding import fold


class Kind(StrEnum):
    """What a message wants."""

    QUESTION = "question"
    SUMMARY = "summary"
    LIST = "list"
    TIMELINE = "timeline"
    COMPARISON = "comparison"
    COLLECTION = "collection"
    """What documents there are."""
    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    ABILITIES = "abilities"
    """What the bot can do."""

    @property
    def is_talk(self) -> bool:
        """Whether it asks nothing of the documents."""
        return self in (Kind.GREETING, Kind.THANKS, Kind.FAREWELL, Kind.ABILITIES)


def _any(*alternatives: str) -> str:
    return "(?:" + "|".join(alternatives) + ")"


_WORK: Final = {
    Kind.TIMELINE: _any(
        r"تسلسل(?:ا|ها)? (?:ال)?زمني|زمنيا|حسب (?:ال)?(?:تاريخ|زمن)|بالترتيب|محطات|خط زمني",
        r"time\s?line|chronolog|in order of (?:date|time)",
        r"گاه\s?شمار|ترتيب (?:تاريخ|زماني|زمان)|سير زماني",
    ),
    Kind.COMPARISON: _any(
        r"\bقارن|مقارنه|\bالفرق|\bفرق بين|يختلف|تختلف|الاختلاف|هل كان.*ومجرد",
        r"\bcompar|\bdiffer|versus|\bvs\b",
        r"مقايسه|چه فرقي|تفاوت",
    ),
    Kind.SUMMARY: _any(
        r"\bلخص|\bملخص|تلخيص|\bخلاصه|\bموجز|\bايجاز|باختصار|من الاخر",
        r"\bsummar|\boverview|\bin brief\b|\bbriefly\b|\btl;?dr",
        r"چكيده",
    ),
    Kind.LIST: _any(
        r"^\W*(?:عدد|عددي|عددوا|اذكر|اذكري|سم|اسرد)\b|^\W*ما (?:كل|جميع|بنود|هي كل)\b",
        r"\bقائمه\b|ايه الحاجات",
        r"^\W*list\b|\blist (?:of|all|the)\b|^\W*name (?:all|the)\b",
        r"^\W*which .*\b(?:are|were) (?:named|mentioned|listed)",
        r"نام ببر|فهرست|\bمحورها|\bليست\b",
    ),
}
_DOCUMENTS: Final = _any(
    "وثائق|وثايق|ملفات|ملفا|ملف|مصادر|تقارير|مقالات|مستندات|نصوص",
    "documents?|files?|sources?|publishers?|reports?|articles?",
    "اسناد|اسنادي|فايل|منابع|سند",
)
_AT_HAND: Final = _any(
    "لديك|عندك|لديكم|عندكم|المتوفره|المتاحه|المجموعه|المخزنه|معك",
    "do you have|have you|in the collection|available|are there|can you search",
    "داري|داريد|اختيار|موجود|هستند",
)
_COLLECTION: Final = _any(
    rf"{_DOCUMENTS}\b.*\b{_AT_HAND}",
    rf"\b(?:عندك|لديك)\b.*\b{_DOCUMENTS}",
    r"\bكم (?:ملف|وثيق|تقرير|مقال)\w*\b|\bhow many (?:files|documents|reports)\b",
    r"^\W*what do you have\b|\bما(?:ذا)? (?:لديك|عندك)\W*$",
    r"^\W*(?:شو|ايه|شنو|ايش|وش) (?:عندك|لديك)\W*$",
    r"\bمنابع (?:تو|شما)\b|\bچه (?:داري|داريد)\W*$",
)
_TALK: Final = {
    Kind.ABILITIES: _any(
        r"(?:ماذا|ما الذي|شو|ايه|شنو|وش|ايش) (?:تستطيع|يمكنك|بتقدر|تقدر|تعمل|بتعمل|تسوي|فيك)\b.*",
        r"(?:من|مين|شكون|منو) (?:انت|حضرتك)|ما (?:وظيفتك|عملك|قدراتك)|مساعده",
        r"كيف (?:استخدمك|تعمل|يمكنك مساعدتي|تساعدني)",
        r"what (?:can|do) you do|who are you|help",
        r"how (?:can you help|do you work|does this work).*",
        r"(?:تو|شما) كي (?:هستي|هستيد)",
        r"چه كار(?:ي|هايي)? .*(?:ميكني|مي كني|بلدي|بكني).*",
    ),
    Kind.THANKS: _any(
        r"(?:شكرا|مشكور|متشكر|تسلم|يعطيك العافيه|يسلمو|بارك الله|جزاك الله|ممتاز|احسنت)\b.*",
        r"(?:thank|thanks|thx|great)\b.*",
        r"(?:مرسي|ميرسي|ممنون|متشكرم|سپاس|دستت درد)\b.*",
    ),
    Kind.FAREWELL: _any(
        r"(?:مع السلامه|وداعا|الي اللقاء|بسلامه|باي|تصبح علي خير)\b.*",
        r"(?:bye|goodbye|good night|see you)\b.*",
        r"(?:خداحافظ|خدانگهدار|بدرود)\b.*",
    ),
    Kind.GREETING: _any(
        r"(?:السلام عليكم|عليكم السلام|سلام|مرحبا|مرحبتين|اهلا|هلا|هاي)\b.*",
        r"(?:صباح (?:الخير|النور)|مساء (?:الخير|النور)|مسا الخير)\b.*",
        r"(?:ازيك|عامل ايه|كيف (?:حالك|الحال|الاحوال)|كيفك|شلونك|شخبارك|اخبارك|لاباس)\b.*",
        r"(?:hello|hi|hey|good (?:morning|evening|afternoon|day)|salam)\b.*",
        r"(?:درود|حالت چطوره|خوبي|صبح بخير|شب بخير|وقت بخير)\b.*",
    ),
}
_WORK_PATTERNS: Final = {kind: re.compile(fold(pattern)) for kind, pattern in _WORK.items()}
_TALK_PATTERNS: Final = {kind: re.compile(fold(pattern)) for kind, pattern in _TALK.items()}
_COLLECTION_PATTERN: Final = re.compile(fold(_COLLECTION))
_MOST_WORDS_OF_TALK: Final = 7
_STRETCHED: Final = re.compile(r"(\w)\1{2,}")


def kind_of(text: str) -> Kind:
    """The kind of a message. Stretched letters ("helloooo") are taken together."""
    folded = _STRETCHED.sub(r"\1", " ".join(fold(text).split()))
    bare = folded.strip(" !؟?.،,؛;:)(")
    if len(bare.split()) <= _MOST_WORDS_OF_TALK:
        for kind, pattern in _TALK_PATTERNS.items():
            if pattern.fullmatch(bare):
                return kind
    if _COLLECTION_PATTERN.search(folded):
        return Kind.COLLECTION
    for kind, pattern in _WORK_PATTERNS.items():
        if pattern.search(folded):
            return kind
    return Kind.QUESTION
