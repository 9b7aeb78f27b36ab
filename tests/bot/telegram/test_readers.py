"""What a reader does in Telegram, from a question to the evidence months later."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.allowance import AT_ONCE, AT_ONCE_EACH
from bot.store.feedback import Feedback
from bot.telegram.handlers import MOST_PRESSES
from bot.telegram.waiting import Line
from rag.answers.answer import Answer
from rag.documents.reading import read
from rag.knowledge_base import SearchResult, Sources, SourceSummary, Turn
from tests.bot.conftest import EVERYONE
from tests.bot.doubles import ANSWER, CITATION, ScriptedKnowledge, answered, cited
from tests.bot.telegram.running_bot import RunningBot, running
from tests.servers.bot_api import BotApiServer, Message
from tests.waiting import PATIENCE, wait_until

QUOTE = CITATION.quote
BEFORE = "".join(f"جملة قبل الاقتباس رقم {n}. " for n in range(60))
AFTER = "".join(f" جملة بعد الاقتباس رقم {n}." for n in range(60))


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / CITATION.file).write_text(f"عنوان\n{BEFORE}{QUOTE}.{AFTER}\n", encoding="utf-8")
    return folder


@pytest.fixture
def answer(folder: Path) -> Answer:
    file = read(folder, CITATION.file)
    start = file.text.index(QUOTE)
    place = {"start": start, "end": start + len(QUOTE), "sha256": file.sha256}
    return replace(ANSWER, citations=(cited(**place),), id="0123456789abcdef")


@pytest.fixture
def knowledge(answer: Answer) -> ScriptedKnowledge:
    return ScriptedKnowledge(answer=answer)


Start = Callable[..., AbstractContextManager[RunningBot]]


@pytest.fixture
def start(
    tmp_path: Path, folder: Path, knowledge: ScriptedKnowledge, server: BotApiServer
) -> Start:
    return partial(running, tmp_path, folder, knowledge, server)


def marked(message: Message, kind: str) -> list[str]:
    """The parts of a message's text that have this style."""
    text = message.text.encode("utf-16-le")
    return [
        text[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
        for one in message.entities
        if one["type"] == kind
    ]


def labels(message: Message) -> list[str]:
    return [button["text"] for button in message.buttons]


def test_a_tap_on_a_citation_opens_it_in_its_context(
    server: BotApiServer, start: Start, folder: Path
) -> None:
    sara = server.user(7)
    chat = sara.chat()
    with start() as bot:
        chat.say(sara, "من هي؟")
        answered = chat.wait_for(timeout=PATIENCE)
        assert labels(answered) == ["[1]", "👍", "👎"]
        sara.presses(answered, "[1]").wait_for_answer(PATIENCE)
        shown = chat.wait_for(timeout=PATIENCE)
        assert shown.object["reply_to_message"]["message_id"] == answered.id
        assert marked(shown, "bold") == [QUOTE]
        (passage,) = marked(shown, "expandable_blockquote")
        assert "قبل الاقتباس رقم 59" in passage and "بعد الاقتباس رقم 0" in passage
        assert "تغيّر" not in shown.text
        assert labels(shown)[2:] == ["اقتباس خاطئ", "إرسال الملف"]

        sara.presses(shown, "التالي").wait_for_answer(PATIENCE)
        after = chat.wait_for(lambda message: "بعد المقتبَس" in message.text, PATIENCE)
        assert after.id == shown.id
        assert marked(after, "bold") == []
        sara.presses(after, "السابق").wait_for_answer(PATIENCE)
        chat.wait_for(lambda message: marked(message, "bold") == [QUOTE], PATIENCE)

        sara.presses(shown, "إرسال الملف").wait_for_answer(PATIENCE)
        sent = chat.wait_for(lambda message: "document" in message.object, PATIENCE)
        upload = server.files[sent.object["document"]["file_id"]]
        assert upload.content == (folder / CITATION.file).read_bytes()
        assert upload.name == CITATION.file
        sara.presses(shown, "إرسال الملف").wait_for_answer(PATIENCE)
        chat.wait_for(lambda message: "document" in message.object, PATIENCE)
        sendings = [one for one in server.requests if one.method == "sendDocument"]
        assert sendings[-1].parameters["document"] == sent.object["document"]["file_id"]

        press = sara.presses(shown, "اقتباس خاطئ")
        press.wait_for_answer(PATIENCE)
        assert "شكر" in (press.text or "")
        ali = server.user(8, "en")
        press = ali.presses(answered, "👍")
        press.wait_for_answer(PATIENCE)
        assert "Thank" in (press.text or "")
        (judged,) = Feedback(bot.database).judged()
        assert (judged.good, judged.bad_citations) == (1, frozenset({1}))
        assert judged.answer["citations"][0]["quote"] == QUOTE


def test_a_passage_that_was_asked_for_comes_after_a_flood_wait(
    server: BotApiServer, start: Start
) -> None:
    sara = server.user(7, "en")
    chat = sara.chat()
    with start():
        chat.say(sara, "من هي كارولين روز؟")
        sara.presses(chat.wait_for(timeout=PATIENCE), "[1]")
        evidence = chat.wait_for(timeout=PATIENCE)
        before = evidence.text
        server.fail("editMessageText", 429, retry_after=1)
        sara.presses(evidence, "Next").wait_for_answer(PATIENCE)
        wait_until(lambda: evidence.text != before)
        server.fail("editMessageText", 429, retry_after=1)
        chat.say(sara, "/language")
        offer = chat.wait_for(timeout=PATIENCE)
        before = offer.text
        sara.presses(offer, "فارسی").wait_for_answer(PATIENCE)
        wait_until(lambda: offer.text != before)


def test_an_old_answers_citation_is_checked_again_after_a_restart(
    server: BotApiServer, start: Start, folder: Path
) -> None:
    sara = server.user(7, "en")
    chat = sara.chat()
    with start():
        chat.say(sara, "من هي؟")
        answered = chat.wait_for(timeout=PATIENCE)
    path = folder / CITATION.file
    text = path.read_text("utf-8")
    with start(restarted=True):
        for changed, told in (
            (f"{text}زيادة.", "still stands in it"),
            (f"مقدمة\n{text}", "elsewhere in it"),
            ("لا شيء من ذلك.", "no longer stands"),
        ):
            path.write_text(changed, encoding="utf-8")
            sara.presses(answered, "[1]").wait_for_answer(PATIENCE)
            shown = chat.wait_for(timeout=PATIENCE)
            assert told in shown.text
            assert QUOTE in shown.text
        assert labels(shown) == ["Bad citation"]
        path.unlink()
        sara.presses(answered, "[1]").wait_for_answer(PATIENCE)
        assert "no longer stands" in chat.wait_for(timeout=PATIENCE).text


def test_an_answer_that_was_forgotten_says_so(server: BotApiServer, start: Start) -> None:
    sara = server.user(7, "en")
    chat = sara.chat()
    with start():
        chat.say(sara, "من هي؟")
        answered = chat.wait_for(timeout=PATIENCE)
        chat.say(sara, "/forget")
        assert "deleted" in chat.wait_for(timeout=PATIENCE).text
        press = sara.presses(answered, "[1]")
        press.wait_for_answer(PATIENCE)
        assert press.alert and "no longer have" in (press.text or "")


def test_who_may_not_ask_opens_nothing(server: BotApiServer, start: Start) -> None:
    sara, ali = server.user(7, "en"), server.user(8, "en")
    group = server.group(-1001234567890, "مجموعة")
    with start(access=replace(EVERYONE, allowed=frozenset({7}))):
        group.say(sara, "/ask من هي؟")
        answered = group.wait_for(timeout=PATIENCE)
        press = ali.presses(answered, "[1]")
        press.wait_for_answer(PATIENCE)
        assert press.alert and "-1001234567890" in (press.text or "")
        assert len([message for message in group.messages if message.by_bot]) == 1


def test_in_a_topic_the_evidence_stays_in_the_topic(server: BotApiServer, start: Start) -> None:
    sara = server.user(7)
    forum = server.group(-1001234567890, "منتدى", forum=True)
    topic = forum.open_topic(sara, "أخبار")
    with start():
        forum.say(sara, "/ask من هي؟", topic=topic)
        answered = forum.wait_for(timeout=PATIENCE)
        sara.presses(answered, "[1]").wait_for_answer(PATIENCE)
        assert [forum.wait_for(timeout=PATIENCE).topic, answered.topic] == [topic, topic]


def test_a_reply_with_a_quoted_part_goes_on_from_it(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    sara = server.user(7)
    chat = sara.chat()
    with start():
        chat.say(sara, "من هي؟")
        answered = chat.wait_for(timeout=PATIENCE)
        chat.say(sara, "ومتى؟", reply_to=answered.id, quote="كارولين روز")
        chat.wait_for(timeout=PATIENCE)
    assert knowledge.asked[-1] == ("ومتى؟", (Turn("من هي؟", "كارولين روز", (CITATION.file,)),))


def test_in_a_group_the_bot_answers_the_question_it_is_pointed_to(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    sara, ali = server.user(7), server.user(8)
    group = server.group(-1001234567890, "مجموعة")
    with start():
        asked = group.say(ali, "من هي كارولين روز؟")
        group.say(sara, "@isnad_test_bot", reply_to=asked)
        group.wait_for(timeout=PATIENCE)
    assert knowledge.asked == [("من هي كارولين روز؟", ())]


def test_an_edited_question_is_answered_again_and_in_its_place(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    sara = server.user(7)
    chat = sara.chat()
    with start():
        asked = chat.say(sara, "من هو؟")
        chat.wait_for(timeout=PATIENCE)
        chat.edit(sara, asked, "من هي؟")
        assert chat.wait_for(timeout=PATIENCE).object["reply_to_message"]["message_id"] == asked
        chat.say(sara, "ومتى؟")
        chat.wait_for(timeout=PATIENCE)
    assert [question for question, _ in knowledge.asked] == ["من هو؟", "من هي؟", "ومتى؟"]
    assert [turn.question for turn in knowledge.asked[-1][1]] == ["من هي؟"]


def test_a_question_that_is_edited_while_it_waits_is_asked_as_it_is_now(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    knowledge.gate = asyncio.Event()
    sara = server.user(7)
    chat = sara.chat()
    with start() as bot:
        chat.say(sara, "من هو باقري؟")
        asked = chat.say(sara, "من هو؟")
        wait_until(lambda: len(knowledge.asked) == 1)
        chat.edit(sara, asked, "من هي؟")
        wait_until(lambda: not server.updates)
        bot.loop.call_soon_threadsafe(knowledge.gate.set)
        for _ in range(2):
            chat.wait_for(timeout=PATIENCE)
    assert [question for question, _ in knowledge.asked] == ["من هو باقري؟", "من هي؟"]
    assert len([message for message in chat.messages if message.by_bot]) == 2


def test_a_picture_whose_caption_is_edited_is_answered_all_the_same(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    knowledge.gate = asyncio.Event()
    sara = server.user(7)
    chat = sara.chat()
    with start() as bot:
        asked = chat.send_photo(sara, "من هي؟")
        wait_until(lambda: len(knowledge.asked) == 1)
        chat.edit(sara, asked, "ومن هو؟")
        wait_until(lambda: not server.updates)
        bot.loop.call_soon_threadsafe(knowledge.gate.set)
        assert CITATION.file in chat.wait_for(timeout=PATIENCE).text


def test_a_picture_whose_caption_is_edited_is_answered_again(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    sara = server.user(7)
    chat = sara.chat()
    with start():
        asked = chat.send_photo(sara, "من هو؟")
        chat.wait_for(timeout=PATIENCE)
        chat.edit(sara, asked, "من هي؟")
        assert chat.wait_for(timeout=PATIENCE).object["reply_to_message"]["message_id"] == asked
    assert [question for question, _ in knowledge.asked] == ["من هو؟", "من هي؟"]


def test_in_a_group_the_answer_is_stopped_by_name(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    knowledge.gate = asyncio.Event()
    sara = server.user(7, "en")
    group = server.group(-1001234567890, "Group", owner=sara)
    with start():
        group.say(sara, "/ask who is she?")
        wait_until(lambda: len(knowledge.asked) == 1)
        group.say(sara, "@isnad_test_bot /stop")
        group.wait_for(lambda message: "Stopped" in message.text, timeout=PATIENCE)


def test_a_group_that_is_not_allowed_is_told_only_that(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    sara = server.user(7, "en")
    group = server.group(-1001234567890, "Group", owner=sara)
    access = replace(EVERYONE, allowed=frozenset({99}))
    with start(access=access, line=Line(at_a_place=0)) as bot:
        group.say(sara, "/ask who is she?")
        first = group.wait_for(timeout=PATIENCE)
        group.say(sara, "/ask who is she?", as_chat=group)
        second = group.wait_for(timeout=PATIENCE)
        assert str(group.id) in first.text
        assert str(group.id) in second.text
        assert bot.line.length() == 0
    assert knowledge.asked == []


def test_a_question_that_is_edited_while_it_is_answered_gets_one_answer(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    knowledge.gate = asyncio.Event()
    sara = server.user(7)
    chat = sara.chat()
    with start() as bot:
        asked = chat.say(sara, "من هو؟")
        wait_until(lambda: len(knowledge.asked) == 1)
        chat.edit(sara, asked, "من هي؟")
        wait_until(lambda: len(knowledge.asked) == 2)
        bot.loop.call_soon_threadsafe(knowledge.gate.set)
        assert CITATION.file in chat.wait_for(timeout=PATIENCE).text
        chat.say(sara, "ومتى؟")
        chat.wait_for(timeout=PATIENCE)
    assert [turn.question for turn in knowledge.asked[-1][1]] == ["من هي؟"]
    assert len([message for message in chat.messages if message.by_bot]) == 2


def test_an_edit_that_changes_no_word_changes_nothing(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    knowledge.gate = asyncio.Event()
    knowledge.answer = replace(ANSWER, kind="talk")  # of which nothing is kept
    sara = server.user(7)
    chat = sara.chat()
    with start() as bot:
        asked = chat.say(sara, "مرحبا")
        wait_until(lambda: len(knowledge.asked) == 1)
        same = chat.find(asked)
        assert same
        server.update("edited_message", {**same.object, "edit_date": int(time.time())})
        wait_until(lambda: not server.updates)
        bot.loop.call_soon_threadsafe(knowledge.gate.set)
        chat.wait_for(timeout=PATIENCE)
        server.update("edited_message", {**same.object, "edit_date": int(time.time())})
        chat.say(sara, "شكرا")
        chat.wait_for(timeout=PATIENCE)
    assert [question for question, _ in knowledge.asked] == ["مرحبا", "شكرا"]


def test_a_question_that_is_edited_back_while_it_is_answered_is_answered(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    knowledge.gate = asyncio.Event()
    sara = server.user(7)
    chat = sara.chat()
    with start() as bot:
        asked = chat.say(sara, "من هي؟")
        wait_until(lambda: len(knowledge.asked) == 1)
        chat.edit(sara, asked, "من هو؟")
        wait_until(lambda: len(knowledge.asked) == 2)
        chat.edit(sara, asked, "من هي؟")
        wait_until(lambda: len(knowledge.asked) == 3)
        bot.loop.call_soon_threadsafe(knowledge.gate.set)
        assert CITATION.file in chat.wait_for(timeout=PATIENCE).text
        chat.say(sara, "/new")
        chat.wait_for(timeout=PATIENCE)
    assert len([message for message in chat.messages if message.by_bot]) == 2


def test_whoever_speaks_as_the_group_is_asked_to_show_themselves(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    sara = server.user(7)
    group = server.group(-1001234567890, "مجموعة", owner=sara)
    with start():
        group.say(sara, "كلام", as_chat=group)
        group.say(sara, "/ask من هي؟", as_chat=group)
        assert "باسمك" in group.wait_for(timeout=PATIENCE).text
    assert knowledge.asked == []


def test_a_language_is_chosen_with_a_button_and_kept(server: BotApiServer, start: Start) -> None:
    sara = server.user(7, "en")
    chat = sara.chat()
    with start():
        chat.say(sara, "/language")
        offer = chat.wait_for(timeout=PATIENCE)
        assert labels(offer) == ["العربية", "فارسی", "English"]
        sara.presses(offer, "فارسی").wait_for_answer(PATIENCE)
        chosen = chat.wait_for(lambda message: "فارسی" in message.text, PATIENCE)
        assert (chosen.id, labels(chosen)) == (offer.id, [])
    with start(restarted=True):
        chat.say(sara, "/help")
        assert "پرسش" in chat.wait_for(timeout=PATIENCE).text


def test_a_guest_gets_an_answer_and_opens_its_evidence_in_private(
    server: BotApiServer, start: Start
) -> None:
    sara = server.user(7)
    with start():
        query = sara.asks_guest(server.elsewhere(-1009, "بعيد"), "@isnad_test_bot من هي؟")
        result: Any = query.wait_for_answer(PATIENCE)["result"]
        assert CITATION.file in result["input_message_content"]["message_text"]
        ((button,),) = result["reply_markup"]["inline_keyboard"]
        payload = button["url"].partition("?start=")[2]
        assert len(payload) <= 64
        sara.starts(payload)
        shown = sara.chat().wait_for(timeout=PATIENCE)
        assert marked(shown, "bold") == [QUOTE]
        sara.presses(shown, "التالي").wait_for_answer(PATIENCE)
        sara.chat().wait_for(lambda message: "بعد المقتبَس" in message.text, PATIENCE)


def test_a_guest_is_told_where_an_answer_is_cut_and_sees_its_sources(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    sentences = [f"هذه جملة طويلة من الجواب رقم {n} [{1 + n // 100}]." for n in range(300)]
    sources = tuple(cited(n=n, file=f"{n}.txt") for n in range(1, 4))
    knowledge.answer = answered(text=" ".join(sentences), citations=sources, id="a1")
    sara = server.user(7)
    with start():
        query = sara.asks_guest(server.elsewhere(-1009, "بعيد"), "@isnad_test_bot من هي؟")
        result: Any = query.wait_for_answer(PATIENCE)["result"]
    text = result["input_message_content"]["message_text"]
    shown, told, listed = text.split("\n\n")
    assert shown.endswith("].")
    assert knowledge.answer.text.startswith(shown)
    assert len(shown) > 3_000
    assert "أول الجواب" in told
    assert "1.txt" in listed
    assert ("2.txt" in listed) == ("[2]" in shown)
    assert "3.txt" not in listed


def test_a_guest_gets_the_answer_also_when_telegram_is_away_for_a_while(
    server: BotApiServer, start: Start
) -> None:
    sara = server.user(7)
    server.fail("answerGuestQuery", 502, times=3)
    with start():
        query = sara.asks_guest(server.elsewhere(-1009, "بعيد"), "@isnad_test_bot من هي؟")
        result: Any = query.wait_for_answer(PATIENCE)["result"]
        assert CITATION.file in result["input_message_content"]["message_text"]


def test_inline_search_finds_titles_and_passages_without_a_model(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    title = "تعمل إيران وباكستان على تعزيز العلاقات"
    files = [SourceSummary(f"{n}.txt", f"{title} {n}", None, "ar", 3, 900) for n in range(25)]
    knowledge.listing = Sources(1, tuple(files), ())
    knowledge.found = [SearchResult(1, "3.txt", 10, 60, 0.9, "قالت كارولين روز إن العلاقات")]
    sara = server.user(7, "en")
    with start():
        first = server.queries[sara.ask_inline("ايران وباك")].wait_for_answer(PATIENCE)
        assert len(first["results"]) == 20
        assert first["results"][0]["title"].startswith("تعمل إيران")
        rest = server.queries[sara.ask_inline("ايران وباك", first["next_offset"])]
        results = rest.wait_for_answer(PATIENCE)["results"]
        assert results[-1]["description"].startswith("قالت كارولين")
        assert "3.txt" in results[-1]["input_message_content"]["message_text"]
        chosen = sara.chooses(rest.id, results[-1]["id"], sara.chat())
        assert "كارولين" in chosen.text
        nothing = server.queries[sara.ask_inline("")].wait_for_answer(PATIENCE)
        assert nothing["results"] == []
    assert knowledge.asked == []


def test_strangers_see_nothing_inline(server: BotApiServer, start: Start) -> None:
    stranger = server.user(99, "en")
    with start(access=replace(EVERYONE, allowed=frozenset({7}))):
        answer = server.queries[stranger.ask_inline("كارولين")].wait_for_answer(PATIENCE)
        assert answer["results"] == []
        assert "not open" in answer["button"]["text"]


def test_data_that_somebody_made_up_does_no_harm(server: BotApiServer, start: Start) -> None:
    sara = server.user(7, "en")
    chat = sara.chat()
    with start():
        chat.say(sara, "من هي؟")
        answered = chat.wait_for(timeout=PATIENCE)
        for data in (
            *("cite:x", "leaf::::", "judge:0123456789abcdef:9:bad", "say:/forget", "no:1"),
            *("stop:x", "stop:²"),
        ):
            pressed = {"data": data, "chat_instance": "1", "message": answered.object}
            query = server.query("callback_query", sara, pressed)
            said = server.queries[query].wait_for_answer(PATIENCE)
            assert "fault is mine" not in str(said)
        sara.presses(answered, "[1]").wait_for_answer(PATIENCE)
        assert marked(chat.wait_for(timeout=PATIENCE), "bold") == [QUOTE]


def test_where_too_many_questions_wait_another_is_refused_at_once(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    gate = knowledge.gate = asyncio.Event()
    sara, ali = server.user(7, "en"), server.user(8)
    group = server.group(-1001234567890, "مجموعة")
    with start(line=Line(at_a_place=2)) as bot:
        taken = [group.say(sara, "/ask من هي؟") for _ in range(2)]
        refused = group.say(sara, "/ask ومتى؟")
        group.say(ali, "كلام لا يعني البوت")
        refusal = group.wait_for(timeout=PATIENCE)
        assert refusal.object["reply_to_message"]["message_id"] == refused
        assert "ينتظر" in refusal.text or "تنتظر" in refusal.text
        ali.chat().say(ali, "/help")
        ali.chat().wait_for(timeout=PATIENCE)
        bot.loop.call_soon_threadsafe(gate.set)
        answers = group.wait_for(2, timeout=PATIENCE)
        assert [one.object["reply_to_message"]["message_id"] for one in answers] == taken
        group.say(sara, "/ask والآن؟")
        assert CITATION.file in group.wait_for(timeout=PATIENCE).text


def test_a_full_line_refuses_no_command(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    knowledge.gate = asyncio.Event()
    sara = server.user(7, "en")
    chat = sara.chat()
    with start(line=Line(at_a_place=1)) as bot:
        asked = chat.say(sara, "من هي؟")
        wait_until(lambda: knowledge.asked)
        chat.say(sara, "/help")  # waits for no answer, and takes nobody's place
        assert "/new" in chat.wait_for(timeout=PATIENCE).text
        chat.say(sara, "/new")
        assert "forgotten" in chat.wait_for(timeout=PATIENCE).text.lower()
        chat.say(sara, "/status")
        assert "admin" in chat.wait_for(timeout=PATIENCE).text
        chat.say(sara, "/ask ومن؟")
        assert "تنتظر" in chat.wait_for(timeout=PATIENCE).text
        assert bot.running.find(chat.id, asked)
        chat.say(sara, "/stop")
        wait_until(lambda: not bot.running.find(chat.id, asked))


def test_whoever_asks_in_many_groups_leaves_room_for_another(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    gate = knowledge.gate = asyncio.Event()
    sara, ali = server.user(7, "en"), server.user(8, "en")
    with start(restarted=True) as bot:
        groups = [server.group(-1001234500000 - n, "مجموعة") for n in range(AT_ONCE)]
        for group in groups:
            group.say(sara, "/ask من هي؟")
        wait_until(lambda: not server.updates and bot.line.length() == AT_ONCE)
        ali.chat().say(ali, "متى؟")
        wait_until(lambda: "متى؟" in [question for question, _ in knowledge.asked])
        wait_until(lambda: len(knowledge.asked) == AT_ONCE_EACH + 1)
        bot.loop.call_soon_threadsafe(gate.set)
        assert CITATION.file in ali.chat().wait_for(timeout=PATIENCE).text


def test_whoever_presses_without_end_is_told_to_wait(server: BotApiServer, start: Start) -> None:
    sara = server.user(7, "en")
    chat = sara.chat()
    with start():
        chat.say(sara, "من هي؟")
        answered = chat.wait_for(timeout=PATIENCE)
        with server.changed:  # at once
            presses = [sara.presses(answered, "[1]") for _ in range(8)]
        for press in presses:
            press.wait_for_answer(2 * PATIENCE)
        refused = [press for press in presses if press.text]
        assert refused and all("come back" in (press.text or "") for press in refused)
        assert len(chat.wait_for(len(presses) - len(refused), PATIENCE)) >= MOST_PRESSES


def test_whoever_waits_is_told_of_a_restart_once_for_each_question(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    knowledge.gate = asyncio.Event()
    sara = server.user(7)
    chat = sara.chat()
    with start() as bot:
        asked = [chat.say(sara, question) for question in ("من هي؟", "متى؟", "أين؟")]
        wait_until(lambda: knowledge.asked and bot.line.length() == 3)
        chat.edit(sara, asked[1], "ومتى؟")
        wait_until(lambda: not server.updates)
        ending = asyncio.run_coroutine_threadsafe(bot.dispatch.end(0), bot.loop)
        ending.result(PATIENCE)
    told = [message for message in chat.messages if message.by_bot]
    assert all("يُعاد تشغيلي" in message.text for message in told)
    answers = [message.object["reply_to_message"]["message_id"] for message in told]
    assert sorted(answers) == asked


def test_a_question_that_is_answered_after_a_restart_counts_once(
    server: BotApiServer, start: Start, knowledge: ScriptedKnowledge
) -> None:
    sara = server.user(7)
    chat = sara.chat()
    knowledge.gate = asyncio.Event()
    access = replace(EVERYONE, questions_per_hour=1)
    with start(access=access):
        chat.say(sara, "من هي؟")
        wait_until(lambda: knowledge.asked)
    knowledge.gate = None
    with start(access=access, restarted=True) as bot:
        asyncio.run_coroutine_threadsafe(bot.dispatch.resume(), bot.loop).result(PATIENCE)
        assert CITATION.file in chat.wait_for(lambda one: CITATION.file in one.text, PATIENCE).text
    assert len(knowledge.asked) == 2


def test_whoever_presses_a_button_in_vain_is_told_that_it_failed(
    server: BotApiServer, start: Start
) -> None:
    sara = server.user(7, "en")
    chat = sara.chat()
    with start() as bot:
        chat.say(sara, "who is she?")
        answer = chat.wait_for(timeout=PATIENCE)
        wait_until(lambda: answer.buttons)
        with bot.database.transaction() as cursor:
            for table in ("answers", "readers"):  # not even the language can be looked up
                cursor.execute(f"DROP TABLE {table}")
        press = sara.presses(answer, "[1]")
        press.wait_for_answer(PATIENCE)
    assert press.alert and "the fault is mine" in (press.text or "")
