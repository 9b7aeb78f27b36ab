"""Leaning: whether a question can only be understood from what was said before it.

It has a connective, a pronoun, or a gap that only the conversation can fill, in three languages.
"""

import re
from collections.abc import Sequence
from typing import Final

from rag.retrieval.coverage import is_place
from rag.retrieval.instead import QUESTION_WORDS, stands_instead
from rag.retrieval.mentioned import names_of
from rag.retrieval.question import Question, analyse
from rag.retrieval.unnamed import IMPERSONAL, speaks_of_somebody_unnamed
from rag.text.folding import folded_words, word_spans
from rag.text.function_words import is_function_word
from rag.text.lexicon import lexicon

_AFTER_AND: Final = frozenset(
    folded_words("عن في من مع إلى على بعد قبل هو هي هم هذا هذه ذلك تلك هناك بعدها قبلها لكن ثم")
)
_DEFINITE: Final = re.compile(r"(?:ب|ك|ف)?ال\w{3,}|لل\w{3,}")
_NO_CONNECTIVE: Final = frozenset(folded_words("والي وهم وفي وليه"))
"""What is spelled like "and" with a small word, and may be a governor, an illusion, a loyal one."""
_OPENING: Final = {
    "ar": re.compile(r"^(?:طب|طيب|ثم|لكن|ولكن|و)\b|^ف(?:من|ما|متي|اين|كم|هل|كيف|لماذا|ماذا)\b"),
    "fa": re.compile(r"^(?:و|پس|اما|ولي(?! (?:عهد|فقيه|امر))|خب)\b"),
    "en": re.compile(r"^(?:and|but|(?:so|then|also)(?! far\b| called\b))\b(?!-)"),
}
_PRONOUN: Final = {
    "ar": re.compile(
        # "What is", "who is" ask with a pronoun of something that they name.
        r"(?<!ما )(?<!من )(?<!مين )(?<!ايش )(?<!شو )\b(?:هو|هي|هم|هما)\b"
        r"|^\w+ (?:هو|هي|هم|هما)$"
        r"|(?<!^هل )\b(?:هناك|هنالك)\b|\b(?:ذلك|تلك)\b"
        r"|\b(?:هذا|هذه)\b(?! ال(?:عام|سنه|شهر|اسبوع|يوم))"
        r"|\b(?:عن|مع|ل|من|في|ب|الي|علي|بين|بعد|قبل|عند|لدي)(?:ه|ها|هم|هما)\b"
    ),
    "fa": re.compile(r"\b(?:او|وي|ايشان|انها|انان|انجا|اش|شان|ان)\b"),
    "en": re.compile(
        r"\b(?:he|she|they|him|her|them|his|hers|their|its)\b"
        r"|\bit\b(?! true\b| possible\b)"
        r"|(?<!are )(?<!is )(?<!was )(?<!were )(?<!be )\bthere\b(?! (?:is|are|was|were)\b)"
        r"|(?:^|\b(?:after|before|since|did|does|is|was|of|about|like|by|at|why) )that\b"
        r"|\bthis\b(?! (?:year|month|week|morning|century|season)\b)"
    ),
}
_RELATIVE: Final = re.compile(r" (?:الذي|التي|الذين|اللي|اللتي)\b| ال\w+ (?:.* )?و\w+")
"""From here on a pronoun of Arabic may stand for something that the question itself names."""
_ATTACHED: Final = re.compile(r"^(?!ال(?!تق))\w{2,}(?:ها|هما)$|^(?:و|ف)?ي\w{2,}(?:ه|هم)$")
_ATTACHED_TO_A_KNOWN_WORD: Final = re.compile(r"^(?!ال(?!تق))\w{3,}هم$")
_ATTACHED_WHERE_TYPED_WITH_CARE: Final = re.compile(r"^(?!ال(?!تق))\w{2,}[^\Wا]ه$")
_CARE: Final = re.compile("[ةأإ]")
"""Who writes these letters does not write the ending of a feminine as the pronoun."""
_NOT_ATTACHED: Final = frozenset(
    folded_words(
        "مياه اتجاه تجاه انتباه اشتباه تنبيه توجيه ترفيه تشويه نزيه فقيه كريه شبيه تفاهم تساهم "
        "يتفاهم"
    )
)
_TOLD_MORE: Final = re.compile(
    r"^(?:(?:tell|give) me more|more(?: details?)?$|go on$|continue$|what else\b|anything else\b"
    r"|(?:ماذا|ما|شو|ايش) (?:ايضا|غير ذلك|كمان)|المزيد|تفاصيل اكثر|اكمل$|زدني"
    r"|ديگر چه|بيشتر بگو|ادامه بده)"
)
_OF_SOMETHING: Final = frozenset(
    folded_words(
        "السبب النتيجة النتائج التفاصيل الهدف الغرض المناسبة الرد السنة التاريخ المدة المكان "
        "سنة عام تاريخ يوم يوما أيام شهر شهرا شهور ساعة ساعات مرة مدة مدينة بلد دولة مكان "
        "وقت شخص شخصا "
        "reason result results outcome purpose response details date year month day days hours "
        "weeks months years times city country place time people person exactly else "
        "دلیل نتیجه هدف تاریخ سال سالی ماه ماهی روز روزی ساعت بار نفر شهر شهری کشور کشوری وقت مدت"
    )
)
"""What is only asked of something that was spoken of, or counts it."""
_CLOCK: Final = re.compile(r"^what (?:time|day|date|year) is it\b")
_PREPOSITIONS: Final = frozenset(folded_words("إلى في من مع على ب ل عبر منذ بعد قبل"))
_ASKS_OF_A_VERB: Final = frozenset(
    folded_words("متى امتى لماذا ليش ليه ماذا أين وين فين كم هل بماذا")
)
_FA_PREPOSITIONS: Final = frozenset(folded_words("به از در با بر برای تا"))
_FA_DEFINING: Final = frozenset(folded_words("چیست کیست کجاست است هست هستند"))
_LIGHT_VERBS: Final = frozenset(folded_words("داد گرفت زد رفت آمد یافت"))
_SHORTEST_OF_HIS: Final = 3
_A_PHRASE: Final = 2
"""A preposition and its noun."""


