"""Draws a conversation with the real bot: an Arabic question, its answer and its evidence.

The bot runs as in production, about the documents in `seeds/`, without a model, against the Bot
API server of the tests; headless Chromium draws what a reader would see. Prints the transcript and
writes `docs/conversation.png`, or the file that is named.

    uv run python -m benchmarks.conversation [PICTURE]
"""

import argparse
import os
import shutil
import signal
import subprocess
import sysconfig
import tempfile
from pathlib import Path

from tests.servers.bot_api import BotApiServer, Chat, Person
from tests.servers.telegram_browser import draw, laid_out
from tests.servers.telegram_page import page

ROOT = Path(__file__).parents[1]
BOT = Path(sysconfig.get_path("scripts")) / "bot"
PICTURE = ROOT / "docs" / "conversation.png"
QUESTION = "من هي كارولين روز؟"
PATIENCE = 60.0


def talk(chat: Chat, sara: Person) -> None:
    """Asks, and looks at the evidence for the answer: the first of its buttons shows it."""
    chat.say(sara, QUESTION)
    answer = chat.wait_for(timeout=PATIENCE)
    sara.presses(answer, answer.buttons[0]["callback_data"])
    chat.wait_for(timeout=PATIENCE)


def main() -> None:
    """The conversation, its transcript and its picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("picture", nargs="?", type=Path, default=PICTURE)
    picture: Path = parser.parse_args().picture.resolve()
    with tempfile.TemporaryDirectory() as place, BotApiServer() as server:
        shutil.copytree(ROOT / "seeds", Path(place) / "seeds")
        sara = server.user(7)
        chat = sara.chat()
        environment = {
            "PATH": os.environ["PATH"],
            "TELEGRAM_BOT_TOKEN": server.token,
            "TELEGRAM_API_URL": server.url,
        }
        bot = subprocess.Popen(
            [BOT], cwd=place, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            talk(chat, sara)
        finally:
            bot.send_signal(signal.SIGTERM)
            bot.wait(PATIENCE)
        html = page(chat, sara)
        print(server.transcript())
    _, height = laid_out(html)
    draw(html, picture, height)
    print(f"{picture}: {picture.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
