"""What "yesterday" stands for, beside the quotations that say so."""

import re
from dataclasses import replace

import pytest

from rag.answers.quoter import Quoted, quote
from rag.answers.responder import WORDS
from rag.documents.evidence import Sentence
from rag.retrieval.choice import Chosen
from rag.retrieval.kinds import Kind
from tests.answers.reports import evidence_of, seed, sentence_with

REPORT = """باقري في موسكو

وصل محمد باقري، أمس الأحد، إلى موسكو. {more}

المصدر: وكالة الأنباء، 18 أكتوبر 2021
"""
ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))


def quoted(*sentences: Sentence, language: str = "ar") -> Quoted:
    """An answer that quotes the sentences, one line each."""
    found = []
    for one in sentences:
        (passage,) = (
            passage
            for passage in evidence_of(one.source.text, one.source.path)
            if any(each.span == one.span for each in passage.sentences)
        )
        source = one.source
        same = tuple(replace(each, source=source) for each in passage.sentences)
        passage = replace(passage, source=source, sentences=same)
        found.append(Chosen(one, passage, 1.0, 1.0, frozenset()))
    return quote(Kind.QUESTION, found, language, WORDS, certain=True, also={})


def text_of(answer: Quoted) -> str:
    shown = list(dict.fromkeys(map(int, re.findall(r"\[(\d+)\]", answer.text))))
    assert shown == [one.n for one in answer.citations.all]
    assert {number for one in answer.claims for number in one.citations} == set(shown)
    return answer.text.translate(ISOLATES)


def sentence(text: str, needle: str, name: str = "report.txt") -> Sentence:
    return sentence_with(needle, evidence_of(text, name))


@pytest.mark.parametrize(
    ("language", "note"),
    [
        (
            "ar",
            "(أمس الأحد: 17 أكتوبر 2021، من التاريخ الذي في التقرير «18 أكتوبر 2021» [2])",
        ),
        (
            "en",
            "(أمس الأحد: 17 October 2021, from the date that the report states"
            " «18 أكتوبر 2021» [2])",
        ),
        ("fa", "(أمس الأحد: 17 اکتبر 2021، از تاریخی که در گزارش است «18 أكتوبر 2021» [2])"),
    ],
)
def test_yesterday_is_told_beside_the_quotation_and_the_reports_date_is_cited(
    language: str, note: str
) -> None:
    answer = quoted(sentence(REPORT.format(more=""), "أمس"), language=language)
    assert text_of(answer).splitlines()[-1].endswith(f"إلى موسكو.» [1] {note}")
    stated = answer.citations.all[1]
    assert stated.quote == "18 أكتوبر 2021"
    assert stated.file == "report.txt"


def test_last_week_is_a_stretch_of_days() -> None:
    text = "Talks\n\nThe talks began last week in Vienna.\n\nPublished: 18 October 2021\n"
    answer = quoted(sentence(text, "last week"), language="en")
    assert "(last week: between 9 October 2021 and 17 October 2021, from" in text_of(answer)


@pytest.mark.parametrize(
    "source",
    ["المصدر: وكالة الأنباء", "المصدر: وكالة، أكتوبر 2021", "المصدر: وكالة، 19 أكتوبر 2021"],
    ids=["no date", "no day", "a date that the weekday contradicts"],
)
def test_nothing_is_told_where_it_cannot_be_known(source: str) -> None:
    text = f"باقري في موسكو\n\nوصل محمد باقري، أمس الأحد، إلى موسكو.\n\n{source}\n"
    answer = quoted(sentence(text, "أمس"))
    assert text_of(answer) == "«وصل محمد باقري، أمس الأحد، إلى موسكو.» [1]"
    assert len(answer.citations.all) == 1


def test_the_date_in_a_files_name_is_said_to_be_from_there() -> None:
    text = "باقري في موسكو\n\nوصل محمد باقري، أمس الأحد، إلى موسكو."
    answer = quoted(sentence(text, "أمس", "news-2021-10-18.txt"))
    assert text_of(answer).endswith("[1] (أمس الأحد: 17 أكتوبر 2021، من التاريخ في اسم الملف)")


def test_a_reports_date_is_quoted_once() -> None:
    text = REPORT.format(more="وقال إنه يغادر غدا إلى طهران. وتابع باقري أمس مباحثاته.")
    answer = quoted(*(sentence(text, needle) for needle in ("أمس الأحد", "غدا", "أمس مباحثاته")))
    shown = text_of(answer)
    assert shown.count("«18 أكتوبر 2021»") == 1
    assert "(غدا: 19 أكتوبر 2021، من التاريخ الذي في التقرير [2])" in shown
    assert len(answer.citations.all) < 5


def test_today_in_a_post_that_a_report_copies_is_the_posts_own_day() -> None:
    answer = quoted(sentence_with("today", seed(2)), sentence_with("أمس الإثنين", seed(2)))
    shown = text_of(answer)
    assert "(today: 20 يناير 2025، من تاريخ المنشور نفسه «January 20, 2025» [2])" in shown
    assert "(أمس الإثنين: 20 يناير 2025، من التاريخ الذي في التقرير [2])" in shown


def test_the_seeds_that_are_undated_resolve_nothing() -> None:
    answer = quoted(sentence_with("أمس الأحد", seed(1)), sentence_with("الأسبوع الماضي", seed(3)))
    assert "(" not in text_of(answer).replace("(الإخوة", "")
    assert len(answer.citations.all) == 2
