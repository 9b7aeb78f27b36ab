"""A follow-up is looked for first in the documents of which the conversation was."""

import pytest

from rag.retrieval.follow_up import Turn
from tests.library import Library

NORTH = """Harbour of Norvik

Lena Brandt opened the harbour of Norvik on 2 May 2019. The port authority of Norvik paid for it.
The harbour cost 40 million euros. Twelve ships can lie there at a time.
"""
SOUTH = """Harbour of Sudvik

Lena Brandt opened the harbour of Sudvik on 9 June 2021. The city council of Sudvik paid for it.
The harbour cost 70 million euros. Thirty ships can lie there at a time.
"""


@pytest.fixture
def harbours(library: Library) -> Library:
    return library.fill(north=NORTH, south=SOUTH)


@pytest.mark.parametrize(("file", "cost"), [("north.txt", "40"), ("south.txt", "70")])
@pytest.mark.parametrize("asked", ["And what did it cost?", "How much did it cost?"])
def test_the_document_of_the_last_answer_comes_first(
    harbours: Library, file: str, cost: str, asked: str
) -> None:
    history = [Turn("Who opened the harbour?", "Lena Brandt [1].", (file,))]
    findings = harbours.find(asked, history)
    assert findings.understood
    assert findings.chosen[0].sentence.source.path == file
    assert any(f"{cost} million" in one.sentence.text for one in findings.chosen[:3])


def test_the_last_document_is_that_of_the_last_answer_that_had_one(harbours: Library) -> None:
    history = [
        Turn("Who opened the harbour?", "Lena Brandt [1].", ("north.txt",)),
        Turn("And what did it cost?", "40 million [1].", ("south.txt",)),
        Turn("And who painted it?", "The documents do not say anything about this.", ()),
    ]
    findings = harbours.find("And how many ships?", history)
    assert findings.chosen[0].sentence.source.path == "south.txt"


def test_the_other_documents_are_still_there(harbours: Library) -> None:
    history = [Turn("Who opened the harbour of Norvik?", "Lena Brandt [1].", ("north.txt",))]
    findings = harbours.find("And that of Sudvik?", history)
    assert findings.chosen[0].sentence.source.path == "south.txt"


def test_a_question_that_stands_alone_has_no_document_carried_to_it(harbours: Library) -> None:
    history = [Turn("Who opened the harbour of Norvik?", "Lena Brandt [1].", ("north.txt",))]
    question = "When was the harbour of Sudvik opened?"
    alone, after = harbours.find(question), harbours.find(question, history)
    assert [one.sentence for one in alone.chosen] == [one.sentence for one in after.chosen]
