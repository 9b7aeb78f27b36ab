"""The request: what kind of message it is, what it is about, and what limits the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rag.index.ledger import FileEntry
from rag.retrieval.differing import differing_topic
from rag.retrieval.kinds import Kind, kind_of
from rag.retrieval.limits import Limit, limit_of
from rag.text.folding import folded_words
from rag.text.function_words import is_function_word

_CUES: Final = frozenset(
    folded_words(
        "لخص لخصي لخصلي لخصوا ملخص ملخصا تلخيص خلاصة خلاصه‌ای موجز موجزا بإيجاز باختصار "
        "إيجاز اكتب أعطني هات عدد اذكر سم اسرد قائمة قارن مقارنة الفرق فرق رتب ترتيبا "
        "زمنيا زمني التسلسل تسلسل حسب تاريخها بالترتيب محطات اعرض بضع جمل ورد عما لما "
        "الواردة الوثائق التقارير التقرير تقرير الملف ملف فقط الملفات كلها جميع summarize "
        "summarise summary overview brief briefly give me timeline chronological order "
        "list compare comparison difference documents document report article file only "
        "all across short بنویس کن کوتاه گاه شمار ترتیب مقایسه فرقی تفاوت نام ببر فهرست "
        "گزارش سند فایل بده "
    )
)
"""Words that say what kind of message it is and nothing of its topic."""


@dataclass(frozen=True, slots=True)
class Request:
    """A message, understood as far as its words tell."""

    kind: Kind
    topic: str
    """The message without the words that only say its kind or its limit; empty: everything."""
    limit: Limit | None

    @property
    def files(self) -> frozenset[int] | None:
        """The ids of the files that the answer is limited to; None where it is not."""
        return self.limit.files if self.limit else None


def understand(text: str, files: Sequence[FileEntry]) -> Request:
    """The request that `text` makes of a collection."""
    kind = kind_of(text)
    if kind.is_talk or kind is Kind.COLLECTION:
        return Request(kind, text, None)
    limit = limit_of(text, files)
    if kind is Kind.PUBLICATION:
        return Request(kind, text, limit)
    if kind is Kind.DISAGREEMENT:
        return Request(kind, differing_topic(text) or "", limit)
    return Request(kind, _topic(text, kind, limit), limit)


def _topic(text: str, kind: Kind, limit: Limit | None) -> str:
    limits = set(limit.words) if limit else set[str]()
    cues = _CUES if kind is not Kind.QUESTION else frozenset[str]()
    kept = [
        word
        for word in text.split()
        if not limits & set(folded_words(word)) and not _only(cues, folded_words(word))
    ]
    if all(is_function_word(word) for word in folded_words(" ".join(kept))):
        return "" if limits or cues else text
    return " ".join(kept)


def _only(cues: frozenset[str], words: list[str]) -> bool:
    return bool(words) and cues.issuperset(words)
