import pytest

from rag.answers.actors import people_in, speeches_in
from rag.answers.verification import Reason, verify
from tests.answers.reports import evidence_of, sentence_with

STRIKE = """Strike at the port

Moira Tennant, the union's secretary, said 1,400 workers had backed the deal. She praised them.
Owen Hartley warned that ships had moved to Rotterdam. "Nobody will lose a job," he told reporters.
Observers believe the strike cost a lot.
"""
HOSPITAL = """نقص في مستشفى كوستي

قالت الوزيرة هالة عثمان إن عدد المصابين كبير. وحذر مدير المستشفى ياسر النور من نقص المحاليل.
وأضاف أن المخزون يكفي أياما. واستقبل عمر الكيلاني الوفد في المطار.
"""
FILM = """برنده جشنواره

نرگس صادقی جایزه را به پرستاران تقدیم کرد. بهرام توکلی بهترین بازیگر شد.
دبیر جشنواره، کامران فرهادی، گفت فیلم‌های زیادی شرکت کردند.
"""


def verdict_of(claim: str, needle: str, report: str) -> Reason | None:
    evidence = evidence_of(report)
    return verify(claim, [sentence_with(needle, evidence)], evidence).reason


@pytest.mark.parametrize(
    ("claim", "needle", "report"),
    [
        ("Owen Hartley said 1,400 workers had backed the deal.", "1,400", STRIKE),
        ("Hartley said 1,400 workers had backed the deal.", "1,400", STRIKE),
        ("According to Tennant, ships had moved to Rotterdam.", "Rotterdam", STRIKE),
        ('"Nobody will lose a job," Tennant told reporters.', "Nobody", STRIKE),
        ("Hartley believes the strike cost a lot.", "Observers", STRIKE),
        ("قالت مويرا تينانت إن السفن انتقلت إلى روتردام.", "Rotterdam", STRIKE),
        ("حذرت هالة عثمان من نقص المحاليل.", "المحاليل", HOSPITAL),
        ("Hala Osman warned of a lack of solutions.", "المحاليل", HOSPITAL),
        ("استقبل ياسر النور الوفد في المطار.", "المطار", HOSPITAL),
        ("کامران فرهادی بهترین بازیگر شد.", "بهترین", FILM),
        ("بهرام توکلی گفت فیلم‌های زیادی شرکت کردند.", "زیادی", FILM),
    ],
)
def test_what_one_did_or_said_is_not_told_of_another(claim: str, needle: str, report: str) -> None:
    assert verdict_of(claim, needle, report) is Reason.ATTRIBUTION


@pytest.mark.parametrize(
    ("claim", "needle", "report"),
    [
        (
            "Union secretary Moira Tennant said 1,400 workers had backed the deal.",
            "1,400",
            STRIKE,
        ),
        ("Tennant praised the workers.", "praised", STRIKE),
        ('"Nobody will lose a job," said Owen Hartley.', "Nobody", STRIKE),
        ("1,400 workers backed the deal, according to Tennant.", "1,400", STRIKE),
        ("وأضاف ياسر النور أن المخزون يكفي أياما.", "وأضاف", HOSPITAL),
        ("حذر النور من نقص المحاليل.", "المحاليل", HOSPITAL),
        ("Yasser al-Nour warned of a lack of solutions.", "المحاليل", HOSPITAL),
        ("صادقی جایزه را به پرستاران تقدیم کرد.", "پرستاران", FILM),
        ("به گفته فرهادی فیلم‌های زیادی شرکت کردند.", "زیادی", FILM),
    ],
)
def test_what_is_told_of_the_same_person_is_kept(claim: str, needle: str, report: str) -> None:
    assert verdict_of(claim, needle, report) is None


def test_on_is_not_ali() -> None:
    assert not people_in("توفي على الأقل عشرة")
    assert people_in("قال علي الأحمدي ذلك") == {"الاحمدي"}


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("The head, Owen Hartley, warned of it.", {"owen", "hartley"}),
        ("It is late, said Hartley.", {"hartley"}),
        ("Hartley was accused of it by staff.", None),
        ("قال المدير كريم العلي إن الأمر انتهى.", {"كريم", "العلي"}),
        ("وقال للصحفيين إن الأمر انتهى.", set()),
        ("دبیر، کامران فرهادی، گفت این خوب است.", {"كامران"}),
    ],
)
def test_who_speaks(text: str, speakers: set[str] | None) -> None:
    found = [one.speakers for one in speeches_in(text)]
    assert found == ([] if speakers is None else [speakers])
