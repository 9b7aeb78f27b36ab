import pytest

from rag.retrieval.follow_up import Turn, complete


def after(*questions: str) -> list[Turn]:
    return [Turn(question, "…", ()) for question in questions]


@pytest.mark.parametrize(
    ("before", "text", "taken"),
    [
        ("متى زار باقري موسكو؟", "ومتى عاد؟", "باقري موسكو"),
        ("متى وصل باقري إلى موسكو؟", "وكم يوما مكث هناك؟", "باقري روسيا"),
        ("مين عزم باقري ع روسيا؟", "طب هو كان عايز ايه؟", "باقري روسيا"),
        ("When did Bagheri travel to Beijing?", "And who invited him?", "Bagheri Beijing"),
        ("Who is Caroline Rose?", "What did she say?", "Caroline Rose"),
        ("باقری چه زمانی به مسکو رسید؟", "به دعوت چه کسی؟", "باقری مسکو"),
        ("متى زار باقري بكين؟", "وكم بقي هناك؟", "باقري الصين"),
    ],
)
def test_a_follow_up_takes_over_the_names(before: str, text: str, taken: str) -> None:
    completed = complete(text, after(before))
    assert completed
    assert completed.startswith(f"{text} (")
    assert set(taken.split()) <= set(completed.strip(")").split("(")[1].split())


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        (
            "كم يوما استمرت زيارة باقري لروسيا؟",
            "وماذا عن باكستان؟",
            "كم يوما استمرت زيارة باقري لباكستان؟",
        ),
        ("كم يوما بقي باقري في باكستان؟", "وماذا عن روسيا؟", "كم يوما بقي باقري في روسيا؟"),
        ("كم استمرت زيارة باقري لروسيا؟", "والصين؟", "كم استمرت زيارة باقري للصين؟"),
        ("متى زار باقري إسلام أباد؟", "وموسكو؟", "متى زار باقري موسكو؟"),
        (
            "How long was Bagheri in Russia?",
            "What about Pakistan?",
            "How long was Bagheri in Pakistan?",
        ),
        ("When did Bagheri visit Pakistan?", "And China?", "When did Bagheri visit China?"),
        ("Who is Shoigu?", "and Hatami?", "Who is Hatami?"),
        ("باقری چند روز در روسیه ماند؟", "پاکستان چطور؟", "باقری چند روز در پاکستان ماند؟"),
        ("باقری کی به پاکستان رفت؟", "و چین؟", "باقری کی به چین رفت؟"),
    ],
)
def test_what_about_another_asks_the_same_of_it(before: str, text: str, whole: str) -> None:
    assert complete(text, after(before)) == whole


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        (
            ("متى وصل باقري إلى موسكو؟", "من دعاه؟", "وكم بقي؟"),
            "وكم بقي؟ (باقري موسكو)",
        ),
        (
            ("كم يوما بقي باقري في باكستان؟", "وماذا عن روسيا؟", "ومتى وصل؟"),
            "ومتى وصل؟ (باقري روسيا)",
        ),
        (
            ("How long was Bagheri in Pakistan?", "what about Russia?", "and before that?"),
            "and before that? (Bagheri Russia)",
        ),
        (
            ("باقری چند روز در پاکستان ماند؟", "روسیه چطور؟", "و کی رسید؟"),
            "و کی رسید؟ (باقری روسیه)",
        ),
        (
            ("متى وصل باقري إلى موسكو؟", "من دعاه؟", "وكم بقي؟", "وماذا عن باكستان؟"),
            "وكم بقي؟ (باقري باكستان)",
        ),
        (("متى زار باقري موسكو؟", "ومن هو شويغو؟", "ومتى ولد؟"), "ومتى ولد؟ (شويغو)"),
        (
            ("متى زار باقري موسكو؟", "من هي كارولين روز؟", "وماذا قالت؟"),
            "وماذا قالت؟ (كارولين روز)",
        ),
        (("متى زار باقري موسكو؟", "شكرا", "ومتى عاد؟"), "ومتى عاد؟ (باقري موسكو)"),
        (("متى زار باقري إسلام أباد؟", "ومن استقبله؟"), "ومن استقبله؟ (باقري إسلام أباد)"),
        (("متى زار باقري موسكو؟", "والنتيجة؟"), "والنتيجة؟ (باقري موسكو)"),
    ],
)
def test_the_latest_names_are_handed_on_from_turn_to_turn(
    turns: tuple[str, ...], whole: str
) -> None:
    *before, text = turns
    assert complete(text, after(*before)) == whole


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        (("متى زار باقري موسكو؟", "وإلى باكستان؟"), "متى زار باقري باكستان؟"),
        (("متى زار باقري موسكو؟", "وفي الصين؟"), "متى زار باقري الصين؟"),
        (
            ("When did Bagheri visit Moscow?", "And to Pakistan?"),
            "When did Bagheri visit Pakistan?",
        ),
        (("باقری کی به مسکو رفت؟", "و به پاکستان؟"), "باقری کی به پاکستان رفت؟"),
        (
            ("How long is the border between Pakistan and Iran?", "And between Iran and Turkey?"),
            "How long is the border between Iran and Turkey?",
        ),
        (
            ("كم طول الحدود بين إيران وباكستان؟", "وبين إيران وتركيا؟"),
            "كم طول الحدود بين إيران وتركيا؟",
        ),
        (
            ("طول مرز میان ایران و پاکستان چقدر است؟", "و میان ایران و ترکیه؟"),
            "طول مرز میان ایران و ترکیه چقدر است؟",
        ),
        (
            ("Who is Caroline Rose?", "what did she say about the Taliban?"),
            "what did she say about the Taliban? (Caroline Rose)",
        ),
        (
            ("When did Bagheri visit Moscow?", "What did he say in Tehran?"),
            "What did he say in Tehran? (Bagheri)",
        ),
        (("من هي كارولين روز؟", "ماذا قالت عن طالبان؟"), "ماذا قالت عن طالبان؟ (كارولين روز)"),
        (("من هو شويغو؟", "لماذا زار باكستان؟"), "لماذا زار باكستان؟ (شويغو)"),
        (("کارولین رز کیست؟", "درباره طالبان چه گفت؟"), "درباره طالبان چه گفت؟ (کارولین رز)"),
        (("باقری کی به پاکستان رفت؟", "چه مدت آنجا ماند؟"), "چه مدت آنجا ماند؟ (باقری پاکستان)"),
        (
            ("من التقى باقري في باكستان؟", "وعلى ماذا اتفقوا؟", "متى رجع؟"),
            "متى رجع؟ (باقري باكستان)",
        ),
        (
            ("Who is Lena Brandt?", "what did she say about Iran?", "and about Turkey?", "when?"),
            "when? (Turkey Lena Brandt)",
        ),
        (
            ("متى زارت ليلى منصور عمّان؟", "على ماذا اتفقوا؟", "ومتى رجعت؟"),
            "ومتى رجعت؟ (ليلى منصور عمّان)",
        ),
        (
            ("لیلا منصوری کی به ترکیه رفت؟", "با چه کسی دیدار کرد؟", "و چه گفت؟"),
            "و چه گفت؟ (لیلا منصوری ترکیه)",
        ),
        (
            ("باقری کی به چین رفت؟", "با چه کسی دیدار کرد؟", "چند روز ماند؟"),
            "چند روز ماند؟ (باقری چین)",
        ),
    ],
)
def test_somebody_unnamed_is_who_was_spoken_of(turns: tuple[str, ...], whole: str) -> None:
    *before, text = turns
    assert complete(text, after(*before)) == whole


