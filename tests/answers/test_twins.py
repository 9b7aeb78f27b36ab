"""Twins: of one report a claim that it supports and one in which a place, a day, a deed's being
done or its direction is another, within a language and across languages. All reports are made up.
"""

import json
from pathlib import Path

import pytest

from rag.answers.verification import verify
from tests.answers.reports import evidence_of, sentence_with

_LINES = Path(__file__).with_name("twins.jsonl").read_text(encoding="utf-8").splitlines()
REPORTS = [json.loads(line) for line in _LINES]
"""Each with what the cited sentence holds, and what claims it supports and which it does not."""


def _claims(which: str) -> list[tuple[str, str, str]]:
    return [(one["report"], one["cited"], claim) for one in REPORTS for claim in one[which]]


@pytest.mark.parametrize(("report", "cited", "claim"), _claims("supported"))
def test_what_the_report_tells_is_kept(report: str, cited: str, claim: str) -> None:
    assert _is_kept(report, cited, claim)


@pytest.mark.parametrize(("report", "cited", "claim"), _claims("altered"))
def test_what_the_report_tells_otherwise_is_refused(report: str, cited: str, claim: str) -> None:
    assert not _is_kept(report, cited, claim)


def _is_kept(report: str, cited: str, claim: str) -> bool:
    evidence = evidence_of(report.rstrip() + "\n")
    return verify(claim, [sentence_with(cited, evidence)], evidence).supported
