from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rag.documents.document import LONGEST_TITLE, Document, understand
from rag.documents.furniture import furniture_spans
from rag.documents.reading import FileText, read
from rag.text.hidden import visible
from rag.text.sentences import LONGEST, Span, sentences
from tests.documents.pages import (
    FURNITURE,
    LINE_ENDS,
    RULES,
    SEED_FURNITURE,
    SENTENCES,
    blank_lines,
    furniture_lines,
    headlines,
    paragraphs,
    passage_texts,
    thorough,
    understood,
)

LONGEST_PASSAGE = 1300
INVISIBLE = "\ufeff\u200b"

pages = st.tuples(
    st.lists(st.one_of(headlines, paragraphs, furniture_lines, blank_lines), max_size=10),
    st.sampled_from(LINE_ENDS),
)
scribbles = st.text(
    st.one_of(
        st.sampled_from("ابتدكمن،.؟!؛…۔«»\n\r\u2028 \t\u200b\ufeff-*ـ"),
        st.characters(codec="utf-8"),
    ),
    max_size=80,
)
texts = st.one_of(pages.map(lambda page: page[1].join(page[0])), scribbles)


def places(spans: list[Span]) -> Counter[int]:
    """How many of the spans each character is in."""
    return Counter(place for span in spans for place in range(span.start, span.end))


def quotable(document: Document) -> list[Span]:
    return [sentence for passage in document.passages for sentence in passage.sentences]


@thorough
@given(texts)
def test_every_character_is_the_titles_or_furniture_or_in_exactly_one_passage(text: str) -> None:
    document = understood(text)
    furniture = places(list(furniture_spans(text)))
    title = places([document.title_span] if document.title_span else [])
    inside = places([Span(one.start, one.end) for one in document.passages])
    told = places(quotable(document))
    alone = document.title_span is not None and inside.keys() <= title.keys()
    for place, character in enumerate(text):
        if character.isspace() or character in INVISIBLE:
            continue
        if place in furniture or (place in title and not alone):
            assert inside[place] == 0
        else:
            assert inside[place] == told[place] == 1


@thorough
@given(texts)
def test_passages_are_whole_sentences_in_order(text: str) -> None:
    document = understood(text)
    spans = quotable(document)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    borders = [0]
    for span in furniture_spans(text):
        borders += [span.start, span.end]
    borders.append(len(text))
    whole = {
        sentence
        for start, end in zip(borders[::2], borders[1::2], strict=True)
        for sentence in sentences(text, start, end)
    }
    assert set(spans) - whole <= {document.title_span}
    for passage in document.passages:
        assert passage.start == passage.sentences[0].start
        assert passage.end == passage.sentences[-1].end


@thorough
@given(texts)
def test_the_title_is_one_line_of_the_text_or_the_files_name(text: str) -> None:
    document = understood(text)
    if document.title_span is None:
        assert document.title == "report"
    else:
        written = document.title_span.of(text)
        assert document.title == " ".join(visible(written).split())
        assert not set(written) & set("\r\n\u2028\u2029")
        assert 0 < len(written) <= LONGEST_TITLE


def test_hidden_text_is_warned_of_and_left_out_of_the_title_alone() -> None:
    text = "زيارة\u200bباقري \U000e0041\u202eإلى\u202c موسكو\n\nوصل باقري.\n\nعا\u200bد."
    document = understood(text)
    assert document.warning == (
        "it holds hidden text: zero-width characters (2, from line 1), "
        "tag characters (1, from line 1), direction overrides (1, from line 1)"
    )
    assert document.title == "زيارةباقري إلى موسكو"
    assert [text[one.start : one.end] for one in quotable(document)] == ["وصل باقري.", "عا\u200bد."]
    named = understand(FileText("re\u202etxt.port.txt", "وصل باقري.", "utf-8", "0"))
    assert named.warning == "its name holds hidden text: direction overrides (1)"
    assert understood("می‌رود به \u200f150\u200e شهر.").warning == ""


@thorough
@given(
    st.lists(st.one_of(paragraphs, furniture_lines, blank_lines), max_size=12),
    st.sampled_from(LINE_ENDS),
)
def test_a_page_is_quoted_without_its_furniture_and_with_all_else(
    lines: list[str], line_end: str
) -> None:
    # Below a heading of comments that has their signs, all is furniture.
    assume(not {"التعليقات", "نظرات"}.intersection(lines))
    title = "زيارة باقري إلى موسكو"
    document = understood(line_end.join([title, *lines]))
    quoted = " ".join(span.of(document.file.text) for span in quotable(document))
    kept = [line for line in lines if line.strip() and line not in FURNITURE]
    assert quoted.split() == " ".join(kept or [title]).split()


