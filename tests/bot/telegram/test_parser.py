"""Two thousand answers that mix three scripts, judged by Telegram's own parser and schema."""

import json
import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pytest

from bot.rendering import Renderer
from bot.styled import parts
from bot.telegram.buttons import below_answer
from bot.telegram.form import entities_of
from rag.answers.answer import Answer, Mode, Withheld
from rag.answers.markup import plain
from tests.bot.doubles import ANSWER, CITATION
from tests.servers import telegram_parser as parser
from tests.servers.bot_api import SCHEMA

pytestmark = pytest.mark.skipif(not parser.PRESENT, reason="tdjson has no build for this machine")

WORDS: Final = """
    قالَ المُديرُ إنّ المدى 1000 كيلومتر ١٢٣ «ألف» می‌شود گفته‌اند ۲۰۲۱ پژوهش‌هایی The range (NATO) is
    1,000 km 😀 👨‍👩‍👧 🏽 e\u0301 A/B C++ #1 50% $5 <b> & **x** __init__ `code` [12] {x} ~y~ |z| \\n
    10:30 2021-10-12 … ـــ
""".split()
"""What documents are made of."""
LIVE: Final = """
    https://evil.example/x http://a.b notes.md x.rs t.me/evil www.evil.example @evil_bot /reindex
    #hashtag #وسم $TON a@evil.example +989123456789 evil.example/؟q=1 tg://user?id=7 بحث.com
    9.9.9.9. 🤖.ws 4111111111111111 /new@isnad_test_bot xn--mgba.com @gif ton://x a.b.c.d.app
""".split()
"""What Telegram would make links or commands of, were it to stand so in a message."""
HIDDEN: Final = "\u202e\u200b\u2068\u2069\u200f\u200e\ufeff\u00ad\0"


def text(chance: random.Random, most: int) -> str:
    """Words of three scripts, with live and hidden ones among them."""
    found = []
    for _ in range(chance.randint(1, most)):
        kind = chance.random()
        word = chance.choice(WORDS if kind > 0.15 else LIVE)
        found.append(word + chance.choice(HIDDEN) if kind < 0.03 else word)
    return "".join(word + chance.choice((" ", " ", " ", " ", ". ", "\n", "\n\n")) for word in found)


def name(chance: random.Random) -> str:
    """A file's name, of which a part may look live."""
    return f"{text(chance, 3).strip()}.{chance.choice(['txt', 'pdf', 'docx', 'md'])}"


def answers(count: int) -> Iterator[Answer]:
    """Answers that begin with what models and quoters say, and cite whatever documents hold."""
    chance = random.Random(7)
    for number in range(count):
        most = 2_000 if number % 100 == 0 else 16
        citations = tuple(
            replace(
                CITATION,
                n=n,
                file=name(chance),
                title=text(chance, 5).strip(),
                quote=text(chance, 16)[:600],
                translation=plain(text(chance, 20)) if chance.random() < 0.1 else None,
                also=(name(chance),) if chance.random() < 0.1 else (),
            )
            for n in range(1, chance.randint(1, 3))
        )
        yield replace(
            ANSWER,
            language=chance.choice(["ar", "fa", "en"]),
            mode=Mode.GENERATED,
            text=said(chance, most),
            citations=citations,
            withheld=(Withheld("x", "no citation"),) * chance.randint(0, 3),
        )


def said(chance: random.Random, most: int) -> str:
    """What a program has let through as an answer's text: nothing live, nothing hidden."""
    words = [chance.choice(WORDS) for _ in range(chance.randint(1, most))]
    return " ".join(words) + " [1]."


def test_telegram_takes_every_answer_as_it_is_and_finds_nothing_live_in_it() -> None:
    renderer = Renderer(quotes=True, buttons=True)
    sent = 0
    for answer in answers(2_000):
        for part in parts(renderer.answer(answer), answer.language):
            entities = [json.loads(entity.to_json()) for entity in entities_of(part)]
            message = {
                "chat_id": 7,
                "text": part.text,
                "entities": entities,
                "reply_markup": json.loads(below_answer(answer, answer.language).to_json()),
            }
            assert SCHEMA.violations("sendMessage", message) == []
            assert parser.findings(part.text, entities) == (None, []), part
            names = " ".join(re.findall("\u2068([^\u2066-\u2069]+\\.md)\u2069", part.text))
            assert [one for one in parser.linked(part.text) if one not in names] == [], part.text
            assert 0 < len(part.text) <= 4_096
            assert not unicodedata.combining(part.text[0])
            sent += 1
    assert sent > 2_000
