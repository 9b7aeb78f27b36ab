# آنچه مردم می‌خوانند. همین کلیدها در ar.ftl و en.ftl هم هست.

start =
    سلام! من «اسناد» هستم. به پرسش‌ها از روی سندهایی که به من داده‌اند پاسخ می‌دهم و برای هر جمله، فایل و عین نوشته‌اش را نشان می‌دهم.

    به فارسی، عربی یا انگلیسی بپرسید؛ همان‌طور که از یک همکار می‌پرسید. اگر چیزی در سندها نباشد، می‌گویم که نیافتم.

    دستور ‎/help می‌گوید چه کارهایی از من برمی‌آید.
help =
    پرسشتان را بنویسید تا از روی سندها پاسخ بدهم. می‌توانم یک فایل را خلاصه کنم، گفته‌های سندها را فهرست یا با هم مقایسه کنم، یا فقط در یک فایل یا یک دوره بگردم.

    شماره‌های درون کروشه به منبع‌های زیر پاسخ اشاره می‌کنند: فایل، عنوان و نقل‌قول.
command-help = چه کارهایی از من برمی‌آید
command-sources = سندهایی که از روی آن‌ها پاسخ می‌دهم
command-new = فراموش‌کردن این گفت‌وگو و شروع دوباره
command-stop = توقف آنچه نوشته می‌شود
command-ask = پرسیدن یک سؤال (در گروه‌ها)
command-start = شروع
command-reindex = دوباره خواندن سندها (ویژهٔ مدیران)

greeting = «اسناد» از روی سندهای شما پاسخ می‌دهد. بپرسید، یا ‎/help را بنویسید. پایان: Ctrl-D.
greeting-again = گفت‌وگو از همان‌جا که بود ادامه دارد. دستور ‎/new گفت‌وگوی تازه‌ای آغاز می‌کند.
forgotten = این گفت‌وگو را فراموش کردم. چه می‌خواهید بدانید؟
needs-text = فعلاً فقط متن را می‌خوانم. لطفاً پرسشتان را بنویسید.
needs-question = چه می‌خواهید بدانید؟ پرسشتان را پس از ‎/ask یا در یک پیام ساده بنویسید.
too-long = پیام شما برای من بلند است: پرسش حداکثر { $limit } نویسه می‌تواند داشته باشد. لطفاً کوتاهش کنید.
too-many =
    { $minutes ->
        [one] به سقف پرسش در یک ساعت رسیده‌اید. لطفاً { $minutes } دقیقهٔ دیگر بازگردید.
       *[other] به سقف پرسش در یک ساعت رسیده‌اید. لطفاً { $minutes } دقیقهٔ دیگر بازگردید.
    }
too-many-in-all =
    { $minutes ->
        [one] در این ساعت آن‌قدر پرسیده‌اند که باید برای همه درنگ کنم. لطفاً { $minutes } دقیقهٔ دیگر بازگردید.
       *[other] در این ساعت آن‌قدر پرسیده‌اند که باید برای همه درنگ کنم. لطفاً { $minutes } دقیقهٔ دیگر بازگردید.
    }
private = این ربات برای همه باز نیست. اگر باید دسترسی داشته باشید، شماره‌تان را به صاحب آن بدهید: { $id }
for-admins = این کار ویژهٔ مدیران است. هر وقت بخواهید می‌توانید بپرسید و ‎/sources سندها را نشان می‌دهد.
unknown-command = این دستور را نمی‌شناسم. دستور ‎/help می‌گوید چه کارهایی از من برمی‌آید.
only-in-telegram = این فقط در تلگرام کار می‌کند که در آن دکمه دارد. دستور ‎/help می‌گوید اینجا چه کارهایی از من برمی‌آید.
index-busy = سندها همین حالا خوانده می‌شوند. لطفاً یک دقیقهٔ دیگر دوباره امتحان کنید.
failed = نتوانستم انجامش دهم؛ ایراد از من است نه از شما. لطفاً کمی بعد دوباره امتحان کنید. اگر باز هم پیش آمد، این شماره را به صاحب ربات بدهید: { $reference }

