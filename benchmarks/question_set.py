"""A question set: documents with questions, and how well a ranking of files answers them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Final

from rag.evaluation import Example, read_examples

DEPTH: Final = 10
"""How many passages a system is asked for."""

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


def reciprocal_rank(example: Example, ranked: Sequence[str]) -> float:
    """1 over the rank of the first right file; 0 where there is none."""
    places = _places(example, ranked)
    return 1 / places[0] if places else 0.0


def recall(example: Example, ranked: Sequence[str], depth: int) -> float:
    """Whether a right file is among the first `depth`; of files that are all wanted, the share."""
    found = [place for place in _places(example, ranked) if place <= depth]
    return len(found) / len(set(example.files)) if example.all else float(bool(found))


def gain(example: Example, ranked: Sequence[str]) -> float:
    """NDCG (Järvelin and Kekäläinen, 2002), each right file counted once."""
    places = _places(example, ranked)
    wanted = len(set(example.files)) if example.all else 1
    best = sum(1 / log2(place + 1) for place in range(1, wanted + 1))
    return sum(1 / log2(place + 1) for place in places[:wanted]) / best


def _places(example: Example, ranked: Sequence[str]) -> list[int]:
    """The ranks, from 1, at which each right file first appears."""
    shown = list(ranked[:DEPTH])
    return sorted(shown.index(file) + 1 for file in set(example.files) if file in shown)
