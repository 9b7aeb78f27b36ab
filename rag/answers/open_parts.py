"""Open parts: what a question of two parts asks for and no quotation speaks of."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rag.answers.alignment import features_of
from rag.answers.holders import countries_told
from rag.answers.interrogative import asks
from rag.answers.office_names import is_place
from rag.retrieval.mentioned import names_of
from rag.retrieval.parts import parts_of
from rag.retrieval.question import analyse
from rag.retrieval.reading import has_form
from rag.retrieval.unnamed import verbs_asked
from rag.text.capitals import countries_by_capital
from rag.text.folding import fold, folded_words
from rag.text.function_words import Asked, asked, is_function_word
from rag.text.language import language_of
from rag.text.stems import light_stem

_ASKING: Final = frozenset(
    folded_words(
        "متى أين كم كيف لماذا ماذا هل ما من إلى مع لمن بمن عدد تاريخ كان كانت who whom what which "
        "when where how why many much long کی چه چرا چگونه کجا کدام چند چقدر است بود شد چیزی کسی "
        "کسانی کرد کردند شدند بودند دادند داد did does do was were"
    )
)
_FORMS: Final = frozenset((Asked.WHEN, Asked.HOW_MANY, Asked.HOW_LONG, Asked.MEASURE))
"""What is asked for that can be told by the form of a sentence."""

_ASKS_AGE: Final = re.compile(
    r"\b(?:عمر(?:ه|ها|هم|ك)?|how old|what age|چند ?سال(?:ه|ش)|سن(?:ش)?)\b"
)
_PRICES: Final = frozenset(folded_words("قيمة ثمن سعر تكلفة كلفة قیمت هزینه ارزش"))
"""Words that name a price."""
_MONEY: Final = re.compile(
    r"[$€£¥﷼]|دولار|يورو|ريال|دينار|درهم|ليره|جنيه|فرنك|شيكل|روبل|روبيه|يوان|تومان|دلار|روپيه"
    r"|مليون|ملايين|مليار|ميليون|ميليارد|\bالف\b"
    r"|\b(?:dollar|euro|pound|rial|dinar|dirham|lira|franc|yen|yuan|rouble|ruble|rupee|toman)s?\b"
    r"|\b(?:m|b|tr)illions?\b|\bthousands?\b"
)
_TELLS_AGE: Final = re.compile(
    r"\b(?:عمر(?:ه|ها)|العمر|عاما?|سنه)\b|\byears? old\b|\baged?\b|\d ?ساله\b"
)


def open_parts(question: str, quoted: Sequence[str]) -> tuple[str, ...]:
    """The parts of a question of several of which no quotation has any word of their own.

    Names and places, which the parts share, tell nothing of what is asked.
    """
    parts = _parts(question) if quoted else []
    found = tuple(part for part in parts if is_open(part, quoted))
    return found if len(found) < len(parts) else ()


def is_all_open(question: str, quoted: Sequence[str]) -> bool:
    """Whether a question has several parts, and of none of them any quotation speaks."""
    parts = _parts(question)
    return bool(parts) and all(is_open(part, quoted) for part in parts)


def _parts(question: str) -> list[str]:
    """The parts of a question of several, each of which asks something."""
    parts = parts_of(question)
    return parts if len(parts) > 1 and all(map(asks, parts[1:])) else []


def is_open(part: str, quoted: Sequence[str], carried: Sequence[str] = ()) -> bool:
    """Whether no quotation has the word that says what a question asks: mostly its verb.

    `carried` are folded words that the question took over from the conversation: names, which
    tell nothing of it whatever else they may mean.
    """
    stems = set(map(light_stem, carried))
    features = features_of(
        *(
            " ".join(word for word in folded_words(text) if light_stem(word) not in stems)
            for text in quoted
        )
        if stems
        else quoted
    )
    words = [
        word
        for word in folded_words(part)
        if not (is_function_word(word) or word in _ASKING or is_place(word) or len(word) < 3)
    ]
    if _is_of_another_place(part, quoted) or _lacks_its_kind(part, quoted):
        return True
    language = language_of(part)
    named = names_of(analyse(part)) - verbs_asked(folded_words(part), language)
    own = [word for word in words if word not in features.names and word not in named]
    telling = own[-1:] if language == "fa" else own[:1]
    if not telling:
        return False
    if not any(features.has_word(word, by_root=not stems) for word in telling):
        return True
    if stems or any(features.has_word(word, paraphrased=False) for word in telling):
        return False
    # What only comes near in meaning answers where it has the form that is asked for.
    kinds = asked(folded_words(part))
    if Asked.WHERE in kinds and any(is_place(word) for one in quoted for word in folded_words(one)):
        return False
    forms = kinds & _FORMS
    return not any(has_form(form, text) for form in forms for text in quoted)


def _is_of_another_place(part: str, quoted: Sequence[str]) -> bool:
    """Whether a question is about places of which no quotation says a word."""
    about = _places(part)
    return bool(about) and about.isdisjoint(key for one in quoted for key in _places(one))


def _places(text: str) -> frozenset[str]:
    """The keys of the places that a text names; of a capital, those of its countries too."""
    named = frozenset[str]().union(*countries_told(folded_words(text)))
    return named.union(*(keys for capital, keys in _by_capital() if capital in named))


@lru_cache(maxsize=1)
def _by_capital() -> tuple[tuple[str, frozenset[str]], ...]:
    """For each capital of one word, by its key, the keys of its countries."""
    return tuple(
        (key, frozenset[str]().union(*countries_told(word for one in countries for word in one)))
        for capital, countries in countries_by_capital().items()
        if len(capital) == 1
        for keys in countries_told(capital)
        for key in keys
    )


def _lacks_its_kind(part: str, quoted: Sequence[str]) -> bool:
    """Whether a price or an age is asked for and no quotation has any."""
    if _ASKS_AGE.search(fold(part)) and not any(_TELLS_AGE.search(fold(one)) for one in quoted):
        return True
    priced = not _PRICES.isdisjoint(folded_words(part))
    return priced and not any(_MONEY.search(fold(one)) for one in quoted)
