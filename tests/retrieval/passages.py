"""A passage found for a question, made from a text."""

from dataclasses import replace

from rag.documents.evidence import Evidence
from tests.answers.reports import evidence_of


def passage(text: str, score: float = 1.0, name: str = "report.txt") -> Evidence:
    """The only passage of a text, found with a score."""
    (found,) = evidence_of(text, name)
    return replace(found, score=score, lexical=score)
