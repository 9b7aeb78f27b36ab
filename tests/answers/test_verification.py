import time

import pytest

from rag.answers.opening import states_nothing
from rag.answers.verification import Reason, Verdict, verify
from rag.documents.evidence import Sentence
from tests.answers.reports import evidence_of, seed, sentence_with

QUESTION = "ماذا عن زيارة باقري؟"
# A seed, a part of the sentence that is cited, a statement that it supports or does not.
GOOD = [
    (0, "استمرت أربعة أيام", "استمرت إقامة باقري في روسيا أربعة أيام."),
    (0, "استمرت أربعة أيام", "Bagheri stayed in Russia for four days."),
    (0, "استمرت أربعة أيام", "باقری چهار روز در روسیه اقامت داشت."),
    (
        0,
        "استمرت أربعة أيام",
        "Bagheri's 4-day stay in Russia included talks with Russian officials.",
    ),
    (
        0,
        "في 17 أكتوبر",
        "Bagheri arrived in Moscow on October 17 at the invitation of Russian Defence Minister Sergei Shoigu.",
    ),
    (
        0,
        "في 17 أكتوبر",
        "Bagheri arrived in Moscow on 17 October 2021 at the invitation of Sergei Shoigu.",
    ),
    (0, "في 17 أكتوبر", "باقری در ۱۷ اکتبر به دعوت سرگئی شویگو به مسکو رسید."),
    (0, "في 17 أكتوبر", "وصل باقري إلى موسكو في 17 تشرين الأول 2021."),
    (
        0,
        "إسلام أباد في 12",
        "Bagheri arrived in Islamabad on October 12 for talks with the Prime Minister, the army chief and other commanders.",
    ),
    (0, "إسلام أباد في 12", "باقری ۱۲ اکتبر وارد اسلام\u200cآباد شد."),
    (
        0,
        "ثلاثة أشهر",
        "The two sides agreed to hold a joint military committee in Tehran within three months.",
    ),
    (0, "ثلاثة أشهر", "دو طرف توافق کردند که کمیته مشترک نظامی ظرف سه ماه در تهران تشکیل شود."),
    (0, "ثلاثة أشهر", "اتفق الجانبان على عقد لجنة عسكرية مشتركة في طهران خلال 3 أشهر."),
    (0, "ــ مكافحة الإرهاب", "They discussed counter-terrorism."),
    (1, "أمس الأحد", "وصل محمد باقري إلى روسيا يوم الأحد على رأس وفد عسكري."),
    (
        1,
        "استمرت أربعة أيام",
        "Bagheri's visit to Pakistan lasted four days and he met Imran Khan and army chief Qamar Javed Bajwa.",
    ),
    (1, "استمرت أربعة أيام", "سفر باقری به پاکستان چهار روز طول کشید و او با عمران خان دیدار کرد."),
    (
        1,
        "50 عاما",
        "The Russian ambassador, Levan Jagarian, said in August that cooperation has a history of more than 50 years.",
    ),
    (1, "50 عاما", "سفیر روسیه در تهران گفت همکاری نظامی فنی سابقه\u200cای بیش از ۵۰ سال دارد."),
    (
        1,
        "لعام 2020",
        "The arms embargo ended in October 2020, but Donald Trump ordered it to continue.",
    ),
    (
        1,
        "الحكومة الإيرانية الـ13",
        "Bagheri said military cooperation will grow under the 13th Iranian government.",
    ),
    (1, "الحكومة الإيرانية الـ13", "قال باقري إن “التعاون العسكري بين إيران وروسيا سيزداد”."),
    (1, "اتفاقات جيدة", "وأعلن باقري التوصل إلى «اتفاقات جيدة» مع المسؤولين الباكستانيين."),
    (
        1,
        "في أيلول",
        "Pakistan took part in the Three Brothers exercise with Turkey and Azerbaijan in September.",
    ),
    (
        2,
        "أمس الإثنين",
        "التقى باقري رئيس أركان الجيش الباكستاني الجنرال عاصم منير يوم الإثنين 20 يناير 2025.",
    ),
    (
        2,
        "أمس الإثنين",
        "General Bagheri met Pakistan's army chief, General Asim Munir, according to Tasnim.",
    ),
    (2, "ففي عام 2018", "In 2018, similar talks led to commitments to joint defence projects."),
    (
        2,
        "العميد أمير حاتمي",
        "Defence ministers Amir Hatami and Rana Tanveer Hussain signed agreements on training, intelligence sharing and border security.",
    ),
    (
        2,
        "العميد أمير حاتمي",
        "شملت الاتفاقيات التي وقعها العميد أمير حاتمي ورنا تنوير حسين أمن الحدود.",
    ),
    (
        3,
        "ثلاثة أيام",
        "Bagheri's trip lasted three days; on the last day he visited shipyards in Karachi.",
    ),
    (3, "ثلاثة أيام", "رحلة باقري استمرت ثلاثة أيام زار خلالها منشآت بحرية في كراتشي."),
    (3, "1000 كيلومتر", "The Iran-Pakistan border is 1,000 kilometres (621 miles) long."),
    (3, "1000 كيلومتر", "يبلغ طول الحدود ألف كيلومتر."),
    (3, "1000 كيلومتر", "طول مرز مشترک ایران و پاکستان ۱۰۰۰ کیلومتر است."),
    (
        3,
        "كارولين روز",
        "Caroline Rose is a senior analyst at the Newlines Institute in Washington.",
    ),
    (3, "كارولين روز", "کارولین رز تحلیلگر ارشد مؤسسه نیولاینز در واشنگتن است."),
    (
        3,
        "في 18 أكتوبر",
        "On October 18, spokesman Saeed Khatibzadeh announced that Iran would host the foreign ministers of Russia, China, Pakistan, Tajikistan, Uzbekistan and Turkmenistan on October 27.",
    ),
    (
        3,
        "في 18 أكتوبر",
        "أعلن سعيد خطيب زاده في 18 أكتوبر أن إيران ستستضيف ستة وزراء خارجية في 27 أكتوبر.",
    ),
    (3, "10-11 نوفمبر", "Zarif visited Islamabad on November 10-11, 2020."),
    (3, "10-11 نوفمبر", "Zarif visited Islamabad on 10 and 11 November 2020."),
    (
        3,
        "لم تتطابق",
        "Pakistani and Iranian political interests in Afghanistan did not really match.",
    ),
    (3, "لم تتطابق", "لم تتطابق المصالح السياسية الباكستانية والإيرانية في أفغانستان."),
    (3, "لم تتطابق", "اختلفت مصالح باكستان وإيران في أفغانستان."),
    (
        3,
        "الهجمات عبر الحدود",
        "In 2017 there were tensions because of cross-border attacks from both sides.",
    ),
    (
        3,
        "5 أكتوبر",
        "Ali Bagheri Kani visited on 5 October and the parliamentary friendship group on 14 October.",
    ),
    (
        3,
        "5 أكتوبر",
        "The diplomat spoke on condition of anonymity and did not reveal his identity.",
    ),
    (4, "ارنا- يزور", "يزور اللواء محمد باقري العاصمة الصينية بكين."),
    (
        4,
        "ارنا- يزور",
        "Bagheri visited Beijing on 11 September at the head of a high-ranking military delegation.",
    ),
    (4, "عام 2016", "A defence memorandum of understanding was signed in Tehran in 2016."),
    (4, "عام 2016", "یادداشت تفاهم دفاعی در سال ۲۰۱۶ در تهران امضا شد."),
    (
        4,
        "شمال المحيط الهندي",
        "Joint exercises of Iran, Russia and China are expected in the northern Indian Ocean in the near future.",
    ),
    (
        4,
        "لجنة عسكرية مشتركة",
        "A joint military committee between Iran and China is on the agenda.",
    ),
]
ALTERED = [
    (0, "استمرت أربعة أيام", "استمرت إقامة باقري في روسيا ثلاثة أيام."),
    (0, "استمرت أربعة أيام", "Bagheri stayed in Russia for five days."),
    (0, "استمرت أربعة أيام", "Bagheri stayed in Russia for four weeks."),
    (0, "استمرت أربعة أيام", "باقری پنج روز در روسیه اقامت داشت."),
    (0, "استمرت أربعة أيام", "Bagheri stayed in China for four days."),
    (0, "استمرت أربعة أيام", "لم يجر باقري محادثات مع المسؤولين الروس."),
    (0, "استمرت أربعة أيام", "Bagheri did not hold talks with Russian officials."),
    (0, "في 17 أكتوبر", "Bagheri arrived in Moscow on October 18."),
    (0, "في 17 أكتوبر", "Bagheri arrived in Moscow on November 17."),
    (0, "في 17 أكتوبر", "Bagheri arrived in Moscow on 17 October 2020."),
    (0, "في 17 أكتوبر", "باقری در ۱۶ اکتبر به مسکو رسید."),
    (0, "في 17 أكتوبر", "وصل باقري إلى موسكو في 17 تشرين الثاني."),
    (0, "في 17 أكتوبر", "وصل باقري إلى دلهي في 17 أكتوبر."),
    (0, "إسلام أباد في 12", "وصل باقري إلى إسلام أباد في 15 أكتوبر."),
    (0, "ثلاثة أشهر", "The two sides agreed to a committee within three weeks."),
    (0, "ثلاثة أشهر", "The two sides agreed to a committee within six months."),
    (0, "ثلاثة أشهر", "دو طرف توافق کردند که کمیته ظرف شش ماه تشکیل شود."),
    (1, "أمس الأحد", "وصل محمد باقري إلى روسيا يوم السبت."),
    (1, "أمس الأحد", "Bagheri arrived in Russia on Monday."),
    (1, "50 عاما", "Cooperation has a history of more than 60 years."),
    (1, "50 عاما", "Cooperation has a history of more than 50 months."),
    (1, "لعام 2020", "The embargo ended in October 2019."),
    (1, "لعام 2020", "The embargo ended in November 2020."),
    (1, "الحكومة الإيرانية الـ13", "قال باقري إن “التعاون الاقتصادي بين إيران وروسيا سيزداد”."),
    (1, "الحكومة الإيرانية الـ13", "قال باقري إن “التعاون العسكري بين إيران وروسيا لن يزداد”."),
    (1, "الحكومة الإيرانية الـ13", "Cooperation will grow under the 14th government."),
    (1, "اتفاقات جيدة", "أعلن باقري التوصل إلى «اتفاقات سيئة» مع المسؤولين."),
    (2, "أمس الإثنين", "التقى باقري الجنرال منير في 21 يناير 2024."),
    (2, "ففي عام 2018", "In 2019, similar talks led to commitments."),
    (3, "ثلاثة أيام", "Bagheri's trip lasted four days."),
    (3, "1000 كيلومتر", "The border is 1,200 kilometres long."),
    (3, "1000 كيلومتر", "The border is 1,000 miles long."),
    (3, "1000 كيلومتر", "طول مرز ۹۰۰ کیلومتر است."),
    (3, "كارولين روز", "Caroline Smith is a senior analyst at the Newlines Institute."),
    (3, "في 18 أكتوبر", "Iran would host the foreign ministers on October 28."),
    (
        3,
        "في 18 أكتوبر",
        "Iran would host the foreign ministers of Russia, Turkey and India on October 27.",
    ),
    (3, "10-11 نوفمبر", "Zarif visited Islamabad on November 12, 2020."),
    (3, "لم تتطابق", "تطابقت المصالح السياسية الباكستانية والإيرانية في أفغانستان."),
    (3, "الهجمات عبر الحدود", "In 2016 there were tensions."),
    (3, "5 أكتوبر", "Ali Bagheri Kani visited on 6 October."),
    (4, "ارنا- يزور", "Bagheri visited Beijing on 12 September."),
    (4, "ارنا- يزور", "Bagheri will not visit Beijing."),
    (4, "عام 2016", "A memorandum was signed in Tehran in 2015."),
    (4, "لجنة عسكرية مشتركة", "Four joint committees are on the agenda."),
    (4, "ارنا- يزور", "زار باقري الهند على رأس وفد."),
]


