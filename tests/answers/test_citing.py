import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answers.citing import LONGEST_QUOTE, Citations, in_order, joined
from rag.documents.evidence import Evidence, Sentence
from rag.text.sentences import Span
from tests.answers.reports import evidence_of, seed

FURNISHED = """عنوان الخبر هنا

الجملة الأولى. الجملة الثانية. الجملة الثالثة.
اقرأ أيضا:
الجملة الرابعة.
الجملة الخامسة.
"""


def sentences_of(passages: tuple[Evidence, ...]) -> list[Sentence]:
    return [sentence for one in passages for sentence in one.sentences]


ONE, TWO, THREE, FOUR, FIVE = sentences_of(evidence_of(FURNISHED))


def quotes(sentences: list[Sentence]) -> list[str]:
    return [one.text for one in joined(sentences)]


def test_neighbours_make_one_citation() -> None:
    assert quotes([ONE, TWO]) == ["الجملة الأولى. الجملة الثانية."]
    assert quotes([TWO, ONE]) == quotes([ONE, TWO]) == quotes([ONE, TWO, ONE])
    assert quotes([FOUR, FIVE]) == ["الجملة الرابعة.\nالجملة الخامسة."]


def test_a_sentence_in_between_keeps_two_apart() -> None:
    assert quotes([ONE, THREE]) == ["الجملة الأولى.", "الجملة الثالثة."]


def test_furniture_in_between_breaks_a_citation() -> None:
    assert quotes([THREE, FOUR]) == ["الجملة الثالثة.", "الجملة الرابعة."]


def test_citations_come_in_the_order_in_which_they_are_mentioned() -> None:
    assert quotes([FIVE, ONE, THREE]) == ["الجملة الخامسة.", "الجملة الأولى.", "الجملة الثالثة."]
    assert quotes([THREE, ONE, TWO]) == ["الجملة الأولى. الجملة الثانية. الجملة الثالثة."]


def test_sentences_of_two_files_are_never_joined() -> None:
    (one,) = sentences_of(evidence_of("نص واحد.", "a.txt"))
    (two,) = sentences_of(evidence_of("نص واحد.", "b.txt"))
    assert len(joined([one, two])) == 2


def test_a_run_ends_where_it_would_grow_too_long() -> None:
    long = " ".join(f"{'كلمة ' * 40}رقم {number}." for number in range(6))
    parts = joined(sentences_of(evidence_of(long)))
    assert len(parts) > 1
    assert all(len(one.span) <= LONGEST_QUOTE for one in parts)


SEED_SENTENCES = [sentence for number in range(5) for sentence in sentences_of(seed(number))]


@given(st.lists(st.sampled_from(SEED_SENTENCES), max_size=14))
def test_citations_are_exact_and_hold_what_was_cited_and_nothing_else(
    cited: list[Sentence],
) -> None:
    parts = joined(cited)
    for part in parts:
        own = [
            one
            for one in SEED_SENTENCES
            if one.source.path == part.source.path
            and part.span.start <= one.span.start
            and one.span.end <= part.span.end
        ]
        assert own
        assert set(own) <= set(cited)
        assert part.text == part.source.text[part.span.start : part.span.end]
        assert "".join(part.text.split()) == "".join("".join(one.text for one in own).split())
        assert len(part.span) <= LONGEST_QUOTE
    covered = {(one.source.path, at) for one in parts for at in range(one.span.start, one.span.end)}
    assert all((one.source.path, one.span.start) in covered for one in cited)
    assert sum(len(one.span) for one in parts) == len(covered)


@given(st.lists(st.lists(st.sampled_from(SEED_SENTENCES), min_size=1, max_size=4), max_size=6))
def test_numbers_go_up_from_1_in_order_of_first_appearance(groups: list[list[Sentence]]) -> None:
    citations = Citations()
    shown = [number for group in groups for number in citations.cite(group)]
    assert in_order(shown)
    assert [one.n for one in citations.all] == sorted(set(shown))
    texts = {one.source.path: one.source.text for one in SEED_SENTENCES}
    for one in citations.all:
        assert texts[one.file][one.start : one.end] == one.quote
        assert one.line == len(texts[one.file][: one.start].split("\n"))


def test_what_is_cited_again_keeps_its_number() -> None:
    citations = Citations()
    assert citations.cite([THREE]) == (1,)
    assert citations.cite([ONE, TWO]) == (2,)
    assert citations.cite([THREE]) == (1,)
    assert citations.cite([THREE, ONE]) == (1, 3)


def test_a_citation_says_all_that_is_known_of_its_place() -> None:
    text = "زيارة باقري\n\nوصل باقري إلى موسكو.\nالمصدر: وكالة، نشر بتاريخ 18 أكتوبر 2021\n"
    sentence = sentences_of(evidence_of(text, "a/b.txt"))[0]
    citations = Citations({"a/b.txt": ("copy.txt",)})
    assert citations.cite([sentence]) == (1,)
    (one,) = citations.all
    assert (one.file, one.also, one.title) == ("a/b.txt", ("copy.txt",), "زيارة باقري")
    assert (one.quote, one.line, one.page) == ("وصل باقري إلى موسكو.", 3, None)
    assert one.date == "2021-10-18"
    assert one.date_from
    assert text[slice(*one.date_from)] == "18 أكتوبر 2021"
    assert (one.encoding, one.translation, one.sha256) == ("utf-8", None, "0" * 64)


def test_nothing_is_cited_of_nothing() -> None:
    citations = Citations()
    assert citations.cite([]) == ()
    assert citations.all == ()


@pytest.mark.parametrize(
    ("numbers", "fine"),
    [([], True), ([1, 1, 2, 1, 3], True), ([2], False), ([1, 3], False), ([2, 1], False)],
)
def test_the_order_of_numbers(numbers: list[int], fine: bool) -> None:
    assert in_order(numbers) == fine


def test_a_span_of_a_citation_counts_characters_not_bytes() -> None:
    text = "🙂🙂 أهلا بكم.\u2028وصل الوزير إلى المدينة."
    citations = Citations()
    citations.cite(sentences_of(evidence_of(text))[-1:])
    (one,) = citations.all
    assert text[one.start : one.end] == one.quote == "وصل الوزير إلى المدينة."
    assert Span(one.start, one.end).of(text) == one.quote
