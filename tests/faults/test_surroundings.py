"""The same question gives the same answer whatever the machine believes of language and time."""

import asyncio
import json
import os
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import pytest

from bot.conversation import Conversation
from bot.message import Message
from bot.rendering import WORDS
from bot.reply import Answered, Said
from rag.knowledge_base import KnowledgeBase
from tests.bot.doubles import ScriptedKnowledge
from tests.end_to_end.telegram_bot import BOT, FILE, SEEDS, WHO

RAG: Final = BOT.parent / "rag"
TURKISH: Final = "IRAN'IN Pakistan ziyareti? WHO IS CAROLINE ROSE?"
ASCII: Final = {
    "LC_ALL": "C",
    "PYTHONIOENCODING": "ascii",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
}


def run(place: Path, command: list[str | Path], typed: str, **variables: str) -> str:
    """What a command prints."""
    done = subprocess.run(
        command,
        input=typed.encode(),
        capture_output=True,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(place), **variables},
        cwd=SEEDS.parent,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    return done.stdout.decode()


def told(answer: dict[str, Any]) -> tuple[str, list[tuple[str, int, int]]]:
    """An answer's text and its citations."""
    return answer["text"], [(one["file"], one["start"], one["end"]) for one in answer["citations"]]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder for all commands here: the first of them makes the index."""
    return tmp_path_factory.mktemp("data")


async def test_locale_and_time_zone_change_no_answer(
    seeds_knowledge: KnowledgeBase, data: Path
) -> None:
    usual = [told((await seeds_knowledge.ask(one)).as_json()) for one in (WHO, TURKISH)]
    assert usual[0][1][0][0] == FILE
    lines = f"{WHO}\n{TURKISH}\n"
    turkish = {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"}
    said = run(data, [RAG, "ask", "--json"], lines, **turkish)
    assert [told(json.loads(line)) for line in said.splitlines()] == usual
    said = run(data, [RAG, "ask", "--json", WHO], "", TZ="No/Such_Zone", **ASCII)
    assert told(json.loads(said)) == usual[0]


def test_a_terminal_that_knows_no_letters_of_ours_is_written_to_all_the_same(
    data: Path,
) -> None:
    assert "كارولين روز" in run(data, [BOT], WHO, **ASCII)


@pytest.mark.parametrize(
    "failure",
    [
        MemoryError(),
        RecursionError(),
        OSError(24, "Too many open files"),
        RuntimeError("no thread"),
    ],
    ids=lambda failure: type(failure).__name__,
)
async def test_a_question_that_the_machine_cannot_answer_fails_alone_and_with_a_word(
    talk: Callable[..., Conversation], knowledge: ScriptedKnowledge, failure: Exception
) -> None:
    conversation, message = talk(), Message(7, 0, 7, text="who?", language="en")
    knowledge.failure = failure
    reply = await conversation.reply(message)
    assert isinstance(reply, Said)
    assert reply.text.startswith(WORDS("failed", "en", reference="|").partition("|")[0])
    knowledge.failure = None
    assert isinstance(await conversation.reply(message), Answered)


async def test_where_no_thread_can_be_started_that_is_said_and_the_next_question_answered(
    talk: Callable[..., Conversation],
) -> None:
    conversation, message = talk(), Message(7, 0, 7, text="who?", language="en")
    loop, none_left = asyncio.get_running_loop(), ThreadPoolExecutor(1)
    none_left.shutdown()  # it raises what Python raises where the system gives no thread
    loop.set_default_executor(none_left)
    reply = await conversation.reply(message)
    assert isinstance(reply, Said)
    assert reply.text.startswith(WORDS("failed", "en", reference="|").partition("|")[0])
    loop.set_default_executor(ThreadPoolExecutor(1))
    assert isinstance(await conversation.reply(message), Answered)
