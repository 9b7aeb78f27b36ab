"""Telegram at the start, and answers of its that are none."""

import asyncio
import json
from typing import Any

import pytest

from bot.telegram.polling import Polling
from bot.telegram.transport import Wire
from bot.telegram.updates import KINDS
from tests.waiting import until


class Nonsense(Wire):
    """Answers a poll with what it is told to, one after the other; then properly."""

    def __init__(self, *answers: bytes) -> None:
        super().__init__()
        self.answers = [*answers]

    async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        if self.answers:
            return 200, self.answers.pop(0)
        await asyncio.sleep(0.01)
        update = {"update_id": 7, "message": {"text": "سؤال"}}
        return 200, json.dumps({"ok": True, "result": [update]}).encode()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>Bad Gateway</html>",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'{"ok": true}',
        b'{"ok": true, "result": null}',
        b'{"ok": true, "result": 7}',
        b'{"ok": true, "result": {"update_id": 1}}',
        b'{"ok": true, "result": [{}]}',
        b'{"ok": true, "result": [7]}',
    ],
)
async def test_a_poll_that_is_answered_with_nonsense_is_made_again(answer: bytes) -> None:
    taken: list[dict[str, Any]] = []

    async def accept(batch: list[dict[str, Any]]) -> None:
        taken.extend(one for one in batch if one["update_id"] == 7)

    async with Nonsense(answer) as wire:
        polling = Polling(wire, "http://nowhere/bot", KINDS, accept, poll=1)
        task = asyncio.create_task(polling.run())
        await until(lambda: taken)
        assert not task.done()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
