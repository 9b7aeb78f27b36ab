# ما يقرؤه الناس. المفاتيح نفسها في en.ftl و fa.ftl.

start =
    أهلاً بك! أنا «إسناد». أجيب عن أسئلتك من الوثائق التي أُعطيتها، وأريك مع كل جملة الملفَّ والنصَّ الذي جاءت منه.

    اسأل بالعربية أو الفارسية أو الإنجليزية كما تسأل زميلاً لك. وما لا أجده في الوثائق أقول إنني لم أجده.

    الأمر ‎/help يبيّن ما أستطيع فعله.
help =
    اكتب سؤالك وسأجيب عنه من الوثائق. أستطيع كذلك أن ألخّص ملفاً، وأن أسرد ما تقوله الوثائق أو أقارن بينه، وأن أبحث في ملف واحد أو فترة محددة.

    الأرقام بين القوسين المعقوفين تدلّ على المصادر أسفل الجواب: الملف والعنوان والاقتباس.
command-help = ماذا أستطيع
command-sources = الوثائق التي أجيب منها
command-new = نسيان هذه المحادثة وبدء أخرى
command-stop = إيقاف ما يُكتب الآن
command-ask = طرح سؤال (في المجموعات)
command-start = البداية
command-reindex = قراءة الوثائق من جديد (للمشرفين)

greeting = يجيبك «إسناد» من وثائقك. اكتب سؤالك، أو ‎/help للمساعدة. للخروج: Ctrl-D.
greeting-again = نتابع من حيث توقّفنا. الأمر ‎/new يبدأ محادثة جديدة.
forgotten = نسيتُ هذه المحادثة. عمَّ تريد أن تسأل؟
needs-text = لا أقرأ حتى الآن إلا النصوص. اكتب لي سؤالك من فضلك.
needs-question = عمَّ تريد أن تسأل؟ اكتب سؤالك بعد ‎/ask أو في رسالة عادية.
too-long =
    { $limit ->
        [zero] رسالتك أطول مما أستطيع: لا يزيد السؤال على { $limit } حرف. اختصرها من فضلك.
        [one] رسالتك أطول مما أستطيع: لا يزيد السؤال على حرف واحد. اختصرها من فضلك.
        [two] رسالتك أطول مما أستطيع: لا يزيد السؤال على حرفين. اختصرها من فضلك.
        [few] رسالتك أطول مما أستطيع: لا يزيد السؤال على { $limit } أحرف. اختصرها من فضلك.
        [many] رسالتك أطول مما أستطيع: لا يزيد السؤال على { $limit } حرفاً. اختصرها من فضلك.
       *[other] رسالتك أطول مما أستطيع: لا يزيد السؤال على { $limit } حرف. اختصرها من فضلك.
    }
too-many =
    { $minutes ->
        [zero] بلغتَ العدد المسموح به من الأسئلة في الساعة. عُد بعد قليل من فضلك.
        [one] بلغتَ العدد المسموح به من الأسئلة في الساعة. عُد بعد دقيقة من فضلك.
        [two] بلغتَ العدد المسموح به من الأسئلة في الساعة. عُد بعد دقيقتين من فضلك.
        [few] بلغتَ العدد المسموح به من الأسئلة في الساعة. عُد بعد { $minutes } دقائق من فضلك.
        [many] بلغتَ العدد المسموح به من الأسئلة في الساعة. عُد بعد { $minutes } دقيقة من فضلك.
       *[other] بلغتَ العدد المسموح به من الأسئلة في الساعة. عُد بعد { $minutes } دقيقة من فضلك.
    }
