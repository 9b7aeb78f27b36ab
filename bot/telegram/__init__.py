"""The conversation in Telegram, over the Bot API."""

import os

# python-telegram-bot: times as timedelta, as its next version has them; it warns otherwise.
os.environ.setdefault("PTB_TIMEDELTA", "true")