understood = پرسش را چنین فهمیدم: { $question }
corrected = پاسخ پس از بررسی:
translation = ترجمهٔ مدل: { $text }
undated = بی‌تاریخ
answer-sources = منابع
also-in = همین نوشته در: { $files }
missing = آنچه در سندها نیامده: { $parts }
withheld =
    { $count ->
        [one] { $count } جمله کنار گذاشته شد، چون منابع آن را تأیید نمی‌کنند.
       *[other] { $count } جمله کنار گذاشته شد، چون منابع آن‌ها را تأیید نمی‌کنند.
    }

command-language = زبانی که با شما حرف می‌زنم
command-forget = پاک‌کردن همهٔ آنچه از شما نگه داشته‌ام
command-show = نوشته‌های دور و بر یک منبع: ‎/show 1 و سپس ‎/show 1 +1
command-good = پاسخ آخر خوب بود
command-bad = پاسخ آخر بد بود؛ ‎/bad 2: منبع 2 آن را تأیید نمی‌کند
language-offer = به چه زبانی با شما حرف بزنم؟ پاسخ‌ها به زبان پرسش شماست.
language-chosen = از این پس با شما فارسی حرف می‌زنم. پاسخ‌ها همچنان به زبان پرسش شماست.
forgotten-asker =
    { $count ->
        [0] چیزی از شما نگه نداشته بودم. فقط شمار پرسش‌هایتان تا پایان این ساعت و این روز می‌ماند.
        [one] آنچه از شما نگه داشته بودم پاک شد: { $count } پرسش با پاسخ آن و نظر شما. فقط شمار پرسش‌هایتان تا پایان این ساعت و این روز می‌ماند.
       *[other] آنچه از شما نگه داشته بودم پاک شد: { $count } پرسش با پاسخ‌هایشان و نظر شما. فقط شمار پرسش‌هایتان تا پایان این ساعت و این روز می‌ماند.
    }
private-group = این ربات اجازه ندارد در این گروه پاسخ بدهد. اگر باید بدهد، شمارهٔ گروه را به صاحب آن بدهید: { $id }
anonymous = شما به نام یک گروه یا کانال می‌نویسید و نمی‌دانم چه کسی می‌پرسد. لطفاً با نام خودتان بنویسید؛ اگر مدیر هستید، «ناشناس ماندن» را خاموش کنید.
queue-full =
    { $minutes ->
        [one] پرسش‌های زیادی در نوبت است و نمی‌توانم یکی دیگر بپذیرم. لطفاً { $minutes } دقیقهٔ دیگر بازگردید.
       *[other] پرسش‌های زیادی در نوبت است و نمی‌توانم یکی دیگر بپذیرم. لطفاً { $minutes } دقیقهٔ دیگر بازگردید.
    }

evidence-line = سطر { $line }
evidence-page = صفحهٔ { $page }
evidence-before =
    { $count ->
        [one] بخشِ پیش از بخش نقل‌شده:
       *[other] { $count } بخش پیش از بخش نقل‌شده:
    }
evidence-after =
    { $count ->
        [one] بخشِ پس از بخش نقل‌شده:
       *[other] { $count } بخش پس از بخش نقل‌شده:
    }