too-many-in-all =
    { $minutes ->
        [zero] كثرت الأسئلة من الجميع في هذه الساعة، فلا بد من أن أتوقف قليلاً. عُد بعد قليل من فضلك.
        [one] كثرت الأسئلة من الجميع في هذه الساعة، فلا بد من أن أتوقف قليلاً. عُد بعد دقيقة من فضلك.
        [two] كثرت الأسئلة من الجميع في هذه الساعة، فلا بد من أن أتوقف قليلاً. عُد بعد دقيقتين من فضلك.
        [few] كثرت الأسئلة من الجميع في هذه الساعة، فلا بد من أن أتوقف قليلاً. عُد بعد { $minutes } دقائق من فضلك.
        [many] كثرت الأسئلة من الجميع في هذه الساعة، فلا بد من أن أتوقف قليلاً. عُد بعد { $minutes } دقيقة من فضلك.
       *[other] كثرت الأسئلة من الجميع في هذه الساعة، فلا بد من أن أتوقف قليلاً. عُد بعد { $minutes } دقيقة من فضلك.
    }
private = هذا البوت غير متاح للجميع. إن كان ينبغي أن يُسمح لك فأعطِ صاحبه رقمك: { $id }
for-admins = هذا للمشرفين فقط. تستطيع أن تسأل متى شئت، والأمر ‎/sources يعرض الوثائق.
unknown-command = لا أعرف هذا الأمر. الأمر ‎/help يبيّن ما أستطيع فعله.
only-in-telegram = هذا يعمل في تيليجرام وحده حيث له أزرار. الأمر ‎/help يبيّن ما أستطيع فعله هنا.
index-busy = تجري قراءة الوثائق الآن. حاول بعد دقيقة من فضلك.
failed = تعذّر عليّ ذلك، والخلل من عندي لا من عندك. حاول بعد قليل من فضلك، وإن تكرّر فأعطِ صاحب البوت هذا الرقم: { $reference }

understood = فهمتُ السؤال هكذا: { $question }
corrected = بعد التحقق صار الجواب:
translation = ترجمة من النموذج: { $text }
undated = بلا تاريخ
answer-sources = المصادر
also-in = والنص نفسه في: { $files }
missing = ما لا تذكره الوثائق: { $parts }
withheld =
    { $count ->
        [zero] لم تُحجب أي جملة.
        [one] حُجبت جملة واحدة لأن المصادر لا تؤيدها.
        [two] حُجبت جملتان لأن المصادر لا تؤيدهما.
        [few] حُجبت { $count } جمل لأن المصادر لا تؤيدها.
        [many] حُجبت { $count } جملة لأن المصادر لا تؤيدها.
       *[other] حُجبت { $count } جملة لأن المصادر لا تؤيدها.
    }

command-language = اللغة التي أحدّثك بها
command-forget = حذف كل ما أحتفظ به عنك
command-show = ما حول المصدر: ‎/show 1 ثم ‎/show 1 +1
command-good = الجواب الأخير جيد
command-bad = الجواب الأخير سيئ؛ ‎/bad 2: مصدره رقم 2 لا يؤيده
language-offer = بأي لغة تريد أن أحدّثك؟ أما الأجوبة فتأتي بلغة السؤال.
language-chosen = سأحدّثك من الآن بالعربية. أما الأجوبة فتأتي بلغة السؤال.
forgotten-asker =
    { $count ->
        [zero] لم أكن أحتفظ بشيء عنك. ولا يبقى إلا مقدار ما سألتَ، إلى أن تنقضي هذه الساعة وهذا اليوم.
        [one] حذفتُ ما كنت أحتفظ به عنك: سؤالاً واحداً وجوابه ورأيك فيه. ولا يبقى إلا مقدار ما سألتَ، إلى أن تنقضي هذه الساعة وهذا اليوم.
        [two] حذفتُ ما كنت أحتفظ به عنك: سؤالين وجوابيهما ورأيك فيهما. ولا يبقى إلا مقدار ما سألتَ، إلى أن تنقضي هذه الساعة وهذا اليوم.
        [few] حذفتُ ما كنت أحتفظ به عنك: { $count } أسئلة وأجوبتها ورأيك فيها. ولا يبقى إلا مقدار ما سألتَ، إلى أن تنقضي هذه الساعة وهذا اليوم.
        [many] حذفتُ ما كنت أحتفظ به عنك: { $count } سؤالاً وأجوبتها ورأيك فيها. ولا يبقى إلا مقدار ما سألتَ، إلى أن تنقضي هذه الساعة وهذا اليوم.
       *[other] حذفتُ ما كنت أحتفظ به عنك: { $count } سؤال وأجوبتها ورأيك فيها. ولا يبقى إلا مقدار ما سألتَ، إلى أن تنقضي هذه الساعة وهذا اليوم.
    }
