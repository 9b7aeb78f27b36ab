"""What an exception of a model's library means: one clear line, which never holds a secret."""

import re
import time
from email.utils import parsedate_to_datetime
from typing import Final

from rag.errors import ModelUnavailable

CUT_SHORT: Final = {
    "length": "The model's answer was longer than its server allows.",
    "content_filter": "The model server's filter stopped the answer.",
}
"""By the server's word for why it stopped, what became of an answer that is not whole."""
_TOO_LONG: Final = re.compile(
    r"context[ _](?:length|size|window)|(?:prompt|input|request) is too long|too many tokens",
    re.IGNORECASE,
)
"""As servers say it, in words or in a code."""
_CODE: Final = re.compile(r"[a-z_]{1,60}")
_UNREADABLE: Final = "The model server's answer cannot be read."
_WORTH_ANOTHER_TRY: Final = frozenset((408, 409, 425, 429))


class TooLong(ModelUnavailable):
    """What was sent is longer than the model can read; less of it may be read."""


def failure_of(error: Exception, name: str, host: str, *, past: bool) -> ModelUnavailable:
    """What an exception of the library means, in one line that holds nothing secret."""
    import httpx
    import openai

    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return _refusal(status, error, name)
    if past or isinstance(error, TimeoutError | httpx.TimeoutException | openai.APITimeoutError):
        message = "The model did not answer in time."
    elif isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
        message = "The model's answer broke off."
    elif isinstance(error, openai.APIConnectionError | httpx.HTTPError | OSError):
        at = f" at {host}" if host else ""
        return ModelUnavailable(
            f"The model server{at} cannot be reached.",
            "Check OPENAI_BASE_URL and the network.",
            retryable=True,
        )
    elif isinstance(error, ValueError | openai.APIResponseValidationError):
        message = _UNREADABLE
    elif isinstance(error, openai.APIError):
        message = "The model server failed."
    else:
        return ModelUnavailable(f"The model failed ({type(error).__name__}).")
    return ModelUnavailable(message, retryable=True)


def broken_off(finish: str | None, *, begun: bool) -> ModelUnavailable:
    """What an answer that ended too soon means: for the reason `finish`, or without any.

    Without one its connection was closed in the middle, or there never was a stream (`begun`).
    """
    if finish:
        return ModelUnavailable(CUT_SHORT[finish])
    broke_off = "The model's answer broke off."
    return ModelUnavailable(broke_off if begun else _UNREADABLE, retryable=True)


def _refusal(status: int, error: Exception, name: str) -> ModelUnavailable:
    code = getattr(error, "code", None)
    shown = f"{status}, {code}" if isinstance(code, str) and _CODE.fullmatch(code) else f"{status}"
    if status in (401, 403):
        return ModelUnavailable(
            f"The model server refused the key ({status}).", "Check OPENAI_API_KEY."
        )
    if status == 404:
        return ModelUnavailable(
            f"The model server does not know the model {name} ({status}).",
            "Check OPENAI_MODEL and OPENAI_BASE_URL.",
        )
    if code == "insufficient_quota":
        return ModelUnavailable(f"The quota of the model's key is used up ({status}).")
    if status in (400, 413, 422) and _TOO_LONG.search(f"{code} {error}"):
        return TooLong(
            f"What was sent is longer than the model can read ({status}).",
            "Let its server allow more context, or use another model.",
        )
    again = status in _WORTH_ANOTHER_TRY or status >= 500
    if status == 429:
        message = f"The model server is asked too often ({status})."
    elif again:
        message = f"The model server failed ({status})."
    else:
        message = f"The model server refused the request ({shown})."
    return ModelUnavailable(message, retryable=again, retry_after=_retry_after(error))


def _retry_after(error: Exception) -> float | None:
    """The seconds that the server asks to wait, given as seconds or as a date."""
    response = getattr(error, "response", None)
    value = response.headers.get("retry-after") if response is not None else None
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - time.time()
        except ValueError:
            return None
    return max(0.0, seconds) if seconds < 1e9 else None
