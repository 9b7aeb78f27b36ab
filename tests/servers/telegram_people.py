"""People with a Telegram account, and those that stand in for them."""

from typing import TYPE_CHECKING

from .telegram_messages import Message, Query, marked
from .telegram_refusals import Object

if TYPE_CHECKING:
    from .bot_api import BotApiServer
    from .telegram_chats import Chat

BOT: Object = {"id": 123456789, "is_bot": True, "first_name": "Isnad", "username": "isnad_test_bot"}
# Whoever speaks in the name of a chat: Telegram puts these accounts into `from`.
ANONYMOUS: Object = {
    "id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"
}  # fmt: skip
CHANNEL: Object = {
    "id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"
}  # fmt: skip
RIGHTS = """
    manage_chat delete_messages manage_video_chats restrict_members promote_members change_info
    invite_users post_stories edit_stories delete_stories send_welcome_messages
""".split()
MAY_SEND = """
    messages audios documents photos videos video_notes voice_notes polls other_messages
""".split()
MAY = """
    add_web_page_previews react_to_messages edit_tag change_info invite_users pin_messages
    manage_topics
""".split()


class Person:
    """Someone with a Telegram account."""

    def __init__(self, server: "BotApiServer", user: Object) -> None:
        self.server, self.user, self.blocked = server, user, False

    def chat(self) -> "Chat":
        """The private chat with the bot; until it is opened the bot cannot find it."""
        info = {"id": self.user["id"], "type": "private", "first_name": self.user["first_name"]}
        return self.server.open_chat(info, self)

    def starts(self, payload: str = "") -> int:
        """Opens the bot by a link, `t.me/isnad_test_bot?start=payload`, and presses Start."""
        return self.chat().say(self, f"/start {payload}".rstrip())

    def blocks_bot(self, blocked: bool = True) -> None:
        """Blocks the bot, or lets it write again."""
        with self.server.changed:
            self.blocked = blocked
            self.chat().bot_becomes("kicked" if blocked else "member", self)
            self.chat().left = False  # the bot is told what happens, but cannot write

    def presses(self, message: Message, button: str) -> Query:
        """Presses the button with this text or callback data below a message."""
        chat = self.server.chats[message.object["chat"]["id"]]
        return self.server.queries[chat.press(self, button, message)]

    def ask_inline(self, query: str, offset: str = "", chat_type: str = "sender") -> str:
        """Types a query after the bot's name in some chat; returns the query's id."""
        asked = {"query": query, "offset": offset, "chat_type": chat_type}
        return self.server.query("inline_query", self, asked)

    def chooses(self, query_id: str, result_id: str, chat: "Chat") -> Message:
        """Chooses a result of an inline query, which is sent to a chat in their name."""
        with self.server.changed:
            query = self.server.queries[query_id]
            message = self.server.bot.post_result(query, result_id, chat)
            chosen = {"result_id": result_id, "from": self.user, "query": query.content["query"]}
            if message.inline_id:
                chosen["inline_message_id"] = message.inline_id
            self.server.update("chosen_inline_result", chosen)
        return message

    def asks_guest(self, chat: "Chat", text: str) -> Query:
        """Mentions the bot in a chat of which it is no member (Bot API 10.0)."""
        with self.server.changed:
            if not chat.left:
                raise ValueError("the bot is a member of this chat and will be told anyway")
            content = {"text": text, "entities": marked(text)}
            message = chat.add({"from": self.user}, content, author=self)
            return self.server.bot.guest_query(self, message)


def membership(status: str, user: Object) -> Object:
    """A ChatMember of this status."""
    member: Object = {"status": status, "user": user}
    if status == "administrator":
        member |= {f"can_{right}": True for right in RIGHTS}
        member |= {"can_be_edited": False, "is_anonymous": False}
    elif status == "restricted":
        member |= {f"can_send_{what}": False for what in MAY_SEND}
        member |= {f"can_{what}": False for what in MAY}
        member |= {"is_member": True, "until_date": 0}
    elif status == "kicked":
        member["until_date"] = 0
    elif status == "creator":
        member["is_anonymous"] = False
    return member
