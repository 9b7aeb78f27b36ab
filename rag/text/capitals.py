"""Capitals, which stand for their country or its government ("Moscow answered")."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from rag.text.folding import folded_words
from rag.text.lexicon import Phrase

_FILE: Final = Path(__file__).parent / "capitals.txt"


@lru_cache(maxsize=1)
def countries_by_capital() -> dict[Phrase, tuple[Phrase, ...]]:
    """The countries of each capital, as folded English words."""
    found: dict[Phrase, tuple[Phrase, ...]] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            capital, country = (tuple(folded_words(side)) for side in line.split("|"))
            found[capital] = (*found.get(capital, ()), country)
    return found