evidence-changed = فایل پس از پاسخ من تغییر کرده، ولی نقل‌قول هنوز عیناً در آن هست.
evidence-moved = فایل پس از پاسخ من تغییر کرده است: نقل‌قول اکنون جای دیگری از آن است.
evidence-elsewhere = پس از پاسخ من، نقل‌قول به فایل دیگری رفته است؛ پیش‌تر در { $file } بود.
evidence-gone = سندها پس از پاسخ من تغییر کرده‌اند: نقل‌قول دیگر در آن‌ها نیست. نوشته چنین بود:
evidence-none = پاسخ منبعی با این شماره ندارد.
answer-gone = این پاسخ دیگر پیش من نیست. لطفاً پرسشتان را دوباره بپرسید.
button-previous = قبلی
button-next = بعدی
button-file = فرستادن فایل
button-bad-citation = نقل‌قول نادرست
feedback-good = سپاس، خوشحالم.
feedback-bad = سپاس، یادداشت کردم. اگر فقط یک منبع نادرست است، شماره‌اش را لمس کنید و سپس «نقل‌قول نادرست» را.
feedback-citation = سپاس، یادداشت کردم که منبع { $n } پاسخ را تأیید نمی‌کند.
file-gone = این فایل دیگر میان سندها نیست.
file-large = این فایل برای فرستادن در اینجا بیش از حد بزرگ است.
inline-closed = این ربات برای همه باز نیست
inline-ask = پرسیدن یک سؤال
inline-nothing = چیزی پیدا نشد. از خودم بپرسید
guest-cut = این فقط آغاز پاسخ است: همهٔ آن در یک پیام جا نمی‌شود. برای خواندن پاسخ کامل، در گفت‌وگوی خصوصی از من بپرسید.
profile-short = از روی سندهای شما پاسخ می‌دهد و عین نوشتهٔ پشت هر جمله را نشان می‌دهد. عربی، فارسی، انگلیسی.
profile-description =
    به پرسش‌ها از روی سندهایی که به من داده‌اند پاسخ می‌دهم؛ به عربی، فارسی و انگلیسی.

    هر جمله بررسی شده است و با لمس شماره‌اش عین نوشتهٔ منبع، نوشته‌های دور و بر آن و خود فایل را می‌بینید. اگر چیزی در سندها نباشد، می‌گویم که نیافتم.

sources-none = هنوز سندی نیست.
sources-heading = { $count } سند
passages = { $count } بخش
and-more = … و { $count } مورد دیگر
skipped-heading = { $count } فایل کنار گذاشته شد:

report-heading = نمایه به‌روز است: { $files } سند، ویرایش { $revision }
report-added = افزوده‌شده ({ $count }):
report-changed = تغییریافته ({ $count }):
report-removed = حذف‌شده ({ $count }):
report-nothing = چیزی تغییر نکرده است.
report-warnings = بهتر است این‌ها را ببینید ({ $count }):
progress-start = خواندن سندها …
progress-read = خواندن سندها … { $done }/{ $total }
progress-embed = آماده‌سازی بخش‌ها … { $done }/{ $total }
progress-write = ذخیره‌سازی … { $done }/{ $total }
progress-build = ساختن نمایه … { $done }/{ $total }

text-goes-to = پرسش‌ها و بخش‌هایی از سندها به { $host } فرستاده می‌شود.
open-to-everyone = هشدار: هر کسی در تلگرام می‌تواند از این ربات بپرسد. TELEGRAM_ALLOWED_IDS آن را به چند نفر محدود می‌کند.
set-up = این‌ها را می‌توان در ‎.env یا محیط تنظیم کرد؛ سپس `rag doctor` آن را می‌آزماید:
set-documents = ‏DOCUMENTS_DIR: پوشهٔ سندهای شما. اکنون از { $folder } پاسخ می‌دهم.
set-telegram = ‏TELEGRAM_BOT_TOKEN: به‌جای اینجا در تلگرام پاسخ می‌دهم. به ‎@BotFather دستور ‎/newbot را بفرستید تا توکن بدهد.
set-model = ‏OPENAI_API_KEY، یا OPENAI_BASE_URL برای سرور خودتان: مدلی پاسخ‌ها را می‌نویسد. بدون آن فقط نقل می‌کنم.
chroma-unreachable = به سرور Chroma { $host } دسترسی نیست؛ تا برقرار شود، جست‌وجو بدون آن انجام می‌شود. CHROMA_URL و شبکه را بررسی کنید.
model-unreachable = به سرور مدل { $host } دسترسی نیست؛ تا برقرار شود، پاسخ‌ها فقط نقل‌قول‌اند. OPENAI_BASE_URL و شبکه را بررسی کنید.
model-key-refused = { $host } کلید OPENAI_API_KEY را نپذیرفت؛ تا درست نشود، پاسخ‌ها فقط نقل‌قول‌اند.
model-not-listed = { $host } مدلی به نام { $name } ندارد؛ تا OPENAI_MODEL درست نشود، پاسخ‌ها فقط نقل‌قول‌اند.
serving = ربات در تلگرام با نام ‎@{ $name }‎ پاسخ می‌دهد. توقف: Ctrl-C.

