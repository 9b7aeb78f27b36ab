"""What is denied, by negators and by words that deny, on both sides of a citation."""

import pytest

from rag.answers.negation import negation_differs

PAIRS = [
    (
        "دولت هیچ وام خارجی برای این طرح نگرفته است.",
        "The government took out a foreign loan for it.",
    ),
    ("به مناقصه گذاشته نشده است.", "به مناقصه گذاشته شده است."),
    ("ships had not been diverted to Beirut or Haifa", "حُوّلت السفن إلى بيروت وحيفا."),
    ("The harbour master said that the port had not been closed.", "أُغلق الميناء."),
]


@pytest.mark.parametrize(("source", "claim"), PAIRS)
def test_a_claim_of_what_the_source_denies_differs(source: str, claim: str) -> None:
    assert negation_differs(claim, source)


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("He found 63 vessels but did not find any inscriptions.", "He found 63 vessels."),
        ("إن الموقع لن يُفتح قبل عام 2025", "سيبقى الموقع مغلقاً حتى عام 2025."),
        ("“We did not pay, and we will not,” she said.", "“We did not pay, and we will not.”"),
        ("وزارتخانه پیشنهاد را رد کرد.", "وزارتخانه پیشنهاد را نپذیرفت."),
        ("The minister ruled out an order.", "صدور فرمان را منتفی دانست."),
        ("It called the walkout unjustified.", "وصف الإضراب بأنه غير مبرر."),
        ("لم يتجاوز منسوب السدود 18 في المئة.", "The dams were no more than 18 percent full."),
        (
            "صادرات نفت ایران به ۲ میلیون بشکه رسید.",
            "Iran's oil exports reached two million barrels.",
        ),
    ],
)
def test_a_paraphrase_of_a_denial_does_not_differ(source: str, claim: str) -> None:
    assert not negation_differs(claim, source)


def test_a_denial_that_the_source_has_not_differs() -> None:
    assert negation_differs("Inflation was no longer under control.", "التضخم ما زال تحت السيطرة.")
    assert negation_differs(
        "The talks ended without any commitment.", "أسفرت المحادثات عن التزامات."
    )


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The court ruled on the appeal.", "The court did not rule on the appeal on Monday."),
        ("The contractor finished the road.", "The contractor did not finish the road."),
    ],
)
def test_words_that_only_begin_like_a_denial_excuse_nothing(claim: str, source: str) -> None:
    assert negation_differs(claim, source)


def test_to_rule_out_is_a_denial() -> None:
    assert not negation_differs(
        "The minister ruled out a delay.", "There will not be a delay, the minister said."
    )


@pytest.mark.parametrize(
    ("claim", "source", "differs"),
    [
        ("لم تضم الدفعة سوى 72 شخصا.", "ضمت الدفعة 72 شخصا فقط.", False),
        ("لم يحضر إلا ثلاثة نواب.", "حضر ثلاثة نواب فقط.", False),
        ("The group had only 72 people.", "لم تضم الدفعة سوى 72 شخصا.", False),
        ("لم تضم الدفعة 72 شخصا.", "لم تضم الدفعة سوى 72 شخصا.", True),
        ("لم يحضر ثلاثة نواب.", "حضر ثلاثة نواب فقط.", True),
    ],
)
def test_what_an_exception_takes_back_is_no_denial(claim: str, source: str, differs: bool) -> None:
    assert negation_differs(claim, source) is differs
