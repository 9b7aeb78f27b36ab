"""The words of numbers and units in Arabic, Persian and English; all folded."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from typing import Final

from rag.text.folding import fold


class Kind(Enum):
    """How a word of a number combines with those before it."""

    DIGITS = auto()
    UNIT = auto()
    """1 to 9."""
    TEN_OF_TEENS = auto()
    """عشر: ten, or the ten of a teen."""
    TEEN = auto()
    TENS = auto()
    HUNDRED = auto()
    """A hundred, or that many times a hundred."""
    DOZEN = auto()
    FIXED = auto()
    """A whole group of its own: 200, ثلاثمئة."""
    SCALE = auto()
    """A thousand and up, or that many times it."""
    SCALED = auto()
    """A dual: two thousand, two million."""


@dataclass(frozen=True, slots=True)
class Atom:
    """What one word says as a part of a number."""

    kind: Kind
    value: Decimal
    needs_factor: bool = False
    """An indefinite plural alone ("thousands")."""
    needs_more: bool = False
    """Means nothing alone ("اثنا", "أحد")."""
    never_definite: bool = False
    """With the article it is another word ("الأربعاء", "الاثنين": weekdays)."""
    never_prefixed: bool = False


def _atoms(kind: Kind, table: str, **flags: bool) -> dict[str, Atom]:
    """Atoms from a table such as `3 ثلاث ثلاثة | 4 أربع أربعة`."""
    found = {}
    for row in table.split("|"):
        value, *words = row.split()
        for word in words:
            found[fold(word).replace(" ", "")] = Atom(kind, Decimal(value), **flags)
    return found


_ARABIC_HUNDREDS: Final = {
    fold(f"{stem}{hundred}"): Atom(Kind.FIXED, Decimal(value * 100))
    for value, stems in enumerate(
        ("ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان ثماني", "تسع"), start=3
    )
    for stem in stems.split()
    for hundred in ("مئة", "مائة", "ماية", "مية")
}

ARABIC: Final[dict[str, Atom]] = {
    **_atoms(
        Kind.UNIT,
        "0 صفر | 1 واحد واحدة | 3 ثلاث ثلاثة | 4 أربع أربعة | 5 خمس خمسة | 6 ستة | 7 سبع سبعة | "
        "8 ثمان ثماني ثمانية | 9 تسع تسعة",
    ),
    **_atoms(Kind.UNIT, "6 ست", never_prefixed=True),
    **_atoms(
        Kind.UNIT,
        "2 اثنان اثنين اثنتان اثنتين إثنان إثنين | 3 ثلاثا | 4 أربعا | 5 خمسا | 7 سبعا | "
        "8 ثمانيا | 9 تسعا",
        never_definite=True,
    ),
    **_atoms(
        Kind.UNIT,
        "1 أحد إحدى | 2 اثنا اثني اثنتا اثنتي",
        needs_more=True,
        never_definite=True,
    ),
    **_atoms(Kind.TEN_OF_TEENS, "10 عشر عشرة"),
    **_atoms(
        Kind.TENS,
        "20 عشرون عشرين | 30 ثلاثون ثلاثين | 40 أربعون أربعين | 50 خمسون خمسين | 60 ستون ستين | "
        "70 سبعون سبعين | 80 ثمانون ثمانين | 90 تسعون تسعين",
    ),
    **_atoms(Kind.HUNDRED, "100 مئة مائة ماية مية"),
    **_atoms(Kind.FIXED, "200 مئتان مئتين مائتان مائتين مئتا مئتي مائتا مائتي ميتين"),
    **_ARABIC_HUNDREDS,
    **_atoms(
        Kind.SCALE,
        "1000 ألف ألفا | 1000000 مليون مليونا | 1000000000 مليار مليارا بليون | "
        "1000000000000 تريليون ترليون",
    ),
    **_atoms(
        Kind.SCALE,
        "1000 آلاف | 1000000 ملايين | 1000000000 مليارات | 1000000000000 تريليونات",
        needs_factor=True,
    ),
    **_atoms(
        Kind.SCALED,
        "2000 ألفان ألفين ألفا ألفي | 2000000 مليونان مليونين مليوني | "
        "2000000000 ملياران مليارين ملياري",
    ),
}
# "ألفا" is a thousand in the accusative far more often than two thousand before a noun.
ARABIC[fold("ألفا")] = Atom(Kind.SCALE, Decimal(1000))

PERSIAN: Final[dict[str, Atom]] = {
    **_atoms(Kind.UNIT, "0 صفر | 1 یک | 2 دو | 3 سه | 4 چهار | 5 پنج | 6 شش شیش | 7 هفت | 8 هشت"),
    **_atoms(Kind.UNIT, "9 نه"),
    **_atoms(
        Kind.TEEN,
        "10 ده | 11 یازده | 12 دوازده | 13 سیزده | 14 چهارده | 15 پانزده | 16 شانزده | 17 هفده | "
        "18 هجده هیجده | 19 نوزده",
    ),
    **_atoms(
        Kind.TENS,
        "20 بیست | 30 سی | 40 چهل | 50 پنجاه | 60 شصت | 70 هفتاد | 80 هشتاد | 90 نود",
    ),
    **_atoms(
        Kind.FIXED,
        "200 دویست | 300 سیصد | 400 چهارصد | 500 پانصد | 600 ششصد | 700 هفتصد | 800 هشتصد | "
        "900 نهصد",
    ),
    **_atoms(Kind.HUNDRED, "100 صد یکصد"),
    **_atoms(Kind.SCALE, "1000 هزار | 1000000 میلیون | 1000000000 میلیارد | 1000000000000 تریلیون"),
    **_atoms(Kind.SCALE, "1000 هزاران | 1000000 میلیون‌ها", needs_factor=True),
}
PERSIAN_ONLY_IN_PERSIAN: Final = frozenset(
    map(fold, "یک دو سه شش نه ده سی صد ست هفت مایه میه شیش نود".split())
)
"""Words that are numbers in Persian text only, or (ست، مایه) in Arabic text only."""

PERSIAN_CUES: Final = frozenset(PERSIAN) - PERSIAN_ONLY_IN_PERSIAN - frozenset(ARABIC) | frozenset(
    map(fold, "روز سال هفته ماه درصد نفر دلار کشور".split())
)
"""Words that show, in a text without an article, that it is Persian."""

ENGLISH: Final[dict[str, Atom]] = {
    **_atoms(
        Kind.UNIT,
        "0 zero | 1 one | 2 two | 3 three | 4 four | 5 five | 6 six | 7 seven | 8 eight | 9 nine",
    ),
    **_atoms(
        Kind.TEEN,
        "10 ten | 11 eleven | 12 twelve | 13 thirteen | 14 fourteen | 15 fifteen | 16 sixteen | "
        "17 seventeen | 18 eighteen | 19 nineteen",
    ),
    **_atoms(
        Kind.TENS,
        "20 twenty | 30 thirty | 40 forty fourty | 50 fifty | 60 sixty | 70 seventy | 80 eighty | "
        "90 ninety",
    ),
    **_atoms(Kind.HUNDRED, "100 hundred"),
    **_atoms(Kind.DOZEN, "12 dozen"),
    **_atoms(
        Kind.SCALE,
        "1000 thousand | 1000000 million mn | 1000000000 billion bn milliard | "
        "1000000000000 trillion tn",
    ),
    **_atoms(
        Kind.SCALE,
        "1000 thousands | 1000000 millions | 1000000000 billions | 1000000000000 trillions",
        needs_factor=True,
    ),
}


def _numbered(groups: str) -> dict[str, int]:
    return {
        fold(word): number
        for number, words in enumerate(groups.split("|"), start=1)
        for word in words.split()
    }


ORDINALS: Final[dict[str, int]] = {
    **_numbered(
        "أول أولى first اول | ثاني ثانية second دوم | ثالث ثالثة third سوم | "
        "رابع رابعة fourth چهارم | خامس خامسة fifth پنجم | سادس سادسة sixth ششم | "
        "سابع سابعة seventh هفتم | ثامن ثامنة eighth هشتم | تاسع تاسعة ninth نهم | "
        "عاشر عاشرة tenth دهم | eleventh یازدهم | twelfth دوازدهم | thirteenth سیزدهم | "
        "fourteenth چهاردهم | fifteenth پانزدهم | sixteenth شانزدهم | seventeenth هفدهم | "
        "eighteenth هجدهم | nineteenth نوزدهم | twentieth بیستم"
    ),
    "thirtieth": 30,
    fold("حادي"): 1,
    fold("حادية"): 1,
}
TENS: Final[dict[str, int]] = {
    word: int(atom.value)
    for table in (ARABIC, PERSIAN, ENGLISH)
    for word, atom in table.items()
    if atom.kind is Kind.TENS
}
"""Twenty to ninety, which an ordinal is joined with ("السابع والعشرون", "twenty-seventh")."""
TEENTH: Final = frozenset(map(fold, ("عشر", "عشرة")))
MONTH_ORDINAL_AFTER: Final = frozenset(
    map(fold, "تشرين كانون ربيع جمادى وتشرين وكانون بتشرين".split())
)
"""After these words an ordinal is a part of a month's name."""

