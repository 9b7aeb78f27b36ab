"""The doctor: each part of a configuration tried out for real, and what to do about what fails."""

from collections.abc import Callable
from typing import Final

from rag.doctor.collection import documents, index
from rag.doctor.examination import Examination, Finding
from rag.doctor.machine import clock, limits, rights, storage
from rag.doctor.services import embeddings, model, telegram
from rag.doctor.stores import chroma, database
from rag.errors import IsnadError
from rag.settings import Settings

__all__ = ["Finding", "examine"]

Check = Callable[[Examination], Finding]

_CHECKS: Final[tuple[tuple[str, Check], ...]] = (
    ("documents", documents),
    ("storage", storage),
    ("rights", rights),
    ("limits", limits),
    ("index", index),
    ("chroma", chroma),
    ("database", database),
    ("embeddings", embeddings),
    ("model", model),
    ("telegram", telegram),
    ("clock", clock),  # last: compared with the servers that were asked before
)


def examine(settings: Settings) -> list[Finding]:
    """What is found part by part. Takes seconds, and asks every server that the settings name."""
    examination = Examination(settings)
    return [_found(part, check, examination) for part, check in _CHECKS]


def _found(part: str, check: Check, examination: Examination) -> Finding:
    try:
        return check(examination)
    except IsnadError as error:
        return Finding(part, False, error.message, error.advice)
    except Exception as error:  # noqa: BLE001 (a doctor reports whatever ails)
        return Finding(part, False, f"{type(error).__name__}: {error}")
