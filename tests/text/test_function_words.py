import pytest

from rag.text.folding import folded_words
from rag.text.function_words import Asked, asked, is_function_word


def topic(text: str) -> list[str]:
    return [word for word in folded_words(text) if not is_function_word(word)]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("من هو باقري؟", "باقري"),
        ("وما الذي قاله باجوا عن ذلك؟", "قاله باجوا"),
        ("متى كانت الزيارة إلى موسكو؟", "الزياره موسكو"),
        ("شو هو الاتفاق اللي صار؟", "الاتفاق صار"),
        ("ليش راح باقري على موسكو؟", "باقري موسكو"),
        ("باقری کی به مسکو رفت؟", "باقري مسكو رفت"),
        ("آیا این توافق امضا شده است؟", "توافق امضا"),
        ("Who was with Bagheri in Moscow?", "bagheri moscow"),
        ("مَتَى عُقِدَ الاجتِماعُ؟", "عقد الاجتماع"),
    ],
)
def test_what_remains_of_a_question_is_its_topic(question: str, words: str) -> None:
    assert topic(question) == words.split()


@pytest.mark.parametrize("word", ["ومن", "فما", "وهل", "وفي", "فهل", "والتي"])
def test_a_function_word_joined_to_and_is_one_still(word: str) -> None:
    assert is_function_word(*folded_words(word))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("دول الخليج", "دول"),
        ("ولي العهد", "ولي"),
        ("فهم الاتفاق", "فهم"),
    ],
)
def test_a_word_that_names_something_is_no_function_word(text: str, word: str) -> None:
    assert word in topic(text)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("متى وصل باقري؟", {Asked.WHEN}),
        ("إمتى وصل باقري؟", {Asked.WHEN}),
        ("في أي سنة وقع الاتفاق؟", {Asked.WHEN}),
        ("When did he arrive?", {Asked.WHEN}),
        ("In which year was it signed?", {Asked.WHEN}),
        ("باقری کی به مسکو رفت؟", {Asked.WHEN}),
        ("در چه سال امضا شد؟", {Asked.WHEN}),
        ("در چه سالی امضا شد؟", {Asked.WHEN}),
        ("چه روزی رسید؟", {Asked.WHEN}),
        ("كم عدد أعضاء الوفد؟", {Asked.HOW_MANY}),
        ("كم كيلومترا يبلغ طول الحدود؟", {Asked.HOW_MANY}),
        ("How many members are there?", {Asked.HOW_MANY}),
        ("چند عضو دارد؟", {Asked.HOW_MANY}),
        ("كم يوما دامت الزيارة؟", {Asked.HOW_MANY, Asked.HOW_LONG}),
        ("قديش استمرت الزيارة؟", {Asked.HOW_MANY, Asked.HOW_LONG}),
        ("ما مدة الزيارة؟", {Asked.HOW_LONG}),
        ("How long did the visit last?", {Asked.HOW_MANY, Asked.HOW_LONG}),
        ("سفر چند روز طول کشید؟", {Asked.HOW_MANY, Asked.HOW_LONG}),
        ("من هي كارولين روز؟", {Asked.WHO}),
        ("ومن استقبل باقري؟", {Asked.WHO}),
        ("مين استقبل باقري؟", {Asked.WHO}),
        ("Who received Bagheri?", {Asked.WHO}),
        ("باقری کیست؟", {Asked.WHO}),
        ("چه کسی باقری را دعوت کرد؟", {Asked.WHO}),
        ("أين التقى الوزيران؟", {Asked.WHERE}),
        ("وين التقى الوزيران؟", {Asked.WHERE}),
        ("Where did they meet?", {Asked.WHERE}),
        ("کجا دیدار کردند؟", {Asked.WHERE}),
        ("لماذا زار باقري موسكو؟", {Asked.WHY}),
        ("ليش زار باقري موسكو؟", {Asked.WHY}),
        ("Why did he go?", {Asked.WHY}),
        ("چرا رفت؟", {Asked.WHY}),
        ("متى زار باقري موسكو ولماذا؟", {Asked.WHEN, Asked.WHY}),
        ("مع من التقى باقري؟", {Asked.WHO}),
        ("أخبرني من استقبله", {Asked.WHO}),
        ("أين كان باقري ومن كان معه؟", {Asked.WHERE, Asked.WHO}),
        ("هل زار باقري موسكو؟", set()),
        ("What did Bajwa say?", set()),
        ("", set()),
    ],
)
def test_a_question_word_tells_what_is_asked_for(question: str, wanted: set[Asked]) -> None:
    assert asked(folded_words(question)) == wanted


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("متى عاد باقري من باكستان؟", {Asked.WHEN}),
        ("كم تبعد موسكو من طهران؟", {Asked.HOW_MANY}),
        ("أين هبطت الطائرة القادمة من بكين؟", {Asked.WHERE}),
        ("كم من الوقت بقي باقري في موسكو؟", {Asked.HOW_MANY, Asked.HOW_LONG}),
        ("هل من جديد في طهران؟", set()),
        ("من أين جاء الوفد؟", {Asked.WHERE}),
    ],
)
def test_from_is_not_taken_for_who(question: str, wanted: set[Asked]) -> None:
    assert asked(folded_words(question)) == wanted


@pytest.mark.parametrize(
    "question",
    ["شقد ضل الوفد بموسكو؟", "أديش قعد الوفد بموسكو؟", "قديش بقي هناك؟", "كم ظلت المدينة محاصرة؟"],
)
def test_how_long_is_asked_in_the_words_of_every_country(question: str) -> None:
    assert Asked.HOW_LONG in asked(folded_words(question))
