"""TDLib, Telegram's own client library, as a judge of texts: offline, without a login.

`parseMarkdown` is the call that does to a text and its entities what happens before any message is
sent: it refuses what Telegram refuses, in its words, and gives what Telegram would keep. The marks
of its Markdown are hidden from it, for this is not about them.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from .telegram_refusals import Object
from .telegram_texts import utf16

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
    shown = {unit for entity in kept["entities"] for unit in _units(entity, text)}
    lost = [
        f"{mine['type']} of {mine['offset']}+{mine['length']} is dropped"
        for mine, foreign in zip(sent, formatted["entities"], strict=True)
        if not shown.issuperset(_units(foreign, text))
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
    """The parts of a plain text that Telegram makes links of by itself: `notes.md` is one."""
    found = _execute({"@type": "getTextEntities", "text": text})["entities"]
    units = text.encode("utf-16-le")
    return [
        units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
        for one in found
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


def _units(entity: Object, text: str) -> Iterator[tuple[str, int]]:
    """Where in a text an entity can be seen, by UTF-16 offset."""
    end = entity["offset"] + entity["length"]
    at = 0
    for character in text:
        if entity["offset"] <= at < end and not character.isspace():
            yield entity["type"]["@type"], at
        at += utf16(character)


def _execute(request: Object) -> Any:
    answer = td_execute(json.dumps(request).encode())
    assert answer is not None
    return json.loads(answer)


if PRESENT:
    _execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})
