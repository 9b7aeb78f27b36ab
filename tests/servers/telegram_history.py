"""What stands in a chat."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, overload

from tests.waiting import PATIENCE

from .telegram_messages import Draft, Message
from .telegram_refusals import Object, bad_request, filled
from .telegram_texts import utf16

if TYPE_CHECKING:
    from .bot_api import BotApiServer
    from .telegram_people import Person

NO_CHANGE = "specified new message content and reply markup are exactly the same as a current"


class History:
    """The messages of a chat, and what the bot shows besides."""

    def __init__(self, server: "BotApiServer", info: Object, owner: "Person | None") -> None:
        self.server, self.info, self.owner = server, info, owner
        self.id: int = info["id"]
        self.messages: list[Message] = []
        self.drafts: list[Draft] = []
        self.actions: list[str] = []
        self.topics: dict[int, Object] = {}  # by thread id: ForumTopic, and whether it is closed
        self.shown_draft: Draft | None = None

    @property
    def private(self) -> bool:
        """Whether it is between one person and the bot."""
        return bool(self.info["type"] == "private")

    @property
    def draft(self) -> Draft | None:
        """The draft to be seen now: it lasts for 30 s, or until the bot's next message."""
        draft = self.shown_draft
        return draft if draft and time.monotonic() < draft.time + 30 else None

    def find(self, message_id: int) -> Message | None:
        """The message with this id, unless it was deleted."""
        return next((message for message in self.messages if message.id == message_id), None)

    def found(self, message: Message | int) -> Message:
        """The message that is meant; a LookupError where it does not stand here."""
        number = message if isinstance(message, int) else message.id
        if (there := self.find(number)) is None:
            raise LookupError(f"no message {number} here")
        return there

    @overload
    def wait_for(self, what: int, timeout: float = PATIENCE) -> list[Message]: ...
    @overload
    def wait_for(
        self, what: Callable[[Message], bool] | None = None, timeout: float = PATIENCE
    ) -> Message: ...
    def wait_for(
        self, what: int | Callable[[Message], bool] | None = None, timeout: float = PATIENCE
    ) -> Message | list[Message]:
        """The bot's next message, or this many, or the next new or edited one that is wanted.

        Next is next to the last message that was returned; what stood before it is passed over.
        """

        def found() -> list[Message]:
            bots = [message for message in self.messages if message.by_bot]
            if callable(what):
                return [m for m in bots if len(m.history) > m.seen and what(m)][:1]
            fresh = [m for m in bots if m.seen < 0][: what or 1]
            return fresh if len(fresh) == (what or 1) else []

        with self.server.changed:
            messages = self.server.changed.wait_for(found, timeout)
            if not messages:
                raise TimeoutError(f"not within {timeout} s:\n{self.server.transcript(self)}")
            for message in self.messages:
                if message.id <= messages[-1].id:
                    message.seen = len(message.history)
        return messages if isinstance(what, int) else messages[0]

    def add(
        self,
        head: Object,
        content: Object,
        reply_to: int | None = None,
        *,
        quote: str | None = None,
        topic: int | None = None,
        author: "Person | None" = None,
    ) -> Message:
        """Puts a message into the chat; `head` says who sent it."""
        with self.server.changed:
            answered = self.find(reply_to) if reply_to else None
            head = {"message_id": next(self.server.numbers), **head, "chat": self.info}
            head |= self._thread(topic, answered)
            if answered:  # shown one level deep, as Telegram does
                head["reply_to_message"] = filled({**answered.object, "reply_to_message": None})
            elif opening := self.find(head["message_thread_id"]) if topic in self.topics else None:
                head["reply_to_message"] = opening.object
            if answered and quote:
                head["quote"] = _quotation(answered.text, quote)
            message = Message({**head, "date": int(time.time()), **filled(content)}, author=author)
            self.messages.append(message)
            self.server.changed.notify_all()
        return message

    def change(self, message: Message, content: Object) -> None:
        """Edits a message; refused where nothing changes."""
        new = filled({**message.object, **content})
        if new == message.object:
            words = f"{NO_CHANGE} content and reply markup of the message"
            raise bad_request(f"message is not modified: {words}")
        message.history.append(message.object)
        message.object = {**new, "edit_date": int(time.time())}
        self.server.changed.notify_all()

    def _thread(self, topic: int | None, answered: Message | None) -> Object:
        """The thread of a new message: a topic, or the replies to one message of a supergroup."""
        if answered and answered.topic and topic is None:
            topic = answered.topic
        if topic in self.topics:
            return {"message_thread_id": topic, "is_topic_message": True}
        if answered and self.info["type"] == "supergroup":
            return {"message_thread_id": answered.object.get("message_thread_id", answered.id)}
        return {}


def _quotation(text: str, quote: str) -> Object:
    """The part of a message that a reply quotes."""
    if quote not in text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return {"text": quote, "position": utf16(text[: text.index(quote)]), "is_manual": True}
