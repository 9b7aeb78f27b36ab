import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rag.text.folding import folded_words
from rag.text.stems import is_arabic_script, light_stem, root
from tests.text.writing import arabic_words, latin_words, thorough


def stems(text: str) -> set[str]:
    return {light_stem(word) for word in folded_words(text)}


def roots(text: str) -> set[str]:
    return {root(word) for word in folded_words(text)}


@pytest.mark.parametrize(
    "forms",
    [
        "مدرسة المدرسة بالمدرسة والمدرسة للمدرسة",
        "مناورات المناورات والمناورات مناورة بالمناورات",
        "معلم المعلم معلمون المعلمين معلمات والمعلمة",
        "عسكري عسكرية العسكريين العسكريون",
        "negotiation negotiations negotiated negotiating",
        "agree agreed agrees",
    ],
)
def test_article_prefixes_and_endings_leave_the_stem_alone(forms: str) -> None:
    assert len(stems(forms)) == 1


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ("كتب كاتب كتاب مكتوب مكتبة يكتبون كتبوا", "كتب"),
        ("خدم استخدام يستخدم مستخدم", "خدم"),
        ("درس مدرسة دراسة الدراسات مدرس", "درس"),
        ("نخب انتخاب الانتخابات ينتخب انتخبوا", "نخب"),
        ("جمع اجتماع يجتمع المجتمع اجتمعوا", "جمع"),
    ],
)
def test_words_of_one_family_have_one_root(forms: str, expected: str) -> None:
    assert roots(forms) == {expected}


def test_words_of_different_families_have_different_roots() -> None:
    families = "مكتوب مدرسة اجتماع استخدام انتخاب محفوظ"
    assert len(roots(families)) == len(families.split())


@pytest.mark.parametrize(
    "line",
    # Folded word, light stem, root.
    """
    المدرسه مدرس درس | وللوزير وزير وزر | فالمعلم معلم علم | كالكتاب كتاب كتب | لل لل لل
    معلموها معلمو علمو | كتبه كتب كتب | وال وال وال | الي ال الي | هانه هان هنه | ابنه ابن ابن
    ولد ولد ولد | وواحد واحد وحد | وولي ول ولي | وكتب كتب كتب | ودع ودع ودع
    كتبتم كتبتم كتب | كتابكم كتابكم كتب | كتبتمل كتبتمل كتب | سيكتب سيكتب كتب | نكتب نكتب كتب
    استقبال استقبال قبل | انقسام انقسام قسم | متفاوض متفاوض فوض | مفتاح مفتاح فتح | فضيحه فضيح فضح
    دحرج دحرج دحرج | تدحرج تدحرج دحرج | زلزله زلزل زلزل | ترجمه ترجم رجم | انتخابي انتخاب تخب
    متفرقين متفرق تفرق | طالبان طالب طلب | سنتين سنت سنت | حدود حدود حدد | جا جا جا | يد يد يد
    """.replace("\n", "|").split("|"),
)
def test_words_keep_the_stem_and_the_root_that_stored_indexes_have(line: str) -> None:
    if line.strip():
        word, stem, its_root = line.split()
        assert (light_stem(word), root(word)) == (stem, its_root)


@thorough
@given(st.one_of(arabic_words, latin_words))
def test_every_word_has_a_stem_and_a_root_no_longer_than_itself(word: str) -> None:
    for form in (light_stem(word), root(word)):
        assert 0 < len(form) <= len(word) + (not is_arabic_script(word))


@thorough
@given(arabic_words, st.sampled_from(["ال", "وال", "بال", "كال", "فال", "لل", "ولل"]))
def test_a_word_with_and_without_the_article_has_one_stem(word: str, article: str) -> None:
    assume(len(word) >= 2 and not word.startswith(("و", "ال", "لل", "بال", "كال", "فال")))
    assert light_stem(article + word) == light_stem(word)


@pytest.mark.parametrize(
    ("word", "arabic"), [("باقري", True), ("چین", True), ("bagheri", False), ("2021", False)]
)
def test_the_script_of_a_word_is_told(word: str, arabic: bool) -> None:
    assert is_arabic_script(word) is arabic


@pytest.mark.parametrize("word", ["2021", "12", "7", "москва", "北京"])
def test_numbers_and_other_scripts_are_their_own_stems(word: str) -> None:
    assert light_stem(word) == root(word) == word
