"""Every update that the servers of a session handed out, before aiogram's models at its end.

The servers of conversations note theirs here. Updates of one form, whatever is said in them, are
one: that is some hundred for all tests. Processes that run tests hand theirs to the one that began
them, as aiogram takes seconds to import.
"""

import json
from collections.abc import Iterable
from importlib.util import find_spec

from .telegram_models import findings
from .telegram_refusals import Object

_noted: dict[str, Object] = {}


def note(updates: Iterable[Object]) -> None:
    """These were handed out."""
    for update in updates:
        _noted.setdefault(_form(update), update)


def handed_over() -> str:
    """One of each form, for another process to `take`."""
    return json.dumps(list(_noted.values()))


def take(noted: str) -> None:
    """Notes what another process has."""
    note(json.loads(noted))


def wrong() -> list[str]:
    """What is wrong with them, in words; nothing where aiogram is not installed."""
    return findings(list(_noted.values())) if _noted and find_spec("aiogram") else []


def _form(value: object) -> str:
    """The names and the kinds of what an update holds."""
    if isinstance(value, dict):
        return f"{{{','.join(f'{name}:{_form(one)}' for name, one in sorted(value.items()))}}}"
    if isinstance(value, list):
        return f"[{','.join(sorted({_form(one) for one in value}))}]"
    return type(value).__name__
