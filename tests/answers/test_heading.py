"""Headings state nothing that nobody checks: a noun phrase in the question's words, or a claim."""

import pytest

from rag.answers.dictation import Dictation
from rag.answers.drafting import composed
from rag.answers.opening import states_nothing
from rag.answers.verification import Reason
from rag.text.language import language_of
from tests.answers.reports import evidence_of


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("زيارات باقري إلى موسكو:", "ما هي زيارات باقري إلى موسكو؟"),
        ("نتائج زيارة باقري إلى روسيا:", "ما نتائج زيارة باقري إلى روسيا؟"),
        ("الاتفاقات مع روسيا:", "ما هي الاتفاقات مع روسيا؟"),
        ("في موسكو:", "ماذا فعل باقري في موسكو وإسلام آباد؟"),
        ("Bagheri's visits to Moscow:", "What are Bagheri's visits to Moscow?"),
        (
            "Agreements between Iran and Russia:",
            "What are the agreements between Iran and Russia?",
        ),
        ("In Moscow:", "What did Bagheri do in Moscow and Islamabad?"),
        ("سفرهای باقری به مسکو:", "سفرهای باقری به مسکو کدامند؟"),
        ("موضوع‌های رایزنی در پاکستان:", "موضوع‌های رایزنی باقری در پاکستان چه بود؟"),
        ("در مسکو:", "باقری در مسکو و اسلام‌آباد چه کرد؟"),
    ],
)
def test_a_noun_phrase_in_the_question_s_words_is_a_heading(heading: str, question: str) -> None:
    assert states_nothing(heading, question)


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        # Asked for yes or no, the question's own words are the answer.
        ("Paulo Reis was arrested in Rome:", "Was Paulo Reis arrested in Rome?"),
        ("The arrest of Paulo Reis in Rome:", "Was the arrest of Paulo Reis in Rome legal?"),
        ("Iran did attack Russia:", "Did Russia attack Iran or did Iran attack Russia?"),
        ("Russia:", "Which country attacked Iran, Russia or Turkey?"),
        ("باقري وقع عقد الأسلحة مع روسيا:", "هل وقع باقري عقد الأسلحة مع روسيا؟"),
        ("باقري قاتل:", "هل باقري قاتل؟"),
        ("باقری در مسکو بازداشت شد:", "آیا باقری در مسکو بازداشت شد؟"),
        ("بازداشت باقری در مسکو:", "آیا بازداشت باقری در مسکو درست است؟"),
        # A verb makes a statement of it, whatever is asked.
        ("Paulo Reis was arrested in Rome:", "When was Paulo Reis arrested in Rome?"),
        ("Paulo Reis arrested in Rome:", "When was Paulo Reis arrested in Rome?"),
        ("Arrested in Rome:", "Who was arrested in Rome?"),
        ("Bagheri signed the agreement:", "What did Bagheri sign besides the agreement?"),
        ("Bagheri met Shoigu:", "Where did Bagheri, who met Shoigu, stay?"),
        ("Russia attack Iran:", "When did Russia attack Iran?"),
        ("Bagheri to sign with Russia:", "What will Bagheri sign with Russia?"),
        ("وقع باقري عقد الأسلحة مع روسيا:", "متى وقع باقري عقد الأسلحة مع روسيا؟"),
        ("باقري زار موسكو:", "متى زار باقري موسكو؟"),
        ("باقري قاتل:", "لماذا باقري قاتل؟"),
        ("باقری در مسکو بازداشت شد:", "باقری کی در مسکو بازداشت شد؟"),
        ("باقری در مسکو بازداشت:", "باقری کی در مسکو بازداشت شد؟"),
        ("باقری به مسکو رسید:", "باقری کی به مسکو رسید؟"),
        # Who did it to whom is exchanged.
        ("Iran's attack on Russia:", "When was the attack on Russia in Iran?"),
    ],
)
def test_what_tells_something_is_no_heading(heading: str, question: str) -> None:
    assert not states_nothing(heading, question)


REPORT = evidence_of(
    """باقري في موسكو

وصل اللواء محمد باقري إلى موسكو في 17 أكتوبر. والتقى باقري وزير الدفاع سيرغي شويغو.
"""
)


@pytest.mark.parametrize(
    ("question", "heading", "item"),
    [
        (
            "Was Bagheri arrested in Moscow?",
            "Bagheri was arrested in Moscow:",
            "Bagheri arrived in Moscow on 17 October",
        ),
        (
            "هل وقع باقري عقد الأسلحة مع شويغو؟",
            "باقري وقع عقد الأسلحة مع شويغو:",
            "التقى باقري شويغو",
        ),
        (
            "آیا باقری در مسکو بازداشت شد؟",
            "باقری در مسکو بازداشت شد:",
            "باقری در ۱۷ اکتبر به مسکو رسید",
        ),
    ],
)
def test_an_answer_in_the_form_of_a_heading_does_not_reach_the_reader(
    question: str, heading: str, item: str
) -> None:
    taken = Dictation(REPORT, question, language_of(question), {})
    number = "1.2" if "شويغو" in item else "1.1"
    shown = [*taken.hear(f"{heading}\n- {item} [{number}]."), *taken.end()]
    assert all(heading not in text for text in shown)
    made = composed(taken.pieces)
    assert [(one.text, one.reason) for one in made.withheld] == [(heading, Reason.NO_CITATION)]
    assert made.lost_first
