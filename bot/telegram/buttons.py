"""The buttons below answers and evidence: what they say, and what they carry.

All that a press needs is in its data, so a button works after a restart and months later. Telegram
does not mirror rows: for those who read from right to left, the first button is put on the right.
"""

import re
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.evidence import Evidence
from bot.rendering import WORDS
from bot.reply import Answered, Choice, Opened, Reply, Said
from bot.store.feedback import WHOLE, Verdict
from bot.styled import RIGHT_TO_LEFT
from bot.telegram.routes import data_of
from rag.answers.answer import Answer
from rag.answers.reverification import State

CITE: Final = "cite"
"""`cite:<answer>:<n>` opens a citation in a message of its own; in links `cite_<answer>_<n>`."""
LEAF: Final = "leaf"
"""`leaf:<answer>:<n>:<step>` shows another passage in the same message."""
FILE: Final = "file"
"""`file:<answer>:<n>` sends the file."""
JUDGE: Final = "judge"
"""`judge:<answer>:<n>:<verdict>` keeps what the presser thinks; n is 0 for the whole answer."""
SAY: Final = "say"
"""`say:<text>` says the text, a command, in the presser's name."""
_IN_A_ROW: Final = 5
_MOST_BUTTONS: Final = 100
"""Below one message: what Telegram takes."""
_ANSWER_ID = re.compile(rf"(?:{CITE}[:_]|{JUDGE}:)([0-9A-Za-z-]{{1,32}})[:_]")
_SIGNS: Final = {Verdict.GOOD: "👍", Verdict.BAD: "👎"}

Row = list[InlineKeyboardButton]


def below_answer(answer: Answer, language: str) -> InlineKeyboardMarkup:
    """A button for each citation, and two for what the reader thinks."""
    verdicts = [
        InlineKeyboardButton(sign, callback_data=data_of(JUDGE, answer.id, WHOLE, verdict))
        for verdict, sign in _SIGNS.items()
    ]
    numbers = [one.n for one in answer.citations[: _MOST_BUTTONS - len(verdicts)]]
    sources = [
        InlineKeyboardButton(f"[{n}]", callback_data=data_of(CITE, answer.id, n)) for n in numbers
    ]
    return InlineKeyboardMarkup([*_rows(sources, language), verdicts])


def below_guest_answer(answer: Answer, language: str, username: str) -> InlineKeyboardMarkup | None:
    """A link for each citation, which opens it in the reader's own chat with the bot."""
    sources = [
        InlineKeyboardButton(
            f"[{one.n}]", url=f"https://t.me/{username}?start={CITE}_{answer.id}_{one.n}"
        )
        for one in answer.citations[:_MOST_BUTTONS]
    ]
    return InlineKeyboardMarkup(_rows(sources, language)) if sources else None


def below_evidence(evidence: Evidence, language: str) -> InlineKeyboardMarkup:
    """The passages before and after, the file, and the complaint."""
    answer_id, n, step = evidence.answer_id, evidence.n, evidence.step
    leaves = [
        InlineKeyboardButton(
            WORDS(key, language), callback_data=data_of(LEAF, answer_id, n, further)
        )
        for key, further, is_there in (
            ("button-previous", step - 1, evidence.has_previous),
            ("button-next", step + 1, evidence.has_next),
        )
        if is_there
    ]
    others = [
        InlineKeyboardButton(
            WORDS("button-bad-citation", language),
            callback_data=data_of(JUDGE, answer_id, n, Verdict.BAD),
        )
    ]
    if evidence.state is not State.GONE:
        file = InlineKeyboardButton(
            WORDS("button-file", language), callback_data=data_of(FILE, answer_id, n)
        )
        others.insert(0, file)
    rows = [*_rows(leaves, language), *_rows(others, language)]
    return InlineKeyboardMarkup(rows)


def below_offer(choices: tuple[Choice, ...]) -> InlineKeyboardMarkup | None:
    """A button for each choice, one below the other; None where there is nothing to choose."""
    rows = [
        [InlineKeyboardButton(one.label, callback_data=data_of(SAY, one.command))]
        for one in choices
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def answer_id_in(keyboard: InlineKeyboardMarkup | None) -> str | None:
    """The id of the answer that these buttons stand below; None where it is none."""
    for row in keyboard.inline_keyboard if keyboard else ():
        for button in row:
            found = _ANSWER_ID.search(str(button.callback_data or button.url or ""))
            if found:
                return found[1]
    return None


def _rows(buttons: Row, language: str) -> list[Row]:
    rows = [buttons[at : at + _IN_A_ROW] for at in range(0, len(buttons), _IN_A_ROW)]
    return [row[::-1] for row in rows] if language in RIGHT_TO_LEFT else rows


def below(reply: Reply) -> InlineKeyboardMarkup | None:
    """What is below a reply."""
    match reply:
        case Answered(answer, is_kept) if is_kept:
            return below_answer(answer, reply.language)
        case Opened(evidence, language, _):
            return below_evidence(evidence, language)
        case Said(_, _, choices):
            return below_offer(choices)
    return None
