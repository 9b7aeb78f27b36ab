"""Dictation: what a model says, taken down statement by statement and checked as it comes.

What is no part of an answer is left out (reasoning, remarks before it), and where nothing of use
can follow any more (another language, going round in circles, no end) the dictation is over.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from rag.answers.cited import Cited
from rag.answers.dated import with_days
from rag.answers.drafting import Composition, Piece, composed
from rag.answers.marks import Marked, MarkReader, Missing, NoAnswer, Statement
from rag.answers.markup import plain
from rag.answers.omission import restates
from rag.answers.reasoning import ReasoningFilter
from rag.answers.recitation import checked
from rag.answers.reply import LONGEST_REPLY
from rag.answers.response import WORDS
from rag.answers.support import header
from rag.answers.tongue import FOREIGN, is_foreign
from rag.answers.verification import Reason
from rag.documents.evidence import Evidence, Sentence

NOT_PROSE: Final = "not prose"
_LONGEST_STATEMENT: Final = 3_000
"""Characters without the end of a statement after which none is waited for."""
_MOST_STATEMENTS: Final = 300
_MOST_REPEATED: Final = 3
"""Statements in a row that were made before, after which the model goes round in circles."""
_MOST_CITED: Final = 12
_LONG: Final = 500
"""Characters of a statement from which on checking it takes tens of milliseconds."""


class Dictation:
    """An answer as it is dictated."""

    def __init__(
        self,
        evidence: Sequence[Evidence],
        question: str,
        language: str,
        also: Mapping[str, tuple[str, ...]],
    ) -> None:
        """`evidence` is what the model was shown, in order; `also` as `composed` has it."""
        self._evidence, self._question = evidence, question
        self._language, self._also = language, also
        self._thoughts = ReasoningFilter()
        self.is_long = False
        """Whether what was heard last takes so long to check that others should not wait for it."""
        self._begin()

    def _begin(self) -> None:
        """Forget everything: what came until now was no answer."""
        self.no_answer = False
        """Whether the model says that the evidence does not answer."""
        self._pieces: list[Piece] = []
        self._composition = Composition()
        self._missing: list[str] = []
        self._reader = MarkReader()
        self._heard = self._unfinished = 0
        self._made: set[tuple[str, tuple[Cited, ...]]] = set()
        self._repeated: list[Statement] = []
        self._aside: list[Piece] = []
        self._is_data = False

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All that was said, kept or not."""
        return (*self._pieces, *self._aside)

    @property
    def missing(self) -> tuple[str, ...]:
        """What the model says that the evidence leaves open."""
        return tuple(dict.fromkeys(self._missing))

    @property
    def is_over(self) -> bool:
        """Whether nothing of use can follow."""
        return (
            self._heard > LONGEST_REPLY or self._unfinished > _LONGEST_STATEMENT or self._has_enough
        )

    @property
    def _has_enough(self) -> bool:
        is_foreign_answer = not self._composition.claims and any(
            piece.reason == FOREIGN for piece in self._pieces
        )
        return (
            is_foreign_answer
            or len(self._repeated) >= _MOST_REPEATED
            or len(self._pieces) >= _MOST_STATEMENTS
        )

    def hear(self, words: str) -> Iterator[str]:
        """Take down what the model says next; the whole text so far each time that it grows."""
        shown = self._thoughts.feed(words)
        if self._thoughts.restarted:
            self._thoughts.restarted = False
            self._begin()
        events = self._reader.feed(shown)
        self._heard += len(shown)
        self._unfinished = 0 if events else self._unfinished + len(shown)
        self.is_long = _are_long(events)
        return self._taken(events)

    def end(self) -> Iterator[str]:
        """Take down what is left when the model says no more; as `hear`."""
        events = self._reader.feed(self._thoughts.finish()) + self._reader.finish()
        self.is_long = _are_long(events)
        return self._taken_last(events)

    def _taken_last(self, events: Iterable[Marked]) -> Iterator[str]:
        yield from self._taken(events)
        if len(self._repeated) < _MOST_REPEATED and self._take_repeated():
            yield self._composition.text

    def _taken(self, events: Iterable[Marked]) -> Iterator[str]:
        for event in events:
            if isinstance(event, NoAnswer):
                self.no_answer = True
            elif isinstance(event, Missing):
                self._missing.append(self._left_open(plain(event.text)))
            elif not (self._is_data or self._has_enough) and self._take_new(event):
                yield self._composition.text

    def _left_open(self, part: str) -> str:
        """A part of the question that the documents leave open; empty where it is not told as one.

        Nobody checks it, so it may only say again what was asked.
        """
        return part if restates(part, self._question, self._language) else ""

    def _take_new(self, statement: Statement) -> bool:
        """Take a statement; one that was made before only when something new follows it."""
        made = (statement.text, statement.cited)
        if made in self._made:
            self._repeated.append(statement)
            return False
        self._made.add(made)
        grown = self._take_repeated()
        return self._take(statement) or grown

    def _take_repeated(self) -> bool:
        before = len(self._composition.claims)
        for statement in self._repeated:
            self._take(statement)
        self._repeated = []
        return len(self._composition.claims) > before

    def _take(self, statement: Statement) -> bool:
        """Take a statement, checked; whether the text has grown by it."""
        before = len(self._composition.claims)
        piece = self._read(statement)
        if piece is None:
            return False
        if piece.reason == FOREIGN and not statement.cited:
            # A remark ("Sure, here it is:") or reasoning that no tag opened: it takes nothing from
            # the answer that may follow.
            self._aside.append(piece)
            return False
        self._pieces.append(piece)
        self._composition = composed(self._pieces, self._also)
        return len(self._composition.claims) > before

    def _read(self, statement: Statement) -> Piece | None:
        if not self._composition.claims and _is_data(statement.text):
            self._is_data = True
            return Piece("", statement.text, reason=NOT_PROSE)
        text = plain(statement.text)
        if not any(character.isalnum() for character in text):
            return None
        if is_foreign(text, self._language):
            return Piece(statement.prefix, text, reason=FOREIGN)
        cited = tuple(_resolved(statement.cited, self._evidence))
        if statement.cited and not cited:
            return Piece(statement.prefix, text, reason=Reason.UNKNOWN_CITATION.value)
        found = checked(text, cited, self._evidence, self._question)
        if found.verdict.reason:
            return Piece(statement.prefix, text, reason=found.verdict.reason.value)
        sentences = (*found.cited, *found.verdict.added)
        text = with_days(text, found.cited, self._language, WORDS)
        return Piece(statement.prefix, text, sentences)


def _are_long(events: Iterable[Marked]) -> bool:
    return sum(len(one.text) for one in events if isinstance(one, Statement)) > _LONG


def _resolved(cited: Iterable[Cited], evidence: Sequence[Evidence]) -> Iterator[Sentence]:
    """The sentences that marks name, in order, as far as they exist; [n.0] is the header."""
    seen: set[Sentence] = set()
    for one in cited:
        if not 1 <= one.source <= len(evidence):
            continue
        passage = evidence[one.source - 1]
        titles = header(passage.source) if one.first == 0 else ()
        chosen = passage.sentences[max(one.first, 1) - 1 : max(one.last, 0)]
        for sentence in (*titles, *chosen):
            if sentence not in seen and len(seen) < _MOST_CITED:
                seen.add(sentence)
                yield sentence


def _is_data(text: str) -> bool:
    """Whether a text begins as JSON or code rather than as prose."""
    return text.startswith(("{", "[{", '["', "```", "({"))
