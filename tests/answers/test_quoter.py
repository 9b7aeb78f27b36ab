"""Answers made of quotations, from sentences chosen by hand."""

import re

import pytest

from rag.answers.answer import ClaimKind, Mode
from rag.answers.citing import LONGEST_QUOTE
from rag.answers.quoter import Quoted, abstain, pick, quote, without_marks
from rag.answers.responder import WORDS, quoted_response
from rag.documents.evidence import Evidence
from rag.retrieval.choice import Chosen
from rag.retrieval.kinds import Kind
from tests.answers.reports import evidence_of
from tests.library import Library


def chosen(text: str, *scores: float, name: str = "report.txt") -> list[Chosen]:
    """The sentences of a text with their scores, best first."""
    (passage,) = evidence_of(text, name)
    return best(passage, *scores)


def best(passage: Evidence, *scores: float) -> list[Chosen]:
    found = [
        Chosen(sentence, passage, score, score, frozenset())
        for sentence, score in zip(passage.sentences, scores, strict=False)
    ]
    return sorted(found, key=lambda one: -one.score)


def quoted(
    found: list[Chosen], kind: Kind = Kind.QUESTION, language: str = "ar", *, certain: bool = True
) -> Quoted:
    answer = quote(kind, found, language, WORDS, certain=certain, also={})
    check(answer)
    return answer


def check(answer: Quoted) -> None:
    """What holds for every answer of quotations."""
    shown = [int(number) for number in re.findall(r"\[(\d+)\]", answer.text)]
    assert list(dict.fromkeys(shown)) == [one.n for one in answer.citations.all]
    assert sorted(shown) == sorted(set(shown))
    for claim in answer.claims:
        assert claim.kind is ClaimKind.QUOTE
        (number,) = claim.citations
        citation = answer.citations.all[number - 1]
        assert claim.text == without_marks(citation.quote)
        assert f"«{' '.join(claim.text.split())}» [{number}]" in answer.text
        assert len(citation.quote) <= LONGEST_QUOTE


def lines(answer: Quoted) -> list[str]:
    return [re.sub(r"^• |«|»| \[\d+\]$", "", line) for line in answer.text.splitlines()]


THREE = "الأولى هنا. الثانية هنا. الثالثة هنا. الرابعة هنا. الخامسة هنا."


def test_the_best_sentence_is_the_answer() -> None:
    answer = quoted(chosen(THREE, 0.2, 1.0, 0.3))
    assert (answer.mode, answer.text) == (Mode.QUOTED, "«الثانية هنا.» [1]")


def test_sentences_near_the_best_are_quoted_too_but_no_more_than_three() -> None:
    answer = quoted(chosen(THREE, 0.9, 0.2, 1.0, 0.1, 0.8))
    assert lines(answer) == ["الثالثة هنا.", "الأولى هنا.", "الخامسة هنا."]
    assert len(quoted(chosen(THREE, 1, 0.99, 0.98, 0.97, 0.96)).claims) <= 3


def test_without_certainty_the_two_nearest_are_quoted_as_such() -> None:
    for language, opening in (
        ("ar", "لا تقول الوثائق هذا. أقرب ما فيها:"),
        ("en", "The documents do not say this. Closest:"),
        ("fa", "اسناد این را نمی‌گویند. نزدیک‌ترین مطلب:"),
    ):
        answer = quoted(
            chosen(THREE, 0.9, 0.1, 1.0, 0.1, 0.8), Kind.SUMMARY, language, certain=False
        )
        assert answer.mode is Mode.NEAREST
        assert lines(answer) == [opening, "الثالثة هنا.", "الأولى هنا."]


def test_where_nothing_was_chosen_there_is_nothing_to_say() -> None:
    for language in ("ar", "en", "fa"):
        answer = quote(Kind.QUESTION, [], language, WORDS, certain=True, also={})
        assert answer == abstain(language, WORDS) or answer.text == abstain(language, WORDS).text
        assert (answer.mode, answer.claims, answer.citations.all) == (Mode.ABSTAINED, (), ())
        assert answer.text == WORDS("abstained", language)


