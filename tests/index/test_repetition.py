"""Lines that many different reports have: they are furniture, whatever they say."""

from rag.documents.evidence import Evidence
from rag.index.ledger import Ledger
from rag.index.snapshot import Snapshot
from tests.library import Library

PLACES = ("كسلا", "طرابلس", "البصرة", "عدن", "حلب")
ENDING = "صوت الجنوب معكم دائما وأبدا"


def report(place: str, *after: str) -> str:
    return "\n".join(
        (
            f"أخبار {place} اليوم",
            f"وصل وفد من وزارة المياه إلى {place} صباح الأحد برفقة مهندسين.",
            f"وقال محافظ {place} إن العمل في السد يبدأ قبل الشتاء.",
            *after,
        )
    )


def quotable(library: Library) -> str:
    def work(ledger: Ledger, _: Snapshot) -> list[Evidence]:
        ids = [id_ for file in ledger.files() for id_ in ledger.passages_of(file.id)]
        return list(ledger.evidence(ids).values())

    found = library.reader.read(work)
    return "\n".join(one.text for passage in found for one in passage.sentences)


def filled(library: Library, count: int, *after: str) -> Library:
    for place in PLACES[:count]:
        library.write(f"{place}.txt", report(place, *after))
    library.sync()
    return library


def test_a_line_of_many_reports_cannot_be_quoted(library: Library) -> None:
    assert ENDING not in quotable(filled(library, 4, ENDING))
    assert quotable(library).count("يبدأ قبل الشتاء") == 4


def test_a_line_of_a_few_reports_can(library: Library) -> None:
    assert quotable(filled(library, 3, ENDING)).count(ENDING) == 3


def test_it_can_again_when_reports_have_gone(library: Library) -> None:
    filled(library, 4, ENDING)
    (library.documents / f"{PLACES[0]}.txt").unlink()
    library.sync()
    assert quotable(library).count(ENDING) == 3


def test_sentences_values_and_numbers_stay_however_often_they_are_told(library: Library) -> None:
    lines = ("ولم تسجل أي إصابات في المدينة.", "الحالة: مفتوحة الآن", "طريق رقم 12 مغلق")
    text = quotable(filled(library, 5, *lines))
    assert all(text.count(line) == 5 for line in lines)


def test_copies_of_one_report_are_one_report(library: Library) -> None:
    for name in "abcdef":
        library.write(f"{name}.txt", report("كسلا", f"نسخة {name}", ENDING))
    library.sync()
    assert quotable(library).count(ENDING) == 6
