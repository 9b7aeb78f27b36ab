"""The evidence behind an answer: a citation of it, opened again in the file as it is now."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, Final

from rag.answers.reverification import Now, State, Texts, recheck
from rag.documents.reading import FileText, read
from rag.errors import IsnadError, UnreadableFile
from rag.knowledge_base import SearchResult
from rag.text.sentences import Span, sentences

AROUND: Final = 350
"""Characters before a quotation, and after it, that are shown with it."""
PASSAGE: Final = 900
"""Characters of a passage before or after these."""
_FARTHEST: Final = 999
"""Passages away from the quotation."""
_SIMILAR: Final = 5
"""Passages in whose files a quotation is sought that has left its own."""

Search = Callable[[str, int], Sequence[SearchResult]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation with what stands around it, or a passage some way before or after it."""

    answer_id: str
    n: int
    """The citation's number in the answer."""
    file: str
    """Where the quotation stands now; where it is gone, where it stood."""
    cited_file: str
    """Where it stood when it was cited."""
    title: str
    date: str | None
    page: int | None
    state: State
    is_changed: bool
    """Whether the file is another than the one that was cited, to the byte."""
    line: int | None
    """On which the quotation begins, or another passage, from 1; None where it is gone."""
    before: str
    """What stands before the quotation; the whole passage where it is another one."""
    quote: str
    after: str
    step: int = 0
    """How many passages after the quotation's (below 0: before) this is."""
    has_previous: bool = False
    """Whether something stands in the file before this passage."""
    has_next: bool = False


class CitedFiles:
    """The files that answers cite, as they are in the folder now. Every call blocks."""

    def __init__(self, folder: Path, search: Search) -> None:
        """`search` gives the best passages for a text: there a lost quotation is sought."""
        self._folder, self._search = folder, search

    def evidence(self, answer: Mapping[str, Any], n: int, step: int = 0) -> Evidence | None:
        """Citation `n` of an answer (as `rag ask --json` prints it); None where it has none.

        `step`: how many passages further on in the file, or back where it is below 0.
        """
        cited = next((one for one in answer["citations"] if one["n"] == n), None)
        if cited is None:
            return None
        now, text = self._now(cited)
        if now is None or text is None:
            return _evidence(answer, cited, State.GONE, None)
        state = State.INTACT
        if (now.file, now.start) != (cited["file"], cited["start"]):
            state = State.MOVED
        found = _evidence(answer, cited, state, text)
        return _opened(found, text.text, Span(now.start, now.end), step)

    def content(self, path: str) -> bytes | None:
        """The bytes of a file; None where it is not there any more."""
        if not self._is_inside(path):
            return None
        try:
            return (self._folder / path).read_bytes()
        except OSError:
            return None

    def _now(self, cited: Mapping[str, Any]) -> tuple[Now | None, FileText | None]:
        """Where a quotation stands now, and that file."""
        files: dict[str, FileText | None] = {}

        def text_of(path: str) -> str | None:
            files[path] = self._read(path)
            file = files[path]
            return file.text if file else None

        own = [str(cited["file"]), *cited.get("also", ())]
        checked = recheck(cited, Texts(own, text_of))
        if checked.now is None:
            similar: Sequence[SearchResult] = ()
            with suppress(IsnadError):
                similar = self._search(str(cited["quote"]), _SIMILAR)
            others = list(dict.fromkeys(one.file for one in similar))
            checked = recheck(cited, Texts([own[0], *others], text_of))
        return checked.now, files[checked.now.file] if checked.now else None

    def _read(self, path: str) -> FileText | None:
        if not self._is_inside(path):
            return None
        try:
            return read(self._folder, path)
        except UnreadableFile:
            return None

    def _is_inside(self, path: str) -> bool:
        """Whether a file is (still) one of the folder, and no link that leads out of it."""
        try:
            return (self._folder / path).resolve().is_relative_to(self._folder.resolve())
        except (OSError, RuntimeError):
            return False


def _evidence(
    answer: Mapping[str, Any], cited: Mapping[str, Any], state: State, file: FileText | None
) -> Evidence:
    """The citation alone, without what stands around it."""
    path = file.path if file else str(cited["file"])
    title = str(cited["title"])
    if path != cited["file"] and title == PurePosixPath(str(cited["file"])).stem:
        title = PurePosixPath(path).stem
    return Evidence(
        answer_id=str(answer["id"]),
        n=int(cited["n"]),
        file=path,
        cited_file=str(cited["file"]),
        title=title,
        date=cited.get("date"),
        page=cited.get("page"),
        state=state,
        is_changed=file is None or file.sha256 != cited.get("sha256"),
        line=None,
        before="",
        quote=str(cited["quote"]),
        after="",
    )


def _opened(bare: Evidence, text: str, quote: Span, step: int) -> Evidence:
    """The evidence with the passage that is `step` passages away from the quotation."""
    window = Span(_begins(text, quote.start, AROUND), _ends(text, quote.end, AROUND))
    begin, end, taken = len(text) - len(text.lstrip()), len(text.rstrip()), 0
    while taken < min(step, _FARTHEST) and window.end < end:
        window = Span(window.end, _ends(text, window.end, PASSAGE))
        taken += 1
    while taken > max(step, -_FARTHEST) and window.start > begin:
        window = Span(_begins(text, window.start, PASSAGE), window.start)
        taken -= 1
    shown = window.of(text)
    first_letter = window.start + len(shown) - len(shown.lstrip()) if taken else quote.start
    return replace(
        bare,
        line=text.count("\n", 0, first_letter) + 1,
        before=shown if taken else text[window.start : quote.start],
        quote="" if taken else quote.of(text),
        after="" if taken else text[quote.end : window.end],
        step=taken,
        has_previous=window.start > begin,
        has_next=window.end < end,
    )


def _begins(text: str, end: int, length: int) -> int:
    """Where to begin `length` characters before `end`, so that no sentence is torn if possible."""
    reach = max(0, end - length)
    starts = [span.start for span in sentences(text, reach, end)]
    if not reach or not starts:
        return reach
    if len(starts) > 1:
        return starts[1]
    return next((place for place in range(reach, end) if text[place - 1].isspace()), reach)


def _ends(text: str, start: int, length: int) -> int:
    """Where to end `length` characters after `start`, so that no sentence is torn if possible."""
    reach = min(len(text), start + length)
    ends = [span.end for span in sentences(text, start, reach)]
    if reach == len(text) or not ends:
        return reach
    if len(ends) > 1:
        return ends[-2]
    return next((place for place in range(reach, start, -1) if text[place].isspace()), reach)