@pytest.mark.parametrize(
    "text",
    [
        "What did Merkel say about her predecessor?",
        "Is it true that the earth is round?",
        "متى وصل وفد إيران إلى موسكو؟",
        "ماذا قال شويغو عن سوريا؟",
        "متى فازت البرازيل؟",
        "ماذا يحدث في السودان؟",
        "در ایران چه گذشت؟",
        "چه کسی به پاکستان رفت؟",
        "رئیس جمهور فرانسه به کجا رفت؟",
    ],
)
def test_whoever_is_named_stands_alone(text: str) -> None:
    assert complete(text, after("متى زار باقري موسكو؟")) is None


@pytest.mark.parametrize(
    "text",
    [
        "ما طول الحدود المشتركة بين إيران وباكستان بالكيلومتر؟",
        "Who was the defence minister of China when the memorandum was signed?",
        "من هي كارولين روز؟",
        "سفیر روسیه در تهران چه نام دارد؟",
    ],
)
def test_a_question_that_stands_alone_takes_over_nothing(text: str) -> None:
    assert complete(text, after("متى زار باقري موسكو؟")) is None


@pytest.mark.parametrize(
    "text",
    [
        "ما هي أسباب الحرب العالمية الثانية؟",
        "ما سعر النفط اليوم؟",
        "كم عدد القتلى في الزلزال؟",
        "who won the world cup?",
        "ما التضخم؟",
        "ما هي عاصمة فرنسا؟",
        "ما عاصمه فرنسا؟",
        "what is inflation?",
        "how are vaccines made?",
        "What causes cancer?",
        "how many wars were there in the 20th century?",
        "وزير الدفاع الإيراني من هو؟",
        "وزارة الصحة كم مستشفى تدير؟",
        "وصل الوفد متى؟",
        "والي الخرطوم من هو؟",
        "ولي العهد السعودي متى ولد؟",
        "كم إن أو أن المتر؟",
        "هل صحيح أن الأرض كروية؟",
        "هل يموت الإنسان أو يحيا؟",
        "هل هناك حياة على المريخ؟",
        "من هو مخترع الهاتف؟",
        "تورم چیست؟",
        "قورمه‌سبزی را چطور می‌پزند؟",
        "چرا آسمان آبی است؟",
        "قیمت نفت امروز چقدر است؟",
        "چه کسی تلفن را اختراع کرد؟",
        "چند نفر در زلزله کشته شدند؟",
        "قهرمان جام جهانی کدام تیم بود؟",
        "علت جنگ جهانی دوم چه بود؟",
        "ارتش چند سرباز دارد؟",
        "من اخترع الهاتف؟",
        "متى بدأت الحرب؟",
        "متى عيد الأضحى؟",
        "كم قتيلا سقط في الزلزال؟",
        "ماذا حدث في غزة؟",
        "كم مدة الحمل؟",
        "ما مدة الحمل؟",
        "ما اتجاه الرياح؟",
        "لماذا نحتاج إلى النوم؟",
        "متى تأسست الأمم المتحدة؟",
        "ما الدولة التي تقع عاصمتها على نهرين؟",
        "what year did the war end?",
        "when did the war start?",
        "So far, how many people died?",
        "ما سعر الذهب؟",
        "كم سعر الدولار؟",
        "كم سعر صرف الدولار؟",
        "ما تاريخ اليوم؟",
        "ما درجة الحرارة؟",
        "who invented the telephone?",
        "what time is it?",
        "أين باريس؟",
        "لماذا السماء زرقاء؟",
        "ما المتهم؟",
        "كم ساهم القطاع؟",
        "چه کسی برنده جام جهانی شد؟",
        "من قتل السادات؟",
        "ما فوائد الزنجبيل؟",
        "خلاصه جنگ جهانی",
        "أسباب الحرب",
        "inflation causes",
    ],
)
def test_a_short_question_that_stands_alone_takes_over_nothing(text: str) -> None:
    assert complete(text, after("متى زار باقري موسكو؟")) is None


