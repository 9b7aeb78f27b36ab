"""The words a person reads: Fluent messages in Arabic, Persian and English."""

from functools import cached_property
from pathlib import Path
from typing import Any

from rag.text.language import DEFAULT, LANGUAGES


class Wording:
    """The messages of one room, from its `words/*.ftl`.

    >>> Wording(Path("bot/words"))("greeting", "en")
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, key: str, language: str, /, **values: str | float) -> str:
        """The message `key` in `language`, its placeables filled and isolated (U+2068 … U+2069).

        KeyError where there is no such message.
        """
        bundle = self._bundles.get(language) or self._bundles[DEFAULT]
        message = bundle.get_message(key)
        if message.value is None:
            raise KeyError(key)
        text, problems = bundle.format_pattern(message.value, values)
        if problems:
            raise KeyError(f"{key}: {problems[0]}")
        return str(text)

    @cached_property
    def _bundles(self) -> dict[str, Any]:
        from fluent.runtime import FluentBundle, FluentResource

        bundles = {}
        for language in LANGUAGES:
            text = (self._folder / f"{language}.ftl").read_text(encoding="utf-8")
            bundles[language] = FluentBundle([language])
            bundles[language].add_resource(FluentResource(text))
        return bundles
