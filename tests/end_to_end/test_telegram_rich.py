"""Rich messages by the command `bot`, as long as the Bot API server knows them."""

from tests.end_to_end.telegram_bot import FILE, WHO, Start
from tests.servers.bot_api import BotApiServer
from tests.waiting import PATIENCE


def test_answers_are_rich_until_the_server_does_not_know_them(
    server: BotApiServer, start: Start
) -> None:
    bot = start(TELEGRAM_RICH_MESSAGES="true")
    sara = server.user(7)
    chat = sara.chat()

    question = chat.say(sara, WHO)
    answer = chat.wait_for(timeout=PATIENCE)
    rich = answer.object["rich_message"]
    assert rich["is_rtl"]
    assert rich["blocks"][-1]["type"] == "details"
    assert FILE in answer.text
    assert answer.object["reply_to_message"]["message_id"] == question
    assert [row[0]["text"] for row in answer.object["reply_markup"]["inline_keyboard"]][-1] == "👍"

    sara.presses(answer, answer.buttons[0]["callback_data"])
    evidence = chat.wait_for(timeout=PATIENCE)
    assert "rich_message" not in evidence.object
    assert FILE in evidence.text

    server.takes_rich_messages = False  # as an older one
    for _ in range(2):
        chat.say(sara, WHO)
        answer = chat.wait_for(timeout=PATIENCE)
        assert "rich_message" not in answer.object
        assert f"[1] \u2068{FILE}\u2069" in answer.text
        assert answer.buttons
    sent = [one.method for one in server.requests if one.method.startswith("send")]
    assert sent.count("sendRichMessage") == 2
    assert "No more rich messages" in bot.output