BORDER = """طول الحدود

قال الوزير سعيد كريم إن طول الحدود 900 كيلومتر. وأضاف أن المفاوضات بدأت في 3 مايو. لم توافق الحكومة على الخطة.
وزار كريم دمشق يوم الخميس لمدة أسبوعين. ووصف الزيارة بأنها “خطوة مهمة نحو السلام”.

المصدر: وكالة الأنباء، 7 مايو 2022
"""


def verdict_of(statement: str, needle: str, question: str = "") -> Verdict:
    evidence = evidence_of(BORDER)
    return verify(statement, [sentence_with(needle, evidence)], evidence, question)


@pytest.mark.parametrize(("number", "needle", "statement"), GOOD)
def test_what_the_source_says_is_supported(number: int, needle: str, statement: str) -> None:
    evidence = seed(number)
    verdict = verify(statement, [sentence_with(needle, evidence)], evidence, QUESTION)
    assert verdict.supported, verdict.reason


@pytest.mark.parametrize(("number", "needle", "statement"), ALTERED)
def test_an_altered_fact_is_refused(number: int, needle: str, statement: str) -> None:
    evidence = seed(number)
    verdict = verify(statement, [sentence_with(needle, evidence)], evidence, QUESTION)
    assert not verdict.supported
    assert verdict.reason


