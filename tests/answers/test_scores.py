import pytest

from rag.answers.scores import of_other_matches, scores


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("فاز الوداد على الرجاء 2-1 في النهائي.", "2-1"),
        ("Arden lost 0–3 to Milford.", "3-0"),
        ("تیم شهباز ۲ بر ۱ از تیم الوند برد.", "2-1"),
    ],
)
def test_a_score_is_read_with_the_larger_number_first(text: str, value: str) -> None:
    assert [one.value for one in scores(text)] == [value]


@pytest.mark.parametrize(
    "text", ["The talks took 2-3 days.", "He won it on 3-6-2024.", "won 2019-2020", "won 12-15%"]
)
def test_a_range_and_a_date_are_no_scores(text: str) -> None:
    assert list(scores(text)) == []


def test_a_final_is_no_semi_final_and_a_cup_no_league() -> None:
    assert of_other_matches("won the cup final", "won the semi-final of the cup")
    assert of_other_matches("نهائي الكأس", "نصف نهائي الكأس")
    assert of_other_matches("در لیگ برد", "در جام برد")
    assert not of_other_matches("won the cup final", "won the final")
