"""Direction: whether a claim turns what its source says round, where that can be told.

More and less, for and against, begun and ended, north and south: the claim has a word of the one
side, the source has none of it and one of the other. Before and after are compared by what they
stand before, since "A before B" is "B after A".
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from rag.answers.likeness import likeness
from rag.answers.negation import is_negated
from rag.text.folding import fold, folded_words
from rag.text.function_words import FUNCTION_WORDS
from rag.text.language import language_of

_AND: Final = r"[وف]?"
_VERB: Final = r"[وف]?(?:س?[يتن]|سوف )?"
_NOUN: Final = r"[وف]?[بلك]?(?:ال|لل)?"


def _side(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(alternatives) + ")")


_AXES: Final = (
    (
        _side(
            r"increas|ris(?:e|es|ing|en)\b|rose\b|gr(?:ew|ow|ows|owing|own|owth)\b|climb|soar|surg"
            r"|strengthen",
            rf"{_VERB}(?:زاد|زادت|زداد|ازداد|رتفع|ارتفع|نمو|تصاعد|تزايد|تعاظم|عزز|تعزز)\w{{0,3}}\b",
            r"[وف]?س?[يتن]زيد\w{0,3}\b",
            rf"{_NOUN}(?:زياده|ازدياد|ارتفاع|نمو|تصاعد|تزايد|تعزيز|تصاعدا|ارتفاعا)\b",
            r"افزايش|رشد\b|بالا رفت|تقويت",
        ),
        _side(
            r"decreas|declin|f(?:all|alls|ell|allen|alling)\b|drop|reduc|shr(?:ink|ank|unk)|dwindl"
            r"|weaken|diminish|lower(?:s|ed|ing)\b",
            rf"{_VERB}(?:نخفض|انخفض|تراجع|هبط|تقلص|قلص|خفض|تناقص|تضاال|تدني)\w{{0,3}}\b",
            rf"{_NOUN}(?:انخفاض|تراجع|هبوط|تقليص|تقلص|خفض|تخفيض|تناقص|تدني|اضعاف)\b",
            r"كاهش|افت\b|كم شد|پايين آمد|پايين امد|تضعيف",
        ),
    ),
    (
        _side(
            r"support|endors|back(?:s|ed|ing)\b|favou?r(?:s|ed|ing)?\b|welcom|approv|prais",
            rf"{_VERB}(?:دعم|دعمت|ويد|ايد|ايدت|ساند|ساندت|رحب|رحبت|وافق|وافقت)\w{{0,2}}\b",
            rf"{_NOUN}(?:دعم(?! السريع)|تاييد|مسانده|مويد|داعم|ترحيب|موافقه)\w{{0,2}}\b",
            r"حمايت|پشتيباني|موافقت|استقبال|طرفدار",
        ),
        _side(
            r"oppos|reject|condemn|denounc|critici|object(?:s|ed|ing)\b|disapprov|refus",
            rf"{_VERB}(?:عارض|عارضت|رفض|رفضت|ندد|نددت|دان|دانت|ادان|ادانت|انتقد|نتقد|اعترض|عترض)\w{{0,2}}\b",
            rf"{_NOUN}(?:معارض|معارضه|معارضين|رفض|رافض|ادانه|تنديد|اعتراض|انتقاد)\b",
            r"مخالفت|مخالف\b|محكوم|رد كرد|اعتراض",
        ),
    ),
    (
        _side(
            r"beg(?:an|in|ins|inning|un)\b|start|launch|commenc|open(?:s|ed|ing)\b",
            rf"{_VERB}(?:بدا|بدات|باشر|انطلق|نطلق|افتتح|فتتح|استهل|ستهل)\w{{0,2}}\b",
            rf"{_NOUN}(?:بدء|بدايه|بدا|انطلاق|افتتاح|اطلاق|مستهل)\b",
            r"آغاز|اغاز|شروع|افتتاح|گشود",
        ),
        _side(
            r"end(?:s|ed|ing)?\b|finish|conclud|clos(?:es|ed|ing)\b|stop|ceas|halt|terminat",
            rf"{_VERB}(?:انتهي|نتهي|انتهت|نهي|انهي|انهت|اختتم|ختتم|ختم|اغلق|غلق|توقف|وقف|اوقف|كمل)\w{{0,2}}\b",
            rf"{_NOUN}(?:انتها|نهايه|ختام|اختتام|اغلاق|توقف|وقف)\b",
            r"پايان|خاتمه|تمام شد|بسته شد|متوقف|تعطيل",
        ),
    ),
    (
        _side(
            r"arriv|enter(?:s|ed|ing)?\b|land(?:s|ed|ing)\b|came\b",
            rf"{_VERB}(?:وصل|وصلت|صل|دخل|دخلت)\b",
            rf"{_NOUN}(?:وصول|دخول|قدوم)\w{{0,2}}\b",
            r"رسيد|وارد شد|ورود",
        ),
        _side(
            r"depart|leav(?:e|es|ing)\b|left\b|withdr|exit",
            rf"{_VERB}(?:غادر|غادرت|رحل|خرج|خرجت|انسحب|نسحب)\w{{0,2}}\b",
            rf"{_NOUN}(?:مغادره|مغادرت|رحيل|خروج|انسحاب)\w{{0,2}}\b",
            r"ترك كرد|خارج شد|خروج",
        ),
    ),
    (
        _side(
            r"win(?:s|ning)?\b|won\b|victor|succe(?:ed|ss\b|ssful)",
            rf"{_VERB}(?:فاز|فازت|فوز|نجح|نجحت|انتصر|نتصر|تغلب)\w{{0,2}}\b",
            rf"{_NOUN}(?:فوز|نجاح|انتصار|نصر)\w{{0,2}}\b",
            r"پيروز|برنده|موفق|شكست داد",
        ),
        _side(
            r"los(?:e|es|ing|t|s)\b|defeat|fail",
            rf"{_VERB}(?:خسر|خسرت|فشل|فشلت|اخفق|خفق|هزم|انهزم)\w{{0,2}}\b",
            rf"{_NOUN}(?:خساره|فشل|هزيمه|اخفاق)\w{{0,2}}\b",
            r"باخت|شكست خورد|بازنده|ناكام",
        ),
    ),
    (
        _side(
            r"more than\b|over \d|at least\b|above\b|exceed",
            rf"{_AND}(?:اكثر من|ما يزيد علي|ما يزيد عن|لا يقل عن|يتجاوز|تجاوز)",
            r"بيش از|بيشتر از|دستكم|حداقل",
        ),
        _side(
            r"less than\b|fewer than\b|under \d|at most\b|below\b",
            rf"{_AND}(?:اقل من|ما يقل عن|لا يزيد علي|لا يزيد عن|لا يتجاوز)",
            r"كمتر از|حداكثر",
        ),
    ),
    (
        _side(r"north", rf"{_NOUN}شمال\w{{0,3}}\b"),
        _side(r"south", rf"{_NOUN}جنوب\w{{0,3}}\b"),
    ),
)
_BEFORE: Final = re.compile(
    r"(?<!من )\b[وف]?(?:قبل|قبيل)\b(?! از)|\bbefore\b|\bprior to\b|\bahead of\b|\b(?:پيش|قبل) از\b"
)
_AFTER: Final = re.compile(
    r"\b[وف]?(?:بعد|عقب|اثر|بعيد)\b(?! از)|\bafter\b|\bfollowing\b|\b(?:پس|بعد) از\b"
)
_ARGUMENT: Final = 4
"""Content words after "before" and "after" that say what of."""
_SAME_ARGUMENT: Final = 0.5


def direction_differs(claim: str, cited: str, around: str = "") -> bool:
    """Whether the claim has one side of a pair of opposites and what it cites the other.

    `around` is what the cited text leans on: the side may be told there too. Where either text
    denies anything there is no telling.
    """
    if is_negated(claim) or is_negated(cited):
        return False
    stated, said, known = fold(claim), fold(cited), fold(f"{cited}\n{around}")
    for one, other in _AXES:
        for mine, its in ((one, other), (other, one)):
            turned = mine.search(stated) and not its.search(stated) and its.search(said)
            if turned and not mine.search(known):
                return True
    return _order_differs(claim, cited)


def _order_differs(claim: str, cited: str) -> bool:
    said = {pattern: list(_arguments(pattern, cited)) for pattern in (_BEFORE, _AFTER)}
    for mine, its in ((_BEFORE, _AFTER), (_AFTER, _BEFORE)):
        for argument in _arguments(mine, claim):
            turned = any(_same(argument, other) for other in said[its])
            if turned and not any(_same(argument, other) for other in said[mine]):
                return True
    return False


def _arguments(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    folded, most = fold(text), _ARGUMENT
    if language_of(text) == "fa":
        most //= 2  # the verb of the sentence comes next
    for match in pattern.finditer(folded):
        words = [word for word in folded_words(folded[match.end() :]) if not _is_empty(word)]
        yield " ".join(words[:most])


@lru_cache(maxsize=4_096)
def _is_empty(word: str) -> bool:
    return word in FUNCTION_WORDS


def _same(one: str, other: str) -> bool:
    """Whether two arguments are of the same thing: of the same number, or mostly the same words."""
    numbers = [{word for word in text.split() if word.isdigit()} for text in (one, other)]
    if numbers[0] or numbers[1]:
        return numbers[0] == numbers[1]
    return min(likeness(one, other), likeness(other, one)) >= _SAME_ARGUMENT
