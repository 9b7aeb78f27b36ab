"""What readers think, as a question file and as complaints."""

import json
from pathlib import Path
from typing import Any

from bot.export import complaints, questions
from bot.store.feedback import Judged
from rag.answers.answer import Mode
from rag.evaluation import read_examples
from tests.bot.doubles import ANSWER, answered, cited


def judged(answer: Any = ANSWER, good: int = 1, bad: int = 0, *wrong: int) -> Judged:
    return Judged(answer.id, ("من هو؟",), answer.as_json(), good, bad, frozenset(wrong))


def test_a_good_answer_becomes_a_question_with_its_evidence(tmp_path: Path) -> None:
    answer = answered(citations=(cited(), cited(n=2, file="b.txt", quote="خطأ")))
    (line,) = questions([judged(answer, 2, 1, 2)])
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps(line), encoding="utf-8")
    (example,) = read_examples(path)
    assert example.question == ANSWER.question
    assert example.files == (cited().file,)
    assert example.answers == (cited().quote,)
    assert (example.language, example.after, example.expect) == ("ar", ("من هو؟",), "answer")


def test_a_good_refusal_is_one_to_be_expected() -> None:
    for mode, expected in ((Mode.ABSTAINED, "abstain"), (Mode.NEAREST, "nearest")):
        (line,) = questions([judged(answered(mode=mode))])
        assert line["expect"] == expected and "files" not in line


def test_what_proves_nothing_is_no_question() -> None:
    assert questions([judged(ANSWER, 1, 1), judged(ANSWER, 0, 1), judged(ANSWER, 1, 0, 1)]) == []


def test_complaints_come_with_the_whole_answer() -> None:
    found = complaints([judged(ANSWER, 0, 1), judged(ANSWER, 2, 0, 1), judged(ANSWER, 1, 0)])
    assert [one["bad_citations"] for one in found] == [[], [1]]
    assert found[0]["answer"] == ANSWER.as_json()
    assert (found[0]["bad"], found[1]["good"]) == (1, 2)
