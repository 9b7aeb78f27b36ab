"""The writer: an answer by a model, statement by statement, each cited and checked before it shows.

What a model writes is believed in nothing: marks become citations of sentences that it was shown,
and a statement that its sentences do not support is re-cited where another sentence of the same
passages does, or withheld.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Final

from rag.answers.answer import Citation, Claim, Usage, Withheld
from rag.answers.cited import Cited
from rag.answers.drafting import Composition, Piece, composed
from rag.answers.marks import Marked, MarkReader, Missing, NoAnswer, Statement
from rag.answers.markup import plain
from rag.answers.model import Message, Model
from rag.answers.prompts import answer_messages, reminded, within_budget
from rag.answers.reasoning import ReasoningFilter
from rag.answers.recitation import checked
from rag.answers.support import header
from rag.answers.tongue import FOREIGN, is_foreign
from rag.answers.verification import Reason
from rag.documents.evidence import Evidence, Sentence
from rag.errors import ModelUnavailable
from rag.retrieval.follow_up import Turn

BUDGET: Final = 12_000
"""Characters of evidence that a model is shown."""
_LONGEST_REPLY: Final = 24_000
"""Characters after which the model is not listened to any more."""
_MOST_CITED: Final = 12
NOT_PROSE: Final = "not prose"

OnText = Callable[[str], Awaitable[None]]
"""Called with the whole text of the answer so far each time that it grows."""


@dataclass(frozen=True, slots=True)
class WritingRequest:
    """What is to be written, and from what."""

    question: str
    """As it is understood: where it followed up, the question that stands alone."""
    language: str
    kind: str
    evidence: tuple[Evidence, ...]
    deadline: float
    """A time of `time.monotonic()` by which the answer has to be there."""
    history: tuple[Turn, ...] = ()
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By file, the other files that hold the same text."""
    budget: int = BUDGET


