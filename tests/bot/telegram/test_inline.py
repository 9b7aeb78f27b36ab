"""Inline queries: of those that are typed one upon the other, the last one counts."""

import asyncio
from typing import Any

import pytest
from telegram import InlineQuery, User

from bot.finding import Found
from bot.telegram.inline import CACHED, Inline
from rag.errors import IsnadError

FOUND = Found("a.txt", "عنوان", None, "ar", 0, "متن")


class Library:
    """A conversation whose finder finds one passage; who asks is looked up when `gates` open."""

    def __init__(self, *, is_there: bool = True) -> None:
        self.gates: dict[str, asyncio.Event] = {}
        self.sought: list[str] = []
        self.finder, self._is_there = self, is_there

    def find(self, query: str) -> list[Found]:
        self.sought.append(query)
        if not self._is_there:
            raise IsnadError("There is no index.")
        return [FOUND]

    async def language_of(self, message: Any) -> str:
        await self.gates[str(message.language)].wait()
        return "ar"

    def refusal(self, *_: object) -> None:
        return None


class Answers:
    """What the queries are answered with: how many results, and for how long they are kept."""

    def __init__(self) -> None:
        self.given: dict[str, tuple[int, int]] = {}

    async def answer_inline(self, query: str, results: list[Any], **options: Any) -> None:
        self.given[query] = len(results), options["cache_time"]


def asked(text: str) -> InlineQuery:
    # The stand-in above knows by the language whose turn it is.
    return InlineQuery(text, User(7, "سارة", is_bot=False, language_code=text), text, "")


@pytest.mark.parametrize("first_known", ["قطر", "قط"])
@pytest.mark.parametrize("arrives_first", ["قط", "قطر"])
async def test_the_newest_query_has_results_whatever_is_known_first(
    first_known: str, arrives_first: str
) -> None:
    library, answers = Library(), Answers()
    inline: Any = Inline(library, answers)  # type: ignore[arg-type]
    updates = {"قط": 1, "قطر": 2}
    library.gates = {text: asyncio.Event() for text in updates}
    order = sorted(updates, key=lambda text: text != arrives_first)
    tasks = {text: asyncio.create_task(inline.answer(updates[text], asked(text))) for text in order}
    await asyncio.sleep(0)
    second_known = next(text for text in updates if text != first_known)
    for text in (first_known, second_known):
        library.gates[text].set()
        await tasks[text]
    assert answers.given == {"قط": (0, 0), "قطر": (1, CACHED)}
    assert library.sought == ["قطر"]


async def test_what_could_not_be_looked_for_is_not_kept_as_nothing() -> None:
    library, answers = Library(is_there=False), Answers()
    library.gates["قطر"] = asyncio.Event()
    library.gates["قطر"].set()
    await Inline(library, answers).answer(1, asked("قطر"))  # type: ignore[arg-type]
    assert answers.given == {"قطر": (0, 0)}
