"""A conversation about scripted answers."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.access import Access
from bot.admin.counting import Counting
from bot.admin.office import Office
from bot.conversation import Conversation
from bot.evidence import CitedFiles
from bot.rendering import WORDS
from bot.store import Store
from bot.upkeep import Upkeep
from rag.settings import Settings
from tests.bot.doubles import CITATION, ScriptedKnowledge

EVERYONE = Access(
    admins=frozenset({1}), allowed=frozenset(), questions_per_hour=0, tokens_per_day=0
)
Talk = Callable[..., Conversation]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "conversations.sqlite3")
    yield store
    store.close()


@pytest.fixture
def settings() -> Settings:
    return Settings.model_construct()


@pytest.fixture
def knowledge() -> ScriptedKnowledge:
    return ScriptedKnowledge()


@pytest.fixture
def upkeep(knowledge: ScriptedKnowledge, store: Store, settings: Settings) -> Upkeep:
    return Upkeep(knowledge, store, settings)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The documents folder, with the file that `CITATION` cites."""
    folder = tmp_path / "documents"
    folder.mkdir()
    text = f"عنوان آخر\n{CITATION.quote}.\nوهذا ما بعده.\n"
    (folder / CITATION.file).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def talk(knowledge: ScriptedKnowledge, store: Store, settings: Settings, folder: Path) -> Talk:
    """A conversation; the arguments change who may do what (1 is an admin)."""

    def make(**access: Any) -> Conversation:
        rules = replace(EVERYONE, **access)
        office = Office.open(settings, knowledge, store, rules, Counting())
        documents = CitedFiles(folder, lambda *_: [])
        return Conversation(knowledge, store, rules, office, documents, WORDS)

    return make
