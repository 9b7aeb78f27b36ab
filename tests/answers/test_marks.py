import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answers.cited import Cited
from rag.answers.marks import (
    MarkReader,
    Missing,
    NoAnswer,
    Statement,
    read_marks,
    without_marks,
)

HALF_A_MARK = re.compile(
    r"[\[［【]\s*\d+\s*[.．٫]|\d\s*[.．٫]\s*\d+\s*[\]］】]|[\[［【]\s*\d*\s*$|\x1f"
)

FRAGMENTS = st.sampled_from(
    [
        *("Text", " ", ". ", ".", "\n", "- ", "1. ", "## ", "[2.1]", "[2.1, 3.4]", "[2.1-2.3]"),
        *(
            "[2.1–3]",
            "[٢.١]",
            "[۲.۱، 3.4]",
            "［2.1］",
            "【2.1】",
            "[ 2 . 1 ]",
            "[[2.1]]",
            "**[2.1]**",
        ),
        *("`[2.1]`", "([2.1])", "[2.1", "2.1]", "[", "]", "[2.", "[12]", "[[NO ANSWER]]", "**"),
        *(
            "[[MISSING: the date]]",
            "[[MISSING: x",
            "[[MISSING:",
            "[[MISSING]]",
            "]]",
            "[[NO ANSWER",
            "؟",
            "،",
            "؛ ",
            "«",
            "»",
            '"',
            "“",
            "”",
            "د. ",
            "*",
        ),
        *(
            "وصل باقري إلى موسكو",
            "3.5",
            "2018",
            "(",
            ")",
            "…",
            "[2.1 million]",
            "\u200c",
            "\r\n",
            "\t",
        ),
    ]
)
ANSWERS = st.lists(FRAGMENTS, max_size=25).map("".join) | st.text(max_size=60)
PART = re.compile(r"\[\s*missing\s*[:：]", re.IGNORECASE)


def statements(text: str) -> list[tuple[str, list[tuple[int, int, int]]]]:
    return [
        (event.text, [(one.source, one.first, one.last) for one in event.cited])
        for event in read_marks(text)
        if isinstance(event, Statement)
    ]


@pytest.mark.parametrize(
    ("mark", "cited"),
    [
        ("[2.1]", [(2, 1, 1)]),
        ("[2.1, 3.4]", [(2, 1, 1), (3, 4, 4)]),
        ("[2.1,3.4]", [(2, 1, 1), (3, 4, 4)]),
        ("[2.1،3.4]", [(2, 1, 1), (3, 4, 4)]),
        ("[2.1؛ 3.4]", [(2, 1, 1), (3, 4, 4)]),
        ("[2.1; 3.4]", [(2, 1, 1), (3, 4, 4)]),
        ("[2.1 3.4]", [(2, 1, 1), (3, 4, 4)]),
        ("[2.1 and 3.4]", [(2, 1, 1), (3, 4, 4)]),
        ("[2.1][3.4]", [(2, 1, 1), (3, 4, 4)]),
        ("[2.1] [3.4]", [(2, 1, 1), (3, 4, 4)]),
        ("[2.1, [3.4]]", [(2, 1, 1), (3, 4, 4)]),
        ("[2.1 [3.4]", [(2, 1, 1), (3, 4, 4)]),
        ("[2.1-2.3]", [(2, 1, 3)]),
        ("[2.1–2.3]", [(2, 1, 3)]),
        ("[2.1 – 3]", [(2, 1, 3)]),
        ("[2.3-2.1]", [(2, 1, 3)]),
        ("[2.1-3.4]", [(2, 1, 1), (3, 4, 4)]),
        ("[2.1, 3]", [(2, 1, 1), (2, 3, 3)]),
        ("[2.0]", [(2, 0, 0)]),
        ("[٢.١]", [(2, 1, 1)]),
        ("[۲.۱، ۳.۴]", [(2, 1, 1), (3, 4, 4)]),
        ("[٢٫١]", [(2, 1, 1)]),
        ("［2.1］", [(2, 1, 1)]),
        ("［２．１］", [(2, 1, 1)]),
        ("【2.1】", [(2, 1, 1)]),
        ("[ 2 . 1 ]", [(2, 1, 1)]),
        ("[[2.1]]", [(2, 1, 1)]),
        ("**[2.1]**", [(2, 1, 1)]),
        ("`[2.1]`", [(2, 1, 1)]),
        ("([2.1])", [(2, 1, 1)]),
        ("[source 2.1]", [(2, 1, 1)]),
        ("[المصدر 2.1]", [(2, 1, 1)]),
        ("[2.1][2.1]", [(2, 1, 1)]),
    ],
)
@pytest.mark.parametrize(
    "form", ["{text} {mark}.", "{text}. {mark}", "{text}{mark}.", "{text}.{mark}"]
)
def test_every_form_of_mark_belongs_to_the_statement_it_ends(
    mark: str, cited: list[tuple[int, int, int]], form: str
) -> None:
    answer = form.format(text="Bagheri arrived in Moscow", mark=mark)
    assert statements(f"{answer} Next") == [("Bagheri arrived in Moscow.", cited), ("Next", [])]
    answer = form.format(text="وصل باقري إلى موسكو", mark=mark)
    assert statements(f"{answer} ثم") == [("وصل باقري إلى موسكو.", cited), ("ثم", [])]


