"""Parts: a question that asks for several things, and what is found for each by itself."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import Final

from rag.documents.evidence import Sentence
from rag.retrieval.certainty import Certainty
from rag.retrieval.choice import Chosen
from rag.retrieval.finding import Findings
from rag.retrieval.follow_up import Turn
from rag.retrieval.kinds import Kind
from rag.text.folding import fold_with_offsets

_JOINT: Final = re.compile(
    # "and when", where the joint is not within a word: "ومتى", "and who", "و کی".
    r"[\s,،;؛?؟]+(?=(?:و(?:متي|اين|كم|كيف|لماذا|ماذا|هل|ما|من|الي اين|من اين|مع من|لمن|بمن"
    r"|علي ماذا|بماذا|عن ماذا)\b"
    r"|and (?:when|where|how|why|who|whom|what|which)\b"
    r"|and (?:with|to|from|for|on|by|at|in) (?:when|where|whom|what|which)\b"
    r"|و (?:(?:به|با|از|در|بر|براي|تا) )?(?:كي|چه|چرا|چگونه|كجا|كدام|چند|چقدر)\b))"
)
_OPENING: Final = re.compile(r"^(?:و(?=\w)|and\s+|و\s+)", re.IGNORECASE)
_EDGES: Final = " \t?؟.،,؛;!"
_BARE: Final = re.compile(r"(?:when|where|why|how|متي|اين|لماذا|كيف|كي|كجا|چرا|چگونه)")
"""A question word that shares what follows with the next one: "when and where did they meet"."""
_MOST_PARTS: Final = 4
Find = Callable[[str, Sequence[Turn]], Findings]
"""Finds what there is for a message, understood from the turns before it."""


def parts_of(question: str) -> list[str]:
    """The parts of a question that asks for several things; one where it asks for one.

    >>> parts_of("When did he arrive, and who received him?")
    ['When did he arrive', 'who received him']
    >>> parts_of("When and where did they meet?")
    ['When did they meet', 'where did they meet']
    """
    folded, starts = fold_with_offsets(question), [0]
    starts += [folded.original_span(*match.span())[1] for match in _JOINT.finditer(folded.text)]
    ends = [*starts[1:], len(question)]
    parts = [question[start:end].strip(_EDGES) for start, end in zip(starts, ends, strict=True)]
    parts = [parts[0], *(_OPENING.sub("", part) for part in parts[1:])]
    return [_with_the_rest_of(parts, place) for place in range(len(parts))]


def _with_the_rest_of(parts: Sequence[str], place: int) -> str:
    """A part; one that ends in a question word alone goes on as the next part does."""
    part = parts[place]
    *before, last = part.split() or [""]
    is_bare = _BARE.fullmatch(fold_with_offsets(last).text) is not None
    if not is_bare or place + 1 == len(parts) or len(before) > 2:
        return part
    following = parts[place + 1].split()
    return " ".join([part, *following[1:]]) if len(following) > 1 else part


def part_by_part(whole: Findings, history: Sequence[Turn], find: Find) -> Findings:
    """What is found for a question of several parts, where it is not answered as a whole.

    Then each part is looked for by itself: what is found for some of them is the answer, and of
    the others it says that they are open.
    """
    parts = parts_of(whole.text)[:_MOST_PARTS]
    is_question = whole.request.kind is Kind.QUESTION
    if len(parts) < 2 or not is_question or whole.certainty is Certainty.ANSWER:
        return whole
    before, found = list(history), []
    for part in parts:
        found.append(find(part, before))
        before.append(Turn(part, "", ()))
    answered = [one for one in found if one.certainty is Certainty.ANSWER]
    if not answered:
        return whole
    return replace(
        whole,
        evidence=tuple(dict.fromkeys(chain.from_iterable(one.evidence for one in answered))),
        further=tuple(dict.fromkeys(chain.from_iterable(one.further for one in answered))),
        chosen=tuple(_in_turn([one.chosen for one in answered])),
        certainty=Certainty.ANSWER,
    )


def _in_turn(chosen: Sequence[Sequence[Chosen]]) -> list[Chosen]:
    """The best sentence of each part, then the second best of each, each sentence once."""
    taken: dict[Sentence, Chosen] = {}
    for one in chain.from_iterable(zip_longest(*chosen)):
        if one is not None:
            taken.setdefault(one.sentence, one)
    return list(taken.values())
