"""From cited sentences to citations: numbered spans, joined where sentences adjoin."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from rag.answers.answer import Citation
from rag.documents.evidence import Sentence
from rag.text.sentences import LONGEST, Span

LONGEST_QUOTE = LONGEST
"""A quotation is never longer than this many characters; no sentence is."""


def joined(sentences: Iterable[Sentence]) -> list[Sentence]:
    """The sentences with neighbours made one, in order of first mention of each run.

    Neighbours have nothing but white space between them. A run ends where it would grow longer
    than `LONGEST_QUOTE`.
    """
    asked = list(dict.fromkeys(sentences))
    ordered = sorted(asked, key=lambda one: (one.source.path, one.span))
    runs: list[list[Sentence]] = []
    for sentence in ordered:
        if runs and _adjoin(runs[-1][0], runs[-1][-1], sentence):
            runs[-1].append(sentence)
        else:
            runs.append([sentence])
    runs.sort(key=lambda run: min(asked.index(sentence) for sentence in run))
    return [Sentence(run[0].source, Span(run[0].span.start, run[-1].span.end)) for run in runs]


def _adjoin(first: Sentence, last: Sentence, following: Sentence) -> bool:
    if first.source.path != following.source.path:
        return False
    between = first.source.text[last.span.end : following.span.start]
    return not between.strip() and following.span.end - first.span.start <= LONGEST_QUOTE


class Citations:
    """The citations of one answer, numbered from 1 in the order in which they first appear."""

    def __init__(
        self, also: dict[str, tuple[str, ...]] | None = None, made: Iterable[Citation] = ()
    ) -> None:
        """`also` names, by file, the other files that hold the same text.

        `made` are citations that the answer has already, with which the numbering goes on.
        """
        self._citations = list(made)
        self._numbers = {(one.file, Span(one.start, one.end)): one.n for one in self._citations}
        self._also = also or {}

    def cite(self, sentences: Iterable[Sentence]) -> tuple[int, ...]:
        """The numbers of the citations of `sentences`; new ones where they are not cited yet."""
        return tuple(dict.fromkeys(self._number(sentence) for sentence in joined(sentences)))

    def holding(self, file: str, span: Span) -> int | None:
        """The number of the first citation that holds a span of a file, None where none does."""
        holds = (
            one.n
            for one in self._citations
            if one.file == file and one.start <= span.start and span.end <= one.end
        )
        return next(holds, None)

    def _number(self, sentence: Sentence) -> int:
        key = (sentence.source.path, sentence.span)
        if key not in self._numbers:
            self._numbers[key] = self._twin_of(sentence) or self._new(sentence)
        return self._numbers[key]

    def _new(self, sentence: Sentence) -> int:
        number = len(self._citations) + 1
        self._citations.append(self._citation(sentence, number))
        return number

    def _twin_of(self, sentence: Sentence) -> int | None:
        """The citation of the same words in another file that holds the same report."""
        twins = sentence.source.also_in(sentence.span)
        same = (
            one.n for one in self._citations if one.file in twins and one.quote == sentence.text
        )
        return next(same, None)

    def _citation(self, sentence: Sentence, number: int) -> Citation:
        source, span = sentence.source, sentence.span
        return Citation(
            n=number,
            file=source.path,
            also=tuple(sorted({*self._also.get(source.path, ()), *source.also_in(span)})),
            title=source.title,
            date=source.date,
            date_from=(source.date_span.start, source.date_span.end) if source.date_span else None,
            start=span.start,
            end=span.end,
            line=source.text.count("\n", 0, span.start) + 1,
            page=source.page_of(span.start),
            quote=sentence.text,
            translation=None,
            sha256=source.sha256,
            encoding=source.encoding,
        )

    @property
    def all(self) -> tuple[Citation, ...]:
        """Every citation so far, in order of its number."""
        return tuple(self._citations)


def in_order(numbers: Sequence[int]) -> bool:
    """Whether citation numbers first appear in their order, from 1."""
    first = list(dict.fromkeys(numbers))
    return all(later == earlier + 1 for earlier, later in pairwise([0, *first]))
