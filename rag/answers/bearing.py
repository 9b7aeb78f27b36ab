"""Bearing: whether a claim has anything to do with what it cites, the words before a colon too.

"Click here" can stand behind any citation, and "the visit was a disaster:" before any list.
"""

import re
from typing import Final

from rag.answers.alignment import Features, Term, terms_of
from rag.answers.details import is_light
from rag.answers.opening import is_of_answering
from rag.answers.texts import tongue_of
from rag.answers.values import values_of

_COLON: Final = re.compile(r"(?<=\S)[:：](?=\s)")
_QUOTES: Final = frozenset('«»“”"„')
_MOSTLY: Final = 0.5


def bears_on(claim: str, features: Features) -> bool:
    """Whether any word or value of a claim stands in what it cites, where it has any."""
    terms = terms_of(claim)
    if not terms or any(_is_found(term, features) for term in terms):
        return True
    return not values_of(claim).is_empty


def heading_tells_more(claim: str, features: Features) -> bool:
    """Whether most of what a claim says before a colon has nothing in its source."""
    for colon in _COLON.finditer(claim):
        head = claim[: colon.start()]
        if _QUOTES.isdisjoint(head) and _is_mostly_new(head, features):
            return True
    return False


def _is_mostly_new(head: str, features: Features) -> bool:
    language = tongue_of(head)
    terms = [
        term
        for term in terms_of(head)
        if not all(is_light(word, language) or is_of_answering(word) for word in term.words)
    ]
    new = [term for term in terms if not _is_found(term, features)]
    return bool(new) and len(new) >= _MOSTLY * len(terms)


def _is_found(term: Term, features: Features) -> bool:
    return features.has(term) or features.has_name(term)