@pytest.mark.parametrize(
    ("language", "opening"),
    [
        ("ar", None),
        ("en", "The documents say (in Arabic):"),
        ("fa", "اسناد (به عربی) می‌گویند:"),
    ],
)
def test_a_quotation_in_another_language_is_announced(language: str, opening: str | None) -> None:
    answer = quoted(chosen("وصل الوزير إلى المدينة.", 1.0), language=language)
    assert answer.text.splitlines()[0] == (opening or "«وصل الوزير إلى المدينة.» [1]")


def test_quotations_in_two_languages_are_announced_as_quotations() -> None:
    both = [
        *chosen("وصل الوزير إلى المدينة.", 1.0),
        *chosen("He arrived there.", 0.9, name="b.txt"),
    ]
    assert quoted(both, language="en").text.splitlines()[0] == "The documents say:"


def test_a_bracketed_number_of_the_text_is_not_taken_for_a_citation() -> None:
    answer = quoted(chosen("ولد في بغداد[12] عام 1950[ 3 ]، ومات[٤] فيها.", 1.0))
    assert "بغداد(12) عام 1950(3)، ومات(٤) فيها." in answer.text
    assert answer.citations.all[0].quote == "ولد في بغداد[12] عام 1950[ 3 ]، ومات[٤] فيها."
    assert answer.claims[0].text == "ولد في بغداد(12) عام 1950(3)، ومات(٤) فيها."


def test_a_sentence_that_leans_comes_with_the_one_before_it() -> None:
    text = "وصلت كارولين روز أمس. وقالت إن الزيارة مهمة. والجو جميل اليوم."
    assert lines(quoted(chosen(text, 0.1, 1.0, 0.2))) == [
        "وصلت كارولين روز أمس. وقالت إن الزيارة مهمة."
    ]


def test_a_list_comes_whole_with_what_announces_it() -> None:
    text = "ناقش الجانبان عدة مواضيع:\nــ الدفاع.\nــ مكافحة الإرهاب.\nثم غادرا."
    answer = quoted(chosen(text, 1.0, 0.1, 0.1, 0.1))
    assert (
        answer.citations.all[0].quote == "ناقش الجانبان عدة مواضيع:\nــ الدفاع.\nــ مكافحة الإرهاب."
    )
    assert "مواضيع: ــ الدفاع. ــ مكافحة الإرهاب." in answer.text


def test_a_list_too_long_to_quote_is_cut_at_a_whole_item() -> None:
    items = "\n".join(f"- البند {'الطويل ' * 8}رقم {number}." for number in range(11))
    answer = quoted(chosen(f"أهم البنود:\n{items}", 1.0))
    (citation,) = answer.citations.all
    assert citation.quote.startswith("أهم البنود:\n- البند")
    assert citation.quote.endswith(".")


def test_no_sentence_is_quoted_twice() -> None:
    text = "وصلت كارولين روز أمس. وقالت إن الزيارة مهمة."
    for scores in ((1.0, 0.9), (0.9, 1.0)):
        spans = [(one.start, one.end) for one in quoted(chosen(text, *scores)).citations.all]
        assert all(
            one[1] <= other[0] or other[1] <= one[0]
            for place, one in enumerate(spans)
            for other in spans[:place]
        )


def test_one_text_is_quoted_once_however_it_is_spelt() -> None:
    same = [
        *chosen("وصل الوزير إلى المدينة.", 1.0, name="a.txt"),
        *chosen("وصل الوزير الى المدينه.", 0.99, name="b.txt"),
    ]
    assert len(quoted(same).claims) == 1


def test_what_is_told_of_another_place_is_not_quoted_along() -> None:
    (passage,) = evidence_of("بقي في روسيا أربعة أيام. وبقي في باكستان ثلاثة أيام.")
    russia, pakistan = passage.sentences
    found = [
        Chosen(russia, passage, 1.0, 1.0, frozenset({"روسيا"})),
        Chosen(pakistan, passage, 0.95, 1.0, frozenset()),
    ]
    assert lines(quoted(found)) == ["بقي في روسيا أربعة أيام."]