private-group = لا يُسمح لهذا البوت بالإجابة في هذه المجموعة. إن كان ينبغي ذلك فأعطِ صاحبه رقم المجموعة: { $id }
anonymous = أنت تكتب باسم مجموعة أو قناة، فلا أعرف من السائل. اكتب باسمك من فضلك؛ وإن كنت مشرفاً فأوقف «البقاء مجهولاً».
queue-full =
    { $minutes ->
        [zero] تنتظر أسئلة كثيرة، فلا أستطيع أخذ سؤال آخر الآن. عُد بعد قليل من فضلك.
        [one] تنتظر أسئلة كثيرة، فلا أستطيع أخذ سؤال آخر الآن. عُد بعد دقيقة من فضلك.
        [two] تنتظر أسئلة كثيرة، فلا أستطيع أخذ سؤال آخر الآن. عُد بعد دقيقتين من فضلك.
        [few] تنتظر أسئلة كثيرة، فلا أستطيع أخذ سؤال آخر الآن. عُد بعد { $minutes } دقائق من فضلك.
        [many] تنتظر أسئلة كثيرة، فلا أستطيع أخذ سؤال آخر الآن. عُد بعد { $minutes } دقيقة من فضلك.
       *[other] تنتظر أسئلة كثيرة، فلا أستطيع أخذ سؤال آخر الآن. عُد بعد { $minutes } دقيقة من فضلك.
    }

evidence-line = السطر { $line }
evidence-page = الصفحة { $page }
evidence-before =
    { $count ->
        [zero] المقطع المقتبَس:
        [one] المقطع الذي قبل المقتبَس:
        [two] قبل المقتبَس بمقطعين:
        [few] قبل المقتبَس بـ{ $count } مقاطع:
        [many] قبل المقتبَس بـ{ $count } مقطعاً:
       *[other] قبل المقتبَس بـ{ $count } مقطع:
    }
evidence-after =
    { $count ->
        [zero] المقطع المقتبَس:
        [one] المقطع الذي بعد المقتبَس:
        [two] بعد المقتبَس بمقطعين:
        [few] بعد المقتبَس بـ{ $count } مقاطع:
        [many] بعد المقتبَس بـ{ $count } مقطعاً:
       *[other] بعد المقتبَس بـ{ $count } مقطع:
    }
evidence-changed = تغيّر الملف منذ أجبتُ، غير أن الاقتباس ما زال فيه بحروفه.
evidence-moved = تغيّر الملف منذ أجبتُ: صار الاقتباس في موضع آخر منه.
evidence-elsewhere = صار الاقتباس منذ أجبتُ في ملف آخر، وكان في { $file }.
evidence-gone = تغيّرت الوثائق منذ أجبتُ: لم يعد الاقتباس فيها. وهذا ما كان نصّه:
evidence-none = ليس في الجواب مصدر بهذا الرقم.
answer-gone = لم يعد هذا الجواب عندي. اطرح سؤالك من جديد من فضلك.
button-previous = السابق
button-next = التالي
button-file = إرسال الملف
button-bad-citation = اقتباس خاطئ
feedback-good = شكراً لك، يسرّني ذلك.
feedback-bad = شكراً لك، سجّلتُ ذلك. وإن كان الخطأ في مصدر واحد فالمس رقمه ثم «اقتباس خاطئ».
feedback-citation = شكراً لك، سجّلتُ أن المصدر { $n } لا يؤيد الجواب.
file-gone = لم يعد هذا الملف بين الوثائق.
file-large = هذا الملف أكبر من أن يُرسَل هنا.
inline-closed = هذا البوت غير متاح للجميع
inline-ask = اطرح سؤالاً
inline-nothing = لم أجد شيئاً. اسألني بدلاً من ذلك
guest-cut = هذا أول الجواب فقط: فهو لا يتّسع كله لرسالة واحدة. اسألني على الخاص لتقرأه كاملاً.
profile-short = يجيب من وثائقك ويريك النصَّ الذي جاءت منه كل جملة. بالعربية والفارسية والإنجليزية.
profile-description =
    أجيب عن الأسئلة من الوثائق التي أُعطيتها، بالعربية والفارسية والإنجليزية.

    كل جملة مدقَّقة، ولمسةٌ على رقمها تُظهر نصَّ المصدر وما حوله والملفَّ نفسه. وما لا تذكره الوثائق أقول إنني لم أجده.

