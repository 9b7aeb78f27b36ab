import pytest

from rag.retrieval.choice import Chosen, leading, with_list
from rag.retrieval.coverage import sought
from rag.retrieval.question import analyse
from rag.retrieval.reading import has_cue, leans
from rag.text.function_words import Asked
from tests.library import Library
from tests.retrieval.passages import chosen, passage

VISIT = """زيارة باقري إلى موسكو

وصل رئيس الأركان محمد باقري إلى موسكو. واستمرت الزيارة أربعة أيام. وقال إن المحادثات كانت جيدة.
وكان في استقباله وزير الدفاع. كما عاد يوم 21 أكتوبر إلى بلاده.
"""


def best(library: Library, question: str, *texts: str) -> list[Chosen]:
    asked = analyse(question)
    return chosen(asked, sought(asked, library.snapshot.lexical), [passage(text) for text in texts])


@pytest.fixture
def visits(library: Library) -> Library:
    return library.fill(visit=VISIT, other="افتتح الوزير مكتبة الموصل يوم الخميس.")


@pytest.mark.parametrize(
    ("question", "needle"),
    [
        ("كم دامت زيارة باقري؟", "أربعة أيام"),
        ("How long did the visit last?", "أربعة أيام"),
        ("مدت سفر چند روز بود؟", "أربعة أيام"),
        ("متى عاد إلى بلاده؟", "21 أكتوبر"),
        ("من وصل إلى موسكو؟", "محمد باقري"),
    ],
)
def test_the_sentence_that_answers_is_chosen(visits: Library, question: str, needle: str) -> None:
    assert needle in best(visits, question, VISIT)[0].sentence.text


def test_every_sentence_is_judged_once_and_the_best_comes_first(visits: Library) -> None:
    chosen = best(visits, "كم دامت الزيارة؟", VISIT, "افتتح الوزير مكتبة.")
    assert len(chosen) == len({one.sentence for one in chosen}) == 6
    assert [one.score for one in chosen] == sorted((one.score for one in chosen), reverse=True)
    assert all(0 <= one.coverage <= 1 + 1e-9 for one in chosen)


def test_a_better_passage_lifts_its_sentences(visits: Library) -> None:
    asked = analyse("باقري موسكو")
    words = sought(asked, visits.snapshot.lexical)
    text = "وصل باقري إلى موسكو."
    found = chosen(asked, words, [passage(text, 0.4, "b.txt"), passage(text, 0.9, "a.txt")])
    assert [one.sentence.source.path for one in found] == ["a.txt", "b.txt"]


def test_of_nothing_nothing_is_chosen(visits: Library) -> None:
    assert best(visits, "باقري") == []
    assert leading([]) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "وقال إن المحادثات جيدة.",
        "وقالت: “مع اشتداد ذلك”.",
        "“وأضاف أن بلاده تتعاون”.",
        "وهو جماعة متطرفة.",
        "لذلك تحسنت العلاقات.",
        "بعد ذلك زار إسلام أباد.",
        "He said so.",
        "This visit matters.",
        "The visit lasted four days.",
        "واستمرت الزيارة أربعة أيام.",
        "او در تهران بود.",
    ],
)
def test_a_sentence_leans_on_the_one_before_it(sentence: str) -> None:
    assert leans(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "وقالت كارولين روز إن الزيارة مهمة.",
        "وصل باقري إلى موسكو.",
        "Visits matter.",
        "Theory is grey.",
        "وهبة الزحيلي عالم سوري.",
        "آنکارا پایتخت ترکیه است.",
    ],
)
def test_a_sentence_that_names_its_subject_does_not(sentence: str) -> None:
    assert not leans(sentence)


def test_a_list_comes_with_the_sentence_that_announces_it() -> None:
    found = passage(
        "ناقش الجانبان:\nــ الدفاع.\nــ مكافحة الإرهاب.\nوتوصل الجانبان إلى اتفاق.\n- ليس منها."
    )
    assert [one.text for one in with_list(found, 0)] == [
        "ناقش الجانبان:",
        "ــ الدفاع.",
        "ــ مكافحة الإرهاب.",
    ]
    assert len(with_list(found, 3)) == 1


@pytest.mark.parametrize(
    ("kind", "text", "has"),
    [
        (Asked.WHEN, "في 17 أكتوبر وصل.", True),
        (Asked.WHEN, "كان ذلك في 2018.", True),
        (Asked.WHEN, "وصل أمس الأحد.", True),
        (Asked.WHEN, "وصل إلى موسكو.", False),
        (Asked.HOW_MANY, "شارك 35 جنديا.", True),
        (Asked.HOW_MANY, "شارك ثلاثة جنود.", True),
        (Asked.HOW_MANY, "في 17 أكتوبر 2018 وصل.", False),
        (Asked.HOW_MANY, "عام 2018 وصل.", False),
        (Asked.HOW_LONG, "بقي أربعة أيام.", True),
        (Asked.HOW_LONG, "It lasted 3 weeks.", True),
        (Asked.HOW_LONG, "بقي يومين.", True),
        (Asked.HOW_LONG, "التقى أربعة وزراء.", False),
        (Asked.WHO, "باقري", False),
    ],
)
def test_a_sentence_has_the_form_of_an_answer_or_not(kind: Asked, text: str, has: bool) -> None:
    assert has_cue(kind, passage(text).sentences[0]) == has


def test_for_a_summary_the_sentences_that_open_passages_come_first() -> None:
    chosen = leading([passage("أول. ثان.", name="a.txt"), passage("ثالث. رابع.", name="b.txt")])
    assert [one.sentence.text for one in chosen] == ["أول.", "ثالث.", "ثان.", "رابع."]
