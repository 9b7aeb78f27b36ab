"""The picture of the house (docs/architecture.md) is true: who imports whom."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.syntax import parsed

PROJECT = Path(__file__).parents[1]
PAGE = PROJECT / "docs" / "architecture.md"
BOT = ("bot", "bot/admin", "bot/store")
"""One line of the picture, whose rooms may use each other."""


def lines() -> list[list[str]]:
    """The rooms of each line of the picture, from the top."""
    (picture,) = re.findall(r"```text\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    named = (re.match(r"  ((?:(?:rag/|bot)[\w/]*\s{2,})+)", line) for line in picture.splitlines())
    return [found[1].split() for found in named if found]


def room_of(module: str) -> str:
    """The room that a module is in: its package, or itself where it stands in `rag` alone.

    `bot.main` only wires.
    """
    top, *rest = module.split(".")
    if module == "bot.main":
        return "bot/main"
    if top == "bot" and not (rest and (PROJECT / "bot" / rest[0]).is_dir()):
        return "bot"
    return "/".join([top, *rest[:1]])


def imported(path: Path) -> Iterator[str]:
    """The modules of ours that a file imports, wherever in it."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


def imports() -> set[tuple[str, str, str]]:
    """Who imports from which other room: module, its room, the room."""
    found = set()
    for package in ("rag", "bot"):
        for path in (PROJECT / package).rglob("*.py"):
            parts = path.relative_to(PROJECT).with_suffix("").parts
            module = ".".join(parts).removesuffix(".__init__")
            for name in imported(path):
                if name.split(".")[0] in ("rag", "bot") and room_of(name) != room_of(module):
                    found.add((module, room_of(module), room_of(name)))
    return found


def test_every_room_is_in_the_picture_once() -> None:
    drawn = [room for line in lines() for room in line]
    assert len(drawn) == len(set(drawn))
    modules = {
        ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")
        for package in ("rag", "bot")
        for path in (PROJECT / package).rglob("*.py")
    } - {"rag"}
    assert {room_of(module) for module in modules} == set(drawn)


def test_the_rooms_of_the_readme_stand_in_the_order_of_the_picture() -> None:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"^((?:rag|bot)[\w/]*)(?: {2,}|$)", text, re.MULTILINE)
    drawn = [room for line in lines() for room in line]
    assert len(told) > 5
    assert sorted(told, key=drawn.index) == told


def test_a_room_imports_only_from_lines_below_it() -> None:
    height = {room: -number for number, line in enumerate(lines()) for room in line}
    wrong = [
        f"{module} imports {target}"
        for module, room, target in sorted(imports())
        if height[target] >= height[room] and not {room, target} <= set(BOT)
    ]
    assert not wrong


def test_rag_never_imports_bot() -> None:
    assert not [one for one in imports() if one[1].startswith("rag") and one[2].startswith("bot")]


def test_nobody_imports_a_private_name_of_another_module() -> None:
    private = []
    for package in ("rag", "bot"):
        for path in (PROJECT / package).rglob("*.py"):
            for node in ast.walk(parsed(path)):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(package):
                    private += [one.name for one in node.names if one.name.startswith("_")]
    assert private == []
