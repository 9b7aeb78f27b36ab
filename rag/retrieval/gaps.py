"""Gaps: what a question asks for that the best sentences do not have.

The right names are not an answer. "When did Bagheri visit Turkey?" is not answered by a sentence
that has the visit, and Turkey, and no link between the two; "how long …" is not answered without
a length of time.
"""

import re
from collections.abc import Sequence
from typing import Final

from rag.retrieval.choice import Chosen
from rag.retrieval.coverage import Features, Sought, strength, strength_in_token
from rag.retrieval.decisive import decisive
from rag.retrieval.deeds import lacks_deed, said_in
from rag.retrieval.nameless import is_nameless
from rag.retrieval.office import lacks_office
from rag.retrieval.places import capitals_of, stand_ins
from rag.retrieval.question import Question
from rag.retrieval.reading import has_cue, leans
from rag.retrieval.shape import lacks_ordinal, lacks_shape
from rag.text.folding import fold, folded_words, word_spans
from rag.text.function_words import Asked
from rag.text.names import skeletons
from rag.text.numbers import quantities

_LOOKED_AT: Final = 3
_NEAR: Final = 7
"""A place belongs to an event that is told of within this many words."""
_HELD: Final = 0.5
_CONTEXT: Final = 400
"""Characters around a passage in which its report may say what the passage is about."""
_FEWEST_OTHERS: Final = 2
_WEIGHTY: Final = 3
_MEASURED: Final = (Asked.HOW_LONG, Asked.HOW_MANY, Asked.MEASURE)
_TIED_TO_PLACES: Final = frozenset((Asked.WHEN, Asked.WHERE, *_MEASURED))
"""What is asked of an event at a place. Where a question asks why or who, a capital is a government
as often as a place."""
_COUNTING: Final = {
    "ar": frozenset(folded_words("كم وكم كام عدد")),
    "fa": frozenset(folded_words("چند تعداد")),
    "en": frozenset(("many",)),
}
_CARRIERS: Final = frozenset(
    folded_words(
        "عدد كمية مقدار مجموع نسبة تعداد مقدار number amount total "
        "يبلغ تبلغ بلغ بلغت كان كانت هو هي مضى مضت مر مرت بقي بقيت دام دامت استمر استغرق"
    )
)
"""What is not itself counted: "how large a number of …"."""
_MEASURED_THINGS: Final = frozenset(
    folded_words("قيمة سعر ثمن كلفة تكلفة عرض طول ارتفاع مساحة عمق وزن سرعة مسافة عمر مدة درجة")
)
"""Nor these: "how much is the height of …"."""
_PERSONS: Final = frozenset(
    folded_words(
        "شخص شخصا أشخاص إنسان فرد نفر قتيل قتيلا قتلى جريح جريحا جرحى مصاب مصابا ضحية ضحايا نسمة "
        "سكان مصابون مصابين متساكنون متساكني سكاني "
        "people persons dead victims casualties inhabitants نفر کشته زخمی قربانی"
    )
)
"""Who is counted goes by many names: the dead are people, victims, or nobody is named at all."""
_COUNTED_NEAR: Final = 3
"""A number counts what is told of within this many words."""
_WHETHER: Final = frozenset(folded_words("هل ايا آیا did has does was is"))
_TRAVELS: Final = frozenset(
    folded_words(
        "زار زارت يزور سافر سافرت وصل وصلت ذهب ذهبت راح غادر غادرت visit visited travel travelled "
        "traveled go arrive arrived leave return went سفر رفت رسید آمد بازدید "
        "زيارة زيارات زيارته زيارتها تزور رحلة رحلته رحلات جولة جولته وصول وصوله توجه توجهت "
        "مغادرة عاد عادت عودة دخل دخول قدم قدوم انتقل انتقلت هاجر أقام إقامة إقامته وفد مباحثات "
        "visits visiting trip tour arrival returned left سفرش دیدار رفت وارد ورود عزیمت بازگشت"
    )
)
_GOING: Final = frozenset(("go", "went", "left", "leave"))
_DESTINATION: Final = 3
"""Words of a question after "journey" within which its destination stands."""
_POINTS_IN_TIME: Final = re.compile(
    r"\b(?:قبل|بعد|منذ|خلال|اثناء|عند|عندما|حين|عام|سنه|القرن|يوم|سال|قرن|روز"
    r"|after|before|when|during|while|since|century|day)\b"
)


