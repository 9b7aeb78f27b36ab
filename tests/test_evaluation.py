"""Known answers, most of them bad, and the figures that they have to get."""

from dataclasses import replace
from math import log2
from pathlib import Path
from typing import Any

import pytest

from rag.answers.answer import Answer, Citation, Mode
from rag.errors import UsageError
from rag.evaluation import Example, Outcome, gain, read_examples, recall, reciprocal_rank, scores

RIGHT = Example("متى؟", ("a.txt",), ("17 أكتوبر",), "ar", "answer", False, (), ())
BOTH = replace(RIGHT, files=("a.txt", "b.txt"), all=True)
OFF_TOPIC = Example("Chess?", (), (), "en", "abstain", False, (), ())


def citation(n: int, quote: str, file: str = "a.txt") -> Citation:
    return Citation(
        n, file, (), "", None, None, 0, len(quote), 1, None, quote, None, "0" * 64, "utf-8"
    )


def outcome(
    example: Example = RIGHT,
    *quotes: str,
    ranked: tuple[str, ...] = ("a.txt",),
    mode: Mode = Mode.QUOTED,
    valid: tuple[bool, ...] | None = None,
    text: str | None = None,
    milliseconds: float = 10.0,
) -> Outcome:
    citations = tuple(citation(n, quote) for n, quote in enumerate(quotes, start=1))
    said = " ".join(f"«{one.quote}» [{one.n}]" for one in citations) if text is None else text
    answer = Answer(
        example.question, example.language, "question", mode, said, (), citations, (), 1, "id"
    )
    return Outcome(example, answer, ranked, valid or (True,) * len(quotes), milliseconds)


REFUSED = outcome(OFF_TOPIC, mode=Mode.ABSTAINED, ranked=("c.txt",))


# Retrieval


@pytest.mark.parametrize(
    ("ranked", "rank"),
    [
        (("a.txt",), 1.0),
        (("b.txt", "a.txt", "a.txt"), 0.5),
        (("b.txt",) * 9 + ("a.txt",), 0.1),
        (("b.txt",) * 10 + ("a.txt",), 0.0),
        (("b.txt",), 0.0),
        ((), 0.0),
    ],
)
def test_reciprocal_rank(ranked: tuple[str, ...], rank: float) -> None:
    assert reciprocal_rank(RIGHT, ranked) == pytest.approx(rank)


def test_any_right_file_will_do_unless_all_are_wanted() -> None:
    ranked = ("b.txt", "c.txt", "a.txt")
    either = replace(BOTH, all=False)
    assert recall(either, ranked, 1) == 1
    assert recall(BOTH, ranked, 1) == 0.5
    assert recall(BOTH, ranked, 3) == 1
    assert recall(BOTH, ("c.txt",), 10) == 0


def test_gain_falls_with_the_rank() -> None:
    assert gain(RIGHT, ("a.txt", "a.txt")) == 1
    assert gain(RIGHT, ("b.txt", "a.txt")) == pytest.approx(1 / log2(3))
    assert gain(BOTH, ("a.txt", "b.txt")) == 1
    only_one = (1 / log2(2)) / (1 / log2(2) + 1 / log2(3))
    assert gain(BOTH, ("a.txt", "c.txt")) == pytest.approx(only_one)
    assert gain(RIGHT, ()) == 0


# Evidence and citations


def evidence(*outcomes: Outcome) -> tuple[float, float]:
    found = scores(outcomes)["evidence"]
    return found["hit@1"], found["hit"]


def test_evidence_is_a_quotation_that_holds_the_answer_however_it_is_spelt() -> None:
    assert evidence(outcome(RIGHT, "وصل في ١٧ اُكتوبر إلى موسكو")) == (1, 1)
    assert evidence(outcome(RIGHT, "شيء آخر", "وصل في 17 أكتوبر")) == (0, 1)
    assert evidence(outcome(RIGHT, "شيء آخر")) == (0, 0)
    assert evidence(outcome(RIGHT, mode=Mode.ABSTAINED)) == (0, 0)


