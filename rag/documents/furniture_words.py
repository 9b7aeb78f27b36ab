"""The words of page furniture in Arabic, Persian and English, folded.

Patterns are matched against whole folded lines with single spaces.
"""

from typing import Final

from rag.documents.captcha_words import CAPTCHA
from rag.documents.cookie_words import COOKIE_BUTTONS
from rag.text.folding import fold

_NETWORK: Final = (
    r"(?:تلغرام|التلغرام|تليغرام|تيليغرام|تلجرام|تلگرام|تويتر|توييتر|فيسبوك|فيس بوك|واتساب|واتس اب"
    r"|واتساپ|يوتيوب|انستغرام|انستقرام|اينستاگرام|ايتا|لينكدان|لينكد ان|لينكدين|پينترست|منصه اكس"
    r"|telegram|twitter|facebook|whatsapp|youtube|instagram|linkedin|pinterest|reddit|x)"
)
_COUNT: Final = r"\W*(?:\d[\d.,٬ ]*\W*)?"
_AGO: Final = (
    r"(?:منذ|قبل) (?:\d+ )?(?:دقيقه|دقيقتين|دقايق|ساعه|ساعتين|ساعات|يوم|يومين|ايام|اسبوع|اسبوعين"
    r"|اسابيع"
    r"|شهر|شهرين|اشهر|سنه|سنتين|سنوات)|\d+ (?:دقيقه|ساعت|روز|هفته|ماه|سال) (?:پيش|قبل)"
    r"|\d+ (?:second|minute|min|hour|hr|day|week|month|year)s? ago"
)
_FORM: Final = (
    r"(?:اترك|اضف|ضع|اكتب)(?: لنا)? (?:تعليقا?|تعليقك|ردا?|رايك)(?: هنا| علي الخبر)?\W*",
    r"لن يتم نشر عنوان بريدك الالكتروني\W*(?:الحقول الالزاميه مشار اليها ب\W*)?",
    r"الحقول الالزاميه مشار اليها ب\W*",
    r"(?:الاسم|البريد الالكتروني|الموقع الالكتروني|عنوان البريد الالكتروني|تعليقك|ارسال)\W*",
    r"(?:الغا الرد|ارسال التعليق|نشر التعليق|اضافه تعليق|ارسل تعليقك)\W*",
    r"احفظ اسمي.{0,80}",
    r"لن (?:ننشر|يتم نشر|نشارك|يظهر) (?:عنوان )?بريدك.{0,40}",
    r"(?:اسمك|بريدك|بريدك الالكتروني|رايك|ارسل|ارسال الرد)\W*",
    r"your e-?mail (?:address )?(?:will|is) not (?:be )?.{2,30}",
    r"(?:send|post|submit comment|message|your message)\W*",
    r"(?:ايميل|رايانامه|نشاني ايميل) شما .{0,20}ن(?:مي|خواهد).{0,20}",
    r"(?:نام|ايميل|رايانامه|نشاني ايميل)(?: شما)?\W*|(?:ثبت|ارسال|فرستادن)\W*",
    r"(?:نظر|ديدگاه) (?:خود|تان) را (?:بنويسيد|ثبت كنيد|ارسال كنيد)\W*",
    r"you are replying to\s*:?.{0,40}",
    r"(?:leave|post|add|write)(?: a| your)? (?:comment|reply)\W*",
    r"your email address will not be published\W*(?:required fields are marked\W*)?",
    r"required fields are marked\W*",
    r"(?:name|email|website|your (?:name|email|comment)|submit|post comment|cancel reply)\W*",
    r"save my name.{0,90}",
    r"(?:نظر|ديدگاه)(?: شما|تان را بنويسيد|هاي خود را بنويسيد)?\W*",
    r"(?:ارسال|ثبت|فرستادن) (?:نظر|ديدگاه)\W*",
    r"نشاني ايميل شما منتشر نخواهد شد\W*(?:بخش ?هاي موردنياز علامت ?گذاري شده ?اند\W*)?",
    r"(?:نام|ايميل|وب سايت|نام و نام خانوادگي|پست الكترونيكي|پاسخ دهيد|انصراف|لغو پاسخ)\W*",
)
_SHARE: Final = (
    r"(?:شارك|شاركها|انشر|مشاركه)(?: هذ[اه])?(?: (?:الخبر|المقال|المقاله|المنشور|الموضوع|الصفحه"
    r"|الماده))?"
    rf"(?: (?:علي|عبر|مع).{{0,20}}\b{_NETWORK}\b.{{0,30}})?\W*",
    rf"(?:تابعنا|تابعونا)\b.{{0,40}}\b{_NETWORK}\b.{{0,30}}",
    # These could open a sentence too ("he followed the news on …"), but furniture has no full stop.
    rf"(?:تابع|تابعوا|اشترك|اشتركوا|انضم|انضموا)\b.{{0,40}}\b{_NETWORK}\b[^.؟?]{{0,30}}",
    rf"{_NETWORK}\W*",
    r"(?:ارسل|ارسال|حفظ|احفظ)(?: (?:الي|ل) ?(?:صديق|صديقك)| المقال| الخبر)?\W*",
    r"(?:e-?mail|send)(?: this)? to a friend\W*|(?:save|bookmark)(?: (?:for later|article))?\W*",
    r"(?:ذخيره|نشان كردن|ارسال به دوستان)\W*",
    r"(?:نسخ|انسخ) (?:الرابط|رابط المقال|رابط الخبر)\W*|رابط مختصر\W*.{0,60}|طباعه(?: الصفحه"
    r"| الخبر)?\W*",
    rf"(?:share|tweet|pin|post)(?: (?:this|the))?(?: (?:article|story|post|page))?"
    rf"(?: (?:on|via|to|with) (?:{_NETWORK}|\w+))?\W*",
    rf"follow (?:us|@?\w+)(?: on)?\b.{{0,30}}\b{_NETWORK}\b[^.]{{0,30}}|follow us\W*",
    r"(?:copy|get) (?:the )?(?:short )?link\W*|print(?: this)?(?: page| article| story)?\W*"
    r"|e-?mail this\W*",
    r"(?:اشتراك ?گذاري|هم ?رساني|بازنشر)(?: (?:در|با|اين)\b.{0,30})?\W*",
    rf"ما را در {_NETWORK}\b[^.]{{0,40}}|(?:كانال|صفحه)\b.{{0,20}}\b{_NETWORK}\b[^.]{{0,30}}",
    r"(?:كپي|رونوشت) (?:لينك|پيوند|شد)\W*|لينك كوتاه\W*.{0,60}|(?:چاپ|پرينت)(?: خبر| صفحه)?\W*",
)
_ASIDE: Final = (
    r"انتهي\s*\*+\s*\d*",
    r"زر الذهاب الي الاعلي\W*|(?:العوده|الذهاب|الرجوع) الي (?:الاعلي|اعلي الصفحه)\W*",
    r"(?:back|scroll|return) to (?:the )?top\W*|skip to (?:main )?content\W*",
    r"بازگشت به بالا\W*",
    r"(?:اعلان|اعلانات|ادعلان|مساحه اعلانيه|advertisement|advertisements|sponsored"
    r"|sponsored content|ad|تبليغ"
    r"|تبليغات|اگهي)\W*",
    rf"{_COUNT}(?:مشاهده|مشاهدات|قراه|زياره|زيارات|بازديد|views?|reads?|shares?){_COUNT}",
    rf"(?:عدد )?(?:المشاهدات|القرات|الزيارات|تعداد بازديد){_COUNT}",
    r"(?:مده|وقت|زمن) القراه\W.{0,20}|قراه في .{0,15}دقيقه|\d+ (?:دقايق|دقيقه) (?:للقراه|قراه)",
    r"زمان (?:مطالعه|خواندن)\W.{0,20}|\d+ دقيقه (?:مطالعه|خواندن)"
    r"|(?:reading time\W*)?\d+ min(?:ute)?s?(?: read)?",
    r"(?:حجم|تكبير|تصغير) (?:الخط|النص)\W*.{0,12}|(?:اندازه (?:متن|قلم|فونت))\W*.{0,12}",
    r"(?:increase |decrease )?(?:text|font) size\W*.{0,12}|[aا][+-](?: [aا][+-])?",
    r"(?:الوسوم|وسوم|الكلمات المفتاحيه|كلمات مفتاحيه|كلمات دلاليه|الكلمات الدلاليه|العلامات"
    r"|تاگ)\s*[:：].{0,110}",
    r"(?:برچسب ?ها|برچسب|كليدواژه ?ها|كليد واژه ?ها|كلمات كليدي)\s*[:：].{0,110}",
    r"(?:tags|keywords|filed under|topics|tagged)\s*[:：].{0,110}",
    r"(?:الوسوم|برچسب ?ها|tags|topics)\W*",
    r"(?:المقال|الخبر|الموضوع|التدوينه|المنشور) (?:السابق|التالي|القادم)\W*",
    r"(?:مطلب|خبر|نوشته) (?:قبلي|بعدي)\W*|(?:previous|next) (?:article|post|story|page)\W*"
    r"|(?:older|newer) posts?\W*",
    r"(?:تسجيل الدخول|تسجيل|دخول|دخول الاعضا|تسجيل الخروج|نسيت كلمه المرور|حسابي)\W*",
    r"(?:(?:انشا|تسجيل|فتح) )?حساب(?: جديد| مجاني)\W*|انشا حساب\W*|ليس لديك حساب\W*.{0,20}",
    r"(?:ورود|ثبت ?نام|ورود كاربران|ورود ثبت ?نام|عضويت|خروج)\W*",
    r"(?:ورود به|خروج از|ايجاد|ساخت) (?:حساب|ناحيه|سامانه)(?: كاربري)?(?: من| جديد)?\W*",
    r"حساب كاربري(?: من)?\W*",
    r"(?:sign|log) ?(?:in|up|out)\W*|register\W*|my account\W*|forgot (?:your )?password\W*",
    r"(?:create|open)(?: an?| your)?(?: free| new)? account\W*|sign (?:in|up) (?:free|now)\W*",
    r"(?:ابحث|بحث|البحث)(?: (?:في|عن))?(?: (?:الموقع|هنا|في الموقع))?\W*"
    r"|جست ?و? ?جو(?: در سايت)?\W*"
    r"|search(?: (?:this|the|our) (?:site|website)| here)?\W*",
    r"(?:تحميل المزيد|عرض المزيد|عرض الكل|المزيد من الاخبار|load more|show more|view all|see all"
    r"|مشاهده همه|بيشتر)\W*",
    r"(?:اقرا|مشاهده) المزيد\W*|read (?:more|full story)\W*|continue reading\W*|ادامه مطلب\W*",
    r"(?:القايمه|القايمه الرييسيه|اغلاق|menu|close|منو|بستن|toggle navigation)\W*",
    r"(?:تبرع|تبرع الان|ادعمنا|donate|donate now|support us)\W*",
    r"(?:صفحه|page) \d+(?: (?:من|of|از) \d+)?",
)
_LETTER: Final = (
    r"(?:اشترك|اشتركوا|اشترك الان|سجل|سجل الان|انضم)(?: (?:في|الي|ب))?(?: (?:النشره|نشرتنا"
    r"|القايمه|قايمتنا|الرسايل)"
    r"(?: (?:البريديه|الاخباريه|الالكترونيه|اليوميه))*)?\W*",
    r"(?:النشره|القايمه) (?:البريديه|الاخباريه)\W*",
    r"[^.؟?!]{0,70}\b(?:في|الي|علي) (?:بريدك|صندوق بريدك|ايميلك)\b[^.؟?!]{0,40}[.!]?",
    r"(?:ادخل|اكتب|ضع) (?:بريدك|عنوان بريدك|ايميلك)\b.{0,30}",
    r"كن (?:اول|من اوايل) (?:من|الذين) (?:يعلم|يعرف|يعلمون)\b[^.؟?!]{0,40}",
    r"be (?:among )?the first to (?:know|hear)\b[^.?!]{0,40}",
    r"از (?:اخرين|تازه ?ترين) (?:اخبار|خبرها|رويدادها) (?:باخبر|مطلع|اگاه) شويد\W*",
    r"sign up (?:for|to)\b[^.?!]{0,60}\b(?:newsletters?|alerts?|updates?|emails?"
    r"|briefing)\b[^.?!]{0,30}[.!]?",
    r"subscribe(?: (?:now|today|to .{0,50}))?\W*|(?:our |the |daily |weekly )*newsletter\W*",
    r"[^.?!]{0,80}\b(?:in|to|straight to) your (?:inbox|email|mailbox)\b[^.?!]{0,30}[.!]?",
    r"(?:enter )?your e-?mail(?: address)?(?: here)?\W*",
    r"join (?:our|the) (?:mailing list|newsletter|community)\W*",
    r"(?:به|در) خبرنامه(?: ما)? (?:بپيونديد|عضو شويد|مشترك شويد)\W*|نشاني ايميل\W*",
    r"(?:عضويت|اشتراك) در خبرنامه\b[^.]{0,30}|خبرنامه\W*|(?:عضو شويد|مشترك شويد)\W*",
    r"[^.؟?!]{0,60}\b(?:در|به) (?:صندوق )?(?:ايميل|پست الكترونيك|صندوق) (?:خود|شما"
    r"|تان)\b[^.؟?!]{0,40}[.!]?",
    r"(?:ايميل|رايانامه|نشاني ايميل) خود را (?:وارد|بنويسيد|ثبت)\b.{0,20}",
)
_BUTTONS: Final = (
    r"(?:اعدادات|الاعدادات|مزيد من المعلومات|معرفه المزيد|settings|learn more|more info(?:rmation)?"
    r"|تنظيمات|اطلاعات بيشتر)\W*",
    r"(?:قبول|موافق|اوافق|قبول الكل|رفض|رفض الكل|حسنا|اعدادات ملفات تعريف الارتباط"
    r"|اداره الخيارات)\W*",
    r"(?:accept|reject|decline|allow|deny)(?: all)?(?: cookies)?\W*|(?:cookie"
    r"|privacy) (?:settings|preferences)\W*|manage (?:options|cookies|preferences)\W*|got it\W*"
    r"|i agree\W*",
    r"(?:مي ?پذيرم|موافقم|قبول مي ?كنم|رد كردن|رد مي ?كنم|پذيرفتن همه|متوجه شدم)\W*",
)
_ABOUT: Final = (
    r"(?:عن (?:الصحيفه|الوكاله|القناه|الموقع|المجله)|فريق العمل|اسره التحرير|طاقم العمل|راسلنا)\W*",
    r"درباره (?:روزنامه|خبرگزاري|سايت|مجله)\W*|(?:تحريريه|اگهي ها|هيات تحريريه)\W*",
    r"about (?:the|this) (?:paper|site|website|newspaper|agency)\W*|(?:our|editorial) team\W*",
    r"(?:web)?site (?:design )?by\b.{0,40}|طراحي (?:وب ?)?سايت\s*[:：].{0,40}",
    r"(?:من نحن|عن الموقع|هييه التحرير|اتصل بنا|تواصل معنا|اعلن معنا|للاعلان معنا|سياسه الخصوصيه"
    r"|شروط الاستخدام"
    r"|اتفاقيه الاستخدام|الشروط والاحكام|خريطه الموقع|الارشيف|سياسه الاستخدام|اخلا مسووليه)\W*",
    r"(?:درباره ما|تماس با ما|ارتباط با ما|پيوندها|حريم خصوصي|قوانين و مقررات|نقشه سايت"
    r"|شرايط استفاده|ارشيو)\W*",
    r"(?:about(?: us)?|contact(?: us)?|privacy(?: policy)?|cookie policy|terms(?: (?:of (?:use"
    r"|service)|and conditions|& conditions))?|site ?map|advertise(?: with us)?|careers|rss|faq"
    r"|help|disclaimer)\W*",
    r"(?:تصميم|برمجه|تطوير)(?: و ?(?:تصميم|برمجه|تطوير|استضافه))*\s*[:：].{0,50}|(?:طراحي"
    r"|توليد)(?: و ?(?:طراحي|توليد|اجرا|پشتيباني))*\s*[:：].{0,50}",
    r"(?:powered|designed|developed|hosted|built)(?: and (?:designed|developed))? (?:by|with"
    r"|on)\b.{0,50}",
    r"(?:جميع|كافه|كل) (?:الحقوق|حقوق)\b[^؟?]{0,80}محفوظه?\b.{0,40}",
    r"(?:تمامي|همه|كليه|تمام) (?:حقوق|حق)\b.{0,90}(?:محفوظ|متعلق|مي ?باشد)\b.{0,30}",
    r"(?:©|\(c\)|copyright|حقوق النشر|كپي ?رايت)\W.{0,100}",
    r".{0,60}\ball rights reserved\b.{0,40}",
)
READ_ALSO: Final = (
    r"(?:و)?(?:اقرا|اقراي|اقرووا|اقروا|طالع|شاهد|تابع|انظر)(?: (?:ايضا|المزيد|كذلك))(?: (?:في|من"
    r"|عن))?\s*(?:[:：.…]+|$)",
    r"(?:للمزيد|المزيد|للمزيد من الاخبار|مواد ذات صله|اقرا في .{0,20}|لقراه المزيد)\s*(?:[:：.…]+"
    r"|$)",
    r"(?:قد يهمك|ربما يهمك|يمكنك قراه|لا يفوتك)(?: (?:ايضا|قراه|كذلك))*\s*(?:[:：.…]+|$)",
    r"(?:بيشتر|همچنين|اين(?: مطلب)? را هم|در همين زمينه|در اين باره) (?:بخوانيد"
    r"|ببينيد)\s*(?:[:：.…]+|$)",
    r"(?:در همين (?:زمينه|رابطه|باره)|مطلب مرتبط|خبر مرتبط)\s*(?:[:：.…]+|$)",
    r"(?:you (?:may|might) also (?:like|be interested in)|also read|read also|read more|read next"
    r"|see also|watch also|watch|don't miss"
    r"|you may (?:also )?like|more on this|in case you missed it|related)\s*(?:[:：.…]+|$)",
)
"""What opens a line that leads to another report, the report's headline behind it or below."""
SIGNED: Final = (
    r"(?:بقلم|كتب|كتبت|كتبه|اعداد|تحرير|نويسنده|گزارش|خبرنگار|by|written by|reported by)\b"
)
"""What opens a line that names the writer."""
LIST_HEADS: Final = (
    r"(?:مقالات|اخبار|مواضيع|موضوعات|مواد|تقارير) (?:ذات صله|مشابهه|متعلقه|اخري|مرتبطه)\W*",
    r"(?:الاكثر|الاعلي) (?:قراه|مشاهده|تداولا|تعليقا|شعبيه|زياره|رواجا)\W*|(?:اخر"
    r"|احدث) (?:الاخبار|المقالات|الاضافات)\W*",
    r"(?:اخترنا لك|اخترنا لكم|مختارات|قد يعجبك ايضا|قد يهمك ايضا|مقترحات لك|اهم الاخبار"
    r"|ابرز العناوين)\W*",
    r"(?:مطالب|اخبار|خبرهاي|گزارش ?هاي|نوشته ?هاي) (?:مرتبط|مشابه|ديگر|پيشنهادي|منتخب)\W*",
    r"(?:پر ?بازديدترين ?(?:ها|اخبار|مطالب)?|پربيننده ?ترين ?(?:ها)?|پربحث ?ترين ?(?:ها)?"
    r"|تازه ?ترين (?:اخبار|خبرها|ها)|اخرين (?:اخبار|خبرها))\W*",
    r"(?:related|similar|other|recommended|latest|recent|popular|top|trending"
    r"|more)(?: (?:articles|posts|news|stories|topics|reports|from .{0,30}))\W*",
    r"(?:most (?:read|viewed|popular|commented|shared)|trending(?: now)?|editors? ?s? picks?"
    r"|editor's picks|recommended(?: for you)?|you (?:may|might) also (?:like|be interested in)"
    r"|more from .{0,30})\W*",
)
"""What heads a list of headlines of other reports."""
COMMENT_HEADS: Final = (
    r"(?:التعليقات|تعليقات|الردود|تعليقات القرا|تعليقات الزوار)(?: \(\d+\)|\W*\d+)?\W*"
    r"|\d+ (?:تعليقات?|تعليقا|ردود|رد)\W*|\(?\d+\)? تعليقات?",
    r"(?:نظرات|ديدگاه ?ها|نظرها|نظرات كاربران|نظرات خوانندگان)(?: \(\d+\)|\W*\d+)?\W*|\d+ (?:نظر"
    r"|ديدگاه)\W*",
    r"(?:comments?|reader comments|responses|replies|discussion)(?: \(\d+\)|\W*\d+)?\W*"
    r"|\d+ (?:comments?|replies|responses|thoughts on .{0,80})\W*",
)
COMMENT_SIGNS: Final = (
    rf"(?:{_AGO})\W*",
    r"(?:رد|الرد|اعجاب|ابلاغ|حذف|reply|like|dislike|report|delete|quote|پاسخ|پسنديدم|نپسنديدم"
    r"|گزارش)\W*(?:\d+)?\W*",
    *_FORM,
    *CAPTCHA,
)
"""What of a line of its own shows that comments stand around it."""
LONG_LINES: Final = (
    r"(?:we(?: and our partners)? use cookies|(?:this|our) (?:site|website) uses cookies"
    r"|by (?:continuing|using|clicking)\b[^.]{0,60}\bcookies)\b.{0,220}",
    r"by (?:using|visiting|continuing)\b.{0,40}\byou (?:agree|accept|consent)\b.{0,120}",
    r"(?:ما )?از كوكي ?(?:ها)? استفاده مي ?كنيم.{0,120}",
    r"(?:نحن )?(?:نستخدم|يستخدم (?:هذا )?(?:ال)?موقع\w*) (?:ملفات تعريف الارتباط|الكوكيز"
    r"|ملفات الكوكيز).{0,200}",
    r"(?:باستمرارك|بمتابعتك|باستخدامك)\b.{0,80}(?:ملفات تعريف الارتباط|الكوكيز"
    r"|سياسه الخصوصيه).{0,100}",
    r"(?:اين|ما از)?.{0,20}(?:سايت|وب ?سايت|ما)\b.{0,10}(?:از )?كوكي.{0,180}(?:استفاده مي ?كن"
    r"|موافق).{0,60}",
    *_ABOUT[-4:],
)
"""What may take a longer line: notices."""
LINES: Final = (
    *COOKIE_BUTTONS, *CAPTCHA, *_FORM, *_SHARE, *_ASIDE, *_LETTER, *_BUTTONS, *_ABOUT,
    *LIST_HEADS, *COMMENT_HEADS,
    rf"(?:{_AGO})\W*",
    r"(?:رد|الرد|reply|پاسخ)\W*",
)  # fmt: skip
"""What a line of furniture says, whole."""
MENU: Final = frozenset(
    fold(entry)
    for entry in (
        "الرييسية|الصفحة الرييسية|أخبار|الأخبار|أخبار محلية|شوون محلية|محليات|البداية|سياسة"
        "|السياسة|اقتصاد|الاقتصاد"
        "|مال وأعمال|رياضة|الرياضة|ثقافة|ثقافة وفن|ثقافة وفنون|فن|فنون|منوعات|تكنولوجيا|علوم|صحة"
        "|علوم وتكنولوجيا|مقالات|آرا|رأي|تقارير|تحقيقات|حوارات|فيديو|صور|بودكاست|عربي|دولي|عالم"
        "|العالم"
        "|عرب وعالم|المرأة|أسرة|سيارات|سياحة|طقس|اتصل بنا|من نحن|أرشيف|خدمات|اشترك|بث مباشر|مباشر"
        "|سياسة الخصوصية|شروط الاستخدام|تواصل معنا|وظايف|English"
        "|خانه|صفحه اصلی|صفحه نخست|اخبار|سیاسی|سیاست|اقتصادی|اقتصاد|ورزشی|ورزش|فرهنگی|فرهنگ و هنر"
        "|هنر"
        "|اجتماعی|جامعه|بین‌الملل|جهان|علمی|فناوری|سلامت|استان‌ها|عکس|فیلم|ویدیو|چندرسانه‌ای|گزارش"
        "|یادداشت|گفتگو|تماس با ما|درباره ما|آرشیو|پیوندها|جستجو|حوادث|حریم خصوصی"
        "|home|front page|news|world|middle east|money|football|pictures|columnists|politics"
        "|business|economy|sport|sports|culture|arts|opinion|tech"
        "|technology"
        "|science|health|travel|lifestyle|entertainment|video|videos|photos|podcasts|region|local"
        "|contact us|contact|about us|about|archive|jobs|subscribe|live|search|menu|privacy policy"
        "|terms of use|weather|style|money|markets|latest|more"
    ).split("|")
)
"""The entries of menus."""
SHARING: Final = frozenset(
    fold(word)
    for word in (
        "شارك شاركها مشاركة انشر على عبر فيسبوك فيس بوك تويتر واتساب واتس اب تلغرام تيليغرام"
        " لينكدإن ماسنجر"
        " انستغرام بريد إلكتروني البريد نسخ الرابط طباعة إكس منصة اشتراک اشتراک‌گذاری گذاری در"
        " تلگرام توییتر"
        " واتساپ اینستاگرام ایتا بله سروش کپی لینک چاپ ایمیل"
        " share this on facebook tweet twitter x whatsapp telegram linkedin pinterest reddit"
        " messenger"
        " email print copy link page instagram youtube post via story article to a friend save send"
        " أرسل إلى صديق حفظ ذخیره هم‌رسانی"
    ).split()
    for word in word.replace("\u200c", " ").split()
)
"""The words that lines of share buttons are made of."""
