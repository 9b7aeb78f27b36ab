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


@pytest.mark.parametrize(
    ("claim", "source", "follows"),
    [
        ("More than 1,400 workers voted.", "The union said 1,412 workers voted.", True),
        ("More than 1,500 workers voted.", "The union said 1,412 workers voted.", False),
        ("Losses came to nearly 9 million dinars.", "بلغت الخسائر 8.9 مليون دينار.", True),
        ("Losses came to more than 9 million dinars.", "بلغت الخسائر 8.9 مليون دينار.", False),
        ("زیان‌ها نزدیک به ۹ میلیون دینار بود.", "بلغت الخسائر 8.9 مليون دينار.", True),
        ("زیان‌ها نزدیک به ۷ میلیون دینار بود.", "بلغت الخسائر 8.9 مليون دينار.", False),
        ("صوت نحو 1400 عامل.", "The union said 1,412 workers voted.", True),
        ("صوت 1400 عامل.", "The union said 1,412 workers voted.", False),
        ("ضبطت الشرطة أكثر من طنين.", "ضبطت الشرطة طنين و150 كيلوغراما.", True),
        ("ضبطت الشرطة أقل من طنين.", "ضبطت الشرطة طنين و150 كيلوغراما.", False),
        ("زیان‌ها دو برابر زیان‌های ۲۰۲۱ بود.", "بلغت الخسائر ضعف خسائر 2021.", True),
        ("زیان‌ها سه برابر زیان‌های ۲۰۲۱ بود.", "بلغت الخسائر ضعف خسائر 2021.", False),
    ],
)
def test_a_round_number_follows_from_the_one_that_its_bound_allows(
    claim: str, source: str, follows: bool
) -> None:
    evidence = evidence_of(source)
    cited = [sentence for passage in evidence for sentence in passage.sentences]
    reason = verify(claim, cited, evidence).reason
    assert reason is (None if follows else Reason.NUMBER)
