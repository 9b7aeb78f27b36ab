"""Negation: whether a claim and its source agree about what is not so, where that can be told.

A clause is denied by a negator ("not", "لم") or by a word that denies by what it means ("failed
to", "refused"); two of them take each other back ("did not prevent").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rag.answers.alignment import features_of, is_content
from rag.answers.data import lines_of
from rag.answers.inflection import forms
from rag.answers.senses import WordList
from rag.text.folding import fold, folded_words
from rag.text.stems import light_stem

_NEGATORS: Final = frozenset(
    fold(
        "ليس ليست ليسوا وليس وليست فليس لم ولم فلم لن ولن فلن لا ولا فلا ألا غير وغير بدون دون "
        "عدم وعدم لعدم بعدم not never no without neither nor cannot none nobody nothing "
        "نیست نیستند نمی نبود نبودند نبوده هیچ هرگز بدون"
    ).split()
)
_PERSIAN_STEMS: Final = (
    "شد|شو|كرد|كن|داشت|دار|خواه|خواست|ياف?ت|ياب|رسيد|رس|داد|ده|گرفت|گير|رفت|رو|گفت|گوي|توانست|توان"
    "|بايد|انجاميد|انجام|پذيرفت|پذير|شناخت|نوشت|ديد|بين|گذاشت|گذار|ماند|مان|برد|بر|خورد|زد|زن|ساخت"
    "|ساز|كشيد|كش|پرداخت|پرداز|دانست|دان|امد|اي|بود|باش|گشت|گشود|بست|فروخت|خريد|آورد|اورد|آمد"
)
_PERSIAN_NEGATIVE: Final = re.compile(
    fold(rf"(?:ن|نمي)(?:{_PERSIAN_STEMS})(?:م|ي|د|يم|يد|ند|ه|ست|است)?").replace(" ", "")
)
_CONTRACTED: Final = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|wo|would|could|should|ca|must)n['’]t\b"
)
_NO_NEGATION: Final = re.compile(
    r"\bو?لا (?:يزال|تزال|زال|زالت|يزالون|بد|شك|سيما|محاله|ريب|جدال)\b|\bو?لم (?:يزل|تزل"
    r"|يعد سرا)\b|\bو?(?:ليس|لا|ليست) (?:\w+ )?فقط\b|\bو?لا (?:يقل|تقل|يتجاوز|يتعدي)\b|\bغير (?:ان"
    r"|انه|انها|ذلك)\b|\bدون (?:شك|رد|مقابل)\b|\bnot only\b|\bno doubt\b|\bno less than\b"
    r"|\bno more than\b|\bno later than\b|\bnot least\b|\bنه (?:تنها|فقط)\b|\bبدون شك\b"
    r"|\bالا (?:ان|انه|انها)\b"
)
_VEILED: Final = re.compile(
    r"\b(?:ما|بلا|كلا|سوي|خلا|بي|رد|only|despite|except|little|few|hardly|rarely|barely|against)\b"
    r"|\b[وفبل]?(?:ال)?[يتنا]?(?:رفض|نفي|نفت|نكر|فشل|منع|نعدام|ستبعد|تجنب|لغي|لغا|متنع|غياب|فتقر"
    r"|عجز|مستحيل|ستحال|معارض|متعارض|عارض|خالف|تناقض|متناقض|تكذيب|كذب|ممنوع|ناتوان|ناممكن"
    r"|نامعلوم|ناكام)\w*|\b(?:denie|deny|refus|reject|fail|lack|absen|prevent|prohibit|stop|ceas"
    r"|avoid|contra|oppos|exclud|halt|suspend|cancel|rule|disagree|disapprov|dismiss|impossib"
    r"|incapab|inabilit|insuffic|unable|unlikel|unwilling|unclear|unknown|uncertain|undeclar"
    r"|unspecif|unconfirm|unannounc|unofficial|unresolv|unstab)\w*|\bbans?\b|\bbann(?:ed|ing)\b"
)
"""Words that deny by what they mean. They only make the check more lenient."""
_TOKEN: Final = re.compile(r"[^\W_]+|[،,؛;:.!?؟()«»\"“”–—\n]")
_BREAKS: Final = frozenset(
    fold(
        "but although though however while whereas لكن ولكن لكنه لكنها بينما فيما حيث اما ولی ولي "
        "گرچه اگرچه بلکه because since وأن وان وإن and"
    ).split()
)
_SCOPE: Final = 6
"""Words around a denial of a source that it may speak of."""
_TAKEN_BACK: Final = 3
"""Words within which a denial denies another."""
_NOUNS: Final = frozenset(fold("عدم وعدم لعدم بعدم غير وغير دون بدون without no").split())
"""Negators of a noun: its paraphrase may well be of something else."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """The folded words of a clause, and where denials stand among them."""

    words: tuple[str, ...]
    strict: tuple[int, ...]
    soft: tuple[int, ...]

    @property
    def denies(self) -> bool:
        """Whether it denies something outright that nothing takes back."""
        return bool(self.strict) and (len(self.strict) + len(self.soft)) % 2 == 1

    @property
    def takes_back(self) -> bool:
        """Whether it denies a word that denies ("failed to prevent")."""
        return any(0 < other - place <= _TAKEN_BACK for place in self.strict for other in self.soft)


def negation_differs(claim: str, source: str) -> bool:
    """Whether one of them clearly denies what the other states.

    Clear is: a clause of the claim denies, and nothing in the source does near any word of it; or
    the source denies a word outright, and the claim has that word and denies nothing.
    """
    clauses = _clauses(claim)
    denying = [one for one in clauses if one.denies]
    if denying:
        return any(not _is_denied_near(one, source) for one in denying)
    if any(one.strict for one in clauses):
        return False
    if any(one.soft for one in clauses):
        return any(one.takes_back for one in _clauses(source))
    if _VEILED.search(_plain(claim)):
        return False
    return _states_denied(claim, source)


def is_negated(text: str) -> bool:
    """Whether a text denies anything with a negator."""
    return any(map(_is_negator, folded_words(_plain(text))))


@lru_cache(maxsize=4_096)
def _plain(text: str) -> str:
    """The folded text without the phrases that only look like a negation."""
    folded = _CONTRACTED.sub("not", fold(text))
    return _NO_NEGATION.sub(" ", " ".join(folded.split()))


@lru_cache(maxsize=50_000)
def _is_negator(word: str) -> bool:
    return word in _NEGATORS or (
        word.startswith("ن") and _PERSIAN_NEGATIVE.fullmatch(word) is not None
    )


@lru_cache(maxsize=1)
def _denials() -> dict[str, WordList]:
    rows = (line.split(":", 1) for line in lines_of("denials"))
    return {name: WordList(entries) for name, entries in rows}


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The phrases that deny, in stems, by their first, and how they do."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, denials in _denials().items():
        for phrase in denials.phrases:
            stems = tuple(map(light_stem, phrase))
            found.setdefault(stems[0], []).append((stems, name))
    return found


@lru_cache(maxsize=50_000)
def _kind(word: str) -> str | None:
    """Whether a folded word denies, and how."""
    if _is_negator(word):
        return "strict"
    stems = {light_stem(form) for form in forms(word)}
    return next((name for name, words in _denials().items() if stems & words.stems), None)


@lru_cache(maxsize=2_048)
def _clauses(text: str) -> tuple[_Clause, ...]:
    """The clauses of a text."""
    parts: list[list[str]] = [[]]
    for token in _TOKEN.findall(_plain(text)):
        if not token[0].isalnum():
            parts.append([])
        else:
            if token in _BREAKS:
                parts.append([])
            parts[-1].append(token)
    return tuple(_clause(part) for part in parts if part)


def _clause(words: list[str]) -> _Clause:
    kinds = [_kind(word) for word in words]
    stems = tuple(map(light_stem, words))
    for place, stem in enumerate(stems):
        for phrase, name in _phrases().get(stem, ()):
            if stems[place : place + len(phrase)] == phrase:
                kinds[place] = name
    # "no … not" and the two halves of one Persian denial count once.
    strict = [place for place, kind in enumerate(kinds) if kind == "strict"]
    if len(strict) > 1 and {words[place] for place in strict} & _EMPHATIC:
        strict = strict[-1:]
    return _Clause(
        tuple(words),
        tuple(strict),
        tuple(place for place, kind in enumerate(kinds) if kind == "soft"),
    )


_EMPHATIC: Final = frozenset(fold("هیچ هرگز never no any أي أبدا").split())


def _is_denied_near(denying: _Clause, source: str) -> bool:
    """Whether the source denies anything near a word that the denying clause has too."""
    features = features_of(" ".join(denying.words))
    words = tuple(word for one in _clauses(source) for word in one.words)
    for place in (place for place, word in enumerate(words) if _kind(word)):
        near = words[max(place - _SCOPE, 0) : place + _SCOPE + 1]
        if any(is_content(word) and features.has_word(word) for word in near):
            return True
    return False


def _states_denied(claim: str, source: str) -> bool:
    """Whether the claim, which denies nothing, has a word that the source denies outright."""
    features = features_of(claim)
    denied, open_ = dict[str, bool](), set[str]()
    for clause in _clauses(source):
        governed = dict(_governed(clause)) if clause.denies else {}
        for place, word in enumerate(clause.words):
            if place in governed:
                denied[word] = governed[place]
            else:
                open_.add(light_stem(word))
    return any(
        light_stem(word) not in open_ and features.has_word(word, paraphrased=paraphrased)
        for word, paraphrased in denied.items()
    )


def _governed(clause: _Clause) -> Iterator[tuple[int, bool]]:
    """The words that denials certainly deny, and whether also a paraphrase of them is denied.

    What a Persian verb denies stands before it and cannot be told.
    """
    for place in clause.strict:
        word = clause.words[place]
        following = range(place + 1, len(clause.words))
        content = [at for at in following if is_content(clause.words[at])]
        if content and (word in _NEGATORS or not _is_negator(word)):
            yield content[0], word not in _NOUNS