PERCENT_PHRASES: Final = tuple(
    tuple(fold(phrase).split())
    for phrase in (
        "في المئة|في المائة|في الماية|بالمئة|بالمائة|بالماية|% |٪|percent|per cent|pct|درصد|فیصد"
    ).split("|")
)
CURRENCY_SIGNS: Final = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yuan", "usd": "dollar"}

_UNIT_WORDS: Final = (
    "second|ثانية ثواني ثوان ثانيتان|second seconds|ثانیه ثانیه‌ای",
    "minute|دقيقة دقائق|minute minutes|دقیقه دقیقه‌ای",
    "hour|ساعة ساعات|hour hours|ساعت ساعته",
    "day|يوم يوما أيام أياما|day days|روز روزه روزها",
    "night|ليلة ليال ليالي|night nights|شب شبانه",
    "week|أسبوع أسبوعا أسابيع|week weeks|هفته هفته‌ای",
    "month|شهر شهرا أشهر شهور|month months|ماه ماهه",
    "year|سنة سنوات سنين عام عاما أعوام|year years|سال ساله",
    "decade|عقد عقدا عقود|decade decades|دهه",
    "century|قرن قرنا قرون|century centuries|قرن",
    "centimetre|سنتيمتر سنتيمترا سنتيمترات سم|centimetre centimetres centimeter centimeters cm"
    "|سانتی‌متر سانتیمتر",
    "metre|متر مترا أمتار|metre metres meter meters|متر متری",
    "kilometre|كيلومتر كيلومترا كيلومترات كلم كم|kilometre kilometres kilometer kilometers km kms"
    "|کیلومتر کیلومتری",
    "mile|ميل ميلا أميال|mile miles|مایل",
    "foot|قدم قدما أقدام|foot feet|فوت",
    "hectare|هكتار هكتارا هكتارات|hectare hectares|هکتار",
    "kilogram|كيلوغرام كيلوغراما كيلوغرامات كيلوجرام كغم كلغ|kilogram kilograms kg kilo kilos"
    "|کیلوگرم کیلو",
    "gram|غرام غراما غرامات جرام|gram grams|گرم",
    "ton|طن طنا أطنان|ton tons tonne tonnes|تن",
    "litre|لتر لترا لترات ليتر|litre litres liter liters|لیتر",
    "barrel|برميل برميلا براميل|barrel barrels|بشکه",
    "degree|درجة درجات|degree degrees|درجه",
    "dollar|دولار دولارا دولارات|dollar dollars|دلار",
    "euro|يورو|euro euros|یورو",
    "pound|جنيه جنيها جنيهات|pound pounds|پوند",
    "riyal|ريال ريالا ريالات|riyal riyals rial rials|ریال",
    "dinar|دينار دينارا دنانير|dinar dinars|دینار",
    "dirham|درهم درهما دراهم|dirham dirhams|درهم",
    "lira|ليرة ليرات|lira liras|لیر لیره",
    "ruble|روبل روبلا|ruble rubles rouble roubles|روبل",
    "yuan|يوان يوانا|yuan|یوان",
    "toman|تومان|toman tomans|تومان تومن",
    "rupee|روبية روبيات|rupee rupees|روپیه",
    "person|شخص شخصا أشخاص فرد فردا أفراد|person persons people|نفر نفره تن‌",
    "time|مرة مرات|time times|بار مرتبه",
)
UNITS: Final[dict[str, str]] = {
    part: line.split("|")[0]
    for line in _UNIT_WORDS
    for words in line.split("|")[1:]
    for word in words.split()
    for part in fold(word).split()[:1]
}