def leans_back(text: str) -> bool:
    """Whether a question has a connective, a pronoun or a gap that only what was said can fill."""
    question = analyse(text)
    words = folded_words(text)
    said = " ".join(words)
    if _CLOCK.search(said):
        return False
    return (
        _is_connected(words, said, question.language)
        or stands_instead(text)
        or _TOLD_MORE.search(said) is not None
        or (_has_pronoun(text, said, question.language) and not own_names(question))
        or _is_elliptic(question, words)
        or speaks_of_somebody_unnamed(words, question.language)
    )


def _is_connected(words: Sequence[str], said: str, language: str) -> bool:
    if _OPENING[language].search(said):
        return True
    first = words[0] if words else ""
    small = first[1:] in QUESTION_WORDS["ar"] | _AFTER_AND or first[2:] in QUESTION_WORDS["ar"]
    if language != "ar" or first[:1] != "و" or first in _NO_CONNECTIVE:
        return False
    return small or (len(words) <= _A_PHRASE and _is_joined_on(first))


def _is_joined_on(word: str) -> bool:
    """Whether an Arabic word has an "and" joined to it ("والنتيجة", and the result)."""
    is_listed = any((word,) in one.phrases["ar"] for one in lexicon("ar").listing(word))
    return not is_listed and _DEFINITE.match(word[1:]) is not None


def _has_pronoun(text: str, said: str, language: str) -> bool:
    if language == "fa":
        of_his = any(_is_his(word) for word in said.split())
        return of_his or _PRONOUN["fa"].search(said) is not None
    if language == "en":
        return _PRONOUN["en"].search(said) is not None
    before = _RELATIVE.split(said, maxsplit=1)[0]
    return _PRONOUN["ar"].search(before) is not None or any(
        _is_attached(word, written)
        for word, written in zip(before.split(), _written(text), strict=False)
        if not is_function_word(word)
    )


