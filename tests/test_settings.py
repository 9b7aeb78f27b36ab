"""Every setting, as the interface has it."""

import re
from pathlib import Path

import pytest

from rag.errors import UsageError
from rag.settings import Settings, load_settings

EXAMPLE = Path(__file__).parents[1] / ".env.example"

DEFAULTS: dict[str, object] = {
    "DOCUMENTS_DIR": Path("seeds"),
    "DATA_DIR": Path(".isnad"),
    "CHROMA_URL": None,
    "CHROMA_API_KEY": None,
    "CHROMA_TENANT": "",
    "CHROMA_DATABASE": "",
    "WATCH_DOCUMENTS": False,
    "DATABASE_URL": None,
    "RETENTION_DAYS": 365,
    "OPENAI_API_KEY": None,
    "OPENAI_BASE_URL": None,
    "OPENAI_MODEL": "gpt-4.1-mini",
    "OPENAI_EMBEDDING_MODEL": "",
    "OPENAI_TIMEOUT": 60.0,
    "EVIDENCE_CHARACTERS": 12_000,
    "VERIFY_WITH_MODEL": True,
    "TELEGRAM_BOT_TOKEN": None,
    "TELEGRAM_API_URL": "https://api.telegram.org",
    "TELEGRAM_ADMIN_IDS": frozenset(),
    "TELEGRAM_ALLOWED_IDS": frozenset(),
    "TELEGRAM_RICH_MESSAGES": False,
    "QUESTIONS_PER_HOUR": 30,
    "QUESTIONS_PER_HOUR_IN_ALL": 0,
    "TOKENS_PER_DAY": 0,
    "TOKENS_PER_DAY_EACH": None,
    "WEBHOOK_URL": None,
    "WEBHOOK_SECRET": None,
    "WEBHOOK_PORT": 8443,
    "HTTP_PORT": None,
    "LOG_LEVEL": "INFO",
    "LOG_FORMAT": "text",
    "LOG_QUESTIONS": False,
}
SECRETS = ("OPENAI_API_KEY", "CHROMA_API_KEY", "DATABASE_URL", "TELEGRAM_BOT_TOKEN")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal() -> str:
    with pytest.raises(UsageError) as caught:
        load_settings()
    assert caught.value.exit_status == 2
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.usefixtures("place")
def test_every_setting_of_the_interface_has_its_default_and_there_is_no_other() -> None:
    settings = load_settings()
    assert {name.upper(): getattr(settings, name) for name in Settings.model_fields} == DEFAULTS


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("DOCUMENTS_DIR", "/some/where", Path("/some/where")),
        ("WATCH_DOCUMENTS", "true", True),
        ("VERIFY_WITH_MODEL", "0", False),
        ("CHROMA_URL", "http://127.0.0.1:8000/", "http://127.0.0.1:8000"),
        ("OPENAI_BASE_URL", "http://localhost:11434/v1/", "http://localhost:11434/v1"),
        ("OPENAI_TIMEOUT", "2.5", 2.5),
        ("RETENTION_DAYS", "7", 7),
        ("TELEGRAM_ADMIN_IDS", "1, 22،333", frozenset({1, 22, 333})),
        ("TELEGRAM_ALLOWED_IDS", "-100123,5", frozenset({-100123, 5})),
        ("TELEGRAM_ADMIN_IDS", " , ", frozenset()),
        ("QUESTIONS_PER_HOUR", "0", 0),
        ("HTTP_PORT", "8080", 8080),
        ("LOG_FORMAT", "json", "json"),
    ],
)
def test_a_setting_is_taken_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, name: str, written: str, value: object
) -> None:
    monkeypatch.setenv(name, written)
    assert getattr(load_settings(), name.lower()) == value


@pytest.mark.parametrize("name", DEFAULTS)
def test_an_empty_value_is_the_default(
    place: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "")
    (place / ".env").write_text(f"{name}=\n")
    assert getattr(load_settings(), name.lower()) == DEFAULTS[name]


