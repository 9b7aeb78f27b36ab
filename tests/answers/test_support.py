"""What a claim may rest on besides the sentences that it cites."""

import pytest

from rag.answers.support import date_of
from rag.answers.verification import verify
from tests.answers.reports import evidence_of, sentence_with


@pytest.mark.parametrize(
    "told",
    [
        "وصل الوفد إلى موسكو في 17 أكتوبر 2021 بدعوة من وزير الدفاع الروسي.",
        "افتتح الجسر في 3 مايو 2020 بعد عام.",
        "پل در ۳ مه ۲۰۲۰ گشوده شد.",
        "The bridge opened on 3 May 2020.",
        "The council met the engineers on 3 May 2020",
    ],
)
def test_a_short_sentence_near_the_top_is_no_line_of_the_report_s_date(told: str) -> None:
    evidence = evidence_of(f"Title of the report\n\n{told}\nAnother sentence stands here.")
    cited = sentence_with(told, evidence)
    assert date_of(cited.source) is None
    assert verify(told, [cited], evidence).supported


@pytest.mark.parametrize(
    "line",
    [
        "Casablanca, Aug 7, 2023 (Atlas Wire)",
        "London, June 3, 2024.",
        "بغداد، 3 مايو 2020",
        "تهران، ۳ مه ۲۰۲۰ – ایرنا",
        "By Jane Doe, 3 May 2020",
    ],
)
def test_a_line_of_place_agency_and_date_is_one(line: str) -> None:
    evidence = evidence_of(f"Title of the report\n{line}\n\nThe harbour opened on Sunday.")
    assert date_of(evidence[0].source) is not None
