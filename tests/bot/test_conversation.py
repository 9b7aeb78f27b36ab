"""The conversation, without any front end."""

import asyncio
import time
from dataclasses import replace
from typing import Any

import pytest

from bot.access import TERMINAL
from bot.conversation import LONGEST_QUESTION, Conversation
from bot.message import Message, Quoted, command_of, language_for
from bot.reply import Answered, Choice, Listed, Opened, Reindexed, Said
from bot.store import Store
from bot.store.feedback import Feedback
from bot.store.journal import Action, Journal
from rag.answers.answer import Usage
from rag.answers.stopping import Stop
from rag.errors import IndexBusy, IndexUnavailable
from rag.knowledge_base import Progress, Turn
from tests.bot.conftest import Talk
from tests.bot.doubles import ANSWER, CITATION, REPORT, ScriptedKnowledge

ADMIN, SARA = 1, 2


def message(text: str = "", **changes: Any) -> Message:
    return replace(Message(chat=10, topic=0, asker=SARA, text=text, language="en"), **changes)


async def said(conversation: Conversation, text: str, **changes: Any) -> str:
    reply = await conversation.reply(message(text, **changes))
    assert isinstance(reply, Said)
    return reply.text


async def test_a_question_is_answered(talk: Talk, knowledge: ScriptedKnowledge) -> None:
    reply = await talk().reply(message("من هي كارولين روز؟"))
    assert reply == Answered(ANSWER, is_kept=True)
    assert knowledge.asked == [("من هي كارولين روز؟", ())]


async def test_a_question_is_answered_where_the_database_is_away(
    talk: Talk, store: Store, knowledge: ScriptedKnowledge
) -> None:
    conversation = talk(questions_per_hour=1, tokens_per_day=1)
    store.close()
    for _ in range(2):
        reply = await conversation.reply(message("من؟"))
        assert isinstance(reply, Answered) and not reply.is_kept
    assert knowledge.asked == [("من؟", ())] * 2


async def test_a_question_may_follow_the_ask_command(
    talk: Talk, knowledge: ScriptedKnowledge
) -> None:
    await talk().reply(message("/ask@isnad_bot من هي؟\nسطر"))
    assert knowledge.asked == [("من هي؟\nسطر", ())]


async def test_the_text_so_far_is_handed_on(talk: Talk, knowledge: ScriptedKnowledge) -> None:
    knowledge.growing = ["كا", "كارولين"]
    seen: list[str] = []
    await talk().reply(message("من؟"), on_text=seen.append)
    assert seen == ["كا", "كارولين"]


async def test_the_last_six_exchanges_of_the_topic_come_along(
    talk: Talk, knowledge: ScriptedKnowledge
) -> None:
    conversation = talk()
    for number in range(8):
        await conversation.reply(message(f"سؤال {number}"))
    await conversation.reply(message("موضوع آخر", topic=5))
    _, history = knowledge.asked[7]
    assert [turn.question for turn in history] == [f"سؤال {n}" for n in range(1, 7)]
    assert history[0] == Turn("سؤال 1", ANSWER.text, ("003_bc0966837ce6fdc6.txt",))
    assert knowledge.asked[8] == ("موضوع آخر", ())


async def test_new_forgets(talk: Talk, knowledge: ScriptedKnowledge) -> None:
    conversation = talk()
    await conversation.reply(message("أول"))
    assert "forgotten" in await said(conversation, "/new")
    await conversation.reply(message("ثان"))
    assert knowledge.asked[-1] == ("ثان", ())


async def test_an_answer_under_way_is_forgotten_too(
    talk: Talk, knowledge: ScriptedKnowledge
) -> None:
    conversation, knowledge.gate = talk(), asyncio.Event()
    under_way = asyncio.create_task(conversation.reply(message("أول")))
    await knowledge.waits.wait()
    await conversation.reply(message("/new"))
    knowledge.gate.set()
    await under_way
    await conversation.reply(message("ثان"))
    assert knowledge.asked[-1] == ("ثان", ())


