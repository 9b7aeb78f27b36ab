"""People who do all that people can do here, so that a judge sees every kind of update."""

from .bot_api import BotApiServer, Upload

BUTTON = {"inline_keyboard": [[{"text": "👍", "callback_data": "good"}]]}
KINDS = {
    "message", "edited_message", "channel_post", "edited_channel_post", "guest_message",
    "message_reaction", "inline_query", "chosen_inline_result", "callback_query", "my_chat_member",
    "stopped_message_generation",
}  # fmt: skip


def everything(server: BotApiServer) -> None:
    """Every kind of update, and every kind of message."""
    with server.changed:
        _scenes(server)


def _scenes(server: BotApiServer) -> None:
    server.bot.allowed = sorted(KINDS)
    sara = server.user(7, first_name="Sara")
    chat, group = sara.chat(), server.group(-5, "غرفة", owner=sara)
    forum = server.group(-1001234567890, "منتدى", forum=True)
    channel, away = server.channel(-1009, "قناة"), server.elsewhere(-1007, "أصدقاء")
    sara.starts("invite")
    asked = chat.say(sara, "/start@isnad_test_bot for @sara and a@b.c")
    chat.edit(sara, asked, "edited")
    group.say(sara, "ok", reply_to=group.say(sara, "@isnad_test_bot", entities=[]), quote="test")
    for one in (chat.send_photo(sara, "caption", album="1"), chat.send_photo(sara, album="1")):
        chat.react(sara, one, "👍")
    chat.send_voice(sara)
    chat.send_sticker(sara)
    chat.edit(sara, chat.send_document(sara, Upload("a.txt", b"a"), "/add"), "c")
    forum.say(sara, "سؤال", topic=forum.open_topic(sara, "أخبار"))
    forum.say(sara, "x", as_chat=forum)
    forum.say(sara, "x", as_chat=channel)
    chat.say(sara, "سؤال", topic=chat.open_topic(sara, "سفر"))
    channel.edit(None, channel.post("خبر"), "خبر مصحح")
    for status in ("kicked", "member", "restricted", "administrator", "left"):
        forum.bot_becomes(status, sara)
    group.migrate(sara, -1001234567891)
    article = {"type": "article", "id": "1", "title": "t", "reply_markup": BUTTON}
    article["input_message_content"] = {"message_text": "x"}
    query = server.queries[sara.ask_inline("x")]
    server.bot.answer_inline_query({"inline_query_id": query.id, "results": [article]})
    sara.presses(sara.chooses(query.id, "1", away), "good")
    guest = sara.asks_guest(away, "@isnad_test_bot x")
    server.bot.answer_guest_query({"guest_query_id": guest.id, "result": article})
    server.bot.send_message({"chat_id": 7, "text": "x", "reply_markup": BUTTON})
    sara.presses(chat.messages[-1], "good")
    rich = "<h2>x</h2><p>y <b>z</b></p><details><summary>s</summary><ul><li>i</li></ul></details>"
    shown = {"html": f"{rich}<blockquote collapsed>q</blockquote>", "is_rtl": True}
    server.bot.send_rich_message({"chat_id": 7, "rich_message": shown, "reply_markup": BUTTON})
    sara.presses(chat.messages[-1], "good")
    server.bot.send_message_draft({"chat_id": 7, "draft_id": 1, "can_stop": True})
    chat.press_stop()
    sara.blocks_bot()
    sara.blocks_bot(False)
