"""Nameless things: where a text has what a question asks the name of, and never names it.

"What is the insurer called?" is not answered by "insured with a Swiss company". A name shows by
quotation marks, capitals, or words that no dictionary has; so a thing goes for nameless only where
none of these follows it, wherever it is told of.
"""

import re
from collections.abc import Sequence
from typing import Final

from rag.retrieval.coverage import Sought, strength_in_token
from rag.text.folding import fold, folded_words
from rag.text.function_words import is_function_word
from rag.text.lexicon import COLUMNS, lexicon

_NAMED_BY_THEIR_KIND: Final = (
    "سجن فندق جامعة كلية مستشفى مطار ملعب مدرسة متحف مسجد مصرف بنك محكمة معهد شارع سفارة "
    "prison jail hotel university college hospital airport stadium school museum mosque bank "
    "court institute street embassy "
    "زندان هتل دانشگاه دانشکده بیمارستان فرودگاه ورزشگاه مدرسه موزه بانک دادگاه خیابان سفارت"
)
"""What is called by its kind ("the University of …"), so that a name alone is none of these."""
_KINDS: Final = "|".join(fold(_NAMED_BY_THEIR_KIND).split())
_ASKED: Final = re.compile(
    fold(
        r"^(?:(?:و?ما|شو|ايش|ايه|وش) )?(?:هو )?(?:اسم|أسماء) (\w+)"
        r"|\bname of (?:the |a )?(?:\w+ ){0,2}?(\w+)"
        r"|^(?:نام|اسم) (\w+)"
    )
    + rf"|\b(?:{fold('أي|أية')}|which|what|{fold('کدام|چه')}) ({_KINDS})\b"
)
_RANKED: Final = frozenset(
    folded_words("أول أشهر أكبر أصغر أقدم أهم آخر أطول أعلى first last largest اولین بزرگترین")
)
"""The first or the greatest of a kind is told of in other words than of what kind it is."""
_HELD: Final = 0.5
_AFTER: Final = 7
"""Words and marks after a thing among which its name begins."""
_PRONOUN: Final = re.compile("(?<=...)(?:هما|ها|هم|هن|نا|ه)$")
_WITHIN: Final = frozenset(folded_words("لدى في من ل ب إلى the of in at for to a an از در"))
"""Function words that may stand between a thing and its name."""
_TOKEN: Final = re.compile(r"[\w’']+|[^\w\s]")
_QUOTING: Final = frozenset("«“\"‘'(")
_COMMAS: Final = frozenset(",،")
_QUOTED: Final = frozenset("»”\"’')")


def is_nameless(question: str, words: Sequence[Sought], texts: Sequence[str]) -> bool:
    """Whether a name is asked for of a thing that is told of in the texts, and nowhere named.

    `words` are the question's topic words.
    """
    asked = _ASKED.search(fold(question))
    head = next(filter(None, asked.groups()), "") if asked else ""
    thing = next((word for word in words if word.word == head), None)
    if thing is None or head in _RANKED:
        return False
    return not any(_is_named(thing, text) for text in texts)


def _is_named(thing: Sought, text: str) -> bool:
    tokens = _TOKEN.findall(text)
    return any(
        _begins_name(tokens[place + 1 : place + 1 + _AFTER])
        or (place > 0 and (tokens[place - 1] in _QUOTED or tokens[place - 1][0].isupper()))
        for place, token in enumerate(tokens)
        if token[0].isalnum() and strength_in_token(thing, token) >= _HELD
    )


def _begins_name(tokens: Sequence[str]) -> bool:
    """Whether a name begins among what follows a thing, before its sentence pauses."""
    is_paused = False
    for token in tokens:
        if token in _QUOTING or token[0].isupper():
            return True
        if token in _COMMAS and not is_paused:
            # "The minister, Nora Vik, …"
            is_paused = True
            continue
        if not token[0].isalnum():
            return False
        words = folded_words(token)
        if any(is_function_word(word) and word not in _WITHIN for word in words):
            return False
        if not all(map(_is_listed, words)):
            return True
    return False


def _is_listed(word: str) -> bool:
    """Whether a dictionary would have a folded word."""
    if is_function_word(word) or word.isdigit():
        return True
    bare = _PRONOUN.sub("", word)
    forms = [word] if bare == word else [word, bare, f"{bare.removesuffix('ت')}ه"]
    return any(lexicon(language).matches([form]) for language in COLUMNS for form in forms)