sent-again = (دوباره فرستاده شد، چون ارتباط قطع شد؛ شاید پیش‌تر آن را خوانده باشید.)
stopped = به خواست شما متوقف شد.
stopped-nothing = اکنون چیزی در حال نوشتن نیست.
stop-not-yours = فقط کسی که پرسیده می‌تواند این پاسخ را متوقف کند.
stop-button = توقف
looking = در سندها می‌گردم …
restarting = دارم دوباره راه‌اندازی می‌شوم. پرسشتان نگه داشته شده و همین که برگردم پاسخ می‌دهم.

# مدیران
command-status = وضعیت من: پرسش‌ها، خطاها و زمان‌ها (ویژهٔ مدیران)
command-users = چه کسانی می‌توانند بپرسند، و دعوت‌نامه‌ها (ویژهٔ مدیران)
command-remove = پاک‌کردن یک سند (ویژهٔ مدیران)
in-private = بهتر است دربارهٔ این خصوصی حرف بزنیم. لطفاً همان را در گفت‌وگوی خصوصی برایم بنویسید.
cancel = لغو
back = بازگشت
done = انجام شد.
size-kilobytes = { $size } کیلوبایت
size-megabytes = { $size } مگابایت

reindex-stopping = در حال توقف …
reindex-stopped = متوقف شد و نمایه همان است که بود.
reindex-over = این کار پیش از این تمام شده است.

upload-offer = { $name } ({ $size }) را به سندها اضافه کنم؟
upload-taken = سندی به نام { $name } هست. با سند تازه ({ $size }) چه کنم؟
upload-add = افزودن
upload-replace = جایگزینی
upload-both = نگه‌داشتن هر دو
upload-working = { $name } اضافه می‌شود …
upload-added = { $name } به سندها اضافه شد.
upload-replaced = { $name } جایگزین شد.
upload-cancelled = چیزی اضافه نشد.
upload-format = نمی‌توانم { $name } را بخوانم. این قالب‌ها را می‌خوانم: { $formats }
upload-too-large = { $name } برای من بزرگ است: حجم یک سند حداکثر { $limit } می‌تواند باشد.
upload-empty = { $name } خالی است و اضافه نشد.
upload-unreadable = { $name } اضافه نشد: { $reason }.
upload-gone = دیگر آن فایل را ندارم. لطفاً دوباره برایم بفرستید.
folder-unavailable = در پوشهٔ سندها نمی‌توان نوشت. لطفاً دسترسی‌های آن و جای خالی دیسک را ببینید؛ جزئیات در گزارش برنامه است.

remove-usage = کدام سند؟ نام آن یا بخشی از آن را پس از ‎/remove بنویسید.
remove-none = سندی مانند { $name } نمی‌شناسم. دستور ‎/sources سندها را نشان می‌دهد.
remove-which = کدام‌یک را پاک کنم؟
remove-too-many = { $count } سند نامی مانند { $name } دارند. لطفاً بخش بیشتری از نام را بنویسید.
remove-offer = { $name } را از سندها پاک کنم؟ این کار برگشت ندارد.
remove-button = پاک‌کردن
remove-done = { $name } پاک شد.
remove-gone = { $name } دیگر آنجا نبود.
remove-refused = { $name } پاک نشد: { $reason }.
remove-cancelled = چیزی پاک نشد.