def has_gap(question: Question, words: Sequence[Sought], chosen: Sequence[Chosen]) -> bool:
    """Whether each of the best sentences lacks something, or all together a decisive word."""
    looked_at = chosen[:_LOOKED_AT]
    texts = [f"{one.sentence.source.title} {_with_support(one)}" for one in looked_at]
    around = [f"{one.sentence.source.title}\n{_around(one)}" for one in looked_at]
    if (
        _lack_a_decisive_word(question, words, around)
        or lacks_deed(question, chosen)
        or lacks_office(question, words, around)
        or lacks_shape(question.text, words, texts)
        or lacks_ordinal(question.text, around)
        or is_nameless(question.text, words, around)
        or _lack_the_journey(question, words, around)
    ):
        return True
    names = [word for word in words if _can_be_missed(word)]
    places = [word for word in words if word.is_place and question.asked & _TIED_TO_PLACES]
    counted = _counted(question, words)
    return all(
        _lacks_measure(question, one)
        or _is_only_about_the_place(question, words, one)
        or _lacks_time(question, one)
        or (counted is not None and not _is_counted(counted, _with_support(one)))
        or _lacks_names([*names, *places], one)
        or any(_stands_apart(place, words, _with_support(one)) for place in places)
        for one in looked_at
    )


def _lack_a_decisive_word(
    question: Question, words: Sequence[Sought], around: Sequence[str]
) -> bool:
    """Whether around each sentence something is missing that an answer cannot leave unsaid."""
    wanted = decisive(question, words)
    texts = [Features(text) for text in around]
    return bool(wanted) and all(any(not one.is_in(text) for one in wanted) for text in texts)


def _lack_the_journey(question: Question, words: Sequence[Sought], texts: Sequence[str]) -> bool:
    """Whether a journey is asked about and none is told to a place of the question."""
    asked = folded_words(question.text)
    places = [word for word in words if word.is_place]
    journeys = [at for at, word in enumerate(asked) if _is_journey(asked, at)]
    is_tied = question.asked & _TIED_TO_PLACES or _WHETHER.intersection(asked[:1])
    # In Persian the destination stands before the verb.
    reach = range(-_DESTINATION, _DESTINATION + 1) if is_tied else range(1, _DESTINATION + 1)
    to = [
        place
        for place in places
        if any(
            place.word in asked[max(0, at + by) : at + by + 1] for at in journeys for by in reach
        )
    ]
    return bool(to) and not any(_is_journey_to(place, text) for place in to for text in texts)


def _is_journey(asked: Sequence[str], at: int) -> bool:
    """Whether a word of a question tells of a journey; prices go up, people go to places."""
    word, following = asked[at], asked[at + 1 : at + 2]
    return word in _TRAVELS and (word not in _GOING or following == ["to"])


def _is_journey_to(place: Sought, text: str) -> bool:
    """Whether a journey is told of near a place, which may be called by two words."""
    told, capitals = text.split(), capitals_of(place)
    has_capital = capitals.occur_in(Features(text).stems)
    at = [
        number
        for number in range(len(told))
        if strength_in_token(place, near := " ".join(told[number : number + 2])) >= _HELD
        or (has_capital and capitals.occur_in(Features(near).stems))
    ]
    journeys = [number for number, one in enumerate(told) if _TRAVELS & said_in(one)]
    return any(abs(number - other) <= _NEAR for number in at for other in journeys)


def _around(one: Chosen) -> str:
    """The passage of a sentence, with what stands before and after it."""
    source, span = one.sentence.source, one.passage.span
    return source.text[max(0, span.start - _CONTEXT) : span.end + _CONTEXT]


