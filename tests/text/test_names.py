from itertools import groupby

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rag.text.folding import folded_words
from rag.text.names import may_write, same_name, shared_skeleton, skeletons
from tests.text.writing import arabic_words, latin_words, thorough

# Letters that every transliteration writes alike.
PLAIN = dict(zip("bdrzsfklmnt", "بدرزسفكلمنت", strict=True))
VOWELS = {"": "", "a": "", "aa": "ا", "i": "", "ee": "ي", "u": "", "oo": "و", "e": "", "o": "و"}


@st.composite
def names_in_two_scripts(draw: st.DrawFn) -> tuple[str, str]:
    consonants = draw(st.text("".join(PLAIN), min_size=2, max_size=6))
    assume(len(list(groupby(consonants))) >= 2)
    latin = arabic = ""
    for consonant in consonants:
        vowel = draw(st.sampled_from(sorted(VOWELS)))
        latin += consonant + vowel
        arabic += PLAIN[consonant] + VOWELS[vowel]
    return latin, arabic


def folded(name: str) -> str:
    (word,) = folded_words(name)
    return word


@pytest.mark.parametrize(
    ("latin", "other"),
    [
        ("Bagheri", "باقري"),
        ("Bagheri", "باقری"),
        ("Bagheri", "Baqeri"),
        ("Munir", "منير"),
        ("Bajwa", "باجوا"),
        ("Imran", "عمران"),
        ("Khan", "خان"),
        ("Zarif", "ظريف"),
        ("Hatami", "حاتمي"),
        ("Shoigu", "شويغو"),
        ("Caroline", "كارولين"),
        ("Trump", "ترامب"),
        ("Karachi", "كراتشي"),
        ("Chabahar", "تشابهار"),
        ("Nangarhar", "ننجرهار"),
        ("Taliban", "طالبان"),
        ("Erdoğan", "أردوغان"),
        ("Zelensky", "زيلينسكي"),
        ("Guterres", "غوتيريش"),
        ("Putin", "بوتين"),
        ("Alexander", "ألكسندر"),
        ("Schröder", "شرودر"),
        ("Pezeshkian", "پزشکیان"),
        ("Ghalibaf", "قالیباف"),
        ("Mohammad", "محمد"),
        ("Muhammed", "محمد"),
    ],
)
def test_a_name_is_known_in_another_script(latin: str, other: str) -> None:
    assert same_name(folded(latin), folded(other))
    assert may_write(folded(latin), folded(other))


@pytest.mark.parametrize(
    ("latin", "other"),
    [("Javad", "جواد"), ("Javed", "جاويد"), ("Tanveer", "تنوير"), ("Navid", "نويد")],
)
def test_a_v_written_as_waw_is_known_too(latin: str, other: str) -> None:
    assert same_name(folded(latin), folded(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bagheri", "منير"),
        ("Bagheri", "باكستان"),
        ("Putin", "لافروف"),
        ("Moscow", "طهران"),
        ("Iran", "العراق"),
        ("Trump", "بايدن"),
        ("2021", "2022"),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert not same_name(folded(one), folded(other))


@pytest.mark.parametrize(
    ("latin", "other"),
    [("Putin", "بتعاون"), ("Karim", "كروم"), ("Bonn", "بيانان")],
)
def test_a_long_vowel_that_a_name_has_not_is_another_word(latin: str, other: str) -> None:
    assert same_name(folded(latin), folded(other))
    assert not may_write(folded(latin), folded(other))


@pytest.mark.parametrize(
    ("latin", "other"),
    [
        ("Javad", "جواد"),
        ("Biden", "بايدن"),
        ("Pfizer", "فايزر"),
        ("Khrushchev", "خروتشوف"),
        ("Putin", "وبوتين"),
        ("Bloomberg", "لبلومبرغ"),
        ("Steven", "ستيفن"),
    ],
)
def test_whatever_vowels_are_said_may_be_written(latin: str, other: str) -> None:
    assert may_write(folded(latin), folded(other))


@thorough
@given(names_in_two_scripts())
def test_a_name_spelt_letter_by_letter_is_known_whatever_its_vowels(names: tuple[str, str]) -> None:
    latin, arabic = names
    assert same_name(latin, arabic)
    assert same_name(arabic, latin)
    assert may_write(latin, arabic)
    assert shared_skeleton(latin, arabic) == shared_skeleton(arabic, latin)


@thorough
@given(
    names_in_two_scripts(),
    st.sampled_from(["و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "فال", "كال"]),
)
def test_a_prefix_does_not_hide_a_name(names: tuple[str, str], prefix: str) -> None:
    latin, arabic = names
    assume(len(arabic) >= 3)
    # A name that begins as an article does loses that too.
    assume(not arabic.startswith(("ال", "وال", "بال", "فال", "كال", "لل")))
    assert same_name(latin, prefix + arabic)


@thorough
@given(st.one_of(arabic_words, latin_words), st.one_of(arabic_words, latin_words))
def test_sharing_a_name_is_mutual(one: str, other: str) -> None:
    assert same_name(one, other) == same_name(other, one)
    assert len(skeletons(one)) == len(set(skeletons(one)))


@pytest.mark.parametrize("word", ["يا", "اي", "oa", "a", "م", "2021"])
def test_too_little_to_tell_a_name_by_has_no_skeleton(word: str) -> None:
    assert skeletons(word) == ()
    assert not same_name(word, word)
