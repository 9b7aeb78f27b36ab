"""Causes: a reason that a claim gives and of which its source has nothing."""

import re
from collections.abc import Iterator
from typing import Final

from rag.answers.alignment import Features, terms_of
from rag.answers.details import is_light
from rag.answers.texts import tongue_of
from rag.text.folding import fold_with_offsets

_BECAUSE: Final = re.compile(
    r"(?<!\w)(?:because(?: of)?|due to|owing to|as a result of|caused by|on account of|thanks to"
    r"|[وف]?بسبب|[وف]?نتيجه|لان(?:ه|ها|هم)?|[وف]?جراء|[وف]?بفعل|علي خلفيه"
    r"|به دليل|به علت|به خاطر|به سبب|زيرا|چون|در اثر|بر اثر|ناشي از)(?!\w)"
)
_ENDS: Final = re.compile(r"[،,؛;:.!؟?()«»\"“”]|\s[–—-]\s")
_MOST_WORDS: Final = 6
_MOSTLY: Final = 0.5


def cause_is_invented(claim: str, features: Features, *, same_language: bool) -> bool:
    """Whether the source has next to nothing of what the claim says that something comes from."""
    language = tongue_of(claim)
    for reason in _reasons(claim):
        terms = [
            term
            for term in terms_of(reason)
            if not all(is_light(word, language) for word in term.words)
        ][:_MOST_WORDS]
        missing = sum(not (features.has(term) or features.has_name(term)) for term in terms)
        least = _MOSTLY * len(terms) if same_language else len(terms)
        if missing and missing >= least and (same_language or missing > 1):
            return True
    return False


def _reasons(claim: str) -> Iterator[str]:
    folded = fold_with_offsets(claim)
    for match in _BECAUSE.finditer(folded.text):
        _, start = folded.original_span(*match.span())
        end = _ENDS.search(claim, start)
        yield claim[start : end.start() if end else len(claim)]