def test_the_environment_wins_over_the_file(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / ".env").write_text("OPENAI_MODEL=one\nRETENTION_DAYS=7\n# مثال\n", encoding="utf-8")
    monkeypatch.setenv("OPENAI_MODEL", "two")
    settings = load_settings()
    assert (settings.openai_model, settings.retention_days) == ("two", 7)


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("RETENTION_DAYS", "soon"),
        ("RETENTION_DAYS", "0"),
        ("OPENAI_TIMEOUT", "0"),
        ("OPENAI_TIMEOUT", "nan"),
        ("OPENAI_BASE_URL", "localhost"),
        ("OPENAI_BASE_URL", "ftp://example.org"),
        ("CHROMA_URL", "::"),
        ("TELEGRAM_API_URL", "not a url"),
        ("TELEGRAM_ADMIN_IDS", "me"),
        ("TELEGRAM_ADMIN_IDS", "1,two"),
        ("TELEGRAM_ALLOWED_IDS", "1.5"),
        ("QUESTIONS_PER_HOUR", "-1"),
        ("TOKENS_PER_DAY", "many"),
        ("WATCH_DOCUMENTS", "perhaps"),
        ("VERIFY_WITH_MODEL", "7"),
        ("WEBHOOK_URL", "here"),
        ("WEBHOOK_PORT", "0"),
        ("HTTP_PORT", "70000"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_an_unusable_value_is_one_line_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, written: str
) -> None:
    monkeypatch.setenv(name, written)
    assert refusal().startswith(f"{name}: ")


@pytest.mark.usefixtures("place")
def test_a_webhook_needs_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.example.org")
    assert refusal().startswith("WEBHOOK_SECRET: ")
    monkeypatch.setenv("WEBHOOK_SECRET", "hidden-word")
    assert load_settings().webhook_url == "https://bot.example.org"


def test_an_unknown_name_in_the_file_is_refused(place: Path) -> None:
    (place / ".env").write_text("OPENAI_MODEL=one\nOPENAI_MODLE=two\n")
    assert refusal().startswith("OPENAI_MODLE: ")
    assert ".env" in refusal()


@pytest.mark.usefixtures("place")
def test_other_variables_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_MODLE", "TELEGRAM_TOKEN", "DOCUMENTS", "OPENAI_ORGANIZATION"):
        monkeypatch.setenv(name, "x")
    assert load_settings() == Settings()


def test_a_file_that_is_not_text_is_refused(place: Path) -> None:
    (place / ".env").write_bytes(b"OPENAI_MODEL=\xff\xfe\n")
    assert ".env" in refusal()


def test_a_folder_of_that_name_is_no_file(place: Path) -> None:
    (place / ".env").mkdir()
    assert load_settings().openai_model == DEFAULTS["OPENAI_MODEL"]


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("name", [*SECRETS, "WEBHOOK_SECRET"])
def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "postgresql://user:hidden-word@host/db")
    settings = load_settings()
    assert "hidden-word" not in f"{settings!r} {settings}"
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    assert "hidden-word" not in refusal()


@pytest.mark.usefixtures("place")
def test_a_wrong_value_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "user:hidden-word@host")
    assert "hidden-word" not in refusal()


@pytest.mark.usefixtures("place")
def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().openai_model = "another"


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("variables", "model", "address", "embedding"),
    [
        ({}, False, "https://api.openai.com/v1", ""),
        ({"OPENAI_API_KEY": "k"}, True, "https://api.openai.com/v1", "text-embedding-3-small"),
        ({"OPENAI_BASE_URL": "http://h/v1"}, True, "http://h/v1", ""),
        ({"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "http://h/v1"}, True, "http://h/v1", ""),
        (
            {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "https://api.openai.com/v1/"},
            True,
            "https://api.openai.com/v1",
            "text-embedding-3-small",
        ),
        (
            {"OPENAI_BASE_URL": "http://h/v1", "OPENAI_EMBEDDING_MODEL": "mine"},
            True,
            "http://h/v1",
            "mine",
        ),
    ],
)
def test_what_writes_and_what_embeds_follows_from_key_and_address(
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    model: bool,
    address: str,
    embedding: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert (settings.model_enabled, settings.model_address) == (model, address)
    assert settings.embedding_model == embedding


def test_the_example_lists_every_setting_once_with_its_default_and_a_line_about_it(
    place: Path,
) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    names = re.findall(r"^([A-Z_]+)=", text, re.MULTILINE)
    assert sorted(names) == sorted(DEFAULTS)
    (place / ".env").write_text(text, encoding="utf-8")
    assert load_settings() == Settings(_env_file=None)  # type: ignore[call-arg]
    written = dict(re.findall(r"^([A-Z_]+)=(.*)$", text, re.MULTILINE))
    for name, default in DEFAULTS.items():
        assert bool(written[name]) == bool(default not in (None, "", frozenset()))
    lines = text.splitlines()
    for place_, line in enumerate(lines):
        if "=" in line and not line.startswith("#"):
            assert lines[place_ - 1].startswith("#") or "=" in lines[place_ - 1]
