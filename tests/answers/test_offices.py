import pytest

from rag.answers.office_names import offices_in
from rag.answers.offices import office_differs, unknown_holder
from rag.answers.pool import pool_of

SOURCE = (
    "التقى وزير الدفاع السوري سمير حمدان نائب وزير الخارجية العراقي فاضل الربيعي وقائد البحرية."
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Iraqi foreign minister spoke.", ["foreign minister"]),
        ("the deputy minister of foreign affairs", ["deputy foreign minister"]),
        ("قال وزير الخارجية العراقي", ["foreign minister"]),
        ("بدعوة من رئيس الوزراء", ["prime minister"]),
        ("دعا للقاء رئيس أركان الجيش", ["military chief"]),
        ("the commander of the Iraqi Navy", ["navy commander"]),
        ("وزیر امور خارجهٔ عراق و نخست‌وزیر", ["foreign minister", "prime minister"]),
        ("وصل الوفد وإلى جانبه خبراء", []),
        ("The presidents' palace is old.", []),
    ],
)
def test_offices_have_one_name_in_all_languages(text: str, names: list[str]) -> None:
    assert [name for _, _, name in offices_in(text)] == names


@pytest.mark.parametrize(
    "claim",
    [
        "Samir Hamdan, Syria's defence minister, met Fadel al-Rubaie.",
        "التقى وزير الدفاع سمير حمدان المسؤول العراقي.",
        "سمیر حمدان، وزیر دفاع سوریه، با معاون وزیر خارجهٔ عراق دیدار کرد.",
        "The navy commander was there.",
    ],
)
def test_an_office_of_the_source_is_kept(claim: str) -> None:
    assert not office_differs(claim, [SOURCE], [])


@pytest.mark.parametrize(
    "claim",
    [
        "Samir Hamdan, Syria's foreign minister, met an Iraqi official.",
        "Foreign Minister Fadel Rubaie met Samir Hamdan.",
        "التقى رئيس الوزراء سمير حمدان المسؤول العراقي.",
        "سمیر حمدان، رئیس‌جمهور سوریه، دیدار کرد.",
        "The air force commander was there.",
    ],
)
def test_another_office_is_refused(claim: str) -> None:
    assert office_differs(claim, [SOURCE], [])


def test_an_office_may_be_told_elsewhere_in_the_passage() -> None:
    claim = "Prime Minister Hisham Nasir spoke."
    assert office_differs(claim, ["قال هشام ناصر ذلك."], [])
    assert not office_differs(claim, ["قال هشام ناصر ذلك."], ["وصل رئيس الوزراء هشام ناصر."])


def test_a_name_beside_an_office_has_to_be_known() -> None:
    pool = pool_of(SOURCE)
    assert (
        unknown_holder("قال وزير الدفاع السوري سمير حمدان ذلك.", pool, same_language=True) is None
    )
    assert unknown_holder("قال وزير الدفاع السوري بهجت قرطاسي ذلك.", pool, same_language=True)
