import pytest

from rag.answers.verification import Reason, verify
from tests.answers.reports import seed, sentence_with


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("Bagheri arrived in Moscow before he arrived in Islamabad.", Reason.DIRECTION),
        ("وصل باقري إلى موسكو قبل وصوله إلى إسلام آباد.", Reason.DIRECTION),
        ("Bagheri arrived in Islamabad before Moscow.", None),
        ("وصل باقري إلى موسكو بعد إسلام آباد بخمسة أيام.", None),
        ("Bagheri went to Islamabad first, and arrived in Moscow five days later.", None),
    ],
)
def test_two_dated_things_stand_in_the_order_of_their_dates(
    claim: str, reason: Reason | None
) -> None:
    evidence = seed(0)
    cited = [sentence_with(needle, evidence) for needle in ("12 أكتوبر", "17 أكتوبر")]
    assert verify(claim, cited, evidence).reason is reason