def _lacks_measure(question: Question, one: Chosen) -> bool:
    """Whether a number or a length of time is asked for and none is told."""
    wanted = next((kind for kind in _MEASURED if kind in question.asked), None)
    return wanted is not None and not has_cue(wanted, one.sentence)


def _is_only_about_the_place(question: Question, words: Sequence[Sought], one: Chosen) -> bool:
    """Whether a measure of something is asked for, and only the place of it is told of."""
    others = [word for word in words if not word.is_place]
    if Asked.MEASURE not in question.asked or not others:
        return False
    text = Features(_with_support(one))
    return all(strength(word, text) < _HELD for word in others)


def _lacks_time(question: Question, one: Chosen) -> bool:
    """Whether a time is asked for and none is told, be it as "after the visit"."""
    if Asked.WHEN not in question.asked or has_cue(Asked.WHEN, one.sentence):
        return False
    text = f"{one.sentence.source.title} {_with_support(one)}"
    return _POINTS_IN_TIME.search(fold(text)) is None


def _counted(question: Question, words: Sequence[Sought]) -> Sought | None:
    """What "how many" counts, where the question says it."""
    if Asked.HOW_LONG in question.asked:
        return None
    asked = folded_words(question.text)
    for place, word in enumerate(asked):
        if word in _COUNTING[question.language]:
            following = next((one for one in asked[place + 1 :] if one not in _CARRIERS), "")
            if following.removeprefix("ال") in _PERSONS | _MEASURED_THINGS:
                return None
            return next((one for one in words if one.word == following), None)
    return None


def _is_counted(word: Sought, text: str) -> bool:
    """Whether a number stands near the word that is counted."""
    told = word_spans(text)
    at = [place for place, one in enumerate(told) if strength_in_token(word, one[0]) >= _HELD]
    numbers = [
        place
        for one in quantities(text)
        for place, (_, start, end) in enumerate(told)
        if one.start < end and start < one.end
    ]
    return any(abs(place - number) <= _COUNTED_NEAR for place in at for number in numbers)


def _can_be_missed(word: Sought) -> bool:
    """Whether a word is a name with enough consonants to be told from others across scripts."""
    return word.is_name and any(len(found) > _WEIGHTY for found in skeletons(word.word))


def _lacks_names(names: Sequence[Sought], one: Chosen) -> bool:
    """Whether half of the names are missing from a sentence, its title and what it leans on."""
    features = Features(f"{one.sentence.source.title}\n{_with_support(one)}")
    missing = [name for name in names if not _is_told(name, features)]
    return bool(missing) and 2 * len(missing) >= len(names)


def _is_told(name: Sought, text: Features) -> bool:
    """Whether a text has a name; of a capital, or of a country, the other will do."""
    return strength(name, text) >= _HELD or (name.is_place and stand_ins(name).occur_in(text.stems))


def _with_support(one: Chosen) -> str:
    sentences = one.passage.sentences
    place = sentences.index(one.sentence)
    before = sentences[place - 1].text if place and leans(one.sentence.text) else ""
    return f"{before} {one.sentence.text}"


def _stands_apart(place: Sought, words: Sequence[Sought], text: str) -> bool:
    """Whether a place is told of far from all the rest of the question that a text holds."""
    told = folded_words(text)
    at = {number for number, one in enumerate(told) if strength_in_token(place, one) >= _HELD}
    others = [
        {number for number, one in enumerate(told) if strength_in_token(word, one) >= _HELD}
        for word in words
        if word.word != place.word
    ]
    held = [found - at for found in others if found - at]
    if not at or len(others) < _FEWEST_OTHERS or len(held) == 1:
        return False
    if not held and _hold_together(place, words, text):
        return False
    return all(abs(number - other) > _NEAR for number in at for found in held for other in found)


def _hold_together(place: Sought, words: Sequence[Sought], text: str) -> bool:
    """Whether a text holds other words of the question, though none of its words alone does.

    "رئيس الأركان" is an army chief; neither of the two is the army, or the chief.
    """
    whole = Features(text)
    return any(strength(word, whole) >= _HELD for word in words if word.word != place.word)