@pytest.mark.parametrize("bare", ["[12]", "[١٢]", "[a]", "[sic]", "[1, 2]", "(2.1)"])
def test_other_brackets_are_text(bare: str) -> None:
    assert statements(f"He was there {bare} then [2.1].") == [
        (f"He was there {bare} then.", [(2, 1, 1)])
    ]


def test_a_sentence_may_begin_with_brackets_and_without_a_space_before_it() -> None:
    assert statements("He came. [Sic] He left [1.1].") == [
        ("He came.", []),
        ("[Sic] He left.", [(1, 1, 1)]),
    ]
    assert statements("جاء في بيان الاستخبارات.جاء ذلك أمس [1.1].") == [
        ("جاء في بيان الاستخبارات.", []),
        ("جاء ذلك أمس.", [(1, 1, 1)]),
    ]


def test_a_range_is_not_expanded_by_the_reader() -> None:
    assert read_marks("All of it [2.1-2.999999].")[0] == Statement(
        "All of it.", (Cited(2, 1, 999_999),), ""
    )


def test_a_mark_belongs_to_the_last_of_several_sentences() -> None:
    assert statements("He came. He left [2.1]. Then? [3.1]") == [
        ("He came.", []),
        ("He left.", [(2, 1, 1)]),
        ("Then?", [(3, 1, 1)]),
    ]


def test_marks_within_a_sentence_and_both_halves_of_a_semicolon_make_one_statement() -> None:
    assert statements("He came on 12 October [1.3] and left on the 15th [1.4].") == [
        ("He came on 12 October and left on the 15th.", [(1, 3, 3), (1, 4, 4)])
    ]
    assert statements("وصل إلى موسكو؛ والتقى الوزير [1.3].") == [
        ("وصل إلى موسكو؛ والتقى الوزير.", [(1, 3, 3)])
    ]


def test_abbreviations_decimals_and_quotations_do_not_end_a_statement() -> None:
    answer = 'قال د. محمد إن النسبة 3.5 [1.1]. He said: "We agree. We will go." [1.2] Next'
    assert [text for text, _ in statements(answer)] == [
        "قال د. محمد إن النسبة 3.5.",
        'He said: "We agree. We will go."',
        "Next",
    ]


def test_layout_is_kept_apart_so_that_the_answer_can_be_put_together_again() -> None:
    answer = "## المحطات\n\n- وصل [1.1]\n- غادر. [1.2]\n1. عاد [1.3]\n\nثم انتهى [1.4]."
    events = [event for event in read_marks(answer) if isinstance(event, Statement)]
    assert [event.prefix for event in events] == ["## ", "\n\n- ", "\n- ", "\n1. ", "\n\n"]
    assert "".join(event.prefix + event.text for event in events) == (
        "## المحطات\n\n- وصل\n- غادر.\n1. عاد\n\nثم انتهى."
    )


