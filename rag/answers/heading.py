"""Headings: which words of the question a heading may use without stating anything.

A heading repeats what was asked about ("Bagheri's visits to Moscow:"), and nobody checks it. So it
must be a noun phrase: with a verb ("Bagheri signed the contract:"), or where the question asks for
yes or no, the same words are an answer.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from rag.answers.inflection import bases
from rag.answers.office_names import is_place
from rag.text.folding import fold, folded_words
from rag.text.function_words import FUNCTION_WORDS
from rag.text.language import language_of
from rag.text.stems import light_stem

_LONGEST: Final = 8
_HAVE_OR_BE: Final = (
    "is|are|was|were|be|been|being|am|do|does|did|has|have|had|having|will|would|shall|should|can"
    "|could|may|might|must"
)
_YES_OR_NO: Final = re.compile(
    rf"^\W*(?:so |and |but |well |then )?(?:{_HAVE_OR_BE})\b"
    rf"|(?:[,;]|\b(?:and|but)) (?:{_HAVE_OR_BE})\b"
    r"|\b(?:whether|if|or)\b|\b(?:و?هل|ايا|اذا|اكان|اليس|ام|او|يا)\b"
)
_ASKS_MORE: Final = re.compile(
    r"\b(?:who|whom|whose|what|when|where|which|why|how|list|name|tell|summari[sz]e|summary"
    r"|describe|explain|compare|outline|timeline|about)\b"
    r"|\b[وف]?(?:من|ما|ماذا|متي|اين|كيف|كم|لماذا|اي|ايه|لمن|بماذا|مم|عم|فيم|بكم|لخص|اذكر|اشرح|قارن"
    r"|عدد|رتب|اسرد|وضح|اعرض)\b"
    r"|\b(?:چه|چرا|چگونه|چطور|كي|كجا|كدام|كدامند|چند|چقدر|چيست|كيست|كجاست|خلاصه|فهرست|توضيح)\b"
)
_VERBS: Final = frozenset(
    fold(
        f"{_HAVE_OR_BE.replace('|', ' ')} قد لقد سوف تم یتم كان كانت كانوا شد شده شدند شود "
        "کرد کرده کردند کند کنند است بود بودند بوده باشد هست هستند نیست دارد داشت داشته دارند "
        "داد داده دادند گرفت گرفته گرفتند گفت رفت رسید آمد زد یافت خواهد اند"
    ).split()
)
"""Words that make a statement of what stands beside them."""
_LINKS: Final = frozenset(
    folded_words(
        "of in on at for from with by about into over after before between during against under "
        "and or the a an s its his her their to "
        "في من إلى على عن مع بين حول حتى منذ خلال عند ضد قبل بعد أثناء بشأن لدى و "
        "از به در با بر تا برای درباره میان علیه پس پیش"
    )
)
_HEADS: Final = frozenset(
    folded_words("نتائج أسباب تفاصيل أهداف مواضيع محاور بنود مراحل جوانب عدد تاريخ موعد مضمون")
)
"""Nouns that often head a phrase and do not show by their endings that they are nouns."""
_SHORTEST_PLURAL: Final = 5
_SHORTEST_NOUN: Final = 4


def nominal_words(heading: str, question: str) -> frozenset[str]:
    """The folded words of a question that a heading may use; none where it would state something.

    >>> sorted(nominal_words("Bagheri's visits:", "Which were Bagheri's visits to Moscow?"))
    ['bagheri', 'visits']
    >>> nominal_words("Bagheri signed:", "What did Bagheri sign?")
    frozenset()
    """
    words, asked = folded_words(heading), folded_words(question)
    own = [word for word in words if word in asked and word not in FUNCTION_WORDS]
    folded = " ".join(fold(question).split())
    if not own or len(words) > _LONGEST or _YES_OR_NO.search(folded):
        return frozenset()
    if not _ASKS_MORE.search(folded) or not _VERBS.isdisjoint(words):
        return frozenset()
    if language_of(heading) == "en":
        is_phrase = _is_english_phrase(words, question)
    else:
        is_phrase = _is_noun_first(heading, words) and _are_joined(words, asked)
    return frozenset(own) if is_phrase and _are_in_order(own, asked) else frozenset()


def _is_english_phrase(words: Sequence[str], question: str) -> bool:
    """Whether no word can be a verb: each follows a link, or belongs to a name with the one before.

    What has a capital within the question is a name there.
    """
    names = {*folded_words(" ".join(re.findall(r"(?<=\w[\s'’-])[A-Z][\w-]*", question)))}
    for before, word in pairwise(["", *words]):
        if word in names or word in FUNCTION_WORDS:
            continue
        if (before and before not in _LINKS) or before == "to" or _is_participle(word):
            return False
    return all(
        word in _LINKS or before in _LINKS or {before, word} <= names
        for before, word in pairwise(words)
    )


def _is_participle(word: str) -> bool:
    """Whether a word may be the past or the progressive of a verb: "signed", "met"."""
    if word.endswith(("ed", "ing")):
        return True
    return not word.endswith("s") and not all(map(word.startswith, bases(word)))


def _is_noun_first(heading: str, words: Sequence[str]) -> bool:
    """Whether the first word is a preposition or a noun by its form, in Arabic or Persian."""
    first = re.findall(r"\w+", heading)[0]
    if words[0] in _LINKS | _HEADS or language_of(heading) == "fa":
        return True
    is_plural = len(first) >= _SHORTEST_PLURAL and first.endswith("ات")
    is_of_action = len(first) >= _SHORTEST_NOUN and first.endswith("اء") and first[0] not in "أا"
    return first.startswith("ال") or first.endswith("ة") or is_plural or is_of_action


def _are_joined(words: Sequence[str], asked: Sequence[str]) -> bool:
    """Whether each word stands after a link or, as in the question, after what it belongs to.

    Not what the question ends with in Persian, which is its verb.
    """
    persian_verb = set(asked[-2:] if asked[-1] in _VERBS else asked[-1:])
    persian_verb -= {word for word in asked if is_place(word)}
    belonging = {(one, other) for one, other in pairwise(asked)}
    for before, word in pairwise(words):
        linked = before in _LINKS or word in _LINKS or word.startswith("ال")
        joined = word[:1] in "ول" and is_place(word[1:])
        if not (linked or joined or (before, word) in belonging):
            return False
    return persian_verb.isdisjoint(words) or language_of(" ".join(asked)) != "fa"


def _are_in_order(own: Sequence[str], asked: Sequence[str]) -> bool:
    """Whether places stand as in the question, so that who did it to whom is not exchanged."""
    places = [asked.index(word) for word in own if is_place(word)]
    return places == sorted(places) and len(own) == len(set(map(light_stem, own)))
