"""Pages copied from the web: what the tests of documents make their files of."""

from hypothesis import settings
from hypothesis import strategies as st

from rag.documents.document import Document, understand
from rag.documents.reading import FileText

thorough = settings(max_examples=80, deadline=None)

LINE_ENDS = ("\n", "\r\n", "\r", "\u2028", "\u2029")

SEED_FURNITURE = {
    "000_a62688e18cddbb42.txt": ["اقرأ أيضا:", "ـــــــــــــــــــــ"],
    "001_3be0290bbfd39d7b.txt": [],
    "002_173d9725e138e35a.txt": [],
    "003_bc0966837ce6fdc6.txt": [
        "تابع ميدل ايست نيوز على التلغرام telegram",
        "مقالات ذات صلة",
        "اترك تعليقاً",
        "لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *",
        "9 + سبعة =",
        "زر الذهاب إلى الأعلى",
    ],
    "004_212b5ff0e0069ab8.txt": [
        "انتهى** 2344",
        "تعليقك",
        "You are replying to: .",
        "4 + 7 =",
    ],
}
"""The lines of each seed that are no part of its report."""

ARABIC_FURNITURE = (
    "اقرأ أيضاً",
    "إقرأ أيضا :",
    "شاهد أيضاً:",
    "اقرأ المزيد...",
    "للمزيد:",
    "أخبار ذات صلة",
    "مواضيع مشابهة",
    "أضف تعليقاً",
    "اترك ردا",
    "التعليقات",
    "لن يتم نشر عنوان بريدك الإلكتروني.",
    "الاسم *",
    "البريد الإلكتروني *",
    "إرسال التعليق",
    "شارك الخبر",
    "شارك المقال على فيسبوك",
    "تابعونا على تويتر",
    "اشترك في قناتنا على يوتيوب",
    "نسخ الرابط",
    "طباعة",
    "ثلاثة × ٤ =",
    "واحد + 3 =",
    "نستخدم ملفات تعريف الارتباط لتحسين تجربتك",
)
PERSIAN_FURNITURE = (
    "بیشتر بخوانید:",
    "همچنین بخوانید",
    "مطالب مرتبط",
    "اخبار مرتبط",
    "دیدگاهتان را بنویسید",
    "نشانی ایمیل شما منتشر نخواهد شد. بخش‌های موردنیاز علامت‌گذاری شده‌اند *",
    "ارسال نظر",
    "نظرات",
    "اشتراک‌گذاری",
    "بازگشت به بالا",
    "۵ + دو =",
)
ENGLISH_FURNITURE = (
    "Read also:",
    "READ MORE",
    "Related articles",
    "Leave a Reply",
    "Post a comment",
    "Your email address will not be published. Required fields are marked *",
    "Share on Facebook",
    "Share this article",
    "Copy link",
    "Print",
    "Back to top",
    "Advertisement",
    "seven + 3 =",
    "We use cookies to improve your experience",
)
RULES = ("---", "* * *", "ـــــــــ", "=====", "•", "— — —")
FURNITURE = (*ARABIC_FURNITURE, *PERSIAN_FURNITURE, *ENGLISH_FURNITURE, *RULES)

SENTENCES = (
    "وصل رئيس الأركان إلى موسكو أمس.",
    "قال د. محمد باقري إن الحدود تمتد 3.5 كيلومتر!",
    "هل يعود الوفد في 17 أكتوبر 2021؟",
    "وقال: «سنوقع الاتفاق قريبا».",
    "وزیر دفاع ایران به پکن رفت.",
    "این سفر سه روز طول کشید؛ سپس او بازگشت.",
    "The delegation visited Karachi on 5 May 2019.",
    "Dr. Smith said it was “a new page”…",
)

furniture_lines = st.sampled_from(FURNITURE)
paragraphs = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map(" ".join)
headlines = st.sampled_from(("زيارة باقري إلى موسكو", "سفر باقری به مسکو", "A visit to Moscow"))
blank_lines = st.sampled_from(("", " ", "\t"))


def understood(text: str, path: str = "folder/report.txt") -> Document:
    """The document of a file that holds `text`."""
    return understand(FileText(path, text, "utf-8", ""))


def passage_texts(document: Document) -> list[str]:
    """The passages' texts, to the letter."""
    return [document.file.text[one.start : one.end] for one in document.passages]