def test_a_sentence_without_the_form_of_an_answer_is_quoted_only_where_none_has_it() -> None:
    (passage,) = evidence_of("رحب الوزير بالضيف. وصل الضيف في 12 أكتوبر.")
    welcome, arrival = passage.sentences
    without = Chosen(welcome, passage, 1.0, 1.0, frozenset(), fits=False)
    dated = Chosen(arrival, passage, 0.95, 1.0, frozenset())
    assert lines(quoted([without, dated])) == ["وصل الضيف في 12 أكتوبر."]
    assert lines(quoted([without])) == ["رحب الوزير بالضيف."]


def test_a_timeline_goes_by_date_and_leaves_out_what_has_none() -> None:
    text = "عاد في 2021. بدأ في 2017. لا تاريخ هنا. زار في مايو 2018."
    answer = quoted(chosen(text, 1.0, 0.9, 0.95, 0.8), Kind.TIMELINE)
    assert lines(answer) == ["بدأ في 2017.", "زار في مايو 2018.", "عاد في 2021."]
    assert all(line.startswith("• ") for line in answer.text.splitlines())


def test_a_timeline_without_any_date_is_what_there_is() -> None:
    answer = quoted(chosen("بدأ العمل. ثم انتهى.", 1.0, 0.9), Kind.TIMELINE)
    assert len(answer.claims) == 2


def test_a_comparison_hears_every_side() -> None:
    both = [
        *chosen("الأولى عن روسيا. الثانية عن روسيا. الثالثة عن روسيا.", 1.0, 0.9, 0.85),
        *chosen("واحدة عن الصين.", 0.6, name="b.txt"),
    ]
    answer = quoted(both, Kind.COMPARISON)
    assert [one.file for one in answer.citations.all] == ["report.txt"] * 3 + ["b.txt"]


def test_a_summary_goes_by_file_and_place() -> None:
    both = sorted(
        [
            *chosen("ألف هنا. باء هنا. تاء هنا.", 0.8, 0.7, 0.9, name="b.txt"),
            *chosen("جيم هنا. دال هنا.", 0.75, 1.0, name="a.txt"),
        ],
        key=lambda one: -one.score,
    )
    answer = quoted(both, Kind.SUMMARY)
    places = [(one.file, one.start) for one in answer.citations.all]
    assert places == sorted(places)
    assert len(pick(Kind.SUMMARY, both)) == 5


def test_a_quotation_over_lines_is_shown_on_one() -> None:
    answer = quoted(chosen("أهم البنود:\n- واحد.\n- اثنان.", 1.0))
    assert "\n" in answer.citations.all[0].quote
    assert "\n" not in answer.text


def test_other_files_with_the_text_are_named() -> None:
    answer = quote(
        Kind.QUESTION,
        chosen("وصل الوزير.", 1.0),
        "ar",
        WORDS,
        certain=True,
        also={"report.txt": ("copy.txt",)},
    )
    assert answer.citations.all[0].also == ("copy.txt",)


@pytest.mark.parametrize(
    "question", ["How many days did Haddad stay in Russia?", "حداد چند روز در روسیه ماند؟"]
)
def test_days_in_one_country_are_no_answer_about_another(library: Library, question: str) -> None:
    library.fill(
        north="وصل حداد إلى روسيا يوم الأحد. وجاء ذلك بعد انتهاء حداد من زيارة مماثلة لباكستان، "
        "استمرت أربعة أيام، التقى فيها رئيس الوزراء.",
        south="ولقد أجرى حداد خلال إقامته في روسيا التي استمرت خمسة أيام محادثات عن التجارة.",
    )
    response = quoted_response(library.find(question))
    assert "خمسة أيام" in response.citations[0].quote
