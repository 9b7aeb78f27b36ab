"""The file of the conversations is damaged, or goes, while the bot answers."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.conversation import Conversation
from bot.message import Message
from bot.reply import Answered
from bot.store import Store
from tests.bot.doubles import ScriptedKnowledge

QUESTION = Message(7, 0, 7, text="who?", language="en")


def without_a_table(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("DROP TABLE turns")
    other.close()


def overwritten(path: Path) -> None:
    path.write_bytes(b"\xff" * path.stat().st_size)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def deleted(path: Path) -> None:
    for one in path.parent.glob(f"{path.name}*"):
        one.unlink()


@pytest.mark.parametrize("damage", [without_a_table, overwritten, cut, emptied, deleted])
async def test_a_question_is_answered_whatever_has_become_of_the_conversations(
    talk: Callable[..., Conversation],
    knowledge: ScriptedKnowledge,
    store: Store,
    tmp_path: Path,
    damage: Callable[[Path], None],
) -> None:
    conversation = talk(questions_per_hour=30, tokens_per_day=100)
    assert isinstance(await conversation.reply(QUESTION), Answered)
    with store.database.transaction() as cursor:
        cursor.execute("INSERT INTO readers VALUES (?, ?)", (7, "en"))
    damage(tmp_path / "conversations.sqlite3")
    for _ in range(2):
        reply = await conversation.reply(QUESTION)
        assert isinstance(reply, Answered)
    assert len(knowledge.asked) == 3
