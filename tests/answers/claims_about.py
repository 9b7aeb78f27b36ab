"""Claims about a made-up sentence: what the check makes of each, for pairs of twins."""

from rag.answers.verification import Verdict, verify
from tests.answers.reports import evidence_of


def verdict_of(claim: str, sentence: str) -> Verdict:
    """What the check makes of a claim that cites the one sentence of a report."""
    evidence = evidence_of(f"{sentence}\n", "report.txt")
    cited = [one for passage in evidence for one in passage.sentences]
    return verify(claim, cited, evidence)
