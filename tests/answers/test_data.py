"""The word lists of the checks: every line can be read, and no word stands on both sides."""

import re
from collections import Counter
from pathlib import Path

import pytest

from rag.answers import data
from rag.answers.data import lines_of
from rag.text.folding import folded_words

NAMES = [path.stem for path in sorted(Path(data.__file__).parent.glob("*.txt"))]


@pytest.mark.parametrize("name", NAMES)
def test_a_list_says_what_it_holds_and_has_lines(name: str) -> None:
    text = (Path(data.__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert list(lines_of(name))


@pytest.mark.parametrize(("name", "columns"), [("offices", 4), ("ministries", 4)])
def test_every_line_has_all_its_columns(name: str, columns: int) -> None:
    for line in lines_of(name):
        parts = line.split("|")
        assert len(parts) == columns, line
        assert all(part.strip() for part in parts), line


@pytest.mark.parametrize("name", ["opposites", "antonyms"])
def test_no_word_is_its_own_opposite(name: str) -> None:
    for line in lines_of(name):
        if line.startswith("="):
            continue
        sides = [
            {tuple(folded_words(entry)) for entry in side.split(",")}
            for side in re.split("<=?>", line)
        ]
        assert len(sides) == 2, line
        assert not sides[0] & sides[1], line


def test_irregular_forms_have_one_base() -> None:
    forms = Counter(line.split()[0] for line in lines_of("irregular"))
    assert {len(line.split()) for line in lines_of("irregular")} == {2}
    assert max(forms.values()) == 1


def test_denials_and_exclusive_words_are_named() -> None:
    for name in ("denials", "exclusive"):
        for line in lines_of(name):
            kind, entries = line.split(":", 1)
            assert kind.isalpha() and entries.strip()
