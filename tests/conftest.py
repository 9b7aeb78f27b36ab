"""What every test stands on: no network but this machine's, no settings but its own."""

import asyncio
import gc
import os
import signal
import sys
import warnings
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from rag.settings import Settings
from tests.library import SECRET, Library, settings_of
from tests.offline import sitecustomize as offline
from tests.servers import telegram_told
from tests.servers.postgresql import PostgreSQL, PostgreSQLMissing

if TYPE_CHECKING:
    from rag.knowledge_base import KnowledgeBase

# As the bot's own package says: without it python-telegram-bot warns of what it will change.
os.environ.setdefault("PTB_TIMEDELTA", "true")

# The first example of a test may have to load the lexicon, and the machine may be busy.
hypothesis_settings.register_profile(
    "exploring", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
# The same examples each time: what has passed once passes again.
hypothesis_settings.register_profile(
    "repeating", hypothesis_settings.get_profile("exploring"), derandomize=True
)
hypothesis_settings.load_profile("repeating" if os.environ.get("CI") else "exploring")

SEEDS = Path(__file__).parents[1] / "seeds"
_PROXIES = {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"}


@pytest.fixture(autouse=True, scope="session")
def _plain_environment() -> Iterator[None]:
    """No setting comes from whoever runs the tests, and no proxy stands before loopback."""
    unwanted = {name.upper() for name in Settings.model_fields} | _PROXIES
    with pytest.MonkeyPatch.context() as environment:
        for name in [name for name in os.environ if name.upper() in unwanted]:
            environment.delenv(name)
        yield


def _measure_children(event: str, arguments: tuple[Any, ...]) -> None:
    """Where coverage is measured, it is in processes too that are given an environment."""
    if event == "subprocess.Popen" and isinstance(environment := arguments[3], dict):
        environment.setdefault(_MEASURING, os.environ[_MEASURING])


if (_MEASURING := "COVERAGE_PROCESS_CONFIG") in os.environ:
    sys.addaudithook(_measure_children)


@pytest.fixture(autouse=True, scope="session")
def _interruptible() -> None:
    """Ctrl-C ends the processes of tests, also where a shell runs the tests in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _offline() -> Iterator[None]:
    """A test that asks for another machine fails, even where the program carries on without it."""
    offline.refused.clear()
    yield
    assert not offline.refused


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays to the end: no search for garbage has to go through it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Chroma's client leaves the connections that it closes to the search for garbage: here.

    And every update that a server handed out is looked at: one that is none fails the session.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["updates"] = telegram_told.handed_over()
    elif wrong := telegram_told.wrong():
        sys.stderr.write("\n".join(["", "Updates that are none:", *wrong, ""]))
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A process that ran tests hands over what its servers handed out."""
    telegram_told.take(getattr(node, "workeroutput", {}).get("updates", "[]"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test fails whose output holds a key or a token, whatever else it shows."""
    report = yield
    leaks = [title for title, text in report.sections if SECRET.search(text)]
    if leaks and report.passed:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} ({call.when}) shows a secret in: {', '.join(leaks)}"
    return report


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server on this machine; the test is skipped where it cannot be had."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(PostgreSQL.running())
        except PostgreSQLMissing as reason:
            pytest.skip(f"PostgreSQL: {reason}")
        yield server


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five documents that come with Isnad."""
    return SEEDS


@pytest.fixture(scope="session")
def seeds_knowledge(
    seeds: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator["KnowledgeBase"]:
    """The seeds, indexed; not to be changed."""
    # Not at the top: most tests need none of it.
    from rag.knowledge_base import KnowledgeBase

    settings = settings_of(documents_dir=seeds, data_dir=tmp_path_factory.mktemp("seeds"))
    with KnowledgeBase.open(settings) as knowledge:
        asyncio.run(knowledge.sync())
        yield knowledge


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty folder of documents and no index yet."""
    return Library(tmp_path)
