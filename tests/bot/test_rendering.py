"""What a reader sees of a reply."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message

import bot
from bot.evidence import Evidence
from bot.rendering import MOST_LISTED, Renderer
from bot.reply import Answered, Choice, Listed, Reindexed, Said
from bot.styled import Style, Styled, directed
from rag.answers.answer import Mode, Withheld
from rag.answers.reverification import State
from rag.knowledge_base import Progress, Skipped, Sources, SourceSummary
from tests.bot.doubles import REPORT, answered, cited

WORDS = Path(bot.__file__).parent / "words"
telegram, console = Renderer(quotes=True), Renderer(quotes=False)
buttons = Renderer(quotes=True, buttons=True)


def quotes_in(text: Styled) -> list[str]:
    return [text.text[m.start : m.end] for m in text.marks if m.style is Style.QUOTE]


def test_an_answer_shows_file_title_date_and_quotation_of_each_citation() -> None:
    answer = answered(
        text="جملة [1]. وأخرى [2].",
        citations=(cited(), cited(n=2, file="b.txt", title="عنوان", date="2021-10", quote="نص")),
    )
    shown = telegram.answer(answer)
    assert shown.text.startswith("جملة [1]. وأخرى [2].\n\n")
    assert "[1] \u2068003_bc0966837ce6fdc6.txt\u2069 — \u2068تعمل إيران وباكستان" in shown.text
    assert "[2] \u2068b.txt\u2069 — \u2068عنوان\u2069 — \u20682021-10\u2069\nنص" in shown.text
    assert quotes_in(shown) == [cited().quote, "نص"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "دامت الحرب بين 1980-1988 بنسبة 5-7% منذ 2024-06-03 [1]."),
        ("fa", "جنگ در ۱۹۸۰-۱۹۸۸ و 5-7% از 2024-06-03 بود [1]."),
        ("en", "It lasted 1980-1988 at 5-7% until 2024-06-03 [1]."),
    ],
)
def test_ranges_in_an_answer_stand_in_isolates_and_quotations_stay(
    language: str, text: str
) -> None:
    answer = answered(language=language, text=text, citations=(cited(quote="عام 1980-1988"),))
    shown = directed(telegram.answer(answer), language)
    assert len(re.findall(r"\u2068[\d%-]+\u2069", shown.text.split("\n")[0])) == 3
    assert quotes_in(shown) == ["عام 1980-1988"]
    assert '"عام 1980-1988"' in json.dumps(Answered(answer).as_json(), ensure_ascii=False)


def test_a_date_without_a_year_is_shown_without_dashes_before_it() -> None:
    assert "\u206809-11\u2069" in telegram.answer(answered(citations=(cited(date="--09-11"),))).text


def test_a_file_without_a_title_is_named_once() -> None:
    shown = telegram.answer(answered(citations=(cited(file="x/report.txt", title="report"),))).text
    assert "[1] \u2068x/report.txt\u2069 — بلا تاريخ\n" in shown


@pytest.mark.parametrize(
    ("language", "understood", "translation", "undated"),
    [
        ("ar", "فهمتُ السؤال هكذا: ", "ترجمة من النموذج: ", "بلا تاريخ"),
        ("en", "Understood as: ", "Translation by the model: ", "undated"),
        ("fa", "پرسش را چنین فهمیدم: ", "ترجمهٔ مدل: ", "بی‌تاریخ"),
    ],
)
def test_what_was_understood_and_what_is_a_translation_is_said_to_be(
    language: str, understood: str, translation: str, undated: str
) -> None:
    answer = answered(
        language=language,
        understood="متى عاد باقري من موسكو؟ /reindex",
        citations=(cited(translation="He came back."), cited(n=2, file="b.txt", date="2021")),
    )
    for renderer in (telegram, console):
        shown = renderer.answer(answer)
        assert f"{understood}\u2068متى عاد باقري من موسكو؟ / reindex\u2069" in shown.text
        assert f"\n{translation}\u2068He came back.\u2069" in shown.text
        assert shown.text.count(translation) == 1
        assert shown.text.count(undated) == 1
        assert quotes_in(shown)[0] == cited().quote  # a translation is no quotation
    assert understood not in telegram.answer(answered(language=language)).text


def test_the_terminal_does_not_repeat_what_a_quoted_answer_already_says() -> None:
    quoted = answered(mode=Mode.QUOTED, text=f"«{cited().quote}» [1]")
    assert console.answer(quoted).text.count(cited().quote) == 1
    assert quotes_in(telegram.answer(quoted)) == [cited().quote]
    assert quotes_in(console.answer(answered())) == [cited().quote]


def test_what_is_missing_withheld_and_to_be_noticed_is_said() -> None:
    answer = answered(
        notice="تعذّر الوصول إلى النموذج.",
        missing=("التاريخ", "العدد"),
        withheld=(Withheld("جملة", "no citation"), Withheld("أخرى", "no citation")),
    )
    shown = telegram.answer(answer).text
    assert "تعذّر الوصول إلى النموذج." in shown
    assert "ما لا تذكره الوثائق: \u2068التاريخ؛ العدد\u2069" in shown
    assert "حُجبت جملتان" in shown
    assert "أخرى" not in shown  # what is withheld is counted, not shown


def test_what_a_document_holds_is_neither_live_nor_hidden_in_a_message() -> None:
    citation = cited(
        file="pay\u202e at evil.example now.txt",
        title="t\U000e0041itle @evil_bot",
        also=("evil.example,copy.txt",),
        quote="see https://evil.example/x\u200b or /reindex",
    )
    shown = telegram.answer(answered(citations=(citation,)))
    assert quotes_in(shown) == ["see https: //evil. example/x or / reindex"]
    assert "\u2068pay at evil. example now.txt\u2069 — \u2068title @ evil_bot\u2069" in shown.text
    assert "\u2068evil. example,copy.txt\u2069" in shown.text


def test_an_abstention_has_no_sources() -> None:
    answer = answered(mode=Mode.ABSTAINED, text="لا تذكر الوثائق ذلك.", citations=())
    assert telegram.answer(answer) == Styled("لا تذكر الوثائق ذلك.")


def test_other_files_with_the_same_text_are_named() -> None:
    shown = telegram.answer(answered(citations=(cited(also=("copy.txt",)),))).text
    assert "\u2068copy.txt\u2069" in shown


@pytest.mark.parametrize(("language", "comma"), [("ar", "، "), ("fa", "، "), ("en", ", ")])
def test_files_are_listed_with_the_comma_of_the_language(language: str, comma: str) -> None:
    citation = cited(also=("a.txt", "b.txt"))
    shown = telegram.answer(answered(citations=(citation,), language=language)).text
    assert f"\u2068a.txt\u2069{comma}\u2068b.txt\u2069" in shown


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_no_right_to_left_line_begins_with_a_latin_run(language: str) -> None:
    files = (SourceSummary("a.txt", "عنوان", "2021", "ar", 3, 900),)
    for reply in (
        Answered(answered(language=language, citations=(cited(quote="BBC: قال"),))),
        Listed(Sources(3, files, (Skipped("b.bin", "not text"),)), language),
        Reindexed(REPORT, language),
        Said("/help — المساعدة", language),
    ):
        for line in directed(telegram.reply(reply), language).text.split("\n"):
            assert not line[:1].isascii() or not line[:1].isalpha(), line


def test_sources_are_listed_with_what_was_skipped_and_why() -> None:
    files = (SourceSummary("a.txt", "عنوان", "2021-10", "ar", 3, 900),)
    shown = telegram.sources(Sources(3, files, (Skipped("b.bin", "not text"),)), "en").text
    assert shown.startswith("One document\n")
    assert (
        "• \u2068a.txt\u2069 — \u2068عنوان\u2069 — \u20682021-10\u2069 (\u20683\u2069 passages)"
        in shown
    )
    assert "One file was skipped:\n\u200e• \u2068b.bin\u2069: \u2068not text\u2069" in shown
    assert telegram.sources(Sources(0, (), ()), "en").text == "There are no documents yet."


def test_a_long_list_says_how_much_more_there_is() -> None:
    files = tuple(SourceSummary(f"{n}.txt", "t", None, "en", 1, 9) for n in range(MOST_LISTED + 7))
    shown = telegram.sources(Sources(3, files, ()), "en").text
    assert shown.endswith("… and \u20687\u2069 more")
    assert shown.count("•") == MOST_LISTED


def test_a_report_names_what_changed() -> None:
    shown = telegram.report(REPORT, "en").text
    assert shown.startswith(
        "The index is up to date: \u20686\u2069 documents, revision \u20684\u2069"
    )
    assert "Added (\u20681\u2069):\n\u200e• \u2068new.txt\u2069" in shown
    assert "Changed" not in shown


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
@pytest.mark.parametrize("stage", ["read", "embed", "write", "build"])
def test_progress_is_a_line_in_each_stage(stage: str, language: str) -> None:
    shown = telegram.progress(Progress(stage, 3, 7), language)
    assert "3" in shown
    assert "7" in shown
    assert "\n" not in shown
    assert "0" not in telegram.progress(Progress(stage, 0, 0), language)


def test_every_word_is_there_in_three_languages() -> None:
    keys = {}
    for language in ("ar", "fa", "en"):
        resource = FluentParser().parse((WORDS / f"{language}.ftl").read_text(encoding="utf-8"))
        keys[language] = {entry.id.name for entry in resource.body if isinstance(entry, Message)}
    assert keys["ar"] == keys["fa"] == keys["en"]


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_the_slash_of_a_command_stands_before_it_among_words_that_run_to_the_left(
    language: str,
) -> None:
    # Between a letter of either direction it would go with its right neighbour: "help/".
    text = (WORDS / f"{language}.ftl").read_text(encoding="utf-8")
    said = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    assert "\u200e/help" in said
    assert re.findall(r".*(?<![\u200e\w/.}])[/@](?=[A-Za-z{]).*", said) == []


@pytest.mark.parametrize("count", [0, 1, 2, 3, 11, 100])
@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_counted_words_work_for_every_count(language: str, count: int) -> None:
    words = telegram.words
    for key in ("withheld", "sources-heading", "passages", "and-more", "skipped-heading"):
        assert words(key, language, count=count)
    assert words("too-many", language, minutes=count)
    assert words("too-long", language, limit=count)
    assert words("report-heading", language, files=count, revision="4")


# Evidence


def opened(**changes: object) -> Evidence:
    evidence = Evidence(
        answer_id="a1",
        n=2,
        file="b.txt",
        cited_file="b.txt",
        title="عنوان",
        date="2021-10",
        page=3,
        state=State.INTACT,
        is_changed=False,
        line=12,
        before="قبل. ",
        quote="الاقتباس",
        after=" بعد.",
        has_previous=True,
    )
    return replace(evidence, **changes)  # type: ignore[arg-type]


def test_a_quotation_is_told_apart_from_what_stands_around_it() -> None:
    shown = buttons.evidence(opened(), "ar")
    assert "[2] \u2068b.txt\u2069 — \u2068عنوان\u2069 — \u20682021-10\u2069" in shown.text
    assert "الصفحة \u20683\u2069، السطر \u206812\u2069" in shown.text
    assert quotes_in(shown) == ["… قبل. الاقتباس بعد."]
    assert [shown.text[m.start : m.end] for m in shown.marks if m.style is Style.BOLD] == [
        "الاقتباس"
    ]
    assert "… قبل. ⟦الاقتباس⟧ بعد." in console.evidence(opened(), "ar").text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"is_changed": True}, "word for word"),
        ({"is_changed": True, "state": State.MOVED}, "elsewhere in it"),
        ({"state": State.MOVED, "cited_file": "/reindex.txt"}, "it was in \u2068/ reindex.txt"),
        ({"state": State.GONE, "line": None}, "no longer stands"),
        ({"step": 1, "before": "x", "quote": ""}, "The passage after"),
        ({"step": -3, "before": "x", "quote": ""}, "\u20683\u2069 passages before"),
    ],
)
def test_what_has_become_of_a_quotation_is_said(changes: dict[str, object], told: str) -> None:
    assert told in buttons.evidence(opened(**changes), "en").text


def test_choices_are_lines_where_there_are_no_buttons() -> None:
    offer = Said("اختر", "ar", (Choice("فارسی", "/language fa"),))
    assert "/language fa" in console.reply(offer).text
    assert "/language" not in buttons.reply(offer).text
