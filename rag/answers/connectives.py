"""Connectives: how a statement hangs on the one before it.

Where that one is withheld, a connective is taken off, and a statement that only points back
("This …", "He …") cannot stand.
"""

import re
from typing import Final

from rag.answers.senses import concepts_of
from rag.text.folding import fold, fold_with_offsets
from rag.text.function_words import FUNCTION_WORDS
from rag.text.language import language_of

_AFTER: Final = r"(?=[\s,،:])[\s,،:]*"
_CONNECTIVES: Final = {
    "ar": r"و?مع ذلك|و?رغم ذلك|و?بالرغم من ذلك|و?علي الرغم من ذلك|و?لكن|بيد ان|غير ان|الا ان"
    r"|و?كذلك|ايضا|و?لذلك|و?لذا|و?بالتالي|و?في المقابل|و?بالمقابل|و?علاوه علي ذلك|و?اضافه الي ذلك"
    r"|و?بالاضافه الي ذلك|و?فضلا عن ذلك|و?من ناحيه اخري|و?من جهه اخري|و?علي العكس(?: من ذلك)?|ثم"
    r"|و?نتيجه لذلك|و?بنا علي ذلك|و?هكذا|و?في الوقت (?:نفسه|ذاته)|و?كما(?: ان)?|و?في غضون ذلك"
    r"|و?من جانب اخر",
    "fa": r"اما|ولي|ليكن|با ?اين حال|با وجود اين|با ?اين وجود|با ?اين همه|همچنين|علاوه بر اين"
    r"|افزون بر اين|در همين حال|در همان حال|به همين دليل|از اين رو|بنابراين|در نتيجه"
    r"|در مقابل|از سوي ديگر|سپس|در عين حال",
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
_WITH_PRONOUN: Final = r"(?:مع|خلال|علي|في|ب|ل|من|عن|الي|بين|لدي|حول|بعد|قبل)(?:ه|ها|هم|هما)"
_POINTS_BACK: Final = {
    "ar": re.compile(
        r"و?(?:هذا|هذه|هذان|هولا|ذلك|تلك|اوليك|هو|هي|هم|هما)\b|و?لكن(?:ه|ها|هما|هم)\b"
        r"|[وف]?(?:قال|قالت|اضاف|اضافت|تابع|تابعت|اكد|اكدت|اشار|اشارت|اوضح|اوضحت|ذكر|ذكرت|شدد|شددت)"
        r"\s*[,،:]?\s*(?:ان|الي ان|علي ان)\b"
        # "ويمثل ذلك", "واتفق معه": a verb and what stands for something before.
        rf"|[^\W\d_]+ (?:هذا|هذه|ذلك|تلك|{_WITH_PRONOUN})\b|و?اما\b"
    ),
    "fa": re.compile(
        r"(?:اين|ان|او|وي|انها|ايشان|انان|يكي از (?:انها|اين|ان)|برخي از (?:انها|اين)|ديگري)\b"
        r"|(?:با|به|از|براي|در) (?:او|وي|انها|انان|ان|اين)\b"
    ),
    "en": re.compile(
        r"(?:this|these|those|he|she|they|it|its|his|her|their|such|the latter|the former|both)\b"
        r"|that (?:was|is|came|comes|makes|made|means|meant|would|will)\b|others?\b"
        r"|(?:one|two|three|some|most|many|all|each|none|several) of (?:them|these|those)\b"
        r"|(?:to|for|from|on|in|with|after|before|of|by|at|despite|during|under)"
        r" (?:(?:this|these|that|those|it|him|her|them)\b|[^.;]{0,60}?\b(?:he|she|they)\b)"
    ),
}
_PREPOSITIONS: Final = r"في|الي|علي|من|مع|عن|ان|خلال"
_HIDDEN_SUBJECT: Final = re.compile(
    rf"(?:ثم |و?كما )(?P<verb>[^\W\d_]+) (?P<next>[^\W\d_]+)"
    rf"|و(?P<joined>[^\W\d_]{{2,}}) (?:{_PREPOSITIONS}|بال[^\W\d_]+|لل[^\W\d_]+)\b"
)
"""An Arabic verb that goes on from the statement before, and the word that may say who acts."""


_JOINED: Final = re.compile(r"^[وف](?=(?:بحسب|حسب|وفق|وفقا)\s)")
"""An Arabic "and" or "so" joined to a preposition."""


def without_connective(text: str) -> str:
    """`text` without the connectives that it begins with."""
    while True:
        folded = fold_with_offsets(text)
        match = _CONNECTIVE[language_of(text)].match(folded.text)
        if not match:
            return _JOINED.sub("", text, count=1)
        _, end = folded.original_span(0, match.end())
        rest = text[end:].lstrip()
        if not rest:
            return text
        text = rest[0].upper() + rest[1:]


def points_back(text: str) -> bool:
    """Whether `text` begins with a word that stands for something in the statement before."""
    rest = without_connective(text)
    language = language_of(rest)
    if _POINTS_BACK[language].match(fold(rest)):
        return True
    hidden = _HIDDEN_SUBJECT.match(fold(text)) if language == "ar" else None
    if not hidden:
        return False
    if hidden["joined"]:
        return hidden["joined"] not in FUNCTION_WORDS
    return hidden["verb"] not in FUNCTION_WORDS and not _may_act(hidden["next"])


def _may_act(word: str) -> bool:
    """Whether an Arabic word after a verb may say who acts: it is definite, or a name."""
    return word not in FUNCTION_WORDS and (word.startswith("ال") or not concepts_of(word))
