"""Names put where the source has others, and names that are only written otherwise."""

import pytest

from rag.answers.pool import pool_of_all
from rag.answers.renaming import renamed
from rag.answers.transliteration import is_same_name
from rag.text.folding import folded_words

ARABIC = "قالت مديرة المتحف مريم الشامسي إن القطع نقلت إلى المتحف الوطني في صلالة."
ENGLISH = "The group, known as Black Heron, was blamed by Andreas Kyprianou of the port authority."
PERSIAN = "مریم دشتی، نماینده اهواز، از شرکت هیرمندوک انتقاد کرد."


def changed(claim: str, source: str) -> str | None:
    return renamed(claim, [source], [source], pool_of_all([source]))


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("قالت مريم النعيمي إن القطع نقلت.", ARABIC),
        ("The pieces were taken to the national museum in Muscat.", ARABIC),
        ("اتهم أندرياس كبريانو مجموعة بلاك فينيكس.", ENGLISH),
        ("انتقدت مريم رستمي الشركة.", PERSIAN),
        ("مریم دشتی از شرکت ترانسول انتقاد کرد.", PERSIAN),
        ("نماینده اهواز از باشگاه الریحانی انتقاد کرد.", PERSIAN),
    ],
)
def test_a_name_in_the_place_of_another_is_told(claim: str, source: str) -> None:
    assert changed(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("قالت مريم الشامسي إن القطع نقلت.", ARABIC),
        ("Maryam al-Shamsi said the pieces were moved to Salalah.", ARABIC),
        ("قالت مريم إن القطع نقلت.", ARABIC),
        ("مجموعة بلاك هيرون هي المسؤولة، بحسب أندرياس كبريانو.", ENGLISH),
        ("انتقدت مريم دشتي شركة هيرمندوك.", PERSIAN),
        ("این گروه بین‌المللی البته مسئول است.", ENGLISH),
    ],
)
def test_a_name_written_otherwise_is_none(claim: str, source: str) -> None:
    assert changed(claim, source) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("لامبير", "Lambert"), ("شویگو", "شويغو"), ("داود", "Daoud"), ("رستگار", "رستغار")],
)
def test_one_name_is_written_in_several_ways(one: str, other: str) -> None:
    assert is_same_name(folded_words(one)[0], folded_words(other)[0])


@pytest.mark.parametrize(("one", "other"), [("رستمي", "دشتي"), ("Banda", "Mumba")])
def test_two_names_are_not_one(one: str, other: str) -> None:
    assert not is_same_name(folded_words(one)[0], folded_words(other)[0])
