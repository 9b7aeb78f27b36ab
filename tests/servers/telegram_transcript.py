"""Conversations as plain text, for a person to read."""

import time
from collections.abc import Sequence

from .telegram_history import History
from .telegram_messages import MEDIA, Message


def transcript(chats: Sequence[History]) -> str:
    """What stands in these chats now; several are headed by their names."""
    parts = ["\n".join(_lines(chat)) for chat in chats]
    if len(parts) < 2:
        return "".join(parts)
    names = [chat.info.get("title", chat.info.get("first_name")) for chat in chats]
    return "\n\n".join(f"== {name} ==\n{part}" for name, part in zip(names, parts, strict=True))


def _lines(chat: History) -> list[str]:
    lines = []
    for message in chat.messages:
        clock = time.strftime("%H:%M:%S", time.localtime(message.object["date"]))
        text = " ".join([f"<{kind}>" for kind in MEDIA if kind in message.object] + [message.text])
        lines.append(f"{clock} #{message.id} {message.sender}{_notes(message)}: {text}")
        if message.buttons:
            lines.append("    " + " ".join(f"[{button['text']}]" for button in message.buttons))
    if chat.draft:
        lines.append(f"… {chat.draft.text}")
    return lines


def _notes(message: Message) -> str:
    """What stands beside the name."""
    notes = f" (edited {len(message.history)}×)" if message.history else ""
    if reply := message.object.get("reply_to_message"):
        notes += f" (reply to #{reply['message_id']})"
    return notes + "".join(f" {emoji}" for emoji in message.reactions)
