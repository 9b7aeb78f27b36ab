"""Change a digit, a date, a name, a place or a negation of a good statement: it is not shown."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.answers.recitation import checked
from rag.text.folding import folded_words
from tests.answers.reports import evidence_of

NAMES = [
    {"ar": "سامي الحداد", "en": "Sami Haddad", "fa": "سامی حداد"},
    {"ar": "مريم منصور", "en": "Maryam Mansour", "fa": "مریم منصور"},
    {"ar": "كريم نجار", "en": "Karim Najjar", "fa": "کریم نجار"},
    {"ar": "فاطمة صالح", "en": "Fatima Saleh", "fa": "فاطمه صالح"},
]
CITIES = [
    {"ar": "بغداد", "en": "Baghdad", "fa": "بغداد"},
    {"ar": "القاهرة", "en": "Cairo", "fa": "قاهره"},
    {"ar": "دمشق", "en": "Damascus", "fa": "دمشق"},
    {"ar": "أنقرة", "en": "Ankara", "fa": "آنکارا"},
]
MONTHS = [
    {"ar": "يناير", "en": "January", "fa": "ژانویه"},
    {"ar": "أبريل", "en": "April", "fa": "آوریل"},
    {"ar": "يوليو", "en": "July", "fa": "ژوئیه"},
    {"ar": "أكتوبر", "en": "October", "fa": "اکتبر"},
]
# A mould tells that something happened, or that it did not.
TELLS = [
    {
        True: {
            "ar": "وقع {name} عقدا لشراء {count} حافلة في {city} في {day} {month} {year}.",
            "en": "{name} signed a contract for {count} buses in {city} on {day} {month} {year}.",
            "fa": "{name} در {day} {month} {year} در {city} قرارداد خرید {count} اتوبوس را "
            "امضا کرد.",
        },
        False: {
            "ar": "لم يوقع {name} عقدا لشراء {count} حافلة في {city} في {day} {month} {year}.",
            "en": "{name} did not sign a contract for {count} buses in {city} on {day} {month} "
            "{year}.",
            "fa": "{name} در {day} {month} {year} در {city} قرارداد خرید {count} اتوبوس را "
            "امضا نکرد.",
        },
    },
    {
        True: {
            "ar": "وصل {name} إلى {city} في {day} {month} {year} على رأس وفد يضم {count} خبيرا.",
            "en": "{name} arrived in {city} on {day} {month} {year} with a delegation of {count} "
            "experts.",
            "fa": "{name} در {day} {month} {year} در رأس هیئتی از {count} کارشناس به {city} رسید.",
        },
        False: {
            "ar": "لم يصل {name} إلى {city} في {day} {month} {year} على رأس وفد يضم {count} خبيرا.",
            "en": "{name} did not arrive in {city} on {day} {month} {year} with a delegation of "
            "{count} experts.",
            "fa": "{name} در {day} {month} {year} در رأس هیئتی از {count} کارشناس به {city} نرسید.",
        },
    },
    {
        True: {
            "ar": "افتتح {name} مستشفى يضم {count} سريرا في {city} يوم {day} {month} {year}.",
            "en": "On {day} {month} {year} {name} opened a hospital with {count} beds in {city}.",
            "fa": "{name} روز {day} {month} {year} بیمارستانی با {count} تخت را در {city} "
            "افتتاح کرد.",
        },
        False: {
            "ar": "لم يفتتح {name} مستشفى يضم {count} سريرا في {city} يوم {day} {month} {year}.",
            "en": "On {day} {month} {year} {name} did not open a hospital with {count} beds in "
            "{city}.",
            "fa": "{name} روز {day} {month} {year} بیمارستانی با {count} تخت را در {city} "
            "افتتاح نکرد.",
        },
    },
    {
        True: {
            "ar": "حضر {name} مؤتمرا شارك فيه {count} طبيبا في {city} في {day} {month} {year}.",
            "en": "{name} attended a conference of {count} doctors in {city} on {day} {month} "
            "{year}.",
            "fa": "{name} در {day} {month} {year} در همایشی با حضور {count} پزشک در {city} "
            "شرکت کرد.",
        },
        False: {
            "ar": "لم يحضر {name} مؤتمرا شارك فيه {count} طبيبا في {city} في {day} {month} {year}.",
            "en": "{name} did not attend a conference of {count} doctors in {city} on {day} "
            "{month} {year}.",
            "fa": "{name} در {day} {month} {year} در همایشی با حضور {count} پزشک در {city} "
            "شرکت نکرد.",
        },
    },
]
LANGUAGES = st.sampled_from(["ar", "en", "fa"])


@dataclass(frozen=True, slots=True)
class Fact:
    """What a sentence tells, in whatever language."""

    name: int
    count: int
    city: int
    day: int
    month: int
    year: int
    mould: int
    happened: bool = True

    def told(self, language: str) -> str:
        """The sentence of a language that tells it."""
        return TELLS[self.mould][self.happened][language].format(
            name=NAMES[self.name][language],
            count=self.count,
            city=CITIES[self.city][language],
            day=self.day,
            month=MONTHS[self.month][language],
            year=self.year,
        )


FACTS = st.builds(
    Fact,
    name=st.integers(0, 3),
    count=st.integers(31, 989),
    city=st.integers(0, 3),
    day=st.integers(3, 27),
    month=st.integers(0, 3),
    year=st.integers(2001, 2024),
    mould=st.integers(0, len(TELLS) - 1),
)


@st.composite
def altered(draw: st.DrawFn) -> tuple[Fact, Fact]:
    """A fact, and the same with one thing changed."""
    fact = draw(FACTS)
    what = draw(st.sampled_from(["name", "city", "month", "day", "year", "digit", "happened"]))
    if what == "happened":
        return fact, replace(fact, happened=False)
    if what == "digit":
        digits = list(str(fact.count))
        place = draw(st.integers(0, len(digits) - 1))
        digits[place] = draw(st.sampled_from([one for one in "123456789" if one != digits[place]]))
        return fact, replace(fact, count=int("".join(digits)))
    if what in ("day", "year"):
        return fact, replace(fact, **{what: getattr(fact, what) + draw(st.sampled_from([-1, 1]))})
    return fact, replace(fact, **{what: (getattr(fact, what) + draw(st.integers(1, 3))) % 4})


@settings(max_examples=50)
@given(altered(), LANGUAGES, LANGUAGES)
def test_a_statement_with_one_thing_changed_is_not_shown_in_that_form(
    facts: tuple[Fact, Fact], report: str, claim: str
) -> None:
    fact, changed = facts
    evidence = evidence_of(fact.told(report) + "\n")
    cited = evidence[0].sentences[:1]
    assert checked(fact.told(claim), cited, evidence).verdict.supported
    assert not checked(changed.told(claim), cited, evidence).verdict.supported


QUOTING = {
    "ar": (
        "وصف الوزير سامي الحداد الاتفاق بأنه “{}” بعد لقائه نظيره في بغداد.",
        "وصف سامي الحداد الاتفاق بأنه “{}”.",
        "خطوة كبيرة نحو السلام العادل بين البلدين الجارين",
    ),
    "en": (
        "Minister Sami Haddad called the agreement “{}” after he met his counterpart in Baghdad.",
        "Sami Haddad called the agreement “{}”.",
        "a great step towards a just peace between two neighbours",
    ),
    "fa": (
        "سامی حداد وزیر خارجه پس از دیدار با همتای خود در بغداد این توافق را “{}” خواند.",
        "سامی حداد این توافق را “{}” خواند.",
        "گامی بزرگ به سوی صلحی پایدار میان دو کشور همسایه",
    ),
}
LETTERS = {"ar": "بتجدرسقلمن", "en": "bcdfgklmnprst", "fa": "بپجدرسگلمن"}


@pytest.mark.parametrize("language", QUOTING)
@settings(max_examples=20)
@given(data=st.data())
def test_a_quotation_with_one_letter_changed_is_not_shown(
    language: str, data: st.DataObject
) -> None:
    report, claim, quotation = QUOTING[language]
    evidence = evidence_of(report.format(quotation) + "\n")
    cited = evidence[0].sentences[:1]
    place = data.draw(st.sampled_from([n for n, one in enumerate(quotation) if one.isalpha()]))
    letter = data.draw(st.sampled_from(LETTERS[language]))
    changed = f"{quotation[:place]}{letter}{quotation[place + 1 :]}"
    assert checked(claim.format(quotation), cited, evidence).verdict.supported
    if folded_words(changed) != folded_words(quotation):
        assert not checked(claim.format(changed), cited, evidence).verdict.supported, changed
