"""The overview: what documents there are, and in what they disagree, told by the program alone."""

from collections.abc import Sequence
from typing import Final

from rag.answers.answer import Claim, ClaimKind, Mode
from rag.answers.citing import Citations
from rag.answers.disclosure import differences
from rag.answers.markup import inert_name
from rag.answers.quoter import without_marks
from rag.answers.response import WORDS, Response
from rag.documents.evidence import Sentence, Source
from rag.retrieval.finding import Findings
from rag.retrieval.kinds import Kind

_MOST_LISTED: Final = 20
_JOINER: Final = "\u2060"


def listed(findings: Findings) -> list[int]:
    """The ids of the files that an answer about the collection shows."""
    if findings.request.kind is not Kind.COLLECTION:
        return []
    return [entry.id for entry in findings.files[:_MOST_LISTED]]


def disagreements(findings: Findings) -> Response:
    """In what the documents disagree, each value with its source; or that nothing is known."""
    language, passages = findings.language, (*findings.evidence, *findings.further)
    about = findings.question if findings.request.topic else None
    found = differences(passages, language, WORDS, findings.also, about)
    if found is None:
        files = {one.source.path for one in passages}
        told = WORDS("no-disagreement", language, count=len(files))
        return Response(Mode.ABSTAINED, told, (), ())
    return Response(
        Mode.QUOTED,
        found.text,
        found.claims,
        found.citations,
        disagreements=found.disagreements,
    )


def collection(findings: Findings, sources: Sequence[Source]) -> Response:
    """The files with their titles; a title that stands in the file is quoted and cited."""
    language = findings.language
    citations = Citations(findings.also)
    claims: list[Claim] = []
    lines = [WORDS("collection", language, count=len(findings.files))]
    for source in sources:
        # A joiner that nobody sees keeps a bracketed number in a name from being a citation.
        name = f"\u2068{inert_name(source.path).replace('[', '[' + _JOINER)}\u2069"
        date = f" — {source.date}" if source.date else ""
        if source.title_span is None:
            lines.append(f"• {name}{date}")
            continue
        (number,) = citations.cite([Sentence(source, source.title_span)])
        shown = without_marks(source.title)
        claims.append(Claim(shown, ClaimKind.QUOTE, (number,)))
        lines.append(f"• {name}{date} — «{shown}» [{number}]")
    more = len(findings.files) - len(sources)
    if more > 0:
        lines.append(WORDS("collection-more", language, count=more))
    return Response(Mode.QUOTED, "\n".join(lines), tuple(claims), citations.all)