@pytest.mark.parametrize(
    ("statement", "needle", "reason"),
    [
        ("The border is 800 kilometres long.", "900", Reason.NUMBER),
        ("Talks began on 4 May.", "3 مايو", Reason.DATE),
        ("Talks began on 3 May 2021.", "3 مايو", Reason.DATE),
        ("زار كريم دمشق يوم الجمعة.", "الخميس", Reason.DATE),
        ("Minister Gerhard Schroeder spoke about the border.", "900", Reason.NAME),
        ("زار كريم بغداد يوم الخميس.", "الخميس", Reason.NAME),
        ("وصفها بأنها “خطوة سيئة نحو السلام”.", "خطوة", Reason.QUOTATION),
        ("وافقت الحكومة على الخطة.", "لم توافق", Reason.NEGATION),
        ("Karim did not visit Damascus on Thursday.", "الخميس", Reason.NEGATION),
    ],
)
def test_the_reason_is_given(statement: str, needle: str, reason: Reason) -> None:
    assert verdict_of(statement, needle) == Verdict(False, reason)


@pytest.mark.parametrize(
    ("statement", "needle", "joins"),
    [
        # A name, a number: the sentence before. A year: the date line. A resolved day: the same.
        ("وأضاف سعيد كريم أن الحدود طولها 900 كيلومتر.", "وأضاف", "قال الوزير"),
        ("Talks began on 3 May 2022.", "3 مايو", "7 مايو 2022"),
        ("مفاوضات الحدود بدأت في ۳ می ۲۰۲۲", "3 مايو", "7 مايو 2022"),
    ],
)
def test_what_a_sentence_leans_on_joins_the_citation(
    statement: str, needle: str, joins: str
) -> None:
    verdict = verdict_of(statement.replace("می", "مه"), needle)
    assert verdict.supported, verdict.reason
    assert [joins in sentence.text for sentence in verdict.added] == [True]


