"""Connectives: how a statement hangs on the one before it.

Where that one is withheld, a connective is taken off, and a statement that only points back
("This …", "He …") cannot stand.
"""

import re
from typing import Final

from rag.text.folding import fold, fold_with_offsets
from rag.text.language import language_of

_AFTER: Final = r"(?=[\s,،:])[\s,،:]*"
_CONNECTIVES: Final = {
    "ar": r"و?مع ذلك|و?رغم ذلك|و?بالرغم من ذلك|و?علي الرغم من ذلك|و?لكن|بيد ان|غير ان|الا ان|و?كذلك"
    r"|ايضا|و?لذلك|و?لذا|و?بالتالي|و?في المقابل|و?بالمقابل|و?علاوه علي ذلك|و?اضافه الي ذلك"
    r"|و?بالاضافه الي ذلك|و?فضلا عن ذلك|و?من ناحيه اخري|و?من جهه اخري|و?علي العكس(?: من ذلك)?|ثم"
    r"|و?نتيجه لذلك|و?بنا علي ذلك|و?هكذا|و?في الوقت نفسه|كما ان",
    "fa": r"اما|ولي|ليكن|با اين حال|با وجود اين|با اين وجود|همچنين|علاوه بر اين|افزون بر اين"
    r"|بنابراين|در نتيجه|در مقابل|از سوي ديگر|سپس|در عين حال",
    "en": r"however|but|yet|moreover|furthermore|also|therefore|thus|hence|consequently|accordingly"
    r"|nevertheless|nonetheless|meanwhile|instead|still|similarly|likewise|then|additionally"
    r"|in addition|in contrast|by contrast|on the other hand|on the contrary|as a result"
    r"|for this reason|because of this|despite this|in turn|at the same time|even so|that said|and"
    r"|so|besides",
}
_CONNECTIVE: Final = {
    language: re.compile(rf"(?:{words}){_AFTER}(?:ف(?=ان |قد |لقد ))?")
    for language, words in _CONNECTIVES.items()
}
_POINTS_BACK: Final = {
    "ar": re.compile(
        r"و?(?:هذا|هذه|هذان|هولا|ذلك|تلك|اوليك|هو|هي|هم|هما)\b|و?لكن(?:ه|ها|هما|هم)\b"
        r"|[وف]?(?:قال|قالت|اضاف|اضافت|تابع|تابعت|اكد|اكدت|اشار|اشارت|اوضح|اوضحت|ذكر|ذكرت|شدد|شددت)"
        r"\s*[,،:]?\s*(?:ان|الي ان|علي ان)\b"
    ),
    "fa": re.compile(r"(?:اين|ان|او|وي|انها|ايشان|انان)\b"),
    "en": re.compile(
        r"(?:this|these|those|he|she|they|it|its|his|her|their|such|the latter|the former|both)\b"
    ),
}


def without_connective(text: str) -> str:
    """`text` without the connectives that it begins with."""
    while True:
        folded = fold_with_offsets(text)
        match = _CONNECTIVE[language_of(text)].match(folded.text)
        if not match:
            return text
        _, end = folded.original_span(0, match.end())
        rest = text[end:].lstrip()
        if not rest:
            return text
        text = rest[0].upper() + rest[1:]


def points_back(text: str) -> bool:
    """Whether `text` begins with a word that stands for something in the statement before."""
    rest = without_connective(text)
    return _POINTS_BACK[language_of(rest)].match(fold(rest)) is not None