@pytest.mark.parametrize("name", SEED_FURNITURE)
def test_the_furniture_of_the_seeds_is_never_in_a_passage(seeds: Path, name: str) -> None:
    document = understand(read(seeds, name))
    told = "\n".join(passage_texts(document))
    lines = [line.strip() for line in document.file.text.split("\n") if line.strip()]
    report = [line for line in lines if line not in SEED_FURNITURE[name]]
    assert set(SEED_FURNITURE[name]).isdisjoint(told.split("\n"))
    assert [line.strip() for line in told.split("\n") if line.strip()] == [
        line for place, line in enumerate(report) if place > 0 or not document.title_span
    ]


@pytest.mark.parametrize(
    ("name", "title", "date"),
    [
        ("000_a62688e18cddbb42.txt", "000_a62688e18cddbb42", "2021-10-22"),
        (
            "001_3be0290bbfd39d7b.txt",
            "مباحثات حول الملف النووي والعلاقات الإقليمية والدولية بين إيران وروسيا",
            None,
        ),
        ("002_173d9725e138e35a.txt", "002_173d9725e138e35a", "2025-01-21"),
        (
            "003_bc0966837ce6fdc6.txt",
            "تعمل إيران وباكستان على تعزيز العلاقات حيث لا يزال الوضع الأفغاني متقلبًا",
            None,
        ),
        (
            "004_212b5ff0e0069ab8.txt",
            "زيارة اللواء باقري إلى بكين؛ بداية صفحة جديدة في التعاون العسكري والدفاعي"
            " الإيراني الصيني",
            "--09-11",
        ),
    ],
)
def test_what_is_known_of_the_seeds(seeds: Path, name: str, title: str, date: str | None) -> None:
    document = understand(read(seeds, name))
    assert document.title == title
    assert (document.date and document.date.value) == date
    assert document.language == "ar"


@pytest.mark.parametrize("line_end", LINE_ENDS)
def test_line_ends_of_every_system_make_the_same_passages(line_end: str) -> None:
    lines = ["زيارة باقري إلى موسكو", "", *SENTENCES[:3], "اقرأ أيضا:", *SENTENCES[3:]]
    document = understood(line_end.join(lines))
    assert document.title == lines[0]
    assert [span.of(document.file.text) for span in quotable(document)] == [
        sentence
        for line in (*SENTENCES[:3], *SENTENCES[3:])
        for sentence in (span.of(line) for span in sentences(line))
    ]


def test_offsets_count_from_after_the_byte_order_mark(tmp_path: Path) -> None:
    for name, mark in (("with.txt", "\ufeff"), ("without.txt", "")):
        (tmp_path / name).write_bytes(f"{mark}زيارة باقري\n{SENTENCES[0]}".encode())
    one, other = (understand(read(tmp_path, name)) for name in ("with.txt", "without.txt"))
    assert one.passages == other.passages
    assert one.title_span == other.title_span == Span(0, 11)


@pytest.mark.parametrize("lines", [FURNITURE[:10], RULES, ("اقرأ أيضا:",), ("",), ("\ufeff",)])
def test_a_page_of_furniture_alone_says_nothing(lines: tuple[str, ...]) -> None:
    document = understood("\n".join(lines))
    assert document.passages == ()
    assert (document.title, document.title_span) == ("report", None)


@pytest.mark.parametrize("text", ["وصل باقري إلى موسكو", "وصل باقري إلى موسكو.", " وصل باقري\n"])
def test_a_file_of_one_line_is_one_passage_under_its_files_name(text: str) -> None:
    document = understood(text)
    assert document.title == "report"
    assert passage_texts(document) == [text.strip()]


def test_a_headline_with_only_furniture_below_can_still_be_found() -> None:
    document = understood("زيارة باقري إلى موسكو\nاترك تعليقا\n9 + سبعة =")
    assert document.title == "زيارة باقري إلى موسكو"
    assert passage_texts(document) == ["زيارة باقري إلى موسكو"]


@pytest.mark.parametrize(
    "text",
    ["كلمة " * 30_000, "كلمة، " * 20_000, "ا" * 100_000, "وصل الوفد إلى المدينة. " * 5_000],
)
def test_a_very_long_line_is_cut_into_passages_of_the_usual_size(text: str) -> None:
    document = understood(text)
    assert len(document.passages) > 10
    assert all(passage.end - passage.start <= LONGEST_PASSAGE for passage in document.passages)
    assert all(len(sentence) <= LONGEST for sentence in quotable(document))
    assert "".join(passage_texts(document)).replace(" ", "") == text.replace(" ", "")


def test_text_without_any_sentence_mark_is_divided_by_its_lines() -> None:
    lines = [f"السطر رقم {number} من القصيدة بلا نقطة" for number in range(100)]
    document = understood("\n".join(lines))
    assert [span.of(document.file.text) for span in quotable(document)] == lines[1:]
    assert len(document.passages) > 1


def test_passages_end_where_paragraphs_do_once_they_are_long_enough() -> None:
    paragraph = " ".join(SENTENCES[:4] * 2)
    document = understood("\n".join(["العنوان", *[paragraph] * 20]))
    assert all(text.endswith(paragraph) for text in passage_texts(document))