def test_the_sentence_before_is_found_across_passages_and_not_in_furniture() -> None:
    evidence = evidence_of("عنوان\n\nبلغ العدد 900 شخص.\nاقرأ أيضا:\nوأضاف أن العمل مستمر.\n")
    second = sentence_with("وأضاف", evidence)
    assert not verify("Their number was 900.", [second], evidence).supported


def test_yesterday_is_resolved_by_the_report_s_own_date() -> None:
    evidence = evidence_of("عنوان\n\nوصل الوفد أمس.\n\nالمصدر: وكالة، 7 مايو 2022\n")
    cited = [sentence_with("أمس", evidence)]
    assert verify("The delegation arrived on 6 May 2022.", cited, evidence).supported
    assert verify("وصل الوفد يوم الجمعة 6 مايو.", cited, evidence).supported
    assert not verify("The delegation arrived on 5 May 2022.", cited, evidence).supported


def test_units_have_to_agree_only_where_both_are_written() -> None:
    assert verdict_of("زيارة كريم استمرت أسبوعين.", "أسبوعين").supported
    assert verdict_of("The visit lasted two weeks.", "أسبوعين").supported
    assert verdict_of("The visit lasted 2 weeks.", "أسبوعين").supported
    assert not verdict_of("The visit lasted two days.", "أسبوعين").supported


