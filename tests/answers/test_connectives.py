import pytest

from rag.answers.connectives import points_back, without_connective


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("However, Bagheri left.", "Bagheri left."),
        ("But in addition, talks began.", "Talks began."),
        ("ومع ذلك، فإن باقري غادر.", "إن باقري غادر."),
        ("لكن باقري غادر.", "باقري غادر."),
        ("غير أن إيران رفضت.", "إيران رفضت."),
        ("اما باقری رفت.", "باقری رفت."),
        ("با این حال، باقری رفت.", "باقری رفت."),
        ("Butter is cheap.", "Butter is cheap."),
        ("ولي العهد السعودي زار إيران.", "ولي العهد السعودي زار إيران."),
        ("However", "However"),
    ],
)
def test_connectives_are_taken_off(text: str, rest: str) -> None:
    assert without_connective(text) == rest


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("He left.", True),
        ("However, this visit was short.", True),
        ("وهذه الزيارة كانت قصيرة.", True),
        ("وأضاف أن الزيارة كانت قصيرة.", True),
        ("وأضاف باقري أن الزيارة كانت قصيرة.", False),
        ("این سفر کوتاه بود.", True),
        ("Hebron is a city.", False),
        ("إن باقري غادر.", False),
        ("أين باقري الآن؟", False),
    ],
)
def test_what_points_back(text: str, back: bool) -> None:
    assert points_back(text) is back
