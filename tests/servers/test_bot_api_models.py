"""aiogram's models are a judge of every update; they take seconds to import, hence a file."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from .bot_api import BotApiServer
from .telegram_models import findings
from .telegram_scenes import KINDS, everything

PROJECT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(find_spec("aiogram") is None, reason="aiogram is not installed")


def test_every_kind_of_update_is_known_to_aiogram(server: BotApiServer) -> None:
    everything(server)
    assert {kind for update in server.told for kind in update} == KINDS | {"update_id"}
    assert findings(server.told) == []


def test_aiogram_sees_what_is_wrong() -> None:
    chat = {"id": 7, "type": "private", "first_name": "x"}
    message = {"message_id": 1, "date": 1, "chat": chat, "txet": "x"}
    assert findings([{"update_id": 1, "message": message}]) == ["unknown field update.message.txet"]
    assert "chat" in findings([{"update_id": 1, "message": {**message, "chat": 7}}])[0]


def test_what_a_session_has_handed_out_is_looked_at_at_its_end(tmp_path: Path) -> None:
    """A process that runs tests hands over an update that is none: the session fails."""
    tests = tmp_path / "test_told.py"
    tests.write_text(
        "from tests.servers import telegram_told\n"
        "def test_one(): telegram_told.note([{'update_id': 2**40, 'message': {'message_id': 1}}])\n"
    )
    (tmp_path / "conftest.py").write_text(
        "from tests.conftest import pytest_sessionfinish, pytest_testnodedown\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-n", "1", "-c", "/dev/null", str(tests)]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert ran.returncode == 1, ran.stdout
    assert "1 passed" in ran.stdout
    assert "Updates that are none:" in ran.stderr
