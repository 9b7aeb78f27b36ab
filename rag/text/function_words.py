"""Function words and question words of Arabic (with its dialects), Persian and English.

They carry no topic: the lexical index leaves them out of a question, and the language of a short
text shows in them first. All are folded.
"""

from enum import StrEnum
from itertools import pairwise
from typing import Final

from rag.text.folding import fold


class Asked(StrEnum):
    """What a question asks for, as far as its question word tells."""

    WHEN = "when"
    HOW_MANY = "how many"
    HOW_LONG = "how long"
    WHO = "who"
    WHERE = "where"
    WHY = "why"
    MEASURE = "measure"
    """A length, a price, a share: anything told with a number."""


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


ARABIC: Final = _words(
    "من ما ماذا متى أين كيف كم بكم لماذا هل أي أية أيهما مَن لمن بم مم عم فيم علام إلام وما ومن "
    "ومتى وأين وكيف وكم ولماذا وهل فما في على إلى عن مع بين حول حتى منذ خلال عند لدى لدي نحو ضد "
    "قبل "
    "بعد أثناء بسبب هو هي هم هن هما أنت أنا نحن هذا هذه ذلك تلك هؤلاء أولئك ذاك الذي التي الذين "
    "اللذان اللتان اللواتي كان كانت كانوا يكون تكون يكن تكن ليس ليست قد لقد سوف لم لن لا إن أن "
    "أنه أنها أنهم بأن بأنه وأن وإن فإن إذا إذ لو لكن ولكن أو أم ثم بل كما مثل عليه عليها عنه "
    "عنها منه منها فيه فيها إليه إليها به بها له لها لهم لهما معه معها بينهما بينهم وهو وهي وهم "
    "كل بعض غير أيضا فقط جدا هناك هنا عندما حين حيث بينما كذلك لذلك وقد وكان وكانت تم ما و يا "
    "ماهو ماهي ماهى ماهم ماهما مالذي مالذى ماالذي ماهيه منهو منهي "
    "كانتا اللذين مما عما ممن الى علي بمن عمن بماذا عماذا فيمن إياه أخبرني اذكر اشرح قل"
)
ARABIC_DIALECTS: Final = _words(
    "مين منو منهو شو شنو شنهو ايش إيش اش ايه إيه ليش ليه علاش امتى إمتى إيمتى ايمتى وقتاش فين وين "
    "منين ازاي إزاي كيفاش شلون كام قديش قداش أديش شكد شقد شحال بكام شكون واش وش اللي إللي يلي هاد "
    "هاي هيدا هيدي ده دي دول دا هذي هاذا عشان علشان مشان بدي عايز عاوز أبي أبغى بغيت هلأ هلق "
    "دلوقتي لسه كمان برضو مش مو ماكو أكو فيه ديال راه باش شي حد وياه عم رح راح كده هيك كذا"
)
PERSIAN: Final = _words(
    "از به در با بر تا که چه چرا چگونه چطور کی کجا کدام چند چقدر چیست کیست آیا را این آن اینکه "
    "آنکه است بود شد شده شود می نمی های ها ای یک هم نیز یا اما ولی برای باشد باشند بودند بوده هست "
    "هستند نیست شدند کرد کرده کردند کند کنند دارد داشت داشته دارند خود او وی آنها ما شما من تو "
    "ایشان همین همان هر هیچ پس اگر چون زیرا مانند درباره طی روی زیر پیش بین بی چنین دیگر خواهد "
    "چه‌کسی چی چیه کیه کو چندم کدامند کدامیک زمانی کسی کسانی آنجا اینجا جا جایی بگو "
    "خداحافظ خدانگهدار سپاس ممنون مرسی متشکرم "
    "توضیح بده میکند میشود کجاست کجا کجای خوبی چطوری اند"
)
ENGLISH: Final = _words(
    "a an the of in on at to for from by with about into over after before between during against "
    "under through and or but nor so if than then that this these those there here it its he she "
    "they them his her their him we us our you your i me my is are was were be been being am do "
    "does did done doing has have had having will would shall should can could may might must not "
    "no what who whom whose which when where why how many much long old often far did s t as also "
    "any some such just tell please give explain describe according say says said"
)
_NAMING: Final = _words("دول ولي")
"""Words of one language or dialect that, in another, name something: countries, a crown prince."""
FUNCTION_WORDS: Final = (ARABIC | ARABIC_DIALECTS | PERSIAN | ENGLISH) - _NAMING
_NOT_JOINED: Final = _words("فهم فرح فقد فاش فعلي وام وحد")
"""Words that only look like و or ف with a function word: understanding, joy, to lose, a loan."""
_JOINED: Final = frozenset(word for word in ARABIC | ARABIC_DIALECTS if len(word) > 1)