def test_where_values_are_wanted_all_of_them_have_to_be_cited() -> None:
    example = replace(
        RIGHT, answers=("أربعة أيام", "ثلاثة أيام"), values=("أربعة أيام", "ثلاثة أيام")
    )
    assert evidence(outcome(example, "دامت أربعة أيام")) == (1, 0)
    assert evidence(outcome(example, "دامت أربعة أيام", "بل ثلاثة أيام")) == (1, 1)


def citations(*outcomes: Outcome) -> tuple[float | None, float | None]:
    found = scores(outcomes)["citations"]
    return found["valid"], found["per_answer"]


def test_a_citation_that_is_not_in_its_file_is_invalid() -> None:
    assert citations(outcome(RIGHT, "one", "two")) == (1, 2)
    assert citations(outcome(RIGHT, "one", "two", valid=(True, False))) == (0.5, 2)
    assert citations(outcome(RIGHT, "one", valid=(False,)), outcome(RIGHT, "one")) == (0.5, 1)


def test_a_citation_that_the_text_does_not_show_is_invalid() -> None:
    assert citations(outcome(RIGHT, "one", text="one, uncited")) == (0, 1)
    assert citations(outcome(RIGHT, "one", text="one [2]")) == (0, 1)


def test_answers_without_citations_count_for_abstention_and_not_here() -> None:
    assert citations(REFUSED) == (None, None)
    assert citations(REFUSED, outcome(RIGHT, "one")) == (1, 1)


# Abstention


def abstention(*outcomes: Outcome) -> dict[str, Any]:
    return dict(scores(outcomes)["abstention"])


def test_refusing_what_is_not_there_is_right() -> None:
    found = abstention(REFUSED, outcome(RIGHT, "one"))
    assert (found["precision"], found["recall"], found["f1"]) == (1, 1, 1)


