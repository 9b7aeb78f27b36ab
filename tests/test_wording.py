"""The words that a person reads: the same messages in all three languages."""

import string
from pathlib import Path
from typing import Any

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from rag.text.language import LANGUAGES
from rag.wording import Wording

ROOT = Path(__file__).parents[1]
ROOMS = [ROOT / "rag" / "answers" / "words", ROOT / "bot" / "words"]


class Placeables(Visitor):  # type: ignore[misc]
    """The variables that a message uses."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


def messages(room: Path, language: str) -> dict[str, Any]:
    text = (room / f"{language}.ftl").read_text(encoding="utf-8")
    entries = FluentParser().parse(text).body
    assert not [one for one in entries if isinstance(one, ast.Junk)]
    found = [one for one in entries if isinstance(one, ast.Message)]
    assert len({one.id.name for one in found}) == len(found)
    return {one.id.name: one for one in found}


def placeables(message: Any) -> set[str]:
    visitor = Placeables()
    visitor.visit(message)
    return visitor.names


def test_there_are_words_in_these_rooms_and_no_others() -> None:
    found = {path.parent for room in ("rag", "bot") for path in (ROOT / room).rglob("*.ftl")}
    assert found == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.parent.name)
def test_every_message_is_there_in_every_language_with_the_same_placeables(room: Path) -> None:
    assert {path.stem for path in room.iterdir()} == set(LANGUAGES)
    arabic, *others = (messages(room, language) for language in LANGUAGES)
    for other in others:
        assert other.keys() == arabic.keys()
        for key, message in arabic.items():
            assert placeables(message) == placeables(other[key]), key


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.parent.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_said(room: Path, language: str) -> None:
    words = Wording(room)
    for key, message in messages(room, language).items():
        for count in (0, 1, 2, 3, 7, 11, 23, 100, 101, 1000):
            values: dict[str, str | float] = dict.fromkeys(placeables(message), count)
            said = words(key, language, **values)
            assert said.strip()
            assert "{" not in said
            assert "$" not in said


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.parent.name)
def test_no_message_is_left_in_another_script(room: Path) -> None:
    words = Wording(room)
    for language in ("ar", "fa"):
        for key, message in messages(room, language).items():
            said = words(key, language, **dict.fromkeys(placeables(message), 3))
            letters = [letter for letter in said if letter.isalpha()]
            latin = [letter for letter in letters if letter in string.ascii_letters]
            assert len(latin) * 2 <= len(letters), key
    for key, message in messages(room, "en").items():
        said = words(key, "en", **dict.fromkeys(placeables(message), 3))
        assert not any("\u0620" <= letter <= "\u06d3" for letter in said), key


def test_what_is_filled_in_is_isolated_from_the_direction_around_it(tmp_path: Path) -> None:
    for language in LANGUAGES:
        (tmp_path / f"{language}.ftl").write_text("hello = Hello { $name }!\n", encoding="utf-8")
    words = Wording(tmp_path)
    assert words("hello", "en", name="باقري") == "Hello \u2068باقري\u2069!"


def test_a_message_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    for language in LANGUAGES:
        (tmp_path / f"{language}.ftl").write_text("hello = Hello { $name }!\n", encoding="utf-8")
    words = Wording(tmp_path)
    with pytest.raises(KeyError):
        words("goodbye", "en")
    with pytest.raises(KeyError):
        words("hello", "en")


def test_an_unknown_language_is_spoken_to_in_arabic() -> None:
    words = Wording(ROOMS[0])
    assert words("thanks", "de") == words("thanks", "ar")


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "لا وثائق عندي بعد."),
        (1, "عندي وثيقة واحدة:"),
        (2, "عندي وثيقتان:"),
        (5, "عندي \u20685\u2069 وثائق:"),
        (11, "عندي \u206811\u2069 وثيقة:"),
        (100, "عندي \u2068100\u2069 وثيقة:"),
    ],
)
def test_arabic_counts_as_arabic_does(count: int, said: str) -> None:
    assert Wording(ROOMS[0])("collection", "ar", count=count) == said
