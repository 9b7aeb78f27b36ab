"""Negation: whether a claim and its source agree about what is not so, where that can be told."""

import re
from functools import lru_cache
from typing import Final

from rag.text.folding import fold, folded_words
from rag.text.function_words import FUNCTION_WORDS
from rag.text.stems import is_arabic_script, root

_NEGATORS: Final = frozenset(
    fold(
        "ليس ليست ليسوا وليس وليست فليس لم ولم فلم لن ولن فلن لا ولا فلا غير بدون دون عدم وعدم "
        "لعدم بعدم not never no without neither nor cannot none nobody nothing نیست نیستند نبود "
        "نبودند نشد نشده نشدند نکرد نکرده نکردند نداشت نداشته نداشتند ندارد ندارند نخواهد نخواهند "
        "نیافت نرسید نداد ندادند نگرفت نرفت نگفت هیچ هرگز بدون نباید نتوانست نمی"
    ).split()
)
_CONTRACTED: Final = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|wo|would|could|should|ca|must)n['’]t\b"
)
_PERSIAN_VERB: Final = re.compile(r"\bنمي\s?\w+")
_IMPLICIT: Final = re.compile(
    r"\b(?:ما|بلا|كلا|سوي|الا|خلا|بي|رد|only|despite|except|little|few|hardly|rarely|barely"
    r"|against)\b|\b[وفبل]?(?:ال)?[يتنا]?(?:رفض|نفي|نفت|نكر|فشل|منع|حظر|نعدام|ستبعد|تجنب|لغي|لغا"
    r"|توقف|وقف|متنع|غياب|فتقر|عجز|مستحيل|ستحال|معارض|متعارض|عارض|خالف|خلاف|تناقض|متناقض|تكذيب|كذب"
    r"|مخالف|ممنوع|ناتوان|ناممكن|نامعلوم|ناكام)\w*|\b(?:denie|deny|refus|reject|fail|lack|absen"
    r"|prevent|prohibit|stop|ceas|avoid|contra|oppos|exclud|halt|suspend|cancel|rule|disagree"
    r"|disapprov|dismiss|impossib|incapab|inabilit|insuffic|unable|unlikel|unwilling|unclear"
    r"|unknown|uncertain|undeclar|unspecif|unconfirm|unannounc|unofficial|unresolv|unstab"
    r"|volatil)\w*|\bbans?\b|\bbanned\b|\bbanning\b"
)
"""Words that deny by what they mean. They only make the check more lenient."""

_NO_NEGATION: Final = re.compile(
    r"\bو?لا (?:يزال|تزال|زال|زالت|يزالون|بد|شك|سيما|محاله|ريب|جدال)\b|\bو?لم (?:يزل|تزل"
    r"|يعد سرا)\b|\bو?(?:ليس|لا|ليست) (?:\w+ )?فقط\b|\bو?لا (?:يقل|تقل|يتجاوز|يتعدي)\b|\bغير (?:ان"
    r"|انه|انها|ذلك)\b|\bدون شك\b|\bnot only\b|\bno doubt\b|\bno less than\b|\bno more than\b"
    r"|\bno later than\b|\bno longer\b|\bنه (?:تنها|فقط)\b|\bبدون شك\b"
)
_SHORTEST_ROOT: Final = 3


def negation_differs(claim: str, source: str) -> bool:
    """Whether one of them clearly denies what the other states.

    Clear is: the claim denies and nothing in the source does, not even by its meaning ("refused");
    or the source denies a verb, and the claim has that verb and denies nothing.
    """
    stated = _plain(claim)
    if _is_negated(stated):
        said = fold(source)
        return not (_is_negated(said) or _IMPLICIT.search(said))
    if _IMPLICIT.search(stated):
        return False
    return bool(_denied_roots(_plain(source)) & _roots(stated))


@lru_cache(maxsize=4_096)
def _plain(text: str) -> str:
    """The folded text without the phrases that only look like a negation."""
    folded = _CONTRACTED.sub("not", fold(text))
    return _NO_NEGATION.sub(" ", " ".join(folded.split()))


def is_negated(text: str) -> bool:
    """Whether a text denies anything."""
    return _is_negated(_plain(text))


def _is_negated(plain: str) -> bool:
    return bool(_NEGATORS & set(folded_words(plain)) or _PERSIAN_VERB.search(plain))


def _roots(plain: str) -> set[str]:
    return {
        base
        for word in folded_words(plain)
        if word not in FUNCTION_WORDS and len(base := root(word)) >= _SHORTEST_ROOT
    }


def _denied_roots(plain: str) -> set[str]:
    """The roots of the words that a negator stands before, and which stand nowhere else."""
    words = folded_words(plain)
    denied, open_ = set(), set()
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        target = before in _NEGATORS and not (word in FUNCTION_WORDS or before in ("غير", "no"))
        base = root(word)
        if target and len(base) >= _SHORTEST_ROOT and (is_arabic_script(word) or len(word) > 3):
            denied.add(base)
        elif word not in _NEGATORS:
            open_.add(base)
    return denied - open_
