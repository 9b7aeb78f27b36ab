"""The bot's methods that make, change and delete what stands in a chat."""

import time
from pathlib import PurePosixPath
from typing import Any

from .bot_api_schema import SCHEMA
from .telegram_chats import GREEN
from .telegram_history import History
from .telegram_messages import Draft
from .telegram_methods import MEGABYTE, Methods
from .telegram_people import BOT
from .telegram_pictures import size_of
from .telegram_refusals import Object, Refusal, bad_request
from .telegram_rich import plain, rich_message

ACTIONS = {"typing", "choose_sticker", "find_location", "record_voice", "record_video"}
ACTIONS |= {f"upload_{kind}" for kind in ("photo", "video", "voice", "document", "video_note")}
# The schema lists the emoji of reactions in its prose only.
EMOJI = SCHEMA.prose("ReactionTypeEmoji", "emoji")


class PostMethods(Methods):
    """Messages, drafts, topics, reactions and files."""

    def send_message(self, p: Object) -> Object:
        return self._send(p, self._text(p))

    def send_document(self, p: Object) -> Object:
        upload = self._file(p, "document")
        if len(upload.content) > 50 * MEGABYTE:
            raise Refusal(413, "Request Entity Too Large")
        return self._send(p, {"document": self._server.document(upload), **self._caption(p)})

    def send_photo(self, p: Object) -> Object:
        upload = self._file(p, "photo")
        if len(upload.content) > 10 * MEGABYTE:
            raise bad_request("file is too big")
        width, height = size_of(upload.content)
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        photo = {**self._server.keep(upload), "width": width, "height": height}
        return self._send(p, {"photo": [photo], **self._caption(p)})

    def send_message_draft(self, p: Object) -> bool:
        text, entities = self._formatted(p, "text", 4096)
        chat = self._chat(p)
        if not chat.private:
            raise bad_request("TEXTDRAFT_PEER_INVALID")
        if not p["draft_id"]:
            raise bad_request("RANDOM_ID_INVALID")
        stop = p.get("can_stop", False), p.get("keep_on_stop", False)
        topic = p.get("message_thread_id")
        chat.shown_draft = Draft(time.monotonic(), p["draft_id"], text, entities, *stop, topic)
        chat.drafts.append(chat.shown_draft)
        self._server.changed.notify_all()
        return True

    def send_rich_message(self, p: Object) -> Object:
        self._check_rich()
        return self._send(p, {"rich_message": rich_message(p["rich_message"])})

    def send_rich_message_draft(self, p: Object) -> bool:
        self._check_rich()
        shown = rich_message(p["rich_message"], draft=True)
        return self.send_message_draft({**p, "text": plain(shown["blocks"])[:4096]})

    def edit_message_text(self, p: Object) -> Any:
        _, message = self._message(p, "message to edit not found")
        if message.by_bot and not message.object.keys() & {"text", "rich_message"}:
            raise bad_request("there is no text in the message to edit")
        if "rich_message" in p and self._server.takes_rich_messages:
            shown = rich_message(p["rich_message"])
            return self._edit(p, {"rich_message": shown, "text": None, "entities": None})
        return self._edit(p, {**self._text(p), "rich_message": None})

    def edit_message_caption(self, p: Object) -> Any:
        _, message = self._message(p, "message to edit not found")
        if message.by_bot and not message.object.keys() & {"document", "photo"}:
            raise bad_request("there is no caption in the message to edit")
        return self._edit(p, self._caption(p))

    def edit_message_reply_markup(self, p: Object) -> Any:
        return self._edit(p, {})

    def delete_message(self, p: Object) -> bool:
        chat, message = self._message(p, "message to delete not found")
        may = message.by_bot or chat.private or chat.bot["status"] == "administrator"
        if not may or message.object["date"] < time.time() - 48 * 3600:
            raise bad_request("message can't be deleted")
        chat.messages.remove(message)
        self._server.changed.notify_all()
        return True

    def delete_messages(self, p: Object) -> bool:
        chat = self._chat(p)
        for number in p["message_ids"]:
            if chat.find(number):
                self.delete_message({"chat_id": chat.id, "message_id": number})
        return True

    def set_message_reaction(self, p: Object) -> bool:
        _, message = self._message(p, "message to react not found")
        reactions = p.get("reaction", [])
        if len(reactions) > 1:
            raise bad_request("REACTIONS_TOO_MANY")
        emoji = [reaction.get("emoji", "") for reaction in reactions]
        if EMOJI and any(f'"{one}"' not in EMOJI for one in emoji):
            raise bad_request("REACTION_INVALID")
        message.reactions = emoji
        self._server.changed.notify_all()
        return True

    def send_chat_action(self, p: Object) -> bool:
        if p["action"] not in ACTIONS:
            raise bad_request("wrong parameter action in request")
        self._chat(p).actions.append(p["action"])
        self._server.changed.notify_all()
        return True

    def get_file(self, p: Object) -> Object:
        upload = self._server.files.get(p["file_id"])
        if upload is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(upload.content) > 20 * MEGABYTE:
            raise bad_request("file is too big")
        suffix = PurePosixPath(upload.name.replace("\0", "")).suffix
        path = f"documents/{p['file_id']}{suffix if suffix[1:].isalnum() else ''}"
        file = {"file_id": p["file_id"], "file_unique_id": f"unique-{p['file_id']}"}
        return file | {"file_size": len(upload.content), "file_path": path}

    # Topics

    def create_forum_topic(self, p: Object) -> Object:
        chat = self._forum(p)
        topic = {"name": p["name"], "icon_color": p.get("icon_color", GREEN)}
        message = chat.add({"from": BOT}, {"forum_topic_created": topic})
        message.by_bot, message.seen = True, 0  # nobody waits for it as for an answer
        message.object |= {"message_thread_id": message.id, "is_topic_message": True}
        chat.topics[message.id] = {"message_thread_id": message.id, **topic}
        return chat.topics[message.id]

    def edit_forum_topic(self, p: Object) -> bool:
        chat = self._forum(p)
        topic = chat.topics[p["message_thread_id"]]
        if topic["name"] == p.get("name", topic["name"]):
            raise bad_request("TOPIC_NOT_MODIFIED")
        topic["name"] = p["name"]
        return True

    def close_forum_topic(self, p: Object) -> bool:
        self._forum(p).topics[p["message_thread_id"]]["closed"] = True
        return True

    def reopen_forum_topic(self, p: Object) -> bool:
        topic = p.pop("message_thread_id")
        self._forum(p).topics[topic].pop("closed", None)
        return True

    def _check_rich(self) -> None:
        if not self._server.takes_rich_messages:
            raise Refusal(404, "Not Found: method not found")

    def _forum(self, p: Object) -> History:
        chat = self._chat(p)
        if not (chat.private or chat.info.get("is_forum")):
            raise bad_request("the chat is not a forum")
        return chat

    # What these have in common

    def _send(self, p: Object, content: Object) -> Object:
        chat = self._chat(p)
        reply = p.get("reply_parameters", {"message_id": 0, "allow_sending_without_reply": True})
        if not chat.find(reply["message_id"]) and not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        channel = chat.info["type"] == "channel"
        message = chat.add(
            {"sender_chat": chat.info} if channel else {"from": BOT},
            content | self._keyboard(p),
            reply["message_id"],
            quote=reply.get("quote"),
            topic=p.get("message_thread_id"),
        )
        message.by_bot = True
        chat.shown_draft = None
        self._server.changed.notify_all()
        return message.object

    def _edit(self, p: Object, content: Object) -> Object | bool:
        chat, message = self._message(p, "message to edit not found")
        if not (message.by_bot or message.inline_id):
            raise bad_request("message can't be edited")
        chat.change(message, content | self._keyboard(p))
        return message.object if "inline_message_id" not in p else True
