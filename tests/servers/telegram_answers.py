"""The bot's methods that answer queries, and what the answers become."""

from .telegram_chats import Chat
from .telegram_messages import Message, Query
from .telegram_methods import Methods
from .telegram_people import BOT, Person
from .telegram_refusals import Object, bad_request

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class AnswerMethods(Methods):
    """Presses, inline queries and guests' questions; each is answered once."""

    def answer_callback_query(self, p: Object) -> bool:
        self._answer("callback_query", str(p["callback_query_id"]), p)
        return True

    def answer_inline_query(self, p: Object) -> bool:
        if len(p["results"]) > 50:
            raise bad_request("RESULTS_TOO_MUCH")
        if len(p.get("next_offset", "").encode()) > 64:
            raise bad_request("NEXT_OFFSET_INVALID")
        ids = [result["id"] for result in p["results"]]
        if len(set(ids)) < len(ids):
            raise bad_request("RESULT_ID_DUPLICATE")
        for result in p["results"]:
            self._content(result)
        self._answer("inline_query", str(p["inline_query_id"]), p)
        return True

    def answer_guest_query(self, p: Object) -> Object:
        query_id = str(p["guest_query_id"])
        content = self._content(p["result"])
        query = self._answer("guest_message", query_id, p)
        asked = query.content
        chat = self._server.chats[asked["chat"]["id"]]
        head = {"from": BOT, "guest_bot_caller_user": query.person.user}
        message = chat.add(head, content, asked["message_id"])
        message.by_bot, message.inline_id = True, f"inline-{message.id}"
        self._server.changed.notify_all()
        return {"inline_message_id": message.inline_id}

    # The other side of them

    def post_result(self, query: Query, result_id: str, chat: Chat) -> Message:
        """Sends a result of an inline query to a chat, in the name of whoever chose it."""
        results = (query.answer or {}).get("results", [])
        result = next((one for one in results if one["id"] == result_id), None)
        if result is None:
            raise LookupError(f"no result {result_id!r} in {results}")
        content = self._content(result)
        head = {"from": query.person.user, "via_bot": BOT}
        message = chat.add(head, content, author=query.person)
        if content["reply_markup"]:
            message.inline_id = f"inline-{message.id}"
        if not chat.left:
            self._server.update("message", message.object)
        return message

    def guest_query(self, person: Person, message: Message) -> Query:
        """Hands a mention in a foreign chat to the bot."""
        query = self._server.expect("guest_message", person, message.object)
        self._server.update("guest_message", message.object | {"guest_query_id": query.id})
        return query

    def _answer(self, kind: str, query_id: str, p: Object) -> Query:
        query = self._server.queries.get(query_id)
        if query is None or query.kind != kind or query.answer is not None:
            raise bad_request(TOO_OLD)
        self._server.answers[query_id] = p
        self._server.changed.notify_all()
        return query

    def _content(self, result: Object) -> Object:
        """What a message made of an inline result says; refused where it cannot be made."""
        if not 1 <= len(result["id"].encode()) <= 64:
            raise bad_request("RESULT_ID_INVALID")
        if "document_file_id" in result:
            upload = self._file(result, "document_file_id")
            content = {"document": self._server.document(upload), **self._caption(result)}
        else:
            if not result.get("title", "").strip():
                raise bad_request("ARTICLE_TITLE_EMPTY")
            said = result.get("input_message_content", {})
            content = self._text({**said, "text": said.get("message_text", "")})
        return content | self._keyboard(result)
