"""Rows and segments for tests, made from texts as the program itself makes them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import strategies as st

from rag.index.embedding import LocalEmbedder
from rag.index.segment import Living, Row, Segment, build, load, merge
from rag.text.folding import folded_words
from rag.text.terms import term_vector

WORDS = [
    "باقري",
    "موسكو",
    "زيارة",
    "زيارات",
    "وزير",
    "الوزراء",
    "اتفاق",
    "الاتفاقات",
    "حدود",
    "سفير",
]
WORDS += ["Bagheri", "visit", "border", "treaties", "treaty", "باقری", "سفر", "مرز", "2018", "٢٠١٨"]

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
"""Short texts of few words, so that they have much in common."""


def row(passage: int, file: int, text: str) -> Row:
    return Row(passage, file, term_vector(folded_words(text)), LocalEmbedder().embed([text])[0])


def segment_of(given: Sequence[str], first: int = 1) -> Segment:
    """A segment of one passage a file, both numbered from `first`."""
    return build([row(first + n, first + n, text) for n, text in enumerate(given)])


def living(segment: Segment, *dead: int) -> Living:
    """A segment with the mask of its living rows."""
    mask = np.ones(len(segment), dtype=np.bool_)
    mask[list(dead)] = False
    return segment, mask


def merged(parts: Iterable[Living]) -> Segment:
    """The segment that several are merged into."""
    with TemporaryDirectory() as folder:
        merge(parts, Path(folder) / "merged")
        return load(Path(folder) / "merged")
