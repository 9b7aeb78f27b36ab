"""The forms of words lead to the word that a lexicon has."""

import pytest

from rag.answers.inflection import bases, forms
from rag.text.folding import fold


@pytest.mark.parametrize(
    ("word", "listed"),
    [
        # Arabic: what stands before a word, who owns it, how many it is of.
        ("والعسكريين", "عسكري"),
        ("إيرانيون", "ايراني"),
        ("مدرستهم", "مدرسة"),
        ("مدرستين", "مدرسة"),
        ("سياراتهم", "سيارات"),
        ("كتابهما", "كتاب"),
        ("معلمين", "معلم"),
        ("بكتابه", "كتاب"),
        ("للوزير", "وزير"),
        # Verbs of another person and of another time.
        ("وسيكتبون", "يكتب"),
        ("نكتب", "يكتب"),
        ("تكتبه", "يكتب"),
        ("كتبوا", "كتب"),
        ("فكتبت", "كتب"),
        ("يستبدل", "استبدل"),
        ("يكتب", "كتب"),
        # Persian: plurals, ezafe, comparison, verbs, what is joined to a noun.
        ("کتابها", "كتاب"),
        ("کتابهایشان", "كتاب"),
        ("بزرگترین", "بزرگ"),
        ("بزرگتر", "بزرگ"),
        ("دوستان", "دوست"),
        ("کتابش", "كتاب"),
        ("میرفت", "رفت"),
        ("نمیخواند", "خواند"),
        ("میگفته", "گفت"),
        ("تاییدشده", "تاييد"),
        ("سرمایهگذاری", "سرمايه"),
    ],
)
def test_a_form_in_arabic_script_leads_to_its_word(word: str, listed: str) -> None:
    assert fold(listed) in forms(fold(word))


@pytest.mark.parametrize(
    ("word", "listed"),
    [
        ("books", "book"),
        ("watches", "watch"),
        ("countries", "country"),
        ("ended", "end"),
        ("closed", "close"),
        ("carried", "carry"),
        ("ending", "end"),
        ("closing", "close"),
        ("planned", "plan"),
        ("running", "run"),
        ("bigger", "big"),
        ("largest", "large"),
        ("quickly", "quick"),
        ("wrote", "write"),
    ],
)
def test_a_form_of_an_english_word_leads_to_it(word: str, listed: str) -> None:
    assert listed in bases(word)
    assert forms(word) == bases(word)


@pytest.mark.parametrize("word", ["book", "كتاب", "من", "is", "ها"])
def test_a_word_is_the_first_of_its_own_forms_and_none_is_repeated(word: str) -> None:
    found = forms(fold(word))
    assert found[0] == fold(word)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("word", ["منها", "بها", "ابن", "لهم", "نان"])
def test_what_is_left_of_a_short_word_is_no_form(word: str) -> None:
    assert all(len(form) >= 3 for form in forms(fold(word))[1:])
