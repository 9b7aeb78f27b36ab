"""Counted things: a number of the claim that counts something else than it does in the source.

The rule. In all three languages what is counted follows its number, adjectives of English between
("300 soldiers", "300 armed men", "300 جندي", "۳۰۰ سرباز"). Where the source has the number, and of
what the claim counts it has nothing at all, in whatever words, while it counts something that the
claim does not have either, the number is of another thing. Words for people and things in general
("300 people", "units", "cases") may stand for any.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from rag.answers.alignment import features_of, terms_of
from rag.answers.details import is_light
from rag.answers.office_names import is_place
from rag.answers.texts import tongue_of
from rag.answers.values import is_year, values_of
from rag.text.folding import folded_words
from rag.text.lexicon import EVERYDAY
from rag.text.numbers import Quantity

_REACH: Final = 40
"""Characters after a number in which what it counts stands."""
_ANY: Final = frozenset(
    folded_words(
        "people person persons patients "
        "مصاب مصابا مصابين مصابون مريض مرضى "
        "men women man members individuals others figure figures things "
        "items  pieces units cases parts points places sites facilities vehicles machines "
        "products goods  groups teams types kinds times others victims dead killed wounded "
        "injured employees staff  شخص شخصا أشخاص فرد أفراد رجل رجال نساء عضو أعضاء عنصر عناصر "
        "حالة حالات وحدة وحدات قطعة قطع  موقع مواقع مركز مراكز منشأة آلية مركبة مركبات مجموعة "
        "فريق نوع مرة مرات آخرين ضحية ضحايا قتيل  قتلى جريح جرحى نسمة رأس نفر تن کس عضو مورد "
        "واحد دستگاه قطعه فروند قبضه عدد نقطه محل مرکز  گروه تیم نوع بار کشته زخمی مجروح "
        "قربانی "
    )
)
_GENERAL: Final = frozenset((EVERYDAY, "frequent", "knowledge"))


def counts_another(claim: str, cited: Sequence[str]) -> bool:
    """Whether a number of the claim counts what no cited text has, which count another thing."""
    counted = list(_counted(claim))
    if not counted:
        return False
    everywhere, mine = features_of(*cited), features_of(claim)
    for number, thing in counted:
        if any(map(everywhere.has_word, thing)):
            continue
        its = [
            other for text in cited for same, other in _counted(text) if same.value == number.value
        ]
        if its and not any(mine.has_word(word) for other in its for word in other):
            return True
    return False


def _counted(text: str) -> Iterator[tuple[Quantity, tuple[str, ...]]]:
    """The numbers of a text without a unit, each with the first word that says what it counts."""
    for one in values_of(text).quantities:
        if one.unit is not None or one.value <= 1 or is_year(one):
            continue
        if thing := _thing(text[one.end : one.end + _REACH]):
            yield one, thing


def _thing(following: str) -> tuple[str, ...]:
    """The word that follows a number, if the lexicon has it for something of a kind."""
    language = tongue_of(following)
    for term in terms_of(following)[:1]:
        if term.start > 1 or any(
            word in _ANY or is_place(word) or is_light(word, language) for word in term.words
        ):
            return ()
        fields = {concept.field for concept in term.concepts}
        if fields - _GENERAL:
            return term.words
    return ()
