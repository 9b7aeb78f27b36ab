"""JSON values in a model's reply, whatever stands around them."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

_OPENED: Final = re.compile(r"[\[{]")
_MOST_OPENED: Final = 200
"""Brackets of a reply at which JSON is looked for."""


def json_values(text: str) -> Iterator[Any]:
    """Every JSON object and list in a text, outermost first."""
    decoder, place = json.JSONDecoder(), 0
    for _ in range(_MOST_OPENED):
        opened = _OPENED.search(text, place)
        if opened is None:
            return
        try:
            value, place = decoder.raw_decode(text, opened.start())
        except (ValueError, RecursionError):
            place = opened.end()
            continue
        yield value
