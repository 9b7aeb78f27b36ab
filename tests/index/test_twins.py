"""The same report in several files: cited once, all named; changed facts stay apart."""

import pytest

from rag.answers.citing import Citations
from rag.documents.evidence import Evidence
from rag.documents.phrasing import phrase_key
from rag.index.ledger import Ledger
from rag.index.snapshot import Snapshot
from rag.retrieval.choice import told_once
from tests.library import Library

BODY = (
    "اندلع حريق كبير في مصنع للنسيج شرق المدينة فجر الثلاثاء وأسفر عن إصابة 14 عاملا.",
    "وقال مدير الدفاع المدني إن فرق الإطفاء سيطرت على النيران بعد ست ساعات.",
    "وأعلنت إدارة المصنع أن الخسائر تبلغ نحو ثلاثة ملايين دولار.",
    "ولم يعرف سبب الحريق حتى الآن.",
)
QUESTION = "متى سيطرت فرق الإطفاء على النيران؟"


def report(head: str, *lines: str) -> str:
    return "\n".join((head, *lines))


@pytest.fixture
def copies(library: Library) -> Library:
    library.write("a.txt", report("حريق في مصنع للنسيج", "طرابلس، 5 مارس 2024 (وكالة)", *BODY))
    shortened = (*BODY[:1], BODY[1].replace("وقال", "وصرح"), BODY[2])
    library.write("b.txt", report("مصنع يحترق\n\nشارك الخبر", *shortened))
    library.write("c.txt", report("حريق", BODY[0].replace("14", "17"), *BODY[1:]))
    library.write("d.txt", report("فيضان", "غمرت المياه قرى كثيرة.", BODY[1], BODY[0][:40]))
    library.sync()
    return library


def found(library: Library) -> list[Evidence]:
    """Every passage of the collection."""

    def work(ledger: Ledger, _: Snapshot) -> list[Evidence]:
        ids = [id_ for file in ledger.files() for id_ in ledger.passages_of(file.id)]
        return list(ledger.evidence(ids).values())

    return library.reader.read(work)


def cited(library: Library, says: str) -> dict[str, tuple[str, ...]]:
    """By file, the others that are named where its sentence with these words is cited."""
    named = {}
    for passage in found(library):
        for sentence in passage.sentences:
            if says in sentence.text:
                citations = Citations()
                citations.cite([sentence])
                named[sentence.source.path] = citations.all[0].also
    return named


def test_copies_of_a_report_are_named(copies: Library) -> None:
    assert cited(copies, "ثلاثة ملايين") == {
        "a.txt": ("b.txt", "c.txt"),
        "b.txt": ("a.txt", "c.txt"),
        "c.txt": ("a.txt", "b.txt"),
    }


def test_a_changed_verb_of_saying_makes_no_other_report(copies: Library) -> None:
    assert cited(copies, "سيطرت على النيران")["a.txt"] == ("b.txt", "c.txt")


def test_a_changed_fact_is_never_taken_for_the_same(copies: Library) -> None:
    named = cited(copies, "إصابة")
    assert named["a.txt"] == ("b.txt",)
    assert named["c.txt"] == ()


def test_a_sentence_in_a_report_of_something_else_is_another_sentence(copies: Library) -> None:
    assert cited(copies, "سيطرت على النيران")["d.txt"] == ()


def test_the_same_words_are_cited_once(copies: Library) -> None:
    sentences = [
        sentence
        for passage in found(copies)
        for sentence in passage.sentences
        if "ثلاثة ملايين" in sentence.text
    ]
    citations = Citations()
    assert len({citations.cite([sentence]) for sentence in sentences}) == 1
    assert len(citations.all) == 1


def test_copies_take_one_place_among_the_passages(copies: Library) -> None:
    told = copies.find(QUESTION)
    keys = [phrase_key(one.sentence.text) for one in told.chosen if "سيطرت" in one.sentence.text]
    paths = {one.sentence.source.path for one in told.chosen if "سيطرت" in one.sentence.text}
    assert len(keys) == len(paths) == 2
    assert "d.txt" in paths
    assert told_once(told.chosen) == list(told.chosen)


def test_a_copy_that_goes_is_named_no_more_and_one_that_returns_is(copies: Library) -> None:
    (copies.documents / "b.txt").unlink()
    copies.sync()
    assert cited(copies, "ثلاثة ملايين")["a.txt"] == ("c.txt",)
    copies.write("z/b.txt", report("مصنع يحترق", *BODY))
    copies.sync()
    assert cited(copies, "ثلاثة ملايين")["a.txt"] == ("c.txt", "z/b.txt")


def test_the_order_of_arrival_changes_nothing(copies: Library) -> None:
    before = cited(copies, "ثلاثة ملايين")
    for name in ("a.txt", "c.txt"):
        copies.write(name, (copies.documents / name).read_bytes() + b"\n")
        copies.sync()
    assert cited(copies, "ثلاثة ملايين") == before
