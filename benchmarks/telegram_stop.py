"""How soon a press of the stop button ends the call to the model, and the answer is told so.

    python -m benchmarks.telegram_stop

The command `bot` runs over `seeds` with a model that writes slowly, against the strict Bot API
server; each API call takes 50 ms. Prints the milliseconds from each press until the model's server
saw the connection close, and until the last message was there: median and most. Exit status 1
where a press was not followed by the closing within 300 ms.
"""

import argparse
import math
import os
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final

from benchmarks.aims import Aim
from benchmarks.telegram_load import KEY, BotProcess
from benchmarks.verdict import report
from tests.servers.bot_api import BotApiServer
from tests.servers.openai_api import SENTENCE, ChatRequest, Drip, OpenAIServer, text_of
from tests.waiting import wait_until

HERE: Final = Path(__file__).parent
LATENCY: Final = 0.05
PATIENCE: Final = 120.0
GIVEN_UP: Final = 10.0
"""Seconds after which a call that goes on is taken for one that never ends."""
LET_GO_WITHIN: Final = 300.0
"""Milliseconds from the press until the model is let go, the slowest of all."""


def slowly(request: ChatRequest) -> Drip:
    """A sentence of the sources, cited, again and again for minutes."""
    prompt = "\n".join(text_of(message) for message in request.messages)
    (source, number, sentence), *_ = SENTENCE.findall(prompt)
    return Drip(f"{sentence} [{source}.{number}]\n" * 100, 0.05)


def measure(presses: int) -> dict[str, list[float]]:
    """Milliseconds of each press: until the model was let go (endless: never), and the message."""
    closed, told = list[float](), list[float]()
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        shutil.copytree(HERE.parent / "seeds", place / "seeds")
        server = stack.enter_context(BotApiServer())
        model = stack.enter_context(OpenAIServer(key=KEY))
        model.default = slowly
        environment = {
            "PATH": os.environ["PATH"],
            "TELEGRAM_BOT_TOKEN": server.token,
            "TELEGRAM_API_URL": server.url,
            "OPENAI_BASE_URL": model.url,
            "OPENAI_API_KEY": KEY,
            "VERIFY_WITH_MODEL": "false",
            "QUESTIONS_PER_HOUR": "0",
        }
        bot = BotProcess(place, environment)
        bot.start()
        stack.callback(bot.stop)
        server.latency = LATENCY
        for number in range(presses):
            sara = server.user(1_000 + number)
            chat = sara.chat()
            chat.say(sara, "من هي كارولين روز؟")
            with server.changed:
                server.changed.wait_for(lambda c=chat: c.draft and c.draft.text, PATIENCE)  # type: ignore[misc]
            pressed = time.monotonic()
            chat.press_stop()
            chat.wait_for(timeout=PATIENCE)
            told.append(1000 * (time.monotonic() - pressed))
            asked = model.requests[-1]
            with suppress(TimeoutError):
                wait_until(lambda asked=asked: asked.disconnected_at, GIVEN_UP)  # type: ignore[misc]
            ended = asked.disconnected_at
            closed.append(math.inf if ended is None else 1000 * (ended - pressed))
    return {"model_let_go": closed, "message": told}


def main() -> int:
    """Prints one JSON object, and the bar; 1 where it is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--presses", type=int, default=10)
    found = measure(parser.parse_args().presses)
    slowest = max(found["model_let_go"])
    figures = {name: _figures(values) for name, values in found.items()}
    return report(figures, [Aim("ms until the model is let go, the most", slowest, LET_GO_WITHIN)])


def _figures(values: list[float]) -> dict[str, float | None]:
    """Of those that came to an end."""
    ended = [value for value in values if math.isfinite(value)]
    return {
        "presses": len(values),
        "ended": len(ended),
        "p50": round(statistics.median(ended), 1) if ended else None,
        "most": round(max(ended), 1) if ended else None,
    }


if __name__ == "__main__":
    sys.exit(main())
