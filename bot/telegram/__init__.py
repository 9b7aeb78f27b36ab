"""The conversation in Telegram, over the Bot API."""
