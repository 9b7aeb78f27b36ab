"""Styled text: splitting, direction and isolates."""

import itertools
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.styled import (
    Mark,
    Style,
    Styled,
    directed,
    isolated,
    joined,
    parts,
    split,
    styled,
    units,
    with_ranges_isolated,
)

LETTERS = "ابتث گچ abc .؟!\n\u064e\u0651\u200c\u200d😀👩🏽é"
texts = st.text(st.sampled_from(LETTERS), max_size=400)


@st.composite
def styled_texts(draw: st.DrawFn) -> Styled:
    """Texts with marks that do not overlap, as renderings have them."""
    text = draw(texts)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    styles = draw(st.lists(st.sampled_from(Style), min_size=8, max_size=8))
    ranges = zip(cuts[::2], cuts[1::2], strict=False)
    return Styled(text, tuple(Mark(s, *r) for s, r in zip(styles, ranges, strict=False)))


def solid(text: str) -> str:
    """The text without its white space."""
    return re.sub(r"\s", "", text)


def styles_of(text: Styled) -> list[tuple[str, frozenset[Style]]]:
    """Each character that shows, with the styles it is in."""
    return [
        (character, frozenset(m.style for m in text.marks if m.start <= place < m.end))
        for place, character in enumerate(text.text)
        if not character.isspace()
    ]


@given(styled_texts(), st.integers(8, 120))
def test_no_part_is_longer_than_the_limit(text: Styled, limit: int) -> None:
    assert all(0 < units(part.text) <= limit for part in split(text, limit))


@given(styled_texts(), st.integers(8, 120))
def test_the_parts_hold_every_character_in_its_style(text: Styled, limit: int) -> None:
    shown = [one for part in split(text, limit) for one in styles_of(part)]
    assert shown == styles_of(text)


@given(styled_texts(), st.integers(8, 120))
def test_marks_lie_within_their_part(text: Styled, limit: int) -> None:
    for part in split(text, limit):
        assert all(0 <= mark.start < mark.end <= len(part.text) for mark in part.marks)


@given(styled_texts(), st.integers(12, 120))
def test_a_letter_keeps_what_stands_on_it(text: Styled, limit: int) -> None:
    found = split(text, limit)
    runs = re.findall(r"[^\W\s]?[\u064e\u0651\u200c\u200d🏽]*", text.text)
    if max(map(len, runs), default=0) > 4:
        return  # a letter under so many marks that it fills a part of its own
    original = solid(text.text)
    place = 0
    for part in found[:-1]:
        place += len(solid(part.text))
        before, after = original[place - 1], original[place]
        touching = f"{before}{after}" in text.text
        assert not (touching and unicodedata.category(after) == "Mn"), found
        assert not (touching and (before in "\u200c\u200d" or after in "\u200c\u200d")), found


@given(st.lists(st.text("ابج def", min_size=1, max_size=30), min_size=1, max_size=12))
def test_a_mark_that_fits_is_never_broken(quotes: list[str]) -> None:
    text = joined([styled(q.strip() or "x", Style.QUOTE) for q in quotes], "\n\n")
    found = split(text, 80)
    assert sum(len(part.marks) for part in found) == len(quotes)


def test_a_paragraph_is_a_better_break_than_a_sentence_or_a_word() -> None:
    first = "الجملة الأولى هنا. والثانية بعدها.\n\nفقرة ثانية فيها كلام. وكلام آخر"
    assert [part.text for part in split(Styled(first), 50)] == first.split("\n\n")
    second = "الجملة الأولى هنا. والثانية بعدها وهي طويلة"
    assert split(Styled(second), 30)[0].text == "الجملة الأولى هنا."
    third = "كلمات بلا أي علامة تفصل بينها"
    assert split(Styled(third), 20)[0].text == "كلمات بلا أي علامة"


