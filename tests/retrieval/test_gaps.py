import pytest

from rag.retrieval.coverage import sought
from rag.retrieval.gaps import has_gap
from rag.retrieval.question import analyse
from tests.library import Library
from tests.retrieval.passages import chosen


def gap(library: Library, text: str) -> bool:
    question = analyse(text)
    words = sought(question, library.snapshot.lexical)
    return has_gap(question, words, chosen(question, words, library.search(text)))


@pytest.mark.parametrize(
    "text",
    [
        "كم يوما بقي باقري في روسيا؟",
        "ما طول الحدود بين إيران وباكستان؟",
        "متى وصل باقري إلى موسكو؟",
        "When did Ali Bagheri Kani go to Islamabad?",
        "باقری در کراچی از چه جاهایی بازدید کرد؟",
        "لماذا زار باقري موسكو؟",
        "هل زار باقري الصين؟",
        "How long did Bagheri's visit to Pakistan last?",
        "كم دامت زيارة باقري لإسلام أباد؟",
        "Who is the Russian ambassador in Tehran?",
        "ماذا قالت كارولين روز؟",
        "متى استولت طالبان على أفغانستان؟",
    ],
)
def test_what_the_documents_tell_has_no_gap(seeds_library: Library, text: str) -> None:
    assert not gap(seeds_library, text)


@pytest.mark.parametrize(
    "text",
    [
        "متى زار باقري تركيا؟",
        "هل زار باقري تركيا؟",
        "آیا باقری به عربستان سفر کرد؟",
        "When did Bagheri leave Moscow?",
        "من اغتال الجنرال باقري؟",
        "نخست‌وزیر روسیه کیست؟",
        "ماذا قال شويغو لباقري؟",
        "How old is General Bagheri?",
        "من هو رئيس جامعة طهران؟",
        "كم ملعبا لكرة القدم في باكستان؟",
        "Which vaccine did Bagheri receive in Islamabad?",
        "باقری در اسلام‌آباد چه فیلمی دید؟",
    ],
)
def test_the_right_names_without_what_is_asked_for_are_a_gap(
    seeds_library: Library, text: str
) -> None:
    assert gap(seeds_library, text)