sources-none = لا توجد وثائق بعد.
sources-heading =
    { $count ->
        [zero] لا وثائق
        [one] وثيقة واحدة
        [two] وثيقتان
        [few] { $count } وثائق
        [many] { $count } وثيقة
       *[other] { $count } وثيقة
    }
passages =
    { $count ->
        [zero] بلا مقاطع
        [one] مقطع واحد
        [two] مقطعان
        [few] { $count } مقاطع
        [many] { $count } مقطعاً
       *[other] { $count } مقطع
    }
and-more =
    { $count ->
        [zero] …
        [one] … وواحدة أخرى
        [two] … واثنتان أخريان
        [few] … و{ $count } أخرى
        [many] … و{ $count } أخرى
       *[other] … و{ $count } أخرى
    }
skipped-heading =
    { $count ->
        [zero] لم يُترك أي ملف.
        [one] تُرك ملف واحد:
        [two] تُرك ملفان:
        [few] تُركت { $count } ملفات:
        [many] تُرك { $count } ملفاً:
       *[other] تُرك { $count } ملف:
    }

report-heading =
    { $files ->
        [zero] الفهرس محدَّث: لا وثائق، المراجعة { $revision }
        [one] الفهرس محدَّث: وثيقة واحدة، المراجعة { $revision }
        [two] الفهرس محدَّث: وثيقتان، المراجعة { $revision }
        [few] الفهرس محدَّث: { $files } وثائق، المراجعة { $revision }
        [many] الفهرس محدَّث: { $files } وثيقة، المراجعة { $revision }
       *[other] الفهرس محدَّث: { $files } وثيقة، المراجعة { $revision }
    }
report-added = أُضيف ({ $count }):
report-changed = تغيّر ({ $count }):
report-removed = أُزيل ({ $count }):
report-nothing = لم يتغيّر شيء.
report-warnings = ينبغي النظر في ما يلي ({ $count }):
progress-start = قراءة الوثائق …
progress-read = قراءة الوثائق … { $done }/{ $total }
progress-embed = تهيئة المقاطع … { $done }/{ $total }
progress-write = الحفظ … { $done }/{ $total }
progress-build = بناء الفهرس … { $done }/{ $total }

