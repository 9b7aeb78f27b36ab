"""Rich messages (Bot API 10.1): a whole answer in one message that runs from right to left.

Classic messages have no direction of their own. Old apps show nothing of a rich one, so whoever
runs the bot has to want them; where the server does not know them, they are given up for good.
"""

import logging
from html import escape
from typing import Any, Final

from telegram import Bot, InlineKeyboardMarkup, Message
from telegram.error import BadRequest, EndPointNotFound

from bot.styled import RIGHT_TO_LEFT, Style, Styled
from bot.telegram.letter import Letter

_log = logging.getLogger(__name__)

LONGEST: Final = 32_768
"""Characters of a rich message."""
MOST_BLOCKS: Final = 500
_MOST_REFUSALS: Final = 3
"""In a row, before rich messages are given up."""


class RichMessages:
    """Sends rich messages as long as they are wanted and taken."""

    def __init__(self, *, wanted: bool) -> None:
        self.is_on = wanted
        self._refusals = 0

    async def send(
        self,
        bot: Bot,
        chat: int,
        letter: Letter,
        keyboard: InlineKeyboardMarkup | None,
        topic: int,
    ) -> Message:
        """Sends a letter as one rich message. BadRequest where Telegram does not take it."""
        parameters: dict[str, Any] = {
            "chat_id": chat,
            "rich_message": {
                "html": letter.rich,
                "is_rtl": letter.language in RIGHT_TO_LEFT,
                "skip_entity_detection": True,
            },
        }
        if topic:
            parameters["message_thread_id"] = topic
        if letter.question:
            reply = {"message_id": letter.question, "allow_sending_without_reply": True}
            parameters["reply_parameters"] = reply
        if keyboard:
            parameters["reply_markup"] = keyboard.to_dict()
        try:
            sent: Message = await bot.do_api_request(
                "sendRichMessage", api_kwargs=parameters, return_type=Message
            )
        except EndPointNotFound:
            self._give_up("this Bot API server does not know them")
            raise BadRequest("rich messages are unknown here") from None
        except BadRequest as refusal:
            self._refusals += 1
            if self._refusals >= _MOST_REFUSALS:
                self._give_up(refusal.message)
            raise
        self._refusals = 0
        return sent

    def _give_up(self, reason: str) -> None:
        self.is_on = False
        _log.warning("No more rich messages: %s.", reason)


def is_rich(message: Message) -> bool:
    """Whether a message was sent as a rich one."""
    return "rich_message" in message.api_kwargs


def rich_html(text: Styled) -> str | None:
    """A reply in the HTML of rich messages, its sources folded up; None where it is too long.

    The sources are what comes after the heading, which is the first line in bold.
    """
    heading = next((one for one in text.marks if one.style is Style.BOLD), None)
    if heading is None:
        blocks = _blocks(text)
    else:
        summary = escape(text.text[heading.start : heading.end])
        sources = "".join(_blocks(text.part(heading.end, len(text.text))))
        blocks = _blocks(text.part(0, heading.start))
        blocks.append(f"<details><summary>{summary}</summary>{sources}</details>")
    html = "".join(blocks)
    if len(html) > LONGEST or html.count("<p>") + html.count("<blockquote>") >= MOST_BLOCKS:
        return None
    return html


def _blocks(text: Styled) -> list[str]:
    """Paragraphs and quotations."""
    blocks, at = list[str](), 0
    for mark in [one for one in text.marks if one.style is Style.QUOTE]:
        blocks += _paragraphs(text.text[at : mark.start])
        quotation = "".join(_paragraphs(text.text[mark.start : mark.end]))
        blocks.append(f"<blockquote>{quotation}</blockquote>")
        at = mark.end
    return blocks + _paragraphs(text.text[at:])


def _paragraphs(text: str) -> list[str]:
    return [f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip()]
