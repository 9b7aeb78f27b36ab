"""Embedding by a model, over real HTTP."""

import traceback
from collections.abc import Iterator

import numpy as np
import pytest

from rag.errors import ModelUnavailable
from rag.index.model_embedding import ModelEmbedder
from tests.library import settings_of
from tests.servers.openai_api import Empty, Fail, Garbage, OpenAIServer, Reset, hash_vector

KEY = "sk-test-1234567890"
MODEL = "text-embedding-3-small"


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer(key=KEY) as running:
        yield running


def embedder_at(url: str, **settings: object) -> ModelEmbedder:
    return ModelEmbedder(
        MODEL, settings_of(**{"openai_api_key": KEY, "openai_base_url": url, **settings})
    )


@pytest.fixture
def embedder(server: OpenAIServer) -> ModelEmbedder:
    return embedder_at(server.url)


def failure_of(embedder: ModelEmbedder, secret: str = KEY) -> ModelUnavailable:
    with pytest.raises(ModelUnavailable) as caught:
        embedder.embed(["سلام"])
    assert "\n" not in str(caught.value)
    assert secret not in "".join(traceback.format_exception(caught.value))
    return caught.value


def test_every_text_gets_its_vector_of_length_one(
    server: OpenAIServer, embedder: ModelEmbedder
) -> None:
    server.embed = lambda texts: [[5 * value for value in hash_vector(text, 64)] for text in texts]
    texts = [f"جملة رقم {number}" for number in range(150)]
    vectors = embedder.embed(texts)
    assert len(vectors) == 150
    for text, vector in zip(texts, vectors, strict=True):
        assert vector.dtype == np.float32
        assert vector == pytest.approx(hash_vector(text, 64), abs=1e-5)
    assert embedder.is_paid
    assert embedder.name == MODEL
    assert {request.body["model"] for request in server.requests} == {MODEL}


@pytest.mark.parametrize("fault", [Fail(429), Reset(), Garbage()], ids=repr)
def test_one_more_try_helps(
    server: OpenAIServer, embedder: ModelEmbedder, fault: Fail | Reset | Garbage
) -> None:
    server.embedding_faults.append(fault)
    assert len(embedder.embed(["سلام"])) == 1
    assert len(server.requests) == 2


@pytest.mark.parametrize("fault", [Fail(500, body="<html>no</html>"), Empty()], ids=repr)
def test_there_are_two_tries_and_no_more(
    server: OpenAIServer, embedder: ModelEmbedder, fault: Fail | Empty
) -> None:
    server.embedding_faults.extend([fault] * 4)
    failure = failure_of(embedder)
    assert MODEL in failure.message
    assert "OPENAI_EMBEDDING_MODEL" in failure.advice
    assert failure.retryable
    assert len(server.requests) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_what_trying_again_cannot_help_is_asked_once(
    server: OpenAIServer, embedder: ModelEmbedder, status: int
) -> None:
    server.embedding_faults.append(Fail(status, body={"error": {"message": f"no: {KEY}"}}))
    failure = failure_of(embedder)
    assert str(status) in failure.message
    assert not failure.retryable
    assert len(server.requests) == 1


def test_a_refused_key_is_not_shown(server: OpenAIServer) -> None:
    wrong = "sk-wrong-0987654321"
    failure = failure_of(embedder_at(server.url, openai_api_key=wrong), wrong)
    assert "401" in failure.message
    assert "OPENAI_API_KEY" in failure.advice


def test_a_server_that_is_not_there() -> None:
    with OpenAIServer(key=KEY) as server:
        url = server.url
    failure = failure_of(embedder_at(url))
    assert url in failure.message
    assert failure.retryable


def test_a_password_in_the_address_is_not_shown() -> None:
    with OpenAIServer(key=KEY) as server:
        url = server.url.replace("http://", "http://someone:hidden-word@")
    failure_of(embedder_at(url), "hidden-word")


def test_vectors_that_are_none_are_refused(server: OpenAIServer, embedder: ModelEmbedder) -> None:
    server.embed = lambda texts: [[float("nan")] * 64 for _ in texts]
    assert "vector" in failure_of(embedder).message


def test_too_few_vectors_are_refused(server: OpenAIServer, embedder: ModelEmbedder) -> None:
    server.embed = lambda texts: [hash_vector(text, 64) for text in texts[1:]]
    with pytest.raises(ModelUnavailable):
        embedder.embed(["one", "two", "three"])


def test_any_embedding_of_llamaindex_can_be_passed_in() -> None:
    from llama_index.core.embeddings import MockEmbedding

    embedder = ModelEmbedder("mock", settings_of(), MockEmbedding(embed_dim=4))
    assert embedder.embed(["سلام"])[0].tolist() == [0.5, 0.5, 0.5, 0.5]