text-goes-to = تُرسَل الأسئلة ومقاطع من الوثائق إلى { $host }.
open-to-everyone = تنبيه: يستطيع كل من في تيليجرام أن يسأل هذا البوت. المتغيّر TELEGRAM_ALLOWED_IDS يقصره على بعضهم.
set-up = هذا ما يمكن ضبطه، أسطراً في ملف ‎.env أو في البيئة، ثم يجرّبه الأمر `rag doctor`:
set-documents = ‏DOCUMENTS_DIR: مجلد وثائقك. أجيب الآن من { $folder }.
set-telegram = ‏TELEGRAM_BOT_TOKEN: أجيب في تيليجرام بدل هذا المكان. أرسل ‎/newbot إلى ‎@BotFather ليعطيك الرمز.
set-model = ‏OPENAI_API_KEY، أو OPENAI_BASE_URL لخادم تملكه: فيكتب الأجوبةَ نموذج. وبغير ذلك أكتفي بالاقتباس.
chroma-unreachable = لا يمكن الوصول إلى خادم Chroma { $host }، فالبحث يجري من دونه إلى أن يعود. تحقق من CHROMA_URL ومن الشبكة.
model-unreachable = لا يمكن الوصول إلى خادم النموذج { $host }، فالأجوبة اقتباسات إلى أن يعود. تحقق من OPENAI_BASE_URL ومن الشبكة.
model-key-refused = رفض { $host } المفتاح OPENAI_API_KEY، فالأجوبة اقتباسات إلى أن يصح.
model-not-listed = ليس عند { $host } نموذج باسم { $name }، فالأجوبة اقتباسات إلى أن يصح OPENAI_MODEL.
serving = البوت يجيب في تيليجرام باسم ‎@{ $name }‎. للإيقاف: Ctrl-C.

sent-again = (أُرسلت مرة أخرى لأن الاتصال انقطع، فربما قرأتَها من قبل.)
stopped = توقّفتُ كما طلبت.
stopped-nothing = لا شيء يُكتب الآن.
stop-not-yours = لا يوقف هذا الجواب إلا من سأل.
stop-button = إيقاف
looking = أبحث في الوثائق …
restarting = يُعاد تشغيلي الآن. سؤالك محفوظ، وسأجيبك فور عودتي.

# المشرفون
command-status = حالي: الأسئلة والأخطاء والأوقات (للمشرفين)
command-users = من يحقّ له السؤال، والدعوات (للمشرفين)
command-remove = حذف وثيقة (للمشرفين)
in-private = الأفضل أن نتحدث في هذا على انفراد. اكتبه لي في محادثة خاصة من فضلك.
cancel = إلغاء
back = رجوع
done = تمّ.
size-kilobytes = { $size } ك.ب
size-megabytes = { $size } م.ب

reindex-stopping = يجري الإيقاف …
reindex-stopped = أُوقفت القراءة، والفهرس كما كان.
reindex-over = انتهى ذلك من قبل.

upload-offer = هل أضيف { $name } ({ $size }) إلى الوثائق؟
upload-taken = هناك وثيقة باسم { $name }. ماذا أفعل بالجديدة ({ $size })؟
upload-add = إضافة
upload-replace = استبدال
upload-both = الاحتفاظ بكلتيهما
upload-working = تجري إضافة { $name } …
upload-added = أُضيفت { $name } إلى الوثائق.
upload-replaced = استُبدلت { $name }.
upload-cancelled = لم يُضف شيء.
upload-format = لا أستطيع قراءة { $name }. أقرأ هذه الصيغ: { $formats }
upload-too-large = حجم { $name } أكبر مما أستطيع: لا يزيد حجم الوثيقة على { $limit }.
upload-empty = الملف { $name } فارغ فلم يُضف.
upload-unreadable = لم تُضف { $name }: { $reason }.
upload-gone = لم يعد الملف عندي. أرسله إليّ من جديد من فضلك.
folder-unavailable = لا يمكن الكتابة في مجلد الوثائق. تحقّق من صلاحياته ومن المساحة على القرص؛ وفي السجل تفصيل.

remove-usage = أيّ وثيقة؟ اكتب اسمها أو جزءاً منه بعد ‎/remove.
remove-none = لا أعرف وثيقة باسم { $name }. الأمر ‎/sources يعرض الوثائق.
remove-which = أيَّ وثيقة من هذه أحذف؟
remove-too-many =
    { $count ->
        [zero] لا وثائق باسم يشبه { $name }.
        [one] هناك وثيقة واحدة باسم يشبه { $name }. اكتب المزيد من الاسم من فضلك.
        [two] هناك وثيقتان باسم يشبه { $name }. اكتب المزيد من الاسم من فضلك.
        [few] هناك { $count } وثائق بأسماء تشبه { $name }. اكتب المزيد من الاسم من فضلك.
        [many] هناك { $count } وثيقة بأسماء تشبه { $name }. اكتب المزيد من الاسم من فضلك.
       *[other] هناك { $count } وثيقة بأسماء تشبه { $name }. اكتب المزيد من الاسم من فضلك.
    }
