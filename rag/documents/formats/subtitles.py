"""SRT and VTT: what is said, without the times; one line as long as the talk flows."""

import html
import re
from typing import Final

from rag.documents.formats.encoding import decoded
from rag.documents.formats.extracted import Extracted
from rag.documents.formats.tidying import tidy, tidy_line
from rag.errors import UnreadableFile

_CLOCK: Final = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES: Final = re.compile(rf"\s*{_CLOCK}\s*-+>\s*{_CLOCK}[^\n]*")
_SPEAKER: Final = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|<\d[\d:.]*>|\{\\[^}\n]{0,200}\}")
_ENDS: Final = re.compile(r"[.!؟?…۔][\"'”’»)\]]*$")
_PAUSE: Final = 3.0
"""Seconds of silence after which a new line begins."""


def extract(content: bytes) -> Extracted:
    """What a file of subtitles says. UnreadableFile where it has no times."""
    text, encoding = decoded(content)
    cues = _cues(text)
    if not cues:
        raise UnreadableFile("it has no subtitles with times")
    lines: list[str] = []
    until = 0.0
    for begin, end, written in cues:
        said = tidy_line(_plain(written))
        if not said or (lines and lines[-1].endswith(said)):
            continue
        goes_on = lines and begin - until < _PAUSE and not _ENDS.search(lines[-1])
        if goes_on and not _names_speaker(said):
            lines[-1] = f"{lines[-1]} {said}"
        else:
            lines.append(said)
        until = end
    return Extracted(tidy("\n".join(lines)), encoding)


def _cues(text: str) -> list[tuple[float, float, str]]:
    """The cues: from when to when (seconds), and their text."""
    cues: list[tuple[float, float, list[str]]] = []
    lines = text.splitlines()
    for place, line in enumerate(lines):
        if times := _TIMES.fullmatch(line):
            cues.append((_seconds(times.groups()[:4]), _seconds(times.groups()[4:]), []))
        elif cues and not _is_number_of_next(lines, place):
            cues[-1][2].append(line)
    return [(begin, end, "\n".join(_said(told))) for begin, end, told in cues]


def _said(lines: list[str]) -> list[str]:
    """The lines of a cue up to the first empty one; what follows is a comment or a style."""
    kept: list[str] = []
    for line in lines:
        if not line.strip() and kept:
            break
        kept.append(line)
    return kept


def _is_number_of_next(lines: list[str], place: int) -> bool:
    following = lines[place + 1] if place + 1 < len(lines) else ""
    return _TIMES.fullmatch(following) is not None and lines[place].strip().isdigit()


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, rest = (part or "0" for part in parts)
    return 3600 * int(hours) + 60 * int(minutes) + int(seconds) + int(rest.ljust(3, "0")) / 1000


def _plain(said: str) -> str:
    named = _SPEAKER.sub(lambda match: f"{match[1].strip()}: ", said)
    return html.unescape(_TAG.sub("", named))


def _names_speaker(said: str) -> bool:
    return (
        said.startswith(("-", "–", "—", ">>"))
        or re.match(r"\S{1,20}(?: \S{1,20})?: ", said) is not None
    )
