"""Openings and transitions: what states nothing about the world and needs no citation."""

from typing import Final

from rag.answers.clauses import is_negated
from rag.answers.heading import nominal_words
from rag.answers.naming import has_names
from rag.answers.values import values_of
from rag.text.folding import fold, folded_words
from rag.text.function_words import FUNCTION_WORDS
from rag.text.stems import light_stem

_LONGEST: Final = 16
_VOCABULARY: Final = frozenset(
    fold(
        "التقرير التقارير تقرير الوثائق الوثيقة المصادر المصدر مصدر الملفات الملف النصوص المقال "
        "المقالات الأخبار بحسب حسب وفق وفقا طبقا استنادا بناء فيما وفيما يلي كالتالي كالآتي الآتي "
        "الآتية التالي التالية النقاط نقطة أبرز أهم ملخص ملخصا خلاصة باختصار إيجاز بإيجاز تفاصيل "
        "التفاصيل الزمني التسلسل ترتيب الأحداث المحطات مقارنة المقارنة أوجه الشبه الاختلاف الفرق "
        "الإجابة الجواب السؤال سؤالك أولا ثانيا ثالثا أخيرا ختاما ناحية جهة أخرى إضافة بالإضافة "
        "علاوة فضلا المقابل السياق الصدد الشأن بالنسبة يتعلق ورد جاء ذكر المتاحة المتوفرة "
        "المذكورة المعلومات معلومات الواردة يمكن القول تلخيص عرض قائمة القائمة عام عموما گزارش "
        "گزارش‌ها اسناد سند منابع منبع فایل‌ها فایل متن متن‌ها اساس طبق بنابر شرح زیر خلاصه نکات "
        "مهم مهمترین مهم‌ترین اصلی موارد مورد ترتیب زمانی رویدادها مقایسه تفاوت‌ها شباهت‌ها پاسخ "
        "سؤال پرسش همچنین علاوه سوی نخست سپس سرانجام ادامه جزئیات اطلاعات موجود آمده عبارتند "
        "عبارت فهرست کلی according report reports document documents source sources file files "
        "text texts article articles news passage passages based following follows below summary "
        "summarise summarize brief short overview main key point points important detail details "
        "timeline chronology chronological order event events comparison compare similarity "
        "similarities difference differences answer question first second third finally lastly "
        "addition additionally furthermore moreover however meanwhile hand other another contrast "
        "regarding concerning respect information available provided mention mentioned list sure "
        "certainly course okay ok conclusion overall general generally let here there"
    ).split()
)
_STEMS: Final = frozenset(map(light_stem, _VOCABULARY))
_ANNOUNCED: Final = frozenset(
    map(
        light_stem,
        fold(
            "الاتفاقات الاتفاقيات اتفاق الموضوعات موضوعات المواضيع مواضيع المحادثات المباحثات "
            "المحاور محاور البنود بنود المجالات القضايا الملفات شملت تضمنت تناولت تشمل تتضمن كانت "
            "نتائج النتائج أسباب الأسباب خطوات الخطوات تصريحات موضوع موضوع‌ها توافق توافق‌ها "
            "گفت‌وگو گفت‌وگوها محور محورها شامل جمله عبارت نتایج دلایل مسائل زمینه‌ها بخش‌ها قرار "
            "نوشته ماجرا خلاصه بدین topic agreement talk issue subject item area cover include "
            "result reason step statement cause theme discuss"
        ).split(),
    )
)
"""Stems of what a heading may announce a list of; the list itself is cited."""
_YES_OR_NO: Final = frozenset(
    fold("نعم أجل كلا لا بلى بله آری خیر نه yes no yeah nope indeed").split()
)


def is_of_answering(word: str) -> bool:
    """Whether a folded word is one of answering itself: report, summary, point, first."""
    return word in _VOCABULARY or light_stem(word) in _STEMS | _ANNOUNCED


def states_nothing(text: str, question: str = "") -> bool:
    """Whether `text` is an opening, a transition or a heading.

    It is made of words about answering alone; a heading (it ends with a colon) may also name what
    it lists, and be a short noun phrase in the words of a question that asks for more than yes or
    no. It carries no verb, number, date, name or negation that could tell anything.
    """
    words = folded_words(text)
    if not 0 < len(words) <= _LONGEST or _YES_OR_NO & set(words):
        return False
    if not values_of(text).is_empty or is_negated(text):
        return False
    is_heading = text.rstrip("*_ ").endswith((":", "：", "﹕"))
    allowed = set(map(light_stem, nominal_words(text, question))) if is_heading else set()
    if not allowed and has_names(text):
        return False
    if is_heading:
        allowed |= _ANNOUNCED
    return all(
        word in FUNCTION_WORDS or word in _VOCABULARY or light_stem(word) in _STEMS | allowed
        for word in words
    )