def test_refusing_what_is_there_is_wrong() -> None:
    found = abstention(outcome(RIGHT, mode=Mode.ABSTAINED), REFUSED)
    assert (found["precision"], found["recall"]) == (0.5, 1)
    assert found["f1"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["answered"] == 0


def test_answering_what_is_not_there_is_wrong() -> None:
    found = abstention(outcome(OFF_TOPIC, "one"), outcome(RIGHT, "one"))
    assert (found["precision"], found["recall"], found["f1"]) == (None, 0, None)


def test_either_way_of_refusing_is_right_and_how_many_were_told_exactly_is_said_too() -> None:
    near = replace(OFF_TOPIC, expect="nearest")
    found = abstention(
        outcome(near, "one", mode=Mode.NEAREST),
        outcome(near, mode=Mode.ABSTAINED),
        outcome(OFF_TOPIC, "one", mode=Mode.NEAREST),
        outcome(OFF_TOPIC, "one", mode=Mode.NEAREST),
        outcome(OFF_TOPIC, "one", mode=Mode.NEAREST),
        REFUSED,
    )
    assert (found["precision"], found["recall"], found["f1"]) == (1, 1, 1)
    assert found["exact"] == {"nearest": 0.5, "abstain": 0.25}
    assert abstention(outcome(RIGHT, "one"))["exact"] == {"nearest": None, "abstain": None}


def test_figures_are_given_by_kind_where_the_questions_have_one() -> None:
    listing = replace(RIGHT, kind="list")
    found = scores([outcome(RIGHT, "one"), outcome(listing, "17 أكتوبر"), REFUSED])["by_kind"]
    assert list(found) == ["list"]
    assert found["list"]["questions"] == 1
    assert found["list"]["evidence"]["hit"] == 1


def test_saying_that_it_only_comes_near_is_no_answer() -> None:
    near = replace(OFF_TOPIC, expect="nearest")
    assert abstention(outcome(near, "one", mode=Mode.NEAREST))["recall"] == 1
    assert abstention(outcome(near, "one", mode=Mode.QUOTED))["recall"] == 0
    assert abstention(outcome(RIGHT, "one", mode=Mode.NEAREST))["precision"] == 0


def test_talk_is_not_judged_here() -> None:
    talk = Example("Hi", (), (), "en", "talk", False, (), ())
    found = abstention(outcome(talk))
    assert (found["precision"], found["recall"], found["f1"]) == (None, None, None)


# The whole


def test_the_figures_are_those_of_the_interface() -> None:
    found = scores([outcome(RIGHT, "في 17 أكتوبر"), REFUSED])
    assert found["questions"] == 2
    assert found["retrieval"] == {
        "mrr@10": 1,
        "recall@1": 1,
        "recall@5": 1,
        "recall@10": 1,
        "ndcg@10": 1,
    }
    assert found["evidence"].keys() == {"hit@1", "hit"}
    assert found["citations"].keys() == {"valid", "per_answer"}
    assert found["abstention"].keys() >= {"precision", "recall", "f1"}
    assert found["milliseconds"].keys() == {"p50", "p99"}
    assert found["by_language"].keys() == {"ar", "en"}
    assert found["by_language"]["ar"]["questions"] == 1
    assert found["by_language"]["ar"]["retrieval"]["mrr@10"] == 1
    assert found["by_language"]["en"]["retrieval"]["mrr@10"] is None


def test_questions_without_an_answer_do_not_count_for_retrieval() -> None:
    missed = outcome(RIGHT, ranked=("b.txt",))
    assert scores([missed, REFUSED, outcome(RIGHT)])["retrieval"]["recall@10"] == 0.5


def test_the_times_are_those_in_the_middle_and_near_the_end() -> None:
    found = scores([outcome(milliseconds=float(n)) for n in range(1, 101)])["milliseconds"]
    assert 50 <= found["p50"] <= 51
    assert 99 <= found["p99"] <= 100


def test_an_interval_holds_the_mean_and_is_the_same_in_every_run() -> None:
    outcomes = [outcome(ranked=("a.txt",) if n % 3 else ("b.txt",)) for n in range(60)]
    found = scores(outcomes)
    low, high = found["confidence"]["mrr@10"]
    assert low < found["retrieval"]["mrr@10"] < high
    assert scores(outcomes) == found


def test_every_language_has_intervals_of_its_own() -> None:
    outcomes = [outcome(OFF_TOPIC, mode=Mode.QUOTED), *[outcome(RIGHT, "شيء آخر")] * 3]
    found = scores(outcomes)
    assert found["confidence"]["refused"] == [0, 0]
    assert found["by_language"][RIGHT.language]["confidence"]["answered"] == [1, 1]
    assert found["by_language"][RIGHT.language]["confidence"]["hit"] == [0, 0]


# Question files


def test_a_question_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(
        '\ufeff{"question": "متى؟", "files": ["a.txt"], "answers": ["17"], "language": "ar"}\n\n'
        '{"question": "And?", "after": ["When?"], "expect": "nearest", "language": "en"}\n'
        '{"question": "Both?", "files": ["a.txt", "b.txt"], "all": true, "values": ["1", "2"]}\n'
        '{"question": "Chess?", "variety": "any other field"}\n',
        encoding="utf-8",
    )
    one, two, three, four = read_examples(path)
    assert (one.question, one.files, one.answers) == ("متى؟", ("a.txt",), ("17",))
    assert (one.expect, one.all, one.after) == ("answer", False, ())
    assert (two.expect, two.after) == ("nearest", ("When?",))
    assert (three.all, three.values) == (True, ("1", "2"))
    assert not four.files
    assert abstention(outcome(four, mode=Mode.ABSTAINED))["recall"] == 1


def test_a_line_may_hold_any_character(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "one\u2028two\u0085three"}\n', encoding="utf-8")
    (one,) = read_examples(path)
    assert one.question == "one\u2028two\u0085three"


WRONG_FILES = ('{"question": "x", "files": 7}', '{"question": "x", "files": "a.txt"}')


@pytest.mark.parametrize("line", ["{", "[]", "7", '"text"', "{}", *WRONG_FILES])
def test_what_is_no_question_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f'{{"question": "x"}}\n{line}\n')
    with pytest.raises(UsageError, match="Line 2"):
        read_examples(path)


def test_a_file_that_is_not_there_or_not_text_or_empty_is_refused(tmp_path: Path) -> None:
    for content in (None, b"\xff\xfe", b"\n\n"):
        path = tmp_path / "questions.jsonl"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(UsageError, match=r"questions\.jsonl"):
            read_examples(path)
