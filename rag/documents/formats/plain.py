"""Text: decoded, without a byte-order mark, otherwise to the letter."""

from rag.documents.formats.encoding import decoded
from rag.documents.formats.extracted import Extracted


def extract(content: bytes) -> Extracted:
    """The text of a text file."""
    return Extracted(*decoded(content))
