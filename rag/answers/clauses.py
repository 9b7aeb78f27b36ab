"""Clauses: the clauses of a text and what is denied in them.

A clause is denied by a negator ("not", "لم") or by a word that denies by what it means ("failed
to", "refused"); two of them take each other back ("did not prevent").
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rag.answers.data import lines_of
from rag.answers.inflection import forms
from rag.answers.senses import WordList
from rag.answers.texts import tongue_of
from rag.text.folding import fold, words_of
from rag.text.lexicon import COLUMNS
from rag.text.stems import light_stem

NEGATORS: Final = frozenset(
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
    r"|يعد سرا)\b|\bو?(?:ليس|لا|ليست) (?:\w+ )?فقط\b|\bو?(?:لا|لم|لن) "
    r"[يت](?:قل|تجاوز|تعدي?|زي?د)\b|\bغير (?:ان"
    r"|انه|انها|ذلك)\b|\bدون (?:شك|رد|مقابل)\b|\bnot only\b|\bno doubt\b|\bno less than\b"
    r"|\bno more than\b|\bno later than\b|\bnot least\b|\bنه (?:تنها|فقط)\b|\bبدون شك\b"
    r"|\bالا (?:ان|انه|انها)\b"
)
_EXCEPT: Final = re.compile(
    r"(?<!\w)[وف]?(?:لم|لن|لا|ليس|ليست|ما) ((?:\w+ ){1,12}?)(?:سوي|الا) (?!ان|انه|انها)(?=\w)"
    r"|\b(?:nothing|none) but\b"
)
"""A denial that an exception takes back: "لم تضم سوى 72" is that there were 72, no more."""
_TOKEN: Final = re.compile(r"[^\W_]+|[،,؛;:.!?؟()«»\"“”–—\n]")
BREAKS: Final = frozenset(
    fold(
        "but although though however while whereas لكن ولكن لكنه لكنها بينما فيما حيث اما ولی ولي "
        "گرچه اگرچه بلکه because since وأن وان وإن and"
    ).split()
)
_EMPHATIC: Final = frozenset(fold("هیچ هرگز never no any أي أبدا").split())
_UN: Final = frozenset(fold("غير وغير").split())
OF_NOUNS: Final = frozenset(fold("عدم وعدم لعدم بعدم غير وغير دون بدون without no").split())
"""Negators of a noun: its paraphrase may well be of something else."""
_PERSIAN_COPULAS: Final = frozenset(fold("نمی نیست نیستند نبود نبودند نبوده").split())
_TAKEN_BACK: Final = 3
"""Words within which a denial denies another."""


@dataclass(frozen=True, slots=True)
class Clause:
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
        return self.denies and any(self.words[place] not in OF_NOUNS for place in self.strict)

    @property
    def takes_back(self) -> bool:
        """Whether it denies a word that denies ("failed to prevent")."""
        return any(0 < other - place <= _TAKEN_BACK for place in self.strict for other in self.soft)


@lru_cache(maxsize=1_024)
def is_negated(text: str) -> bool:
    """Whether a text denies anything with a negator."""
    return any(map(is_negator, words_of(plain(text))))


@lru_cache(maxsize=1_024)
def plain(text: str) -> str:
    """The folded text without the phrases that only look like a negation."""
    folded = _CONTRACTED.sub("not", fold(text))
    folded = folded.replace("no longer", "not")
    folded = _EXCEPT.sub(r" \1", folded)
    return _NO_NEGATION.sub(" ", " ".join(folded.split()))


@lru_cache(maxsize=4_096)
def is_negator(word: str) -> bool:
    """Whether a folded word denies and says nothing else."""
    return word in NEGATORS or (
        word.startswith("ن") and _PERSIAN_NEGATIVE.fullmatch(word) is not None
    )


def is_persian_verb(word: str) -> bool:
    """Whether a negator is a Persian verb, which denies what stands before it."""
    return (word not in NEGATORS and is_negator(word)) or word in _PERSIAN_COPULAS


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


@lru_cache(maxsize=4_096)
def denial_of(word: str, language: str) -> str | None:
    """Whether a folded word of a language denies, and how: "strict", "soft" or None."""
    if is_negator(word):
        return "strict"
    stems = {light_stem(form) for form in ((word,) if language == "fa" else forms(word))}
    own = ((kind, words) for (kind, of), words in _denials().items() if of == language)
    found = (kind for kind, words in own if stems & words.stems)
    return next(found, None)


@lru_cache(maxsize=1_024)
def clauses_of(text: str) -> tuple[Clause, ...]:
    """The clauses of a text."""
    parts: list[list[str]] = [[]]
    for token in _TOKEN.findall(plain(text)):
        if not token[0].isalnum():
            parts.append([])
        else:
            if token in BREAKS:
                parts.append([])
            parts[-1].append(token)
    language = tongue_of(text)
    return tuple(_clause(part, language) for part in parts if part)


def _clause(words: list[str], language: str) -> Clause:
    kinds = [denial_of(word, language) for word in words]
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
    return Clause(
        tuple(words),
        tuple(strict),
        tuple(place for place, kind in enumerate(kinds) if kind == "soft"),
    )
