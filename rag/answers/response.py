"""The response: what is said to a message, and what the reports add to it whoever wrote it.

A newer report than a model took, other values than it gives, and the age of reports that an answer
about now is made of.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from rag.answers.answer import Citation, Claim, ClaimKind, Disagreement, Mode, Usage, Withheld
from rag.answers.citing import Citations
from rag.answers.disclosure import disclosure
from rag.answers.quoter import without_marks
from rag.answers.timeliness import date_in_words, newer_than, notice_of_age
from rag.retrieval.certainty import Certainty
from rag.retrieval.finding import Findings
from rag.wording import Wording

WORDS: Final = Wording(Path(__file__).parent / "words")


@dataclass(frozen=True, slots=True)
class Response:
    """What is said to a message, and what proves it."""

    mode: Mode
    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    notice: str | None = None
    missing: tuple[str, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    model: str | None = None
    disagreements: tuple[Disagreement, ...] = ()
    judged: bool = False
    """Whether the second judge ruled on every statement, in time."""
    usage: Usage = Usage()


def completed(response: Response, findings: Findings) -> Response:
    """The answer with what else the reports hold of it: a newer one, another value, their age."""
    newest = _with_newest(response, findings)
    return _of_its_time(_with_disagreements(newest, findings), findings)


def _with_newest(response: Response, findings: Findings) -> Response:
    """A model's answer about now with the newest dated report, where it has only older ones."""
    if response.mode is not Mode.GENERATED or not findings.about_now:
        return response
    newer = newer_than(response.citations, findings.chosen)
    if newer is None or findings.certainty is not Certainty.ANSWER:
        return response
    sentence = newer.sentence
    citations = Citations(findings.also, response.citations)
    (number,) = citations.cite([sentence])
    language, shown = findings.language, without_marks(sentence.text)
    date = date_in_words(sentence.source.date or "", language, WORDS)
    told = WORDS("newer", language, date=date)
    return replace(
        response,
        text=f"{response.text}\n\n{told}\n«{' '.join(shown.split())}» [{number}]",
        claims=(*response.claims, Claim(shown, ClaimKind.QUOTE, (number,))),
        citations=citations.all,
    )


def _of_its_time(response: Response, findings: Findings) -> Response:
    """An answer about now with the age of its reports; what only comes near answers nothing."""
    is_answer = response.mode in (Mode.GENERATED, Mode.QUOTED)
    if not (is_answer and findings.about_now and response.citations):
        return response
    age = notice_of_age(response.citations, findings.language, WORDS)
    return replace(response, notice="\n".join(filter(None, (response.notice, age))))


def _with_disagreements(response: Response, findings: Findings) -> Response:
    """The answer, and in what its sources disagree; "nearest" quotations answer nothing."""
    is_answer = response.mode in (Mode.GENERATED, Mode.QUOTED) and not response.disagreements
    if not is_answer or not findings.chosen:
        return response
    language, also = findings.language, findings.also
    found = disclosure(
        response.citations,
        findings.evidence,
        findings.chosen,
        language,
        WORDS,
        also,
        findings.question,
        findings.further,
        [one.text for one in response.claims if one.kind is ClaimKind.STATEMENT],
    )
    if found is None:
        return response
    return replace(
        response,
        text=f"{response.text}\n\n{found.text}",
        claims=(*response.claims, *found.claims),
        citations=found.citations,
        disagreements=found.disagreements,
    )