async def test_talk_is_no_part_of_the_history(talk: Talk, knowledge: ScriptedKnowledge) -> None:
    conversation = talk()
    knowledge.answer = replace(ANSWER, kind="talk")
    await conversation.reply(message("مرحبا"))
    await conversation.reply(message("سؤال"))
    assert knowledge.asked[-1] == ("سؤال", ())


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("", None, "ar"),
        ("", "fa", "fa"),
        ("", "en-GB", "en"),
        ("", "de", "ar"),
        ("/help", "fa", "fa"),
        ("/start", None, "ar"),
        ("/start from_a_link", "fa", "fa"),
        ("؟؟", "en", "en"),
        ("من هي كارولين روز؟", "en", "ar"),
        ("کارولین رز کیست؟", "en", "fa"),
        ("/ask who is she?", "ar", "en"),
    ],
)
def test_words_are_in_the_language_of_the_text_else_of_the_asker(
    text: str, language: str | None, expected: str
) -> None:
    assert language_for(message(text, language=language)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/Help", ("help", "")),
        (" /ask@isnad_bot  من؟ ", ("ask", "من؟")),
        ("من؟", ("", "من؟")),
        ("/usr/bin ما هو؟", ("", "/usr/bin ما هو؟")),
        ("\u200e/show 1 +1", ("show", "1 +1")),  # copied from where it is shown
        ("\u2068/sources #2\u2069", ("sources", "#2")),
        ("", ("", "")),
    ],
)
def test_commands_are_read(text: str, expected: tuple[str, str]) -> None:
    assert command_of(text) == expected


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
async def test_start_and_help_speak_the_askers_language(talk: Talk, language: str) -> None:
    conversation = talk()
    start, help_ = [
        await said(conversation, text, language=language) for text in ("/start", "/help")
    ]
    assert {"ar": "أهلاً", "fa": "سلام", "en": "Hello"}[language] in start
    assert "/sources" in help_
    assert "/new" in help_
    assert "/reindex" not in help_
    assert "/reindex" in await said(conversation, "/help", language=language, asker=ADMIN)


async def test_sources_are_listed(talk: Talk, knowledge: ScriptedKnowledge) -> None:
    assert await talk().reply(message("/sources")) == Listed(knowledge.listing, "en")


async def test_an_unknown_command_points_to_help(talk: Talk, knowledge: ScriptedKnowledge) -> None:
    assert "/help" in await said(talk(), "/fly")
    assert knowledge.asked == []


async def test_without_text_a_message_gets_a_friendly_sentence(talk: Talk) -> None:
    assert "text" in await said(talk(), "", attachment=True)
    assert "question" in await said(talk(), "")
    assert "نص" in await said(talk(), "", attachment=True, language="ar")


