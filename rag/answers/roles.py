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
from rag.answers.alignment import features_of, is_content
from rag.answers.details import is_light
from rag.answers.doers import Deed, deeds_in
from rag.answers.naming import sounds_like_any
from rag.answers.pool import pool_of
from rag.answers.stretches import stretches
from rag.answers.texts import tongue_of, words_in
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


def roles_exchanged(claim: str, cited: Sequence[str], around: Sequence[str], known: Names) -> bool:
    """Whether somebody does in the claim what another one does in what it cites, who is named too.

    `around` are the sentences before the cited ones, in which somebody may be named as well.
    """
    told = [deed for text in cited for deed in deeds_in(text, known)]
    if not told:
        return False
    mine = deeds_in(claim, known)
    named = (*cited, *around)
    return any(
        _is_of_another(deed, told, named) or _is_of_the_other(deed, claim, cited, known)
        for deed in mine
    )


def _is_of_the_other(mine: Deed, claim: str, cited: Sequence[str], known: Names) -> bool:
    """Whether two do one thing in a sentence, and the claim tells of one of them the other's."""
    for text in cited:
        same = [deed for deed in deeds_in(text, known) if _is_one_verb(mine, deed)]
        if len(same) < len(("one", "another")):
            continue
        words, ends = words_in(text), stretches(text, [deed.place for deed in same])
        rest = [word for word in words_in(claim) if word not in mine.doer and is_content(word)]
        own, others = set[str](), list[set[str]]()
        for deed, (first, last) in zip(same, ends, strict=True):
            about = features_of(" ".join(words[first:last]))
            shared = {word for word in rest if about.has_word(word, paraphrased=False)}
            if stand_in(mine.doer, " ".join(deed.doer)):
                own |= shared
            else:
                others.append(shared)
        if any(own < shared for shared in others) and len(others) < len(same):
            return True
    return False


def _is_of_another(mine: Deed, told: Sequence[Deed], cited: Sequence[str]) -> bool:
    same = [deed for deed in told if _is_one_verb(mine, deed)]
    if not same or any(stand_in(mine.doer, " ".join(deed.doer)) for deed in same):
        return False
    return any(stand_in(mine.doer, text) for text in cited)


def _is_one_verb(one: Deed, other: Deed) -> bool:
    """Whether two deeds are told by the same verb, be it in two languages."""
    features = features_of(" ".join(other.verb))
    verbs = [word for word in one.verb if not is_light(word, tongue_of(" ".join(one.verb)))]
    return any(features.has_word(word, by_root=False) and not is_together(word) for word in verbs)


def is_together(word: str) -> bool:
    """Whether a folded verb tells what two do together ("met")."""
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