@pytest.mark.parametrize(
    ("answer", "prefixes", "texts"),
    [
        ("• One [1.1]\n> - Two [1.2]", ["• ", "\n> - "], ["One", "Two"]),
        ("1) One [1.1]\n(2) Two [1.2]", ["1) ", "\n(2) "], ["One", "Two"]),
        ("### One [1.1]\n12- Two [1.2]", ["### ", "\n12- "], ["One", "Two"]),
        ("1234. One [1.1]\n3.5 is two [1.2]", ["", "\n"], ["1234. One", "3.5 is two"]),
        # Within a line a dash is no bullet, and no sentence.
        ("He gave 5 - 3 of them. - Then [1.2].", ["", " "], ["He gave 5 - 3 of them.", "- Then."]),
        ("He came [1.1].\n---\nHe left [1.2].", ["", "\n"], ["He came.", "He left."]),
        ("**One.** [1.1] **Two.** [1.2]", ["", " "], ["**One.**", "**Two.**"]),
        ("(He came [1.1].) He left.", ["", " "], ["(He came.)", "He left."]),
        ("He\x07came [1.1]. He\x1fleft.", ["", " "], ["He came.", "He left."]),
        ("He came;\nHe left [1.2].", ["", "\n"], ["He came;", "He left."]),
    ],
)
def test_what_stands_before_a_statement_is_told_from_it(
    answer: str, prefixes: list[str], texts: list[str]
) -> None:
    events = [event for event in read_marks(answer) if isinstance(event, Statement)]
    assert [event.prefix for event in events] == prefixes
    assert [event.text for event in events] == texts


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        ("قال: «وصلنا. سنعود.» [1.1] ثم", ["قال: «وصلنا. سنعود.»", "ثم"]),
        ("“We came. We go.” [1.1] Then", ["“We came. We go.”", "Then"]),
        # A quotation that is not closed ends with its line at the latest.
        ("He said «We came.\nWe go [1.1].", ["He said «We came.", "We go."]),
        ('He asked. "Why?" [1.1] "Now," he said.', ["He asked.", '"Why?"', '"Now," he said.']),
    ],
)
def test_a_quotation_is_not_taken_apart(answer: str, texts: list[str]) -> None:
    assert [text for text, _ in statements(answer)] == texts


def test_a_mark_at_the_beginning_belongs_to_the_statement_that_follows() -> None:
    assert statements("[1.1]\nHe came.\nHe left [1.2].") == [
        ("He came.", [(1, 1, 1)]),
        ("He left.", [(1, 2, 2)]),
    ]
    assert statements("([1.1]) He came.") == [("He came.", [(1, 1, 1)])]
    assert statements("One [1.1]\n\n[1.2]\n\nTwo") == [("One", [(1, 1, 1), (1, 2, 2)]), ("Two", [])]


def test_a_mark_on_the_next_line_belongs_to_the_line_before() -> None:
    assert statements("- One\n  [2.1]\n- Two [2.2]") == [("One", [(2, 1, 1)]), ("Two", [(2, 2, 2)])]


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("Text [2.1", "Text"),
        ("Text [2.", "Text"),
        ("Text [", "Text"),
        ("Text [2.1\nMore", "Text More"),
        ("Text 2.1] more", "Text more"),
        ("Growth of [2.1 million]", "Growth of (2.1 million)"),
    ],
)
def test_broken_and_cut_off_marks_are_never_shown(answer: str, shown: str) -> None:
    events = [event for event in read_marks(answer) if isinstance(event, Statement)]
    assert " ".join(event.text for event in events) == shown
    assert not any(event.cited for event in events)


@pytest.mark.parametrize(
    "mark", ["[[NO ANSWER]]", "[[no answer]]", "[[NO_ANSWER]]", "[NO ANSWER]", " NO ANSWER."]
)
def test_no_answer(mark: str) -> None:
    assert read_marks(mark) == [NoAnswer()]