def test_a_translated_quotation_is_not_compared_and_one_in_the_original_is() -> None:
    assert verdict_of('He called it "an important step towards peace".', "خطوة").supported
    assert verdict_of("He called it «خطوة مهمة نحو السلام».", "خطوة").supported
    assert not verdict_of("He called it «خطوة كبيرة نحو السلام».", "خطوة").supported
    assert verdict_of("ووصفها بأنها «خطوةٌ مهمّة … السلام».", "خطوة").supported


def test_names_of_the_question_and_of_the_passage_are_known() -> None:
    assert not verdict_of("Gerhard Schroeder is not in it, Karim is.", "900").supported
    assert verdict_of("Gerhard Schroeder asked about Karim.", "900", "Gerhard Schroeder?").supported
    assert verdict_of("Said Karim visited Damascus.", "3 مايو").supported


@pytest.mark.parametrize(
    "text",
    [
        "According to the reports:",
        "بحسب التقارير:",
        "فيما يلي أهم النقاط:",
        "وفقا للمصادر المتاحة:",
        "در ادامه:",
        "بر اساس گزارش‌ها:",
        "In summary:",
        "First,",
        "Here is a summary.",
    ],
)
def test_an_opening_needs_no_citation(text: str) -> None:
    assert verify(text, []) == Verdict(True)


@pytest.mark.parametrize(
    "text",
    [
        "According to three reports:",
        "According to the report of 17 October:",
        "According to Bagheri:",
        "Yes.",
        "نعم.",
        "Bagheri visited Moscow.",
        "زار باقري موسكو.",
        "The reports do not say so.",
        "بحسب التقارير، زار باقري موسكو.",
        "",
    ],
)
def test_what_states_something_needs_one(text: str) -> None:
    assert verify(text, []) == Verdict(False, Reason.NO_CITATION)


def test_a_heading_may_use_the_words_of_the_question() -> None:
    assert states_nothing("زيارات باقري إلى موسكو:", "ما هي زيارات باقري إلى موسكو؟")
    assert not states_nothing("زار باقري موسكو", "هل زار باقري موسكو؟")
    assert not states_nothing("باقري قاتل:", "ما هي زيارات باقري؟")


def test_a_claim_takes_a_few_milliseconds() -> None:
    warm, evidence = seed(0), seed(3)
    verify(GOOD[0][2], [sentence_with(GOOD[0][1], warm)], warm, QUESTION)
    cited: list[Sentence] = [sentence_with("في 18 أكتوبر", evidence)]
    claims = [statement for number, _, statement in GOOD + ALTERED if number == 3]
    began = time.perf_counter()
    for claim in claims:
        verify(claim, cited, evidence, QUESTION)
    assert (time.perf_counter() - began) / len(claims) < 0.02
