"""Further pairs of made-up reports, written after the rules and measured before any was changed.

When they were written, 14 of the 16 disputes were told, and 2 of the 20 twins; now 16 and none.
"""

from tests.answers.disagreements import Pair

DISPUTED = (
    # Casualties
    Pair(
        "Seven climbers died in the avalanche on Mount Terrik.",
        "The avalanche on Mount Terrik killed eleven climbers.",
    ),
    Pair(
        "أسفر انهيار المبنى في حي الزهور عن مقتل 8 عمال.", "قضى 13 عاملا في انهيار مبنى بحي الزهور."
    ),
    Pair("در آتش‌سوزی بازار کاشان ۶ نفر زخمی شدند.", "آتش‌سوزی بازار کاشان ۱۰ زخمی بر جای گذاشت."),
    # Prices
    Pair(
        "A ticket for the Norvik ferry costs 12 euros.",
        "The Norvik ferry ticket costs 15 euros.",
    ),
    Pair("حددت الحكومة سعر لتر البنزين بـ 950 دينارا.", "سعر لتر البنزين 1100 دينار بحسب الحكومة."),
    Pair(
        "قیمت بلیت قطار تهران به مشهد ۳۰۰ هزار تومان شد.",
        "بلیت قطار تهران به مشهد ۳۵۰ هزار تومان است.",
    ),
    # Days of signing
    Pair(
        "Norland and Estavia signed the fishing treaty on 4 March 2020.",
        "The fishing treaty between Norland and Estavia was signed on 9 March 2020.",
    ),
    Pair(
        "وقعت الأردن والعراق اتفاق الربط الكهربائي في 2 أيلول 2020.",
        "وقع العراق والأردن اتفاق الربط الكهربائي في 6 سبتمبر 2020.",
    ),
    # Ages
    Pair(
        "The poet Elias Marun died at the age of 81.",
        "توفي الشاعر إلياس مارون عن عمر ناهز 84 عاما.",
    ),
    Pair("لیلا منصوری، نقاش ۴۵ ساله، جایزه را برد.", "لیلا منصوری، نقاش ۴۸ ساله، برنده جایزه شد."),
    # Scores
    Pair(
        "Harrow beat Stow 4-1 in the league final.", "Harrow won the league final against Stow 3-1."
    ),
    Pair(
        "تغلب النصر على الهلال 2-0 في ديربي الرياض.", "تغلب النصر على الهلال 3-0 في ديربي الرياض."
    ),
    # Office holders
    Pair(
        "Norland's health minister, Ada Voss, opened the clinic.",
        "Norland's health minister, Jon Reuter, opened the clinic.",
        ("2024-02-01", "2024-02-02"),
    ),
    Pair(
        "افتتح وزير التعليم اللبناني سامي قاسم المدرسة.",
        "حضر وزير التعليم اللبناني نبيل حرب افتتاح المدرسة.",
        ("2024-02-01", "2024-02-01"),
    ),
    # Lengths and durations
    Pair("The siege of Marlow Castle lasted nine weeks.", "دام حصار قلعة مارلو سبعة أسابيع."),
    Pair("طول پل جدید اهواز ۴۸۰ متر است.", "پل جدید اهواز ۵۲۰ متر طول دارد."),
)
AGREED = (
    Pair(
        "Seven climbers died in the avalanche on Mount Terrik.",
        "Eleven climbers were rescued after the avalanche on Mount Terrik.",
    ),
    Pair(
        "أسفر انهيار المبنى في حي الزهور عن مقتل 8 عمال.", "قضى 13 عاملا في انهيار جسر بحي النخيل."
    ),
    Pair("در آتش‌سوزی بازار کاشان ۶ نفر زخمی شدند.", "در آتش‌سوزی بازار یزد ۱۰ نفر زخمی شدند."),
    Pair(
        "A ticket for the Norvik ferry costs 12 euros.",
        "A ticket for the Sudvik ferry costs 15 euros.",
    ),
    Pair(
        "حددت الحكومة سعر لتر البنزين بـ 950 دينارا.", "حددت الحكومة سعر لتر الديزل بـ 1100 دينار."
    ),
    Pair(
        "قیمت بلیت قطار تهران به مشهد ۳۰۰ هزار تومان شد.",
        "قیمت بلیت قطار تهران به تبریز ۳۵۰ هزار تومان شد.",
    ),
    Pair(
        "Norland and Estavia signed the fishing treaty on 4 March 2020.",
        "Parliament ratified the fishing treaty between Norland and Estavia on 9 May 2020.",
    ),
    Pair(
        "وقعت الأردن والعراق اتفاق الربط الكهربائي في 2 أيلول 2020.",
        "وقعت الأردن ومصر اتفاق الربط الكهربائي في 6 سبتمبر 2020.",
    ),
    Pair(
        "The poet Elias Marun died at the age of 81.", "نشر إلياس مارون أول دواوينه وعمره 24 عاما."
    ),
    Pair("لیلا منصوری، نقاش ۴۵ ساله، جایزه را برد.", "لیلا منصوری ۲۰ سال است که نقاشی می‌کند."),
    Pair(
        "Harrow beat Stow 4-1 in the league final.", "Harrow beat Stow 2-0 in a friendly in July."
    ),
    Pair("تغلب النصر على الهلال 2-0 في ديربي الرياض.", "تغلب النصر على الاتحاد 3-0 في الكأس."),
    Pair(
        "Norland's health minister, Ada Voss, opened the clinic.",
        "Norland's former health minister, Jon Reuter, visited the clinic.",
        ("2024-02-01", "2024-02-02"),
    ),
    Pair(
        "افتتح وزير التعليم اللبناني سامي قاسم المدرسة.",
        "افتتح وزير التعليم اللبناني نبيل حرب المدرسة.",
        ("2020-02-01", "2024-02-01"),
    ),
    Pair(
        "افتتح وزير التعليم اللبناني سامي قاسم المدرسة.",
        "افتتح وزير الصحة اللبناني نبيل حرب المدرسة.",
        ("2024-02-01", "2024-02-01"),
    ),
    Pair(
        "The siege of Marlow Castle lasted nine weeks.",
        "The siege of Harrow Castle lasted seven weeks.",
    ),
    Pair("طول پل جدید اهواز ۴۸۰ متر است.", "طول پل قدیم اهواز ۵۲۰ متر است."),
    Pair("طول پل جدید اهواز ۴۸۰ متر است.", "عرض پل جدید اهواز ۲۲ متر است."),
    Pair("The school in Ternesk has 240 pupils.", "The school in Ternesk has 18 teachers."),
    Pair("بلغ عدد سكان البلدة 4000 نسمة عام 2010.", "بلغ عدد سكان البلدة 5200 نسمة عام 2020."),
)