sources-page = صفحهٔ { $page } از { $pages }
sources-found =
    { $count ->
        [one] { $count } سند در نام یا عنوانش «{ $query }» دارد
       *[other] { $count } سند در نام یا عنوانشان «{ $query }» دارند
    }
sources-not-found = «{ $query }» در نام یا عنوان هیچ سندی نیست.
sources-hint = برای جست‌وجو در نام‌ها و عنوان‌ها، واژه‌ای پس از ‎/sources بنویسید.
sources-next = دستور { $command } صفحهٔ بعد را نشان می‌دهد.

status-heading = وضعیت من
status-index = ویرایش { $revision }. سندها: { $files }، بخش‌ها: { $passages }، کنارگذاشته: { $skipped }
status-questions = پرسش‌ها: امروز { $today }، در { $days } روز { $total }
status-nearest = فقط مطلبی نزدیک پیدا شد: امروز { $today }، در { $days } روز { $total }
status-abstained = بی‌پاسخ: امروز { $today }، در { $days } روز { $total }
status-withheld = جمله‌های کنارگذاشته: امروز { $today }، در { $days } روز { $total }
status-tokens = توکن‌های مدل: امروز { $today }، در { $days } روز { $total }
status-errors = خطاها: امروز { $today }، در { $days } روز { $total }
status-time = نیمی از پاسخ‌ها در { $median } ثانیه آماده بود و 95٪ آن‌ها در { $slowest } ثانیه
status-legend = 🟦 پاسخ داده شد  🟨 مطلبی نزدیک  ⬛ بی‌پاسخ  🟥 خطاها
status-journal = آخرین کارهای مدیران:

terminal = پایانه
action-reindex = سندها دوباره خوانده شد
action-cancel = خواندن سندها متوقف شد
action-add = { $file } اضافه شد
action-replace = { $file } جایگزین شد
action-remove = { $file } پاک شد
action-allow = به { $member } اجازه داده شد
action-block = { $member } مسدود شد
action-drop = تصمیم دربارهٔ { $member } پس گرفته شد
action-invite = دعوت‌نامه‌ای ساخته شد
action-withdraw = دعوت‌نامه‌های باز پس گرفته شد
action-join = { $member } با دعوت‌نامه آمد

users-heading = مجاز: { $allowed }، مسدود: { $blocked }، دعوت‌نامه‌های باز: { $invitations }
users-open = همه می‌توانند بپرسند، جز مسدودها؛ TELEGRAM_ALLOWED_IDS آن را به چند نفر محدود می‌کند.
users-closed = این‌ها می‌توانند بپرسند: نام‌بردگان در TELEGRAM_ALLOWED_IDS، مجازهای اینجا و مدیران.
users-members = کسانی که درباره‌شان تصمیم گرفته شده:
users-askers = تازه‌ترین پرسندگان:
users-hint = برای دیدن یک نفر یا گروه، شماره‌اش را پس از ‎/users بنویسید.
users-usage = پس از ‎/users شمارهٔ یک نفر یا گروه را می‌خواهم، مانند: ‎/users 12345678
user-allow = اجازه
user-block = مسدودکردن
user-drop = پس‌گرفتن تصمیم
user-invite = دعوت‌نامهٔ تازه
user-withdraw = پس‌گرفتن دعوت‌نامه‌های باز
person-allowed = { $admin } در { $date } به او اجازه داد.
person-blocked = { $admin } در { $date } او را مسدود کرد.
person-undecided = اینجا تصمیمی گرفته نشده و تنظیمات معتبر است.
person-admin = مدیر است و نامش در TELEGRAM_ADMIN_IDS آمده؛ اینجا نمی‌توان درباره‌اش تصمیم گرفت.
person-may = اکنون می‌تواند بپرسد.
person-may-not = اکنون نمی‌تواند بپرسد.
person-asked =
    { $count ->
        [one] { $count } پرسش از او نگه داشته شده، از { $date }.
       *[other] { $count } پرسش از او نگه داشته شده، آخری از { $date }.
    }
