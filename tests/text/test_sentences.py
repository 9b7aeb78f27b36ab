from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.sentences import LONGEST, Span, sentences
from tests.text.writing import arabic_words, digit_families, in_digits, latin_words, texts, thorough

LINE_ENDS = ["\n", "\r\n", "\r", "\u2028", "\u2029"]

words = st.one_of(arabic_words, latin_words)
crowded_texts = st.lists(
    st.one_of(
        words,
        st.sampled_from((". ", "؟ ", "؛", "…", "۔", "! ", "\n", "\r\n", "، ", "»", "د. ", "1. ")),
        st.sampled_from(["كلمة " * 150, "كلمة، " * 130, "ا" * 700, " " * 700]),
    ),
    max_size=25,
).map("".join)


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@thorough
@given(st.one_of(texts, crowded_texts), st.data())
def test_sentences_are_in_order_and_leave_out_nothing_but_white_space(
    text: str, data: st.DataObject
) -> None:
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    for first, last in ((0, len(text)), (start, end)):
        spans = sentences(text, first, last)
        assert all(span.start < span.end for span in spans)
        assert all(one.end <= other.start for one, other in pairwise(spans))
        borders = [first, *(place for span in spans for place in (span.start, span.end)), last]
        between = "".join(text[a:b] for a, b in zip(borders[::2], borders[1::2], strict=True))
        assert not between.replace("\ufeff", "").replace("\u200b", "").strip()


@thorough
@given(st.one_of(texts, crowded_texts))
def test_no_sentence_is_too_long_to_quote_or_has_white_space_around_it(text: str) -> None:
    for span in sentences(text):
        assert len(span) <= LONGEST
        assert span.of(text) == span.of(text).strip()


@thorough
@given(st.lists(words, min_size=1, max_size=400))
def test_text_without_any_mark_is_cut_between_words(some: list[str]) -> None:
    text = " ".join(some)
    assert [word for sentence in split(text) for word in sentence.split()] == some


def test_a_long_sentence_is_cut_at_a_comma_rather_than_at_a_space() -> None:
    clause = "وقال الوزير إن البلدين اتفقا على تعزيز التعاون بينهما في المجالات كافة، "
    pieces = split(clause * 20 + "ثم غادر.")
    assert len(pieces) > 1
    assert all(piece.endswith("،") for piece in pieces[:-1])


def test_one_endless_word_is_cut_where_it_has_to_be() -> None:
    text = "ا" * (3 * LONGEST + 1)
    assert "".join(split(text)) == text


@pytest.mark.parametrize("line_end", LINE_ENDS)
def test_every_kind_of_line_end_ends_a_sentence(line_end: str) -> None:
    lines = ["العنوان بلا نقطة", "قال د.", "3.", "The end"]
    assert split(line_end.join(lines)) == lines
    assert split((line_end * 2 + " ").join(lines)) == lines


@pytest.mark.parametrize(
    "text",
    [
        "وصل الوزير.| ثم غادر.",
        "هل وصل الوزير؟| نعم!| غادر.",
        "هل وصل؟!| لا.",
        "وصل الوزير؛| وغادر الوفد.",
        "وصل الوزير…| وغادر الوفد...| ثم عاد.",
        "وزیر رسید۔| سپس رفت.",
        "هل وصل؟|نعم",
        "قال: «وصل الوزير.»| ثم غادر.",
        "وقال “وصل الوزير”.| ثم غادر.",
        "وصل (مع وفد).| ثم غادر.",
        "عقد الاجتماع في عام 2018.| ثم غادر.",
        "بلغت النسبة 3.5.| ثم ارتفعت.",
        "وزیر به تهران رسید.| او فردا می‌رود.| چرا؟",
        "He came on 5 May 2019.| Then he left!| Why?",
        "“Why did he come?”| she asked.",
        "See www.example.com.| Then decide.",
        "جاء في بيان الاستخبارات.|جاء ذلك أمس.",
        "كان ذلك ضرورياً.|وأضاف الوزير.",
        "قال إنه “سيعود”.|وأضاف الوزير.",
        "The answer was no.| Then he left.",
    ],
)
def test_sentences_end_at_the_marks_of_three_languages(text: str) -> None:
    assert split(text.replace("|", "")) == [part.strip() for part in text.split("|")]


@pytest.mark.parametrize(
    "text",
    [
        "قال د. محمد باقري كلمته",
        "قال أ. محمد وأ.د. سعيد كلمتهما",
        "قال د. أحمد ود. محمود كلمتهما",
        "حضر م. أحمد من القاهرة",
        "في سنة 200 ق.م. كانت المدينة",
        "بلغت النسبة 3.5 في المئة",
        "بلغت النسبة ٣.٥ في المئة",
        "Dr. Smith met Gen. Bajwa and Mr. Khan",
        "J. K. Rowling wrote it",
        "J.K. Rowling wrote it",
        "The U.S. Army and the U.N. agreed",
        "The U.S.A. and Washington D.C. agreed",
        "It began at 5 p.m. on Monday",
        "No. 5 is alive",
        "Oct. 12 was the day",
        "i.e. this, e.g. that",
        "He has a Ph.D. in law",
        "اقرأ https://example.com/a?b=c.d;e!f في الموقع",
        "pic.twitter.com/4c2zp0MafE هنا",
        "النسخة 2.1.3 صدرت",
        "write to someone@example.org today",
    ],
)
def test_a_mark_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert split(text) == [text]


@thorough
@given(st.integers(1, 99), digit_families, st.sampled_from(["", "  ", "\t"]))
def test_the_number_of_a_list_item_stays_with_its_item(
    number: int, family: str, indent: str
) -> None:
    item = in_digits(f"{number}. تطوير التعاون الدفاعي", family)
    assert split(f"الموضوعات:\n{indent}{item}\n{item}") == ["الموضوعات:", item, item]


@pytest.mark.parametrize("line_end", LINE_ENDS)
def test_the_number_of_a_list_item_stays_with_it_after_every_line_end(line_end: str) -> None:
    items = ["الموضوعات:", "1. تطوير التعاون", "2. مكافحة الإرهاب"]
    assert split(line_end.join(items)) == items


@pytest.mark.parametrize("item", ["1.2. تطوير التعاون", "- 1. تطوير التعاون", "أ. تطوير التعاون"])
def test_other_list_numbers_stay_with_their_items_too(item: str) -> None:
    assert split(f"الموضوعات:\n{item}") == ["الموضوعات:", item]


@thorough
@given(st.decimals(0, 10_000, places=2), digit_families)
def test_a_decimal_number_is_never_cut(number: object, family: str) -> None:
    text = in_digits(f"بلغت النسبة {number} في المئة", family)
    assert split(text) == [text]


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\t", "\ufeff", "\u200b \n"])
def test_white_space_has_no_sentences(text: str) -> None:
    assert sentences(text) == []


def test_a_part_of_a_text_has_its_own_sentences_at_their_places_in_the_whole() -> None:
    text = "أولا. ثانيا. ثالثا."
    assert sentences(text, 6, 13) == [Span(6, 12)]
    assert Span(6, 12).of(text) == "ثانيا."
