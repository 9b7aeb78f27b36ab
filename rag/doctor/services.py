"""The services that others run: the model, its embeddings, Telegram."""

import asyncio
import time
from enum import StrEnum
from typing import Any, Final

from rag.answers.model import Message, Model
from rag.doctor.examination import Answered, Examination, Finding
from rag.errors import ModelUnavailable
from rag.index.ledger import Ledger, exists
from rag.knowledge_base import embedder_of
from rag.settings import Settings

_PATIENCE: Final = 30.0
"""Seconds that a model has for one word; it may have to be loaded first."""
_TRIAL: Final = (Message("user", "Say: yes"),)


def embeddings(examination: Examination) -> Finding:
    """Whether the embedding model embeds, and as wide as what is kept."""
    settings = examination.settings
    if not settings.embedding_model:
        return Finding("embeddings", True, "Local, with no model.")
    (vector,) = embedder_of(settings).embed(["سلام"])
    says = f"{settings.embedding_model}: {len(vector)} dimensions."
    kept = _width_of_index(settings)
    if kept and kept != len(vector):
        return Finding(
            "embeddings",
            False,
            f"{says} What is indexed has {kept}.",
            "`rag index --rebuild` embeds all passages anew.",
        )
    return Finding("embeddings", True, says)


def _width_of_index(settings: Settings) -> int:
    """The dimensions of the vectors of this model that are indexed; 0 where there are none."""
    if not exists(settings.data_dir):
        return 0
    with Ledger(settings.data_dir) as ledger:
        is_its = ledger.embedding == embedder_of(settings).name
        return (ledger.width or 0) if is_its else 0


def model(examination: Examination) -> Finding:
    """Whether the model writes a word."""
    settings = examination.settings
    if not settings.model_enabled:
        return Finding("model", None, "None; answers are made of quotes. OPENAI_API_KEY sets one.")
    model_trouble(examination)  # its clock is compared; what the model itself says is the finding
    where = f"{settings.openai_model} at {settings.shown_model_address}"
    began = time.monotonic()
    try:
        asyncio.run(_say_a_word(settings))
    except ModelUnavailable as failure:
        return Finding("model", False, f"{where}: {failure.message}", failure.advice)
    seconds = time.monotonic() - began
    return Finding("model", True, f"{where} answers (after {seconds:.1f} s).")


async def _say_a_word(settings: Settings) -> None:
    asked = Model.from_settings(settings)
    try:
        await asked.prepare()  # libraries take seconds of their own
        async for _ in (reply := asked.stream(_TRIAL, time.monotonic() + _PATIENCE)):
            break
        await reply.aclose()
    finally:
        await asked.aclose()


class Trouble(StrEnum):
    """What a free request tells of a model that cannot write."""

    UNREACHABLE = "unreachable"
    KEY_REFUSED = "key-refused"
    NOT_LISTED = "not-listed"


def model_trouble(examination: Examination) -> Trouble | None:
    """What is wrong with the model's key, name or address, as far as its server's list tells.

    None where nothing speaks against asking it, or where the server has no list of models.
    """
    settings = examination.settings
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else ""
    answer = examination.ask(settings.model_host, f"{settings.shown_model_address}/models", key)
    if answer.status == 0:
        return Trouble.UNREACHABLE
    if answer.status in (401, 403):
        return Trouble.KEY_REFUSED
    names = _names_in(answer)
    return Trouble.NOT_LISTED if names and settings.openai_model not in names else None


def _names_in(answer: Answered) -> set[str]:
    """The models of a list; Ollama calls its newest `name:latest`, and answers to `name`."""
    data = answer.body.get("data") if isinstance(answer.body, dict) else None
    entries: list[Any] = data if isinstance(data, list) else []
    names = {str(one["id"]) for one in entries if isinstance(one, dict) and "id" in one}
    return names | {name.removesuffix(":latest") for name in names}


def telegram(examination: Examination) -> Finding:
    """Whether Telegram knows the token, and what else gets its updates."""
    settings = examination.settings
    token = settings.telegram_bot_token
    if not token:
        return Finding("telegram", None, "No token; the bot talks in the terminal.")
    address = f"{settings.telegram_api_url}/bot{token.get_secret_value()}"
    answer = examination.ask(settings.telegram_host, f"{address}/getMe", body={})
    if answer.status != 200:
        advice = {
            401: "The token is refused: get one from @BotFather.",
            404: "The token is refused: get one from @BotFather.",
            0: "It cannot be reached: check TELEGRAM_API_URL and the network.",
        }.get(answer.status, "Try again later.")
        says = f"{settings.telegram_host} does not accept the token ({answer.status or 'none'})."
        return Finding("telegram", False, says, advice)
    name = _result(answer).get("username", "?")
    says = f"{settings.telegram_host} knows the token: @{name}."
    webhook = _result(examination.ask(settings.telegram_host, f"{address}/getWebhookInfo", body={}))
    if settings.webhook_url and (trouble := webhook.get("last_error_message")):
        return Finding(
            "telegram",
            False,
            f"{says} It could not deliver updates: {trouble}.",
            "Check WEBHOOK_URL, its certificate and the proxy before it.",
        )
    return Finding("telegram", True, says)


def _result(answer: Answered) -> dict[str, Any]:
    result = answer.body.get("result") if isinstance(answer.body, dict) else None
    return result if isinstance(result, dict) else {}
