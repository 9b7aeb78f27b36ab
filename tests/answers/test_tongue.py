import time
from collections.abc import AsyncIterator, Iterator

import pytest

from rag.answers.model import Model
from rag.answers.tongue import is_foreign
from rag.answers.writer import Writer, WritingRequest, Written
from tests.answers.reports import evidence_of
from tests.library import settings_of
from tests.servers.openai_api import Fail, OpenAIServer, Reply, text_of

ENGLISH = "Bagheri arrived in Moscow on 17 October."
ARABIC = "وصل باقري إلى موسكو في 17 أكتوبر."
IN_ENGLISH = Reply(f"{ENGLISH[:-1]} [1.1].")
PERSIAN = "باقری در روز ۱۷ اکتبر برای دیدار با وزیر دفاع روسیه وارد مسکو شد."
CHINESE = "巴盖里于10月17日抵达莫斯科。"
RUSSIAN = "Багери прибыл в Москву 17 октября."
LONG = "وصل اللواء محمد باقري إلى العاصمة الروسية موسكو يوم 17 أكتوبر للقاء وزير الدفاع الروسي."
EVIDENCE = evidence_of(
    "زيارة باقري إلى موسكو\n\nوصل اللواء محمد باقري إلى موسكو في 17 أكتوبر. "
    "والتقى وزير الدفاع سيرغي شويغو.\n"
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "ar"),
        (ENGLISH, "fa"),
        (ARABIC, "en"),
        (PERSIAN, "en"),
        (PERSIAN, "ar"),
        (LONG, "fa"),
        (CHINESE, "ar"),
        (CHINESE, "en"),
        (RUSSIAN, "ar"),
        (RUSSIAN, "fa"),
        (RUSSIAN, "en"),
    ],
)
def test_another_language_is_told(text: str, language: str) -> None:
    assert is_foreign(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (ARABIC, "ar"),
        (LONG, "ar"),
        (PERSIAN, "fa"),
        ("- Sergei Shoigu", "ar"),
        ("وقع الاتفاق في معهد Newlines Institute for Strategy and Policy في واشنطن.", "ar"),
        ("He said «التعاون العسكري بين إيران وروسيا سيزداد».", "en"),
        ("باقري، شويغو، خان", "fa"),
        ("Ḥasan Rūḥānī met ʿAbbās Ārāqchī in Ṭehrān.", "en"),
        ("التقى باقري بالوزير سيرغي شويغو (Сергей Шойгу) في موسكو.", "ar"),
        (ENGLISH, "fr"),
        ("17.", "ar"),
    ],
)
def test_names_and_quotations_are_not_taken_for_one(text: str, language: str) -> None:
    assert not is_foreign(text, language)


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as running:
        yield running


@pytest.fixture
async def writer(server: OpenAIServer) -> AsyncIterator[Writer]:
    model = Model.from_settings(
        settings_of(openai_api_key=server.key, openai_base_url=server.url, openai_model="m")
    )
    await model.prepare()
    yield Writer(model)
    await model.aclose()


async def written(writer: Writer, seen: list[str]) -> Written:
    async def on_text(text: str) -> None:
        seen.append(text)

    until = time.monotonic() + 60
    question = "متى وصل باقري إلى موسكو؟"
    request = WritingRequest(question, "ar", "question", EVIDENCE, until)
    return await writer.write(request, on_text)


async def test_the_model_is_asked_once_more_for_the_right_language(
    server: OpenAIServer, writer: Writer
) -> None:
    server.replies += [Reply(f"{ENGLISH[:-1]} [1.1]. More."), Reply(f"{ARABIC[:-1]} [1.1].")]
    seen: list[str] = []
    result = await written(writer, seen)
    assert result.text == f"{ARABIC} [1]"
    assert seen == [f"{ARABIC} [1]"]
    assert not result.is_foreign
    assert not result.withheld
    first, second = (request.body["messages"] for request in server.requests)
    assert text_of(second[0]) == text_of(first[0])
    assert text_of(second[-1]).startswith(text_of(first[-1]))
    assert "in Arabic" in text_of(second[-1])


async def test_nothing_foreign_is_shown_where_it_will_not_listen(
    server: OpenAIServer, writer: Writer
) -> None:
    server.replies += [Reply(f"{ENGLISH[:-1]} [1.1].")] * 2
    seen: list[str] = []
    result = await written(writer, seen)
    assert (result.text, result.claims, seen) == ("", (), [])
    assert result.is_foreign
    assert [one.reason for one in result.withheld] == ["another language"]
    assert len(server.requests) == 2


async def test_a_sentence_in_another_language_among_others_is_withheld(
    server: OpenAIServer, writer: Writer
) -> None:
    server.replies.append(Reply(f"{ARABIC[:-1]} [1.1]. He met Sergei Shoigu there [1.2]."))
    result = await written(writer, [])
    assert result.text == f"{ARABIC} [1]"
    assert [one.reason for one in result.withheld] == ["another language"]
    assert len(server.requests) == 1


async def test_a_failure_of_the_second_try_is_told(server: OpenAIServer, writer: Writer) -> None:
    server.replies += [Reply(f"{ENGLISH[:-1]} [1.1]."), Fail(401)]
    result = await written(writer, [])
    assert result.failure
    assert not result.claims


@pytest.mark.parametrize(
    ("before", "made"),
    [
        pytest.param([Fail(500)], [Fail(500), IN_ENGLISH], id="a failure before each try"),
        pytest.param([Fail(400), Fail(500)], [IN_ENGLISH], id="two failures before the first"),
    ],
)
async def test_both_tries_together_take_at_most_three_requests(
    server: OpenAIServer, writer: Writer, before: list[Fail], made: list[Fail | Reply]
) -> None:
    server.replies += [*before, IN_ENGLISH, *made, *[Reply(f"{ARABIC[:-1]} [1.1].")] * 2]
    result = await written(writer, [])
    assert len(server.requests) == 3
    assert not result.claims
    assert result.failure or result.is_foreign
