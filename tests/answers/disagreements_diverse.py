"""More pairs of made-up reports, of other topics: each dispute has a twin that is none.

Casualties, prices, days of signing, ages, scores, office holders, counts, lengths and durations.
"""

from tests.answers.disagreements import Pair

DISPUTED = (
    # Casualties
    Pair(
        "لقي 14 شخصا مصرعهم في حريق مستشفى النخيل بالحسكة.",
        "أدى حريق مستشفى النخيل في الحسكة إلى وفاة 19 شخصا.",
    ),
    Pair(
        "Nine miners died when a shaft collapsed in Dorvale.",
        "The collapse of a shaft in Dorvale killed 13 miners.",
    ),
    Pair("در تصادف اتوبوس در مهرآباد ۱۱ تن جان باختند.", "تصادف اتوبوس در مهرآباد ۱۶ کشته داشت."),
    Pair(
        "أصيب 40 متظاهرا في احتجاجات ساحة الورد.", "Protests in Ward Square left 65 people injured."
    ),
    # Prices
    Pair(
        "The ministry set the price of bread at 40 cents.",
        "Bread will cost 55 cents, the ministry said.",
    ),
    Pair("بلغ سعر برميل النفط 82 دولارا يوم الخميس.", "أغلق برميل النفط يوم الخميس عند 88 دولارا."),
    Pair("قیمت هر کیلو برنج ۹۰ هزار تومان است.", "هر کیلو برنج ۱۲۰ هزار تومان قیمت دارد."),
    # Days of signing
    Pair(
        "وقع لبنان وقبرص اتفاق ترسيم الحدود البحرية في 3 مايو 2022.",
        "في 7 مايو 2022 وقّع لبنان وقبرص اتفاقا لترسيم الحدود البحرية.",
    ),
    Pair(
        "The two banks signed the merger agreement on June 12, 2020.",
        "وقع المصرفان اتفاق الاندماج في 15 يونيو 2020.",
    ),
    Pair(
        "توافق‌نامه گازی ایران و عمان در ۱۰ ژوئن ۲۰۱۹ امضا شد.",
        "وقعت إيران وعمان اتفاق الغاز في 13 يونيو 2019.",
    ),
    # Ages
    Pair("توفي المخرج سمير الراوي عن عمر 71 عاما.", "رحل المخرج سمير الراوي عن 74 عاما."),
    Pair(
        "The swimmer Dana Kessler, 19, won the title.",
        "Dana Kessler, a swimmer aged 22, took the title.",
    ),
    # Scores
    Pair("فاز الوداد على الرجاء 2-1 في نهائي الكأس.", "فاز الوداد على الرجاء 3-1 في نهائي الكأس."),
    Pair(
        "Arden beat Milford 3-0 in the cup final.",
        "Arden won the cup final against Milford 2-0.",
    ),
    Pair(
        "تیم شهباز در فینال ۲ بر ۱ از تیم الوند برد.", "تیم شهباز فینال را ۳ بر ۱ از تیم الوند برد."
    ),
    # Office holders
    Pair(
        "قال محافظ البنك المركزي التونسي فتحي الزهر إن الأسعار مستقرة.",
        "قال محافظ البنك المركزي التونسي منصف العياري إن الأسعار مستقرة.",
        ("2023-05-02", "2023-05-04"),
    ),
    Pair(
        "Greek Defence Minister Nikos Pallis visited the base.",
        "زار وزير الدفاع اليوناني ستافروس كوراكيس القاعدة.",
        ("2023-05-02", "2023-05-03"),
    ),
    Pair(
        "وزیر خارجه عمان، سعید حارثی، وارد تهران شد.",
        "وزیر خارجه عمان، خالد بوسعیدی، به تهران آمد.",
        ("2023-05-02", "2023-05-02"),
    ),
    # Counts, lengths, durations
    Pair("The new hospital in Ternesk has 240 beds.", "يضم مستشفى تيرنسك الجديد 310 أسرة."),
    Pair(
        "استغرقت العملية الجراحية للتوأم 11 ساعة.",
        "دامت جراحة فصل التوأم 15 ساعة.",
    ),
    Pair(
        "The court sentenced the banker Omar Lutfi to four years in prison.",
        "The banker Omar Lutfi got six years in prison.",
    ),
    Pair("طول تونل کوهرنگ ۲۴ کیلومتر است.", "يبلغ طول نفق كوهرنگ 29 كيلومترا."),
)
AGREED = (
    # Casualties
    Pair(
        "لقي 14 شخصا مصرعهم في حريق مستشفى النخيل بالحسكة.",
        "أصيب 19 شخصا في حريق مستشفى النخيل في الحسكة.",
    ),
    Pair(
        "Nine miners died when a shaft collapsed in Dorvale.",
        "The collapse of a shaft in Harrow killed 13 miners.",
    ),
    Pair(
        "در تصادف اتوبوس در مهرآباد ۱۱ تن جان باختند.",
        "در تصادف اتوبوس در ورامین ۱۶ نفر کشته شدند.",
    ),
    Pair("أصيب 40 متظاهرا في احتجاجات ساحة الورد.", "Police arrested 65 people in Ward Square."),
    Pair(
        "Nine miners died when a shaft collapsed in Dorvale.",
        "Rescuers saved 13 miners after the shaft in Dorvale collapsed.",
    ),
    # Prices
    Pair(
        "The ministry set the price of bread at 40 cents.",
        "Milk will cost 55 cents, the ministry said.",
    ),
    Pair("بلغ سعر برميل النفط 82 دولارا يوم الخميس.", "أغلق برميل النفط يوم الجمعة عند 88 دولارا."),
    Pair("قیمت هر کیلو برنج ۹۰ هزار تومان است.", "هر کیلو شکر ۱۲۰ هزار تومان قیمت دارد."),
    Pair(
        "The price of bread rose from 40 to 55 cents.",
        "Bread now costs 55 cents.",
    ),
    # Days of signing
    Pair(
        "وقع لبنان وقبرص اتفاق ترسيم الحدود البحرية في 3 مايو 2022.",
        "صادق البرلمان على اتفاق ترسيم الحدود البحرية بين لبنان وقبرص في 17 مايو 2022.",
    ),
    Pair(
        "The two banks signed the merger agreement on June 12, 2020.",
        "وقع المصرفان اتفاق الاندماج في يونيو 2020.",
    ),
    Pair(
        "توافق‌نامه گازی ایران و عمان در ۱۰ ژوئن ۲۰۱۹ امضا شد.",
        "وقعت إيران وقطر اتفاق الغاز في 13 يونيو 2019.",
    ),
    # Ages
    Pair("توفي المخرج سمير الراوي عن عمر 71 عاما.", "أخرج سمير الراوي الأفلام 40 عاما."),
    Pair(
        "The swimmer Dana Kessler, 19, won the title.",
        "The swimmer Mira Holt, 22, won the silver medal.",
    ),
    # Scores
    Pair(
        "فاز الوداد على الرجاء 2-1 في نهائي الكأس.", "فاز الوداد على الفتح 3-1 في نصف نهائي الكأس."
    ),
    Pair(
        "Arden beat Milford 3-0 in the cup final.",
        "Arden beat Milford 2-0 in the league in March.",
    ),
    Pair(
        "تیم شهباز در فینال ۲ بر ۱ از تیم الوند برد.",
        "تیم شهباز در نیمه نخست ۱ بر ۰ از تیم الوند پیش بود.",
    ),
    # Office holders
    Pair(
        "قال محافظ البنك المركزي التونسي فتحي الزهر إن الأسعار مستقرة.",
        "قال محافظ البنك المركزي المغربي منصف العياري إن الأسعار مستقرة.",
        ("2023-05-02", "2023-05-04"),
    ),
    Pair(
        "Greek Defence Minister Nikos Pallis visited the base.",
        "زار وزير الدفاع اليوناني نيكوس باليس القاعدة.",
        ("2023-05-02", "2023-05-03"),
    ),
    Pair(
        "وزیر خارجه عمان، سعید حارثی، وارد تهران شد.",
        "وزیر خارجه پیشین عمان، خالد بوسعیدی، به تهران آمد.",
        ("2023-05-02", "2023-05-02"),
    ),
    Pair(
        "قال وزير المالية المصري هاني صبري إن الدين انخفض.",
        "قال نائب وزير المالية المصري طارق منيب إن الدين انخفض.",
        ("2023-05-02", "2023-05-02"),
    ),
    # Counts, lengths, durations
    Pair("The new hospital in Ternesk has 240 beds.", "يعمل في مستشفى تيرنسك الجديد 310 ممرضين."),
    Pair("استغرقت العملية الجراحية للتوأم 11 ساعة.", "استغرقت رحلة التوأم إلى الرياض 5 ساعات."),
    Pair(
        "The court sentenced the banker Omar Lutfi to four years in prison.",
        "The banker Omar Lutfi had led the bank for six years.",
    ),
    Pair("طول تونل کوهرنگ ۲۴ کیلومتر است.", "يبلغ طول نفق السلام 29 كيلومترا."),
    Pair(
        "استمر اجتماع أوبك في فيينا ثلاث ساعات.",
        "استمر اجتماع أوبك في فيينا ثلاث ساعات ونصف ساعة من التأخير.",
    ),
    Pair("شارك 1200 عداء في ماراثون صور.", "شارك 1250 عداء في ماراثون صيدا."),
)
