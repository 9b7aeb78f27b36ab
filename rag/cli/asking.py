"""`rag ask`: answers questions."""

import argparse
import asyncio
import sys
import time
from dataclasses import replace

from rag.answers.answer import Answer, Mode
from rag.answers.markup import inert
from rag.answers.responder import WORDS
from rag.cli.terminal import brought_up_to_date, opened, print_json, questions, say
from rag.knowledge_base import KnowledgeBase
from rag.text.hidden import visible_line


def run(options: argparse.Namespace) -> int:
    """Runs the command; gives the exit status."""
    # Questions are waited for outside the event loop: within it, Ctrl-C would wait for the next.
    with opened() as (_, knowledge), asyncio.Runner() as runner:
        synced = time.monotonic()
        current = options.no_sync or runner.run(brought_up_to_date(knowledge))
        # A question of the arguments was asked when the command began; the documents' time is none
        # of the answer's.
        asked = options.began + time.monotonic() - synced if options.question else None
        for question in questions(options.question):
            runner.run(_ask(knowledge, question, asked, current=current, as_json=options.json))
    return 0


async def _ask(
    knowledge: KnowledgeBase, question: str, since: float | None, *, current: bool, as_json: bool
) -> None:
    writing = _Writing(shown=not as_json and sys.stdout is not None and sys.stdout.isatty())
    answer = await knowledge.ask(question, on_text=writing.grow, since=since)
    if not current:
        behind = WORDS("behind", answer.language)
        answer = replace(answer, notice="\n".join(filter(None, (answer.notice, behind))))
    if as_json:
        print_json(answer.as_json())
    else:
        writing.finish(answer)


class _Writing:
    """An answer as it grows on a terminal; elsewhere it is printed when it is whole."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._written = ""

    def grow(self, text: str) -> None:
        """Prints what is new of the verified text."""
        if self._shown and text.startswith(self._written):
            sys.stdout.write(text[len(self._written) :])
            sys.stdout.flush()
            self._written = text

    def finish(self, answer: Answer) -> None:
        """Prints what is left of the text, and the sources."""
        if self._written and answer.text.startswith(self._written):
            say(answer.text[len(self._written) :])
        else:
            if self._written:
                say("\n" + WORDS("corrected", answer.language))
            say(answer.text)
        say(sources(answer))


def sources(answer: Answer) -> str:
    """The lines below an answer: where each citation stands, and what else there is to say."""
    lines, language = [], answer.language
    if answer.understood:
        question = inert(visible_line(answer.understood))
        lines.append(WORDS("understood", language, question=question))
    for citation in answer.citations:
        place = f"{visible_line(citation.file)}:{citation.start}-{citation.end}"
        date = (citation.date or WORDS("undated", language)).removeprefix("--")
        page = WORDS("on-page", language, page=str(citation.page)) if citation.page else ""
        parts = [place, page, inert(visible_line(citation.title)), date]
        lines.append(f"[{citation.n}] " + " — ".join(part for part in parts if part))
        if answer.mode is Mode.GENERATED:
            lines.append(f"    «{visible_line(citation.quote)}»")
        if citation.translation:
            lines.append("    " + WORDS("translation", language, text=citation.translation))
    if answer.notice:
        lines.append(answer.notice)
    if answer.missing:
        between = "; " if language == "en" else "؛ "
        lines.append(WORDS("missing", language, what=between.join(answer.missing)))
    if answer.withheld:
        lines.append(WORDS("withheld", language, count=len(answer.withheld)))
    return "\n".join(lines) + ("\n" if lines else "")
