"""Page furniture: the lines of a copied web page that are not part of the report.

Comment forms, captchas, "read also", share lines, rules. Furniture takes whole lines; a line that
attributes ("Source:", "translated from …") is not furniture.
"""

import re
from collections.abc import Iterator
from typing import Final

from rag.text.folding import fold
from rag.text.sentences import LINE_ENDS, Span

_LONGEST: Final = 120
"""A longer line with words is never furniture: losing text is worse than keeping a form."""

_NUMBER: Final = (
    r"(?:\d+|صفر|واحد|اثنان|اثنين|ثلاثه|اربعه|خمسه|سته|سبعه|ثمانيه|تسعه|عشره|يك|دو|سه|چهار|پنج|شش|هفت"
    r"|هشت|نه|ده|zero|one|two|three|four|five|six|seven|eight|nine|ten)"
)
_NETWORK: Final = (
    r"(?:تلغرام|التلغرام|تليغرام|تيليغرام|تلجرام|تويتر|فيسبوك|واتساب|يوتيوب|انستغرام"
    r"|telegram|twitter|facebook|whatsapp|youtube|instagram)"
)
_WHOLE_LINES: Final = (
    rf"{_NUMBER}\s*[+×x*÷−–-]\s*{_NUMBER}\s*=\s*\S{{0,8}}",
    r"(?:اترك|اضف|ضع|اكتب) (?:لنا )?(?:تعليقا|تعليق|تعليقك|ردا)(?: هنا)?",
    r"(?:لن يتم نشر عنوان بريدك الالكتروني\W*)?(?:الحقول الالزاميه مشار اليها ب\W*)",
    r"لن يتم نشر عنوان بريدك الالكتروني\W*",
    r"(?:تعليقك|تعليقات|التعليقات|الردود|الاسم|البريد الالكتروني|الموقع الالكتروني|ارسال|بحث)\W*",
    r"(?:الغا الرد|ارسال التعليق|رد|الرد)\W*",
    r"زر الذهاب الي الاعلي\W*",
    r"(?:اقرا|اقراي|اقرووا|طالع|شاهد|اقرا المزيد|للمزيد|المزيد)"
    r"(?: (?:ايضا|المزيد|كذلك))?(?: في| من)?\s*[:.…]*",
    r"(?:مقالات|اخبار|مواضيع|موضوعات) (?:ذات صله|مشابهه|متعلقه|اخري)\W*",
    r"(?:شارك|شاركها|انشر|مشاركه)(?: هذ[اه])?(?: (?:الخبر|المقال|المقاله|المنشور|الموضوع|الصفحه))?"
    rf"(?: (?:علي|عبر|مع).{{0,20}}\b{_NETWORK}\b.{{0,30}})?\W*",
    rf"(?:تابعنا|تابعونا)\b.{{0,40}}\b{_NETWORK}\b.{{0,30}}",
    # These could open a sentence too ("he followed the news on …"), but furniture has no full stop.
    rf"(?:تابع|تابعوا|اشترك|اشتركوا|انضم|انضموا)\b.{{0,40}}\b{_NETWORK}\b[^.؟?]{{0,30}}",
    r"(?:فيسبوك|تويتر|واتساب|تلغرام|لينكدان|نسخ الرابط|طباعه|facebook|twitter|whatsapp|telegram"
    r"|copy link|print)\W*",
    r"انتهي\s*\*+\s*\d*",
    r"you are replying to\s*:?.{0,40}",
    r"(?:leave|post|add|write) a (?:comment|reply)\W*",
    r"(?:your email address will not be published\W*)(?:required fields are marked\W*)?",
    r"required fields are marked\W*",
    r"(?:read also|read more|see also|related (?:articles|posts|news)|back to top|scroll to top"
    r"|share this(?: article| post)?|share on \w+|comments?|reply|submit|advertisement)\s*[:.…]*",
    r"(?:we use cookies|this (?:site|website) uses cookies)\b.{0,90}",
    r"(?:نستخدم ملفات تعريف الارتباط|يستخدم هذا الموقع ملفات تعريف الارتباط)\b.{0,80}",
    r"(?:نظر شما|ديدگاه شما|ديدگاهتان را بنويسيد|ارسال نظر|نظرات|ديدگاه ها|پاسخ دهيد)\W*",
    r"نشاني ايميل شما منتشر نخواهد شد\W*(?:بخش هاي موردنياز علامت گذاري شده اند\W*)?",
    r"(?:مطالب مرتبط|اخبار مرتبط|بيشتر بخوانيد|همچنين بخوانيد|بازگشت به بالا|اشتراك گذاري)\W*",
)
_FURNITURE: Final = re.compile("|".join(f"(?:{pattern})" for pattern in _WHOLE_LINES))
_LINE: Final = re.compile(f"[^{LINE_ENDS}]+")


def furniture_spans(text: str) -> Iterator[Span]:
    """The spans of the furniture lines of `text`, in order."""
    for match in _LINE.finditer(text):
        if is_furniture(match.group()):
            yield Span(match.start(), match.end())


def is_furniture(line: str) -> bool:
    """Whether a line of a page is furniture."""
    if not line.strip():
        return False
    folded = " ".join(fold(line).split())
    if not any(character.isalnum() for character in folded):
        return True
    return len(line) <= _LONGEST and _FURNITURE.fullmatch(folded) is not None
