"""What is counted of answers, and what the counts say."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.admin.figures import Figures, bars, counts_of, percentile
from rag.answers.answer import Mode, Usage, Withheld
from tests.bot.doubles import answered


def test_an_answer_is_counted() -> None:
    answer = answered(
        mode=Mode.ABSTAINED,
        withheld=(Withheld("x", "no citation"),),
        usage=Usage(prompt_tokens=10, completion_tokens=5),
        milliseconds={"total": 900},
    )
    figures = Figures.of([counts_of(answer), counts_of(answered())])
    assert (figures.questions, figures.abstained, figures.withheld) == (2, 1, 1)
    assert (figures.tokens, figures.errors) == (15, 0)
    assert figures.median == pytest.approx(0.9, rel=0.2)


def test_small_talk_is_no_question() -> None:
    talk = answered(kind="talk", usage=Usage(prompt_tokens=1, completion_tokens=1))
    assert counts_of(talk) == {"tokens": 2}
    assert Figures.of([]).median is None


@given(st.lists(st.integers(1, 3_600_000), min_size=1, max_size=60), st.sampled_from([0.5, 0.95]))
@settings(max_examples=100)
def test_percentiles_are_exact_to_a_fifth(times: list[int], share: float) -> None:
    counts: Counter[str] = Counter()
    for time in times:
        counts.update(counts_of(answered(milliseconds={"total": time})))
    exact = sorted(times)[max(0, -int(-share * len(times) // 1) - 1)] / 1000
    found = percentile(counts, share)
    assert found is not None
    assert exact * 0.999 <= found <= exact * 1.2001


def test_a_day_without_questions_is_a_bar_too() -> None:
    counts = counts_of(answered()) + counts_of(answered(mode=Mode.NEAREST)) + Counter(errors=2)
    shown = bars({9: counts}, last=10, count=3)
    assert [bar.day for bar in shown] == [8, 9, 10]
    assert (shown[1].answered, shown[1].nearest, shown[1].abstained, shown[1].errors) == (
        1,
        1,
        0,
        2,
    )
    assert shown[2].answered == 0