@dataclass(frozen=True, slots=True)
class Written:
    """An answer by a model. Without claims, nothing of it may be shown."""

    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    withheld: tuple[Withheld, ...]
    missing: tuple[str, ...]
    no_answer: bool
    """The model says that the evidence does not answer."""
    usage: Usage
    lost_first: bool = False
    """Whether the first thing that it stated was withheld."""
    failure: ModelUnavailable | None = None
    """Why the model stopped before its end, if it did; what came until then is checked."""
    pieces: tuple[Piece, ...] = ()
    """All that the model wrote, in order, kept or not."""
    places: tuple[int, ...] = ()
    """For each claim, which of the pieces it is."""
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By file, the other files that hold the same text."""

    @property
    def is_damaged(self) -> bool:
        """Whether the answer lost its first statement or more than half of itself."""
        return self.lost_first or len(self.withheld) > len(self.claims)

    @property
    def is_foreign(self) -> bool:
        """Whether it is in another language than was asked for, so that nothing of it is kept."""
        return not self.claims and any(one.reason == FOREIGN for one in self.withheld)

    def sentences_of(self, claim: int) -> tuple[Sentence, ...]:
        """The sentences that a claim, given by its place among the claims, cites."""
        return self.pieces[self.places[claim]].cited

    def without(self, claims: Iterable[int], reason: str) -> "Written":
        """The answer with some claims, given by their places, withheld for `reason`."""
        refused = {self.places[claim] for claim in claims}
        pieces = tuple(
            replace(piece, cited=(), reason=reason) if place in refused else piece
            for place, piece in enumerate(self.pieces)
        )
        made = composed(pieces, self.also)
        return replace(
            self,
            text=made.text,
            claims=made.claims,
            citations=made.citations,
            withheld=made.withheld,
            lost_first=made.lost_first,
            pieces=pieces,
            places=made.places,
        )


class Writer:
    """Writes answers with a model."""

    def __init__(self, model: Model) -> None:
        self._model = model

    async def write(self, request: WritingRequest, on_text: OnText | None = None) -> Written:
        """The answer to `request`; `on_text` hears of every statement once it is checked.

        Where the model writes in another language, it is asked once more. A failure of the model
        is in the result, not raised.
        """
        evidence = within_budget(request.evidence, request.budget)
        messages = answer_messages(
            request.question, request.kind, request.language, evidence, request.history
        )
        written = await self._attempt(messages, _Draft(evidence, request), on_text)
        if not written.is_foreign:
            return written
        again = reminded(messages, request.language)
        second = await self._attempt(again, _Draft(evidence, request), on_text)
        return replace(second, usage=written.usage + second.usage)

    async def _attempt(
        self, messages: Sequence[Message], draft: "_Draft", on_text: OnText | None
    ) -> Written:
        """One reply, read until its end or until it turns out to be in another language."""
        thoughts, reader = ReasoningFilter(), MarkReader()
        reply = self._model.stream(messages, draft.request.deadline)
        failure, heard = None, 0
        try:
            async with aclosing(reply):
                async for piece in reply:
                    shown = thoughts.feed(piece)
                    if thoughts.restarted:
                        thoughts.restarted, reader = False, MarkReader()
                        draft.restart()
                    await _take(draft, reader.feed(shown), on_text)
                    heard += len(piece)
                    if heard > _LONGEST_REPLY or draft.is_foreign:
                        break
        except ModelUnavailable as error:
            failure = error
        if not draft.is_foreign:
            await _take(draft, reader.feed(thoughts.finish()) + reader.finish(), on_text)
        return draft.written(reply.usage, failure)


async def _take(draft: "_Draft", events: Iterable[Marked], on_text: OnText | None) -> None:
    for event in events:
        if draft.take(event) and on_text:
            await on_text(draft.text)


class _Draft:
    """The answer as it grows."""

    def __init__(self, evidence: list[Evidence], request: WritingRequest) -> None:
        self.request = request
        self._evidence = evidence
        self.restart()

    def restart(self) -> None:
        """Forget everything: what came until now was no answer."""
        self._pieces: list[Piece] = []
        self._composition = Composition()
        self._missing: list[str] = []
        self._no_answer = self._is_data = False

    @property
    def is_foreign(self) -> bool:
        """Whether it began in another language than it should, before anything was kept."""
        return not self._composition.claims and any(
            one.reason == FOREIGN for one in self._composition.withheld
        )

    @property
    def text(self) -> str:
        """The text so far."""
        return self._composition.text

    def take(self, event: Marked) -> bool:
        """Take what the model wrote; whether the text has grown by it."""
        if isinstance(event, NoAnswer):
            self._no_answer = True
        elif isinstance(event, Missing):
            self._missing.append(plain(event.text))
        elif not self._is_data:
            return self._take_statement(event)
        return False

    def written(self, usage: Usage, failure: ModelUnavailable | None) -> Written:
        """The answer as it stands."""
        made = self._composition
        return Written(
            made.text,
            made.claims,
            made.citations,
            made.withheld,
            tuple(dict.fromkeys(filter(None, self._missing))),
            self._no_answer and not made.claims,
            usage,
            made.lost_first,
            failure,
            tuple(self._pieces),
            made.places,
            self.request.also,
        )

    def _take_statement(self, statement: Statement) -> bool:
        if not self._composition.claims and _is_data(statement.text):
            self._is_data = True
            return self._add(Piece("", statement.text, reason=NOT_PROSE))
        text = plain(statement.text)
        if not any(character.isalnum() for character in text):
            return False
        if is_foreign(text, self.request.language):
            return self._add(Piece(statement.prefix, text, reason=FOREIGN))
        cited = tuple(_resolved(statement.cited, self._evidence))
        if statement.cited and not cited:
            return self._add(Piece(statement.prefix, text, reason=Reason.UNKNOWN_CITATION.value))
        found = checked(text, cited, self._evidence, self.request.question)
        if found.verdict.reason:
            return self._add(Piece(statement.prefix, text, reason=found.verdict.reason.value))
        return self._add(Piece(statement.prefix, text, (*found.cited, *found.verdict.added)))

    def _add(self, piece: Piece) -> bool:
        before = len(self._composition.claims)
        self._pieces.append(piece)
        self._composition = composed(self._pieces, self.request.also)
        return len(self._composition.claims) > before


def _resolved(cited: Iterable[Cited], evidence: list[Evidence]) -> Iterator[Sentence]:
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
