import pytest

from rag.answers.verification import Reason, Verdict, verify
from tests.answers.reports import evidence_of, sentence_with

REPORT = """جولة الوزير

وصل الوزير إلى الرباط في 3 مايو، وإلى تونس في 8 مايو.
استمرت الزيارة الأولى أربعة أيام، واستمرت الثانية ستة أيام.
وشارك في الاجتماع وزراء من مصر والأردن والعراق ولبنان.
وبحث الوزير في اليوم الأخير من زيارته التي دامت ثلاثة أيام ملف الطاقة.

المصدر: وكالة الأنباء، 20 مايو 2022
"""


def verdict_of(claim: str, needle: str) -> Verdict:
    evidence = evidence_of(REPORT)
    return verify(claim, [sentence_with(needle, evidence)], evidence)


@pytest.mark.parametrize(
    ("claim", "needle"),
    [
        ("The minister reached Rabat on 3 May and Tunis five days later.", "3 مايو"),
        ("وصل الوزير إلى تونس بعد خمسة أيام من وصوله إلى الرباط.", "3 مايو"),
        ("وزیر پنج روز پس از رباط به تونس رسید.", "3 مايو"),
        ("The second visit was two days longer than the first.", "الثانية"),
        ("Ministers of four countries took part in the meeting.", "مصر"),
        ("بحث الوزير ملف الطاقة في اليوم الثالث والأخير من زيارته.", "الأخير"),
    ],
)
def test_what_follows_from_cited_values_is_kept(claim: str, needle: str) -> None:
    verdict = verdict_of(claim, needle)
    assert verdict.supported, verdict.reason


@pytest.mark.parametrize(
    ("claim", "needle"),
    [
        ("The minister reached Rabat on 3 May and Tunis six days later.", "3 مايو"),
        ("The minister stayed five days in Rabat.", "3 مايو"),
        ("The second visit was three days longer than the first.", "الثانية"),
        ("Ministers of five countries took part in the meeting.", "مصر"),
        ("بحث الوزير ملف الطاقة في اليوم الرابع والأخير من زيارته.", "الأخير"),
    ],
)
def test_what_does_not_follow_is_refused(claim: str, needle: str) -> None:
    assert verdict_of(claim, needle) == Verdict(False, Reason.NUMBER)


@pytest.mark.parametrize(
    ("claim", "kept"),
    [
        ("The minister was in Rabat on 3 May and in Tunis on 8 May.", True),
        ("The minister was in Rabat on 8 May and in Tunis on 3 May.", False),
    ],
)
def test_two_dates_are_not_exchanged(claim: str, kept: bool) -> None:
    assert verdict_of(claim, "3 مايو").supported is kept
