from pathlib import Path
from random import Random

import pytest

from rag.answers.likeness import likeness
from rag.answers.recitation import Checked, checked
from rag.answers.verification import verify
from tests.answers.reports import seed, sentence_with

QUESTION = "ماذا عن زيارة باقري؟"
ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "claims.tsv").read_text(encoding="utf-8").splitlines()
]
GOOD = [(int(row[1]), row[2], row[3]) for row in ROWS if row[0] == "supported"]


@pytest.mark.parametrize(("number", "needle", "statement"), GOOD)
def test_a_good_citation_is_not_disturbed(number: int, needle: str, statement: str) -> None:
    evidence = seed(number)
    cited = (sentence_with(needle, evidence),)
    found = checked(statement, cited, evidence, QUESTION)
    assert found == Checked(cited, verify(statement, cited, evidence, QUESTION))


def test_of_the_wrong_citations_that_nothing_else_tells_most_are_put_right() -> None:
    random, wrong, right = Random(1), 0, 0
    for number, needle, statement in GOOD:
        evidence = seed(number)
        own = sentence_with(needle, evidence)
        every = [sentence for one in evidence for sentence in one.sentences]
        for other in random.sample(every, 9):
            passes = verify(statement, [other], evidence, QUESTION).supported
            if not passes or other == own or likeness(statement, other.text) > 0.3:
                continue
            wrong += 1
            right += checked(statement, [other], evidence, QUESTION).cited == (own,)
    assert wrong > 20
    assert right / wrong > 0.8


def test_a_statement_is_cited_from_another_passage_that_fits_it() -> None:
    evidence = (*seed(4), *seed(3))
    wrong = sentence_with("شمال المحيط الهندي", evidence)
    statement = "كارولين روز كبيرة المحللين في معهد نيولاينز بواشنطن."
    assert verify(statement, [wrong], seed(3), statement).supported
    found = checked(statement, [wrong], evidence, statement)
    assert [one.text.startswith("وقالت كارولين روز") for one in found.cited] == [True]


def test_nothing_is_cited_instead_that_fits_no_better() -> None:
    evidence = seed(0)
    cited = (sentence_with("أربعة أيام", evidence),)
    statement = "Harbours and airports were closed."
    assert checked(statement, cited, evidence).cited == cited
