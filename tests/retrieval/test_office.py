"""Who holds an office is only answered where that office is told of."""

import pytest

from rag.retrieval.certainty import Certainty
from tests.library import Library

VISIT = """زيارة رئيس الأركان

وصل رئيس أركان الجيش الصيني إلى بغداد يوم الأحد، والتقى رئيس لجنة الدفاع في البرلمان.
وأكد الضيف أهمية التعاون بين العراق والصين.
"""
SUMMIT = """قمة في بكين

استقبل الرئيس الصيني تشن لي ضيوف القمة في بكين يوم الأحد.
"""


@pytest.mark.parametrize(
    "question",
    ["من هو رئيس الصين؟", "Who is the president of China?", "رئیس‌جمهور چین کیست؟"],
)
def test_the_head_of_a_staff_is_not_the_head_of_the_country(
    library: Library, question: str
) -> None:
    library.fill(visit=VISIT)
    assert library.find(question).certainty is not Certainty.ANSWER
    library.fill(summit=SUMMIT)
    assert library.find(question).certainty is Certainty.ANSWER


def test_who_received_the_minister_asks_for_no_office(library: Library) -> None:
    library.fill(visit="استقبل كريم حداد الوزير في مطار بغداد يوم الأحد.")
    found = library.find("من استقبل الوزير؟")
    assert found.certainty is Certainty.ANSWER
    assert not found.about_now
