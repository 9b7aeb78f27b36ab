"""What the answer to a question has to have: an office with its country, a price, a name …"""

import pytest

from rag.index.lexical import LexicalIndex
from rag.retrieval.coverage import sought
from rag.retrieval.nameless import is_nameless
from rag.retrieval.office import lacks_office
from rag.retrieval.question import analyse
from rag.retrieval.shape import lacks_ordinal, lacks_shape

_INDEX = LexicalIndex([], [])


def _lacks_office(text: str, told: str) -> bool:
    question = analyse(text)
    return lacks_office(question, sought(question, _INDEX), [told])


def _lacks_shape(text: str, told: str) -> bool:
    return lacks_shape(text, sought(analyse(text), _INDEX), [told])


def _is_nameless(text: str, told: str) -> bool:
    return is_nameless(text, sought(analyse(text), _INDEX), [told])


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("من هو رئيس وزراء باكستان؟", "التقى برئيس الوزراء الباكستاني عمران خان"),
        ("Who is the Russian defence minister?", "دعوة وزير الدفاع الروسي سيرغي شويغو"),
        ("سخنگوی وزارت خارجه ایران کیست؟", "المتحدث باسم وزارة الخارجية الإيرانية سعيد خطيب زاده"),
        ("من هو سفير روسيا لدى إيران؟", "قال السفير الروسي لدى طهران لوان جاغريان"),
        ("من زار باكستان؟", "لا شيء هنا"),
        ("What is the length of the border?", "لا شيء هنا"),
    ],
)
def test_an_office_is_told_with_its_place_or_none_is_asked_for(question: str, told: str) -> None:
    assert not _lacks_office(question, told)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "من هو رئيس وزراء روسيا؟",
            "وصل إلى روسيا تلبية لدعوة وزير الدفاع. وكان في باكستان قد التقى برئيس الوزراء",
        ),
        ("Who is the prime minister of Russia?", "رئيس الوزراء الباكستاني عمران خان"),
        ("نخست‌وزیر روسیه کیست؟", "رئيس الوزراء الباكستاني عمران خان"),
        ("من هو كبير الجراحين في المستشفى؟", "قال مدير المستشفى إن الافتتاح تم السبت"),
    ],
)
def test_an_office_of_another_place_is_another_office(question: str, told: str) -> None:
    assert _lacks_office(question, told)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("بكم اشترت الدولة الطائرات؟", "بلغت قيمة الصفقة 300 مليون دولار"),
        ("How much did the ticket cost?", "ثمن التذكرة خمسة دنانير"),
        ("How old is the player?", "اللاعب البالغ من العمر 25 عاما"),
        ("ماذا قالت الوزيرة للصحفيين؟", "وأكدت الوزيرة أن المخزون يكفي"),
        ("What did the mayor say?", "صرح رئيس البلدية بأن الطريق ستفتح"),
        ("شهردار چه گفت؟", "وقال رئيس البلدية إن الطريق ستفتح"),
        ("What did she say about the visit?", "لا شيء هنا"),
        ("How much does a ticket cost?", "A ticket costs 20 dirhams"),
        ("بكم بيعت السيارة؟", "بيعت السيارة بعشرين ألفا"),
        ("سارا جم چند سال دارد؟", "سارا جم ۳۱ سال دارد"),
        ("How old is Lena?", "Lena Okafor, 19, a student in Porto"),
        (
            "What did Olav Berg say about the raise?",
            "Olav Berg, the head of the teachers' union in the county since 2015, said it was late",
        ),
        ("كم طائرة اشترت الدولة؟", "تسلمت الدولة 24 طائرة بقيمة مليون دولار"),
    ],
)
def test_an_answer_in_the_form_that_is_asked_for(question: str, told: str) -> None:
    assert not _lacks_shape(question, told)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("بكم اشترت الدولة الطائرات؟", "تسلمت الدولة 24 طائرة في مايو"),
        ("How much did the ticket cost?", "بيعت التذاكر في يومين"),
        ("How old is the player?", "سجل اللاعب هدفين في المباراة"),
        ("کاپیتان چند سال دارد؟", "قاد القائد فريقه إلى الفوز"),
        ("ماذا قال الوزير للضيف؟", "وصل الضيف بدعوة من الوزير إلى العاصمة"),
    ],
)
def test_a_sentence_of_another_form_is_no_answer(question: str, told: str) -> None:
    assert _lacks_shape(question, told)


def test_the_thirty_second_fair_is_not_the_thirty_first() -> None:
    told = ["افتتحت الوزيرة الدورة الحادية والثلاثين من المعرض"]
    assert lacks_ordinal("متى تقام الدورة الثانية والثلاثون من المعرض؟", told)
    assert not lacks_ordinal("متى تقام الدورة الحادية والثلاثون من المعرض؟", told)
    assert not lacks_ordinal("متى تبدأ المرحلة الثانية؟", told)


@pytest.mark.parametrize(
    ("question", "told", "nameless"),
    [
        ("ما اسم شركة التأمين؟", "مؤمن عليها لدى شركة سويسرية، وأن لوحة سقطت", True),
        ("ما اسم شركة التأمين؟", "مؤمن عليها لدى شركة «ألب» السويسرية", False),
        ("What is the name of the company?", "insured with Helvetia, a Swiss company", False),
        ("What is the name of the ship?", "غادرت السفينة الميناء في المساء", True),
        ("ما اسم السفينة؟", "غادرت السفينة طبرندوس الميناء", False),
        ("ما اسم أول سفينة رست؟", "رست السفينة في المساء", False),
        ("What is the name of the minister?", "The education minister, Nora Vik, came", False),
        ("نام شهردار چیست؟", "شهردار بندر نور، رضا امینی، پل تازه را گشود", False),
        ("ما اسم سفير روسيا؟", "قال السفير الروسي لدى طهران، لوان جاغريان، إن", False),
        ("متى رست السفينة؟", "رست السفينة في المساء", False),
        ("في أي سجن يقضي عقوبته؟", "حكم عليه بالسجن تسع سنوات", True),
        ("في أي سجن يقضي عقوبته؟", "نقل إلى سجن رومية لقضاء عقوبته", False),
        ("Which university did he attend?", "طالب الطب الذي حل في المركز الأول", True),
        ("او در کدام دانشگاه درس خواند؟", "حصلت على الدكتوراه من جامعة غرونوبل", False),
    ],
)
def test_a_thing_without_a_name_answers_no_question_for_it(
    question: str, told: str, *, nameless: bool
) -> None:
    assert _is_nameless(question, told) is nameless