def _dual_forms(noun: str) -> list[str]:
    stem = noun[:-1] + "ت" if noun.endswith("ة") else noun
    return [fold(f"{stem}{ending}") for ending in ("ان", "ين")]


DUALS: Final[dict[str, str]] = {
    form: line.split("|")[0]
    for line in _UNIT_WORDS
    for noun in line.split("|")[1].split()[:1]
    for form in _dual_forms(noun)
}
"""Arabic duals of units: "يومين" is two days."""
DUALS[fold("عامان")] = DUALS[fold("عامين")] = "year"


_JOINED_UNITS: Final = (
    "روزه روزه‌ای روزهٔ day|هفته‌ای week|ماهه month|ساله year|ساعته hour|دقیقه‌ای minute|نفره person"
)
JOINED: Final[dict[str, tuple[int, str]]] = {
    fold(f"{number}{written}"): (int(atom.value), unit)
    for number, atom in PERSIAN.items()
    if atom.kind in (Kind.UNIT, Kind.TEEN, Kind.TENS, Kind.TEN_OF_TEENS) and atom.value
    for group in _JOINED_UNITS.split("|")
    for *forms, unit in [group.split()]
    for written in {fold(form).split()[0] for form in forms}
}
"""Persian numbers written together with their unit: "دوروزه" is of two days."""
