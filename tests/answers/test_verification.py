from pathlib import Path

import pytest

from rag.answers.opening import states_nothing
from rag.answers.verification import Reason, Verdict, verify
from tests.answers.reports import evidence_of, seed, sentence_with

QUESTION = "ماذا عن زيارة باقري؟"
# The verdict, a seed, a part of the sentence that is cited, a statement.
ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "claims.tsv").read_text(encoding="utf-8").splitlines()
]
GOOD = [(int(row[1]), row[2], row[3]) for row in ROWS if row[0] == "supported"]
ALTERED = [(int(row[1]), row[2], row[3]) for row in ROWS if row[0] == "altered"]

BORDER = """طول الحدود

قال الوزير سعيد كريم إن طول الحدود 900 كيلومتر. وأضاف أن المفاوضات بدأت في 3 مايو.
لم توافق الحكومة على الخطة.
وزار كريم دمشق يوم الخميس لمدة أسبوعين. ووصف الزيارة بأنها “خطوة مهمة نحو السلام”.

المصدر: وكالة الأنباء، 7 مايو 2022
"""

MEETING = """زيارة إلى دمشق

التقى وزير الخارجية سعيد كريم الرئيس ناجي حمدان في دمشق. وقال كريم إن الحدود آمنة.
وقال حمدان إن المفاوضات صعبة.
ومن المحتمل أن تبدأ التدريبات في تشرين الثاني.
وسافر الوفد من بغداد إلى دمشق بسبب العاصفة. وارتفعت الصادرات.

المصدر: وكالة الأنباء، 7 مايو 2022
"""


def verdict_of(statement: str, needle: str, question: str = "") -> Verdict:
    evidence = evidence_of(BORDER)
    return verify(statement, [sentence_with(needle, evidence)], evidence, question)


@pytest.mark.parametrize(("number", "needle", "statement"), GOOD)
def test_what_the_source_says_is_supported(number: int, needle: str, statement: str) -> None:
    evidence = seed(number)
    verdict = verify(statement, [sentence_with(needle, evidence)], evidence, QUESTION)
    assert verdict.supported, verdict.reason


@pytest.mark.parametrize(("number", "needle", "statement"), ALTERED)
def test_an_altered_fact_is_refused(number: int, needle: str, statement: str) -> None:
    evidence = seed(number)
    verdict = verify(statement, [sentence_with(needle, evidence)], evidence, QUESTION)
    assert not verdict.supported
    assert verdict.reason


@pytest.mark.parametrize(
    ("statement", "needle", "reason"),
    [
        ("The border is 800 kilometres long.", "900", Reason.NUMBER),
        ("Talks began on 4 May.", "3 مايو", Reason.DATE),
        ("Talks began on 3 May 2021.", "3 مايو", Reason.DATE),
        ("زار كريم دمشق يوم الجمعة.", "الخميس", Reason.DATE),
        ("Minister Gerhard Schroeder spoke about the border.", "900", Reason.NAME),
        ("زار كريم بغداد يوم الخميس.", "الخميس", Reason.NAME),
        ("وصفها بأنها “خطوة سيئة نحو السلام”.", "خطوة", Reason.QUOTATION),
        ("وافقت الحكومة على الخطة.", "لم توافق", Reason.NEGATION),
        ("Karim did not visit Damascus on Thursday.", "الخميس", Reason.NEGATION),
    ],
)
def test_the_reason_is_given(statement: str, needle: str, reason: Reason) -> None:
    assert verdict_of(statement, needle) == Verdict(False, reason)


@pytest.mark.parametrize(
    ("statement", "needle", "reason"),
    [
        ("Defence Minister Said Karim met President Hamdan.", "التقى", Reason.OFFICE),
        ("التقى وزير الدفاع سعيد كريم الرئيس ناجي حمدان.", "التقى", Reason.OFFICE),
        ("Karim said that the negotiations are difficult.", "صعبة", Reason.ATTRIBUTION),
        ("قال كريم إن المفاوضات صعبة.", "صعبة", Reason.ATTRIBUTION),
        ("The exercises began in November.", "المحتمل", Reason.CERTAINTY),
        ("سافر الوفد من بغداد إلى دمشق بسبب الحرب.", "سافر", Reason.DETAIL),
        ("Exports fell.", "ارتفعت", Reason.DIRECTION),
    ],
)
def test_the_reason_is_given_where_the_words_are_there_but_otherwise(
    statement: str, needle: str, reason: Reason
) -> None:
    evidence = evidence_of(MEETING)
    cited = [sentence_with(needle, evidence)]
    assert verify(statement, cited, evidence) == Verdict(False, reason)


