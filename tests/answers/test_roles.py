"""Who does what to whom, and who says it: pairs over made-up reports, told rightly and turned."""

import pytest

from rag.answers.verification import Reason, verify
from tests.answers.reports import evidence_of

RECEIVED = "استقبل رئيس الوزراء عمران خان اللواء باقري في إسلام أباد."
ARRIVED = "وصل باقري إلى طهران للقاء عمران خان."
ACCUSED = "اتهم كريم منصور منافسه سامي الحداد بالتزوير."
FINAL = "Maria Lopez defeated Anna Silva in the final on Sunday."
DIRECTOR = "Daniel Moore succeeded Peter Hall as director in March."
SUED = "حسن کریمی از رضا احمدی شکایت کرد و دادگاه پرونده را پذیرفت."
CRITICISED = "حسن کریمی از رضا احمدی انتقاد کرد."
MET = "التقى سامي الحداد كريم منصور في القاهرة."
INFECTIONS = "قالت وزارة الصحة إن عدد الإصابات ارتفع، فيما نفت وكالة الأدوية نقص اللقاح."
CROSSING = "قال مسؤولون أردنيون إن المعبر سيفتح الأحد بعد محادثات مع مسؤولين سوريين."
QUAKE = "به گفتهٔ مقام‌های ترکیه زلزله ۴۰ کشته داشت و نیروهای یونانی کمک فرستادند."
TALKS = "وأعلنت الخارجية الإيرانية أن المحادثات مع روسيا تأجلت."
STRIKE = "The union said 400 workers had been dismissed, while the company spoke of 250."


def reason_of(claim: str, report: str) -> Reason | None:
    evidence = evidence_of(report)
    cited = [sentence for passage in evidence for sentence in passage.sentences]
    return verify(claim, cited, evidence).reason


@pytest.mark.parametrize(
    ("claim", "report"),
    [
        ("Bagheri received Imran Khan in Islamabad.", RECEIVED),
        ("Imran Khan arrived in Tehran to meet Bagheri.", ARRIVED),
        ("Sami Haddad accused Karim Mansour of fraud.", ACCUSED),
        ("اتهم سامي الحداد كريم منصور بالتزوير.", ACCUSED),
        ("Anna Silva defeated Maria Lopez in the final.", FINAL),
        ("Anna Silva beat Maria Lopez.", FINAL),
        ("Peter Hall succeeded Daniel Moore as director.", DIRECTOR),
        ("Reza Ahmadi sued Hassan Karimi.", SUED),
        ("رضا احمدی از حسن کریمی انتقاد کرد.", CRITICISED),
        ("قالت وكالة الأدوية إن عدد الإصابات ارتفع.", INFECTIONS),
        ("Syrian officials said the crossing would open on Sunday.", CROSSING),
        ("به گفتهٔ مقام‌های یونان زلزله ۴۰ کشته داشت.", QUAKE),
        ("أعلنت الخارجية الروسية أن المحادثات تأجلت.", TALKS),
    ],
)
def test_what_one_does_or_says_is_not_told_of_another(claim: str, report: str) -> None:
    assert reason_of(claim, report) is Reason.ATTRIBUTION


@pytest.mark.parametrize(
    ("claim", "report"),
    [
        ("Prime Minister Imran Khan received Bagheri in Islamabad.", RECEIVED),
        ("عمران خان از باقری در اسلام‌آباد استقبال کرد.", RECEIVED),
        ("Bagheri arrived in Tehran to meet Imran Khan.", ARRIVED),
        ("Karim Mansour accused his rival Sami Haddad of fraud.", ACCUSED),
        ("اتهم منصور الحداد بالتزوير.", ACCUSED),
        ("Lopez defeated Silva in the final.", FINAL),
        ("Anna Silva was defeated by Maria Lopez.", FINAL),
        ("Moore succeeded Hall as director.", DIRECTOR),
        ("Hassan Karimi sued Reza Ahmadi.", SUED),
        ("Hassan Karimi criticised Reza Ahmadi.", CRITICISED),
        ("Karim Mansour met Sami Haddad in Cairo.", MET),
        ("The health ministry said the number of infections rose.", INFECTIONS),
        ("Jordanian officials said the crossing would open on Sunday.", CROSSING),
        ("به گفتهٔ مقام‌های ترکیه زلزله ۴۰ کشته داشت.", QUAKE),
        ("Tehran announced that the talks were postponed.", TALKS),
        ("According to the union, 400 workers had been dismissed.", STRIKE),
    ],
)
def test_who_does_or_says_it_in_the_source_may_be_named(claim: str, report: str) -> None:
    assert reason_of(claim, report) is None