invitation = هر که این پیوند را دنبال کند می‌تواند از من بپرسد. برای یک نفر است، یک بار، تا { $date }:
invitation-withdrawn =
    { $count ->
        [0] دعوت‌نامهٔ بازی نبود.
        [one] { $count } دعوت‌نامه پس گرفته شد.
       *[other] { $count } دعوت‌نامه پس گرفته شد.
    }
invitation-followed = { $name } با دعوت‌نامهٔ شما آمد و اکنون می‌تواند بپرسد.
invitation-welcome = خوش آمدید! با دعوت‌نامه وارد شدید.
invitation-used = این دعوت‌نامه پیش از این به کار رفته و هر کدام برای یک نفر است. لطفاً دعوت‌نامهٔ تازه‌ای بخواهید.
invitation-expired = مهلت این دعوت‌نامه گذشته است. لطفاً دعوت‌نامهٔ تازه‌ای بخواهید.
invitation-unknown = این دعوت‌نامه را نمی‌شناسم. لطفاً دعوت‌نامهٔ تازه‌ای بخواهید.

# چرا فایلی کنار گذاشته شد، یا چرا باید به آن نگاه کرد. کدها همان‌های bot/reasons.py هستند.
reason-empty = فایل خالی است
reason-no-text = فایل متنی نیست
reason-not-utf8 = متن UTF-8 نیست (بایت { $byte })
reason-not-a-file = فایل معمولی نیست
reason-a-folder = پوشه است، نه فایل
reason-outside = در پوشهٔ سندها نیست
reason-old-office = از قالب‌های قدیمی آفیس است (‎.doc، ‎.xls، ‎.ppt)؛ آن را به صورت ‎.docx، ‎.xlsx یا ‎.pptx ذخیره کنید
reason-misnamed = نامش می‌گوید که قالبش { $format } است، ولی نیست
reason-image = تصویر است
reason-media = صدا، تصویر یا فیلم است
reason-sound = فایل صوتی است
reason-program = برنامه است
reason-database = پایگاه داده است
reason-zip = بایگانی فشرده (zip) است؛ نخست آن را باز کنید
reason-archive = بایگانی فشرده است ({ $format })
reason-other-file = قالبش { $format } است که نمی‌توانم بخوانم
reason-not-mail = ایمیل نیست (سرآیند ندارد)
reason-no-subtitles = زیرنویسِ زمان‌دار ندارد
reason-furniture = جز آنچه دور صفحه‌ها تکرار می‌شود متنی ندارد
reason-unsupported = این قالب را نمی‌توانم بخوانم
reason-no-rights = باز نمی‌شود، چون اجازهٔ خواندنش نیست
reason-closed = باز نمی‌شود ({ $detail })
reason-bad-name = نامش یونیکد درستی نیست
reason-link-nowhere = پیوندی است به چیزی که باز نمی‌شود
reason-link-outside = پیوندی است به جایی بیرون از پوشهٔ سندها
reason-password = با گذرواژه محافظت شده است
reason-copying = در برابر رونوشت محافظت شده است
reason-too-large = از { $megabytes } مگابایت بزرگ‌تر است
reason-too-long = متنش از { $millions } میلیون نویسه درازتر است
reason-sentences = بیش از { $count } سطر و جمله دارد
reason-expands = پس از باز شدن از { $megabytes } مگابایت بزرگ‌تر می‌شود
reason-too-slow = خواندنش بیش از { $seconds } ثانیه طول می‌کشد
reason-too-much-memory = خواندنش بیش از اندازه حافظه می‌خواهد
reason-pages = بیش از { $count } صفحه دارد
reason-chapters = بیش از { $count } فصل دارد
reason-slides = بیش از { $count } اسلاید دارد
reason-records = بیش از { $count } رکورد دارد
reason-rows = جدولی با بیش از { $count } سطر دارد
reason-columns = جدولی با بیش از { $count } ستون دارد
reason-cells = برگه‌ای با بیش از { $millions } میلیون خانه دارد
reason-parts = بیش از { $count } بخش دارد
reason-nested = بیش از { $depth } لایه تودرتو است
reason-nested-json = بیش از اندازه تودرتو است
reason-nested-page = عناصر آن تودرتوتر یا بزرگ‌تر از آن است که کامل خوانده شود
reason-no-pdf = فایل خراب است (پی‌دی‌اف نیست)
reason-no-page = فایل خراب است (هیچ صفحه‌ای خوانده نمی‌شود)
reason-no-html = فایل خراب است (صفحهٔ HTML ندارد)
reason-no-package = فایل خراب است (محتوایش را نمی‌گوید)
reason-no-archive = فایل خراب است (باز نمی‌شود)
reason-damaged-part = فایل خراب است ({ $part } خوانده نمی‌شود)
reason-damaged = فایل خراب است ({ $detail })
reason-reader-broke = فایل خراب است، یا چنان ساخته شده که خوانده نشود
reason-reader-silent = خواننده‌اش پاسخ فهمیدنی نداد
reason-line-no-json = سطر { $line } آن JSON نیست (ستون { $column })
reason-no-json = فایل JSON نیست (سطر { $line }، ستون { $column })
reason-scanned = فایل اسکن‌شده است: { $scanned } صفحه از { $pages } صفحه‌اش تصویرِ بی‌متن است
reason-fonts = قلم‌هایش نمی‌گویند چه حرف‌هایی را نشان می‌دهند
reason-pages-scanned = صفحه‌هایی که تصویرِ بی‌متن‌اند و خوانده نشدند: { $pages }
reason-pages-fonts = صفحه‌هایی که قلم‌هایشان حرف‌ها را نمی‌گوید و خوانده نشدند: { $pages }
reason-pages-damaged = صفحه‌هایی که خوانده نمی‌شوند: { $pages }
reason-chapters-missing = فصل‌های جاافتاده: { $chapters }
reason-attachments = فایل‌های پیوست آن خوانده نشدند: { $files }
reason-hidden-sheets = برگه‌های پنهان دارد که کنار گذاشته شدند: { $sheets }
reason-hidden-slides = اسلایدهای پنهان دارد که کنار گذاشته شدند: { $slides }
reason-hidden-text = متنی دارد که پنهان قالب‌بندی شده و کنار گذاشته شد
reason-hidden-in-name = در نامش متن پنهان هست: { $signs }
reason-hidden-signs = متن پنهان دارد: { $signs }
reason-taken-back = پس گرفته شده است؛ ‎/reindex آن را دوباره می‌گیرد
reason-as-earlier = همان‌گونه که پیش‌تر بود نمایه شده، چون آنچه پس از آن آمد پس گرفته شده است؛ ‎/reindex آن را دوباره می‌گیرد
reason-and-more = { $first } و { $count } دیگر
hidden-kind =
    { $kind ->
        [zero-width-characters] نویسه‌های بی‌پهنا
        [direction-overrides] نویسه‌های وارونه‌کنندهٔ جهت
        [unclosed-direction-changes] تغییرجهت‌های بسته‌نشده
        [tag-characters] نویسه‌های برچسب
        [variation-selectors] گزینندهٔ شکل
        [private-use-characters] نویسه‌های کاربرد خصوصی
        [control-characters] نویسه‌های کنترلی
       *[other] نویسه‌های نادیدنی
    }
hidden-count = { $sign } ({ $count })
hidden-from = { $sign } ({ $count }، از سطر { $line })
