"""A bare echo bot, as python-telegram-bot's own example writes it.

python -m benchmarks.echo_bot http://127.0.0.1:8081 123:token
"""

import sys
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Says what was said."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


async def tell(application: Any) -> None:
    """Says that it is there."""
    sys.stderr.write(f"@{application.bot.username}\n")
    sys.stderr.flush()


def main() -> None:
    """Echoes until it is ended."""
    address, token = sys.argv[1:]
    application = (
        ApplicationBuilder().token(token).base_url(f"{address}/bot").post_init(tell).build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling(allowed_updates=["message"])


if __name__ == "__main__":
    main()
