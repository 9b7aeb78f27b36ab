"""Negation: whether a claim and its source agree about what is not so, where that can be told.

A clause is denied by a negator ("not", "لم") or by a word that denies by what it means ("failed
to", "refused"); two of them take each other back ("did not prevent").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rag.answers.alignment import features_of, is_content
from rag.answers.data import lines_of
from rag.answers.inflection import forms
from rag.answers.opposites import other, sides_of
from rag.answers.senses import WordList
from rag.text.folding import fold, folded_words
from rag.text.language import language_of
from rag.text.lexicon import COLUMNS
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
    fold(rf"(?:ن|نمي)(?:{_PERSIAN_STEMS})(?:م|ي|د|يم|يد|ند|ه|ن|ست|است)?").replace(" ", "")
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
"""Words after a denial of a source that it may speak of, and before it in its clause."""
_VERB_LAST: Final = 14
"""Words before a denial that stands at the end of a sentence, as Persian verbs do."""
_MOSTLY: Final = 0.6
"""The share of what a source denies that a claim has to state to contradict it."""
_TAKEN_BACK: Final = 3
"""Words within which a denial denies another."""
_THAT: Final = frozenset(fold("that أن إن أنه أنها إنه إنها أنهم بأن که").split())
_FEW: Final = 2
_DENIED_WORDS: Final = 3
"""Content words after a denial that it certainly denies."""
_MODAL: Final = re.compile(fold("(?:ن|نمی)(?:توانست|توان|خواست|خواه|باید|گذاشت)\\w*"))
"""Persian verbs whose own verb follows them: could, would."""
_DENIED_BEFORE: Final = 4
"""Content words before a Persian verb that it certainly denies."""
_PERSIAN_COPULAS: Final = frozenset(fold("نمی نیست نیستند نبود نبودند نبوده").split())
_UN: Final = frozenset(fold("غير وغير").split())
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
    def denies_its_verb(self) -> bool:
        """Whether it denies more than a noun, which may be paraphrased away ("without need")."""
        return self.denies and any(self.words[place] not in _NOUNS for place in self.strict)

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
    denying = [one for one in clauses if one.denies_its_verb]
    if denying:
        return any(not _is_denied_near(one, source, claim) for one in denying)
    if any(one.takes_back for one in clauses):
        return not any(one.takes_back for one in _clauses(source)) and _states_denied(claim, source)
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
def _denials() -> dict[tuple[str, str], WordList]:
    """The words that deny, by how they do and their language."""
    rows = (line.split(":", 1) for line in lines_of("denials"))
    return {
        (name, language): WordList(entries)
        for name, columns in rows
        for language, entries in zip(COLUMNS, columns.split("|"), strict=True)
    }


@lru_cache(maxsize=1)
def _phrases() -> dict[tuple[str, str], list[tuple[tuple[str, ...], str]]]:
    """The phrases that deny, in stems, by language and first stem, and how they do."""
    found: dict[tuple[str, str], list[tuple[tuple[str, ...], str]]] = {}
    for (name, language), denials in _denials().items():
        for phrase in denials.phrases:
            stems = tuple(map(light_stem, phrase))
            found.setdefault((language, stems[0]), []).append((stems, name))
    return found


@lru_cache(maxsize=50_000)
def _kind(word: str, language: str) -> str | None:
    """Whether a folded word denies, and how."""
    if _is_negator(word):
        return "strict"
    stems = {light_stem(form) for form in ((word,) if language == "fa" else forms(word))}
    found = (kind for (kind, of), words in _denials().items() if of == language and stems & words.stems)
    return next(found, None)


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
    language = language_of(text)
    return tuple(_clause(part, language) for part in parts if part)


def _clause(words: list[str], language: str) -> _Clause:
    kinds = [_kind(word, language) for word in words]
    stems = tuple(map(light_stem, words))
    for place, stem in enumerate(stems):
        for phrase, name in _phrases().get((language, stem), ()):
            if stems[place : place + len(phrase)] == phrase:
                kinds[place] = name
    # "X, not Y" in Persian; within a clause the word is nine.
    if language == "fa" and words[0] == "نه":
        kinds[0] = "strict"
    # An adjective is denied as "un-" does it ("غير مبرر"): the clause is not.
    kinds = ["soft" if word in _UN else kind for word, kind in zip(words, kinds, strict=True)]
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


def _is_denied_near(denying: _Clause, source: str, claim: str) -> bool:
    """Whether the source denies anything near a word that the denying clause has too."""
    told = _told(denying)
    content = [word for word in told if is_content(word) and not _is_negator(word)]
    if not content:
        return True
    # A clause of few words ("he did not", "which has not") is told of by the ones around it.
    features = features_of(claim if len(content) < _FEW else " ".join(told))
    clauses = _clauses(source)
    words = [word for one in clauses for word in one.words]
    start = 0
    for clause in clauses:
        for place in (*clause.strict, *clause.soft):
            near = _near(words, start, start + place, clause)
            if any(is_content(word) and features.has_word(word) for word in near):
                return True
        start += len(clause.words)
    return False


def _told(denying: _Clause) -> tuple[str, ...]:
    """The words of a denying clause without who said so ("he said that …")."""
    first = min((*denying.strict, *denying.soft))
    opened = [place for place, word in enumerate(denying.words[:first]) if word in _THAT]
    return denying.words[opened[-1] + 1 :] if opened else denying.words


def _near(words: Sequence[str], start: int, place: int, clause: _Clause) -> Sequence[str]:
    """The words that a denial at `place` may speak of, in a clause that begins at `start`."""
    last = place + _SCOPE + 1
    if _is_persian_verb(words[place]):
        return words[max(place - _VERB_LAST, 0) : last]
    # A clause that begins with "and" or with the denial has its subject in itself or before it.
    is_joined = clause.words[0][0] in "وف" or clause.words[0] in _BREAKS
    first = start if is_joined else place - _SCOPE
    return words[max(first, 0) : last]


def _is_persian_verb(word: str) -> bool:
    return (word not in _NEGATORS and _is_negator(word)) or word in _PERSIAN_COPULAS


def _states_denied(claim: str, source: str) -> bool:
    """Whether the claim, which denies nothing, states most of what the source denies outright."""
    clauses = _clauses(source)
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


def _open_words(clause: _Clause) -> Iterator[str]:
    """The content words of a clause that nothing in it denies."""
    denied = {word for found in _governed(clause) for word, _ in found} if clause.denies else set()
    for word in clause.words:
        if is_content(word) and word not in denied:
            yield word


def _governed(clause: _Clause) -> Iterator[list[tuple[str, bool]]]:
    """What denials certainly deny, next word first, and whether also a paraphrase of it is denied.

    A Persian verb denies what stands before it, anything else what follows it.
    """
    for place in clause.strict:
        word = clause.words[place]
        if _is_persian_verb(word):
            following = [one for one in clause.words[place + 1 :] if is_content(one)]
            if _MODAL.fullmatch(word) and following:
                yield [(one, True) for one in following[:_FEW]]
            before = [one for one in clause.words[:place] if is_content(one)]
            if before:
                yield [(one, True) for one in before[: -_DENIED_BEFORE - 1 : -1]]
        else:
            after = [one for one in clause.words[place + 1 :] if is_content(one)][:_DENIED_WORDS]
            if after:
                yield [(one, word not in _NOUNS) for one in after]
