"""Reports that hold more than one language."""

import pytest

from rag.answers.answer import Mode
from rag.answers.responder import quoted_response
from rag.retrieval.mingled import rows_holding
from tests.library import Library

ARABIC = (
    "زيارة الوزير\n\nوصل الوزير كريم حداد إلى عمّان يوم الأحد لبحث ملف المياه مع المسؤولين.\n\n"
    "The spokesman said that the dam of Karsa will be opened in spring and that it cost 40 "
    "million dollars.\n\nوعاد الوزير إلى بلاده بعد يومين من المحادثات.\n"
)
PERSIAN = (
    "گزارش سد\n\nسد کرخه در بهار افتتاح می‌شود و آب شهرها را تأمین می‌کند.\n\n"
    "قال المتحدث إن مصنع الإسمنت في سهلاوة سيغلق أبوابه في الخريف بسبب نقص الوقود.\n\n"
    "وزیر نیرو گفت که کار ادامه دارد.\n"
)
ENGLISH = (
    "Report on trade\n\nThe ministers met in Vienna and discussed grain and steel for two days.\n\n"
    "وزیر صنعت گفت که کارخانه فولاد مرداویج سال آینده راه‌اندازی می‌شود.\n\n"
    "They will meet again in the summer.\n"
)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library(tmp_path_factory.mktemp("mingled"))
    return library.fill(arabic=ARABIC, persian=PERSIAN, english=ENGLISH)


@pytest.mark.parametrize(
    ("question", "file", "opening"),
    [
        ("كم كلف سد كرسا؟", "arabic.txt", "تقول الوثائق (بالإنجليزية):"),
        ("How much did the dam of Karsa cost?", "arabic.txt", "«The spokesman"),
        ("لماذا سيغلق مصنع الإسمنت في سهلاوة؟", "persian.txt", "«قال المتحدث"),
        (
            "Why will the cement factory in Sahlawa close?",
            "persian.txt",
            "The documents say (in Arabic):",
        ),
        ("چرا کارخانه سیمان سهلاوه بسته می‌شود؟", "persian.txt", "اسناد (به عربی) می‌گویند:"),
        ("متى يبدأ مصنع فولاد مرداويج؟", "english.txt", "تقول الوثائق (بالفارسية):"),
        (
            "When will the steel factory of Mardavij start?",
            "english.txt",
            "The documents say (in Persian):",
        ),
    ],
)
def test_a_line_of_another_language_is_found_and_named_as_what_it_is(
    reports: Library, question: str, file: str, opening: str
) -> None:
    response = quoted_response(reports.find(question))
    assert response.mode is Mode.QUOTED
    assert response.citations[0].file == file
    assert response.text.startswith(opening)


def test_only_passages_with_such_a_line_are_read_in_its_language(reports: Library) -> None:
    index = reports.snapshot.lexical
    assert [int(rows_holding(index, language).sum()) for language in ("fa", "en")] == [2, 2]
    assert rows_holding(index, "en").size == index.rows
