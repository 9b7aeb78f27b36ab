"""Negation: whether a claim and its source agree about what is not so, where that can be told."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rag.answers.alignment import features_of, is_content
from rag.answers.clauses import (
    BREAKS,
    OF_NOUNS,
    Clause,
    clauses_of,
    is_negator,
    is_persian_verb,
    plain,
)
from rag.answers.opposites import other, sides_of
from rag.text.folding import fold

_VEILED: Final = re.compile(
    r"\b(?:ما|بلا|كلا|سوي|خلا|بي|رد|only|except|little|few|hardly|rarely|barely|against)\b"
    r"|\b[وفبل]?(?:ال)?[يتنا]?(?:رفض|نفي|نفت|نكر|فشل|منع|نعدام|ستبعد|تجنب|لغي|لغا|متنع|غياب|فتقر"
    r"|عجز|مستحيل|ستحال|معارض|متعارض|عارض|خالف|تناقض|متناقض|تكذيب|كذب|ممنوع|ناتوان|ناممكن"
    r"|نامعلوم|ناكام)\w*|\b(?:denie|deny|refus|reject|fail|lack|absen|prevent|prohibit|stop|ceas"
    r"|avoid|contradict|contrar|oppos|exclud|halt|suspend|cancel|disagree|disapprov|dismiss|impossib"
    r"|incapab|inabilit|insuffic|unable|unlikel|unwilling|unclear|unknown|uncertain|undeclar"
    r"|unspecif|unconfirm|unannounc|unofficial|unresolv|unstab)\w*|\bbans?\b|\bbann(?:ed|ing)\b"
    r"|\brul(?:e[sd]?|ing)\s+out\b"
)
"""Words that deny by what they mean. They only make the check more lenient."""
_SCOPE: Final = 6
"""Words after a denial of a source that it may speak of, and before it in its clause."""
_VERB_LAST: Final = 14
"""Words before a denial that stands at the end of a sentence, as Persian verbs do."""
_MOSTLY: Final = 0.6
"""The share of what a source denies that a claim has to state to contradict it."""
_THAT: Final = frozenset(fold("that أن إن أنه أنها إنه إنها أنهم بأن که").split())
_FEW: Final = 2
_DENIED_WORDS: Final = 3
"""Content words after a denial that it certainly denies."""
_MODAL: Final = re.compile(fold("(?:ن|نمی)(?:توانست|توان|خواست|خواه|باید|گذاشت)\\w*"))
"""Persian verbs whose own verb follows them: could, would."""
_DENIED_BEFORE: Final = 4
"""Content words before a Persian verb that it certainly denies."""


def negation_differs(claim: str, source: str) -> bool:
    """Whether one of them clearly denies what the other states.

    Clear is: a clause of the claim denies, and nothing in the source does near any word of it; or
    the source denies a word outright, and the claim has that word and denies nothing.
    """
    clauses = clauses_of(claim)
    denying = [one for one in clauses if one.denies]
    unsaid = [one for one in denying if not _is_denied_near(one, source, claim)]
    if any(one.denies_its_verb for one in denying):
        return any(one.denies_its_verb for one in unsaid)
    if unsaid:
        said = features_of(source)
        nouns = (word for one in unsaid for found in _governed(one) for word, _ in found)
        return any(said.has_word(word, paraphrased=False) for word in nouns)
    turned = any(one.takes_back for one in clauses_of(source))
    if any(one.takes_back for one in clauses):
        return not turned and _states_denied(claim, source)
    if any(one.strict or one.soft for one in clauses):
        return turned and not any(one.strict for one in clauses)
    return not _VEILED.search(plain(claim)) and _states_denied(claim, source)


def _is_denied_near(denying: Clause, source: str, claim: str) -> bool:
    """Whether the source denies anything near a word that the denying clause has too."""
    told = _told(denying)
    content = [word for word in told if is_content(word) and not is_negator(word)]
    if not content:
        return True
    # A clause of few words ("he did not", "which has not") is told of by the ones around it.
    features = features_of(claim if len(content) < _FEW else " ".join(told))
    clauses = clauses_of(source)
    words = [word for one in clauses for word in one.words]
    start = 0
    for clause in clauses:
        for place in (*clause.strict, *clause.soft):
            near = _near(words, start, start + place, clause)
            if any(is_content(word) and features.has_word(word) for word in near):
                return True
        start += len(clause.words)
    return False


def _told(denying: Clause) -> tuple[str, ...]:
    """The words of a denying clause without who said so ("he said that …")."""
    first = min((*denying.strict, *denying.soft))
    opened = [place for place, word in enumerate(denying.words[:first]) if word in _THAT]
    return denying.words[opened[-1] + 1 :] if opened else denying.words


def _near(words: Sequence[str], start: int, place: int, clause: Clause) -> Sequence[str]:
    """The words that a denial at `place` may speak of, in a clause that begins at `start`."""
    last = place + _SCOPE + 1
    if is_persian_verb(words[place]):
        return words[max(place - _VERB_LAST, 0) : last]
    # A clause that begins with "and" or with the denial has its subject in itself or before it.
    is_joined = clause.words[0][0] in "وف" or clause.words[0] in BREAKS
    first = start if is_joined else place - _SCOPE
    return words[max(first, 0) : last]


def _states_denied(claim: str, source: str) -> bool:
    """Whether the claim, which denies nothing, states most of what the source denies outright."""
    clauses = clauses_of(source)
    if not any(one.denies for one in clauses):
        return False
    features = features_of(claim)
    open_ = features_of(" ".join(word for one in clauses for word in _open_words(one)))
    mine = {side for _, sides in sides_of(claim) for side in sides}
    for clause in clauses:
        for governed in _governed(clause) if clause.denies else ():
            # What the source says elsewhere too ("found … but did not find") is not denied whole.
            denied = [one for one in governed if not open_.has_word(one[0], paraphrased=False)]
            stated = [
                word
                for word, paraphrased in denied
                if features.has_word(word, paraphrased=paraphrased)
            ]
            turned = {other(side) for word in stated for _, each in sides_of(word) for side in each}
            is_first = stated[:1] == [word for word, _ in denied[:1]]
            enough = len(stated) >= _MOSTLY * len(denied) and (is_first or len(stated) > 1)
            if stated and enough and mine.isdisjoint(turned):
                return True
    return False


def _open_words(clause: Clause) -> Iterator[str]:
    """The content words of a clause that nothing in it denies."""
    denied = {word for found in _governed(clause) for word, _ in found} if clause.denies else set()
    for word in clause.words:
        if is_content(word) and word not in denied:
            yield word


def _governed(clause: Clause) -> Iterator[list[tuple[str, bool]]]:
    """What denials certainly deny, next word first, and whether also a paraphrase of it is denied.

    A Persian verb denies what stands before it, anything else what follows it.
    """
    for place in clause.strict:
        word = clause.words[place]
        if is_persian_verb(word):
            following = [one for one in clause.words[place + 1 :] if is_content(one)]
            if _MODAL.fullmatch(word) and following:
                yield [(one, True) for one in following[:_FEW]]
            before = [one for one in clause.words[:place] if is_content(one)]
            if before:
                yield [(one, True) for one in before[: -_DENIED_BEFORE - 1 : -1]]
        else:
            most = 1 if word in OF_NOUNS else _DENIED_WORDS
            after = [one for one in clause.words[place + 1 :] if is_content(one)][:most]
            if after:
                yield [(one, word not in OF_NOUNS) for one in after]
