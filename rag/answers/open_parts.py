"""Open parts: what a question of two parts asks for and no quotation speaks of."""

import re
from collections.abc import Sequence
from typing import Final

from rag.answers.alignment import features_of
from rag.answers.interrogative import asks
from rag.answers.office_names import is_place
from rag.text.folding import fold_with_offsets, folded_words
from rag.text.function_words import is_function_word
from rag.text.language import language_of
from rag.text.stems import light_stem

_JOINT: Final = re.compile(
    # "and when", where the joint is not within a word: "ومتى", "and who", "و کی".
    r"[\s,،;؛?؟]+(?=(?:و(?:متي|اين|كم|كيف|لماذا|ماذا|هل|ما|من|الي اين|من اين|مع من|لمن|بمن)\b"
    r"|and (?:when|where|how|why|who|whom|what|which)\b"
    r"|و (?:كي|چه|چرا|چگونه|كجا|كدام|چند|چقدر)\b))"
)
_OPENING: Final = re.compile(r"^(?:و(?=\w)|and\s+|و\s+)", re.IGNORECASE)
_EDGES: Final = " \t?؟.،,؛;!"
_ASKING: Final = frozenset(
    folded_words(
        "متى أين كم كيف لماذا ماذا هل ما من إلى مع لمن بمن عدد تاريخ who whom what which when "
        "where how why many much long کی چه چرا چگونه کجا کدام چند چقدر است بود شد did does do "
        "was were"
    )
)


def parts_of(question: str) -> list[str]:
    """The parts of a question that asks for several things; one where it asks for one.

    >>> parts_of("When did he arrive, and who received him?")
    ['When did he arrive', 'who received him']
    """
    folded, starts = fold_with_offsets(question), [0]
    starts += [folded.original_span(*match.span())[1] for match in _JOINT.finditer(folded.text)]
    ends = [*starts[1:], len(question)]
    parts = [question[start:end].strip(_EDGES) for start, end in zip(starts, ends, strict=True)]
    return [parts[0], *(_OPENING.sub("", part) for part in parts[1:])]


def open_parts(question: str, quoted: Sequence[str]) -> tuple[str, ...]:
    """The parts of a question of several of which no quotation has any word of their own.

    Names and places, which the parts share, tell nothing of what is asked.
    """
    parts = parts_of(question)
    if len(parts) < 2 or not quoted or not all(map(asks, parts[1:])):
        return ()
    found = tuple(part for part in parts if is_open(part, quoted))
    return found if len(found) < len(parts) else ()


def is_open(part: str, quoted: Sequence[str], carried: Sequence[str] = ()) -> bool:
    """Whether no quotation has the word that says what a question asks: mostly its verb.

    `carried` are folded words that the question took over from the conversation: names, which
    tell nothing of it whatever else they may mean.
    """
    stems = set(map(light_stem, carried))
    features = features_of(
        *(
            " ".join(word for word in folded_words(text) if light_stem(word) not in stems)
            for text in quoted
        )
        if stems
        else quoted
    )
    words = [
        word
        for word in folded_words(part)
        if not (is_function_word(word) or word in _ASKING or is_place(word) or len(word) < 3)
    ]
    own = [word for word in words if word not in features.names]
    telling = own[-1:] if language_of(part) == "fa" else own[:1]
    return bool(telling) and not any(features.has_word(word, by_root=not stems) for word in telling)