@pytest.mark.parametrize(
    ("statement", "needle"),
    [
        ("Foreign Minister Said Karim met President Naji Hamdan in Damascus.", "التقى"),
        ("Hamdan said that the negotiations are difficult.", "صعبة"),
        ("The exercises may begin in November.", "المحتمل"),
        ("سافر الوفد من بغداد إلى دمشق بسبب العاصفة.", "سافر"),
        ("Exports rose.", "ارتفعت"),
    ],
)
def test_the_same_words_as_the_source_has_them_are_supported(statement: str, needle: str) -> None:
    evidence = evidence_of(MEETING)
    assert verify(statement, [sentence_with(needle, evidence)], evidence) == Verdict(True)


@pytest.mark.parametrize(
    ("statement", "needle", "joins"),
    [
        # A name, a number: the sentence before. A year: the date line. A resolved day: the same.
        ("وأضاف سعيد كريم أن الحدود طولها 900 كيلومتر.", "وأضاف", "قال الوزير"),
        ("Talks began on 3 May 2022.", "3 مايو", "7 مايو 2022"),
        ("مفاوضات الحدود بدأت في ۳ می ۲۰۲۲", "3 مايو", "7 مايو 2022"),
    ],
)
def test_what_a_sentence_leans_on_joins_the_citation(
    statement: str, needle: str, joins: str
) -> None:
    verdict = verdict_of(statement.replace("می", "مه"), needle)
    assert verdict.supported, verdict.reason
    assert [joins in sentence.text for sentence in verdict.added] == [True]


def test_the_sentence_before_is_found_across_passages_and_not_in_furniture() -> None:
    evidence = evidence_of("عنوان\n\nبلغ العدد 900 شخص.\nاقرأ أيضا:\nوأضاف أن العمل مستمر.\n")
    second = sentence_with("وأضاف", evidence)
    assert not verify("Their number was 900.", [second], evidence).supported


def test_yesterday_is_resolved_by_the_report_s_own_date() -> None:
    evidence = evidence_of("عنوان\n\nوصل الوفد أمس.\n\nالمصدر: وكالة، 7 مايو 2022\n")
    cited = [sentence_with("أمس", evidence)]
    assert verify("The delegation arrived on 6 May 2022.", cited, evidence).supported
    assert verify("وصل الوفد يوم الجمعة 6 مايو.", cited, evidence).supported
    assert not verify("The delegation arrived on 5 May 2022.", cited, evidence).supported


def test_units_have_to_agree_only_where_both_are_written() -> None:
    assert verdict_of("زيارة كريم استمرت أسبوعين.", "أسبوعين").supported
    assert verdict_of("The visit lasted two weeks.", "أسبوعين").supported
    assert verdict_of("The visit lasted 2 weeks.", "أسبوعين").supported
    assert not verdict_of("The visit lasted two days.", "أسبوعين").supported


def test_a_translated_quotation_is_not_compared_and_one_in_the_original_is() -> None:
    assert verdict_of('He called it "an important step towards peace".', "خطوة").supported
    assert verdict_of("He called it «خطوة مهمة نحو السلام».", "خطوة").supported
    assert not verdict_of("He called it «خطوة كبيرة نحو السلام».", "خطوة").supported
    assert verdict_of("ووصفها بأنها «خطوةٌ مهمّة … السلام».", "خطوة").supported


def test_names_of_the_passage_are_known_and_those_of_the_question_prove_nothing() -> None:
    assert not verdict_of("Gerhard Schroeder is not in it, Karim is.", "900").supported
    asked = "When did Gerhard Schroeder visit Damascus?"
    assert not verdict_of("Gerhard Schroeder visited Damascus.", "الخميس", asked).supported
    assert verdict_of("Said Karim spoke of negotiations.", "3 مايو").supported


@pytest.mark.parametrize(
    "text",
    [
        "According to the reports:",
        "بحسب التقارير:",
        "فيما يلي أهم النقاط:",
        "وفقا للمصادر المتاحة:",
        "در ادامه:",
        "بر اساس گزارش‌ها:",
        "In summary:",
        "First,",
        "Here is a summary.",
    ],
)
def test_an_opening_needs_no_citation(text: str) -> None:
    assert verify(text, []) == Verdict(True)


@pytest.mark.parametrize(
    "text",
    [
        "According to three reports:",
        "According to the report of 17 October:",
        "According to Bagheri:",
        "Yes.",
        "نعم.",
        "Bagheri visited Moscow.",
        "زار باقري موسكو.",
        "The reports do not say so.",
        "بحسب التقارير، زار باقري موسكو.",
        "",
    ],
)
def test_what_states_something_needs_one(text: str) -> None:
    assert verify(text, []) == Verdict(False, Reason.NO_CITATION)


def test_a_heading_may_use_the_words_of_the_question() -> None:
    assert states_nothing("زيارات باقري إلى موسكو:", "ما هي زيارات باقري إلى موسكو؟")
    assert not states_nothing("زار باقري موسكو", "هل زار باقري موسكو؟")
    assert not states_nothing("باقري قاتل:", "ما هي زيارات باقري؟")
