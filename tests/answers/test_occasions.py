import pytest

from rag.answers.dictation import Dictation
from rag.answers.verification import Reason, verify
from tests.answers.reports import evidence_of, seed, sentence_with

REPORT = """وفد في بيروت

التقى الوفد الوزير في 20 يناير. ووقع الجانبان الاتفاق يوم الأحد. ووصل أعضاؤه أمس.
وبني السد عام 1968.

المصدر: وكالة، 21 يناير 2025
"""
STRIKE = """Dockers end strike

Port Callan, 3 June 2019 (Harbour News)

Dockers ended their strike on Sunday. A panel will meet on Friday. They came on 30 May.
"""


def is_kept(claim: str, needle: str, report: str = REPORT) -> bool:
    evidence = evidence_of(report)
    return verify(claim, [sentence_with(needle, evidence)], evidence).supported


@pytest.mark.parametrize(
    ("claim", "needle"),
    [
        ("The delegation met the minister on 20 January 2025.", "20 يناير"),
        ("The report of 21 January 2025 says the two sides signed.", "الأحد"),
        # 19 January 2025 was a Sunday.
        ("The two sides signed the agreement on 19 January 2025.", "الأحد"),
        ("وقع الجانبان الاتفاق في 19 يناير.", "الأحد"),
        ("Its members arrived on 20 January.", "أمس"),
    ],
)
def test_the_reports_date_gives_its_year_and_resolves_days(claim: str, needle: str) -> None:
    assert is_kept(claim, needle)


@pytest.mark.parametrize(
    ("claim", "needle"),
    [
        ("The delegation met the minister on 21 January 2025.", "20 يناير"),
        ("وقع الجانبان الاتفاق في 21 يناير 2025.", "الأحد"),
        ("Its members arrived on 21 January 2025.", "أمس"),
        ("The dam was built in 2025.", "السد"),
    ],
)
def test_the_reports_date_is_not_that_of_what_it_reports(claim: str, needle: str) -> None:
    assert not is_kept(claim, needle)


@pytest.mark.parametrize(
    ("claim", "kept"),
    [
        ("The strike ended on 2 June 2019.", True),
        ("The strike ended on 3 June 2019.", False),
        ("The strike ended on 9 June 2019.", False),
        ("The strike ended on Monday.", False),
        ("They came on 30 May 2019.", True),
    ],
)
def test_a_weekday_is_the_last_before_the_report(claim: str, kept: bool) -> None:
    needle = "30 May" if "May" in claim else "on Sunday"
    assert is_kept(claim, needle, STRIKE) is kept


def test_a_day_ahead_is_the_next_one() -> None:
    assert is_kept("A panel will meet on 7 June 2019.", "Friday", STRIKE)
    assert not is_kept("A panel will meet on 14 June 2019.", "Friday", STRIKE)


@pytest.mark.parametrize(
    ("claim", "language", "shown"),
    [
        ("Its members arrived yesterday.", "en", "yesterday (20 January 2025)."),
        ("وصل الأعضاء أمس.", "ar", "أمس (20 يناير 2025)."),
        ("اعضا دیروز رسیدند.", "fa", "دیروز (20 ژانویه 2025) رسیدند."),
    ],
)
def test_yesterday_in_a_claim_is_shown_with_its_day(claim: str, language: str, shown: str) -> None:
    evidence = evidence_of(REPORT)
    place = evidence[0].sentences.index(sentence_with("أمس", evidence)) + 1
    taken = Dictation(evidence, "", language, {})
    *_, text = [*taken.hear(f"{claim[:-1]} [1.{place}]."), *taken.end()]
    assert shown in text.translate({0x2068: None, 0x2069: None})
    assert taken.pieces[0].cited[-1].text.endswith("21 يناير 2025")


def test_yesterday_in_a_claim_about_an_undated_report_is_not_shown() -> None:
    evidence = evidence_of("عنوان\n\nوصل الوفد أمس إلى بيروت.\n")
    verdict = verify("وصل الوفد أمس إلى بيروت.", [sentence_with("أمس", evidence)], evidence)
    assert verdict.reason is Reason.DATE


POST = """زيارة

وصل الوفد إلى المدينة.
The guest called on the army chief today.
— Navy News (@navy) January 20, 2025

المصدر: وكالة، 25 يناير 2025
"""


@pytest.mark.parametrize(
    "claim",
    [
        "Bagheri called on Munir on {} January 2025.",
        "التقى باقري الجنرال عاصم منير في {} يناير 2025.",
        "باقری در {} ژانویه 2025 با ژنرال عاصم منیر دیدار کرد.",
    ],
)
def test_today_in_a_copied_post_is_the_posts_day(claim: str) -> None:
    evidence = seed(2)
    today = [sentence_with("called on", evidence)]
    right = verify(claim.format(20), today, evidence)
    assert right.supported
    assert any("January 20, 2025" in one.text for one in right.added)
    assert verify(claim.format(21), today, evidence).reason is Reason.DATE


@pytest.mark.parametrize("day", [20, 24, 25])
def test_a_post_in_a_report_with_a_date_of_its_own_keeps_its_own(day: int) -> None:
    evidence = evidence_of(POST)
    claim = f"The guest called on the army chief on {day} January 2025."
    verdict = verify(claim, [sentence_with("called on", evidence)], evidence)
    assert verdict.supported is (day == 20)
    if verdict.supported:
        assert [one.text for one in verdict.added] == ["— Navy News (@navy) January 20, 2025"]


@pytest.mark.parametrize(
    ("claim", "language", "shown"),
    [
        ("Bagheri called on Munir today.", "en", "today (20 January 2025)."),
        ("التقى باقري الجنرال عاصم منير اليوم.", "ar", "اليوم (20 يناير 2025)."),
        ("باقری امروز با ژنرال عاصم منیر دیدار کرد.", "fa", "امروز (20 ژانویه 2025) با"),
    ],
)
def test_today_of_a_copied_post_is_shown_with_the_posts_day(
    claim: str, language: str, shown: str
) -> None:
    evidence = seed(2)
    number, place = next(
        (number, place)
        for number, passage in enumerate(evidence, 1)
        for place, one in enumerate(passage.sentences, 1)
        if "called on" in one.text
    )
    taken = Dictation(evidence, "", language, {})
    *_, text = [*taken.hear(f"{claim[:-1]} [{number}.{place}]."), *taken.end()]
    assert shown in text.translate({0x2068: None, 0x2069: None})