def _written(text: str) -> list[str]:
    """The words of a text with, in each, whether the text tells the two endings apart."""
    care = _CARE.search(text) is not None
    return [text[start:end] if care else "" for _, start, end in word_spans(text)]


def _is_attached(word: str, written: str) -> bool:
    """Whether an Arabic word ends in a pronoun: `written` is empty where its text is careless."""
    if word in _NOT_ATTACHED or is_place(word, "ar"):
        return False
    if _ATTACHED.search(word):
        return True
    if _ATTACHED_TO_A_KNOWN_WORD.search(word):
        return lexicon("ar").field_of_stem(word[:-2]) is not None
    if word.endswith("ته") and lexicon("ar").field_of_stem(word[:-2] + "ه") is not None:
        return True
    is_he = _ATTACHED_WHERE_TYPED_WITH_CARE.search(word) is not None and written.endswith("ه")
    return is_he and lexicon("ar").field_of_stem(word[:-1]) is not None


def _is_his(word: str) -> bool:
    """Whether a Persian word ends in the pronoun of "his journey", as "army" does not."""
    known = lexicon("fa")
    return (
        len(word) > _SHORTEST_OF_HIS
        and word.endswith("ش")
        and known.field_of_stem(word) is None
        and known.field_of_stem(word[:-1]) is not None
    )


def own_names(question: Question) -> set[str]:
    """The names of a question, without what only looks like one to the lexicon."""
    return {
        word
        for word in names_of(question)
        if not is_function_word(word)
        and word not in _OF_SOMETHING
        and not _is_his(word)
        and not (question.language == "ar" and _is_attached(word, ""))
        and not _PRONOUN[question.language].fullmatch(word)
    }


def _is_elliptic(question: Question, words: Sequence[str]) -> bool:
    """Whether a question is a bare question word, or a verb without any subject."""
    asking = QUESTION_WORDS[question.language]
    if not asking.intersection(words):
        return False
    empty = asking | _OF_SOMETHING | _LIGHT_VERBS
    rest = [word for word in words if not is_function_word(word) and word not in empty]
    if not rest:
        return True
    if question.language == "ar":
        return _lacks_a_subject(question, words)
    if own_names(question) or len(rest) > 1:
        return False
    before = words[: words.index(rest[0])]
    if question.language == "en":
        return bool(before) and before[-1] in {"who", "what", "why", "when", "how", "where"}
    # A Persian subject comes before the question word, and so does what "what is it" defines.
    is_defined = words[-1] in _FA_DEFINING or "را" in words
    after_its_word = not asking.isdisjoint(before) or not _FA_PREPOSITIONS.isdisjoint(before[-1:])
    return after_its_word and not is_defined


def _lacks_a_subject(question: Question, words: Sequence[str]) -> bool:
    """Whether an Arabic question is a question word, a verb and at most where or whence."""
    rest = list(words)
    skipped = QUESTION_WORDS["ar"] | _OF_SOMETHING | {"كان", "كانت"}
    while rest and rest[0] in skipped:
        rest.pop(0)
    opening = words[: len(words) - len(rest)]
    if not opening or not rest:
        return False
    verb, *others = rest
    others = [word for word in others if word not in _OF_SOMETHING and not word.isdigit()]
    if verb.startswith("ال") or is_function_word(verb) or is_place(verb, "ar"):
        return False
    if verb in names_of(question):
        # After "how long" alone, a word that the lexicon lacks is a verb and no name.
        return not others and opening[0] == "كم"
    if not others:
        return True
    if opening[0] not in _ASKS_OF_A_VERB or verb in IMPERSONAL or verb[0] == "ن":
        return False
    return len(others) <= _A_PHRASE and others[0] in _PREPOSITIONS