@pytest.mark.parametrize(
    "first",
    ["وصل باقري إلى موسكو.", "هل وصل؟", "وصل!", "وصل…", "قال إنه «وصل.»", "وزیر رسید۔", "وقال:"],
)
def test_a_first_line_that_is_a_sentence_is_no_title(first: str) -> None:
    document = understood(f"{first}\n{SENTENCES[0]}")
    assert document.title_span is None
    assert document.file.text.startswith(passage_texts(document)[0])


def test_a_first_line_as_long_as_a_paragraph_is_no_title() -> None:
    first = "كلمة " * (LONGEST_TITLE // 5 + 1) + "أخيرة"
    assert understood(f"{first}\n{SENTENCES[0]}").title_span is None


def test_the_title_stands_below_furniture_and_blank_lines_too() -> None:
    document = understood(f"\n\n  ***\nاقرأ أيضا:\n\n  زيارة   باقري إلى موسكو \n\n{SENTENCES[0]}")
    assert document.title == "زيارة باقري إلى موسكو"
    assert passage_texts(document) == [SENTENCES[0]]


def test_a_headline_of_two_sentences_is_one_title() -> None:
    document = understood(f"زيارة إلى بكين؛ بداية جديدة\n{SENTENCES[0]}")
    assert document.title == "زيارة إلى بكين؛ بداية جديدة"
    assert passage_texts(document) == [SENTENCES[0]]


@pytest.mark.parametrize(
    ("path", "title"),
    [("a/b/visit.txt", "visit"), ("تقرير الزيارة.md", "تقرير الزيارة"), ("v1.2.txt", "v1.2")],
)
def test_a_file_without_a_headline_is_called_by_its_name(path: str, title: str) -> None:
    assert understood(SENTENCES[0], path).title == title


def test_lines_that_attribute_are_kept_and_noted() -> None:
    document = understood(
        f"زيارة باقري\n{SENTENCES[0]}\nالمصدر: رويترز، 12 أكتوبر 2021\nشارك الخبر"
    )
    assert "رويترز" in document.attribution
    assert document.date
    assert document.date.value == "2021-10-12"
    assert passage_texts(document)[-1].endswith("المصدر: رويترز، 12 أكتوبر 2021")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("زيارة باقري\nوصل الوزير إلى موسكو أمس.", "ar"),
        ("سفر باقری\nوزیر دفاع ایران دیروز به مسکو رفت و با همتای خود دیدار کرد.", "fa"),
        ("A visit\nThe minister went to Moscow.", "en"),
    ],
)
def test_a_document_has_its_language(text: str, language: str) -> None:
    assert understood(text).language == language


UNKNOWN_MENUS = {
    "ar": ("فسيفساء", "أصداء الميدان", "نبض الشارع اليوم"),
    "fa": ("گلگشت", "پژواک میدان", "نبض کوچه"),
    "en": ("Mosaic", "Echoes", "Street pulse"),
}
REPORTS = {
    "ar": ("افتتاح جسر جديد فوق نهر الزاب", "افتتح الوزير الجسر يوم الأحد بحضور السكان."),
    "fa": ("پل تازه‌ای روی رود زاب گشوده شد", "وزیر روز یکشنبه پل را گشود."),
    "en": ("New bridge opens over the Zab river", "The minister opened it on Sunday."),
}


@pytest.mark.parametrize("language", UNKNOWN_MENUS)
@pytest.mark.parametrize("entries", [2, 3])
@pytest.mark.parametrize("apart", ["\n", "\n\n"])
def test_a_menu_that_nobody_knows_is_not_taken_for_the_title(
    language: str, entries: int, apart: str
) -> None:
    headline, told = REPORTS[language]
    document = understood(apart.join([*UNKNOWN_MENUS[language][:entries], headline, told]))
    assert document.title == headline
    assert any(span.of(document.file.text) == told for span in quotable(document))


@pytest.mark.parametrize("language", REPORTS)
def test_the_title_that_the_format_states_is_looked_for_among_the_first_lines(
    language: str,
) -> None:
    headline, told = REPORTS[language]
    text = "\n".join(["Mosaic", "A pulse of every street we know", headline, told])
    stated = FileText("a.html", text, "utf-8", "", title=f"{headline} | Mosaic")
    assert understand(stated).title == headline


@pytest.mark.parametrize(
    "lines",
    [
        ["ميزانية 2024", "توزيع الإنفاق على المحافظات كلها", "قال الوزير إنها كافية."],
        ["جسر الزاب", "افتتاح جسر جديد فوق نهر الزاب", "افتتح الوزير الجسر."],
        ["المصدر: رويترز", "عاجل", "افتتح الوزير الجسر."],
        ["جسر الزاب", "في الشمال", "افتتح الوزير الجسر."],
    ],
    ids=["a year", "one line", "a source", "nothing longer"],
)
def test_a_short_first_line_is_the_title_where_no_menu_stands_above_another(
    lines: list[str],
) -> None:
    assert understood("\n".join(lines)).title == lines[0]
