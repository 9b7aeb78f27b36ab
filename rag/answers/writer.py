"""The writer: an answer by a model, statement by statement, each cited and checked before it shows.

What a model writes is believed in nothing: marks become citations of sentences that it was shown,
and a statement that its sentences do not support is re-cited where another sentence of the same
passages does, or withheld.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from rag.answers.answer import Citation, Claim, Usage, Withheld
from rag.answers.dictation import Dictation
from rag.answers.drafting import Piece, composed
from rag.answers.framing import frame, within_budget
from rag.answers.groundwork import Groundwork
from rag.answers.model import Message, Model
from rag.answers.model_failure import TooLong
from rag.answers.prompts import answer_messages, reminded
from rag.answers.reply import Reply
from rag.answers.stopping import Stop
from rag.answers.tongue import FOREIGN
from rag.documents.evidence import Evidence, Sentence
from rag.errors import ModelUnavailable
from rag.retrieval.follow_up import Turn

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
    stop: Stop = field(default_factory=Stop)


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

        Where the model writes in another language, it is asked once more; where it cannot read so
        much, once more with half of the evidence; as far as the requests of a step go. A failure of
        the model is in the result, not raised. Once a stop is wished, what was checked by then is
        the answer.
        """
        evidence = within_budget(request.evidence, self._model.budget)
        messages = _messages(request, evidence)
        reply = self._model.stream(messages, request.deadline)
        written = await self._attempt(reply, evidence, request, on_text)
        if isinstance(written.failure, TooLong) and _may_ask_again(reply, request):
            evidence = within_budget(evidence, len(frame(evidence)) // 2)
            messages = _messages(request, evidence)
            reply = self._model.stream(messages, request.deadline, reply.requests_left)
            written = await self._attempt(reply, evidence, request, on_text)
        if not written.is_foreign or not _may_ask_again(reply, request):
            return written
        again = reminded(messages, request.language)
        reply = self._model.stream(again, request.deadline, reply.requests_left)
        second = await self._attempt(reply, evidence, request, on_text)
        return replace(second, usage=written.usage + second.usage)

    async def _attempt(
        self,
        reply: Reply,
        evidence: Sequence[Evidence],
        request: WritingRequest,
        on_text: OnText | None,
    ) -> Written:
        """A reply, read until its end or until nothing of use can follow."""
        taken = Dictation(evidence, request.question, request.language, request.also)
        failure = None
        try:
            # Where the model's imports still run, another thread would only hold them up.
            beforehand = evidence if self._model.is_prepared else ()
            async with request.stop.cutting(), Groundwork(beforehand), aclosing(reply):
                async for words in reply:
                    await _tell(await _checked(taken, taken.hear(words)), on_text)
                    if taken.is_over:
                        break
        except ModelUnavailable as error:
            failure = error
        if not request.stop.is_wished:  # else the statement that was cut off is none
            await _tell(await _checked(taken, taken.end()), on_text)
        return _written(taken, request, reply.usage, failure)


def _messages(request: WritingRequest, evidence: Sequence[Evidence]) -> list[Message]:
    return answer_messages(
        request.question, request.kind, request.language, evidence, request.history
    )


def _may_ask_again(reply: Reply, request: WritingRequest) -> bool:
    """Whether another request may follow those that `reply` took."""
    return reply.requests_left > 0 and not request.stop.is_wished


async def _checked(taken: Dictation, texts: Iterator[str]) -> Iterable[str]:
    """The texts; those that it takes long to make, made in a thread, as other chats go on."""
    return await asyncio.to_thread(list, texts) if taken.is_long else texts


async def _tell(texts: Iterable[str], on_text: OnText | None) -> None:
    for text in texts:
        if on_text:
            await on_text(text)


def _written(
    taken: Dictation, request: WritingRequest, usage: Usage, failure: ModelUnavailable | None
) -> Written:
    made = composed(taken.pieces, request.also)
    return Written(
        made.text,
        made.claims,
        made.citations,
        made.withheld,
        taken.missing,
        taken.no_answer and not made.claims,
        usage,
        made.lost_first,
        failure,
        taken.pieces,
        made.places,
        request.also,
    )
