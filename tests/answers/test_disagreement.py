from collections.abc import Sequence

import pytest

from rag.answers.disagreement import disputes
from rag.answers.facts import Told
from tests.answers.disagreements import AGREED, DISPUTED, Pair
from tests.answers.disagreements_diverse import AGREED as OTHERS_AGREED
from tests.answers.disagreements_diverse import DISPUTED as OTHERS_DISPUTED
from tests.answers.disagreements_further import AGREED as FURTHER_AGREED
from tests.answers.disagreements_further import DISPUTED as FURTHER_DISPUTED
from tests.answers.disagreements_offices import AGREED as OFFICES_AGREED
from tests.answers.disagreements_offices import DISPUTED as OFFICES_DISPUTED
from tests.answers.reports import evidence_of, seed, sentence_with


@pytest.mark.parametrize(
    ("disputed", "agreed"),
    [
        (DISPUTED, AGREED),
        (OTHERS_DISPUTED, OTHERS_AGREED),
        (FURTHER_DISPUTED, FURTHER_AGREED),
        (OFFICES_DISPUTED, OFFICES_AGREED),
    ],
)
def test_what_sources_dispute_is_told_and_what_only_looks_like_it_is_not(
    disputed: Sequence[Pair], agreed: Sequence[Pair]
) -> None:
    missed = [pair for pair in disputed if not pair.disputes]
    alarms = [pair for pair in agreed if pair.disputes]
    assert min(len(disputed), len(agreed)) >= 16
    assert len(missed) <= 0.1 * len(disputed), missed
    assert len(alarms) <= 0.05 * len(agreed), alarms


def test_what_leans_on_another_subject_never_is() -> None:
    leaning = [pair for pair in AGREED if any((*pair.before, *pair.titles))]
    assert len(leaning) >= 8
    assert [pair for pair in leaning if pair.disputes] == []


def test_every_value_comes_with_its_sentence() -> None:
    for pair in DISPUTED:
        for dispute in pair.disputes:
            assert dispute.about
            assert len(dispute.values) == 2
            for value in dispute.values:
                assert " ".join(value.written.split()) in " ".join(value.sentence.text.split())


def of_seed(number: int, needle: str) -> Told:
    return Told(sentence_with(needle, seed(number)))


RUSSIA = of_seed(0, "استمرت أربعة أيام")
PAKISTAN_FOUR = of_seed(1, "استمرت أربعة أيام")
PAKISTAN_THREE = of_seed(3, "استمرت ثلاثة أيام")


def test_the_visit_of_the_seeds_lasts_three_days_and_four() -> None:
    (dispute,) = disputes([PAKISTAN_THREE], [RUSSIA, PAKISTAN_FOUR])
    assert [(value.written, value.sentence.source.path[:3]) for value in dispute.values] == [
        ("ثلاثة أيام", "003"),
        ("أربعة أيام", "001"),
    ]


def test_the_stay_in_russia_is_not_mixed_in() -> None:
    assert disputes([RUSSIA], [PAKISTAN_FOUR, PAKISTAN_THREE]) == []
    assert disputes([PAKISTAN_THREE], [RUSSIA]) == []


def test_the_army_chief_of_another_year_is_no_disagreement() -> None:
    then, now = of_seed(1, "قمر جاويد باجوا"), of_seed(2, "عاصم منير")
    assert disputes([then, now]) == []


def test_one_source_does_not_disagree_with_itself() -> None:
    text = "استمرت زيارة حداد إلى عمّان ثلاثة أيام. واستمرت زيارة حداد إلى عمّان أربعة أيام."
    (evidence,) = evidence_of(text)
    assert disputes([Told(sentence) for sentence in evidence.sentences]) == []


def test_no_pair_of_sentences_of_the_seeds_is_in_dispute_but_the_visit() -> None:
    every = [
        Told(sentence, passage.sentences[place - 1].text if place else "")
        for number in range(5)
        for passage in seed(number)
        for place, sentence in enumerate(passage.sentences)
    ]
    assert [[v.written for v in one.values] for one in disputes(every)] == [
        ["أربعة أيام", "ثلاثة أيام"]
    ]
