"""Bringing what one replica has paid for to all of them.

A server that has lost its vectors in an accident, or is new to an old index, gets them back from
the replica that builds: nothing is paid for a second time.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from rag.index.paid_vectors import PaidVectors, text_hash
from rag.index.shared_vectors import MOST_AT_ONCE, SharedVectors, VectorsDamaged, text_key


def share(kept: PaidVectors, vectors: SharedVectors, model: str, texts: Iterable[str]) -> int:
    """Adds the kept vectors of `texts` that the replicas have not in common; gives how many.

    IndexUnavailable where the server cannot be reached.
    """
    width, added = kept.width(model), 0
    if width is None:
        return 0
    for batch in _batches(texts):
        by_key = {text_key(text): text_hash(text) for text in batch}
        try:
            missing = vectors.missing(list(by_key))
        except VectorsDamaged:
            vectors.begin_anew()
            missing = set(by_key)
        known = kept.known(model, width, [by_key[key] for key in missing])
        found = {key: known[by_key[key]] for key in missing if by_key[key] in known}
        vectors.keep(found)
        added += len(found)
    return added


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(texts)
    while batch := list(islice(waiting, MOST_AT_ONCE)):
        yield batch
