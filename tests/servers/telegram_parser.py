"""TDLib, Telegram's own client library, as a judge of texts: offline, without a login.

`parseMarkdown` is the call that does to a text and its entities what happens before any message is
sent: it refuses what Telegram refuses, in its words, and gives what Telegram would keep. The marks
of its Markdown are hidden from it, for this is not about them.
"""

import json
from typing import Any, Final

from .telegram_refusals import Object

try:
    from tdjson import td_execute
except ImportError:  # there is no build for this machine
    td_execute = None  # type: ignore[assignment]

PRESENT: Final = td_execute is not None
NAMES: Final = {
    "bold": "Bold", "italic": "Italic", "underline": "Underline", "strikethrough": "Strikethrough",
    "spoiler": "Spoiler", "code": "Code", "pre": "Pre", "text_link": "TextUrl",
    "blockquote": "BlockQuote", "expandable_blockquote": "ExpandableBlockQuote",
    "text_mention": "MentionName", "custom_emoji": "CustomEmoji", "date_time": "DateTime",
}  # fmt: skip
"""The entities a bot may send; the others Telegram finds by itself, and ignores where sent."""
LIVE: Final = ("Url", "EmailAddress", "Mention", "BotCommand")
MODES: Final = {"html": "HTML", "markdown": "Markdown", "markdownv2": "Markdown"}
MARKDOWN: Final = str.maketrans(dict.fromkeys("*_~|`[", "x"))


def findings(text: str, entities: list[Object]) -> tuple[str | None, list[str]]:
    """Why Telegram refuses a text with these entities, if it does, and what it would drop."""
    text = text.translate(MARKDOWN)
    sent = [entity for entity in entities if entity["type"] in NAMES]
    formatted: Object = {"@type": "formattedText", "text": text}
    formatted["entities"] = [_foreign(entity) for entity in sent]
    kept = _execute({"@type": "parseMarkdown", "text": formatted})
    if kept["@type"] == "error":
        return str(kept["message"]), []
    if kept["text"] != text:
        return None, [f"text becomes {kept['text']!r}"]
    lost = [
        f"{mine['type']} of {mine['offset']}+{mine['length']} is dropped"
        for mine, foreign in zip(sent, formatted["entities"], strict=True)
        if not _shows(kept["entities"], foreign, text)
    ]
    return None, lost


def refusal(markup: str, mode: str) -> str | None:
    """Why Telegram refuses a text with markup, if it does."""
    kind = {"@type": f"textParseMode{MODES[mode.lower()]}"}
    if mode.lower() == "markdownv2":
        kind["version"] = 2  # type: ignore[assignment]
    parsed = _execute({"@type": "parseTextEntities", "text": markup, "parse_mode": kind})
    return str(parsed["message"]) if parsed["@type"] == "error" else None


def linked(text: str) -> list[str]:
    """What Telegram by itself makes a link, a mention or a command of: `notes.md` is one.

    Hashtags, telephone numbers and the like are left out: they lead nowhere else.
    """
    found = _execute({"@type": "getTextEntities", "text": text})["entities"]
    units = text.encode("utf-16-le")
    return [
        units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
        for one in found
        if one["type"]["@type"].removeprefix("textEntityType") in LIVE
    ]


def _foreign(entity: Object) -> Object:
    """An entity of the Bot API as TDLib has it."""
    kind: Object = {"@type": f"textEntityType{NAMES[entity['type']]}"}
    if entity["type"] == "text_link":
        kind["url"] = entity.get("url", "")
    elif entity["type"] == "text_mention":
        kind["user_id"] = entity.get("user", {}).get("id", 0)
    elif entity["type"] == "custom_emoji":
        kind["custom_emoji_id"] = entity.get("custom_emoji_id", "0")
    elif entity["type"] == "date_time":
        kind["unix_time"] = entity.get("unix_time", 0)
    elif entity["type"] == "pre" and "language" in entity:
        kind = {"@type": "textEntityTypePreCode", "language": entity["language"]}
    place = {"offset": entity["offset"], "length": entity["length"]}
    return {"@type": "textEntity", **place, "type": kind}


def _shows(kept: list[Object], entity: Object, text: str) -> bool:
    """Whether all that an entity covers has its style in what was kept; blanks need none."""
    covered = set(range(entity["offset"], entity["offset"] + entity["length"]))
    for other in kept:
        if other["type"] == entity["type"]:
            covered.difference_update(range(other["offset"], other["offset"] + other["length"]))
    units = text.encode("utf-16-le") if covered else b""
    return not any(
        units[2 * at : 2 * at + 2].decode("utf-16-le", "replace").strip() for at in covered
    )


def _execute(request: Object) -> Any:
    answer = td_execute(json.dumps(request).encode())
    assert answer is not None
    return json.loads(answer)


if PRESENT:
    _execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})
