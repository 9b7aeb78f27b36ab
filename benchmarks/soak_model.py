"""A scripted model for the soak: it does all that a model is asked for, well, badly, or not at all.

One share of its answers is spoilt by a fault of the server, in every way that the server knows;
another share is bad: statements without marks, with marks of nothing, with numbers of its own.
"""

import json
import random
import re
import threading
from collections import Counter
from collections.abc import Sequence
from typing import Final

from rag.index.embedding import LocalEmbedder
from tests.servers.openai_api import (
    FRAME,
    SENTENCE,
    Answer,
    Body,
    ChatRequest,
    Choices,
    Cut,
    Drip,
    Empty,
    Fail,
    Garbage,
    Hang,
    OpenAIServer,
    Reply,
    Reset,
    text_of,
)

PATIENCE: Final = 20.0
"""Seconds that the bot waits for an answer of the model in the soak."""
_BAD: Final = 0.15
"""The share of answers that are badly written."""
_NUMBER: Final = re.compile(r"\d+")


def _faults() -> tuple[Answer, ...]:
    filtered = {"index": 0, "delta": {"content": "…"}, "finish_reason": "content_filter"}
    return (
        Fail(429, retry_after=0),
        Fail(429, retry_after=60),
        Fail(500),
        Fail(503, body="<h1>Service Unavailable</h1>"),
        Fail(400, body={"error": {"message": "no", "type": "invalid_request_error"}}),
        Fail(401),
        Reset(),
        Hang(PATIENCE + 1),
        Garbage(),
        Empty(),
        Body(b""),
        Body(b"data: [DONE]\n\n"),
        Body(b"data: {}\n\n", silence=PATIENCE + 1),
        Choices((filtered,)),
        Cut("The first words", 9, "closed"),
        Cut("The first words", 9, "ended"),
        Cut("The first words", 9, "reset"),
        Reply("The first words", finish="length"),
        Drip("never ends " * 100, 0.2),
    )


class ScriptedModel:
    """Answers requests for answers, verdicts, translations, questions and vectors."""

    def __init__(self, server: OpenAIServer, seed: int) -> None:
        self.share = 0.0
        """Of the requests, how many meet a fault."""
        self.faults: Counter[str] = Counter()
        """How many there were, of `chat` and of `embedding`."""
        self.asked: Counter[str] = Counter()
        self._server = server
        self._chance = random.Random(seed)
        self._lock = threading.Lock()
        self._embedder = LocalEmbedder()
        self._spoilt = _faults()
        server.default = self.answer
        server.embed = self.embed

    def answer(self, request: ChatRequest) -> Answer | str:
        """What a chat request is answered with."""
        instructions = text_of(request.messages[0])
        asked = text_of(request.messages[-1])
        with self._lock:
            self._server.requests.clear()  # nobody looks at them, and they hold whole prompts
            self._server.embedded.clear()
            self.asked["chat"] += 1
            if self._chance.random() < self.share:
                self.faults["chat"] += 1
                fault = self._chance.choice(self._spoilt)
                return Fail(500) if isinstance(fault, Choices) and not request.stream else fault
            if instructions.startswith("You check whether"):
                return self._verdicts(asked)
            if instructions.startswith("You translate"):
                quotations = FRAME.findall(asked)
                return json.dumps({"translations": {n: f"[{n}]" for n, _ in quotations}})
            if instructions.startswith("You turn the last"):
                return json.dumps({"question": asked.splitlines()[0][:300]}, ensure_ascii=False)
            return self._written(request.messages)

    def _verdicts(self, asked: str) -> str:
        numbers = [number for number, _ in FRAME.findall(asked)]
        verdicts = self._chance.choices(
            ["supports", "neither", "contradicts"], [0.9, 0.07, 0.03], k=len(numbers)
        )
        return json.dumps({"verdicts": dict(zip(numbers, verdicts, strict=True))})

    def _written(self, messages: Sequence[dict[str, object]]) -> str:
        prompt = "\n".join(text_of(message) for message in messages)
        found = [
            (sentence.strip(), f"[{source}.{number}]")
            for frame in FRAME.finditer(prompt)
            for source, number, sentence in SENTENCE.findall(frame[2])
        ]
        if not found or self._chance.random() < 0.05:
            return "[[NO ANSWER]]"
        count = min(len(found), self._chance.choice((1, 1, 2, 3, 4)))
        chosen = [found[0], *self._chance.sample(found, count - 1)]
        told = [self._told(sentence, mark) for sentence, mark in chosen]
        if self._chance.random() < 0.1:
            told.append("[[MISSING: all the rest]]")
        return " ".join(told)

    def _told(self, sentence: str, mark: str) -> str:
        if self._chance.random() >= _BAD:
            return f"{sentence} {mark}."
        spoilt = (
            sentence,
            f"{sentence} [99.1].",
            f"{_NUMBER.sub('77123', sentence)} {mark}.",
            f"{sentence} {mark[:-1]}",
            f"<b>{sentence}</b> {mark} https://example.org/x",
        )
        return self._chance.choice(spoilt)

    def embed(self, texts: list[str]) -> list[list[float]]:
        """Vectors of texts; a fault of the next request is decided on here too."""
        vectors = [vector.tolist() for vector in self._embedder.embed(texts)]
        for vector in vectors:
            vector[0] = vector[0] if any(vector) else 1.0  # a model has one for every text
        with self._lock:
            self.asked["embedding"] += 1
            if self._chance.random() < self.share and not self._server.embedding_faults:
                self.faults["embedding"] += 1
                fault = self._chance.choice(
                    (Fail(429, retry_after=0), Fail(500), Reset(), Garbage(), Empty(), Hang(1.5))
                )
                self._server.embedding_faults.append(fault)
        return vectors
