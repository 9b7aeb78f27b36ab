"""What a terminal shows: pretty for a person, plain text or JSON lines for a program."""

import json
import re
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, ClassVar, Final, Protocol, TextIO

from bot.rendering import WORDS, Renderer
from bot.reply import Reply
from bot.styled import Style, Styled, directed, with_ranges_isolated
from rag.knowledge_base import Progress
from rag.text.language import language_of

if TYPE_CHECKING:
    from rich.status import Status

_BY_PARAGRAPH: Final = "\x1b[?2501h"
"""Asks a terminal that reorders right-to-left text to find each paragraph's direction by itself."""
# A document may hold escape sequences; a terminal must not obey them.
_CONTROLS = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f]")


class Screen(Protocol):
    """One side of the conversation in a terminal."""

    def greet(self, greeting: str) -> None:
        """Says that the conversation begins."""

    def wait(self) -> None:
        """Shows that a line has been read."""

    def grow(self, text: str) -> None:
        """Shows the text of an answer that is still growing."""

    def progress(self, progress: Progress) -> None:
        """Shows how far indexing has come."""

    def show(self, reply: Reply) -> None:
        """Shows a whole reply."""


def read_lines(source: IO[bytes]) -> Iterator[str]:
    """The lines of a file or pipe; bytes that are not UTF-8 become U+FFFD."""
    for line in source:
        yield line.decode("utf-8", "replace").removeprefix("\ufeff").strip()


def typed_lines() -> Iterator[str]:
    """What a person types at a prompt, until Ctrl-D."""
    import readline  # noqa: F401  # importing it gives `input` line editing

    while True:
        try:
            yield input("\n> ").strip()
        except EOFError:
            sys.stdout.write("\n")
            return


class PlainScreen:
    """Replies alone on standard output; what else there is to say goes to standard error."""

    def __init__(self, output: TextIO, errors: TextIO, language: str, *, as_json: bool) -> None:
        self._output, self._errors = output, errors
        self._language, self._as_json = language, as_json
        self._renderer = Renderer(quotes=False)
        self._shown, self._stage = 0, ""

    def greet(self, greeting: str) -> None:
        """Nothing: nobody is there to be greeted."""

    def wait(self) -> None:
        """Nothing."""

    def grow(self, text: str) -> None:
        """Nothing: only whole answers are shown."""

    def progress(self, progress: Progress) -> None:
        """A line on standard error for each stage."""
        if progress.stage != self._stage:
            self._stage = progress.stage
            line = self._renderer.progress(progress, self._language)
            print(line, file=self._errors, flush=True)

    def show(self, reply: Reply) -> None:
        """The reply, with an empty line before it unless it is the first; or its JSON line."""
        if self._as_json:
            line = json.dumps(reply.as_json(), ensure_ascii=False)
        else:
            text = directed(self._renderer.reply(reply), reply.language).text
            line = "\n" * bool(self._shown) + _printable(text)
        print(line, file=self._output, flush=True)
        self._shown += 1
        self._stage = ""


class PrettyScreen:
    """For a person: text that appears as it is written, styles, a sign of waiting."""

    _STYLES: ClassVar = {Style.BOLD: "bold", Style.QUOTE: "dim italic"}

    def __init__(self, output: TextIO, language: str) -> None:
        from rich.console import Console

        self._console = Console(
            file=output, highlight=False, markup=False, emoji=False, soft_wrap=True
        )
        self._output, self._language = output, language
        self._renderer = Renderer(quotes=False)
        self._grown = ""
        self._status: Status | None = None

    def greet(self, greeting: str) -> None:
        """The greeting in bold."""
        self._stop_waiting()
        self._output.write(_BY_PARAGRAPH)
        self._console.print(greeting, style="bold")

    def wait(self) -> None:
        """An ellipsis that turns."""
        self._say_meanwhile("…")

    def grow(self, text: str) -> None:
        """Adds what is new of the text, each line in its direction."""
        self._stop_waiting()
        text = with_ranges_isolated(text)
        if text.startswith(self._grown):
            language = language_of(text, self._language)
            self._console.print(_printable(self._news(text, language).text), end="")
            self._grown = text

    def _news(self, text: str, language: str) -> Styled:
        """What has not been shown of a text: the lines that it begins, directed."""
        begun, end, lines = text[len(self._grown) :].partition("\n")
        if not self._grown or self._grown.endswith("\n"):
            return directed(Styled(begun + end + lines), language)
        return Styled(begun + end + directed(Styled(lines), language).text)

    def progress(self, progress: Progress) -> None:
        """A line that changes."""
        self._say_meanwhile(self._renderer.progress(progress, self._language))

    def show(self, reply: Reply) -> None:
        """The reply, or what of it has not been shown as it grew."""
        self._stop_waiting()
        text = self._renderer.reply(reply)
        if not text.text.startswith(self._grown):
            # It came out otherwise than it had begun: the whole of it again, and that it is.
            self._console.print(f"\n\n{WORDS('corrected', reply.language)}")
            self._grown = ""
        from rich.text import Text

        rest = directed(text.slice(len(self._grown), len(text.text)), reply.language)
        shown = Text(_printable(rest.text))
        for mark in rest.marks:
            shown.stylize(self._STYLES[mark.style], mark.start, mark.end)
        self._console.print(shown)
        self._grown = ""

    def _say_meanwhile(self, text: str) -> None:
        if self._status is None:
            self._status = self._console.status(text)
            self._status.start()
        self._status.update(text)

    def _stop_waiting(self) -> None:
        if self._status:
            self._status.stop()
            self._status = None


def _printable(text: str) -> str:
    """The text without what a terminal would obey rather than show; no longer or shorter."""
    return _CONTROLS.sub(" ", text)
