"""Change a digit, a date, a name, a place or a negation of a good statement: it is not shown."""

from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.answers.recitation import checked
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
TELLS = {
    True: {
        "ar": "وقع {name} عقدا لشراء {count} حافلة في {city} في {day} {month} {year}.",
        "en": "{name} signed a contract for {count} buses in {city} on {day} {month} {year}.",
        "fa": "{name} در {day} {month} {year} در {city} قرارداد خرید {count} اتوبوس را امضا کرد.",
    },
    False: {
        "ar": "لم يوقع {name} عقدا لشراء {count} حافلة في {city} في {day} {month} {year}.",
        "en": "{name} did not sign a contract for {count} buses in {city} on {day} {month} {year}.",
        "fa": "{name} در {day} {month} {year} در {city} قرارداد خرید {count} اتوبوس را امضا نکرد.",
    },
}
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
    happened: bool = True

    def told(self, language: str) -> str:
        """The sentence of a language that tells it."""
        return TELLS[self.happened][language].format(
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


@settings(max_examples=25)
@given(altered(), LANGUAGES, LANGUAGES)
def test_a_statement_with_one_thing_changed_is_not_shown_in_that_form(
    facts: tuple[Fact, Fact], report: str, claim: str
) -> None:
    fact, changed = facts
    evidence = evidence_of(fact.told(report) + "\n")
    cited = evidence[0].sentences[:1]
    assert checked(fact.told(claim), cited, evidence).verdict.supported
    assert not checked(changed.told(claim), cited, evidence).verdict.supported