async def test_a_text_that_is_too_long_is_no_question(
    talk: Talk, knowledge: ScriptedKnowledge
) -> None:
    assert "2,000" in await said(talk(), "word " * (LONGEST_QUESTION // 5 + 1))
    assert knowledge.asked == []


async def test_reindex_is_for_admins(talk: Talk, knowledge: ScriptedKnowledge) -> None:
    assert "admins" in await said(talk(), "/reindex")
    assert "للمشرفين" in await said(talk(), "/reindex", language="ar")
    assert knowledge.syncs == 0


async def test_an_admin_sees_the_progress_and_the_report(
    talk: Talk, knowledge: ScriptedKnowledge
) -> None:
    knowledge.progresses = [Progress("read", 1, 2), Progress("read", 2, 2)]
    seen: list[Progress] = []
    reply = await talk().reply(message("/reindex", asker=ADMIN), on_progress=seen.append)
    await asyncio.sleep(0)
    assert reply == Reindexed(REPORT, "en")
    assert seen == [Progress("read", 0, 0), *knowledge.progresses]


async def test_when_another_process_is_indexing_that_is_said(
    talk: Talk, knowledge: ScriptedKnowledge
) -> None:
    knowledge.sync_failure = IndexBusy("busy")
    assert "being read right now" in await said(talk(), "/reindex", asker=ADMIN)


async def test_strangers_are_told_their_number(talk: Talk, knowledge: ScriptedKnowledge) -> None:
    conversation = talk(allowed=frozenset({SARA, -500}))
    assert "99" in await said(conversation, "who is she?", asker=99)
    assert "99" in await said(conversation, "/sources", asker=99)
    assert knowledge.asked == []
    for allowed in ({"asker": SARA}, {"asker": 99, "chat": -500}, {"asker": ADMIN}):
        assert isinstance(await conversation.reply(message("من؟", **allowed)), Answered)


async def test_who_has_asked_enough_is_told_when_to_come_back(
    talk: Talk, knowledge: ScriptedKnowledge
) -> None:
    conversation = talk(questions_per_hour=2)
    for _ in range(2):
        assert isinstance(await conversation.reply(message("من؟")), Answered)
    assert "60" in await said(conversation, "who?")
    assert isinstance(await conversation.reply(message("من؟", asker=3)), Answered)
    assert len(knowledge.asked) == 3


@pytest.mark.parametrize("failure", [RuntimeError("secret detail"), IndexUnavailable("no index")])
async def test_a_failure_is_said_with_a_reference_and_without_details(
    talk: Talk,
    knowledge: ScriptedKnowledge,
    failure: Exception,
    caplog: pytest.LogCaptureFixture,
) -> None:
    knowledge.failure = failure
    text = await said(talk(), "من؟")
    assert "secret" not in text
    assert "no index" not in text
    (record,) = caplog.records
    reference = record.getMessage()[:8]
    assert reference in text
    assert bool(record.exc_info) == isinstance(failure, RuntimeError)


async def test_when_the_days_tokens_are_spent_answers_are_quoted(
    talk: Talk, knowledge: ScriptedKnowledge, store: Store
) -> None:
    knowledge.answer = replace(ANSWER, usage=Usage(100, 20))
    conversation = talk(tokens_per_day=200)
    for _ in range(3):
        await conversation.reply(message("من؟"))
    assert store.tokens_spent(time.time(), SARA).own == 360
    assert knowledge.wrote == [True, True, False]


# Follow-ups, replies, edits


async def test_a_reply_to_an_answer_goes_on_from_there(
    talk: Talk, knowledge: ScriptedKnowledge
) -> None:
    conversation = talk()
    for number in range(3):
        knowledge.answer = replace(ANSWER, id=f"a{number}")
        await conversation.reply(message(f"سؤال {number}"))
    quoted = Quoted("كارولين روز محللة [1].", answer_id="a1")
    await conversation.reply(message("ومتى؟", quoted=quoted))
    assert [turn.question for turn in knowledge.asked[-1][1]] == ["سؤال 0", "سؤال 1"]
    part = Quoted("كارولين روز", is_part=True, answer_id="a1")
    await conversation.reply(message("ومتى؟", quoted=part))
    assert knowledge.asked[-1][1][-1] == Turn("سؤال 1", "كارولين روز", (CITATION.file,))


async def test_a_reply_to_an_answer_is_understood_even_after_new(
    talk: Talk, knowledge: ScriptedKnowledge
) -> None:
    conversation = talk()
    await conversation.reply(message("من هي؟"))
    await conversation.reply(message("/new"))
    await conversation.reply(message("ومتى؟", quoted=Quoted(ANSWER.text, answer_id="a1")))
    assert [turn.question for turn in knowledge.asked[-1][1]] == ["من هي؟"]


async def test_what_another_said_is_before_the_eyes_of_whoever_replies_to_it(
    talk: Talk, knowledge: ScriptedKnowledge
) -> None:
    conversation = talk()
    await conversation.reply(message("هل عاد؟", quoted=Quoted("زار باقري موسكو")))
    assert knowledge.asked[0] == ("هل عاد؟", (Turn("زار باقري موسكو", "", ()),))
    await conversation.reply(message("", quoted=Quoted("متى زار باقري موسكو؟")))
    assert knowledge.asked[1][0] == "متى زار باقري موسكو؟"


async def test_an_edited_question_is_answered_in_its_place(
    talk: Talk, knowledge: ScriptedKnowledge
) -> None:
    conversation = talk()
    for number in range(3):
        await conversation.reply(message(f"سؤال {number}", number=number))
    edited = message("سؤال آخر", number=1)
    assert not await conversation.is_answered(edited)
    await conversation.reply(edited)
    assert [turn.question for turn in knowledge.asked[-1][1]] == ["سؤال 0"]
    assert await conversation.is_answered(edited)
    await conversation.reply(message("والآن؟", number=9))
    asked = [turn.question for turn in knowledge.asked[-1][1]]
    assert asked == ["سؤال 0", "سؤال آخر", "سؤال 2"]


# The asker's language


async def test_the_language_is_offered_chosen_and_kept(talk: Talk) -> None:
    conversation = talk()
    offer = await conversation.reply(message("/language"))
    assert isinstance(offer, Said)
    assert Choice("فارسی", "/language fa") in offer.choices
    assert "فارسی" in await said(conversation, "/language fa")
    assert "پرسش" in await said(conversation, "/help")
    assert "پرسش" in await said(talk(), "/help", chat=11)  # anywhere, and after a restart
    assert "Write" in await said(conversation, "/help", asker=3)
    assert "العربية" in await said(conversation, "/language العربية")
    offer = await conversation.reply(message("/language de"))
    assert isinstance(offer, Said) and offer.choices and offer.language == "ar"


async def test_a_chosen_language_comes_before_that_of_the_question(talk: Talk) -> None:
    conversation = talk(questions_per_hour=1)
    await conversation.reply(message("/language fa"))
    await conversation.reply(message("who is she?"))
    assert "دقیقه" in await said(conversation, "who is she?")


# Evidence and opinions


async def test_the_last_answers_sources_are_shown(talk: Talk) -> None:
    conversation = talk()
    assert "no source" in await said(conversation, "/show 1")
    await conversation.reply(message("من؟"))
    shown = await conversation.reply(message("/show 1"))
    assert isinstance(shown, Opened)
    assert shown.evidence.quote == CITATION.quote
    assert await conversation.reply(message("/show")) == shown
    assert "no source" in await said(conversation, "/show 7")
    assert "no source" in await said(conversation, "/show x")


async def test_the_answer_that_is_replied_to_is_the_one_that_is_shown(
    talk: Talk, knowledge: ScriptedKnowledge
) -> None:
    conversation = talk()
    await conversation.reply(message("من؟"))
    knowledge.answer = replace(ANSWER, id="a2", citations=())
    await conversation.reply(message("ومن؟"))
    assert "no source" in await said(conversation, "/show 1")
    quoted = Quoted(ANSWER.text, answer_id="a1")
    assert isinstance(await conversation.reply(message("/show 1", quoted=quoted)), Opened)
    gone = Quoted(ANSWER.text, answer_id="a0")
    assert "no longer" in await said(conversation, "/show 1", quoted=gone)


async def test_opinions_are_kept_with_the_answer(talk: Talk, store: Store) -> None:
    conversation = talk()
    await conversation.reply(message("من؟"))
    assert "glad" in await said(conversation, "/good")
    assert "noted" in await said(conversation, "/bad 1")
    assert "no source" in await said(conversation, "/bad 2")
    (judged,) = Feedback(store.database).judged()
    assert (judged.good, judged.bad_citations) == (1, frozenset({1}))
    assert judged.answer["text"] == ANSWER.text


async def test_forget_leaves_nothing_of_the_asker(
    talk: Talk, knowledge: ScriptedKnowledge, store: Store
) -> None:
    conversation = talk()
    await conversation.reply(message("من؟"))
    await conversation.reply(message("/language fa"))
    await conversation.reply(message("/good"))
    knowledge.gate = asyncio.Event()
    under_way = asyncio.create_task(conversation.reply(message("متى؟", chat=11)))
    await knowledge.waits.wait()
    assert "پاک شد" in await said(conversation, "/forget")
    knowledge.gate.set()
    reply = await under_way
    assert isinstance(reply, Answered) and not reply.is_kept
    with store.database.reading() as cursor:
        for table in ("turns", "answers", "feedback", "readers"):
            assert cursor.execute(f"SELECT COUNT(*) FROM {table}").fetchone() == (0,), table
    assert "nothing of yours" in await said(conversation, "/forget")


async def test_in_a_group_that_is_not_allowed_its_number_is_told(talk: Talk) -> None:
    assert "-500" in await said(talk(allowed=frozenset({7})), "who?", chat=-500)


async def test_a_stopped_answer_is_what_was_verified_and_says_that_it_was_stopped(
    talk: Talk, knowledge: ScriptedKnowledge
) -> None:
    knowledge.gate, stop = asyncio.Event(), Stop()
    reply = asyncio.create_task(talk().reply(message("من هي؟"), stop=stop))
    await knowledge.waits.wait()
    stop.wish()
    answered = await asyncio.wait_for(reply, 60)
    assert isinstance(answered, Answered)
    assert answered.is_kept
    assert answered.answer.citations
    assert "توقّفت" in (answered.answer.notice or "")


async def test_reading_again_takes_in_what_was_taken_back(
    talk: Talk, knowledge: ScriptedKnowledge, store: Store
) -> None:
    await talk().reply(message("/reindex", asker=ADMIN))
    assert knowledge.lifted == [True]
    (entry,) = Journal(store.database).latest(5)
    assert (entry.admin, entry.action) == (ADMIN, Action.REINDEX)


@pytest.mark.parametrize(
    ("asked", "telegram", "said_in"),
    [
        ("Who is she?", None, "en"),
        ("Who is she?", "de", "en"),
        ("Who is she?", "ar", "ar"),
        ("این خانم کیست؟", None, "fa"),
        ("من هي؟", None, "ar"),
    ],
)
async def test_words_are_in_the_language_of_the_app_or_else_of_what_was_asked(
    talk: Talk, asked: str, telegram: str | None, said_in: str
) -> None:
    conversation = talk()
    await conversation.reply(message(asked, language=telegram))
    for command in ("/new", "/help", "/fly"):
        assert (await conversation.reply(message(command, language=telegram))).language == said_in


@pytest.mark.parametrize("asked", [("من هي؟", "ar"), ("این خانم کیست؟", "fa"), ("Who?", "en")])
async def test_in_the_terminal_what_was_asked_last_comes_before_the_locale(
    talk: Talk, asked: tuple[str, str]
) -> None:
    question, language = asked
    for locale in ("en", "ar", "fa", None):
        conversation = talk()
        here = {"chat": TERMINAL, "asker": TERMINAL, "language": locale}
        first = await conversation.reply(message("/help", **here))
        assert first.language == (locale or "ar")
        await conversation.reply(message(question, **here))
        assert (await conversation.reply(message("/new", **here))).language == language
        assert (await conversation.reply(message("/help", **here))).language == language


async def test_the_language_of_a_place_is_known_after_a_restart(talk: Talk) -> None:
    await talk().reply(message("این خانم کیست؟", language=None))
    assert (await talk().reply(message("/help", language=None))).language == "fa"


@pytest.mark.parametrize("command", ["/stop", "/users", "/remove a.txt"])
async def test_what_works_in_telegram_only_is_said_to_in_the_terminal(
    talk: Talk, command: str
) -> None:
    here = {"chat": TERMINAL, "asker": TERMINAL}
    assert "Telegram only" in await said(talk(admins=frozenset({TERMINAL})), command, **here)
