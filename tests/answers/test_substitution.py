import pytest

from rag.answers.verification import verify
from tests.answers.reports import evidence_of, sentence_with

REPORT = """Quake in Taran

About 3,000 residents of the villages were moved to schools in Velmar.
Norway and Japan sent rescue teams, while Finland donated 200 tents.
The dispute with the villages began when the ministry announced plans to close two dams.
"""
COURT = """محكمة تدين مديرا

بدأ التحقيق بعد أن قدم سائق شاحنة شكوى في فبراير 2020.
فاز فيلم «المطر» بجائزة أفضل تصوير، ونال «الجسر الأخير» جائزة أفضل ممثل.
قالت الوزيرة إن 17 شخصا توفوا في المدينة.
"""
FESTIVAL = """جشنواره

جشنواره سال آینده به جای تبریز در اصفهان برگزار می‌شود.
"""


def is_kept(claim: str, needle: str, report: str) -> bool:
    evidence = evidence_of(report)
    return verify(claim, [sentence_with(needle, evidence)], evidence).supported


@pytest.mark.parametrize(
    ("claim", "needle", "report"),
    [
        (
            "About 3,000 residents of the villages were moved to tents in Velmar.",
            "3,000",
            REPORT,
        ),
        ("Finland sent rescue teams, while Norway and Japan donated 200 tents.", "tents", REPORT),
        ("بدأ التحقيق بعد أن قدم سائق حافلة شكوى في فبراير 2020.", "شاحنة", COURT),
        ("نال «النهر» جائزة أفضل ممثل.", "الجسر", COURT),
        ("جشنواره سال آینده به جای اصفهان در تبریز برگزار می‌شود.", "اصفهان", FESTIVAL),
    ],
)
def test_a_word_put_for_another_or_two_exchanged(claim: str, needle: str, report: str) -> None:
    assert not is_kept(claim, needle, report)


@pytest.mark.parametrize(
    ("claim", "needle", "report"),
    [
        ("Some 3,000 residents of the villages were taken to schools in Velmar.", "3,000", REPORT),
        ("Japan and Norway sent rescue teams, while Finland donated 200 tents.", "tents", REPORT),
        ("انطلق التحقيق بعد أن قدم سائق شاحنة شكوى في فبراير 2020.", "شاحنة", COURT),
        ("نال «الجسر الأخير» جائزة أفضل ممثل.", "الجسر", COURT),
    ],
)
def test_what_is_told_in_other_words_or_another_order(claim: str, needle: str, report: str) -> None:
    assert is_kept(claim, needle, report)


@pytest.mark.parametrize(
    ("claim", "kept"),
    [
        ("قالت الوزيرة إن 17 شخصا توفوا بسبب إهمال الأطباء.", False),
        ("The minister said 17 people had died because of spoiled vaccines.", False),
    ],
)
def test_a_cause_that_the_source_does_not_give(claim: str, kept: bool) -> None:
    assert is_kept(claim, "17", COURT) is kept


def test_a_cause_that_the_source_gives_is_kept() -> None:
    report = "خبر\n\nتوقفت المحطة بعد نقص في الوقود.\n"
    assert is_kept("توقفت المحطة بسبب نقص الوقود.", "الوقود", report)
    assert is_kept("The station stopped because of a lack of fuel.", "الوقود", report)
