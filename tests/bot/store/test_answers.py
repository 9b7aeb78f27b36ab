"""Answers kept whole, what readers think of them, and what readers have chosen."""

from dataclasses import replace

from bot.store import DAY, Database, Place, Store
from bot.store.answers import Answers, KeptAnswer
from bot.store.feedback import WHOLE, Feedback, Verdict
from bot.store.readers import Readers
from rag.knowledge_base import Turn

HERE, THERE = Place(-100, 7), Place(-100, 8)
SARA, ALI = 5, 6
NOW = 1_800_000_000.0
KEPT = KeptAnswer("a1", HERE, SARA, NOW, ("متى؟",), {"question": "من؟", "text": "هي [1]"})


def test_an_answer_is_found_again_as_it_was(database: Database) -> None:
    answers = Answers(database)
    answers.keep(KEPT)
    answers.keep(replace(KEPT, answer={}))  # the same answer again, as after a kill
    assert answers.find("a1") == KEPT
    assert answers.find("a2") is None


def test_the_last_answer_of_a_place_is_found(database: Database) -> None:
    answers = Answers(database)
    for n, place in enumerate((HERE, HERE, THERE)):
        answers.keep(replace(KEPT, id=f"a{n}", place=place, at=NOW + n))
    last = answers.last(HERE)
    assert last and last.id == "a1"
    assert answers.last(Place(1, 0)) is None


def test_the_last_thing_a_reader_thinks_counts(database: Database) -> None:
    answers, feedback = Answers(database), Feedback(database)
    answers.keep(KEPT)
    answers.keep(replace(KEPT, id="a2"))
    feedback.give("a1", WHOLE, SARA, Verdict.BAD, NOW)
    feedback.give("a1", WHOLE, SARA, Verdict.GOOD, NOW + 1)
    feedback.give("a1", WHOLE, ALI, Verdict.BAD, NOW)
    feedback.give("a1", 2, ALI, Verdict.BAD, NOW)
    (judged,) = feedback.judged()
    assert (judged.id, judged.good, judged.bad, judged.bad_citations) == (
        "a1",
        1,
        1,
        frozenset({2}),
    )
    assert judged.answer == KEPT.answer and judged.earlier == ("متى؟",)


def test_whoever_wants_to_be_forgotten_leaves_nothing(database: Database) -> None:
    answers, feedback, readers = Answers(database), Feedback(database), Readers(database)
    answers.keep(KEPT)
    answers.keep(replace(KEPT, id="a2", asker=ALI))
    feedback.give("a1", WHOLE, ALI, Verdict.GOOD, NOW)
    feedback.give("a2", WHOLE, SARA, Verdict.GOOD, NOW)
    readers.choose(SARA, "fa")
    readers.choose(ALI, "en")
    assert answers.forget_asker(SARA) == 1
    readers.forget(SARA)
    assert answers.find("a1") is None and answers.find("a2") is not None
    assert feedback.judged() == []
    assert (readers.language(SARA), readers.language(ALI)) == (None, "en")


def test_what_others_were_answered_keeps_no_question_of_whom_is_forgotten(
    database: Database,
) -> None:
    answers, store = Answers(database), Store(database)
    answers.keep(replace(KEPT, id="own", earlier=()))
    answers.keep(replace(KEPT, id="after", asker=ALI))
    answers.keep(replace(KEPT, id="elsewhere", asker=ALI, place=THERE))
    answers.forget_asker(SARA)
    after, elsewhere = answers.find("after"), answers.find("elsewhere")
    assert after and after.earlier == ()
    assert elsewhere and elsewhere.earlier == KEPT.earlier
    store.remember(store.thread(THERE, 6), SARA, Turn("متى؟", "", ()), NOW)
    answers.forget_asker(SARA)
    elsewhere = answers.find("elsewhere")
    assert elsewhere and elsewhere.earlier == ()


def test_old_answers_go_with_what_was_thought_of_them(database: Database) -> None:
    answers, feedback = Answers(database), Feedback(database)
    answers.keep(KEPT)
    answers.keep(replace(KEPT, id="a2", at=NOW + 2 * DAY))
    for one in ("a1", "a2"):
        feedback.give(one, WHOLE, ALI, Verdict.GOOD, NOW)
    assert answers.expire(1, NOW + 2 * DAY) == 1
    assert [one.id for one in feedback.judged()] == ["a2"]


def test_a_language_is_chosen_and_chosen_anew(database: Database) -> None:
    readers = Readers(database)
    readers.choose(SARA, "fa")
    readers.choose(SARA, "en")
    assert readers.language(SARA) == "en"


def say(store: Store, message: int, question: str, asker: int = SARA) -> bool:
    thread = store.thread(HERE, 6)
    return store.remember(
        thread, asker, Turn(question, "جواب", ()), NOW, message=message, answer_id=f"a{message}"
    )


def questions(store: Store, **which: object) -> list[str]:
    return [turn.question for turn in store.thread(HERE, 6, **which).turns]  # type: ignore[arg-type]


def test_the_thread_can_be_read_as_it_was(database: Database) -> None:
    store = Store(database)
    for number in range(4):
        say(store, number, f"سؤال {number}")
    assert questions(store, before=2) == ["سؤال 0", "سؤال 1"]
    assert questions(store, until="a1") == ["سؤال 0", "سؤال 1"]
    assert len(questions(store, before=99)) == len(questions(store, until="a99")) == 4


def test_an_edited_question_takes_the_place_of_what_it_was(database: Database) -> None:
    store = Store(database)
    for number in range(3):
        say(store, number, f"سؤال {number}")
    assert store.question(HERE, 1) == "سؤال 1"
    say(store, 1, "سؤال آخر")
    assert questions(store) == ["سؤال 0", "سؤال آخر", "سؤال 2"]
    assert store.question(HERE, 99) is None


def test_what_others_asked_stays_when_somebody_is_forgotten(database: Database) -> None:
    store = Store(database)
    say(store, 1, "من؟")
    say(store, 2, "متى؟", asker=ALI)
    under_way = store.thread(HERE, 6)
    assert store.forget_asker(SARA) == 1
    assert questions(store) == ["متى؟"]
    assert not store.remember(under_way, SARA, Turn("أين؟", "", ()), NOW)
    assert questions(store) == ["متى؟"]
