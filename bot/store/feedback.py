"""What readers think of answers and of single citations. Every call blocks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from bot.store.database import Database

WHOLE: Final = 0
"""In the place of a citation's number: the answer as a whole."""


class Verdict(StrEnum):
    """What a reader thinks."""

    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer and what its readers think of it."""

    id: str
    earlier: tuple[str, ...]
    """The questions before it that it was understood with."""
    answer: Mapping[str, Any]
    """As `rag ask --json` prints it."""
    good: int
    """Readers who found the whole of it good."""
    bad: int
    bad_citations: frozenset[int]
    """The numbers of the citations that somebody found bad."""


class Feedback:
    """The verdicts in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give(self, answer_id: str, citation: int, asker: int, verdict: Verdict, now: float) -> None:
        """Keeps what somebody thinks; what they thought of the same thing before is replaced."""
        with self._database.transaction() as cursor:
            cursor.execute(
                "INSERT INTO feedback (answer, citation, asker, verdict, at)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT (answer, citation, asker)"
                " DO UPDATE SET verdict = excluded.verdict, at = excluded.at",
                (answer_id, citation, asker, verdict.value, now),
            )

    def judged(self) -> list[Judged]:
        """Every answer of which somebody thinks something, the oldest first."""
        with self._database.reading() as cursor:
            rows = cursor.execute(
                "SELECT answers.id, earlier, answers.answer, citation, verdict, COUNT(*)"
                " FROM feedback JOIN answers ON answers.id = feedback.answer"
                " GROUP BY answers.id, answers.at, earlier, answers.answer, citation, verdict"
                " ORDER BY answers.at, answers.id"
            ).fetchall()
        found: dict[str, list[Any]] = {}
        for row in rows:
            found.setdefault(str(row[0]), []).append(row)
        return [_judged(answer_id, own) for answer_id, own in found.items()]


def _judged(answer_id: str, rows: list[Any]) -> Judged:
    """What the rows of one answer say."""
    counts = {(int(row[3]), str(row[4])): int(row[5]) for row in rows}
    bad = {n for n, verdict in counts if n != WHOLE and verdict == Verdict.BAD}
    return Judged(
        answer_id,
        tuple(json.loads(rows[0][1])),
        json.loads(rows[0][2]),
        counts.get((WHOLE, Verdict.GOOD.value), 0),
        counts.get((WHOLE, Verdict.BAD.value), 0),
        frozenset(bad),
    )
