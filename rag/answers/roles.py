"""Roles: whether a claim exchanges who does something and to whom it is done.

The rule. Where claim and source have one verb, the one who does it is named before it in English
("Khan received Bagheri"), after it in Arabic ("استقبل خان باقري"), first in the clause in Persian
("خان از باقری استقبال کرد"). Where the two have another doer, and the claim's is named in the
source in another role, the roles are exchanged. What two people do together ("met", "التقى",
"دیدار کرد") either of them does; a passive tells no doer.
"""

from collections.abc import Sequence
from typing import Final

from rag.answers.actors import Names
from rag.answers.alignment import features_of
from rag.answers.details import is_light
from rag.answers.doers import Deed, deeds_in
from rag.answers.naming import sounds_like_any
from rag.answers.pool import pool_of
from rag.answers.texts import tongue_of
from rag.answers.transliteration import same_names
from rag.text.names import skeletons
from rag.text.stems import is_arabic_script

_TOGETHER: Final = (
    "meet, met, talk, talked, discuss, discussed, agree, agreed, negotiate, negotiated, confer, "
    "speak, spoke, hold, held, sign, signed, exchange, exchanged, marry, married, review, "
    "التقى, اجتمع, بحث, ناقش, تباحث, اتفق, تحادث, تفاوض, أجرى, عقد, وقع, تبادل, تزوج, استعرض, "
    "تناول, "
    "ديدار, ملاقات, گفت‌وگو, گفتگو, مذاكره, توافق, امضا, ازدواج, نشست, بررسی, تبادل"
)


def roles_exchanged(claim: str, cited: Sequence[str], known: Names) -> bool:
    """Whether somebody does in the claim what another one does in what it cites, who is done to."""
    told = [deed for text in cited for deed in deeds_in(text, known)]
    if not told:
        return False
    return any(_is_of_another(deed, told, cited) for deed in deeds_in(claim, known))


def _is_of_another(mine: Deed, told: Sequence[Deed], cited: Sequence[str]) -> bool:
    same = [deed for deed in told if _is_one_verb(mine, deed)]
    if not same or any(stand_in(mine.doer, " ".join(deed.doer)) for deed in same):
        return False
    return any(stand_in(mine.doer, text) for text in cited)


def _is_one_verb(one: Deed, other: Deed) -> bool:
    """Whether two deeds are told by the same verb, be it in two languages."""
    features = features_of(" ".join(other.verb))
    verbs = [word for word in one.verb if not is_light(word, tongue_of(" ".join(one.verb)))]
    return any(features.has_word(word, by_root=False) and not _is_together(word) for word in verbs)


def _is_together(word: str) -> bool:
    return features_of(_TOGETHER).has_word(word, paraphrased=False)


def stand_in(names: Names, text: str) -> bool:
    """Whether a text has any of the names, in whatever script; where none tells anything, yes."""
    pool, telling = pool_of(text), 0
    for name in names:
        if pool.has(name) or same_names(name, pool.words):
            return True
        across = is_arabic_script(name) == (tongue_of(text) == "en")
        has_sound = any(one[0] == "1" for one in skeletons(name))
        if across and has_sound and sounds_like_any(name, pool):
            return True
        telling += has_sound
    return not telling
