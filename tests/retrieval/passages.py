"""A passage found for a question, made from a text."""

from collections.abc import Sequence
from dataclasses import replace

from rag.documents.evidence import Evidence
from rag.retrieval.choice import Chosen, choose
from rag.retrieval.coverage import Sought
from rag.retrieval.question import Question
from rag.retrieval.reading import read
from tests.answers.reports import evidence_of


def passage(text: str, score: float = 1.0, name: str = "report.txt") -> Evidence:
    """The only passage of a text, found with a score."""
    (found,) = evidence_of(text, name)
    return replace(found, score=score, lexical=score)


def chosen(question: Question, words: Sequence[Sought], found: Sequence[Evidence]) -> list[Chosen]:
    """The sentences of found passages, best first, the passages in the order they came in."""
    return choose(words, [read(question, words, one) for one in found])
