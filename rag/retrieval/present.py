"""The present: questions about now, for which the newest report counts most."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from rag.retrieval.choice import Chosen
from rag.retrieval.office import asks_for_holder
from rag.retrieval.period import period
from rag.retrieval.question import Question, analyse
from rag.retrieval.reading import has_cue
from rag.text.folding import fold, fold_with_offsets, word_spans
from rag.text.function_words import Asked, is_function_word
from rag.text.relative_dates import relative_dates

_NOW: Final = re.compile(
    r"(?<!\w)(?:(?:(?:في )?الوقت (?:الحالي|الحاضر|الراهن)|هذه الايام|الان|حاليا|(?:ال)?حالي(?:ه|ا)?"
    r"|دلوقتي|هلق|هسه|راهنا"
    r"|(?:هم )?اكنون|در حال حاضر|اين روزها|حالا|فعلا|فعلي|كنوني)"
    r"|right now|now|nowadays|current|currently|presently|at present|these days|at the moment"
    r"|as of today|امروزه)(?!\w)(?! that\b)"
)
_STILL: Final = re.compile(
    r"(?<!\w)(?:still|(?:ما|لا) ?(?:زال|زالت|زالوا|يزال|تزال|يزالون)|لم (?:يزل|تزل)|هنوز)(?!\w)"
)
"""Asks whether what was told before is so today, where no other time is named."""
_EVENTS: Final = (
    r"(?:زيار(?:ه|ات)|لقا(?:ءات|يات|ات)?|اجتماع(?:ات)?|اتصال|رحله|جوله|تصريح(?:ات)?|بيان(?:ات)?|خبر|اخبار"
    r"|تقرير|تقارير|مستجدات|تطورات|معلومات|اتفاق(?:يه|ات)?|مناور(?:ه|ات)|محادثات|مباحثات|قمه"
    r"|موتمر|ارقام|سعر|موقف|مواقف|خطاب|جلسه|انتخابات)(?!\w)"
)
_LATEST: Final = re.compile(
    rf"(?<!\w)(?:(?:اخر|احدث) (?:مره(?!\w)|(?=(?:ال)?{_EVENTS})|(?=ما ))"
    r"|(?<!السنوات )(?<!الاعوام )(?<!الايام )(?<!الاشهر )(?<!الشهور )(?<!الاسابيع )(?<!العقود )"
    r"(?<!الفتره )(?<!الاونه )(?<!المده )(?<!الساعات )(?<!الدقائق )(?<!الفقره )(?<!الجمله )"
    r"الاخيره?(?!\w)"
    r"|(?:اخرين|تازه ?ترين|جديد ?ترين|اخير ?ترين)"
    r"(?: (?:بار|دفعه|مرتبه)(?!\w)|(?!\w)(?! (?:روز|شب|ساعت|هفته|ماه|سال|نفر|پادشاه|شاه)))"
    r"|(?:(?<=سفر )|(?<=ديدار )|(?<=گفتگوي )|(?<=گزارش ))اخير(?!\w)"
    r"|(?:the )?last time(?!\w)|most recent(?:ly)?(?!\w)|newest(?!\w)|(?<!at the )latest(?!\w)"
    r"|last (?=(?:(?:official|known|reported|military|foreign|public|state) )?"
    r"(?:visit|trip|journey|tour|meeting|talks|call|statement|speech|report|update|interview"
    r"|election|drill|exercise|agreement|deal|summit|session)s?(?!\w)))"
)
"""The last of what happened, as far as is known now."""
_ANOTHER_TIME: Final = re.compile(
    r"(?<!\w)(?:was|were|had|did|been|former(?:ly)?|ex|previous(?:ly)?|then|earlier|first|next"
    r"|future|when|while|during|before|after|since|until|that|which|at the time"
    r"|كان|كانت|كانوا|(?:ال)?سابق(?:ه|ا)?|(?:ال)?اسبق|(?:ال)?راحل|(?:ال)?مقبل|(?:ال)?قادم"
    r"|انذاك|حينها|حينيذ|وقتها|يومها|وقتيذ|عندما|لما|حين|خلال|اثناء|قبل|بعد|منذ|حتي"
    r"|الذي|التي|الذين|اول"
    r"|بود|بودند|شد|پيشين|قبلي|پيش|وقتي|هنگام[يه]?|زمان|كه|نخستين|اولين|اينده|بعدي)(?!\w)"
)
"""What ties the holder of an office to another time, or to an event."""
_ANY_DAY: Final = "2000-01-03"
_NEAR: Final = 0.7
"""Of the best sentence's score: what a sentence of a newer report has to have to go first, …"""
_COVERS: Final = 0.8
"""… and of what it covers of the question; …"""
_IN_FORM: Final = frozenset((Asked.HOW_MANY, Asked.HOW_LONG, Asked.MEASURE))
"""What is answered in a form that can be told: with a number, or a length of time."""
_COVERS_WHO: Final = 0.6
"""… less where a person is asked for, since offices have several names."""
_NEAR_THE_LATEST: Final = 0.55
"""… and less for the last of many visits, each of which is told in words of its own."""


