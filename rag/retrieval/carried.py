"""Carried: the documents of the conversation, among which a follow-up is looked for first."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from rag.index.ledger import FileEntry
from rag.retrieval.follow_up import Turn
from rag.retrieval.leaning import leans_back
from rag.retrieval.retriever import Ranked

_OF_ONE: Final = 1.3
"""How much more a passage of the one document counts that was spoken of."""
_OF_SEVERAL: Final = 1.12
"""And of one of several."""


def documents_of(text: str, history: Sequence[Turn], files: Sequence[FileEntry]) -> frozenset[int]:
    """The ids of the files that the last answer cited which cited any, for what leans on it."""
    if not history or not leans_back(text):
        return frozenset()
    cited = next((set(turn.files) for turn in reversed(history) if turn.files), set[str]())
    return frozenset(entry.id for entry in files if entry.path in cited)


def preferring(rows: Sequence[Ranked], files: frozenset[int]) -> list[Ranked]:
    """The rows, best first, where those of some files count a little more than they did.

    Other documents are not left out: where they say it better, or otherwise, the reader wants it.
    """
    if not files:
        return list(rows)
    weight = _OF_ONE if len(files) == 1 else _OF_SEVERAL
    weighed = [replace(row, score=row.score * weight) if row.file in files else row for row in rows]
    return sorted(weighed, key=lambda row: -row.score)
