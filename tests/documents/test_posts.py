"""Posts that a report copies: what belongs to them, and which day is theirs."""

import pytest

from rag.documents.evidence import Sentence, dates_resolved_in
from rag.documents.posts import copied_posts
from tests.answers.reports import evidence_of, seed, sentence_with

OWN = "المصدر: وكالة، 25 يناير 2025"


def days(text: str, needle: str) -> list[str]:
    found = dates_resolved_in(sentence_with(needle, evidence_of(text)))
    return [one.first.isoformat() for one in found]


def test_the_seeds_post_is_told_from_the_report_around_it() -> None:
    source = seed(2)[0].source
    (post,) = copied_posts(source.text, source.language)
    told = post.span.of(source.text)
    assert told.startswith("#ISPR Major General")
    assert told.endswith("January 20, 2025")
    assert post.date == "2025-01-20"


@pytest.mark.parametrize(
    "lines",
    [
        ("The army chief received the guest today.", "— Navy (@navy) January 20, 2025"),
        ("The army chief received the guest today. — Navy (@navy) January 20, 2025",),
        ("The army chief received the guest today.", "He left. — Navy (@navy) Jan 20, 2025"),
        ("Navy @navy · Jan 20, 2025", "The army chief received the guest today."),
        ("وكتبت البحرية:", "استقبل القائد ضيفه اليوم.", "وغادر. — البحرية (@navy) 20 يناير 2025"),
        ("استقبل القائد ضيفه اليوم. #البحرية", "وغادر. — البحرية (@navy) 20 يناير 2025"),
        ("نیروی دریایی (@navy) نوشت:", "فرمانده امروز آمد. — دریا (@navy) 20 January 2025"),
    ],
)
def test_today_in_a_post_is_its_own_day_and_around_it_the_reports(lines: tuple[str, ...]) -> None:
    text = "\n".join(("زيارة", "وصل الوفد أمس إلى المدينة.", *lines, "ويغادر الوفد غدا.", OWN))
    needle = next(one for one in ("today", "اليوم", "امروز") if one in text)
    assert days(text, needle) == ["2025-01-20"]
    assert days(text, "أمس") == ["2025-01-24"]
    assert days(text, "غدا") == ["2025-01-26"]


def test_a_post_whose_year_is_not_told_resolves_nothing() -> None:
    text = f"زيارة\nوصل الوفد.\nThe chief came today.\n— Navy (@navy) January 20\n{OWN}"
    assert days(text, "today") == []


def test_a_reporter_with_a_handle_is_no_post() -> None:
    text = f"زيارة\nوصل الوفد أمس - كتب سمير (@samir) من المدينة.\n{OWN}"
    assert copied_posts(text, "ar") == ()
    assert days(text, "أمس") == ["2025-01-24"]


def test_a_quotation_of_report_and_post_holds_words_of_two_days() -> None:
    post = "Today the chief came to the city.\n— Navy News (@navy) January 20, 2025"
    (passage, *_) = evidence_of(f"زيارة\nوصل الوفد أمس.\n{post}\n{OWN}")
    whole = Sentence(passage.source, passage.span)
    assert [one.first.day for one in dates_resolved_in(whole)] == [24, 20]
