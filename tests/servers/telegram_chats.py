"""A chat as the people in it use it."""

import time
from typing import TYPE_CHECKING

from .telegram_history import History
from .telegram_messages import Message, marked
from .telegram_people import ANONYMOUS, BOT, CHANNEL, Person, membership
from .telegram_refusals import Object, Upload, filled

if TYPE_CHECKING:
    from .bot_api import BotApiServer

GREEN = 0x8EEE98


class Chat(History):
    """A private chat, a group or a channel as its members see it."""

    def __init__(self, server: "BotApiServer", info: Object, owner: Person | None) -> None:
        super().__init__(server, info, owner)
        self.left = False
        self.moved_to: int | None = None
        self.admins: set[int] = set()
        self.bot: Object = membership("member", BOT)  # what the bot is here

    # Messages

    def say(
        self,
        person: Person,
        text: str,
        reply_to: int | None = None,
        entities: list[Object] | None = None,
        *,
        quote: str | None = None,
        topic: int | None = None,
        as_chat: "Chat | None" = None,
    ) -> int:
        """A person writes; commands and mentions are marked unless entities are given.

        `quote` is the part of the message replied to; `as_chat` the group itself (an anonymous
        admin) or a channel of theirs, in whose name they speak.
        """
        content = {"text": text, "entities": marked(text) if entities is None else entities}
        return self.receive(person, content, reply_to, quote, topic, as_chat)

    def post(self, text: str) -> int:
        """A post appears in a channel; nobody is said to have written it."""
        content = {"text": text, "entities": marked(text)}
        with self.server.changed:
            message = self.add({"sender_chat": self.info}, content)
            self._tell("channel_post", message.object)
        return message.id

    def edit(self, person: Person | None, message: Message | int, text: str) -> None:
        """A person edits a text or a caption of theirs; in a channel, whoever may."""
        with self.server.changed:
            old = self.found(message)
            if old.author is not person or old.by_bot:
                name = person.user["first_name"] if person else "the channel"
                raise LookupError(f"{name} has no message {old.id} here")
            names = (
                ("text", "entities") if "text" in old.object else ("caption", "caption_entities")
            )
            self.change(old, dict(zip(names, (text, marked(text)), strict=True)))
            channel = self.info["type"] == "channel"
            self._tell("edited_channel_post" if channel else "edited_message", old.object)

    def delete(self, message: Message | int) -> None:
        """Somebody deletes a message, of which a bot is not told."""
        with self.server.changed:
            self.messages.remove(self.found(message))

    def send_photo(
        self, person: Person, caption: str = "", *, topic: int | None = None, album: str = ""
    ) -> int:
        """`album` is what the pictures that are sent together have in common."""
        photo = {**self.server.keep(Upload("photo.jpg", b"jpeg")), "width": 90, "height": 90}
        content = {"photo": [photo], "caption": caption, "media_group_id": album}
        return self.receive(person, content, topic=topic)

    def send_voice(self, person: Person) -> int:
        voice = {**self.server.keep(Upload("voice.ogg", b"ogg")), "duration": 1}
        return self.receive(person, {"voice": voice})

    def send_sticker(self, person: Person) -> int:
        sticker = {**self.server.keep(Upload("sticker.webp", b"webp")), "type": "regular"}
        sticker |= {"width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self.receive(person, {"sticker": sticker})

    def send_document(
        self,
        person: Person,
        upload: Upload,
        caption: str = "",
        *,
        reply_to: int | None = None,
        topic: int | None = None,
    ) -> int:
        """A person sends a file; its name is whatever they please."""
        content: Object = {"document": self.server.document(upload), "caption": caption}
        content["caption_entities"] = marked(caption)
        return self.receive(person, content, reply_to, topic=topic)

    # Buttons and reactions

    def press(self, person: Person, button: str, message: Message | int) -> str:
        """Presses the button with this text or callback data; returns the query's id."""
        target = self.found(message)
        for found in target.buttons:
            if button in (found["text"], found.get("callback_data")) and "callback_data" in found:
                pressed = {"data": found["callback_data"], "chat_instance": str(self.id)}
                if target.inline_id:
                    pressed["inline_message_id"] = target.inline_id
                else:
                    pressed["message"] = target.object
                return self.server.query("callback_query", person, pressed)
        raise LookupError(f"no button {button!r} with callback data in {target.buttons}")

    def press_stop(self) -> None:
        """Presses the stop button of the draft (Bot API 10.3)."""
        with self.server.changed:
            draft = self.draft
            if draft is None or not draft.can_stop:
                raise LookupError("no draft with a stop button")
            self.shown_draft = draft._replace(can_stop=False) if draft.keep_on_stop else None
            stopped = {"chat": self.info, "draft_id": draft.id, "message_thread_id": draft.topic}
            self._tell("stopped_message_generation", filled(stopped))

    def react(self, person: Person, message: Message | int, *emoji: str) -> None:
        """A person puts these reactions below a message, in place of their earlier ones."""
        with self.server.changed:
            target = self.found(message)
            old, target.reactions = target.reactions, list(emoji)
            reaction = {"chat": self.info, "message_id": target.id, "user": person.user}
            reaction |= {"date": int(time.time()), "old_reaction": _emoji(old)}
            self._tell("message_reaction", reaction | {"new_reaction": _emoji(list(emoji))})

    # Topics, and the bot's place here

    def open_topic(self, person: Person, name: str) -> int:
        """A person opens a topic, in a forum or in their chat with the bot; its thread id."""
        with self.server.changed:
            topic = {"name": name, "icon_color": GREEN}
            message = self.add({"from": person.user}, {"forum_topic_created": topic}, author=person)
            thread = {"message_thread_id": message.id, "is_topic_message": True}
            message.object |= thread
            self.topics[message.id] = {"message_thread_id": message.id, **topic}
            self._tell("message", message.object)
        return message.id

    def bot_becomes(self, status: str, by: Person) -> None:
        """Somebody changes what the bot is here: member, administrator, restricted, left, kicked.

        In a private chat `kicked` is a bot that was blocked.
        """
        with self.server.changed:
            old, self.bot = self.bot, membership(status, BOT)
            self.left = status in ("left", "kicked")
            change = {"chat": self.info, "from": by.user, "date": int(time.time())}
            change |= {"old_chat_member": old, "new_chat_member": self.bot}
            self.server.update("my_chat_member", change)
            if old["status"] in ("left", "kicked") and not self.left and not self.private:
                self.receive(by, {"new_chat_members": [BOT]})

    def migrate(self, person: Person, new_id: int) -> "Chat":
        """The group becomes a supergroup with another id, which is returned."""
        with self.server.changed:
            new = self.server.group(new_id, self.info["title"], self.owner)
            self.receive(person, {"migrate_to_chat_id": new_id})
            self.moved_to = new_id
            new.receive(person, {"migrate_from_chat_id": self.id})
        return new

    def receive(
        self,
        person: Person,
        content: Object,
        reply_to: int | None = None,
        quote: str | None = None,
        topic: int | None = None,
        as_chat: "Chat | None" = None,
    ) -> int:
        """A message of whatever content arrives, and the bot is told."""
        head: Object = {"from": person.user}
        if as_chat:
            stands_in = ANONYMOUS if as_chat is self else CHANNEL
            head = {"from": stands_in, "sender_chat": as_chat.info}
        with self.server.changed:
            message = self.add(head, content, reply_to, quote=quote, topic=topic, author=person)
            self._tell("message", message.object)
        return message.id

    def _tell(self, kind: str, content: Object) -> None:
        """Tells the bot, unless it has no business here."""
        if not self.left:
            self.server.update(kind, content)


def _emoji(reactions: list[str]) -> list[Object]:
    return [{"type": "emoji", "emoji": emoji} for emoji in reactions]
