"""PostgreSQL: connections that give up in time, and errors that never show the password."""

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from rag.errors import DatabaseUnavailable, UsageError

if TYPE_CHECKING:
    from psycopg import Connection

_DEFAULTS: Final[dict[str, Any]] = {
    "connect_timeout": 5,
    "application_name": "isnad",
    # A peer that has vanished is noticed in 10 seconds, not in the system's 2 hours.
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""Seconds, but `tcp_user_timeout` milliseconds. What the URL says of them goes first."""


def connect(url: SecretStr) -> "Connection[tuple[Any, ...]]":
    """A connection of single statements. DatabaseUnavailable where there is none to be had.

    UsageError where `url` is no address of PostgreSQL.
    """
    import psycopg
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    try:
        named = conninfo_to_dict(url.get_secret_value())
    except psycopg.Error:
        # Its text repeats what it could not read.
        raise UsageError(
            "DATABASE_URL: is no address of PostgreSQL"
            " (postgresql://user:password@host:port/database)."
        ) from None
    try:
        # Prepared statements would not survive a pooler between us and the server.
        return psycopg.connect(
            make_conninfo(**(_DEFAULTS | named)), autocommit=True, prepare_threshold=None
        )
    except psycopg.Error as error:
        raise unavailable(url, error) from None


def unavailable(url: SecretStr, error: Exception) -> DatabaseUnavailable:
    """What is told of an error of the server at `url`."""
    return DatabaseUnavailable(
        f"PostgreSQL at {shown(url)} cannot be used ({reason(url, error)}).",
        "Check DATABASE_URL, and that the server runs.",
    )


def shown(url: SecretStr) -> str:
    """What may be shown of the address: host, port and database."""
    try:
        parts = urlsplit(url.get_secret_value())
    except ValueError:
        return "DATABASE_URL"
    return f"{parts.netloc.rpartition('@')[2]}{parts.path}"


def reason(url: SecretStr, error: Exception) -> str:
    """An error's text on one line, without the URL and its password."""
    text = " ".join(str(error).split()) or type(error).__name__
    secrets = [url.get_secret_value(), *_passwords(url)]
    for secret in secrets:
        text = text.replace(secret, "…")
    return text


def _passwords(url: SecretStr) -> list[str]:
    """The password in `url` in every way it can be written."""
    from psycopg.conninfo import conninfo_to_dict

    written = urlsplit(url.get_secret_value()).password
    named = conninfo_to_dict(url.get_secret_value()).get("password")
    found = {str(one) for one in (written, named, unquote(written or "")) if one}
    return sorted(found, key=len, reverse=True)
