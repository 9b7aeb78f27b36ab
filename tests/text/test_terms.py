from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.folding import fold, folded_words
from rag.text.stems import light_stem
from rag.text.terms import Family, family_of, grams, term_key, term_vector, terms_of, word_keys
from tests.text.writing import arabic_words, latin_words, thorough

word_lists = st.lists(st.one_of(arabic_words, latin_words), max_size=12)


def counted(words: list[str]) -> Counter[int]:
    vector = term_vector(words)
    return Counter(dict(zip(vector.keys.tolist(), vector.counts.tolist(), strict=True)))


def likeness(one: str, other: str) -> float:
    """The share of terms that two texts have in common."""
    a, b = counted(folded_words(one)), counted(folded_words(other))
    return (a & b).total() / (a | b).total()


@thorough
@given(st.sampled_from(Family), st.text(max_size=20))
def test_a_term_knows_its_family(family: Family, feature: str) -> None:
    key = term_key(family, feature)
    assert family_of(np.array([key], dtype=np.uint64)).tolist() == [family]


def test_the_same_feature_in_two_families_is_two_terms() -> None:
    assert len({term_key(family, "كتب") for family in Family}) == len(Family)


def test_terms_are_the_same_in_every_process_so_that_a_stored_index_stays_valid() -> None:
    assert term_key(Family.GRAM, "_كت") == 799674796431852604
    assert term_key(Family.NAME, "2bkr") == 8568972998069504265


@thorough
@given(st.text("abcd", min_size=1, max_size=12))
def test_grams_cover_a_word_with_its_borders(word: str) -> None:
    found = list(grams(word))
    assert all(gram in f"_{word}_" for gram in found)
    assert {len(gram) for gram in found} <= {3, 4}
    assert set("".join(found)) == {"_", *word}


@thorough
@given(word_lists)
def test_counts_and_lengths_are_those_of_the_words(words: list[str]) -> None:
    vector = term_vector(words)
    every = [key for word in words for key in word_keys(word).tolist()]
    assert counted(words) == Counter(every)
    assert vector.keys.tolist() == sorted(set(every))
    families = family_of(np.array(every, dtype=np.uint64)).tolist()
    assert vector.lengths == tuple(families.count(family) for family in Family)


@thorough
@given(word_lists, word_lists)
def test_the_terms_of_two_texts_together_are_those_of_each_added(
    one: list[str], other: list[str]
) -> None:
    assert counted(one + other) == counted(other + one) == counted(one) + counted(other)


def test_a_month_in_numbers_is_found_by_its_name_too() -> None:
    words, vector = terms_of("الاجتماع 12/10/2021")
    assert words == ("الاجتماع", "12", "10", "2021")
    for month, found in (("أكتوبر", True), ("اکتبر", True), ("ديسمبر", False)):
        key = term_key(Family.STEM, light_stem(fold(month)))
        assert (key in vector.keys.tolist()) is found, month


def test_a_text_without_words_has_no_terms() -> None:
    vector = term_vector([])
    assert len(vector.keys) == len(vector.counts) == 0
    assert vector.lengths == (0,) * len(Family)


@pytest.mark.parametrize(
    ("one", "other", "stranger"),
    [
        ("زِيـارَة باقِرى", "زيارة باقري", "مناورات بحرية"),
        ("إنتخابات", "انتخابات", "مفاوضات"),
        ("اسلام أباد", "إسلام آباد", "موسكو"),
        ("المناورات", "مناوره", "الوزراء"),
        ("أفغانستان", "افغنستان", "باكستان"),
        ("negotiations", "negotiated", "exercise"),
        ("Bagheri", "باقري", "عاصم"),
    ],
)
def test_what_is_spelt_alike_shares_more_terms_than_what_is_not(
    one: str, other: str, stranger: str
) -> None:
    assert likeness(one, other) > 2 * likeness(one, stranger)
