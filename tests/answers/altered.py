"""The altered-fact set: claims about reports, supported and not, and what the check makes of them.

A row of a set has `claim`, `language`, `kind`, `supported`, `cited` (sentences, to the letter) and
either `file` (one of the seeds) or `text` (a whole report).
"""

import json
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.answers.recitation import checked
from rag.answers.support import header
from rag.answers.verification import verify
from rag.documents.evidence import Evidence, Sentence
from tests.answers.reports import SEEDS, evidence_of

SET = Path(__file__).parent / "altered.jsonl"
WITHOUT_BAR = "attribution"
"""The kind of which the check does not claim to tell much."""


@dataclass(frozen=True, slots=True)
class Row:
    """A claim of the set with what it cites."""

    id: str
    claim: str
    language: str
    kind: str
    supported: bool
    cited: tuple[Sentence, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the check made of a claim."""

    row: Row
    kept: bool
    reason: str
    seconds: float

    @property
    def right(self) -> bool:
        """Whether a supported claim was kept, or another refused."""
        return self.kept == self.row.supported


def rows_of(path: Path = SET) -> Iterator[Row]:
    """The claims of a set."""
    reports: dict[str, tuple[Evidence, ...]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        row = json.loads(line)
        name = row.get("file") or "report.txt"
        text = row.get("text") or (SEEDS / name).read_text(encoding="utf-8")
        evidence = reports.setdefault(text, evidence_of(text, name))
        yield Row(
            str(row.get("id", number)),
            row["claim"],
            row["language"],
            row["kind"],
            row["supported"],
            cited_of(row, evidence),
            evidence,
        )


def cited_of(row: dict[str, Any], evidence: Sequence[Evidence]) -> tuple[Sentence, ...]:
    """The sentences that a row cites; those that hold a part of it where it cites less or more."""
    source = evidence[0].source
    every = [*(one for passage in evidence for one in passage.sentences), *header(source)]
    found: list[Sentence] = []
    for text in row["cited"]:
        whole = [one for one in every if text in one.text][:1]
        parts = whole or [one for one in every if one.text in text]
        if not parts:
            at = source.text.index(text)
            parts = [one for one in every if one.span.start < at + len(text) and at < one.span.end]
        found += parts
    return tuple(dict.fromkeys(found))


def outcomes(rows: Iterable[Row], *, recited: bool = False) -> list[Outcome]:
    """What the deterministic check makes of claims: alone, or (`recited`) with other citations."""
    found = []
    for row in rows:
        began = time.process_time()
        if recited:
            verdict = checked(row.claim, row.cited, row.evidence).verdict
        else:
            verdict = verify(row.claim, row.cited, row.evidence)
        seconds = time.process_time() - began
        found.append(Outcome(row, verdict.supported, str(verdict.reason or ""), seconds))
    return found


def share(found: Iterable[Outcome]) -> float:
    """The share of outcomes that are right; 1 of none."""
    rights = [one.right for one in found]
    return sum(rights) / len(rights) if rights else 1.0


def kept(found: Iterable[Outcome]) -> list[Outcome]:
    """The outcomes of supported claims."""
    return [one for one in found if one.row.supported]


def refused(found: Iterable[Outcome]) -> list[Outcome]:
    """The outcomes of unsupported claims of the kinds that have a bar."""
    return [one for one in found if not one.row.supported and one.row.kind != WITHOUT_BAR]


def by_kind(found: Iterable[Outcome], key: str = "kind") -> str:
    """The figures by kind (or `language`), a line each."""
    groups: dict[tuple[bool, str], list[Outcome]] = defaultdict(list)
    for one in found:
        groups[one.row.supported, getattr(one.row, key)].append(one)
    lines = []
    for (supported, name), group in sorted(groups.items(), key=lambda item: (not item[0][0], item)):
        right = sum(one.right for one in group)
        told = "kept" if supported else "refused"
        lines.append(f"{name:18} {told:8} {right:4} of {len(group):4}  {right / len(group):6.1%}")
    return "\n".join(lines)