remove-offer = هل أحذف { $name } من الوثائق؟ لا يمكن التراجع عن ذلك.
remove-button = حذف
remove-done = حُذفت { $name }.
remove-gone = لم تعد { $name } موجودة.
remove-refused = لم تُحذف { $name }: { $reason }.
remove-cancelled = لم يُحذف شيء.

sources-page = الصفحة { $page } من { $pages }
sources-found =
    { $count ->
        [zero] لا وثائق في اسمها أو عنوانها «{ $query }»
        [one] وثيقة واحدة في اسمها أو عنوانها «{ $query }»
        [two] وثيقتان في اسميهما أو عنوانيهما «{ $query }»
        [few] { $count } وثائق في أسمائها أو عناوينها «{ $query }»
        [many] { $count } وثيقة في أسمائها أو عناوينها «{ $query }»
       *[other] { $count } وثيقة في أسمائها أو عناوينها «{ $query }»
    }
sources-not-found = لا توجد وثيقة في اسمها أو عنوانها «{ $query }».
sources-hint = اكتب كلمة بعد ‎/sources للبحث في الأسماء والعناوين.
sources-next = الأمر { $command } يعرض الصفحة التالية.

status-heading = حالي الآن
status-index = المراجعة { $revision }. الوثائق: { $files }، المقاطع: { $passages }، المتروكة: { $skipped }
status-questions = الأسئلة: اليوم { $today }، وفي { $days } يوماً { $total }
status-nearest = لم يوجد إلا ما يقاربه: اليوم { $today }، وفي { $days } يوماً { $total }
status-abstained = بلا جواب: اليوم { $today }، وفي { $days } يوماً { $total }
status-withheld = الجمل المحجوبة: اليوم { $today }، وفي { $days } يوماً { $total }
status-tokens = رموز النموذج: اليوم { $today }، وفي { $days } يوماً { $total }
status-errors = الأخطاء: اليوم { $today }، وفي { $days } يوماً { $total }
status-time = نصف الأجوبة جاء خلال { $median } ث، و95٪ منها خلال { $slowest } ث
status-legend = 🟦 أُجيب عنه  🟨 وُجد ما يقاربه  ⬛ بلا جواب  🟥 أخطاء
status-journal = آخر ما فعله المشرفون:

terminal = الطرفية
action-reindex = أُعيدت قراءة الوثائق
action-cancel = أُوقفت قراءة الوثائق
action-add = أُضيفت { $file }
action-replace = استُبدلت { $file }
action-remove = حُذفت { $file }
action-allow = سُمح لـ{ $member }
action-block = مُنع { $member }
action-drop = سُحب القرار في شأن { $member }
action-invite = أُنشئت دعوة
action-withdraw = سُحبت الدعوات المفتوحة
action-join = لبّى { $member } دعوة

users-heading = المسموح لهم: { $allowed }، الممنوعون: { $blocked }، الدعوات المفتوحة: { $invitations }
users-open = يحقّ للجميع السؤال إلا من مُنع؛ والمتغيّر TELEGRAM_ALLOWED_IDS يقصره على بعضهم.
users-closed = يحقّ السؤال لمن في TELEGRAM_ALLOWED_IDS ولمن سُمح له هنا وللمشرفين.
users-members = من صدر في شأنهم قرار:
users-askers = آخر من سألوا:
users-hint = اكتب رقماً بعد ‎/users لعرض شخص أو مجموعة.
users-usage = أنتظر بعد ‎/users رقم شخص أو مجموعة، مثل: ‎/users 12345678
user-allow = سماح
user-block = منع
user-drop = سحب القرار
user-invite = دعوة جديدة
user-withdraw = سحب الدعوات المفتوحة
person-allowed = سمح له { $admin } في { $date }.
person-blocked = منعه { $admin } في { $date }.
person-undecided = لم يصدر في شأنه قرار هنا، والعبرة بالإعدادات.
person-admin = مشرف مذكور في TELEGRAM_ADMIN_IDS، ولا يُقرَّر في شأنه هنا.
person-may = يحقّ له السؤال الآن.
person-may-not = لا يحقّ له السؤال الآن.
person-asked =
    { $count ->
        [zero] لا أسئلة محفوظة له.
        [one] له سؤال محفوظ واحد، في { $date }.
        [two] له سؤالان محفوظان، آخرهما في { $date }.
        [few] له { $count } أسئلة محفوظة، آخرها في { $date }.
        [many] له { $count } سؤالاً محفوظاً، آخرها في { $date }.
       *[other] له { $count } سؤال محفوظ، آخرها في { $date }.
    }
