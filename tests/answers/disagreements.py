"""Pairs of made-up reports: some disagree on something, the others only seem to."""

from dataclasses import replace
from typing import NamedTuple

from rag.answers.disagreement import Dispute, disputes
from rag.answers.facts import Told
from rag.documents.evidence import Sentence
from rag.text.sentences import Span
from tests.answers.reports import evidence_of


class Pair(NamedTuple):
    """Two sentences of two reports, with the dates of these (empty: unknown)."""

    one: str
    other: str
    dates: tuple[str, str] = ("", "")
    before: tuple[str, str] = ("", "")
    """The sentences before them."""
    titles: tuple[str, str] = ("", "")

    def told(self, place: int) -> Told:
        """One of the two sentences, as a report has it."""
        text = (self.one, self.other)[place]
        (evidence,) = evidence_of(text, f"{place}.txt")
        title = self.titles[place]
        source = replace(
            evidence.source,
            date=self.dates[place] or None,
            title=title,
            title_span=Span(0, len(title)) if title else None,
        )
        return Told(Sentence(source, evidence.sentences[0].span), self.before[place])

    @property
    def disputes(self) -> list[Dispute]:
        """What the two disagree on."""
        return disputes([self.told(0)], [self.told(1)])


DISPUTED = (
    # Durations
    Pair(
        "استمرت زيارة الوزير كريم حداد إلى عمّان ثلاثة أيام.",
        "دامت زيارة كريم حداد إلى عمّان أربعة أيام.",
    ),
    Pair(
        "The strike at the port of Karsa lasted six days.",
        "استمر الإضراب في ميناء كرسا ثمانية أيام.",
    ),
    Pair("سفر حداد به اسلام‌آباد سه روز طول کشید.", "استمرت رحلة حداد إلى إسلام أباد خمسة أيام."),
    Pair(
        "The naval exercise off Chabahar lasted two weeks.",
        "The naval exercise off Chabahar lasted ten days.",
    ),
    Pair("صمدت الهدنة في مدينة تعز 48 ساعة.", "صمدت الهدنة في تعز ثلاثة أيام."),
    Pair("The president stayed in Moscow for two days.", "بقي الرئيس في موسكو ثلاثة أيام."),
    # Numbers with a unit, and what is counted
    Pair(
        "يبلغ طول الحدود بين البلدين 900 كيلومتر.",
        "يبلغ طول الحدود المشتركة بين البلدين 1000 كيلومتر.",
    ),
    Pair(
        "The bridge over the Sard river is 420 metres long.",
        "The bridge over the Sard river is 460 metres long.",
    ),
    Pair("قُتل 12 جنديا في الهجوم على قاعدة النور.", "قُتل 17 جنديا في الهجوم على قاعدة النور."),
    Pair(
        "Twelve soldiers were killed in the attack on the Nur base.",
        "أدى الهجوم على قاعدة النور إلى مقتل 15 جنديا.",
    ),
    Pair("بلغت قيمة عقد بناء السد 40 مليون دولار.", "بلغت قيمة عقد بناء السد 55 مليون دولار."),
    Pair(
        "The contract to build the dam is worth 40 million dollars.",
        "قيمة عقد بناء السد 60 مليون دولار.",
    ),
    Pair("ارتفعت أسعار القمح بنسبة 12 في المئة في آذار.", "ارتفعت أسعار القمح 15% في مارس."),
    Pair("در زلزله بم ۳۰۰ نفر کشته شدند.", "قتل 450 شخصا في زلزال بم."),
    Pair("شارك 300 جندي في مناورات الفجر.", "شارك 500 جندي في مناورات الفجر."),
    Pair("The harbour of Karsa handles 9,000 tons a year.", "يستوعب ميناء كرسا 12000 طن سنويا."),
    # Dates
    Pair("وصل حداد إلى دمشق في 12 أكتوبر 2021.", "وصل حداد إلى دمشق في 14 أكتوبر 2021."),
    Pair("Haddad arrived in Damascus on 3 May 2020.", "وصل حداد إلى دمشق في 5 أيار 2020."),
    Pair("وُقع اتفاق الصيد في طهران عام 2016.", "وقعت طهران اتفاق الصيد عام 2017."),
    Pair("تأسست شركة المنار عام 1985.", "تأسست شركة المنار سنة 1990."),
    Pair("The Karsa harbour was opened on 2 May 2019.", "افتتح ميناء كرسا في 9 مايو 2019."),
    Pair("حداد در ۱۲ اکتبر وارد دمشق شد.", "وصل حداد إلى دمشق في 15 أكتوبر."),
    # Who holds an office
    Pair(
        "قال وزير الدفاع الأردني سعيد كريم إن المحادثات مفيدة.",
        "قال وزير الدفاع الأردني فهد نصار إن المحادثات مفيدة.",
        ("2022-03-04", "2022-03-06"),
    ),
    Pair(
        "Prime Minister Lina Haddad of Jordan opened the bridge.",
        "افتتح رئيس الوزراء الأردني فهد نصار الجسر.",
        ("2022-03-04", "2022-03-06"),
    ),
    # Longer, as reports have them
    Pair(
        "أعلنت وزارة الصحة أن الانفجار الذي وقع في ميناء صلالة فجر الثلاثاء أودى بحياة 23 شخصا.",
        "قال مسؤول محلي إن انفجار ميناء صلالة أسفر عن مقتل 31 شخصا على الأقل وإصابة العشرات.",
    ),
    Pair(
        "The Health Ministry said the explosion in the port of Salalah killed 23 people.",
        "أعلنت وزارة الصحة أن الانفجار في ميناء صلالة أودى بحياة 31 شخصا.",
    ),
    Pair(
        "وقالت الوكالة إن المحادثات بين الوفدين في مسقط استمرت ست ساعات.",
        "ذكرت الصحيفة أن محادثات الوفدين في مسقط دامت تسع ساعات متواصلة.",
    ),
    Pair(
        "The delegation led by Minister Nasser spent five days in Ankara.",
        "قضى الوفد برئاسة الوزير ناصر سبعة أيام في أنقرة.",
    ),
    Pair(
        "وصل الوفد العراقي برئاسة سلمان الجبوري إلى أنقرة في 4 مارس 2023 لإجراء محادثات.",
        "وصل الوفد العراقي برئاسة سلمان الجبوري إلى أنقرة في 6 مارس 2023.",
    ),
    Pair(
        "The Iraqi delegation led by Salman al-Jubouri arrived in Ankara on March 4, 2023.",
        "هیئت عراقی به ریاست سلمان الجبوری در ۶ مارس ۲۰۲۳ وارد آنکارا شد.",
    ),
    Pair(
        "تبلغ تكلفة خط السكك الحديدية بين البصرة وشلمجة 120 مليون دولار.",
        "قدرت الحكومة تكلفة خط السكك الحديدية بين البصرة وشلمجة بـ 150 مليون دولار.",
    ),
    Pair(
        "The Basra-Shalamcheh railway line is 32 kilometres long.",
        "يبلغ طول خط السكك الحديدية بين البصرة وشلمجة 40 كيلومترا.",
    ),
    Pair("شارك في القمة التي عقدت في الدوحة 14 رئيسا.", "حضر القمة التي عقدت في الدوحة 18 رئيسا."),
    Pair(
        "تراجع إنتاج النفط في ليبيا بنسبة 8 في المئة خلال شهر مايو.",
        "انخفض إنتاج النفط الليبي بنسبة 13 بالمئة في مايو.",
    ),
    Pair(
        "استقبل وزير الخارجية القطري سامي الكواري نظيره التركي.",
        "قال وزير الخارجية القطري ماجد النعيمي إن المحادثات كانت بناءة.",
        ("2023-03-04", "2023-03-05"),
    ),
    Pair(
        "Libya's prime minister Omar Zarrouk arrived in Rome.",
        "وصل رئيس الوزراء الليبي خالد بن علي إلى روما.",
        ("2023-03-04", "2023-03-05"),
    ),
    Pair(
        "نخست‌وزیر لیبی عمر زروق وارد رم شد.",
        "وصل رئيس الوزراء الليبي خالد بن علي إلى روما.",
        ("2023-03-04", "2023-03-05"),
    ),
    Pair("افتتح المتحف الوطني في صنعاء عام 1971.", "افتتح المتحف الوطني في صنعاء سنة 1974."),
    Pair(
        "ولد الشاعر نزار الحلي عام 1921 في الحلة.",
        "The poet Nizar al-Hilli was born in Hilla in 1923.",
    ),
    Pair(
        "نزح 4000 شخص من بلدة الزاوية بسبب الفيضانات.",
        "أجبرت الفيضانات 6500 شخص على النزوح من بلدة الزاوية.",
    ),
    Pair(
        "حكم على الصحفي وليد عامر بالسجن خمس سنوات.", "قضت المحكمة بسجن الصحفي وليد عامر سبع سنوات."
    ),
    Pair("The truce in Taiz lasted three weeks.", "آتش‌بس در تعز پنج هفته طول کشید."),
    Pair("مدت سفر ناصر به آنکارا پنج روز بود.", "استمرت زيارة ناصر إلى أنقرة ثلاثة أيام."),
    Pair("يبلغ عدد سكان مدينة الزاوية 200 ألف نسمة.", "يسكن مدينة الزاوية 350 ألف نسمة."),
    # What leans on the same
    Pair(
        "It delivers 877 cubic metres of water a day.",
        "It delivers 247 cubic metres of water a day.",
        before=(
            "A new water works in Barrowby was opened on Monday.",
            "The governor opened the new water works of Barrowby.",
        ),
    ),
    Pair(
        "It delivers 877 cubic metres of water a day.",
        "The Barrowby water works delivers 247 cubic metres of water a day.",
        titles=("A new water works in Barrowby", ""),
    ),
    Pair(
        "وهي تضخ 877 مترا مكعبا من المياه يوميا.",
        "وهي تضخ 247 مترا مكعبا من المياه يوميا.",
        before=(
            "افتتحت في سهلاوة محطة جديدة للمياه.",
            "أعلن المحافظ تشغيل محطة المياه الجديدة في سهلاوة.",
        ),
    ),
    Pair(
        "وقال إن الزيارة استمرت ثلاثة أيام.",
        "واستمرت الزيارة أربعة أيام.",
        before=("زار كريم حداد مدينة مسقط.", "عاد الوزير كريم حداد من زيارة إلى مسقط."),
    ),
    Pair(
        "این تصفیه‌خانه روزانه ۸۷۷ متر مکعب آب تولید می‌کند.",
        "این تصفیه‌خانه روزانه ۲۴۷ متر مکعب آب تولید می‌کند.",
        before=(
            "تصفیه‌خانه تازه‌ای در مرداویج گشایش یافت.",
            "استاندار تصفیه‌خانه مرداویج را افتتاح کرد.",
        ),
    ),
    Pair(
        "The strike at the port of Karsa lasted six days.",
        "استمر الإضراب في ميناء كرسا ثمانية أيام.",
        before=("Thousands marched in Dublin.", "وتظاهر المئات في لندن."),
    ),
)
AGREED = (
    # What leans on another subject
    Pair(
        "It delivers 877 cubic metres of water a day.",
        "It delivers 247 cubic metres of water a day.",
        before=(
            "A new water works in Barrowby was opened on Monday.",
            "A new water works in Thornbury was opened on Monday.",
        ),
    ),
    Pair(
        "It delivers 877 cubic metres of water a day.",
        "It delivers 247 cubic metres of water a day.",
        before=(
            "Mayor Jane Hart opened a new water works in Barrowby, Karsa county, on Monday.",
            "Mayor Jane Hart opened a new water works in Thornbury, Karsa county, on Monday.",
        ),
    ),
    Pair(
        "It delivers 877 cubic metres of water a day.",
        "It delivers 247 cubic metres of water a day.",
        titles=("A new water works in Barrowby", "A new water works in Thornbury"),
    ),
    Pair(
        "The water works delivers 877 cubic metres of water a day.",
        "The water works delivers 247 cubic metres of water a day.",
        titles=("A new water works in Barrowby", "A new water works in Thornbury"),
    ),
    Pair(
        "It delivers 877 cubic metres of water a day.",
        "The Thornbury works delivers 247 cubic metres of water a day.",
        before=("A new water works in Barrowby was opened on Monday.", ""),
    ),
    Pair(
        "It is 420 metres long.",
        "It is 95 metres long.",
        before=("A bridge was finished last year.", "Workers dug a tunnel."),
    ),
    Pair(
        "وهي تضخ 877 مترا مكعبا من المياه يوميا.",
        "وهي تضخ 247 مترا مكعبا من المياه يوميا.",
        before=("افتتحت في سهلاوة محطة جديدة للمياه.", "افتتحت في ترهونية محطة جديدة للمياه."),
    ),
    Pair(
        "وتضخ المحطة 877 مترا مكعبا من المياه يوميا.",
        "وتضخ المحطة 247 مترا مكعبا من المياه يوميا.",
        before=("افتتحت في سهلاوة محطة جديدة للمياه.", "افتتحت في ترهونية محطة جديدة للمياه."),
    ),
    Pair(
        "وقال إن الزيارة استمرت ثلاثة أيام.",
        "واستمرت الزيارة أربعة أيام.",
        before=("زار كريم حداد مدينة مسقط.", "زار سامي نصار مدينة طنجة."),
    ),
    Pair(
        "این تصفیه‌خانه روزانه ۸۷۷ متر مکعب آب تولید می‌کند.",
        "این تصفیه‌خانه روزانه ۲۴۷ متر مکعب آب تولید می‌کند.",
        before=(
            "تصفیه‌خانه تازه‌ای در مرداویج گشایش یافت.",
            "تصفیه‌خانه تازه‌ای در کلاردشت گشایش یافت.",
        ),
    ),
    Pair(
        "It delivers 877 cubic metres of water a day.",
        "وهي تضخ 247 مترا مكعبا من المياه يوميا.",
        before=("A new water works was opened in Basra.", "افتتحت في كربلاء محطة جديدة للمياه."),
    ),
    # Another place
    Pair("استمرت زيارة حداد إلى روسيا أربعة أيام.", "استمرت زيارة حداد إلى باكستان ثلاثة أيام."),
    Pair("Haddad's visit to Turkey lasted two days.", "دامت زيارة حداد إلى الصين ثلاثة أيام."),
    Pair("قتل 12 جنديا في هجوم في سوريا.", "قتل 17 جنديا في هجوم في العراق."),
    Pair("وصل حداد إلى دمشق في 12 أكتوبر 2021.", "وصل حداد إلى بغداد في 14 أكتوبر 2021."),
    # Another thing
    Pair("استمرت زيارة حداد إلى عمّان ثلاثة أيام.", "تستمر المناورات البحرية قرب عمّان خمسة أيام."),
    Pair("قتل 12 جنديا في الهجوم على قاعدة النور.", "أصيب 17 مدنيا في الهجوم على قاعدة النور."),
    Pair("يبلغ طول الجسر 400 متر.", "يبلغ ارتفاع البرج 90 مترا."),
    Pair("وصل حداد إلى دمشق في 12 أكتوبر 2021.", "غادر حداد دمشق في 15 أكتوبر 2021."),
    Pair("بلغت قيمة عقد بناء السد 40 مليون دولار.", "بلغت قيمة عقد شراء القمح 55 مليون دولار."),
    Pair(
        "The talks in Vienna lasted three days.",
        "The delegates left Vienna after five hours of flight.",
    ),
    Pair("Inflation in Jordan was 4 percent.", "بلغت نسبة البطالة في الأردن 20 في المئة."),
    Pair("تأسست شركة المنار عام 1985.", "تأسست شركة النور عام 1990."),
    # The same value
    Pair("استمرت زيارة حداد إلى عمّان أسبوعا.", "استمرت زيارة حداد إلى عمّان سبعة أيام."),
    Pair("The border is 1,000 kilometres long.", "يبلغ طول الحدود 621 ميلا."),
    Pair(
        "قتل أكثر من 10 جنود في الهجوم على قاعدة النور.", "قتل 12 جنديا في الهجوم على قاعدة النور."
    ),
    Pair("شارك نحو 300 جندي في مناورات الفجر.", "شارك 310 جنود في مناورات الفجر."),
    Pair("وُقع الاتفاق في طهران عام 2016.", "وُقع الاتفاق في طهران في 3 مايو 2016."),
    Pair("استمرت الزيارة ثلاثة أيام في عمّان.", "استمرت الزيارة في عمّان ثلاثة أيام لا أربعة أيام."),
    # Another time
    Pair(
        "استمرت زيارة حداد إلى عمّان ثلاثة أيام.",
        "استمرت زيارة حداد إلى عمّان أربعة أيام.",
        ("2021-10-22", "2025-01-20"),
    ),
    Pair(
        "التقى حداد قائد الجيش الباكستاني قمر جاويد باجوا.",
        "التقى حداد قائد الجيش الباكستاني عاصم منير.",
        ("2021-10-22", "2025-01-21"),
    ),
    Pair("زار حداد دمشق في 12 أكتوبر 2021.", "زار حداد دمشق في 20 يناير 2025."),
    # Another holder of another office, or of another country
    Pair(
        "قال وزير الدفاع الروسي سيرغي شويغو ذلك في موسكو.",
        "قال وزير الدفاع الإيراني أمير حاتمي ذلك في موسكو.",
        ("2021-10-22", "2021-10-22"),
    ),
    Pair(
        "قال وزير الدفاع الأردني سعيد كريم ذلك.",
        "قال وزير الخارجية الأردني فهد نصار ذلك.",
        ("2021-10-22", "2021-10-22"),
    ),
    Pair(
        "Defence Minister Sergei Shoigu of Russia said so.",
        "قال وزير الدفاع الروسي سيرجي شويجو ذلك.",
        ("2021-10-22", "2021-10-22"),
    ),
    # Longer, as reports have them
    Pair(
        "أعلنت وزارة الصحة أن انفجار ميناء صلالة أودى بحياة 23 شخصا.",
        "قال مسؤول إن انفجار مصنع في صحار أسفر عن مقتل 31 شخصا.",
    ),
    Pair("أسفر انفجار ميناء صلالة عن مقتل 23 شخصا.", "أسفر انفجار ميناء صلالة عن إصابة 61 شخصا."),
    Pair(
        "وقالت الوكالة إن المحادثات في مسقط استمرت ست ساعات.",
        "استمرت الرحلة الجوية إلى مسقط ثلاث ساعات.",
    ),
    Pair(
        "The delegation spent five days in Ankara.",
        "The delegation spent two days in Istanbul before flying home.",
    ),
    Pair("وصل الوفد العراقي إلى أنقرة في 4 مارس 2023.", "غادر الوفد العراقي أنقرة في 8 مارس 2023."),
    Pair(
        "وصل الوفد العراقي إلى أنقرة في 4 مارس 2023.", "وصل الوفد السوري إلى أنقرة في 6 مارس 2023."
    ),
    Pair("تبلغ تكلفة الخط 120 مليون دولار.", "بلغ حجم التجارة بين البلدين 150 مليون دولار."),
    Pair("ارتفعت صادرات العراق 8 في المئة.", "ارتفعت واردات العراق 13 في المئة."),
    Pair("شارك في القمة 14 رئيسا.", "استمرت القمة يومين بمشاركة 200 صحفي."),
    Pair("حكم على وليد عامر بالسجن خمس سنوات.", "حكم على سامي نصر بالسجن سبع سنوات."),
    Pair("ولد نزار الحلي عام 1921 في الحلة.", "توفي نزار الحلي عام 1990 في بغداد."),
    Pair(
        "استقبل وزير الخارجية القطري سامي الكواري نظيره.",
        "استقبل وزير الخارجية القطري سامي الكواري وزير الدفاع التركي ياسر غولر.",
        ("2023-03-04", "2023-03-05"),
    ),
    Pair("يبلغ عدد سكان الزاوية 200 ألف نسمة.", "يبلغ عدد سكان صبراتة 350 ألف نسمة."),
    Pair("The truce in Taiz lasted three weeks.", "The siege of Taiz lasted nine months."),
    Pair("قتل 12 جنديا في الهجوم يوم الأحد.", "قتل 3 مدنيين في الهجوم نفسه."),
    Pair("وقع الاتفاق في 3 مايو 2022.", "تم تمديد الاتفاق في 9 يونيو 2022."),
    Pair(
        "زار ناصر أنقرة في مارس 2023 لمدة خمسة أيام.", "زار ناصر أنقرة في سبتمبر 2024 لمدة يومين."
    ),
    Pair("انخفض إنتاج النفط في ليبيا 8 في المئة.", "انخفض إنتاج النفط في الجزائر 13 في المئة."),
    Pair("The bridge is 420 metres long and 12 metres wide.", "The bridge is 12 metres wide."),
    Pair("كلف الجسر 12 مليون دولار.", "كلف ترميم المسجد 3 ملايين دولار."),
    Pair("سافر 40 طالبا إلى القاهرة.", "عاد 15 طالبا من القاهرة."),
    Pair(
        "التقى الوزير 5 من نظرائه في جنيف يوم الاثنين.",
        "عقد الوزير 3 مؤتمرات صحفية في جنيف يوم الثلاثاء.",
    ),
)
