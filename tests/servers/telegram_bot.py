"""The bot as the server knows it: its methods, all together."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from .telegram_answers import AnswerMethods
from .telegram_posts import PostMethods
from .telegram_profile import ProfileMethods
from .telegram_refusals import Object
from .telegram_updates import UpdateMethods

if TYPE_CHECKING:
    from .bot_api import BotApiServer


class BotSide(UpdateMethods, PostMethods, AnswerMethods, ProfileMethods):
    """Everything that the bot can do."""

    def __init__(self, server: "BotApiServer") -> None:
        super().__init__(server)
        self.methods: dict[str, Callable[[Object], object]] = self.named()
        self.names = {name.lower(): name for name in self.methods}  # which Telegram ignores
