import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.documents.evidence import Evidence
from rag.index.lexical import LexicalIndex
from rag.retrieval.certainty import Calibration, Certainty, certainty, evidence_score
from rag.retrieval.coverage import sought
from rag.retrieval.question import analyse
from tests.library import Library
from tests.retrieval.passages import chosen, passage


def certainty_of(
    library: Library, text: str, own: str = "", *, in_context: bool = False
) -> Certainty:
    question = analyse(text)
    words = sought(question, library.snapshot.lexical)
    found = library.search(text)
    mine = frozenset(analyse(own or text).folded)
    return certainty(words, mine, found, chosen(question, words, found), in_context=in_context)


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


# What the collection's self-test found

MEASURED = Calibration(60, "local-3-512", 0.4, 0.3)

numbers = st.floats(allow_nan=False, allow_infinity=False)


@given(st.builds(Calibration, st.integers(0), st.text(), numbers, numbers))
def test_what_was_stored_is_read(measured: Calibration) -> None:
    assert Calibration.from_json(measured.to_json()) == measured


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "null",
        "1",
        "[]",
        "[1, 2]",
        "{}",
        '"least"',
        "{",
        '{"files": 60, "embedding": "x", "least": 0.4}',
        '{"files": 60, "embedding": "x", "least": 0.4, "vector_weight": 0.3, "newer": 1}',
        '{"files": 60, "embedding": "x", "least": null, "vector_weight": 0.3}',
        '{"files": 60, "embedding": "x", "least": "much", "vector_weight": 0.3}',
        '{"files": "60", "embedding": "x", "least": 0.4, "vector_weight": 0.3}',
        '{"files": [], "embedding": "x", "least": 0.4, "vector_weight": 0.3}',
        '{"files": 60, "embedding": "x", "least": NaN, "vector_weight": 0.3}',
        '{"files": 60, "embedding": "x", "least": 0.4, "vector_weight": Infinity}',
    ],
)
def test_what_cannot_be_read_is_as_good_as_none(stored: str) -> None:
    assert Calibration.from_json(stored) is None


@given(
    st.text()
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ).map(json.dumps)
)
def test_rubbish_is_never_taken_for_a_calibration(stored: str) -> None:
    assert Calibration.from_json(stored) is None


@pytest.mark.parametrize(
    ("files", "fits"), [(60, True), (72, True), (73, False), (48, True), (47, False), (0, False)]
)
def test_it_speaks_of_the_collection_until_more_than_a_fifth_changed(
    files: int, fits: bool
) -> None:
    assert MEASURED.fits(files, "local-3-512") is fits
    assert not MEASURED.fits(files, "another")


def scored(*scores: float) -> list[Evidence]:
    return [passage(f"وصل الوزير رقم {place}.", score) for place, score in enumerate(scores)]


def test_the_evidence_is_the_best_score_and_its_lead() -> None:
    assert evidence_score([]) == 0
    assert evidence_score(scored(0.5)) == 1
    assert evidence_score(scored(0.5, 0.3, 0.1)) == pytest.approx(0.8)
    assert evidence_score(scored(0.5, 0.5, 0.5)) == pytest.approx(0.5)
    ten = scored(*[0.5] * 10)
    assert evidence_score([*ten, *scored(*[0.1] * 30)]) == evidence_score(ten)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=14))
def test_the_evidence_grows_with_the_best_score(scores: list[float]) -> None:
    best, *rest = sorted(scores, reverse=True)
    whole = evidence_score(scored(best, *rest))
    assert best - 1e-9 <= whole <= 2 * best + 1e-9
    assert evidence_score(scored(min(1, best + 0.1), *rest)) >= whole


@pytest.mark.parametrize(
    ("least", "sure"),
    [
        (0.0, Certainty.ANSWER),
        (0.99, Certainty.ANSWER),
        (1.1, Certainty.NEAREST),
        (1.33, Certainty.NEAREST),
        (1.34, Certainty.NOTHING),
    ],
)
def test_of_a_calibrated_collection_its_own_measure_decides(least: float, sure: Certainty) -> None:
    assert sure_of_one_passage(least, in_context=False) is sure


@pytest.mark.parametrize("least", [0.5, 1.1, 1.2, 1.5])
def test_in_a_conversation_less_is_enough(least: float) -> None:
    assert sure_of_one_passage(least, in_context=True) is sure_of_one_passage(
        0.8 * least, in_context=False
    )


def sure_of_one_passage(least: float, *, in_context: bool) -> Certainty:
    """How sure a single passage with half of a question is, its evidence being 1."""
    question = analyse("من وصل إلى المدينة؟")
    words = sought(question, LexicalIndex([], []))
    found = [passage("وصل الوزير إلى المدينة.", 0.5)]
    return certainty(
        words,
        frozenset(question.folded),
        found,
        chosen(question, words, found),
        in_context=in_context,
        calibration=Calibration(60, "x", least, 0.0),
    )
