"""Kinds of message: what a message wants, recognised by its wording in three languages.

A message is first rid of the greeting or thanks that opens it; it is talk only where nothing else
remains. The patterns are matched against folded text and are folded themselves, which lowers
their letters: they hold no escape that is written with a capital.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from rag.retrieval.differing import differing_topic
from rag.retrieval.published import asks_when_published
from rag.text.folding import fold
from rag.text.language import language_of


class Kind(StrEnum):
    """What a message wants."""

    QUESTION = "question"
    SUMMARY = "summary"
    LIST = "list"
    TIMELINE = "timeline"
    COMPARISON = "comparison"
    DISAGREEMENT = "disagreement"
    """In what the documents disagree with each other."""
    PUBLICATION = "publication"
    """When reports were published."""
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

    @property
    def is_for_a_model(self) -> bool:
        """Whether a model may write the answer; what documents there are, the program knows."""
        return not (self.is_talk or self.is_of_files or self is Kind.DISAGREEMENT)

    @property
    def is_of_files(self) -> bool:
        """Whether it asks of the files as such, and nothing that they say."""
        return self in (Kind.COLLECTION, Kind.PUBLICATION)


def _any(*alternatives: str) -> str:
    return "(?:" + "|".join(alternatives) + ")"


def _words(words: str) -> str:
    return rf"\b{_any(*words.split())}\b"


def _compiled(*alternatives: str) -> re.Pattern[str]:
    return re.compile(fold(_any(*alternatives)))


# What documents there are

_DOCUMENTS: Final = _any(
    r"\b(?:و|ب)?(?:ال)?(?:وثائق|ملفات|ملفا?|مصادر|تقارير|تقريرا?|مقالات|مقالا?|مستندات|نصوص)\b",
    r"\b(?:documents?|files?|sources?|publishers?|reports?|articles?|texts?)\b",
    r"\b(?:اسناد|سند|فايل|منابع|منبع|مقاله|گزارش)(?: ?(?:ي|ها|هاي|هايي))?\b",
)
_AT_HAND: Final = _any(
    _words("لديك عندك لديكم عندكم معك"),
    r"\b(?:في|ب) ?(?:ال|هذه ال)(?:مجموعه|ارشيف|فهرس)\b|\bالمخزنه\b",
    r"\bdo you (?:have|use|hold|know)\b|\bhave you\b|\bcan you search\b|\byou have\b",
    r"\bin (?:the|your|this) (?:collection|archive|index|library)\b",
    r"\bداريد?\b|\bدر اختيار\b|\bدر (?:مجموعه|بايگاني)\b",
)
_HAVE: Final = r"(?:(?:ما|ماذا|شو|ايه|شنو|ايش|وش) (?:هي |هو )?)"
_COLLECTION: Final = _compiled(
    rf"{_DOCUMENTS}.*{_AT_HAND}",
    rf"\b(?:عندك|لديك)\b.*{_DOCUMENTS}|\bdo you have\b.*{_DOCUMENTS}",
    # Where nothing says whose, nothing but the documents may be spoken of.
    rf"^(?:{_HAVE}|اي |كم (?:عدد )?){_DOCUMENTS}(?: (?:هي )?(?:ال)?(?:متوفره|متاحه|موجوده))?$",
    rf"^(?:what|which|how many) {_DOCUMENTS}(?: (?:are|is) (?:there|available))?"
    r"(?: and what (?:are they|do they \w+) about)?$",
    rf"^(?:چه|چند|كدام) (?:تا )?{_DOCUMENTS}(?: (?:موجود|در دسترس)(?: ?(?:است|هست|هستند|اند))?)?$",
    rf"^{_HAVE}?(?:عندك|لديك)$|^what do you have$|^چه داريد?$",
    rf"^{_HAVE}(?:وثائقك|ملفاتك|مصادرك)$|^what are your {_DOCUMENTS}$",
    r"\bمنابع (?:تو|شما)\b",
)
_ABOUT_SOMETHING: Final = _compiled(
    r"\b(?:عن|حول|بخصوص|بشان) (?!ماذا|ايش|شو|ايه|اي\b)\w",
    r"\b(?:about|on|regarding|concerning) (?!what)\w",
    r"\b(?:درباره|در مورد|راجع به) (?:ي )?(?!چه)\w",
)

# What is to be made of them

_ENUMERABLE: Final = (
    r"(?: ل(?:ي|نا)\b| (?:كل|جميع|اهم|ابرز|اسماء|بعض|اسباب|فوائد|مزايا|مراحل|خصائص|اثار)\b"
    r"| ال(?!سكان|قتلي|ضحايا|جرحي|مصابين|نازحين|لاجئين|وفيات|اصابات)\w+(?!.*[؟?]))"
)
_END: Final = r"[؟?]*$"
_YEAR: Final = r"\b(?:في|in|در) (?:عام |سنه |سال )?(?:19|20)\d\d\b"
_IN_TWO_YEARS: Final = (
    rf"^(?:هل|ايا|did|do|does|was|were|is|are)\b.*{_YEAR}.* (?:و|and\b|but\b|بينما).*{_YEAR}"
)
_WORK: Final = {
    Kind.TIMELINE: _compiled(
        r"تسلسل(?:ا|ها)? (?:ال)?زمني|زمنيا|حسب (?:ال)?(?:تاريخ|زمن)|خط زمني|ترتيب (?:ال)?زمني",
        r"(?:صار|حدث|جري|حصل|احداث|وقائع|تطورات)\b.*\bبالترتيب",
        r"\bمحطات (?:ال)?(?:زمنيه|تاريخيه)|(?:ابرز|اهم) (?:ال)?محطات "
        r"(?:في )?(?:حياه|مسيره|تاريخ|رحله|زياره|علاق|ال(?:علاق|تعاون|مفاوض|نزاع|صراع|ازمه|حرب))",
        r"time\s?line|chronolog|in order of (?:date|time)",
    ),
    Kind.COMPARISON: _compiled(
        r"\bقارن|مقارنه(?! (?:ب(?!ين)|مع))|\b(?:ال)?فرو?ق (?:ما )?بين\b|(?:ي|ت)ختلف|الاختلاف",
        rf"^{_HAVE}(?:ال)?فرق{_END}",
        r"\bcompar(?:e|es|ing|isons?)\b|\bdiffer(?:s|ed|ing|ences?)?\b|\bdifferent from\b",
        r"\bversus\b|\bvs\b",
        # Of one thing, whether it was this in one year and that in another.
        _IN_TWO_YEARS,
    ),
    Kind.SUMMARY: _compiled(
        r"\bلخص|\b(?:ال)?ملخص|تلخيص|\bخلاصه|\bموجزا?\b|\bب?ايجاز|باختصار",
        r"^(?:هات\w* |قول\w* )?من الاخر\b",
        r"\bsummari[sz]|\bsummar(?:y|ies)\b(?! (?:execut|judg|trial|court|justice|convict|dismiss"
        r"|proceed|offen|kill))",
        r"\boverview\b|\bin brief\b|\btl;?dr|^briefly\b|\bbriefly" + _END,
    ),
    Kind.LIST: _compiled(
        rf"^عدد{_ENUMERABLE}|^(?:عددي|عددوا|اذكري?|سم(?!.*[؟?])|اسرد)\b",
        r"^ما (?:كل|جميع|بنود|هي كل)\b",
        rf"^(?:{_HAVE}|(?:\w+ ){{0,3}}?(?:اكتب|اعط|هات|اعرض|اعمل|اريد|بدي|عايز|قدم)\w*(?: \w+)? )?"
        r"(?:ال)?قائمه\b",
        r"(?:ايه|شو|ايش|وش|شنو) (?:هي )?ال(?:حاجات|اشياء|امور)\b",
        r"^list\b(?! price)|^(?:please|can you|could you|give|show|make|write|provide"
        r"|i (?:want|need))\b.*\blist\b|^name (?:all|the)\b",
        r"^which .*\b(?:are|were) (?:named|mentioned|listed)",
    ),
}
_PERSIAN_WORK: Final = {
    Kind.TIMELINE: _compiled(r"گاه\s?شمار|ترتيب (?:تاريخ|زماني|زمان)|سير زماني"),
    Kind.COMPARISON: _compiled(r"(?<!در )مقايسه|چه فرقي|تفاوت", _IN_TWO_YEARS),
    Kind.SUMMARY: _compiled(r"چكيده|خلاصه"),
    Kind.LIST: _compiled(r"نام ببر|فهرست|\bمحورها|\bليست\b"),
}
_COMPETING: Final = _compiled(
    r"\b(?:ب|و|ف)?كم\b|\b(?:كام|قديش|شكد|شحال|مين|متي|امتي|وين|فين|لماذا|ليش|ليه)\b",
    r"^(?:و|ف|ب|ل)?من\b|\bhow (?:many|much|long|old|far)\b|\b(?:who|whom|whose|when|why)\b",
)
"""Before a cue, a word that asks for something else than the cue does."""
_PLACE_ASKED: Final = _compiled(r"\b(?:و|ف)?اين\b|\bwhere\b")
"""The like, but "where do they differ?" is a comparison."""
_PERSIAN_COMPETING: Final = _compiled(
    r"\b(?:چند|چقدر|چه قدر|چه كسي|چه كساني|كيست|كجا|كجاست|چرا|چه زماني|چه وقت)\b"
)
_PERSIAN_ORDER: Final = _compiled(r"\b(?:كن|كنيد|بكن|بگو|بنويس|بده|ببر|بياور)\b")

# Talk

_ASKS: Final = _words(
    "كم كام كيف متي امتي اين وين فين لماذا ليش ليه من مين ما ماذا شو ايش ايه وش هل "
    "لخص لخصلي قارن عدد اذكر رتب اسرد "
    "who whom what when where why which how is are did does can could summarize list compare "
    "چه چند چرا كجا كي كيست چيست كدام ايا"
)
_FOR: Final = (
    r"(?: (?:you|so|very|much|a lot|لك|لكم|جزيلا|كثيرا|خيلي))*"
    rf"(?: (?:علي|ع|ل\w+|for|بابت|از|به خاطر)(?: (?!{_ASKS})(?:[^\s،,.!؟?؛;]|\.(?=\w))+){{1,5}}"
    rf"(?=$| {_ASKS}|[،,.!؛;]))?"
)
"""What somebody is thanked for: up to a comma, or to the word that asks something else."""
_OPENERS: Final = {
    Kind.THANKS: _compiled(
        r"(?:الف )?(?:شكرا|مشكور|متشكر|تشكر|تسلم|يسلمو|بارك الله|جزاك الله|احسنت)(?:ين|ه|ات)?\b"
        + _FOR,
        r"(?:الله )?(?:يعطيك|يعطيكم) العافيه\b|\bممتاز\b",
        r"(?:many )?(?:thank you|thanks|thank u|thx|thank)\b" + _FOR + r"|great\b",
        r"(?:مرسي|ميرسي|ممنونم?|متشكرم|سپاس|سپاسگزارم|تشكر)\b" + _FOR,
        r"(?:دستت|دست شما) درد (?:نكنه|نكند)\b",
    ),
    Kind.FAREWELL: _compiled(
        r"(?:مع السلامه|وداعا|الي اللقاء|بسلامه|باي|تصبح علي خير)\b",
        r"(?:ن|ا)شوف(?:ك|كم|وك|وكم)\b(?: من بعد| بعدين| بكره| غدا)?\b",
        r"(?:bye|goodbye|good bye|good night|see (?:you|ya))\b",
        r"(?:خداحافظ|خدا حافظ|خدانگهدار|بدرود)\b",
    ),
    Kind.GREETING: _compiled(
        r"(?:ال)?سلام(?: عليكم)?\b|و?عليكم السلام\b|ورحمه الله(?: (?:تعالي )?وبركاته)?\b",
        r"(?:مرحبا|مرحبتين|اهلا|اهلين|هلا|هاي)\b",
        r"(?:صباح|مساء|مسا) (?:الخير|النور)\b|(?:ازيك|عامل ايه|كيفك|شلونك|شخبارك|اخبارك|لاباس)\b",
        r"كيف (?:حالك|حالكم|الحال|الاحوال)\b",
        r"(?:hello|hi|hey|good (?:morning|evening|afternoon|day)|salam)\b",
        r"how are (?:you|u)(?: (?:doing|today))?\b|what ?s up\b|nice to meet you\b",
        r"(?:درود|چطوريد?|حالت (?:چطوره|چطور است)|خوبي|چه خبر|(?:صبح|شب|وقت|روز) بخير)\b",
    ),
}
_COURTESY_WORDS: Final = _words(
    "يا صديقي عزيزي اخي اختي استاذ استاذي حبيبي جماعه شباب جميعا الجميع بوت بك بكم فيك فيكم "
    "وسهلا جزيلا كثيرا جدا كتير اوي لك لكم ليك الك اليوم حسنا طيب تمام اوكي ايدك ايديك خيرا "
    "رائع جميل افدتني ساعدتني "
    "there you u very much so a lot lots again all everyone everybody guys friend my dear sir "
    "bot ok okay well please that this it was is really helped helpful useful great good nice "
    "perfect awesome excellent wonderful job work answer summary have day today now later soon "
    "tomorrow "
    "جان عزيز دوست خيلي بسيار زياد شما عالي خوب بود خوش لطفا دوباره"
)
_COURTESY: Final = _compiled(_COURTESY_WORDS)
_ABILITIES: Final = _any(
    r"(?:ماذا|ما الذي|شو|ايه|شنو|وش|ايش) "
    r"(?:(?:اللي )?(?:تستطيع|يمكنك|بتقدر|تقدر|فيك)(?: (?:ان )?(?:تفعله?|تعمله?|تسوي|تقدمه?|"
    r"تساعدني(?: (?:به|فيه))?|فعله|عمله|القيام به))?|تفعل|تعمل|بتعمل|تسوي)(?: لي| لنا)?",
    r"(?:من|مين|شكون|منو) (?:تكون )?(?:انت|حضرتك)|ما (?:هي )?(?:وظيفتك|عملك|قدراتك)|مساعده|ساعدني",
    r"كيف (?:استخدمك|تعمل|(?:يمكنك )?(?:ان )?(?:مساعدتي|تساعدني))",
    r"what (?:can|do) you do(?: for me)?|who are you|what are you|(?:can you )?help(?: me)?",
    r"how (?:can|do) (?:you help(?: me)?|i use (?:you|this))|how do you work"
    r"|how does (?:this|it)(?: bot)? work",
    r"(?:تو|شما) كي (?:هستي|هستيد)",
    r"چه كار ?(?:ي|هايي)? (?:براي من |برايم |برام )?(?:(?:مي ?)?(?:تواني|تونيد?|توانيد) )?"
    r"(?:براي من |برايم |برام )?(?:انجام )?(?:(?:مي |مي|ب)?(?:كني|كنيد|دهي|دهيد|دي)|بلديد?)",
)
_ABILITIES_ALONE: Final = _compiled(
    rf"(?:{_COURTESY_WORDS}[^\w]+)*{_ABILITIES}(?:[^\w]+{_COURTESY_WORDS})*"
)
_STRETCHED: Final = re.compile(r"([^\W\d_])\1{2,}")
_EDGES: Final = re.compile(r"^\W+|[^\w؟?]+$")
_MARKS_AT_START: Final = re.compile(r"^\W+")
_MARKS_AT_END: Final = re.compile(r"\W+$")


def kind_of(text: str) -> Kind:
    """The kind of a message. Stretched letters ("helloooo") are taken together."""
    if differing_topic(text) is not None:
        return Kind.DISAGREEMENT
    if asks_when_published(text):
        return Kind.PUBLICATION
    folded = _bare(_STRETCHED.sub(r"\1", " ".join(fold(text).split())))
    talk, rest = _opened(folded)
    if talk and not rest:
        return talk
    asked = _MARKS_AT_END.sub("", rest)
    if _ABILITIES_ALONE.fullmatch(asked):
        return Kind.ABILITIES
    if _is_about_the_collection(asked):
        return Kind.COLLECTION
    tables = (_PERSIAN_WORK, _WORK) if language_of(text) == "fa" else (_WORK,)
    return next((kind for table in tables if (kind := _work(rest, table))), Kind.QUESTION)


def _bare(text: str) -> str:
    return _EDGES.sub("", text)


def _opened(text: str) -> tuple[Kind | None, str]:
    """What a message opens with, if with talk, and what remains of it."""
    talk, rest = None, text
    while rest:
        for kind, pattern in _OPENERS.items():
            if found := pattern.match(rest):
                talk = talk or kind
                break
        else:
            found = _COURTESY.match(rest)
        if not found:
            break
        rest = _MARKS_AT_START.sub("", rest[found.end() :])
    return (talk, rest) if talk else (None, text)


def _is_about_the_collection(asked: str) -> bool:
    found = _COLLECTION.search(asked)
    return found is not None and not _ABOUT_SOMETHING.search(asked)


def _work(text: str, table: Mapping[Kind, re.Pattern[str]]) -> Kind | None:
    """What is to be made of the documents, None where something else is asked before the cue."""
    for kind, pattern in table.items():
        if not (found := pattern.search(text)):
            continue
        if not _competes(text, kind, found.start(), is_persian=table is _PERSIAN_WORK):
            return kind
    return None


def _competes(text: str, kind: Kind, cue: int, *, is_persian: bool) -> bool:
    """Whether something else is asked: before the cue; in Persian anywhere, but in an order."""
    if is_persian:
        return bool(_PERSIAN_COMPETING.search(text)) and not _PERSIAN_ORDER.search(text)
    before = text[:cue]
    asks_where = kind is not Kind.COMPARISON and _PLACE_ASKED.search(before)
    return bool(_COMPETING.search(before) or asks_where)