@given(
    st.lists(
        st.lists(st.sampled_from(["كلمة", "خبر", "اليوم", "گزارش", "word", "د."]), min_size=1),
        min_size=2,
        max_size=40,
    ),
    st.integers(60, 300),
)
def test_a_part_ends_with_a_sentence_where_one_ends_in_its_second_half(
    words: list[list[str]], limit: int
) -> None:
    sentences = [f"{' '.join(one)} كلمة." for one in words]
    rest = " ".join(sentences)
    ends = list(itertools.accumulate(len(one) + 1 for one in sentences))
    for part in split(Styled(rest), limit)[:-1]:
        ends_here = [end - 1 for end in ends if limit // 2 < end - 1 <= limit]
        if ends_here:
            assert len(part.text) == ends_here[-1]
        taken = len(part.text) + 1
        ends = [end - taken for end in ends]


def test_a_sentence_that_a_part_would_cut_off_begins_the_next_one() -> None:
    first, second, *_ = parts(Styled("كلمة كلمة كلمة كلمة. " * 400), "ar")
    assert first.text.endswith("كلمة.")
    assert len(first.text) == 3_884
    assert second.text.startswith("كلمة كلمة كلمة كلمة.")


def test_a_short_part_is_better_than_a_mark_that_is_broken() -> None:
    text = joined(["كلمة " * 12, styled("نص " * 25, Style.QUOTE)], "\n\n")
    assert [len(part.marks) for part in split(text, 100)] == [0, 1]
    inner = Mark(Style.BOLD, 90, 130)  # which fits, in a quotation that does not
    quote = "نص " * 100
    found = split(Styled(quote, (Mark(Style.QUOTE, 0, len(quote)), inner)), 100)
    assert sum(mark.style is Style.BOLD for part in found for mark in part.marks) == 1


def test_a_mark_that_does_not_fit_goes_on_in_the_next_part() -> None:
    found = split(styled("كلمة " * 30, Style.QUOTE), 60)
    assert len(found) > 1
    assert all(part.marks == (Mark(Style.QUOTE, 0, len(part.text)),) for part in found)


def test_units_are_those_of_utf_16() -> None:
    assert units("ا😀a") == 4


@given(texts, st.sampled_from(["ar", "fa", "en"]), st.integers(8, 60))
def test_parts_are_within_the_limit_with_their_direction_marks(
    text: str, language: str, limit: int
) -> None:
    text = text.replace("\n", " ")
    assert all(units(part.text) <= limit for part in parts(Styled(text), language, limit))


@pytest.mark.parametrize(
    ("line", "language", "begins_with"),
    [
        ("OpenAI أعلنت ذلك", "ar", "\u200f"),
        ("«OpenAI» أعلنت ذلك", "fa", "\u200f"),
        ("أعلنت OpenAI ذلك", "ar", "أ"),
        ("Only English words", "ar", "O"),
        ("2024 أعلنت ذلك", "ar", "2"),
        ("\u2068file.txt\u2069 — عنوان", "ar", "\u2068"),
        ("• \u2068file.txt\u2069 — 2021-10", "ar", "\u200f"),
        ("• \u2068file.txt\u2069 — 2021-10", "en", "\u200e"),
        ("طهران is what the report calls it", "en", "\u200e"),
        ("«قال باقري إن التعاون مستمر» [1]", "en", "«"),
    ],
)
def test_a_line_runs_in_the_direction_of_its_language(
    line: str, language: str, begins_with: str
) -> None:
    assert directed(Styled(line), language).text[0] == begins_with


def test_direction_marks_leave_the_styles_where_they_were() -> None:
    text = joined(["abc كلام", styled("def كلام", Style.QUOTE), "نهاية"], "\n")
    shown = directed(text, "ar")
    assert shown.text == "\u200fabc كلام\n\u200fdef كلام\nنهاية"
    (mark,) = shown.marks
    assert shown.text[mark.start : mark.end] == "\u200fdef كلام"


def test_a_name_cannot_disguise_itself() -> None:
    assert isolated("report\u202etxt.exe\n") == "\u2068reporttxt.exe\u2069"
    assert isolated("می\u200cروم\u2069.txt") == "\u2068می\u200cروم.txt\u2069"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("بين 1980-1988، و5-7%.", "بين ⟨1980-1988⟩، و⟨5-7%⟩."),
        ("بنسبة 5-7% [1].", "بنسبة ⟨5-7%⟩ [1]."),
        ("در ۱۳۵۹–۱۳۶۷ و 2024-06-03 بود", "در ⟨۱۳۵۹–۱۳۶۷⟩ و ⟨2024-06-03⟩ بود"),
        ("in 2021/2022 (2.5–3.5%)", "in ⟨2021/2022⟩ (⟨2.5–3.5%⟩)"),
        ("https://a.b/2024-06/03 و F-16 و 12 و -5", "https://a.b/2024-06/03 و F-16 و 12 و -5"),
    ],
)
def test_ranges_and_dates_stand_in_isolates(text: str, shown: str) -> None:
    found = with_ranges_isolated(text)
    assert found == shown.replace("⟨", "\u2068").replace("⟩", "\u2069")
    assert with_ranges_isolated(found) == found


@given(st.text("0123456789٣۴-–/%.: اخبرABC\n[]", max_size=60))
def test_isolating_ranges_adds_isolates_alone(text: str) -> None:
    found = with_ranges_isolated(text)
    assert re.sub("[\u2068\u2069]", "", found) == text
    assert found.count("\u2068") == found.count("\u2069")
