"""aiogram's models are a judge of every update; they take seconds to import, hence a file."""

from importlib.util import find_spec

import pytest

from .bot_api import BotApiServer
from .telegram_models import findings
from .telegram_scenes import KINDS, everything

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
