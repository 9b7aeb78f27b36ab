"""Everything that retrieval says about a message, on the seeds and on small collections."""

from pathlib import Path

import pytest

from rag.index.embedding import LocalEmbedder
from rag.retrieval.certainty import Certainty
from rag.retrieval.finding import VectorChannel, evidence_of, find, ranked
from rag.retrieval.follow_up import Turn
from rag.retrieval.kinds import Kind
from rag.retrieval.question import analyse
from tests.library import Library

RUSSIA = [Turn("متى وصل باقري إلى روسيا؟", "…", ())]


def cited(findings: object) -> set[str]:
    return {one.source.path[:3] for one in findings.evidence}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "needle"),
    [
        ("من هي كارولين روز؟", "كارولين روز"),
        ("كم دامت إقامة باقري في روسيا؟", "أربعة أيام"),
        ("What is the length of the Iran-Pakistan border?", "1000 كيلومتر"),
        ("سفیر روسیه در تهران چه نام دارد؟", "لوان جاغريان"),
        ("شكون هو السفير الروسي فطهران؟", "لوان جاغريان"),
    ],
)
def test_a_question_brings_up_the_sentence_that_answers(
    seeds_library: Library, text: str, needle: str
) -> None:
    findings = seeds_library.find(text)
    assert findings.certainty is Certainty.ANSWER
    assert findings.text == text
    assert findings.understood is None
    assert needle in findings.chosen[0].sentence.text
    assert len(findings.evidence) <= 10
    assert {one.sentence.source.path for one in findings.chosen} == {
        one.source.path for one in findings.evidence
    }


def test_what_comes_near_is_told_from_an_answer_and_from_nothing(seeds_library: Library) -> None:
    assert seeds_library.find("متى زار باقري تركيا؟").certainty is Certainty.NEAREST
    nothing = seeds_library.find("كيف أخبز الخبز في البيت؟")
    assert nothing.certainty is Certainty.NOTHING


def test_a_limit_to_a_source_is_kept(seeds_library: Library) -> None:
    assert cited(seeds_library.find("وفقا لنورث برس، كم استغرقت زيارة باقري لباكستان؟")) == {"001"}
    assert cited(seeds_library.find("According to Al-Monitor, who is Haqqani?")) == {"003"}
    assert cited(seeds_library.find("ما الإشكال النووي في 002_173d9725e138e35a.txt؟")) == {"002"}


def test_a_limit_to_what_is_not_there_finds_nothing(seeds_library: Library) -> None:
    findings = seeds_library.find("ما تقول تقارير 1999 عن باقري؟")
    assert (findings.evidence, findings.certainty) == ((), Certainty.NOTHING)


def test_a_summary_of_a_file_is_made_of_all_of_it(seeds_library: Library) -> None:
    findings = seeds_library.find("لخص 004_212b5ff0e0069ab8.txt")
    assert findings.request.kind is Kind.SUMMARY
    assert cited(findings) == {"004"}
    stored = seeds_library.reader.read(lambda ledger, _: ledger.files()[4].passages)
    assert len(findings.evidence) == stored
    assert findings.certainty is Certainty.ANSWER


def test_a_summary_of_everything_opens_every_file(seeds_library: Library) -> None:
    findings = seeds_library.find("Summarize all documents")
    assert [one.source.path[:3] for one in findings.evidence] == ["000", "001", "002", "003", "004"]


def test_a_question_about_a_time_alone_is_a_timeline_of_it(seeds_library: Library) -> None:
    findings = seeds_library.find("What happened in January 2025?")
    assert findings.request.kind is Kind.TIMELINE
    assert findings.certainty is Certainty.ANSWER
    told = [one.sentence.text for one in findings.chosen]
    assert all(any(day in one for day in ("2025", "أمس الإثنين", "today")) for one in told)
    assert any("أمس الإثنين" in one for one in told)  # of a report of 21 January 2025
    assert len({one.score for one in findings.chosen}) == 1
    assert seeds_library.find("ماذا حدث عام 2030؟").certainty is Certainty.NOTHING


def test_talk_and_the_collection_are_not_searched_for(seeds_library: Library) -> None:
    for text in ("شكرا جزيلا", "What do you have?"):
        findings = seeds_library.find(text)
        assert (findings.evidence, findings.chosen) == ((), ())
        assert len(findings.files) == 5


def test_a_follow_up_is_understood_from_the_conversation(seeds_library: Library) -> None:
    findings = seeds_library.find("وكم يوما مكث هناك؟", RUSSIA)
    assert findings.understood
    assert "باقري" in findings.understood
    assert any("أربعة أيام" in one.sentence.text for one in findings.chosen[:3])
    assert findings.certainty is Certainty.ANSWER


