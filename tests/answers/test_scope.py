import pytest

from rag.answers.scope import scope_differs

DEATHS = "قالت الوزيرة إن 17 شخصا على الأقل توفوا، معظمهم أطفال."
VOTE = "She said more than 1,400 workers had backed the deal."
TICKETS = "بلیت‌ها در کمتر از ۶۰ دقیقه فروخته شد و برخی بازگردانده شد."


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("توفي 17 شخصا على الأكثر.", DEATHS),
        ("Exactly 17 people died.", DEATHS),
        ("At most 17 people died.", DEATHS),
        ("More than 17 people died.", DEATHS),
        ("All of the dead were children.", DEATHS),
        ("جميع المتوفين أطفال.", DEATHS),
        ("Fewer than 1,400 workers had backed the deal.", VOTE),
        ("وافق 1400 عامل فقط على الاتفاق.", VOTE),
        ("بلیت‌ها در بیش از ۶۰ دقیقه فروخته شد.", TICKETS),
        ("همه بلیت‌ها بازگردانده شد.", TICKETS),
        ("He received more than 800 dinars.", "تلقى نحو 800 دينار."),
        ("He received more than 800 dinars.", "تلقى 800 دينار."),
    ],
)
def test_a_bound_that_the_source_does_not_have(claim: str, source: str) -> None:
    assert scope_differs(claim, [source])


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("At least 17 people died, most of them children.", DEATHS),
        ("توفي 17 شخصا.", DEATHS),
        ("ما لا يقل عن 17 شخصا توفوا.", DEATHS),
        ("Over 1,400 workers backed the deal.", VOTE),
        ("At least 1,400 workers backed the deal.", VOTE),
        ("حدود ۸۰۰ دینار گرفت.", "تلقى 800 دينار."),
        ("He received about 800 dinars.", "تلقى ما يقارب 800 دينار."),
        ("Each of the 3 said so.", "قال كل من الثلاثة ذلك."),
        ("Only 800 came, he said.", "تلقى 800 دينار."),
    ],
)
def test_a_bound_that_the_source_bears_out(claim: str, source: str) -> None:
    assert not scope_differs(claim, [source])