def test_missing_parts() -> None:
    events = read_marks("وصل باقري [1.1]. [[MISSING: متى [بالضبط] عاد؟]]")
    assert events[-1] == Missing("متى (بالضبط) عاد؟")
    assert read_marks("A [1.1]. [[MISSING: the date]\nB [1.2].")[1] == Missing("the date")
    assert [type(event) for event in read_marks("[[MISSING: a]] [[MISSING: b]]")] == [Missing] * 2
    assert read_marks("[[ missing ： the date ]]") == [Missing("the date")]
    assert read_marks("Text [[MISSING: x] y [1.1].")[1:] == [
        Missing("x"),
        Statement("y.", (Cited(1, 1, 1),), " "),
    ]


def test_no_answer_and_an_answer_are_both_told() -> None:
    assert read_marks("[[NO ANSWER]] He came [1.1].") == [
        NoAnswer(),
        Statement("He came.", (Cited(1, 1, 1),), " "),
    ]
    assert statements("No answers came [1.1].") == [("No answers came.", [(1, 1, 1)])]


def test_brackets_within_brackets_are_text_and_what_cites_within_them_is_read() -> None:
    assert statements("a [b [c] d] e [1.1].") == [("a [b [c] d] e.", [(1, 1, 1)])]
    assert statements("Text [[missing]] more [1.1].") == [("Text more.", [(1, 1, 1)])]
    assert read_marks("x [[MISSING: [1.1] what]] y")[1] == Missing("what")


def test_a_part_of_any_usual_length_is_one_and_a_wall_is_text() -> None:
    part = "what it cost " * 80
    assert read_marks(f"[[MISSING: {part}]]") == [Missing(part.strip())]
    assert [type(one) for one in read_marks(f"[[MISSING: {part * 2}]]")] == [Statement]


@pytest.mark.parametrize(
    "part", ["[[MISSING:]]", "[[MISSING: ]]", "[[MISSING: …\n]]", "[[MISSING]]"]
)
def test_an_empty_part_is_nothing_missing(part: str) -> None:
    assert read_marks(f"{part}\n") == []
    assert read_marks(f"He came [1.1].\n{part}\n") == [Statement("He came.", (Cited(1, 1, 1),), "")]
    assert statements(f"{part} Then a second sentence [1.1].") == [
        ("Then a second sentence.", [(1, 1, 1)])
    ]
    assert statements(f"- One [1.1].\n{part}\n- Two [1.2].") == [
        ("One.", [(1, 1, 1)]),
        ("Two.", [(1, 2, 2)]),
    ]


def test_a_part_may_go_over_a_line_end_and_what_follows_it_is_text_again() -> None:
    assert read_marks("[[MISSING:\nwhat it cost]]") == [Missing("what it cost")]
    assert read_marks("[[MISSING: what\nit cost [1.1]\n]]")[0] != Missing("what it cost")
    assert read_marks("[[MISSING: what\r\nit cost [1.1]]] He left [1.2].") == [
        Missing("what it cost"),
        Statement("He left.", (Cited(1, 2, 2),), " "),
    ]


def test_a_part_that_is_never_closed_takes_no_cited_sentence_with_it() -> None:
    answer = "He came [1.1]. [[MISSING: the date\nHe left [1.2]. He met Shoigu [1.3]."
    assert [one for one in statements(answer) if one[1]] == [
        ("He came.", [(1, 1, 1)]),
        ("He left.", [(1, 2, 2)]),
        ("He met Shoigu.", [(1, 3, 3)]),
    ]
    wall = "[[MISSING: " + " ".join(f"He said it {n} times [1.{n}]." for n in range(1, 200))
    assert [one.cited for one in read_marks(wall) if isinstance(one, Statement)] == [
        (Cited(1, n, n),) for n in range(1, 200)
    ]
    assert statements("[[MISSING: a [[MISSING: b]] He left [1.2].")[-1] == (
        "He left.",
        [(1, 2, 2)],
    )