@pytest.mark.parametrize(
    "text",
    [
        "ومتى؟",
        "ومن؟",
        "من هو؟",
        "من هي؟",
        "متى؟",
        "لماذا؟",
        "كم يوما؟",
        "متى عاد؟",
        "من استقبله؟",
        "متى عاد إلى طهران؟",
        "كم يوما مكث؟",
        "كم بقي؟",
        "كم استغرقت؟",
        "من دعاه؟",
        "with whom?",
        "ما السبب؟",
        "ما أهمية زيارته؟",
        "ما اسم زوجتها؟",
        "ماذا حدث بعدها؟",
        "متى وقعها؟",
        "لماذا زارها؟",
        "ماذا قال عنه الوزير؟",
        "وهل عاد؟",
        "ثم ماذا؟",
        "وبمن التقى؟",
        "هل قابلهم الرئيس؟",
        "and who?",
        "and when did the visit end?",
        "Why?",
        "How long?",
        "who invited him?",
        "what happened after that?",
        "how many days?",
        "In which city?",
        "what was the reason?",
        "tell me more",
        "what did they discuss?",
        "who else?",
        "و چه زمانی؟",
        "و چه زمانی برگشت؟",
        "چرا؟",
        "کجا؟",
        "او کیست؟",
        "چه زمانی برگشت؟",
        "چند روز ماند؟",
        "با چه کسی دیدار کرد؟",
        "دلیلش چه بود؟",
        "هدف سفرش چه بود؟",
        "آن سفر چند روز بود؟",
        "پس چرا؟",
        "به دعوت چه کسی؟",
        "چرا استعفا داد؟",
        "در آنجا چه گفت؟",
        "what did he say?",
        "what happened?",
        "how did it end?",
        "هناك ماذا فعل؟",
        "ما كان هدفه؟",
        "من رافقه في الزيارة؟",
        "ماذا بحث معهم؟",
        "وماذا بعد؟",
    ],
)
def test_a_connective_a_pronoun_or_a_gap_leans_on_what_was_said(text: str) -> None:
    assert complete(text, after("متى زار باقري موسكو؟")) == f"{text} (باقري موسكو)"


def test_without_a_conversation_nothing_is_taken_over() -> None:
    assert complete("وكم بقي هناك؟", []) is None


def test_the_nearest_turn_that_has_something_is_taken() -> None:
    turns = after("متى زار باقري موسكو؟", "من هي كارولين روز؟")
    assert complete("وماذا قالت؟", turns) == "وماذا قالت؟ (كارولين روز)"
    assert complete("وماذا قال؟", [*after("متى زار باقري موسكو؟"), *after("شكرا")]) == (
        "وماذا قال؟ (باقري موسكو)"
    )


def test_what_is_said_again_is_not_taken_over() -> None:
    completed = complete("ومتى وصل باقري؟", after("من استقبل باقري في موسكو؟"))
    assert completed == "ومتى وصل باقري؟ (موسكو)"


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("وكم يوما مكث هناك؟", "وكم يوما مكث هناك؟ (باقري روسيا)"),
        ("ومتى عاد؟", "ومتى عاد؟ (باقري موسكو)"),
    ],
)
def test_there_is_also_the_country_of_a_capital(question: str, whole: str) -> None:
    assert complete(question, [Turn("متى وصل باقري إلى موسكو؟", "", ())]) == whole
