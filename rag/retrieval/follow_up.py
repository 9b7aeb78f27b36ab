"""Follow-ups without a model: what a short question takes over from the conversation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rag.retrieval.coverage import is_place
from rag.retrieval.question import Question, analyse
from rag.text.capitals import countries_by_capital
from rag.text.folding import fold, folded_words, word_spans
from rag.text.function_words import is_function_word
from rag.text.lexicon import EVERYDAY, lexicon

_QUESTION_WORDS: Final = {
    "ar": frozenset(
        folded_words(
            "من ما متى أين كيف كم لماذا هل ماذا أي أية بماذا بمن لمن ممن مين منو شو شنو ايش وش ايه "
            "ليش ليه امتى فين وين كام قديش شكد"
        )
    ),
    "fa": frozenset(folded_words("چه چرا چگونه چطور کی کجا کدام چند چقدر آیا")),
    "en": frozenset("who whom whose what when where why which how".split()),
}
_AFTER_AND: Final = frozenset(
    folded_words("عن في من مع إلى على بعد قبل هو هي هم هذا هذه ذلك تلك هناك بعدها قبلها لكن ثم")
)
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
_HOW_LONG_THERE: Final = re.compile(
    r"\b(?:و?كم|how (?:long|many)|چند|چقدر)\b.*\b(?:هناك|هنالك|انجا|there)\b"
    r"|\b(?:انجا)\b.*\b(?:چند|چقدر)\b"
)
"""How long one stayed in a capital is mostly told of its country."""
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
_IMPERSONAL: Final = frozenset(
    folded_words("حدث جرى حصل صار يحدث يجري يحصل يصير يوجد توجد يمكن يجب ينبغي وقع يقع")
)
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
_INSTEAD: Final = re.compile(
    r"\b(?:ماذا عن|وماذا عن|شو عن|ايش عن|what about|how about)\b|\bچطور\W*$"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier exchange of the conversation."""

    question: str
    answer: str
    files: tuple[str, ...]
    """The files that the answer cited."""


def complete(text: str, history: Sequence[Turn]) -> str | None:
    """The question with what it leans on, or None where it stands alone.

    >>> complete("ومتى عاد؟", [Turn("متى زار باقري موسكو؟", "…", ())])
    'ومتى عاد؟ (باقري موسكو)'
    """
    if not history or not _leans(text):
        return None
    mine = set(folded_words(text))
    now = analyse(text)
    everything = _INSTEAD.search(fold(text)) is not None and bool(_names(now))
    for kept_of in (_all_but_countries,) if everything else (_names, _of_topic):
        for turn in reversed(history):
            kept = kept_of(analyse(turn.question)) - mine
            words = [word for word in _bare(turn.question) if kept & set(folded_words(word))]
            if words:
                if _HOW_LONG_THERE.search(fold(text)):
                    words = [_country_of(word, now.language) or word for word in words]
                return f"{text} ({' '.join(words)})"
    return None


def _country_of(word: str, language: str) -> str | None:
    """The country of a capital, in which one also is "there"."""
    for match in lexicon(language).matches(folded_words(word)):
        for name in (phrase for one in match.concepts for phrase in one.phrases["en"]):
            for country in countries_by_capital().get(name, ()):
                for found in lexicon("en").matches(country):
                    if phrases := found.translations(language):
                        return " ".join(phrases[0])
    return None


def _leans(text: str) -> bool:
    """Whether a question has a connective, a pronoun or a gap that only what was said can fill."""
    question = analyse(text)
    words = folded_words(text)
    said = " ".join(words)
    if _CLOCK.search(said):
        return False
    return (
        _is_connected(words, said, question.language)
        or _INSTEAD.search(said) is not None
        or _TOLD_MORE.search(said) is not None
        or (_has_pronoun(text, said, question.language) and not _own_names(question))
        or _is_elliptic(question, words)
    )


def _is_connected(words: Sequence[str], said: str, language: str) -> bool:
    if _OPENING[language].search(said):
        return True
    first = words[0] if words else ""
    small = first[1:] in _QUESTION_WORDS["ar"] | _AFTER_AND or first[2:] in _QUESTION_WORDS["ar"]
    return language == "ar" and first[:1] == "و" and small and first not in _NO_CONNECTIVE


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


def _own_names(question: Question) -> set[str]:
    """The names of a question, without what only looks like one to the lexicon."""
    return {
        word
        for word in _names(question)
        if not is_function_word(word)
        and word not in _OF_SOMETHING
        and not _is_his(word)
        and not (question.language == "ar" and _is_attached(word, ""))
        and not _PRONOUN[question.language].fullmatch(word)
    }


def _is_elliptic(question: Question, words: Sequence[str]) -> bool:
    """Whether a question is a bare question word, or a verb without any subject."""
    asking = _QUESTION_WORDS[question.language]
    if not asking.intersection(words):
        return False
    empty = asking | _OF_SOMETHING | _LIGHT_VERBS
    rest = [word for word in words if not is_function_word(word) and word not in empty]
    if not rest:
        return True
    if question.language == "ar":
        return _lacks_a_subject(question, words)
    if _own_names(question) or len(rest) > 1:
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
    skipped = _QUESTION_WORDS["ar"] | _OF_SOMETHING | {"كان", "كانت"}
    while rest and rest[0] in skipped:
        rest.pop(0)
    opening = words[: len(words) - len(rest)]
    if not opening or not rest:
        return False
    verb, *others = rest
    others = [word for word in others if word not in _OF_SOMETHING and not word.isdigit()]
    if verb.startswith("ال") or is_function_word(verb) or is_place(verb, "ar"):
        return False
    if verb in _names(question):
        # After "how long" alone, a word that the lexicon lacks is a verb and no name.
        return not others and opening[0] == "كم"
    if not others:
        return True
    if opening[0] not in _ASKS_OF_A_VERB or verb in _IMPERSONAL or verb[0] == "ن":
        return False
    return len(others) <= _A_PHRASE and others[0] in _PREPOSITIONS


def _bare(text: str) -> list[str]:
    return [word.strip("؟?!.،,؛;:()«»\"'“”") for word in text.split()]


def _names(question: Question) -> set[str]:
    """The words that are names, or that the lexicon does not know: most likely names too."""
    if question.language == "en":
        return {word.folded for word in question.words if word.is_name or word.folded.isdigit()}
    known = lexicon(question.language)
    return {
        word.folded
        for word in question.words
        if known.field_of_stem(word.folded) is None or is_place(word.folded, question.language)
    }


def _of_topic(question: Question) -> set[str]:
    known = lexicon(question.language)
    return {word.folded for word in question.words if known.field(word.folded) != EVERYDAY}


def _all_but_countries(question: Question) -> set[str]:
    """What "what about Russia?" takes over: everything but the country in whose place it stands."""
    return {word.folded for word in question.words if not is_place(word.folded, question.language)}
