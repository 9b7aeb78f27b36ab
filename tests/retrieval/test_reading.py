"""Passages read sentence by sentence: what each holds of a question, and the order of the first."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.documents.evidence import Evidence, Sentence
from rag.index.lexical import LexicalIndex
from rag.retrieval.coverage import sought
from rag.retrieval.question import analyse
from rag.retrieval.reading import DEPTH, Line, Reading, has_cue, leans, read, reread
from rag.text.function_words import Asked
from tests.library import Library
from tests.retrieval.passages import passage

EMPTY = LexicalIndex([], [])
SOME = passage("وصل الوزير إلى المدينة.")

MOST_OF_A_LINE = 1 + 0.3 + 0.12 + 0.12 + 0.4
shares = st.floats(0, 1)
lines = st.builds(Line, st.floats(0, MOST_OF_A_LINE), shares, st.just(()))
found = st.lists(
    st.tuples(shares, shares, st.lists(lines, max_size=4)), max_size=2 * DEPTH + 4
).map(lambda given: [reading(*one) for one in sorted(given, key=lambda one: -one[0])])
"""Readings of passages in the order in which they were found."""


def reading(score: float, title: float = 0.0, told: Sequence[Line] = ()) -> Reading:
    return Reading(replace(SOME, score=score, lexical=score), title, tuple(told))


def line(score: float) -> Line:
    return Line(score, 0.0, ())


def read_for(question: str, text: str, score: float = 1.0) -> Reading:
    asked = analyse(question)
    return read(asked, sought(asked, EMPTY), passage(text, score))


# The order


@given(found)
def test_reading_again_keeps_every_passage_and_gives_scores_in_order(given: list[Reading]) -> None:
    again = reread(given)
    scores = [one.passage.score for one in again]
    assert all(0 <= score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)
    assert sorted(map(contents, again)) == sorted(map(contents, given))
    assert all(one.passage.lexical == before(one, given) for one in again)


@given(found)
def test_only_the_first_are_moved(given: list[Reading]) -> None:
    numbered = [replace(one, passage=named(one, place)) for place, one in enumerate(given)]
    places = [int(one.passage.source.path) for one in reread(numbered)]
    assert sorted(places[:DEPTH]) == list(range(len(given)))[:DEPTH]
    assert places[DEPTH:] == list(range(len(given)))[DEPTH:]


@given(found)
def test_passages_that_say_nothing_more_than_each_other_stay_where_they_are(
    given: list[Reading],
) -> None:
    alike = [
        replace(one, title=0.5, lines=(line(0.7),), passage=named(one, place))
        for place, one in enumerate(given)
    ]
    again = [int(one.passage.source.path) for one in reread(alike)]
    assert again == list(range(len(given)))


@given(st.floats(0.01, 1), st.floats(0, 1), st.floats(0.01, 0.5))
def test_of_two_passages_alike_the_one_whose_sentence_says_more_comes_first(
    score: float, little: float, more: float
) -> None:
    one, other = reading(score, 0.1, [line(little)]), reading(score, 0.1, [line(little + more)])
    first, second = reread([one, other])
    assert first.lines[0].score >= second.lines[0].score
    assert first.passage.score >= second.passage.score


def test_a_passage_much_better_by_all_its_words_is_not_overtaken_by_one_sentence() -> None:
    best, other = reading(0.9), reading(0.3, 0.0, [line(1.3)])
    assert reread([best, other])[0] is not other
    assert reread([best, other])[0].passage.lexical == 0.9


def test_a_title_that_says_the_question_lifts_a_passage() -> None:
    plain, titled = reading(0.6), reading(0.5, 1.0)
    assert reread([plain, titled])[0].title == 1.0


def test_of_nothing_there_is_nothing_to_read() -> None:
    assert reread([]) == []
    assert [one.passage.score for one in reread([reading(0.0), reading(0.0)])] == [0, 0]


def contents(one: Reading) -> tuple[float, float, tuple[float, ...]]:
    return one.passage.lexical, one.title, tuple(line.score for line in one.lines)


def before(one: Reading, given: Sequence[Reading]) -> float:
    """The lexical score that a reading came with."""
    return next(other.passage.lexical for other in given if contents(other) == contents(one))


def named(one: Reading, place: int) -> Evidence:
    """Its passage, as if in a file named by its place."""
    return replace(one.passage, source=replace(one.passage.source, path=str(place)))


# What a sentence holds


def test_the_sentence_that_says_most_of_the_question_has_the_highest_score() -> None:
    text = "افتتح الوزير مكتبة. وصل باقري إلى موسكو يوم الأحد. غادر السفير العاصمة."
    scores = [one.score for one in read_for("متى وصل باقري إلى موسكو؟", text).lines]
    assert len(scores) == 3
    assert scores.index(max(scores)) == 1


def test_a_sentence_that_leans_holds_what_the_one_before_it_told() -> None:
    text = "وصل باقري إلى موسكو. واستمرت الزيارة طويلا. وأضاف أنه بقي أربعة أيام."
    leaning = "زار باقري موسكو. وأضاف أنه بقي أربعة أيام."
    alone = read_for("باقري موسكو", text).lines[2]
    leant = read_for("باقري موسكو", leaning).lines[1]
    assert leant.told != alone.told
    assert max(leant.told) > max(alone.told)
    assert leant.coverage > alone.coverage


def test_what_the_title_says_its_sentences_need_not_repeat() -> None:
    titled = "باقري في موسكو\n\nاستمرت الزيارة أربعة أيام. وعاد بعدها."
    plain = "أخبار اليوم من هنا\n\nاستمرت الزيارة أربعة أيام. وعاد بعدها."
    question = "كم استمرت زيارة باقري إلى موسكو؟"
    with_title, without = read_for(question, titled), read_for(question, plain)
    assert with_title.title > 0.3 > without.title
    assert with_title.lines[0].coverage > without.lines[0].coverage
    assert with_title.lines[0].told == without.lines[0].told


def test_a_file_name_that_serves_as_title_says_nothing() -> None:
    text = "استمرت الزيارة أربعة أيام."
    asked = analyse("باقري موسكو")
    one = read(asked, sought(asked, EMPTY), passage(text, 1.0, "باقري موسكو.txt"))
    assert one.title == 0


def test_a_sentence_with_the_form_of_an_answer_scores_higher() -> None:
    for question, with_cue, without in (
        ("متى وصل الوزير؟", "وصل الوزير في أكتوبر.", "وصل الوزير في سلام."),
        ("كم دولة شاركت؟", "شاركت خمس دولة.", "شاركت كل دولة."),
        ("كم يوما دامت الزيارة؟", "دامت الزيارة أربعة أيام.", "دامت الزيارة كما أريد."),
        ("How many ministers came?", "Twelve or 12 ministers came.", "Many more ministers came."),
    ):
        best = read_for(question, with_cue).lines[0].score
        assert best > read_for(question, without).lines[0].score


def test_every_share_of_a_reading_lies_between_nothing_and_all(seeds_library: Library) -> None:
    for text in ("كم دامت زيارة باقري إلى باكستان؟", "Who is Caroline Rose?", "باقری کیست؟", "؟!"):
        question = analyse(text)
        words = sought(question, seeds_library.snapshot.lexical)
        for one in seeds_library.search(text, 20):
            whole = read(question, words, one)
            assert len(whole.lines) == len(one.sentences)
            assert 0 <= whole.title <= 1
            for held in whole.lines:
                assert 0 <= held.coverage <= 1
                assert len(held.told) == len(words)
                assert all(0 <= strength <= 1 for strength in held.told)


def test_a_question_without_words_reads_without_harm() -> None:
    (only,) = read_for("؟!", "وصل الوزير.").lines
    assert (only.score, only.coverage, only.told) == (0, 0, ())


# The forms of sentences


@pytest.mark.parametrize(
    ("kind", "yes", "no"),
    [
        (Asked.WHEN, "وصل في 2021", "وصل في سلام"),
        (Asked.WHEN, "وصل في تشرين الأول", "وصل في الصباح الباكر جدا"),
        (Asked.WHEN, "it happened yesterday", "it happened"),
        (Asked.WHEN, "تعقد اللجنة في غضون ثلاثة أشهر", "تعقد اللجنة في طهران"),
        (Asked.WHEN, "they meet within three months", "they meet in the town"),
        (Asked.HOW_MANY, "حضر ثلاثون أو 30 وزيرا", "حضر الوزراء"),
        (Asked.HOW_MANY, "حضر خمسة وزراء", "حضر الوزراء في 17 أكتوبر 2021"),
        (Asked.HOW_LONG, "بقي يومين", "بقي خمسة وزراء"),
        (Asked.HOW_LONG, "it lasted 4 days", "it lasted 4 of them"),
        (Asked.HOW_LONG, "چهار روز ماند", "چهار نفر ماند"),
    ],
)
def test_the_form_of_an_answer_is_known(kind: Asked, yes: str, no: str) -> None:
    assert has_cue(kind, sentence(yes))
    assert not has_cue(kind, sentence(no))


@pytest.mark.parametrize("kind", [Asked.WHO, Asked.WHERE, Asked.WHY])
def test_other_questions_have_no_form_of_answer(kind: Asked) -> None:
    assert not has_cue(kind, sentence("وصل باقري إلى موسكو في 17 أكتوبر 2021"))


@pytest.mark.parametrize(
    "text",
    [
        "وقال إن الزيارة مهمة",
        "وأضاف: «نعم»",
        "وأَضافَ أنه عاد",
        "هذه الزيارة مهمة",
        "وهو وزير",
        "He said so",
        "بعد ذلك عاد",
        "وی گفت",
    ],
)
def test_a_sentence_that_speaks_of_what_was_named_before_leans(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "وقالت كارولين روز إن الزيارة مهمة",
        "وصل الوزير",
        "Heinz said so",
        "Thistles grow",
        "",
    ],
)
def test_a_sentence_that_names_what_it_speaks_of_does_not(text: str) -> None:
    assert not leans(text)


def sentence(text: str) -> Sentence:
    (only,) = passage(f"{text}.").sentences
    return only
