"""The request: what kind of message it is, and what it limits the answer to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rag.index.ledger import FileEntry
from rag.text.folding import fold, folded_words
from rag.text.function_words import FUNCTION_WORDS, is_function_word
from rag.text.language import LANGUAGES
from rag.text.lexicon import NAMES, lexicon
from rag.text.names import shared_skeleton


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


_KINDS: Final = {
    Kind.TIMELINE: r"""تسلسل(?:ا|ها)?\ (?:ال)?زمني|زمنيا|حسب\ (?:ال)?(?:تاريخ|زمن)|بالترتيب|محطات|خط\ زمني
        |time\s?line|chronolog|in\ order\ of\ (?:date|time)|گاه\s?شمار|ترتيب\ (?:تاريخ|زماني|زمان)|سير\ زماني""",
    Kind.COMPARISON: r"""\bقارن|مقارن[هة]|\bالفرق|\bفرق\ بين|ايه\ الفرق|شو\ الفرق|يختلف|تختلف|الاختلاف|هل\ كان.*ومجرد
        |\bcompar|\bdiffer|versus|\bvs\b|مقايسه|چه\ فرقي|تفاوت""",
    Kind.SUMMARY: r"""\bلخص|\bملخص|تلخيص|\bخلاص[هة]|\bموجز|\bايجاز|باختصار|من\ الاخر|\bsummar|\boverview
        |\bin\ brief\b|\bbriefly\b|\btl;?dr|چكيده""",
    Kind.LIST: r"""^\W*(?:عدد|عددي|عددوا|اذكر|اذكري|سم|اسرد)\b|^\W*ما\ (?:كل|جميع|بنود|هي\ كل)\b|\bقائمه\b|ايه\ الحاجات
        |^\W*list\b|\blist\ (?:of|all|the)\b|^\W*which\ .*\b(?:are|were)\ (?:named|mentioned|listed)|^\W*name\ (?:all|the)\b
        |نام\ ببر|فهرست|\bمحورها|\bليست\b""",
}
_KIND_PATTERNS: Final = {
    kind: re.compile(pattern.replace("گ", fold("گ")).replace("چ", fold("چ")), re.VERBOSE)
    for kind, pattern in _KINDS.items()
}
_DOCUMENTS: Final = (
    r"(?:وثائق|وثايق|ملفات|ملفا|ملف|مصادر|تقارير|مقالات|مستندات|نصوص|documents?|files?|sources?|publishers?|reports?"
    r"|articles?|اسناد|اسنادي|فايل|منابع|سند)"
)
_COLLECTION: Final = re.compile(
    rf"""{_DOCUMENTS}\b.*\b(?:لديك|عندك|لديكم|عندكم|المتوفره|المتاحه|المجموعه|المخزنه|معك|do\ you\ have|have\ you
        |in\ the\ collection|available|are\ there|can\ you\ search|داري|داريد|اختيار|موجود|هستند)
    |\b(?:عندك|لديك)\b.*\b{_DOCUMENTS}
    |\bكم\ (?:ملف|وثيق|تقرير|مقال)\w*\b
    |\bhow\ many\ (?:files|documents|reports)\b|^\W*what\ do\ you\ have\b
    |\bما(?:ذا)?\ (?:لديك|عندك)\W*$|^\W*(?:شو|ايه|شنو|ايش|وش)\ (?:عندك|لديك)\W*$
    |\bمنابع\ (?:تو|شما)\b|\bچه\ (?:داري|داريد)\W*$""",
    re.VERBOSE,
)
_TALK: Final = {
    Kind.ABILITIES: r"""(?:ماذا|ما\ الذي|شو|ايه|شنو|وش|ايش)\ (?:تستطيع|يمكنك|بتقدر|تقدر|تعمل|بتعمل|تسوي|فيك)\b.*
        |(?:من|مين|شكون|منو)\ (?:انت|حضرتك)|كيف\ (?:استخدمك|تعمل|يمكنك\ مساعدتي|تساعدني)|ما\ (?:وظيفتك|عملك|قدراتك)
        |what\ (?:can|do)\ you\ do|who\ are\ you|how\ (?:can\ you\ help|do\ you\ work|does\ this\ work).*|help
        |(?:تو|شما)\ كي\ (?:هستي|هستيد)|چه\ كار(?:ي|هايي)?\ .*(?:ميكني|مي\ كني|بلدي|بكني).*|مساعده""",
    Kind.THANKS: r"""(?:شكرا|مشكور|متشكر|تسلم|يعطيك\ العافيه|يسلمو|بارك\ الله|جزاك\ الله|ممتاز|احسنت|thank|thanks|thx|great
        |مرسي|ميرسي|ممنون|متشكرم|سپاس|دستت\ درد)\b.*""",
    Kind.FAREWELL: r"""(?:مع\ السلامه|وداعا|الي\ اللقاء|بسلامه|باي|تصبح\ علي\ خير|bye|goodbye|good\ night|see\ you
        |خداحافظ|خدانگهدار|بدرود)\b.*""",
    Kind.GREETING: r"""(?:السلام\ عليكم|سلام|مرحبا|مرحبتين|اهلا|هلا|هاي|صباح\ (?:الخير|النور)|مساء\ (?:الخير|النور)|مسا\ الخير
        |ازيك|عامل\ ايه|كيف\ (?:حالك|الحال|الاحوال)|كيفك|شلونك|شخبارك|اخبارك|لاباس|hello|hi|hey|good\ (?:morning|evening
        |afternoon|day)|salam|درود|حالت\ چطوره|خوبي|صبح\ بخير|شب\ بخير|وقت\ بخير|عليكم\ السلام)\b.*""",
}
_TALK_PATTERNS: Final = {
    kind: re.compile(fold(pattern), re.VERBOSE) for kind, pattern in _TALK.items()
}
_MOST_WORDS_OF_TALK: Final = 7
_STRETCHED: Final = re.compile(r"(\w)\1{2,}")

_CUE_WORDS: Final = frozenset(
    fold(
        "لخص لخصي لخصلي لخصوا ملخص ملخصا تلخيص خلاصة خلاصه‌ای موجز موجزا بإيجاز باختصار إيجاز اكتب أعطني هات "
        "عدد اذكر سم اسرد قائمة قارن مقارنة الفرق فرق رتب ترتيبا زمنيا زمني التسلسل تسلسل حسب تاريخها بالترتيب "
        "محطات اعرض بضع جمل ورد عما لما الواردة الوثائق التقارير التقرير تقرير الملف ملف فقط الملفات كلها جميع "
        "summarize summarise summary overview brief briefly give timeline chronological order list compare "
        "comparison difference documents document report article file only all across short خلاصه بنویس کن "
        "کوتاه گاه شمار ترتیب مقایسه فرقی تفاوت نام ببر فهرست گزارش سند فایل بده"
    ).split()
)
_REPORTING: Final = frozenset(
    fold(
        "بحسب حسب وفق وفقا تقرير خبر مقال مقالة أوردت أورد ذكرت ذكر نشرت نشر حكى حكت كالت نقلت نقل كتبت كتب "
        "according article report reports reported story گزارش اساس نوشته مقاله خبر نوشت"
    ).split()
)
_NOT_A_SOURCE: Final = frozenset(
    fold("وكالة وكالات أنباء الأنباء مصدر المصدر مترجمة مادة بعنوان يوم agency news source press خبرگزاری").split()
)
_REPORTS: Final = r"(?:تقارير|تقرير|وثائق|اخبار|خبر|مقالات|reports?|articles?|documents?|گزارش\w*|اسناد)"
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_AFTER: Final = re.compile(r"\b(?:بعد|منذ|after|since|پس از|بعد از)\b")
_BEFORE: Final = re.compile(r"\b(?:قبل|before|پيش از|قبل از)\b")


@dataclass(frozen=True, slots=True)
class Request:
    """A message, understood as far as its words tell."""

    kind: Kind
    topic: str
    """The message without the words that only say what kind it is; empty: everything."""
    files: frozenset[int] | None
    """The ids of the files it limits the answer to; None where it does not."""
    limit: str = ""
    """The words that limit it."""


def understand(text: str, files: Iterable[FileEntry]) -> Request:
    """The request that `text` makes of the collection."""
    folded = _STRETCHED.sub(r"\1", " ".join(fold(text).split()))
    kind = _kind(folded)
    if kind.is_talk or kind is Kind.COLLECTION:
        return Request(kind, text, None)
    entries = list(files)
    named, words = _named_files(text, entries)
    if named is None:
        named, words = _attributed_files(text, entries)
    if named is None:
        named, words = _dated_files(folded, entries)
    return Request(kind, _topic(text, kind, words), named, " ".join(words))


def _kind(folded: str) -> Kind:
    bare = folded.strip(" !؟?.،,؛;:)(")
    if len(bare.split()) <= _MOST_WORDS_OF_TALK:
        for kind, pattern in _TALK_PATTERNS.items():
            if pattern.fullmatch(bare):
                return kind
    if _COLLECTION.search(folded):
        return Kind.COLLECTION
    for kind, pattern in _KIND_PATTERNS.items():
        if pattern.search(folded):
            return kind
    return Kind.QUESTION


def _topic(text: str, kind: Kind, limit: Iterable[str]) -> str:
    limits = set(limit)
    cues = _CUE_WORDS if kind is not Kind.QUESTION else frozenset[str]()
    if not limits and not cues:
        return text
    kept = [
        word
        for word in text.split()
        if not limits & set(folded_words(word)) and not cues.issuperset(folded_words(word))
    ]
    topical = [word for word in folded_words(" ".join(kept)) if not is_function_word(word)]
    return " ".join(kept) if topical else ""


def _named_files(text: str, files: list[FileEntry]) -> tuple[frozenset[int] | None, list[str]]:
    """The files whose name the message holds, whole or without its ending."""
    lowered = text.casefold()
    for cut in (lambda path: path, lambda path: path.rsplit("/", 1)[-1]):
        named = [entry for entry in files if cut(entry.path).casefold() in lowered]
        if named:
            words = [word for entry in named for word in folded_words(entry.path)]
            return frozenset(entry.id for entry in named), words
    stems = [entry for entry in files if _stem(entry.path) in re.split(r"[\s«»\"“”،,؟?]+", lowered)]
    if stems:
        words = [word for entry in stems for word in folded_words(_stem(entry.path))]
        return frozenset(entry.id for entry in stems), words
    return None, []


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0].casefold()


def _attributed_files(
    text: str, files: list[FileEntry]
) -> tuple[frozenset[int] | None, list[str]]:
    """The files of the source that the message names next to a word of reporting.

    Of several words that might name one, the surest does: the one most alike.
    """
    words = folded_words(text)
    sources = [(entry.id, _source_words(entry)) for entry in files if entry.attribution]
    likely = [
        (max(_likeness(word, source) for _, source in sources), -place)
        for place, word in enumerate(words)
        if sources and _can_name_source(word) and _is_reported(words, place)
    ]
    if not likely or max(likely)[0] == 0:
        return None, []
    place = -max(likely)[1]
    named = [(id_, source) for id_, source in sources if _likeness(words[place], source)]
    following = [word for word in words[place + 1 : place + 2] if _likeness(word, named[0][1])]
    near = [word for word in words[max(0, place - 3) : place + 4] if word in _REPORTING]
    return frozenset(id_ for id_, _ in named), [words[place], *following, *near]


def _is_reported(words: list[str], place: int) -> bool:
    return bool(_REPORTING & {*words[max(0, place - 3) : place], *words[place + 1 : place + 3]})


def _source_words(entry: FileEntry) -> frozenset[str]:
    return frozenset(folded_words(entry.attribution)) - _NOT_A_SOURCE - FUNCTION_WORDS


def _likeness(word: str, source: frozenset[str]) -> int:
    """How sure it is that a word is one of a source's: 0 where it is not."""
    if len(word) < 3:
        return 0
    if word in source:
        return 9
    return max((len(shared_skeleton(word, other)) for other in source if len(other) > 2), default=0)


def _can_name_source(word: str) -> bool:
    """Whether a word may be a source's name; a country's is not, however like IRNA it looks."""
    if word in FUNCTION_WORDS | _REPORTING | _CUE_WORDS | _NOT_A_SOURCE:
        return False
    return not any(
        concept.field == NAMES and (word,) in concept.phrases[language]
        for language in LANGUAGES
        for match in lexicon(language).matches([word])
        for concept in match.concepts
    )


def _dated_files(folded: str, files: list[FileEntry]) -> tuple[frozenset[int] | None, list[str]]:
    """The reports of a year, where the message limits itself to reports of, before or after it."""
    year = _YEAR.search(folded)
    if not year or not re.search(rf"\b{_REPORTS}\b.{{0,25}}{year.group()}", folded):
        return None, []
    wanted = int(year.group())
    before = folded[: year.start()]
    dated = [(entry.id, int(entry.date[:4])) for entry in files if entry.date and entry.date[0] != "-"]
    if _AFTER.search(before):
        chosen = [id_ for id_, found in dated if found > wanted]
    elif _BEFORE.search(before):
        chosen = [id_ for id_, found in dated if found < wanted]
    else:
        chosen = [id_ for id_, found in dated if found == wanted]
    return frozenset(chosen), [year.group()]
