"""Formats: from a file's bytes to its text, one module a family of formats."""

from typing import Final

PLAIN: Final = frozenset({".txt", ".text", ".md", ".markdown"})
"""What is text as it stands: it is decoded, nothing else."""


def readable_suffixes() -> frozenset[str]:
    """The suffixes of the files that can be read: lower case, with the dot (`.pdf`)."""
    return PLAIN
