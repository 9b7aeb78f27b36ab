"""What the methods of the Bot API have in common."""

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING

from . import telegram_parser as parser
from .telegram_chats import Chat
from .telegram_messages import Message
from .telegram_refusals import Object, Refusal, Upload, bad_request
from .telegram_texts import check_buttons, formatted

if TYPE_CHECKING:
    from .bot_api import BotApiServer

MEGABYTE = 2**20


class Methods:
    """A part of what the bot can do: each public coroutine or function is the method so named."""

    def __init__(self, server: "BotApiServer") -> None:
        self._server = server

    def named(self) -> dict[str, Callable[[Object], object]]:
        """The methods by their names in the Bot API: `sendMessage` for `send_message`."""
        found: dict[str, Callable[[Object], object]] = {}
        for name, function in inspect.getmembers(self, inspect.ismethod):
            if list(inspect.signature(function).parameters) == ["p"] and not name.startswith("_"):
                head, *rest = name.split("_")
                found[head + "".join(map(str.title, rest))] = function
        return found

    def _chat(self, p: Object, *, writes: bool = True) -> Chat:
        """The chat that is meant, if the bot may read it, or write in it."""
        if "chat_id" not in p:
            raise bad_request("chat_id is empty")
        chat = self._server.chats.get(p["chat_id"])
        if chat is None:
            raise bad_request("chat not found")
        if chat.moved_to is not None:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refusal(400, words, migrate_to_chat_id=chat.moved_to)
        kind = chat.info["type"]
        if chat.left:
            is_not = "was kicked from" if chat.bot["status"] == "kicked" else "is not a member of"
            raise Refusal(403, f"Forbidden: bot {is_not} the {kind} chat")
        if writes and chat.private and chat.owner and chat.owner.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if writes and chat.bot["status"] == "restricted":
            raise bad_request("not enough rights to send text messages to the chat")
        if writes and kind == "channel" and chat.bot["status"] != "administrator":
            raise bad_request("need administrator rights in the channel chat")
        self._check_topic(chat, p.get("message_thread_id"))
        return chat

    def _check_topic(self, chat: Chat, topic: int | None) -> None:
        if topic is None:
            return
        if topic not in chat.topics:
            replied_to = chat.info["type"] == "supergroup" and not chat.info.get("is_forum")
            if not (replied_to and chat.find(topic)):
                raise bad_request("message thread not found")
        elif chat.topics[topic].get("closed"):
            raise bad_request("TOPIC_CLOSED")

    def _message(self, p: Object, missing: str) -> tuple[Chat, Message]:
        """The message that is meant, and where it stands."""
        if inline_id := p.get("inline_message_id"):
            for chat in self._server.chats.values():
                for sent in chat.messages:
                    if sent.inline_id == inline_id:
                        return chat, sent
            raise bad_request("MESSAGE_ID_INVALID")
        if "message_id" not in p:
            raise bad_request("message identifier is not specified")
        chat = self._chat(p)
        message = chat.find(p["message_id"])
        if message is None:
            raise bad_request(missing)
        return chat, message

    def _file(self, p: Object, name: str) -> Upload:
        """The file in a parameter: sent with the request, or one that is known by its id."""
        given = p[name]
        if isinstance(given, str):
            attached = given.startswith("attach://")
            given = p.get(given[9:]) if attached else self._server.files.get(given)
        if not isinstance(given, Upload):
            raise bad_request("wrong file identifier/HTTP URL specified")
        if not given.content:
            raise bad_request("file must be non-empty")
        return given

    def _text(self, p: Object) -> Object:
        """The text of a message to be, which may not be empty."""
        text, entities = self._formatted(p, "text", 4096)
        if not text:
            raise bad_request("message text is empty")
        return {"text": text, "entities": entities}

    def _caption(self, p: Object) -> Object:
        """The caption of a message to be."""
        caption, entities = self._formatted(p, "caption", 1024)
        return {"caption": caption, "caption_entities": entities}

    def _formatted(self, p: Object, name: str, limit: int) -> tuple[str, list[Object]]:
        """A text and its entities, or a refusal: Telegram's own parser is asked first."""
        text = p.get(name, "")
        if parser.PRESENT and text:
            mode = p.get("parse_mode", "")
            names = {"text": "entities", "caption": "caption_entities"}
            refused, lost = (
                (parser.refusal(text, mode), list[str]())
                if mode
                else parser.findings(text, p.get(names[name], []))
            )
            self._server.misformed += [f"{words}: {text!r}" for words in (refused, *lost) if words]
            if refused:
                words = "can't parse entities: " + refused.removeprefix("Can't parse entities: ")
                raise bad_request(words if mode else refused[0].lower() + refused[1:])
        return formatted(p, name, limit)

    def _keyboard(self, p: Object) -> Object:
        """The buttons to be, as a part of a message."""
        markup = p.get("reply_markup", {})
        check_buttons(markup)
        return {"reply_markup": markup if markup.get("inline_keyboard") else None}
