"""The words of cookie notices in Arabic, Persian and English, folded."""

from typing import Final

COOKIES: Final = (
    r"(?:cookies?|ملفات (?:تعريف )?الارتباط|(?:و|ب|لل?|ال|بال)?(?:كوكيز|كوكي)(?: ?ها(?:ي|يي)?)?)"
)
"""What notices of cookies, and reports about them, call them."""
ADDRESSED: Final = (
    r"(?:we|our|us|your?|this (?:site|website)|نحن|موقعنا|شركاونا|يمكنك"
    r"|و?ن(?:ستخدم|عتمد|ستعين|خزن|حفظ|ضع)|[وفبل]?(?:تجربت|جهاز|متصفح|تصفح|زيارت|موافقت|تفضيلات"
    r"|خصوصيت|استخدام|استمرار|متابعت|مواصلت|بيانات|اعدادات)ك"
    r"|ب(?:مواصله|متابعه|استمرار|استخدام) (?:ال)?(?:تصفح|استخدام|زياره|موقع)|هذا الموقع"
    r"|ما|شما|خود|اين (?:وب ?)?سايت|مي ?توانيد|مي ?پذيريد)"
)
"""The words by which a notice speaks to its reader."""
OF_THE_WEB: Final = (
    r"(?:(?:web)?sites?|browsers?|browsing|devices?|experience|consent|agree|accept|privacy|traffic"
    r"|ads|services?|(?:ال)?موقع(?:نا)?|(?:ال)?متصفح\w*|[وب]?(?:ال)?تصفح\w*|(?:ال)?اجهزه|جهازك"
    r"|تجربتك?|(?:ال)?خدم(?:ه|ات|اتنا)|(?:ال)?اعلانات|(?:ال)?زوار|خصوصيتك"
    r"|(?:وب ?)?سايت|وب ?گاه|مرورگر|دستگاه|تجربه|تبليغات|خدمات|حريم|بازديد\w*)"
)
"""What else notices of cookies speak of; cakes are baked elsewhere."""
TOLD: Final = r"(?:said|says|told|according|قال|قالت|اكد|اكدت|اضاف|وفق|گفت|افزود|\w*گفته)"
"""The words of a report that tells what somebody says."""
COOKIE_BUTTONS: Final = (
    r"(?:(?:only|necessary|essential|required|optional|all|accept|reject|allow|manage) ){1,3}"
    r"cookies?(?: only)?\W*|(?:about |our )?cookies? (?:policy|settings|preferences|notice)\W*",
    r"(?:(?:قبول|رفض|اداره|سياسه|اعدادات|استخدام|تفضيلات) )(?:كل |جميع )?"
    r"(?:ملفات (?:تعريف )?الارتباط|الكوكيز)(?: (?:الضروريه|الاساسيه|فقط))*\W*",
    r"(?:ملفات (?:تعريف )?الارتباط|الكوكيز)(?: (?:الضروريه|الاساسيه|الاختياريه|فقط))+\W*",
    r"(?:(?:فقط|همه|پذيرش|رد|تنظيمات|سياست|مديريت) ){1,3}كوكي(?: ?ها)?(?:ي)?"
    r"(?: (?:ضروري|لازم|اختياري))?\W*",
)
"""What the buttons of a notice say, whole."""