invitation = من يتبع هذا الرابط يحقّ له أن يسألني. وهو لشخص واحد، ومرة واحدة، حتى { $date }:
invitation-withdrawn =
    { $count ->
        [zero] لم تكن هناك دعوة مفتوحة.
        [one] سُحبت دعوة واحدة.
        [two] سُحبت دعوتان.
        [few] سُحبت { $count } دعوات.
        [many] سُحبت { $count } دعوة.
       *[other] سُحبت { $count } دعوة.
    }
invitation-followed = لبّى { $name } دعوتك، ويحقّ له السؤال الآن.
invitation-welcome = أهلاً بك! قُبلت دعوتك.
invitation-used = استُعملت هذه الدعوة من قبل، وكل دعوة لشخص واحد. اطلب دعوة جديدة من فضلك.
invitation-expired = انتهت مدة هذه الدعوة. اطلب دعوة جديدة من فضلك.
invitation-unknown = لا أعرف هذه الدعوة. اطلب دعوة جديدة من فضلك.

# لماذا تُرك ملف، أو لماذا ينبغي النظر فيه. الرموز هي التي في bot/reasons.py.
reason-empty = الملف فارغ
reason-no-text = ليس ملفاً نصياً
reason-not-utf8 = ليس نصاً بترميز UTF-8 (البايت { $byte })
reason-not-a-file = ليس ملفاً عادياً
reason-a-folder = هو مجلد لا ملف
reason-outside = ليس في مجلد الوثائق
reason-old-office = صيغته من صيغ «أوفيس» القديمة (‎.doc و‎.xls و‎.ppt)؛ احفظه بصيغة ‎.docx أو ‎.xlsx أو ‎.pptx
reason-misnamed = اسمه يقول إن صيغته { $format } وليست كذلك
reason-image = هو صورة
reason-media = هو صوت أو صورة أو فيلم
reason-sound = هو ملف صوتي
reason-program = هو برنامج
reason-database = هو قاعدة بيانات
reason-zip = هو أرشيف مضغوط (zip)؛ فُكّ ضغطه أولاً
reason-archive = هو أرشيف مضغوط ({ $format })
reason-other-file = صيغته { $format } ولا أستطيع قراءتها
reason-not-mail = ليس رسالة بريد إلكتروني (لا ترويسة له)
reason-no-subtitles = لا نصوص فيه مصحوبة بأوقات
reason-furniture = لا نصّ فيه سوى ما يتكرّر حول الصفحات
reason-unsupported = لا أستطيع قراءة هذه الصيغة
reason-no-rights = لا يمكن فتحه لنقص في صلاحية القراءة
reason-closed = لا يمكن فتحه ({ $detail })
reason-bad-name = اسمه ليس نصاً صالحاً في يونيكود
reason-link-nowhere = هو رابط إلى ما لا يمكن فتحه
reason-link-outside = هو رابط إلى موضع خارج مجلد الوثائق
reason-password = محميّ بكلمة مرور
reason-copying = محميّ من النسخ
reason-too-large = حجمه أكبر من { $megabytes } م.ب
reason-too-long = عدد حروف نصّه بالملايين يزيد على { $millions }
reason-sentences = عدد أسطره وجمله يزيد على { $count }
reason-expands = حجمه بعد فكّ الضغط أكبر من { $megabytes } م.ب
reason-too-slow = قراءته تستغرق أكثر من { $seconds } ث
reason-too-much-memory = قراءته تحتاج إلى ذاكرة أكثر مما ينبغي
reason-pages = عدد صفحاته يزيد على { $count }
reason-chapters = عدد فصوله يزيد على { $count }
reason-slides = عدد شرائحه يزيد على { $count }
reason-records = عدد سجلاته يزيد على { $count }
reason-rows = فيه جدول يزيد عدد صفوفه على { $count }
reason-columns = فيه جدول يزيد عدد أعمدته على { $count }
reason-cells = فيه ورقة يزيد عدد خلاياها بالملايين على { $millions }
reason-parts = عدد أجزائه يزيد على { $count }
reason-nested = عمق التداخل فيه يزيد على { $depth }
reason-nested-json = التداخل فيه أعمق مما ينبغي
reason-nested-page = عناصره أعمق تداخلا، أو أكبر، من أن تُقرأ كاملة
reason-no-pdf = الملف تالف (ليس ملف PDF)
reason-no-page = الملف تالف (لا يمكن قراءة أي صفحة منه)
reason-no-html = الملف تالف (لا صفحة HTML فيه)
reason-no-package = الملف تالف (لا يذكر محتوياته)
reason-no-archive = الملف تالف (لا يمكن فكّ ضغطه)
reason-damaged-part = الملف تالف (لا يمكن قراءة { $part })
reason-damaged = الملف تالف ({ $detail })
reason-reader-broke = الملف تالف، أو صُنع بحيث تفشل قراءته
reason-reader-silent = لم يُعطِ قارئه جواباً مفهوماً
reason-line-no-json = السطر { $line } منه ليس بصيغة JSON (العمود { $column })
reason-no-json = ليس بصيغة JSON (السطر { $line }، العمود { $column })
reason-scanned = الملف ممسوح ضوئياً: صفحات هي صور بلا نص، وعددها { $scanned } من { $pages }
reason-fonts = خطوطه لا تبيّن أي حروف تعرض
reason-pages-scanned = صفحات هي صور بلا نص ولم تُقرأ: { $pages }
reason-pages-fonts = صفحات لا تبيّن خطوطها حروفها ولم تُقرأ: { $pages }
reason-pages-damaged = صفحات لا يمكن قراءتها: { $pages }
reason-chapters-missing = فصول ناقصة: { $chapters }
reason-attachments = ملفات مرفقة به لم تُقرأ: { $files }
reason-hidden-sheets = فيه أوراق مخفية لم تؤخذ: { $sheets }
reason-hidden-slides = فيه شرائح مخفية لم تؤخذ: { $slides }
reason-hidden-text = فيه نص منسَّق على أنه مخفي ولم يؤخذ
reason-hidden-in-name = في اسمه نص خفيّ: { $signs }
reason-hidden-signs = فيه نص خفيّ: { $signs }
reason-taken-back = سُحب من الفهرس؛ الأمر ‎/reindex يعيده إليه
reason-as-earlier = مفهرس كما كان من قبل لأن ما جاء بعده سُحب؛ الأمر ‎/reindex يعيده
reason-and-more = { $first } وغيرها ({ $count })
hidden-kind =
    { $kind ->
        [zero-width-characters] محارف بلا عرض
        [direction-overrides] محارف تقلب الاتجاه
        [unclosed-direction-changes] تغييرات اتجاه لم تُغلق
        [tag-characters] محارف وسوم
        [variation-selectors] محارف اختيار الشكل
        [private-use-characters] محارف للاستعمال الخاص
        [control-characters] محارف تحكّم
       *[other] محارف غير مرئية
    }
hidden-count = { $sign } ({ $count })
hidden-from = { $sign } ({ $count }، من السطر { $line })
