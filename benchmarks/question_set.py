"""A question set: documents with questions."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rag.evaluation import Example, read_examples

_PROJECT: Final = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Documents and the questions that they answer, each of which stands alone."""

    name: str
    documents: Path
    examples: tuple[Example, ...]


def read_question_set(folder: Path | None) -> QuestionSet:
    """The set in `folder`; without one, the project's own seeds and their questions.

    Left out are questions that the documents do not answer and those that lean on earlier turns.
    UsageError where the questions cannot be read.
    """
    if folder is None:
        name, documents = "seeds", _PROJECT / "seeds"
        questions = _PROJECT / "tests" / "questions" / "seeds.jsonl"
    else:
        name, documents, questions = folder.name, folder / "docs", folder / "questions.jsonl"
    examples = tuple(one for one in read_examples(questions) if one.files and not one.after)
    return QuestionSet(name, documents, examples)
