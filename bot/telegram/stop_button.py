"""Stopping an answer: the button below a message that shows its text so far, and `/stop`."""

from bot.rendering import WORDS
from bot.styled import Styled
from bot.telegram.delivery import Delivery
from bot.telegram.outbox import Outbox
from bot.telegram.routes import Heard, Notice, Press, Routes
from bot.telegram.stopping import STOP, Running


class StopButton:
    """Handles stops."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    def register(self, routes: Routes) -> None:
        """Has stops handled here."""
        routes.button(STOP, self.on_press)
        routes.command(STOP, self.on_command)

    @property
    def _running(self) -> Running:
        return self._outbox.running

    async def on_press(self, press: Press) -> Notice | None:
        """Stops the answer that the button stands below, if the presser has asked for it."""
        # Whoever writes a client of their own may press a button that there never was.
        message, is_number = press.query.message, press.data.isdecimal()
        answer = (
            self._running.find(message.chat.id, int(press.data)) if message and is_number else None
        )
        if answer is None:
            return Notice(WORDS("stopped-nothing", press.language))
        if answer.asker != press.asker:
            return Notice(WORDS("stop-not-yours", press.language))
        answer.stop()
        return None

    async def on_command(self, heard: Heard) -> None:
        """Stops what the asker has asked here."""
        if not self._running.stop_at(heard.message.place, heard.message.asker):
            words = Styled(WORDS("stopped-nothing", heard.language))
            await Delivery(self._outbox, heard.told, heard.language).send(words, heard.language)
