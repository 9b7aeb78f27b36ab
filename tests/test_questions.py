"""The project's own regression check: its questions about the seeds, in one run with no model."""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rag.answers.answer import Answer, Mode
from rag.knowledge_base import KnowledgeBase, Turn

QUESTIONS = Path(__file__).parent / "questions" / "seeds.jsonl"
ENOUGH = 0.95
ENOUGH_NEAR = 0.7


@dataclass(frozen=True)
class Asked:
    """A question with what is known of it, and its answer."""

    known: dict[str, Any]
    answer: Answer

    def __str__(self) -> str:
        return f"{self.known['question']} → {self.answer.mode}"


@pytest.fixture(scope="module")
def asked(seeds_knowledge: KnowledgeBase) -> list[Asked]:
    """Every question, asked."""
    known = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]

    async def ask() -> list[Asked]:
        return [
            Asked(
                one,
                await seeds_knowledge.ask(
                    one["question"], [Turn(before, "", ()) for before in one.get("after", ())]
                ),
            )
            for one in known
        ]

    return asyncio.run(ask())


def failing(asked: list[Asked], fails: Callable[[Asked], bool]) -> list[str]:
    return [str(one) for one in asked if fails(one)]


def test_every_citation_is_its_file_to_the_letter(asked: list[Asked], seeds: Path) -> None:
    texts = {path.name: path.read_bytes().decode() for path in seeds.iterdir()}
    cited = [citation for one in asked for citation in one.answer.citations]
    assert len(cited) > 200
    for one in cited:
        assert texts[one.file][one.start : one.end] == one.quote
        assert texts[one.file].count("\n", 0, one.start) + 1 == one.line
        assert len(one.quote) <= 600


def test_the_numbers_in_a_text_are_those_of_its_citations(asked: list[Asked]) -> None:
    for one in asked:
        shown = list(dict.fromkeys(map(int, re.findall(r"\[(\d+)\]", one.answer.text))))
        numbers = [citation.n for citation in one.answer.citations]
        assert shown == numbers == list(range(1, len(numbers) + 1)), str(one)


def test_the_right_file_is_among_the_first_three_passages(asked: list[Asked]) -> None:
    arabic = [one for one in asked if one.known["language"] == "ar" and one.known.get("files")]
    missed = failing(
        arabic,
        lambda one: not {hit.file for hit in one.answer.passages[:3]} & set(one.known["files"]),
    )
    assert len(arabic) > 50
    assert len(missed) <= (1 - ENOUGH) * len(arabic), missed


def test_what_is_off_topic_is_abstained_from(asked: list[Asked]) -> None:
    off_topic = [one for one in asked if one.known.get("expect") == "abstain"]
    assert len(off_topic) > 15
    assert not failing(off_topic, lambda one: one.answer.mode is not Mode.ABSTAINED)


def test_near_misses_are_told_as_such(asked: list[Asked]) -> None:
    near = [
        one
        for one in asked
        if one.known.get("expect") == "nearest" and one.known["kind"] == "question"
    ]
    missed = failing(near, lambda one: one.answer.mode is not Mode.NEAREST)
    assert len(near) >= 15
    assert len(missed) <= (1 - ENOUGH_NEAR) * len(near), missed


def test_what_is_answerable_is_not(asked: list[Asked]) -> None:
    answerable = [one for one in asked if one.known.get("files") and not one.known.get("expect")]
    refused = failing(answerable, lambda one: one.answer.mode is not Mode.QUOTED)
    assert len(answerable) > 100
    assert len(refused) <= (1 - ENOUGH) * len(answerable), refused


def test_talk_is_never_answered_with_the_documents_do_not_say(asked: list[Asked]) -> None:
    talk = [one for one in asked if one.known["kind"] == "talk"]
    assert len(talk) >= 5
    assert not failing(talk, lambda one: one.answer.mode in (Mode.ABSTAINED, Mode.NEAREST))
    assert not failing(talk, lambda one: bool(one.answer.citations))


def test_an_answer_is_in_the_language_of_its_question(asked: list[Asked]) -> None:
    assert not failing(asked, lambda one: one.answer.language != one.known["language"])


def test_page_furniture_is_never_quoted(asked: list[Asked]) -> None:
    furniture = (
        "اترك تعليق",
        "سبعة =",
        "زر الذهاب",
        "You are replying",
        "4 + 7",
        "اقرأ أيضا",
        "ــــــ",
    )
    for one in asked:
        assert not [word for word in furniture if word in one.answer.text], str(one)
