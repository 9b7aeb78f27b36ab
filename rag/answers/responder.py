"""The responder: from what retrieval found to an answer, by a model where there is one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rag.answers.answer import Claim, ClaimKind, Mode
from rag.answers.citing import Citations
from rag.answers.quoter import Quoted, abstain, quote, without_marks
from rag.documents.evidence import Sentence, Source
from rag.retrieval.certainty import Certainty
from rag.retrieval.finding import Findings
from rag.retrieval.kinds import Kind
from rag.wording import Wording

WORDS: Final = Wording(Path(__file__).parent / "words")
_MOST_LISTED: Final = 20


def quoted_answer(findings: Findings, titles: Sequence[Source] = ()) -> Quoted:
    """The answer without a model. `titles` are the files that a list of the collection shows."""
    language, kind = findings.question.language, findings.request.kind
    if kind.is_talk:
        return Quoted(Mode.QUOTED, WORDS(kind.value, language), (), Citations())
    if kind is Kind.COLLECTION:
        return _collection(findings, titles)
    if findings.certainty is Certainty.NOTHING:
        return abstain(language, WORDS)
    return quote(
        kind,
        findings.chosen,
        language,
        WORDS,
        certain=findings.certainty is Certainty.ANSWER,
        also=findings.also,
    )


def listed(findings: Findings) -> list[int]:
    """The ids of the files that an answer about the collection shows."""
    if findings.request.kind is not Kind.COLLECTION:
        return []
    return [entry.id for entry in findings.files[:_MOST_LISTED]]


def _collection(findings: Findings, sources: Sequence[Source]) -> Quoted:
    """The files with their titles; a title that stands in the file is quoted and cited."""
    language = findings.question.language
    citations = Citations(findings.also)
    claims, lines = [], [WORDS("collection", language, count=len(findings.files))]
    for source in sources:
        name = f"\u2068{source.path}\u2069"
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
    return Quoted(Mode.QUOTED, "\n".join(lines), tuple(claims), citations)
