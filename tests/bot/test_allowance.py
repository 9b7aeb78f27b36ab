"""How much may be asked: nobody lives at another's expense."""

import asyncio
from dataclasses import replace

from bot.access import Access
from bot.allowance import AT_ONCE, AT_ONCE_EACH
from bot.message import Message
from bot.reply import Answered, Said
from rag.answers.answer import Usage
from tests.bot.conftest import Talk
from tests.bot.doubles import ANSWER, ScriptedKnowledge
from tests.library import settings_of
from tests.waiting import until

SARA, OMAR = 2, 3


def question(asker: int, chat: int = 10) -> Message:
    return Message(chat=chat, topic=0, asker=asker, text="who?", language="en")


async def test_one_person_cannot_spend_the_tokens_of_the_others(
    talk: Talk, knowledge: ScriptedKnowledge
) -> None:
    knowledge.answer = replace(ANSWER, usage=Usage(100, 20))
    conversation = talk(tokens_per_day=400, tokens_per_day_each=100)
    for asker in (SARA, SARA, OMAR):
        await conversation.reply(question(asker))
    assert knowledge.wrote == [True, False, True]


async def test_what_all_ask_within_an_hour_has_an_end(
    talk: Talk, knowledge: ScriptedKnowledge
) -> None:
    conversation = talk(questions_per_hour=2, questions_per_hour_in_all=3)
    replies = [await conversation.reply(question(asker)) for asker in (SARA, SARA, OMAR, OMAR)]
    assert [type(one) for one in replies] == [Answered] * 3 + [Said]
    assert isinstance(replies[3], Said)
    assert "for everyone" in replies[3].text
    assert "60" in replies[3].text


async def test_one_person_cannot_take_all_the_room(
    talk: Talk, knowledge: ScriptedKnowledge
) -> None:
    conversation, knowledge.gate = talk(), asyncio.Event()
    asked = [
        asyncio.create_task(conversation.reply(question(SARA, chat)))
        for chat in range(AT_ONCE_EACH + 2)
    ]
    asked.append(asyncio.create_task(conversation.reply(question(OMAR))))
    await until(lambda: len(knowledge.asked) > AT_ONCE_EACH)  # Omar's among them
    for _ in range(20):
        await asyncio.sleep(0)
    assert len(knowledge.asked) == AT_ONCE_EACH + 1
    knowledge.gate.set()
    assert all(isinstance(reply, Answered) for reply in await asyncio.gather(*asked))
    assert len(knowledge.asked) == AT_ONCE_EACH + 3


async def test_only_so_many_questions_of_all_are_answered_at_once(
    talk: Talk, knowledge: ScriptedKnowledge
) -> None:
    conversation, knowledge.gate = talk(), asyncio.Event()
    askers = range(100, 100 + AT_ONCE + 5)
    asked = [
        asyncio.create_task(conversation.reply(question(asker, chat=asker))) for asker in askers
    ]
    await until(lambda: len(knowledge.asked) == AT_ONCE)
    for _ in range(20):
        await asyncio.sleep(0)
    assert len(knowledge.asked) == AT_ONCE
    knowledge.gate.set()
    await asyncio.gather(*asked)
    assert len(knowledge.asked) == len(askers)


def test_where_nothing_is_said_one_person_has_a_quarter_of_the_tokens() -> None:
    def share(**values: int) -> int:
        return Access.for_telegram(settings_of(**values)).tokens_per_day_each

    assert share(tokens_per_day=1000) == 250
    assert share(tokens_per_day=1) == 1
    assert share(tokens_per_day=1000, tokens_per_day_each=600) == 600
    assert share(tokens_per_day=1000, tokens_per_day_each=0) == 0


def test_the_owner_at_the_terminal_shares_with_nobody() -> None:
    settings = settings_of(tokens_per_day=1000, questions_per_hour_in_all=1)
    rules = Access.for_terminal(settings)
    assert (rules.tokens_per_day, rules.tokens_per_day_each) == (1000, 0)
    assert rules.questions_per_hour_in_all == 0
