import pytest

from rag.retrieval.follow_up import Turn, complete


def after(*questions: str) -> list[Turn]:
    return [Turn(question, "…", ()) for question in questions]


@pytest.mark.parametrize(
    ("before", "text", "taken"),
    [
        ("متى زار باقري موسكو؟", "ومتى عاد؟", "باقري موسكو"),
        ("متى وصل باقري إلى موسكو؟", "وكم يوما مكث هناك؟", "باقري موسكو"),
        ("مين عزم باقري ع روسيا؟", "طب هو كان عايز ايه؟", "باقري روسيا"),
        ("When did Bagheri travel to Beijing?", "And who invited him?", "Bagheri Beijing"),
        ("Who is Caroline Rose?", "What did she say?", "Caroline Rose"),
        ("باقری چه زمانی به مسکو رسید؟", "به دعوت چه کسی؟", "باقری مسکو"),
        ("متى زار باقري بكين؟", "وكم بقي هناك؟", "باقري بكين"),
    ],
)
def test_a_follow_up_takes_over_the_names(before: str, text: str, taken: str) -> None:
    completed = complete(text, after(before))
    assert completed
    assert completed.startswith(f"{text} (")
    assert set(taken.split()) <= set(completed.strip(")").split("(")[1].split())


@pytest.mark.parametrize(
    ("before", "text", "taken", "left"),
    [
        ("كم يوما استمرت زيارة باقري لروسيا؟", "وماذا عن باكستان؟", "باقري", "لروسيا"),
        ("كم يوما بقي باقري في روسيا؟", "وماذا عن باكستان؟", "باقري", "روسيا"),
        ("How long was Bagheri in Russia?", "What about Pakistan?", "Bagheri", "Russia"),
        ("باقری چند روز در روسیه ماند؟", "پاکستان چطور؟", "باقری", "روسیه"),
    ],
)
def test_what_about_another_country_takes_over_all_but_the_country(
    before: str, text: str, taken: str, left: str
) -> None:
    completed = complete(text, after(before))
    assert completed
    words = completed.strip(")").split("(")[1].split()
    assert taken in words
    assert left not in words


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
