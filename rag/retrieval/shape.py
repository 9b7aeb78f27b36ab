"""Shape: what an answer looks like, whatever it says: a price, an age, a count, somebody's words.

A question that asks for one of them is not answered by a sentence that has none.
"""

import re
from collections.abc import Sequence
from typing import Final

from rag.retrieval.coverage import Sought, strength_in_token
from rag.retrieval.deeds import said_in
from rag.text.folding import fold, folded_words
from rag.text.numbers import ORDINAL, quantities

_HELD: Final = 0.5
_NEAR: Final = 16
"""Words between a speaker and the word that says that he spoke."""
_FEW: Final = 3
"""A first, second or third is told in too many ways ("the last", "another")."""


def _words(text: str) -> frozenset[str]:
    return frozenset(folded_words(text))


_AMOUNTS: Final = _words("كم بكم بكام قديش much چند چقدر")
_PRICES: Final = _words(
    "اشترى اشترت يشتري باع باعت بيع بيعت يباع "
    "قيمة ثمن سعر كلفة تكلفة راتب دفع cost price value paid pay worth spend spent قیمت هزینه حقوق"
)
_MONEY: Final = re.compile(
    r"[$€£¥]|\b(?:دولار\w*|يورو|ريال\w*|درهم|دراهم|دينار\w*|دنانير|ليره|ليرات|جنيه\w*|روبل|يوان|ين|روبيه"
    r"|فرنك|مارك|شيكل|قرش|مليون\w*|ملايين|مليار\w*|مجان\w*|تومان|ريال|پوند|رايگان|دلار|ميليون|ميليارد"
    r"|درهما|شواقل|الفا?|الاف|مئه|هزار|dirhams?|dinars?|rials?|riyals?|liras?|shekels?|kroner?|kronor"
    r"|cents?|francs?|yen|dollars?|euros?|pounds?|rubles?|rupees?|yuan|thousand|million|billion|free)\b"
)
_AGE_ASKED: Final = re.compile(
    fold(
        r"\bكم (?:عمر|يبلغ عمر|سن)|\bما عمر|\bhow old\b"
        r"|چند سال(?:ه|ش| دارد| داشت)|\bسن\b.*(?:چقدر|چند)"
    )
)
_AGE: Final = re.compile(
    fold(
        r"\b(?:عاما?|سنة|سنوات|ربيعا|عمره|عمرها|مواليد|ولدت?|years? old|aged?|born"
        r"|year olds?|ساله|سال|سالگی|سن|متولد)\b|\([^)]*\d{4}|[,،] ?\d\d[,،]"
    )
)
_SAID_ASKED: Final = re.compile(
    fold(
        r"^(?:و?ماذا|و?ما الذي|شو|ايش|ايه|وش|شنو) (?:قال|قالت|صرح|صرحت|حكى|أعلن|ذكر) (\w+)"
        r"|^what did (.+?) (?:say|tell)\b|(.+) (?:چه|چی) گفت"
    )
)
"""With the words that name who spoke, or begin with his name."""
_SPEAKING: Final = _words(
    "قال قالت يقول تقول أضاف أضافت صرح صرحت تصريح تصريحات أعلن أعلنت أوضح أوضحت ذكر ذكرت أشار "
    "أشارت مشيرا مشيرة موضحا شدد شددت كشف كشفت وصف وصفت اعتبر اعتبرت اعتبرها اقترح اقترحت دعا "
    "دعت طالب طالبت حذر حذرت محذرا أكد أكدت مؤكدا تابع بحسب وفق رأى يرى كتب كلمة كلمته خطاب رد "
    "ردا وعد تعهد نفى حث هدد أعرب معربا عبر انتقد يؤمن "
    "say said says tell told added stated according announced warned wrote called promised urged "
    "insisted noted argued denied vowed claimed explained praised accused asked replied "
    "گفت افزود اظهار تاکید اعلام نوشت هشدار"
)


def lacks_shape(question: str, words: Sequence[Sought], texts: Sequence[str]) -> bool:
    """Whether none of the texts has what an answer to a question looks like.

    `words` are the question's topic words.
    """
    folded = fold(question)
    if _asks_for_money(folded) and not any(_MONEY.search(fold(text)) for text in texts):
        return True
    if _AGE_ASKED.search(folded) and not any(_AGE.search(fold(text)) for text in texts):
        return True
    speaker = _speaker(folded, words)
    return speaker is not None and not any(_speaks(speaker, text) for text in texts)


def lacks_ordinal(question: str, texts: Sequence[str]) -> bool:
    """Whether a question is about the thirty-second of a kind and no text has that number."""
    asked = {one.value for one in quantities(question) if one.unit == ORDINAL and one.value > _FEW}
    return bool(asked) and not any(
        asked <= {one.value for one in quantities(text)} for text in texts
    )


def _asks_for_money(folded: str) -> bool:
    words = folded_words(folded)
    return bool(_AMOUNTS.intersection(words) and _PRICES.intersection(words))


def _speaker(folded: str, words: Sequence[Sought]) -> Sought | None:
    """Whose words are asked for, where a topic word of the question says it."""
    asked = _SAID_ASKED.search(folded)
    named = folded_words(next(filter(None, asked.groups()))) if asked else ()
    return next((word for word in words if word.word in named[:_FEW]), None)


def _speaks(speaker: Sought, text: str) -> bool:
    """Whether a word of speaking stands near a speaker."""
    told = text.split()
    at = [place for place, one in enumerate(told) if strength_in_token(speaker, one) >= _HELD]
    speaking = [place for place, one in enumerate(told) if _SPEAKING & said_in(one)]
    return any(abs(place - other) <= _NEAR for place in at for other in speaking)
