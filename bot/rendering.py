"""From replies to styled text: what a reader sees, in a terminal as in Telegram. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from bot.evidence import Evidence
from bot.finding import Found
from bot.reasons import in_words
from bot.reply import Answered, Listed, Opened, Reindexed, Reply, Said, Shown
from bot.styled import (
    LEFT_MARK,
    RIGHT_MARK,
    RIGHT_TO_LEFT,
    Mark,
    Style,
    Styled,
    comma,
    isolated,
    joined,
    styled,
    with_ranges_isolated,
)
from rag.answers.answer import Answer, Citation, Mode
from rag.answers.markup import inert, inert_name
from rag.answers.reverification import State
from rag.knowledge_base import Progress, Skipped, Sources, SyncReport
from rag.text.hidden import visible, visible_line
from rag.wording import Wording

MOST_LISTED: Final = 50
"""Files in one list; a longer one ends with how many more there are."""

_LONGEST_FOUND: Final = 1_500
"""Characters of a passage that an instant search shows."""

WORDS: Final = Wording(Path(__file__).parent / "words")


@dataclass(frozen=True, slots=True)
class Renderer:
    """Replies as styled text."""

    quotes: bool
    """Each citation's quotation even where the answer has it."""
    buttons: bool = False
    """Whether what can be chosen is offered by buttons, and styles tell a quotation apart."""
    most: int = MOST_LISTED
    """Files in one list."""
    words: Wording = WORDS

    def reply(self, reply: Reply) -> Styled:
        """What the reader sees of a reply."""
        match reply:
            case Said(text, _, choices):
                offered = [f"• {one.label}: {isolated(one.command)}" for one in choices]
                return joined([text, "" if self.buttons else "\n".join(offered)], "\n")
            case Answered(answer):
                return self.answer(answer)
            case Opened(evidence, language, _):
                return self.evidence(evidence, language)
            case Listed(sources, language):
                return self.sources(sources, language)
            case Reindexed(report, language):
                return self.report(report, language)
            case Shown(text):
                return text

    def answer(self, answer: Answer) -> Styled:
        """The answer, what the reader is told besides, and a line for each source."""
        language = answer.language
        besides = []
        if answer.understood:
            question = inert(visible_line(answer.understood))
            besides.append(self.words("understood", language, question=question))
        besides.append(answer.notice or "")
        if any(part not in answer.text for part in answer.missing):
            parts = "; ".join(answer.missing) if language == "en" else "؛ ".join(answer.missing)
            besides.append(self.words("missing", language, parts=parts))
        if answer.withheld:
            besides.append(self.words("withheld", language, count=len(answer.withheld)))
        blocks = [Styled(with_ranges_isolated(answer.text)), joined(besides, "\n")]
        if answer.citations:
            with_quotes = self.quotes or answer.mode is Mode.GENERATED
            sources = [self._citation(one, language, with_quotes) for one in answer.citations]
            heading = styled(self.words("answer-sources", language), Style.BOLD)
            blocks.append(joined([heading, joined(sources, "\n\n" if with_quotes else "\n")], "\n"))
        return joined(blocks, "\n\n")

    def _citation(self, citation: Citation, language: str, with_quote: bool) -> Styled:
        names = names_of(citation.file, citation.title, citation.date)
        undated = "" if citation.date else f" — {self.words('undated', language)}"
        line = f"{lead(language)}[{citation.n}] {names}{undated}"
        also = ""
        if citation.also:
            files = comma(language).join(isolated(inert_name(file)) for file in citation.also)
            also = self.words("also-in", language, files=files)
        # What is shown cannot be tapped and hides nothing; the quotation itself stays as it is.
        quote = styled(inert(visible(citation.quote)), Style.QUOTE) if with_quote else ""
        translation = ""
        if citation.translation:
            translation = self.words("translation", language, text=citation.translation)
        return joined([line, also, quote, translation], "\n")

    def evidence(self, evidence: Evidence, language: str) -> Styled:
        """A quotation with what stands around it, and what has become of it since it was cited."""
        names = names_of(evidence.file, evidence.title, evidence.date)
        line = f"{lead(language)}[{evidence.n}] {names}"
        where = []
        if evidence.page is not None:
            where.append(self.words("evidence-page", language, page=str(evidence.page)))
        if evidence.line is not None:
            where.append(self.words("evidence-line", language, line=str(evidence.line)))
        return joined(
            [
                joined([line, comma(language).join(where)], "\n"),
                self._become_of(evidence, language),
                self._passage(evidence, language),
            ],
            "\n\n",
        )

    def _become_of(self, evidence: Evidence, language: str) -> str:
        """What the reader is told where a file is not as it was when it was cited."""
        match evidence.state:
            case State.GONE:
                return self.words("evidence-gone", language)
            case State.MOVED if evidence.cited_file != evidence.file:
                name = inert_name(evidence.cited_file)
                return self.words("evidence-elsewhere", language, file=name)
            case State.MOVED:
                return self.words("evidence-moved", language)
        return self.words("evidence-changed", language) if evidence.is_changed else ""

    def _passage(self, evidence: Evidence, language: str) -> Styled:
        """The passage as an expandable quotation, in bold what was cited of it."""
        before, quote, after = (
            inert(visible(piece)) for piece in (evidence.before, evidence.quote, evidence.after)
        )
        before = f"… {before.lstrip()}" if evidence.has_previous else before.lstrip()
        after = f"{after.rstrip()} …" if evidence.has_next and quote else after.rstrip()
        if not quote:
            before = f"{before.rstrip()} …" if evidence.has_next else before.rstrip()
        elif not self.buttons:
            quote = f"⟦{quote}⟧"
        passage = joined([before, styled(quote, Style.BOLD), after], "")
        whole = Mark(Style.QUOTE, 0, len(passage.text))
        passage = Styled(passage.text, (whole, *passage.marks))
        if not evidence.step:
            return passage
        key = "evidence-after" if evidence.step > 0 else "evidence-before"
        return joined([self.words(key, language, count=abs(evidence.step)), passage], "\n")

    def found(self, found: Found) -> Styled:
        """What an instant search found: where it stands, and the passage; in its own language."""
        quote = inert(visible(found.text.strip()[:_LONGEST_FOUND]))
        line = f"{lead(found.language)}{names_of(found.file, found.title, found.date)}"
        return joined([line, styled(quote, Style.QUOTE)], "\n")

    def sources(self, sources: Sources, language: str) -> Styled:
        """The files with title, date and size, and what was skipped and why."""
        if not sources.files and not sources.skipped:
            return Styled(self.words("sources-none", language))
        heading = self.words("sources-heading", language, count=len(sources.files))
        lines = []
        for file in sources.files:
            names = names_of(file.path, file.title, file.date)
            size = self.words("passages", language, count=file.passages)
            lines.append(f"{lead(language)}• {names} ({size})")
        blocks = [
            joined([styled(heading, Style.BOLD), *self._first(lines, language)], "\n"),
            self._skipped(sources.skipped, language),
        ]
        return joined(blocks, "\n\n")

    def report(self, report: SyncReport, language: str) -> Styled:
        """What was added, changed, removed and skipped."""
        files = report.unchanged + len(report.added) + len(report.changed)
        heading = self.words("report-heading", language, revision=str(report.revision), files=files)
        blocks: list[Styled | str] = [styled(heading, Style.BOLD)]
        for key, paths in (
            ("report-added", report.added),
            ("report-changed", report.changed),
            ("report-removed", report.removed),
        ):
            if paths:
                lines = [f"{lead(language)}• {isolated(inert_name(path))}" for path in paths]
                head = self.words(key, language, count=len(paths))
                blocks.append(joined([head, *self._first(lines, language)], "\n"))
        if len(blocks) == 1:
            blocks.append(self.words("report-nothing", language))
        blocks.append(self._skipped(report.skipped, language))
        if report.warnings:
            head = self.words("report-warnings", language, count=len(report.warnings))
            lines = [self._reason(one.file, one.reason, language) for one in report.warnings]
            blocks.append(joined([head, *self._first(lines, language)], "\n"))
        return joined(blocks, "\n\n")

    def progress(self, progress: Progress, language: str) -> str:
        """How far bringing the index up to date has come: a line."""
        if not progress.total:
            return self.words("progress-start", language)
        key = f"progress-{progress.stage}"
        return self.words(key, language, done=progress.done, total=progress.total)

    def _skipped(self, skipped: tuple[Skipped, ...], language: str) -> Styled:
        if not skipped:
            return Styled("")
        head = self.words("skipped-heading", language, count=len(skipped))
        lines = [self._reason(one.file, one.reason, language) for one in skipped]
        return joined([head, *self._first(lines, language)], "\n")

    def _reason(self, file: str, reason: str, language: str) -> str:
        said = in_words(reason, language, self.words)
        return f"{lead(language)}• {isolated(inert_name(file))}: {said}"

    def _first(self, lines: list[str], language: str) -> Iterable[str]:
        more = len(lines) - self.most
        if more <= 0:
            return lines
        return [*lines[: self.most], self.words("and-more", language, count=more)]


def names_of(file: str, title: str, date: str | None) -> str:
    """A file with its title, where it has one of its own, and its date, where it states one."""
    names = [inert_name(file)]
    if title != PurePosixPath(file).stem:
        names.append(inert(title))
    if date:
        names.append(date.removeprefix("--"))  # a day without its year
    return " — ".join(isolated(name) for name in names)


def lead(language: str) -> str:
    """The mark that gives a line of names and numbers the direction of its language."""
    return RIGHT_MARK if language in RIGHT_TO_LEFT else LEFT_MARK
