import pytest

from rag.retrieval.certainty import Certainty, certainty
from rag.retrieval.coverage import sought
from rag.retrieval.question import analyse
from tests.library import Library
from tests.retrieval.passages import chosen


def certainty_of(
    library: Library, text: str, own: str = "", *, in_context: bool = False
) -> Certainty:
    question = analyse(text)
    words = sought(question, library.snapshot.lexical)
    found = library.search(text)
    mine = frozenset(analyse(own or text).folded)
    return certainty(
        words, mine, found, chosen(question, words, found), in_context=in_context
    )


@pytest.mark.parametrize(
    "text",
    [
        "من هي كارولين روز؟",
        "كم دامت زيارة باقري إلى روسيا؟",
        "شكد طول الحدود بين ايران وباكستان؟",
        "Who is Caroline Rose?",
        "سفیر روسیه در تهران چه نام دارد؟",
    ],
)
def test_a_question_about_the_documents_is_answerable(seeds_library: Library, text: str) -> None:
    assert certainty_of(seeds_library, text) is Certainty.ANSWER


@pytest.mark.parametrize(
    "text",
    [
        "ما مقادير الكبسة السعودية وطريقة طبخها؟",
        "من أحرز كأس العالم لكرة القدم عام 2022؟",
        "What is the boiling point of water?",
        "قورمه‌سبزی را چطور بپزم؟",
        "؟!",
    ],
)
def test_a_question_about_something_else_is_not(seeds_library: Library, text: str) -> None:
    assert certainty_of(seeds_library, text) is Certainty.NOTHING


def test_a_follow_up_about_something_else_is_not_carried_by_the_names_before_it(
    seeds_library: Library,
) -> None:
    own = "ومن فاز في مباراة ريال مدريد وبرشلونة الأخيرة؟"
    whole = f"{own} (باقري باكستان)"
    assert certainty_of(seeds_library, whole, own, in_context=True) is Certainty.NOTHING
    own = "وكم يوما مكث هناك؟"
    whole = f"{own} (باقري موسكو)"
    assert certainty_of(seeds_library, whole, own, in_context=True) is Certainty.ANSWER


def test_where_nothing_was_found_there_is_nothing() -> None:
    assert certainty((), frozenset(), [], [], in_context=True) is Certainty.NOTHING