def is_function_word(word: str) -> bool:
    """Whether a folded word carries no topic; "and which" is as empty as "which"."""
    if word in FUNCTION_WORDS:
        return True
    return word[:1] in "وف" and word[1:] in _JOINED and word not in _NAMING | _NOT_JOINED


_ASKING: Final = {
    Asked.WHEN: _words("متى ومتى امتى ايمتى وقتاش کی when"),
    Asked.HOW_MANY: _words(
        "كم وكم بكم وبكم كام بكام قديش قداش أديش شكد شقد شحال چند چقدر many much عدد تعداد long "
        "قيمة ثمن سعر تكلفة كلفة cost price worth value قیمت هزینه"
    ),
    Asked.WHO: _words("مين منو شكون کیست کیه who whom whose"),
    Asked.WHERE: _words("أين وأين فين وين کجا کجاست where"),
    Asked.WHY: _words("لماذا ولماذا ليش ليه علاش چرا why سبب"),
}
_MEASURES: Final = _words(
    "طول مسافة ارتفاع عرض عمق مساحة وزن سرعة عمر نسبة عدد قيمة مبلغ سعر تكلفة كلفة ثمن "
    "length distance height width depth area weight speed age percentage number value cost "
    "price amount population مساحت سن قیمت ارزش هزینه تعداد درصد عمق جمعیت"
)
_OPENING: Final = 4
"""Words within which a question names the measure, or the date, that it asks for."""
_DATES: Final = _words("تاريخ تاریخ date")
_OTHERS: Final = _words("what which who whom whose where why how")
_ABOUT_A_PRICE: Final = frozenset({Asked.WHEN, Asked.WHERE, Asked.WHY, Asked.WHO})
_NUMBERS: Final = _words(
    "كم وكم بكم وبكم كام بكام قديش قداش أديش شكد شقد شحال چند چقدر many much long عدد تعداد"
)
_LASTING: Final = _words(
    "دامت دام استمرت استمر استغرقت استغرق مدة بقي بقى مكث أقام إقامة قعد قعدت ضل ضلت ظل ظلت "
    "يوما يوم أيام ساعة شهرا سنة last lasted stay stayed spend spent days duration long روز مدت "
    "کشید کشد ماند"
)
_DURATIONS: Final = _words("مدة duration مدت")
_PERIODS: Final = _words(
    "سنة عام شهر يوم وقت تاريخ year month day date time "
    "سال سالی ماه ماهی روز روزی تاریخی زمان زمانی وقتی"
)
_PERSONS: Final = _words("شخص person کسی کسانی شخصی فردی")
_WHICH: Final = _words("أي أية بأي which what کدام چه")
_WHO_OR_FROM: Final = _words("من ومن فمن")
_AFTER_WHO: Final = _words("هو هي هم هما الذي التي الذين كان كانت")
_BEFORE_FROM: Final = _words("كم أي أية هل ما بعض كل")
_AFTER_FROM: Final = _words("أين متى ماذا أي أية")
"""Between these and these من is "of" or "from": "how much of", "from where"."""


def asked(words: list[str]) -> frozenset[Asked]:
    """What a question, given as its folded words, asks for."""
    found = {kind for kind, cues in _ASKING.items() if cues & set(words)}
    measures = {word.removeprefix("ال") for word in words[:_OPENING]} & _MEASURES
    if measures and Asked.HOW_MANY not in found:
        found.add(Asked.MEASURE)
    if _DATES & set(words[:_OPENING]):
        found.add(Asked.WHEN)
    if "when" in words and _OTHERS & set(words[: words.index("when")]):
        # "What office did he hold when …" asks for no time.
        found.discard(Asked.WHEN)
    if _asks_who(words):
        found.add(Asked.WHO)
    if found & _ABOUT_A_PRICE and not _NUMBERS & set(words):
        # "When did the price rise?" asks for no price.
        found -= {Asked.HOW_MANY, Asked.MEASURE}
    for word, following in pairwise(words):
        if word in _WHICH and following in _PERIODS:
            found.add(Asked.WHEN)
        if word in _WHICH and following in _PERSONS:
            found.add(Asked.WHO)
    if _LASTING & set(words) and (Asked.HOW_MANY in found or _DURATIONS & set(words)):
        found.add(Asked.HOW_LONG)
    return frozenset(found)


def _asks_who(words: list[str]) -> bool:
    """Whether a من asks "who" and does not say "from"."""
    if _WHO_OR_FROM & set(words[:1]):
        return not _AFTER_FROM & set(words[1:2])
    if _WHO_OR_FROM & set(words[1:2]) and is_function_word(words[0]):
        return words[0] not in _BEFORE_FROM
    return any(
        word in _WHO_OR_FROM and following in _AFTER_WHO for word, following in pairwise(words)
    )
