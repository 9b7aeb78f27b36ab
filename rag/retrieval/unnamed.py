"""Unnamed: a question about somebody whom it does not name, though it may name others.

"What did she say about the Taliban?" names nobody who says; nor does an Arabic or Persian verb
that comes without a subject.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from rag.retrieval.coverage import is_place
from rag.retrieval.mentioned import places_in
from rag.text.folding import fold, folded_words
from rag.text.function_words import is_function_word

_AUXILIARIES: Final = frozenset(
    "did does do is are was were has have had will would can could should may might must long many "
    "much often far soon exactly then".split()
)
_ASKING_EN: Final = frozenset("who whom what when where why which how".split())
_PRONOUN_EN: Final = frozenset("he she they his her their him them it its".split())
_NO_ANTECEDENT: Final = re.compile(r"\bit (?:true|possible|necessary|raining|likely)\b")
_ASKING_AR: Final = frozenset(
    folded_words("متى امتى لماذا ليش ليه ماذا شو ايش أين وين فين كم هل بماذا")
)
IMPERSONAL: Final = frozenset(
    folded_words("حدث جرى حصل صار يحدث يجري يحصل يصير يوجد توجد يمكن يجب ينبغي وقع يقع")
)
"""Arabic verbs that want nobody who does them."""
_ASK_OF_A_VERB: Final = frozenset(folded_words("متى امتى لماذا ليش ليه ماذا بماذا"))
_BEFORE_ASKING: Final = frozenset(folded_words("إلى على من في عن مع منذ حتى"))
_PREPOSITIONS_AR: Final = frozenset(
    folded_words("إلى في من مع على عن حول بشأن ضد لدى نحو خلال أثناء عبر منذ بعد قبل عند ب ل")
)
_JOINED_AR: Final = re.compile(r"[بل](?:ال)?(?=\w{3})|لل(?=\w{3})")
_PLURAL: Final = re.compile(r"^(?:\w{2,}وا|ي\w{2,}ون)$")
"""The ending of a verb of several, which has its subject in it."""
_TAKES_A_PLACE: Final = frozenset(
    folded_words("زار زارت زاروا يزور تزور غادر غادرت غادروا يغادر تغادر دخل دخلت دخلوا بلغ بلغت")
)
"""Verbs whose object is a place, so that a place alone beside them is not their subject."""
_ASKING_FA: Final = frozenset(folded_words("چه چرا چگونه چطور کی کجا چند چقدر آیا"))
_WHO_FA: Final = re.compile(r"\b(?:چه (?:كسي|كساني|شخصي|كشوري|كشورهايي)|كدام)\b")
_PREPOSITIONS_FA: Final = frozenset(
    folded_words("به از در با بر برای تا درباره دربارهٔ درمورد علیه میان بین پس پیش سوی")
)
_VERB_FA: Final = re.compile(
    fold(
        r"(?:ن|نمی|می)?(?:گفت|کرد|رفت|رسید|ماند|داد|گرفت|دید|آمد|برگشت|بازگشت|خواست|داشت|نوشت|زد"
        r"|پرسید|شنید|آورد|برد|ساخت|خرید|فروخت|پذیرفت|نشست|گذاشت|یافت|گوید|کند|رود|دهد|گیرد)(?:ند)?"
    )
)
"""Persian verbs of somebody who does something, in the third person."""
_MOST_BEFORE: Final = 5
_LONGEST_SUBJECT: Final = 3


def speaks_of_somebody_unnamed(words: Sequence[str], language: str) -> bool:
    """Whether the folded words of a question have a verb or a pronoun and nobody for it.

    >>> speaks_of_somebody_unnamed("what did she say about the taliban".split(), "en")
    True
    """
    if language == "en":
        return _opens_with_a_pronoun(words)
    return _lacks_a_subject_ar(words) if language == "ar" else _lacks_a_subject_fa(words)


def verbs_asked(words: Sequence[str], language: str) -> set[str]:
    """The Arabic words of a question that are verbs by where they stand, though not known as such.

    >>> verbs_asked("علي ماذا اتفقوا".split(), "ar")
    {'اتفقوا'}
    """
    if language != "ar":
        return set()
    return {
        word
        for before, word in pairwise(["", *words])
        if _PLURAL.match(word) or (before in _ASK_OF_A_VERB and not is_place(word, "ar"))
    }


def subject_of(words: Sequence[str], language: str) -> list[str]:
    """The words of a question that its verb is told of, where their place shows it.

    >>> subject_of("متي زارت ليلي منصور عمان".split(), "ar")
    ['ليلي', 'منصور']
    """
    if language == "ar":
        start = next((n + 2 for n, word in enumerate(words) if word in _ASK_OF_A_VERB), len(words))
        ends = _PREPOSITIONS_AR
    elif language == "fa":
        start, ends = 0, _PREPOSITIONS_FA | _ASKING_FA
    else:
        return []
    places = {place for span in places_in(words, language) for place in range(*span)}
    found: list[str] = []
    for place, word in enumerate(words[start:], start):
        is_end = word in ends or is_function_word(word) or place in places
        if is_end or (language == "ar" and _is_joined(word)):
            break
        found.append(word)
    return found if 0 < len(found) <= _LONGEST_SUBJECT and start + len(found) < len(words) else []


def asks_of_a_person(words: Sequence[str], language: str) -> bool:
    """Whether the one that a question leaves unnamed is a person: "he", "she"."""
    return language == "en" and not {"he", "she", "his", "her", "him"}.isdisjoint(words)


def _opens_with_a_pronoun(words: Sequence[str]) -> bool:
    """Whether next to a question word, before any name or noun, stands a pronoun."""
    for place, word in enumerate(words[:_MOST_BEFORE]):
        if word in _PRONOUN_EN:
            return place > 0 and not _NO_ANTECEDENT.search(" ".join(words))
        if word not in _AUXILIARIES and word not in _ASKING_EN and not _is_small(word):
            return False
    return False


def _is_small(word: str) -> bool:
    return word in {"to", "in", "from", "with", "about", "on", "at", "and", "by", "for"}


def _lacks_a_subject_ar(words: Sequence[str]) -> bool:
    """Whether after a question word stand a verb and only where, whence and of what."""
    rest = list(words)
    while rest and rest[0] in _BEFORE_ASKING:
        rest.pop(0)
    if not rest or rest[0] not in _ASKING_AR:
        return False
    while rest and (rest[0] in _ASKING_AR or rest[0] in {"كان", "كانت", "كانوا"}):
        rest.pop(0)
    if not rest or rest[0].startswith("ال") or is_place(rest[0], "ar"):
        return False
    verb, *others = rest
    if not others:
        return _PLURAL.match(verb) is not None
    if is_function_word(verb) or verb in IMPERSONAL or verb[0] == "ن":
        return False
    if verb in _TAKES_A_PLACE and _are_places(others):
        return True
    return _are_phrases(others)


def _are_places(words: Sequence[str]) -> bool:
    spans = places_in(words, "ar")
    return bool(spans) and spans[0] == (0, len(words))


def _are_phrases(words: Sequence[str]) -> bool:
    """Whether words are prepositions, each with one noun or the name of a place."""
    rest, places = list(words), places_in(words, "ar")
    place = 0
    while place < len(rest):
        if rest[place] in _PREPOSITIONS_AR:
            place += 1
            if place == len(rest):
                return False
        elif not _is_joined(rest[place]):
            return False
        span = next((one for one in places if one[0] == place), None)
        place = span[1] if span else place + 1
    return True


def _is_joined(word: str) -> bool:
    """Whether a preposition is joined to the name of a place or to a noun with its article."""
    match = _JOINED_AR.match(word)
    if not match:
        return False
    return "ال" in match.group() or match.group() == "لل" or is_place(word[1:], "ar")


def _lacks_a_subject_fa(words: Sequence[str]) -> bool:
    """Whether a verb of doing ends a question whose every noun follows a preposition."""
    said = " ".join(words)
    if not words or not _VERB_FA.fullmatch(words[-1]) or _WHO_FA.search(said):
        return False
    if _ASKING_FA.isdisjoint(words):
        return False
    places = places_in(words, "fa")
    nouns = [
        place
        for place, word in enumerate(words[:-1])
        if not is_function_word(word) and word not in _ASKING_FA | _PREPOSITIONS_FA
    ]
    inside = {place for start, end in places for place in range(start + 1, end)}
    return all(
        place in inside or _follows_a_preposition(words, place) or _is_asked(words, place)
        for place in nouns
    )


def _follows_a_preposition(words: Sequence[str], place: int) -> bool:
    return place > 0 and words[place - 1] in _PREPOSITIONS_FA


def _is_asked(words: Sequence[str], place: int) -> bool:
    """Whether a noun is what is asked for ("how many days", "what thing") or of the verb."""
    before = words[place - 1] if place else ""
    return before in {*folded_words("چه چند چقدر")} or place == len(words) - 2
