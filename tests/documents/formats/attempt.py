"""A reading that may be refused."""

from dataclasses import dataclass

from rag.documents.extraction import Extractor
from rag.errors import UnreadableFile


@dataclass(frozen=True, slots=True)
class Attempt:
    """What reading gave: a text, or the reason why there is none."""

    text: str = ""
    refused: str = ""


def tried(extractor: Extractor, content: bytes, named: str) -> Attempt:
    """What comes of reading `content` as the format `named`."""
    try:
        return Attempt(text=extractor.extract(content, named).text)
    except UnreadableFile as problem:
        return Attempt(refused=problem.message)
