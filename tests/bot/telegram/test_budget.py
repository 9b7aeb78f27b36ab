"""One budget of messages for all processes of the bot, before the judge of floods."""

import subprocess
import sys
import time
from pathlib import Path

from bot.store import Database
from bot.telegram.budget import shared
from bot.telegram.limiter import Limiter
from bot.telegram.limits import Priority
from tests.servers.bot_api import BotApiServer
from tests.servers.postgresql import PostgreSQL

COUNT = 45
ROOT = Path(__file__).parents[3]


def test_two_processes_together_send_no_more_than_telegram_takes(
    server: BotApiServer, postgresql: PostgreSQL
) -> None:
    url = postgresql.new_database()
    chats = [server.user(1_000 + number).chat() for number in range(2 * COUNT)]
    senders = [sender(server, url, 1_000 + number * COUNT, COUNT) for number in range(2)]
    assert [sender.wait(120) for sender in senders] == [0, 0]
    assert all(len(chat.messages) == 1 for chat in chats)
    assert server.floods == []


def test_two_processes_send_no_more_to_one_chat_than_telegram_takes(
    server: BotApiServer, postgresql: PostgreSQL
) -> None:
    url, chat = postgresql.new_database(), server.user(1_000).chat()
    senders = [sender(server, url, chat.id, 1, times=3) for _ in range(2)]
    assert [sender.wait(120) for sender in senders] == [0, 0]
    assert len(chat.messages) == 6
    # Each by itself sends three at once. One may be held up on its way, on a busy machine, until
    # the next is there.
    assert len(server.floods) <= 1


def sender(
    server: BotApiServer, url: str, first: int, count: int, times: int = 1
) -> subprocess.Popen[bytes]:
    """A process that sends to `count` chats, from `first` on."""
    told = (server.token, url, str(first), str(count), str(times))
    command = (sys.executable, "-m", "tests.bot.telegram.sending_process", server.url, *told)
    return subprocess.Popen(command, cwd=ROOT)


async def test_a_process_that_has_no_database_sends_little(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "bot.sqlite3")
    database.close()
    limiter, times = Limiter(), list[float]()
    async with shared(limiter, database):
        for chat in range(1, 4):
            async with limiter.turn(chat, Priority.ANSWER):
                times.append(time.monotonic())
    assert times[-1] - times[0] >= 2
