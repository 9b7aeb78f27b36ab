"""Files of every format from the folder to a citation."""

import pytest

from rag.answers.citing import Citations
from rag.documents.evidence import Evidence
from rag.documents.extraction import Extractor
from rag.documents.reading import read
from rag.index.ledger import Ledger
from rag.index.snapshot import Snapshot
from tests.documents.formats.printed import printed
from tests.documents.formats.samples import SAMPLES
from tests.library import Library

PAGED = {"pdf", "pptx"}


def passages(library: Library) -> list[Evidence]:
    def work(ledger: Ledger, _: Snapshot) -> list[Evidence]:
        ids = [id_ for file in ledger.files() for id_ in ledger.passages_of(file.id)]
        return list(ledger.evidence(ids).values())

    return library.reader.read(work)


def test_every_citation_is_a_span_of_the_text_that_is_read_again(library: Library) -> None:
    for suffix, (_, make) in SAMPLES.items():
        library.write(f"report.{suffix}", make())
    report = library.sync()
    assert not report.skipped
    assert len(report.added) == len(SAMPLES)
    with Extractor() as extractor:
        files = {path: read(library.documents, path, extractor) for path in report.added}
    cited = set()
    for passage in passages(library):
        for sentence in passage.sentences:
            citations = Citations()
            citations.cite([sentence])
            (citation,) = citations.all
            file = files[citation.file]
            assert file.text[citation.start : citation.end] == citation.quote == sentence.text
            assert file.sha256 == citation.sha256
            assert (citation.page is not None) == (citation.file.partition(".")[2] in PAGED)
            cited.add(citation.file)
    assert len(cited) == len(SAMPLES)


def test_the_page_of_a_citation_is_that_of_the_file(library: Library) -> None:
    pages = [[f"Page number {n} tells of the town of Nalut."] for n in ("one", "two", "three")]
    library.write("long.pdf", printed(pages, right=False))
    library.sync()
    found = {
        sentence.text: sentence.source.page_of(sentence.span.start)
        for passage in passages(library)
        for sentence in passage.sentences
    }
    assert [page for text, page in found.items() if "Nalut" in text] == [1, 2, 3]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("scan.pdf", printed([[], []], images=[0, 1]), "it is scanned: 2 of its 2 pages"),
        ("lie.docx", b"plain text", "its name says that it is a DOCX file"),
        ("cut.xlsx", SAMPLES["xlsx"][1]()[:900], "it is damaged"),
    ],
)
def test_what_cannot_be_read_is_skipped_with_the_reason(
    library: Library, name: str, content: bytes, reason: str
) -> None:
    library.write("kept.txt", "وصل الوفد إلى موسكو أمس. ثم عاد بعد ثلاثة أيام.")
    library.write(name, content)
    (skipped,) = library.sync().skipped
    assert skipped.file == name
    assert reason in skipped.reason


def test_what_was_read_only_in_part_is_warned_of(library: Library) -> None:
    library.write(
        "part.pdf", printed([["A page with a text of its own."], []], images=[1], right=False)
    )
    report = library.sync()
    (warned,) = report.warnings
    assert "images without text, which are not read: 2" in warned.reason
