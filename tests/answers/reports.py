"""Evidence for tests, made from a text as the program itself makes it."""

from functools import cache
from pathlib import Path

from rag.documents.document import understand
from rag.documents.evidence import Evidence, Sentence, Source
from rag.documents.reading import FileText

SEEDS = Path(__file__).parents[2] / "seeds"


def evidence_of(text: str, name: str = "report.txt") -> tuple[Evidence, ...]:
    """Every passage of a report."""
    document = understand(FileText(name, text, "utf-8", "0" * 64))
    source = Source(
        path=name,
        title=document.title,
        title_span=document.title_span,
        date=document.date.value if document.date else None,
        date_span=document.date.span if document.date else None,
        language=document.language,
        sha256="0" * 64,
        encoding="utf-8",
        text=text,
    )
    return tuple(
        Evidence(source, tuple(Sentence(source, span) for span in passage.sentences), 1.0)
        for passage in document.passages
    )


@cache
def seed(number: int) -> tuple[Evidence, ...]:
    """Every passage of one of the five seeds."""
    path = sorted(SEEDS.glob("*.txt"))[number]
    return evidence_of(path.read_text(encoding="utf-8"), path.name)


def sentence_with(needle: str, evidence: tuple[Evidence, ...]) -> Sentence:
    """The first sentence that holds `needle`."""
    return next(
        sentence for one in evidence for sentence in one.sentences if needle in sentence.text
    )