def asks_about_now(text: str) -> bool:
    """Whether a question is about the present, and about no time that it names.

    So is one about the last of what happened, and who holds an office is asked of today.

    >>> asks_about_now("Who is the army chief now?"), asks_about_now("Who is the army chief?")
    (True, True)
    """
    is_of_now = bool(_spans(text)) or _asks_for_holder_of_now(text) or _asks_if_still(text)
    return is_of_now and period(text) is None


def asks_for_latest(text: str) -> bool:
    """Whether a question is about the last of what happened, and about no time that it names.

    >>> asks_for_latest("What was his latest trip?"), asks_for_latest("Who is the mayor now?")
    (True, False)
    """
    return _LATEST.search(fold(text)) is not None and period(text) is None


def _asks_for_holder_of_now(text: str) -> bool:
    return not _ANOTHER_TIME.search(fold(text)) and asks_for_holder(analyse(text))


def _asks_if_still(text: str) -> bool:
    folded = fold(text)
    return _STILL.search(folded) is not None and not _ANOTHER_TIME.search(folded)


def without_now(text: str) -> str:
    """The question without its words for the present; all of it where nothing else is told."""
    bare, end = "", 0
    for first, last in sorted(_spans(text)):
        bare, end = bare + text[end : max(first, end)], max(last, end)
    bare = " ".join((bare + text[end:]).split())
    told = [word for word, _, _ in word_spans(bare) if not is_function_word(word)]
    return bare if told else text


def _spans(text: str) -> list[tuple[int, int]]:
    folded = fold_with_offsets(text)
    spans = [
        folded.original_span(*match.span())
        for pattern in (_NOW, _LATEST)
        for match in pattern.finditer(folded.text)
    ]
    today = date.fromisoformat(_ANY_DAY)
    return spans + [
        (one.start, one.end)
        for one in relative_dates(text, _ANY_DAY)
        if one.first == one.last == today
    ]


def newest_first(
    question: Question, chosen: Sequence[Chosen], *, latest: bool = False
) -> list[Chosen]:
    """The sentences, best first, but before them the best of the newest report that is dated.

    It has to tell about as much of what is asked for as the best one does. Where the `latest` of
    what happened is asked for, less will do, but of the same places.
    """
    if not chosen:
        return []
    best = chosen[0]
    places = frozenset[str]().union(*(one.places for one in chosen)) if latest else frozenset()
    near = [
        one
        for one in chosen
        if _is_near(question, one, best, latest=latest)
        and one.places >= places
        and all(has_cue(kind, one.sentence) for kind in question.asked & _IN_FORM)
    ]
    newest = max((comparable(one.sentence.source.date) for one in near), default="")
    first = next((one for one in near if comparable(one.sentence.source.date) == newest), best)
    if not newest:
        return list(chosen)
    return [replace(first, score=best.score), *(one for one in chosen if one is not first)]


def _is_near(question: Question, one: Chosen, best: Chosen, *, latest: bool) -> bool:
    score, coverage = one.score / (best.score or 1), one.coverage / (best.coverage or 1)
    if Asked.WHO in question.asked:
        return score >= _NEAR and coverage >= _COVERS_WHO
    if latest and one.places:
        return score >= _NEAR_THE_LATEST and coverage >= _COVERS_WHO
    return score >= _NEAR and coverage >= _COVERS


def comparable(value: str | None) -> str:
    """A report's date as far as it can be compared with others: empty where no year is known."""
    return "" if value is None or value.startswith("--") else value
