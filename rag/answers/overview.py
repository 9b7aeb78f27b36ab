"""The overview: what documents there are, and in what they disagree, told by the program alone."""

from collections.abc import Sequence
from typing import Final

from rag.answers.answer import Claim, ClaimKind, Mode
from rag.answers.citing import Citations
from rag.answers.disclosure import differences
from rag.answers.markup import inert_name, round_numbers
from rag.answers.quoter import without_marks
from rag.answers.response import WORDS, Response
from rag.answers.timeliness import date_in_words
from rag.documents.evidence import Sentence, Source
from rag.retrieval.finding import Findings
from rag.retrieval.kinds import Kind
from rag.text.dates import written_dates

_MOST_LISTED: Final = 20
_JOINER: Final = "\u2060"


def listed(findings: Findings) -> list[int]:
    """The ids of the files that an answer about the collection, or about files of it, shows."""
    request = findings.request
    if not request.kind.is_of_files:
        return []
    wanted = request.files if request.kind is Kind.PUBLICATION else None
    shown = [one.id for one in findings.files if wanted is None or one.id in wanted]
    return shown[:_MOST_LISTED]


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


def publication(findings: Findings, sources: Sequence[Source]) -> Response:
    """When reports were published, as far as they state it, with the words that do."""
    language, citations = findings.language, Citations(findings.also)
    claims: list[Claim] = []
    lines = []
    for source in sources:
        name = round_numbers(inert_name(source.path))
        if source.date is None:
            lines.append("• " + WORDS("published-unknown", language, source=name))
            continue
        date = date_in_words(source.date.removeprefix("--"), language, WORDS)
        key = "published-after" if _is_of_another_day(source) else "published"
        line = "• " + WORDS(key, language, source=name, date=date)
        if source.date_span is not None:
            (number,) = citations.cite([Sentence(source, source.date_span)])
            shown = without_marks(source.date_span.of(source.text))
            claims.append(Claim(shown, ClaimKind.QUOTE, (number,)))
            line = f"{line} — «{' '.join(shown.split())}» [{number}]"
        lines.append(line)
    mode = Mode.QUOTED if claims else Mode.ABSTAINED
    text = "\n".join(lines) or WORDS("collection", language, count=0)
    return Response(mode, text, tuple(claims), citations.all)


def _is_of_another_day(source: Source) -> bool:
    """Whether the words that date a report are those of a post that it calls yesterday's."""
    if source.date_span is None:
        return False
    stated = [one.value for one in written_dates(source.date_span.of(source.text)) if one.is_full]
    return bool(stated) and source.date not in stated


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
