"""Connectives: how a statement hangs on the one before it.

Where that one is withheld, a connective is taken off, and a statement that only points back
("This …", "He …") cannot stand.
"""

import re
from typing import Final

from rag.text.folding import fold_with_offsets

_CONNECTIVE: Final = re.compile(
    r"(?:however|but|yet|moreover|furthermore|also|therefore|thus|hence|consequently|accordingly"
    r"|nevertheless|nonetheless|meanwhile|instead|still|similarly|likewise|then|additionally"
    r"|in addition|in contrast|by contrast|on the other hand|on the contrary|as a result"
    r"|for this reason|because of this|despite this|in turn|at the same time|even so|that said|and"
    r"|so|besides|و?مع ذلك|و?رغم ذلك|و?بالرغم من ذلك|و?علي الرغم من ذلك|و?لكن|بيد ان|غير ان|الا ان"
    r"|و?كذلك|ايضا|و?لذلك|و?لذا|و?بالتالي|و?في المقابل|و?بالمقابل|و?علاوه علي ذلك|و?اضافه الي ذلك"
    r"|و?بالاضافه الي ذلك|و?فضلا عن ذلك|و?من ناحيه اخري|و?من جهه اخري|و?علي العكس(?: من ذلك)?|ثم"
    r"|و?نتيجه لذلك|و?بنا علي ذلك|و?هكذا|و?في الوقت نفسه|كما ان|اما|ولي|ليكن|با اين حال"
    r"|با وجود اين|با اين وجود|همچنين|علاوه بر اين|افزون بر اين|بنابراين|در نتيجه|در مقابل"
    r"|از سوي ديگر|سپس|در عين حال|با اينهمه)(?=[\s,،:])[\s,،:]*(?:ف(?=ان |قد |لقد ))?"
)
_POINTS_BACK: Final = re.compile(
    r"(?:this|these|those|he|she|they|it|its|his|her|their|such|the latter|the former|both)\b"
    r"|و?(?:هذا|هذه|هذان|هولا|ذلك|تلك|اوليك|هو|هي|هم|هما)\b|و?لكنه?[اماه]?\b|[وف]?(?:قال|قالت|اضاف"
    r"|اضافت|تابع|تابعت|اكد|اكدت|اشار|اشارت|اوضح|اوضحت|ذكر|ذكرت|شدد|شددت)\s*[,،:]?\s*(?:ان|الي ان"
    r"|علي ان)\b|(?:اين|ان|او|وي|انها|ايشان)\s"
)


def without_connective(text: str) -> str:
    """`text` without the connectives that it begins with."""
    while True:
        folded = fold_with_offsets(text)
        match = _CONNECTIVE.match(folded.text)
        if not match:
            return text
        _, end = folded.original_span(0, match.end())
        rest = text[end:].lstrip()
        if not rest:
            return text
        text = rest[0].upper() + rest[1:]


def points_back(text: str) -> bool:
    """Whether `text` begins with a word that stands for something in the statement before."""
    return _POINTS_BACK.match(fold_with_offsets(without_connective(text)).text) is not None
