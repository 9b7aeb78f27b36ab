"""Pairs of made-up reports on who holds an office and on days told as "yesterday", with twins.

Written before the rules for them: 8 of the 30 disputes were told then, and 4 of the 25 twins.
"""

from tests.answers.disagreements import Pair

_DATES = ("2024-06-03", "2024-06-05")

DISPUTED = (
    # Office holders
    Pair(
        "Brazil's foreign minister is Paulo Reis.",
        "The foreign minister of Brazil is Ana Costa.",
        _DATES,
    ),
    Pair("وزير خارجية البرازيل هو باولو ريس.", "وزيرة خارجية البرازيل هي آنا كوستا.", _DATES),
    Pair(
        "وزیر خارجه برزیل پائولو ریس است.",
        "آنا کوستا وزیر خارجه برزیل است.",
        _DATES,
    ),
    Pair(
        "التقى وزير الخارجية البرازيلي باولو ريس السفير.",
        "قالت وزيرة الخارجية البرازيلية آنا كوستا إن بلادها ترحب بالاتفاق.",
        _DATES,
    ),
    Pair(
        "The mayor of Harrowby, Edith Crane, cut the ribbon.",
        "Harrowby's mayor is Simon Pell.",
        _DATES,
    ),
    Pair(
        "رئيس بلدية صيدنايا هو رامي خوري.",
        "قال رئيس بلدية صيدنايا جورج نعمة إن الطريق مغلق.",
        _DATES,
    ),
    Pair("شهردار شیراز مهدی کاظمی است.", "بهرام نوری، شهردار شیراز، از پارک دیدن کرد.", _DATES),
    Pair("محافظ نينوى هو فارس الجبوري.", "زار محافظ نينوى عمار الحمداني المخيم.", _DATES),
    Pair(
        "استاندار گیلان، رضا احمدی، از سد بازدید کرد.",
        "استاندار گیلان کاوه شریفی است.",
        _DATES,
    ),
    Pair(
        "The director of the Ternesk museum is Olga Brandt.",
        "Felix Moore, the director of the Ternesk museum, welcomed the guests.",
        _DATES,
    ),
    Pair(
        "مديرة مستشفى النخيل هي هدى منصور.",
        "صرح مدير مستشفى النخيل وليد حمدان بأن الأسرة كافية.",
        _DATES,
    ),
    Pair(
        "Calder Motors' chief executive, Ivan Petty, opened the plant.",
        "The chief executive of Calder Motors is Ruth Lang.",
        _DATES,
    ),
    Pair(
        "الرئيس التنفيذي لشركة الأفق هو زياد حلبي.",
        "أعلن الرئيس التنفيذي لشركة الأفق نادر شقير الأرباح.",
        _DATES,
    ),
    Pair(
        "The prime minister of Estavia is Jonas Weil.",
        "رئيسة وزراء إستافيا هي كلارا نوفاك.",
        _DATES,
    ),
    Pair(
        "The governor of Kerman province is Saeed Rahimi.",
        "استاندار کرمان یوسف تهرانی است.",
        _DATES,
    ),
    # Days told by the day of the report
    Pair(
        "The tunnel of Harrowby was opened yesterday.",
        "The tunnel of Harrowby was opened on 31 May 2024.",
        _DATES,
    ),
    Pair("افتتح مطار السلام أمس.", "افتتح مطار السلام في 30 أيار 2024.", _DATES),
    Pair("پل سپیدار دیروز افتتاح شد.", "پل سپیدار در ۱ ژوئن ۲۰۲۴ افتتاح شد.", _DATES),
    Pair(
        "The talks in Bremen ended today.",
        "The talks in Bremen ended yesterday.",
        ("2024-06-03", "2024-06-03"),
    ),
    # Numbers and other values
    Pair(
        "The library of Ternesk employs 45 people.",
        "The Ternesk library has 60 employees.",
        _DATES,
    ),
    Pair(
        "قضى 9 صيادين في غرق قارب قبالة طرطوس.",
        "أسفر غرق قارب قبالة طرطوس عن مقتل 14 صيادا.",
        _DATES,
    ),
    Pair("لقي سبعة عمال حتفهم في انهيار منجم الفضة.", "قضى 11 عاملا في انهيار منجم الفضة.", _DATES),
    Pair(
        "A ferry sank off Lornay and 12 people died.",
        "Eighteen people were killed in the ferry accident off Lornay.",
        _DATES,
        titles=("Ferry sinks off Lornay", "Ferry accident off Lornay"),
    ),
    Pair(
        "Turnout in the Harrowby referendum was 48 per cent.",
        "Voter turnout in the Harrowby referendum reached 57 per cent.",
        _DATES,
    ),
    Pair("کارخانه سیمان ساوه ۴۰۰ کارگر دارد.", "کارخانه سیمان ساوه ۵۵۰ کارگر دارد.", _DATES),
    Pair(
        "بلغت كلفة ترميم قلعة دوما 3 ملايين دولار.", "كلف ترميم قلعة دوما 5 ملايين دولار.", _DATES
    ),
    Pair(
        "The court fined Calder Motors 20 million euros.",
        "Calder Motors was fined 35 million euros by the court.",
        _DATES,
    ),
    Pair(
        "مسابقه دوی تبریز ۱۲۰۰ شرکت‌کننده داشت.", "در مسابقه دوی تبریز ۱۵۰۰ نفر شرکت کردند.", _DATES
    ),
    Pair(
        "دام انقطاع الكهرباء في طرطوس ست ساعات.",
        "استمر انقطاع التيار الكهربائي في طرطوس عشر ساعات.",
        _DATES,
    ),
    Pair(
        "The Dorvale dam is 85 metres high.",
        "يبلغ ارتفاع سد دورفيل 92 مترا.",
        _DATES,
    ),
)
AGREED = (
    # Other offices, other times
    Pair(
        "Brazil's foreign minister is Paulo Reis.",
        "Brazil's acting foreign minister is Ana Costa.",
        _DATES,
    ),
    Pair(
        "Brazil's foreign minister is Paulo Reis.",
        "Paulo Reis was replaced by Ana Costa as foreign minister of Brazil.",
        _DATES,
    ),
    Pair(
        "وزير خارجية البرازيل هو باولو ريس.",
        "عينت آنا كوستا وزيرة لخارجية البرازيل خلفا لباولو ريس.",
        _DATES,
    ),
    Pair(
        "وزير خارجية البرازيل هو باولو ريس.", "وزيرة خارجية البرازيل السابقة هي آنا كوستا.", _DATES
    ),
    Pair("وزیر خارجه برزیل پائولو ریس است.", "سرپرست وزارت خارجه برزیل آنا کوستا است.", _DATES),
    Pair("The mayor of Harrowby is Edith Crane.", "The mayor of Dorvale is Simon Pell.", _DATES),
    Pair(
        "The mayor of Harrowby is Edith Crane.",
        "The mayor-elect of Harrowby is Simon Pell.",
        _DATES,
    ),
    Pair("رئيس بلدية صيدنايا هو رامي خوري.", "رئيس بلدية معلولا هو جورج نعمة.", _DATES),
    Pair("محافظ نينوى هو فارس الجبوري.", "محافظ كركوك هو عمار الحمداني.", _DATES),
    Pair("محافظ نينوى هو فارس الجبوري.", "نائب محافظ نينوى هو عمار الحمداني.", _DATES),
    Pair(
        "The director of the Ternesk museum is Olga Brandt.",
        "The director of the Ternesk hospital is Felix Moore.",
        _DATES,
    ),
    Pair(
        "The chief executive of Calder Motors is Ruth Lang.",
        "The chief executive of Calder Bank is Ivan Petty.",
        _DATES,
    ),
    Pair(
        "شهردار شیراز مهدی کاظمی است.", "بهرام نوری، شهردار پیشین شیراز، از پارک دیدن کرد.", _DATES
    ),
    Pair(
        "استاندار گیلان کاوه شریفی است.",
        "استاندار گیلان، آقای کاوه شریفی، از سد بازدید کرد.",
        _DATES,
    ),
    Pair("مديرة مستشفى النخيل هي هدى منصور.", "مدير مدرسة النخيل هو وليد حمدان.", _DATES),
    # Days
    Pair(
        "The tunnel of Harrowby was opened yesterday.",
        "The tunnel of Harrowby was opened on 2 June 2024.",
        _DATES,
    ),
    Pair("افتتح مطار السلام أمس.", "افتتح مطار الأمل في 30 أيار 2024.", _DATES),
    Pair("پل سپیدار دیروز افتتاح شد.", "ساخت پل سپیدار در ۱ ژوئن ۲۰۲۲ آغاز شد.", _DATES),
    Pair(
        "The Ternesk museum opened in 1990.",
        "It was opened on 1 June 2024.",
        _DATES,
        before=("", "The tunnel of Harrowby cost 52 million dollars."),
    ),
    Pair(
        "افتتح متحف تيرنسك عام 1990.",
        "وقد افتتح في 1 حزيران 2024.",
        _DATES,
        ("", "كلف نفق هاربي 52 مليون دولار."),
    ),
    # Numbers
    Pair(
        "Turnout in the Harrowby referendum was 48 per cent.",
        "Turnout in the Harrowby referendum ten years ago was 57 per cent.",
        _DATES,
    ),
    Pair(
        "بلغت نسبة المشاركة في انتخابات دوما 48 في المئة.",
        "بلغت نسبة المشاركة في انتخابات دوما قبل أربع سنوات 57 في المئة.",
        _DATES,
    ),
    Pair("کارخانه سیمان ساوه ۴۰۰ کارگر دارد.", "کارخانه سیمان ساوه ۶۰ کارگر را اخراج کرد.", _DATES),
    Pair("يعمل في مصنع الإسمنت 400 عامل.", "سرح مصنع الإسمنت 60 عاملا.", _DATES),
    Pair(
        "A ferry sank off Lornay and 12 people died.",
        "Eighteen people were killed in the ferry accident off Marrec.",
        _DATES,
        titles=("Ferry accident off Lornay", "Ferry accident off Marrec"),
    ),
)
