"""The command's own decisions; what it does is tested from outside, in tests/end_to_end."""

import pytest

from bot.main import terminal_language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, None),
        ({"LANG": "C.UTF-8"}, None),
        ({"LANG": "fa_IR.UTF-8"}, "fa"),
        ({"LANG": "fa_IR.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "ar.UTF-8"}, "ar"),
        ({"LANG": "de_DE.UTF-8"}, None),
    ],
)
def test_the_terminals_language_is_that_of_the_locale(
    environment: dict[str, str], language: str | None
) -> None:
    assert terminal_language(environment) == language
