"""What the buttons below answers and evidence do, and links to evidence from elsewhere."""

import logging
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import Final

from telegram import InlineKeyboardMarkup, MaybeInaccessibleMessage, Message
from telegram.error import BadRequest

from bot.conversation import Conversation
from bot.evidence import Evidence
from bot.message import command_of
from bot.proof import Opening, Opinion, Proof
from bot.rendering import WORDS, Renderer
from bot.reply import Opened, Reply, Said
from bot.store import Place
from bot.store.feedback import Verdict
from bot.styled import Styled, parts
from bot.telegram.buttons import (
    CITE,
    FILE,
    JUDGE,
    LEAF,
    SAY,
    below_evidence,
    below_offer,
)
from bot.telegram.outbox import Attachment, Outbox
from bot.telegram.routes import Heard, Notice, Press, Routes
from bot.telegram.updates import topic_of
from rag.text.hidden import visible_line

_log = logging.getLogger(__name__)

LARGEST: Final = 50 * 1_000_000
"""Bytes of a file that a bot may send."""
_MOST_KNOWN: Final = 1_000


class Callbacks:
    """Handles the presses that readers make."""

    def __init__(self, conversation: Conversation, outbox: Outbox) -> None:
        self._conversation, self._outbox = conversation, outbox
        self._renderer = Renderer(quotes=True, buttons=True)
        self._files: dict[tuple[str, int], str] = {}

    @property
    def _proof(self) -> Proof:
        return self._conversation.proof

    def register(self, routes: Routes) -> None:
        """Has these buttons handled here."""
        routes.button(CITE, self.cite)
        routes.button(LEAF, self.leaf)
        routes.button(FILE, self.file)
        routes.button(JUDGE, self.judge)
        routes.button(SAY, self.say)
        routes.deep_link(CITE, self.follow)

    async def cite(self, press: Press) -> Notice | None:
        """Shows the evidence in a message that replies to the answer."""
        message = press.query.message
        opened = await self._proof.evidence(_opening(press.data), press.language)
        if isinstance(opened, Said) or message is None:
            return _notice(opened)
        # Telegram says no topic of a message that is too old to be read.
        place = Place(message.chat.id, opened.place.topic)
        return Notice(then=partial(self._show, opened, place, message.message_id))

    async def leaf(self, press: Press) -> Notice | None:
        """Shows another passage in the place of the one above the button."""
        message = press.query.message
        opened = await self._proof.evidence(_opening(press.data), press.language)
        if isinstance(opened, Said) or message is None:
            return _notice(opened)
        keyboard = below_evidence(opened.evidence, opened.language)
        return Notice(then=partial(self._put, message, opened, keyboard))

    async def file(self, press: Press) -> Notice | None:
        """Sends the file in which a citation stands."""
        message = press.query.message
        opened = await self._proof.evidence(_opening(press.data), press.language)
        if isinstance(opened, Said) or message is None:
            return _notice(opened)
        content = await self._proof.file(opened.evidence.file)
        if content is None:
            return Notice(WORDS("file-gone", press.language), alert=True)
        if len(content) > LARGEST:
            return Notice(WORDS("file-large", press.language), alert=True)
        place = Place(message.chat.id, opened.place.topic)
        return Notice(
            then=partial(
                self._send_file,
                opened.evidence,
                content,
                place,
                message.message_id,
                press.language,
            )
        )

    async def judge(self, press: Press) -> Notice:
        """Keeps what the presser thinks."""
        answer_id, number, verdict = _three(press.data)
        if verdict not in tuple(Verdict):
            return Notice()
        opinion = Opinion(answer_id, _number(number), Verdict(verdict), press.asker)
        said = await self._proof.judge(opinion, press.language)
        return Notice(said.text)

    async def say(self, press: Press) -> Notice | None:
        """Says what the button stands for, and puts the reply in the place of the offer."""
        message, command = press.query.message, command_of(press.data)[0]
        if message is None or command != "language":
            return None
        asked = replace(press.message, text=press.data)
        reply = await self._conversation.reply(asked)
        keyboard = below_offer(reply.choices) if isinstance(reply, Said) else None
        return Notice(then=partial(self._put, message, reply, keyboard))

    async def follow(self, heard: Heard) -> None:
        """Shows the evidence that a link leads to: `/start cite_<answer>_<n>`."""
        language, place = heard.language, heard.message.place
        refusal = self._conversation.refusal(heard.message, language)
        opening = _opening(heard.argument.replace("_", ":"))
        opened = refusal or await self._proof.evidence(opening, language)
        if isinstance(opened, Opened):
            await self._show(opened, place, heard.told.message_id)
        else:
            text, question = Styled(opened.text), heard.told.message_id
            await self._outbox.send(
                place.chat, text, language, topic=place.topic, reply_to=question
            )

    async def _show(self, opened: Opened, place: Place, reply_to: int) -> None:
        await self._outbox.send(
            place.chat,
            self._renderer.reply(opened),
            opened.language,
            topic=place.topic,
            reply_to=reply_to,
            keyboard=below_evidence(opened.evidence, opened.language),
        )

    async def _put(
        self, message: MaybeInaccessibleMessage, reply: Reply, keyboard: InlineKeyboardMarkup | None
    ) -> None:
        """Puts a reply in the place of a message."""
        text = parts(self._renderer.reply(reply), reply.language)[0]
        topic = topic_of(message) if isinstance(message, Message) else 0
        place = Place(message.chat.id, topic)
        await self._outbox.replace(place, message.message_id, text, reply.language, keyboard)

    async def _send_file(
        self, evidence: Evidence, content: bytes, place: Place, reply_to: int, language: str
    ) -> None:
        """Sends a file; what Telegram has already is not sent up again."""
        name = visible_line(PurePosixPath(evidence.file).name)
        key = (evidence.file, hash(content))

        async def send(file: Attachment | str) -> Message:
            return await self._outbox.send_file(
                place.chat, file, language, topic=place.topic, reply_to=reply_to
            )

        if known := self._files.get(key):
            try:
                await send(known)
            except BadRequest as refusal:
                _log.info("A file has to be sent up again: %s", refusal)
            else:
                return
        self._remember_file(key, await send(Attachment(name, content)))

    def _remember_file(self, key: tuple[str, int], sent: Message) -> None:
        if sent.document:
            while len(self._files) >= _MOST_KNOWN:
                del self._files[next(iter(self._files))]
            self._files[key] = sent.document.file_id


def _opening(data: str) -> Opening:
    answer_id, number, step = _three(data)
    return Opening(answer_id, _number(number), _number(step))


def _three(data: str) -> tuple[str, str, str]:
    answer_id, number, rest, *_ = [*data.split(":"), "", "", ""]
    return answer_id, number, rest


def _number(text: str) -> int:
    """A number of callback data, which anybody may have made up."""
    return int(text) if text.removeprefix("-").isdecimal() and len(text) < 5 else 0


def _notice(reply: Opened | Said) -> Notice | None:
    return Notice(reply.text, alert=True) if isinstance(reply, Said) else None
