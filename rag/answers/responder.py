"""The responder: from what retrieval found to an answer, by a model where there is one.

Whatever the model does, there is an answer: the quoter's stands in where the model fails, where
nothing that it wrote could be verified, or where what is left of it is too little.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rag.answers.answer import Mode, Usage
from rag.answers.judge import Judge
from rag.answers.model import Model
from rag.answers.open_parts import is_all_open, is_open, open_parts
from rag.answers.overview import collection, disagreements, listed, publication
from rag.answers.prompts import rewriting_messages, rewritten
from rag.answers.quoter import Quoted, abstain, quote
from rag.answers.reasoning import without_reasoning
from rag.answers.response import WORDS, Response, completed
from rag.answers.stopping import Stop
from rag.answers.tongue import is_foreign
from rag.answers.translator import Translator
from rag.answers.writer import Writer, WritingRequest, Written
from rag.documents.evidence import Source
from rag.errors import ModelUnavailable
from rag.retrieval.certainty import Certainty
from rag.retrieval.finding import Findings
from rag.retrieval.follow_up import Turn
from rag.retrieval.kinds import Kind, kind_of
from rag.text.folding import folded_words
from rag.text.language import language_of

__all__ = ["WORDS", "Responder", "Response", "listed", "nearest_response", "quoted_response"]

_log = logging.getLogger(__name__)

_SHARE_OF_REWRITING: Final = 0.25
"""Of the time that an answer may take."""


@dataclass(frozen=True, slots=True)
class _Drafted:
    """An answer before what the program adds to it."""

    response: Response
    is_model_well: bool
    """Whether the model has done all that it was asked so far."""


class Responder:
    """Answers messages from findings."""

    def __init__(self, model: Model | None = None, judge: Judge | None = None) -> None:
        """Without a model, answers are quotations; without a judge, nobody is asked about them."""
        self._model = model
        self._judge = judge
        self._writer = Writer(model) if model else None
        self._translator = Translator(model) if model else None
        self._preparing: asyncio.Task[None] | None = None

    def prepare(self, text: str) -> None:
        """Begin with what the first request to the model would have to wait for.

        It goes on while the documents are searched; where `text` is mere talk, nothing is begun.
        """
        if self._model and kind_of(text).is_for_a_model:
            self._preparing = asyncio.create_task(self._model.prepare())
            self._preparing.add_done_callback(_heard)

    async def standing_alone(
        self, question: str, history: Sequence[Turn], language: str, deadline: float
    ) -> tuple[str | None, Usage]:
        """A message as the model understands it, as one question in `language`, the documents'.

        None where it needs no rewriting, without a model, and where the model fails. Of the time
        until `deadline`, one of `time.monotonic()`, it takes a quarter at most.
        """
        needed = history or language_of(question) != language
        if self._model is None or not kind_of(question).is_for_a_model or not needed:
            return None, Usage()
        now = time.monotonic()
        until = now + (deadline - now) * _SHARE_OF_REWRITING
        said = "\n".join([*(f"{turn.question}\n{turn.answer}" for turn in history), question])
        messages = rewriting_messages(question, history, language, self._model.budget)
        reply = self._model.stream(messages, until)
        try:
            found = rewritten(without_reasoning(await reply.text()), said)
        except ModelUnavailable as failure:
            _log.warning("the question is searched as it was asked: %s", failure)
            found = None
        if found and is_foreign(found, language) and is_foreign(found, language_of(question)):
            found = None
        return found, reply.usage

    async def respond(
        self,
        findings: Findings,
        titles: Sequence[Source],
        deadline: float,
        on_text: Callable[[str], None] | None = None,
        stop: Stop | None = None,
    ) -> Response:
        """The answer, by `deadline`, a time of `time.monotonic()`.

        `titles` are the files that an answer about the collection shows. Once a `stop` is wished,
        what the model wrote by then is the answer, as far as it is verified.
        """
        stop = stop or Stop()
        if self._writer is None or not self._is_worth_writing(findings):
            return await asyncio.to_thread(_quoted_and_completed, findings, titles)
        drafted = await self._drafted(self._writer, findings, deadline, on_text, stop)
        # In a thread, as other conversations go on: sources are compared sentence by sentence.
        response = await asyncio.to_thread(completed, drafted.response, findings)
        if self._translator is None or not drafted.is_model_well:
            return response
        sources = {one.source.path: one.source for one in findings.evidence}
        sources |= {one.sentence.source.path: one.sentence.source for one in findings.chosen}
        translated = None
        async with stop.cutting():
            translated = await self._translator.translated(
                response.citations, sources, findings.language, deadline
            )
        if translated is None:
            return response
        usage = response.usage + translated.usage
        return replace(response, citations=translated.citations, usage=usage)

    async def _drafted(
        self,
        writer: Writer,
        findings: Findings,
        deadline: float,
        on_text: Callable[[str], None] | None,
        stop: Stop,
    ) -> "_Drafted":
        """What a model writes, checked and judged; else what can be quoted."""

        async def show(text: str) -> None:
            if on_text:
                on_text(text)

        request = WritingRequest(
            question=findings.understood or findings.text,
            language=findings.language,
            kind=findings.request.kind.value,
            evidence=findings.evidence,
            deadline=deadline,
            also=findings.also,
            stop=stop,
        )
        written = await writer.write(request, show)
        if written.failure:
            _log.warning("the model did not finish its answer: %s", written.failure)
        is_well = written.failure is None and not stop.is_wished
        unjudged = _Drafted(self._settled(findings, written), is_well)
        if self._judge is None or written.is_damaged or not written.claims or stop.is_wished:
            return unjudged
        judged = None
        async with stop.cutting():
            judged = await self._judge.judge(written, findings.evidence, deadline)
        if judged is None:
            return replace(unjudged, is_model_well=False)
        settled = self._settled(findings, judged.written)
        response = replace(
            settled,
            judged=judged.complete and settled.mode is Mode.GENERATED,
            usage=settled.usage + judged.usage,
        )
        return _Drafted(response, is_well and judged.complete)

    def _is_worth_writing(self, findings: Findings) -> bool:
        return bool(findings.evidence) and findings.request.kind.is_for_a_model

    def _settled(self, findings: Findings, written: Written) -> Response:
        """What the model wrote where it holds; else what can be quoted, saying why."""
        language = findings.language
        name = self._model.name if self._model else None
        if written.claims and not written.is_damaged:
            return Response(
                Mode.GENERATED,
                written.text,
                written.claims,
                written.citations,
                WORDS("cut-short", language) if written.failure else None,
                self._missing(findings, written),
                written.withheld,
                name,
                usage=written.usage,
            )
        if written.no_answer:
            nearest = nearest_response(findings)
            return replace(nearest, model=name, usage=written.usage, withheld=written.withheld)
        why = "wrong-language" if written.is_foreign else "model-unverified"
        if written.failure or not written.withheld:
            why = "no-model"
        return replace(
            quoted_response(findings),
            notice=WORDS(why, language),
            withheld=written.withheld,
            model=name,
            usage=written.usage,
        )

    def _missing(self, findings: Findings, written: Written) -> tuple[str, ...]:
        """What the model says is left open, else the parts that nothing of its answer speaks of."""
        if written.missing:
            words = WORDS("part-of-the-question", findings.language)
            return tuple(part or words for part in written.missing)
        told = [*(one.text for one in written.claims), *(one.quote for one in written.citations)]
        return open_parts(findings.text, told)


def _heard(task: asyncio.Task[None]) -> None:
    """Take note of a failure to prepare; the request that follows fails alike, and says so."""
    if not task.cancelled():
        task.exception()


def _quoted_and_completed(findings: Findings, titles: Sequence[Source]) -> Response:
    return completed(quoted_response(findings, titles), findings)


def quoted_response(findings: Findings, titles: Sequence[Source] = ()) -> Response:
    """The answer without a model."""
    language, kind = findings.language, findings.request.kind
    if not kind.is_for_a_model:
        return _told_by_the_program(findings, titles)
    if findings.certainty is Certainty.NOTHING:
        return _response(abstain(language, WORDS))
    certain = findings.certainty is Certainty.ANSWER
    quoted = quote(kind, findings.chosen, language, WORDS, certain=certain, also=findings.also)
    if not certain or kind is not Kind.QUESTION:
        return _response(quoted)
    told = [one.quote for one in quoted.citations.all]
    carried = set(folded_words(findings.understood or "")) - set(folded_words(findings.text))
    if findings.understood and is_open(findings.text, told, sorted(carried)):
        # What it took over from the conversation was found, and not what it asks itself.
        return nearest_response(findings)
    if is_all_open(findings.text, told):
        return nearest_response(findings)
    return replace(_response(quoted), missing=open_parts(findings.text, told))


def _told_by_the_program(findings: Findings, titles: Sequence[Source]) -> Response:
    match findings.request.kind:
        case Kind.COLLECTION:
            return collection(findings, titles)
        case Kind.PUBLICATION:
            return publication(findings, titles)
        case Kind.DISAGREEMENT:
            return disagreements(findings)
        case talk:
            return Response(Mode.QUOTED, WORDS(talk.value, findings.language), (), ())


def nearest_response(findings: Findings) -> Response:
    """The answer where the documents do not say it: what comes near, or nothing."""
    language = findings.language
    if findings.certainty is Certainty.NOTHING:
        return _response(abstain(language, WORDS))
    kind, chosen = findings.request.kind, findings.chosen
    return _response(quote(kind, chosen, language, WORDS, certain=False, also=findings.also))


def _response(quoted: Quoted) -> Response:
    return Response(quoted.mode, quoted.text, quoted.claims, quoted.citations.all)
