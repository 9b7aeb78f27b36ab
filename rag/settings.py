"""The settings: environment variables, or `.env` in the working directory.

Built once, at the entry point, and handed down. An unusable value is a `UsageError` of one line
that names the variable.
"""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    HttpUrl,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from rag.errors import UsageError

OPENAI_URL = "https://api.openai.com/v1"
TELEGRAM_URL = "https://api.telegram.org"


def _ids(value: object) -> object:
    if isinstance(value, str):
        return [part.strip() for part in value.replace("،", ",").split(",") if part.strip()]
    return value


def _address(value: HttpUrl) -> str:
    return str(value).rstrip("/")


def _of_postgresql(value: SecretStr) -> SecretStr:
    if urlsplit(value.get_secret_value()).scheme not in {"postgresql", "postgres"}:
        raise ValueError("is not postgresql://user:password@host:port/database")
    return value


Ids = Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)]
Address = Annotated[HttpUrl, AfterValidator(_address)]


class Settings(BaseSettings):
    """Every setting of Isnad; `.env.example` shows them with their defaults."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
    )

    documents_dir: Path = Field(
        default=Path("seeds"), description="The folder of documents, read recursively."
    )
    data_dir: Path = Field(default=Path(".isnad"), description="Everything Isnad stores.")
    watch_documents: bool = Field(
        default=False, description="Follow the folder and bring the index up to date by itself."
    )
    chroma_url: Address | None = Field(
        default=None, description="A Chroma server; empty: embedded, under DATA_DIR."
    )
    chroma_api_key: SecretStr | None = Field(default=None, description="For Chroma Cloud.")
    chroma_tenant: str = Field(default="", description="The tenant on the Chroma server.")
    chroma_database: str = Field(default="", description="The database on the Chroma server.")
    database_url: Annotated[SecretStr, AfterValidator(_of_postgresql)] | None = Field(
        default=None, description="PostgreSQL, shared by replicas; empty: SQLite under DATA_DIR."
    )
    retention_days: int = Field(
        default=365, ge=1, le=36_500, description="How many days conversations are kept."
    )

    openai_api_key: SecretStr | None = Field(
        default=None,
        description="With neither this nor OPENAI_BASE_URL, answers are made of quotes.",
    )
    openai_base_url: Address | None = Field(
        default=None, description="Any OpenAI-compatible server; empty: OpenAI's own."
    )
    openai_model: str = Field(default="gpt-4.1-mini", description="Writes the answers.")
    openai_embedding_model: str = Field(
        default="",
        description="Empty: text-embedding-3-small with OpenAI's own server, else local.",
    )
    openai_timeout: float = Field(
        default=60, ge=1, le=3600, description="Seconds one answer may take, retries included."
    )
    evidence_characters: int = Field(
        default=12_000,
        ge=1_000,
        le=1_000_000,
        description="Of sources in one request; fewer for a model with a small context window.",
    )
    verify_with_model: bool = Field(
        default=True, description="A second, short call judges the claims."
    )

    telegram_bot_token: SecretStr | None = Field(default=None, description="From @BotFather.")
    telegram_api_url: Address = Field(
        default=TELEGRAM_URL, description="Base address of a Bot API server.", validate_default=True
    )
    telegram_admin_ids: Ids = Field(
        default=frozenset(), description="User ids, comma-separated, that may /reindex."
    )
    telegram_allowed_ids: Ids = Field(
        default=frozenset(), description="User or group ids that may ask; empty: everyone."
    )
    telegram_rich_messages: bool = Field(
        default=False,
        description="Answers as rich messages, right to left; old apps do not show these.",
    )
    questions_per_hour: int = Field(default=30, ge=0, description="Per user; 0: no limit.")
    questions_per_hour_in_all: int = Field(
        default=0, ge=0, description="All users together; 0: no limit."
    )
    tokens_per_day: int = Field(
        default=0, ge=0, description="Of the model, all users together; 0: no limit."
    )
    tokens_per_day_each: int | None = Field(
        default=None,
        ge=0,
        description="Of these, per user; empty: a quarter; 0: no limit of one's own.",
    )
    webhook_url: Address | None = Field(default=None, description="Webhook instead of polling.")
    webhook_secret: SecretStr | None = Field(default=None, description="Secret of the webhook.")
    webhook_port: int = Field(default=8443, ge=1, le=65_535, description="Port of the webhook.")
    http_port: int | None = Field(
        default=None, ge=1, le=65_535, description="Serves /healthz, /readyz, /metrics; empty: off."
    )

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much is logged."
    )
    log_format: Literal["text", "json"] = Field(default="text", description="Form of the log.")
    log_questions: bool = Field(
        default=False, description="Log what is asked; without, its length alone."
    )

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> "Settings":
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("WEBHOOK_SECRET: is needed with WEBHOOK_URL")
        return self

    @property
    def model_enabled(self) -> bool:
        """Whether a model writes the answers."""
        return bool(self.openai_api_key or self.openai_base_url)

    @property
    def model_address(self) -> str:
        """The address of the model server."""
        return str(self.openai_base_url or OPENAI_URL)

    @property
    def shown_model_address(self) -> str:
        """The address of the model server without a user and password that may stand in it."""
        parts = urlsplit(self.model_address)
        return f"{parts.scheme}://{self.model_host}{parts.path}"

    @property
    def model_host(self) -> str:
        """The host and port of the model server: what of its address may be shown."""
        return urlsplit(self.model_address).netloc.rpartition("@")[2]

    @property
    def telegram_host(self) -> str:
        """The host and port of the Bot API server: what of its address may be shown."""
        return urlsplit(str(self.telegram_api_url)).netloc.rpartition("@")[2]

    @property
    def embedding_model(self) -> str:
        """The name of the model that embeds; empty for local embeddings."""
        if self.openai_embedding_model:
            return self.openai_embedding_model
        with_openai = self.openai_api_key and self.model_address == OPENAI_URL
        return "text-embedding-3-small" if with_openai else ""


def load_settings() -> Settings:
    """The settings of this process. UsageError, naming the variable, where a value is unusable."""
    try:
        return Settings()
    except ValidationError as error:
        raise UsageError(_first_problem(error)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f".env: cannot be read ({error}).") from None


def _first_problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
    name = str(problem["loc"][0]).upper() if problem["loc"] else ""
    if problem["type"] == "extra_forbidden":
        return f"{name}: no such setting (in .env); .env.example lists them all."
    message = problem["msg"].removeprefix("Value error, ")
    return f"{name}: {message}." if name else f"{message}."