def test_a_question_that_stands_alone_is_not_bent_by_the_conversation(
    seeds_library: Library,
) -> None:
    for text in ("من هي كارولين روز؟", "Who is Caroline Rose?"):
        assert seeds_library.find(text, RUSSIA).understood is None


def test_a_models_understanding_is_taken_before_ours(seeds_library: Library) -> None:
    alone = "كم يوما مكث باقري في روسيا؟"
    assert seeds_library.find("وكم يوما مكث هناك؟", RUSSIA, alone=alone).understood == alone
    same = seeds_library.find("من هي كارولين روز؟", RUSSIA, alone=" من هي  كارولين روز؟ ")
    assert same.understood is None


def test_one_text_in_two_files_is_found_once_and_both_are_named(library: Library) -> None:
    library.fill(a="وصل باقري إلى موسكو.", b="وصل باقري إلى موسكو.", c="غادر باقري موسكو.")
    findings = library.find("متى وصل باقري إلى موسكو؟")
    assert [one.source.path for one in findings.evidence] == ["a.txt", "c.txt"]
    assert findings.also == {"a.txt": ("b.txt",), "b.txt": ("a.txt",)}


def test_findings_are_of_one_revision(library: Library) -> None:
    library.fill(a="وصل باقري إلى موسكو.")
    library.write("b.txt", "غادر باقري.")
    library.sync()
    assert library.find("باقري").revision == 2
    assert [entry.path for entry in library.find("باقري").files] == ["a.txt", "b.txt"]


def test_an_empty_collection_has_nothing(library: Library) -> None:
    library.sync()
    for text in ("من هو باقري؟", "لخص كل الوثائق", "ما الوثائق لديك؟", "ماذا حدث في 2021؟"):
        findings = library.find(text)
        assert (findings.evidence, findings.certainty) == ((), Certainty.NOTHING)


def test_without_a_vector_the_words_do(seeds_library: Library) -> None:
    silent = VectorChannel(lambda _: None, 0.4, lambda _v, _k: None)
    question = analyse("من هي كارولين روز؟")

    def work(ledger: object, snapshot: object) -> tuple[object, object]:
        return (
            ranked(snapshot, question, 5, silent),  # type: ignore[arg-type]
            ranked(snapshot, question, 5),  # type: ignore[arg-type]
        )

    found, by_words = seeds_library.reader.read(work)
    assert found == by_words


def test_the_vector_of_a_question_is_made_once(seeds_library: Library) -> None:
    embedded: list[str] = []

    def embed(text: str) -> object:
        embedded.append(text)
        return LocalEmbedder().embed([text])[0]

    channel = VectorChannel(embed, 0.03, lambda _v, _k: None)  # type: ignore[arg-type]
    seeds_library.reader.read(
        lambda ledger, snapshot: find(ledger, snapshot, "من هي كارولين روز؟", (), channel)
    )
    assert embedded == ["من هي كارولين روز؟"]


def test_evidence_comes_in_the_order_of_its_ranks(seeds_library: Library) -> None:
    def work(ledger: object, snapshot: object) -> tuple[list[float], list[float]]:
        rows = ranked(snapshot, analyse("باقري"), 8)  # type: ignore[arg-type]
        found = evidence_of(ledger, rows)  # type: ignore[arg-type]
        return [row.score for row in rows], [one.score for one in found]

    in_rows, in_evidence = seeds_library.reader.read(work)
    assert in_rows == in_evidence


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("مع من التقى الوزير في 12 تشرين الأول 2021؟", "numbers.txt"),
        ("مع من التقى الوزير في أكتوبر 2021؟", "numbers.txt"),
        ("مع من التقى الوزير في ١٢/١٠/٢٠٢١؟", "numbers.txt"),
        ("Whom did the minister meet in October 2021?", "numbers.txt"),
        ("وزیر در ۱۲ اکتبر ۲۰۲۱ با چه کسی دیدار کرد؟", "numbers.txt"),
        ("مع من التقى الوزير في 03/11/2020؟", "names.txt"),
        ("مع من التقى الوزير في 2020-11-03؟", "names.txt"),
        ("Whom did the minister meet in Safar 1443?", "hijri.txt"),
    ],
)
def test_a_date_is_found_in_whatever_form_it_is_written(
    tmp_path: Path, text: str, file: str
) -> None:
    library = Library(tmp_path).fill(
        numbers="تقرير عن لقاء\n\nالتقى الوزير نظيره في الميناء يوم ١٢/١٠/٢٠٢١.",
        names="تقرير عن لقاء\n\nالتقى الوزير نظيره في الميناء يوم ٣ تشرين الثاني ٢٠٢٠.",
        hijri="تقرير عن لقاء\n\nالتقى الوزير نظيره في الميناء في صفر ١٤٤٣.",
    )
    assert library.find(text).chosen[0].sentence.source.path == file
