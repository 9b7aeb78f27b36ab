"""Generated answers sent to the strict server, as the bot sends them: what three judges find.

    python -m benchmarks.telegram_texts                  2,000 answers in classic messages
    python -m benchmarks.telegram_texts --rich           the same as rich messages

The answers mix Arabic, Persian and English, with whatever documents may hold: addresses, commands,
hidden signs. Each goes over HTTP, in the bot's own parts, with its buttons and within the limits of
Telegram, so that 2,000 take two minutes. Prints how many messages that made, and what was found:
by the schema of the Bot API in each request, by Telegram's own parser in each text and its marks,
by aiogram in each message that the server gives back, and by the judge of floods. All must be 0.
"""

import argparse
import asyncio
import json
import sys
from dataclasses import dataclass
from typing import Final

from bot.rendering import Renderer
from bot.store import Place
from bot.styled import directed, parts
from bot.telegram.buttons import below_answer
from bot.telegram.letter import Letter
from bot.telegram.limiter import Limiter
from bot.telegram.outbox import Outbox
from bot.telegram.rich import RichMessages, rich_html
from bot.telegram.transport import Client, Wire
from rag.answers.answer import Answer
from tests.bot.telegram.test_parser import answers
from tests.servers import telegram_parser
from tests.servers.bot_api import SCHEMA, BotApiServer
from tests.servers.telegram_models import findings

CHATS: Final = 200


@dataclass
class Outcome:
    """What was sent, and what was found in it."""

    answers: int = 0
    messages: int = 0
    rich: int = 0
    """Of the messages, those that were sent as rich ones."""
    schema_violations: int | None = None
    """None where there is no schema here."""
    parser_refusals: int | None = None
    """None where there is no build of Telegram's parser for this machine."""
    model_findings: int = 0
    flood_violations: int = 0
    refusals: int = 0

    @property
    def is_good(self) -> bool:
        """Whether nothing was found."""
        found = (self.schema_violations, self.parser_refusals, self.model_findings)
        return not any((*found, self.flood_violations, self.refusals))


async def send(server: BotApiServer, count: int, *, rich: bool) -> None:
    """Sends the answers, to one chat after the other."""
    chats = [server.user(1_000 + number).chat() for number in range(CHATS)]
    base = f"{server.url}/bot"
    async with Client(server.token, base_url=base, request=Wire()) as bot:
        outbox = Outbox(bot, Limiter(), RichMessages(wanted=rich))
        renderer, room = Renderer(quotes=True, buttons=True), asyncio.Semaphore(CHATS)

        async def one(number: int, answer: Answer) -> None:
            text, language = renderer.answer(answer), answer.language
            letter = Letter(
                Place(chats[number % CHATS].id, 0),
                None,
                language,
                tuple(parts(text, language)),
                below_answer(answer, language),
                rich_html(directed(text, language)) if rich else None,
            )
            async with room:
                await outbox.deliver(letter)

        async with asyncio.TaskGroup() as sending:
            for number, answer in enumerate(answers(count)):
                sending.create_task(one(number, answer))


def measure(count: int, *, rich: bool) -> Outcome:
    """Sends so many answers; what came of it."""
    with BotApiServer() as server:
        asyncio.run(send(server, count, rich=rich))
        messages = [one for chat in server.chats.values() for one in chat.messages]
        return Outcome(
            answers=count,
            messages=len(messages),
            rich=sum("rich_message" in one.object for one in messages),
            schema_violations=len(server.violations) if SCHEMA.present else None,
            parser_refusals=len(server.misformed) if telegram_parser.PRESENT else None,
            model_findings=len(
                findings(
                    [{"update_id": n, "message": one.object} for n, one in enumerate(messages, 1)]
                )
            ),
            flood_violations=len(server.floods),
            refusals=len(server.refusals),
        )


def main() -> int:
    """Prints one JSON object; the exit status is 1 where something was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--answers", type=int, default=2_000)
    parser.add_argument("--rich", action="store_true")
    given = parser.parse_args()
    outcome = measure(given.answers, rich=given.rich)
    print(json.dumps(vars(outcome), indent=2))
    return 0 if outcome.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
