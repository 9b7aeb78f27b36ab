"""Names across scripts: the quick way of finding the words that may write a name."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.answers.transliteration import is_same_name, same_names, spellings
from rag.text.folding import folded_words

NAMES = folded_words(
    "محمد باقري لباقري شويغو الأراء موسكو إسلام أباد بزشكيان عراقچی گروسی پوتین وحيد "
    "Bagheri Mohammad Shoigu Moscow Islamabad Pezeshkian Araghchi Grossi Putin Vahid Oui Aiyo "
    "report reports said city الوفد والمدينة أو آيه"
)
LETTERS = "abceghiklmnorstuvz" + "ابتجدرسشعغفقكلمنهوي" + "پچژگ"
WORDS = st.lists(
    st.one_of(st.sampled_from(NAMES), st.text(LETTERS, min_size=1, max_size=9)), max_size=12
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.sampled_from(NAMES), st.text(LETTERS, min_size=1, max_size=9)), WORDS)
def test_the_words_that_may_write_a_name_are_those_that_a_search_through_all_finds(
    name: str, words: list[str]
) -> None:
    assert same_names(name, frozenset(words)) == {
        word for word in words if is_same_name(name, word)
    }


def test_letters_that_may_be_silent_are_no_empty_word() -> None:
    assert "" not in spellings("gh")
    assert same_names("gh", frozenset(NAMES)) == set()


def test_a_name_is_found_in_the_other_script() -> None:
    assert same_names("bagheri", frozenset(NAMES)) >= {"باقري", "لباقري"}
