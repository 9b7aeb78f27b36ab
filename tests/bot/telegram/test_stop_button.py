"""The button that stops an answer where there are no drafts: pressed, over HTTP."""

import asyncio
from pathlib import Path

from tests.bot.doubles import CITATION, ScriptedKnowledge
from tests.bot.telegram.running_bot import running
from tests.servers.bot_api import BotApiServer
from tests.waiting import PATIENCE, wait_until

GROUP = -1_001_234_567_890


def test_who_asked_stops_the_answer_by_its_button_and_nobody_else(
    server: BotApiServer, tmp_path: Path, folder: Path, knowledge: ScriptedKnowledge
) -> None:
    knowledge.gate, knowledge.growing = asyncio.Event(), ["كارولين روز محللة [1]."]
    sara, ali = server.user(7, "en"), server.user(8, "en")
    group = server.group(GROUP, "Readers")
    with running(tmp_path, folder, knowledge, server) as bot:
        question = group.say(sara, "/ask من هي كارولين روز؟")
        interim = group.wait_for(timeout=PATIENCE)
        assert "[1]" in interim.text
        (button,) = interim.buttons

        refused = ali.presses(interim, button["callback_data"]).wait_for_answer(PATIENCE)
        assert "asked" in str(refused)
        assert bot.running.find(group.id, question)

        sara.presses(interim, button["callback_data"]).wait_for_answer(PATIENCE)
        wait_until(lambda: not bot.running.find(group.id, question))
        assert not knowledge.gate.is_set()  # without the stop it would still be written
        final = group.wait_for(timeout=PATIENCE)
        assert final.object["reply_to_message"]["message_id"] == question
        assert "توقّفت" in final.text
        assert f"[1] \u2068{CITATION.file}\u2069" in final.text
        assert final.buttons[0]["text"] == "[1]"
        wait_until(lambda: interim not in group.messages)
