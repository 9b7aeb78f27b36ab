import pytest

from rag.answers.places import unknown_place
from rag.answers.pool import pool_of

SOURCE = "زار اللواء محمد باقري العاصمة الروسية موسكو بعد طهران والتقى بالجيش التركي"


def place_of(claim: str, cited: str = SOURCE, around: str = "", passages: str = "") -> str | None:
    everything = pool_of(f"{cited}\n{around}")
    return unknown_place(claim, cited, pool_of(cited), everything, passages)


@pytest.mark.parametrize(
    ("claim", "unknown"),
    [
        ("He flew to Delhi.", "delhi"),
        ("He flew to Egypt.", "egypt"),
        ("They met near the Strait of Hormuz.", "strait of hormuz"),
        ("سافر باقري إلى الهند.", "الهند"),
        ("قال الرئيس الأوكراني ذلك.", "الاوكراني"),
        ("The Turkish army was there.", None),
        ("باقری به ترکیه رفت.", None),
        ("سافر باقري إلى روسيا.", None),
    ],
)
def test_a_place_has_to_be_in_the_source(claim: str, unknown: str | None) -> None:
    assert place_of(claim) == unknown


def test_a_capital_stands_for_its_government_and_not_for_another_town() -> None:
    source = "رفضت إيران الاقتراح."
    assert place_of("Tehran turned the proposal down.", source) is None
    assert place_of("The proposal was turned down in Tehran.", source) == "tehran"
    assert place_of("Ankara turned the proposal down.", source) == "ankara"


def test_a_place_is_not_exchanged_for_one_of_the_context() -> None:
    cited, before = "وُقع الاتفاق في طهران.", "وصل الوفد إلى بكين."
    assert place_of("The deal was signed in Beijing.", cited, before) == "beijing"
    assert place_of("Back from Beijing, they signed it in Tehran.", cited, before) is None


def test_a_part_of_a_name_is_no_place() -> None:
    assert place_of("وصل محمد باقري.", "وصل باقري.", "", "اللواء محمد باقري") is None


def test_a_verb_after_a_negation_is_no_place() -> None:
    source = "لم تصدر المحكمة قرارها بشأن الاستئناف."
    assert place_of("لم تبت المحكمة في الاستئناف.", source) is None
    assert place_of("ولن تبت فيه قبل الصيف.", source) is None
    assert place_of("وصل الوفد إلى تبت.", source) == "تبت"
