"""Certainty: a claim that tells as done what its source only expects, plans or thinks possible.

The rule. A word of possibility ("may", "ربما", "شاید"), of expectation or intention ("is expected
to", "يعتزم", "قرار است"), of the future ("will", "سوف", "خواهد") or of a choice still open
("whether", "ما إذا", "آیا") governs what follows it in its clause, in all three languages. What it
governs did not happen, as far as the source tells. A claim that is told in the past without any
such word, and has most of its content from there, tells it as done.

What stands in the source outside of such a clause too is certain. Plans may be told as plans.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rag.answers.alignment import Features, features_of, terms_of
from rag.answers.data import lines_of
from rag.answers.details import is_light
from rag.answers.office_names import is_place
from rag.answers.senses import concepts_of, listed, listed_exactly
from rag.answers.texts import folded_of, tongue_of, words_in
from rag.text.dates import MONTHS
from rag.text.folding import fold, folded_words

_OPEN: Final = {
    "en": re.compile(
        r"(?<!in )(?<!on )(?<!of )(?<!\d )(?<!since )\bmay (?!\d)|\bmight\b|\bperhaps\b"
        r"|\bprobably\b|\bpossibly\b|\b(?:is|are|was|were|be|been) (?:\w+ )?(?:expected|due"
        r"|scheduled|set|planned|likely|about|supposed|projected|poised|forecast|hoped) to\b"
        r"|\bplan(?:s|ned)? to\b|\bexpects? to\b|\b(?:pledg|vow|promis|threaten|prepar)\w* to\b"
        r"|\bintend(?:s|ed)? to\b|\baim(?:s|ed)? to\b|\bhop(?:es|ed|e) to\b|\bwants? to\b"
        r"|\b(?:is|are) considering\b|\bpropos(?:es|ed|e) to\b|\bwill\b|\bshall\b|\bwhether\b"
    ),
    "ar": re.compile(
        fold(
            r"(?<!\w)[وف]?(?:ربما|لعل|سوف"
            r"|(?:من )?(?:ال)?(?:متوقع|محتمل|مرجح|مقرر|مزمع|منتظر|ممكن) أن"
            r"|[يت](?:توقع|عتزم|نوي|خطط|أمل|طمح|سعى)(?:ون)?|[يت]مكن أن|[يت]جوز أن|ما إذا|بصدد"
            r"|(?:من )?(?:ال)?(?:متوقع|محتمل|مرجح|مقرر|مزمع)(?= \w))(?!\w)"
        )
    ),
    "fa": re.compile(
        fold(
            r"(?<!\w)(?:شاید|ممکن است|احتمالا|احتمال (?:دارد|می ?رود)|قرار است|مقرر است|بنا است|آیا"
            r"|پیش ?بینی می ?شود|انتظار می ?رود|قصد دار\w+|در ?نظر دار\w+|در صدد|می ?خواه\w+"
            r")(?!\w)"
        )
    ),
}
"""What governs the rest of a clause: it is not told to have happened."""
_ON_AGENDA: Final = re.compile(
    fold(r"(?<!\w)(?:on the agenda|على جدول (?:ال)?أعمال|في جدول (?:ال)?أعمال|در دستور کار)(?!\w)")
)
"""What a whole clause is of: it is to be talked about or done."""
_PERSIAN_FUTURE: Final = re.compile(fold(r"(?<!\w)(?<!می )خواه(?:د|ند|م|یم)(?!\w)"))
"""It stands with the verb, at the end of what it governs."""
_FUTURE: Final = re.compile(fold(r"(?<!\w)[وف]?س([يتن])(\w{2,})(?!\w)"))
"""An Arabic verb in the future, as far as the lexicon has it in the present."""
_MAY: Final = re.compile(fold(r"(?<!\w)و?قد ([يتن])(\w{2,})(?!\w)"))
"""قد before the present leaves open, before the past it asserts."""
_SPOKEN_OF: Final = re.compile(
    fold(
        r"(?<!\w)(?:may|might|could|would|should|will|shall|if|whether|unless|perhaps|probabl\w+|"
        r"possib\w+|potential\w*|likely|expect\w*|plan\w*|intend\w*|intention\w*|aim\w*|hop(?:e|es|ed"
        r"|ing)|want\w*|seek\w*|consider\w*|propos\w+|schedul\w+|due|forecast\w*|predict\w*|threat\w*"
        r"|promis\w+|pledg\w+|vow\w*|urg\w+|demand\w*|call(?:s|ed)? (?:for|on)|next|upcoming|coming"
        r"|agenda|جدول|دستور كار"
        r"|ربما|قد|سوف|لعل|\w*نتظر\w*|\w*متوقع\w*|\w*محتمل\w*|\w*مرجح\w*|\w*مقرر\w*|\w*مزمع\w*|\w*منتظر\w*|[وف]?س[يتن]\w{2,}"
        r"|\w*[يت]عتزم\w*|\w*[يت]نوي\w*|\w*خط[هط]\w*|\w*[يت]توقع\w*|\w*[يت]سعي\w*|\w*[يت]امل\w*|ممكن|[يت]مكن|اذا|لو|بصدد|نيه"
        r"|\w*اعتزام\w*|\w*دعا|\w*دعت|\w*طالب\w*|\w*هدد\w*|\w*وعد\w*|\w*تعهد\w*|\w*مقبل\w*|\w*قادم\w*|\w*احتمال\w*|\w*امكان\w*"
        r"|شايد|ممكن|احتمال\w*|قرار است|مقرر|بنا ?ست|ايا|اگر|پيش ?بيني|انتظار|قصد|نظر دار\w+|در صدد"
        r"|مي ?خواه\w+|خواه\w+|بايد|برنامه|طرح|پيشنهاد|اينده|تهديد|وعده|خواستار)(?!\w)"
    )
)
"""What shows that a claim does not tell a thing as done, or speaks of a plan as one."""
_ENDS: Final = re.compile(
    fold(
        r"[،,؛;:.!؟?()«»\"“”\n]|(?<!\w)(?:but|while|which|who|لكن|بينما|فيما|أما|التي|الذي|الذين"
        r"|اللذين|اللتين|اما|ولی|(?<!است )(?<!دارد )که)(?!\w)"
    )
)
"""Where what governs a clause ends: a relative clause tells what is so again."""
_PAST_PERSIAN: Final = re.compile(r"\w+(?:د|ت|ند|ده|ته|دم|ديم)")
_PRESENT: Final = ("مي", "نمي")
_NO_PAST: Final = frozenset(
    fold("است ندارد دارد دهد کند شود باید هست کنند دهند شوند دارند").split()
)
_ENGLISH_PAST: Final = frozenset(
    "was were had did has have been cut put set hit let shut spread hurt quit beat".split()
)
_LIGHT_PAST: Final = frozenset("held took gave made began came went met left became".split())
"""English pasts that tell little themselves: "took place"."""
_PREPOSITIONS: Final = frozenset(fold("في من إلى على عن مع خلال قبل بعد").split())
_MOSTLY: Final = 0.75
_FEWEST: Final = 2
_OBJECT: Final = 2
"""Terms at the end of a claim that are told of its verb."""
_OPENING: Final = 4
"""Words among which the verb of an Arabic sentence stands."""


def told_as_done(claim: str, cited: tuple[str, ...]) -> bool:
    """Whether a claim tells as done what `cited` only expects, plans or thinks possible."""
    if _SPOKEN_OF.search(folded_of(claim)) or not _is_past(claim):
        return False
    parts = [_parted(text) for text in cited]
    if not any(one.left_open for one in parts):
        return False
    left_open, certain, before = (
        features_of(*(text for one in parts for text in texts_of(one))) for texts_of in _PARTS
    )
    if _deed_is_open(claim, left_open, certain):
        return True
    language, within, outside, leading = tongue_of(claim), 0, 0, 0
    for term in terms_of(claim):
        if all(is_light(word, language) or is_place(word) for word in term.words):
            continue
        if certain.has(term) or certain.has_name(term):
            outside += 1
        elif left_open.has(term):
            within += 1
        else:
            leading += before.has(term)
    return within >= _FEWEST and within > leading and within >= _MOSTLY * (within + outside)


def _deed_is_open(claim: str, left_open: Features, certain: Features) -> bool:
    """Whether the verb of a claim, with something that it is told of, is only left open."""
    verbs = _past_verbs(claim)
    if not verbs or any(map(certain.has_word, verbs)):
        return False
    if not all(left_open.has_word(verb, by_root=False) for verb in verbs):
        return False
    language = tongue_of(claim)
    told = [
        term
        for term in terms_of(claim)
        if verbs.isdisjoint(term.words) and not all(is_light(one, language) for one in term.words)
    ]
    within = sum(left_open.has(term) and not certain.has(term) for term in told)
    return within >= 1 and within >= sum(certain.has(term) for term in told[-_OBJECT:])


@lru_cache(maxsize=1_024)
def _past_verbs(claim: str) -> frozenset[str]:
    """The words of a claim that tell in the past what was done, but for what is merely said."""
    words, language = words_in(claim), tongue_of(claim)
    if language == "en":
        found = {word for word in words if word in _irregular() or word.endswith("ed")}
        return frozenset(found - _said())
    if language == "fa":
        last = [word for word in words[-_OBJECT - 1 :] if not is_light(word, language)]
        return frozenset(last[-1:])
    return frozenset(
        word for word in words[:1] if not (word.startswith("ال") or is_light(word, language))
    )


@lru_cache(maxsize=1)
def _said() -> frozenset[str]:
    """English verbs of saying and calling."""
    lines = (line.removeprefix("en:") for line in lines_of("reporting") if line.startswith("en:"))
    return frozenset(folded_words(" ".join(lines)))


@dataclass(frozen=True, slots=True)
class _Parted:
    """What a text leaves open, what it tells as certain, and what leads to what it leaves open."""

    left_open: tuple[str, ...]
    certain: tuple[str, ...]
    before: tuple[str, ...]
    """In the same clause: mostly of whom it is told."""


_PARTS: Final[tuple[Callable[[_Parted], tuple[str, ...]], ...]] = (
    lambda one: one.left_open,
    lambda one: one.certain,
    lambda one: one.before,
)


def look_at_certainty(text: str) -> None:
    """Find beforehand what is asked of a text that is cited."""
    parts = _parted(text)
    for each in (*parts.left_open, *parts.certain) if parts.left_open else ():
        _ = features_of(each).senses


@lru_cache(maxsize=1_024)
def _parted(text: str) -> _Parted:
    folded, language = folded_of(text), tongue_of(text)
    left_open, certain, before = list[str](), list[str](), list[str]()
    start = 0
    for end in (*(match.end() for match in _ENDS.finditer(folded)), len(folded)):
        clause = folded[start:end]
        start = end
        at = _opening(clause, language)
        if at is None:
            certain.append(clause)
        else:
            left_open.append(clause[at:])
            before.append(clause[:at])
    return _Parted(*(tuple(filter(str.strip, part)) for part in (left_open, certain, before)))


def _opening(clause: str, language: str) -> int | None:
    """Where a folded clause begins to tell what it leaves open; None where it does not."""
    if _ON_AGENDA.search(clause) or (language == "fa" and _PERSIAN_FUTURE.search(clause)):
        return 0
    found = [match.start() for match in _OPEN[language].finditer(clause)]
    if language == "ar":
        found += [one.start() for one in _FUTURE.finditer(clause) if _is_future(one[1] + one[2])]
        found += [one.start() for one in _MAY.finditer(clause) if _is_present(one[1] + one[2])]
    return min(found, default=None)


@lru_cache(maxsize=4_096)
def _is_future(word: str) -> bool:
    """Whether س before a folded word makes a verb of it, and no word of its own ("سنوات")."""
    return bool(concepts_of("ي" + word[1:])) and not listed("س" + word)


@lru_cache(maxsize=4_096)
def _is_present(word: str) -> bool:
    """Whether a folded Arabic word is a verb in the present, and not one in the past."""
    if _is_feminine(word):
        return True
    return bool(concepts_of("ي" + word[1:])) and not listed_exactly(word.removesuffix("ت"))


def _is_feminine(word: str) -> bool:
    """Whether what begins with ت is the present of a verb whose other forms are listed.

    "قد تواجه" is of "يواجه"; "قد تقدم" may be the past of "يتقدم".
    """
    return (
        word[0] == "ت"
        and bool(listed_exactly("ي" + word[1:]))
        and not listed("ي" + word)
        and not listed("م" + word)
    )


def _is_past(claim: str) -> bool:
    """Whether a claim tells what was, as far as its forms tell."""
    words, language = words_in(claim), tongue_of(claim)
    if language == "en":
        return any(
            word in _ENGLISH_PAST
            or ((word in _irregular() or word.endswith("ed")) and not is_light(word, language))
            for word in words
        ) or any(word.endswith("ed") or word in _LIGHT_PAST for word in _past_verbs(claim))
    if language == "fa":
        last = words[-_OPENING:]
        return any(
            _PAST_PERSIAN.fullmatch(word) and word not in _NO_PAST and before not in _PRESENT
            for before, word in zip(("", *last), last, strict=False)
        )
    opening = words[:_OPENING]
    return not any(
        word[0] in "يتن"
        and word not in MONTHS
        and before not in _PREPOSITIONS
        and _is_present(word)
        for before, word in zip(("", *opening), opening, strict=False)
    )


@lru_cache(maxsize=1)
def _irregular() -> frozenset[str]:
    """The English words of the list whose forms follow no rule."""
    return frozenset(line.split()[0] for line in lines_of("irregular"))