def test_a_bracket_that_is_never_closed_takes_no_mark_with_it() -> None:
    assert statements("He left [and came. He met Shoigu [1.3]. He stayed [1.4].")[1:] == [
        ("He met Shoigu.", [(1, 3, 3)]),
        ("He stayed.", [(1, 4, 4)]),
    ]
    assert statements("[He left [1.1]]")[0][1] == [(1, 1, 1)]


def test_a_statement_is_given_out_once_the_next_one_begins() -> None:
    reader = MarkReader()
    assert reader.feed("He came. [2.1") == []
    assert reader.feed("] ") == []
    assert [event.text for event in reader.feed("Then") if isinstance(event, Statement)] == [
        "He came."
    ]


@given(ANSWERS, st.lists(st.integers(0, 200), max_size=12))
def test_the_result_does_not_depend_on_how_the_stream_was_cut(text: str, cuts: list[int]) -> None:
    whole = read_marks(text)
    reader, found, begin = MarkReader(), [], 0
    for end in [*sorted(cut for cut in cuts if cut < len(text)), len(text)]:
        found += reader.feed(text[begin:end])
        begin = end
    assert found + reader.finish() == whole


@given(st.lists(FRAGMENTS, max_size=12).map("".join), st.lists(FRAGMENTS, max_size=12).map("".join))
def test_no_cited_sentence_is_lost_whatever_stands_around_it(before: str, after: str) -> None:
    """Unless it is itself within a part that is said to be missing, or in the middle of a mark."""
    parted = PART.search(before) is not None
    text = f"{before}\n\nHe left [7.1].\n{after}" if parted else f"{before} He left [7.1]. {after}"
    kept = [one for one in statements(text) if (7, 1, 1) in one[1]]
    assert any("He left" in said for said, _ in kept), read_marks(text)


@given(ANSWERS)
def test_no_mark_and_no_half_of_one_is_ever_in_a_text(text: str) -> None:
    for event in read_marks(text):
        if isinstance(event, Statement):
            assert not HALF_A_MARK.search(event.text), event.text
            assert event.text == " ".join(event.text.split())


@given(ANSWERS)
def test_every_letter_of_the_answer_is_kept(text: str) -> None:
    """Of answers without brackets, nothing but white space and control characters is lost."""
    text = re.sub(r"[\[\]［］【】〔〕⟦⟧]|(?i:no[\s_-]?answer)", "", text)
    kept = "".join(e.prefix + e.text for e in read_marks(text) if isinstance(e, Statement))

    def letters(of: str) -> str:
        return "".join(c for c in of if c.isalpha())

    assert letters(kept) == letters(text)


def test_a_wall_of_text_is_read_quickly() -> None:
    began = time.process_time()
    assert len(read_marks("كلمة " * 5_000 + "[" * 5_000)) == 1
    assert len(read_marks("a.b" * 8_000)) == 1
    assert read_marks("[" * 20_000) == []
    for opening in ("[[missing:", "[x", "[[missing:[x", "[[missing:\n", "[x]", "[1.1 "):
        read_marks(opening * (3_000 // len(opening)))
    assert time.process_time() - began < 5


def test_marks_are_taken_out_of_earlier_answers() -> None:
    earlier = "وصل في 17 أكتوبر. [1][2] ثم عاد [2.1, 3.4]. كما في (12). [[MISSING: السبب]]"
    assert without_marks(earlier) == "وصل في 17 أكتوبر. ثم عاد. كما في (12)."
    assert without_marks("a ［١］ b [2.1–3, 4.5] c [[no answer]] d") == "a b c d"
    assert without_marks("a [12a] b\n[1]\nc [sic]") == "a [12a] b\n\nc [sic]"


@pytest.mark.parametrize("wall", ["[", " ", "[[missing:", "[1 "], ids=repr)
def test_a_wall_of_openings_is_read_in_one_go(wall: str) -> None:
    """Where every opening is looked at anew to the end, this never ends."""
    assert without_marks(wall * 50_000 + "end").endswith("end")
