"""What is said in Telegram, and to whom: languages, groups, strangers, what is no question."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from rag.knowledge_base import Sources, SourceSummary
from tests.bot.conftest import EVERYONE
from tests.bot.doubles import CITATION, ScriptedKnowledge
from tests.bot.telegram.running_bot import RunningBot, running
from tests.servers.bot_api import BotApiServer, Upload
from tests.waiting import PATIENCE

WHO = "من هي كارولين روز؟"
FILE = CITATION.file
FILES = tuple(SourceSummary(f"{n}.txt", "عنوان", None, "ar", 3, 900) for n in range(5))

Start = Callable[..., AbstractContextManager[RunningBot]]


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


@pytest.fixture
def knowledge() -> ScriptedKnowledge:
    return ScriptedKnowledge(listing=Sources(3, FILES, ()))


@pytest.fixture
def start(
    tmp_path: Path, folder: Path, knowledge: ScriptedKnowledge, server: BotApiServer
) -> Start:
    return partial(running, tmp_path, folder, knowledge, server)


@pytest.mark.parametrize(
    ("language", "start_word", "help_word", "count"),
    [
        ("ar", "أهلاً", "اكتب سؤالك", "وثائق"),
        ("fa", "سلام", "پرسشتان", "سند"),
        ("en-GB", "Hello", "Write a question", "documents"),
    ],
)
def test_it_speaks_three_languages(
    server: BotApiServer,
    start: Start,
    language: str,
    start_word: str,
    help_word: str,
    count: str,
) -> None:
    person = server.user(7, language)
    chat = person.chat()
    with start():
        for command, word in (("/start", start_word), ("/help", help_word), ("/sources", count)):
            chat.say(person, command)
            assert word in chat.wait_for(timeout=PATIENCE).text
    assert "4.txt" in chat.messages[-1].text


@pytest.mark.parametrize(("language", "word"), [("ar", "النصوص"), ("fa", "متن"), ("en", "text")])
def test_what_is_no_text_gets_a_friendly_sentence(
    server: BotApiServer, start: Start, language: str, word: str
) -> None:
    sara, ali = server.user(7, language), server.user(8, language)
    with start():
        sara.chat().send_photo(sara)
        sara.chat().send_voice(sara)
        sara.chat().send_sticker(sara)
        ali.chat().send_document(ali, Upload("a.pdf", b"%PDF"))
        said = [*sara.chat().wait_for(3, timeout=PATIENCE), ali.chat().wait_for(timeout=PATIENCE)]
    assert all(word in message.text for message in said)


def test_strangers_are_refused_politely(server: BotApiServer, start: Start) -> None:
    stranger, sara = server.user(99, "en"), server.user(7)
    group, other = server.group(-1001234567890, "مجموعة"), server.group(-500, "أخرى")
    with start(access=replace(EVERYONE, allowed=frozenset({7, -1001234567890}))):
        stranger.chat().say(stranger, "من؟")
        refusal = stranger.chat().wait_for(timeout=PATIENCE)
        assert "99" in refusal.text
        assert "كارولين" not in refusal.text
        sara.chat().say(sara, WHO)
        assert FILE in sara.chat().wait_for(timeout=PATIENCE).text
        group.say(stranger, f"@isnad_test_bot {WHO}")
        assert FILE in group.wait_for(timeout=PATIENCE).text
        other.say(stranger, f"@isnad_test_bot {WHO}")
        assert "-500" in other.wait_for(timeout=PATIENCE).text


def test_who_has_asked_enough_hears_when_to_come_back(server: BotApiServer, start: Start) -> None:
    sara = server.user(7, "en")
    with start(access=replace(EVERYONE, questions_per_hour=1)):
        sara.chat().say(sara, WHO)
        sara.chat().wait_for(timeout=PATIENCE)
        sara.chat().say(sara, "And when?")
        assert "come back in \u206860\u2069 minutes" in sara.chat().wait_for(timeout=PATIENCE).text


def test_in_a_group_it_answers_only_when_addressed(server: BotApiServer, start: Start) -> None:
    sara, group = server.user(7), server.group(-1001234567890, "مجموعة")
    with start():
        group.say(sara, WHO)
        group.say(sara, "/help@another_bot")
        asked = group.say(sara, f"/ask {WHO}")
        answer = group.wait_for(timeout=PATIENCE)
        assert answer.object["reply_to_message"]["message_id"] == asked
        assert FILE in answer.text
        followed = group.say(sara, "ومن هو باقري؟", reply_to=answer.id)
        later = group.wait_for(timeout=PATIENCE)
        assert later.object["reply_to_message"]["message_id"] == followed
    assert len([message for message in group.messages if message.by_bot]) == 2


def test_topics_are_conversations_of_their_own(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    sara = server.user(7)
    forum = server.group(-1001234567890, "منتدى", forum=True)
    one, other = forum.open_topic(sara, "أخبار"), forum.open_topic(sara, "رياضة")
    with start():
        for topic, question in ((one, "من هي؟"), (other, "من هو؟"), (one, "ومتى؟")):
            forum.say(sara, f"/ask {question}", topic=topic)
            assert forum.wait_for(timeout=PATIENCE).topic == topic
    asked = [(question, [turn.question for turn in turns]) for question, turns in knowledge.asked]
    assert asked == [("من هي؟", []), ("من هو؟", []), ("ومتى؟", ["من هي؟"])]


def test_an_album_gets_one_answer(server: BotApiServer, start: Start) -> None:
    sara = server.user(7)
    with start():
        with server.changed:
            for _ in range(3):
                sara.chat().send_photo(sara, album="1")
        sara.chat().wait_for(timeout=PATIENCE)
        sara.chat().say(sara, WHO)
        assert FILE in sara.chat().wait_for(timeout=PATIENCE).text
