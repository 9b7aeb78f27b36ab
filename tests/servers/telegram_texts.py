"""What Telegram accepts in a text: markup, entities, length, and the buttons below it.

Refusals are in Telegram's own words; those about markup and entities were compared with TDLib.
"""

import re
from collections.abc import Iterable

from .telegram_refusals import Object, Refusal, bad_request

WHITESPACE = " \n\r\t\v\f"
TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "span": "spoiler", "tg-spoiler": "spoiler", "a": "text_link", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "tg-emoji": "custom_emoji", "tg-time": "date_time",
}  # fmt: skip
TAG = re.compile(r"""<(/?)([^\s>]*)((?:"[^"]*"|'[^']*'|[^>"'])*)(>?)""")
ATTRIBUTE = re.compile(r"""([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?""")
CHARACTER = re.compile(r"&(?:#(\d+)|#x([0-9a-fA-F]+)|(lt|gt|amp|quot)(?![a-zA-Z]));?")
LINK = re.compile(r"(?:https?|tg|ton|tonsite)://\S+")


def utf16(text: str) -> int:
    """The length of a text in UTF-16 code units, in which entities are counted."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def formatted(parameters: Object, name: str, limit: int) -> tuple[str, list[Object]]:
    """The text that a message will show and its entities, or a refusal. It may be empty."""
    text, mode = parameters.get(name, ""), parameters.get("parse_mode")
    entities = parameters.get("entities" if name == "text" else "caption_entities", [])
    if mode and mode.lower() != "html":
        raise bad_request("unsupported parse_mode")  # this server reads no Markdown
    if mode:
        text, entities = parse_html(text)
    check_entities(text, entities)
    text, entities = _trim(text, entities)
    if len(text) > limit:
        raise bad_request(f"message {'' if name == 'text' else 'caption '}is too long")
    return text, entities


def check_entities(text: str, entities: Iterable[Object]) -> None:
    """Refuses entities that leave the text or begin or end inside a surrogate pair."""
    byte_at = {0: 0}  # where characters begin: UTF-16 offset to byte offset
    units = size = 0
    for character in text:
        units += utf16(character)
        size += len(character.encode("utf-8", "surrogatepass"))
        byte_at[units] = size
    for entity in entities:
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        middle, ending = "in a middle of a UTF-16 symbol", f"beginning at UTF-16 offset {begin}"
        if begin < 0 or end < begin:
            raise bad_request(f"receive an entity with incorrect offset {begin}")
        if begin == end:
            continue  # Telegram passes over it, wherever it is
        if begin > units:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {begin}")
        if begin not in byte_at:
            raise bad_request(f"entity begins {middle} at byte offset {byte_at[begin + 1]}")
        if end > units:
            raise bad_request(
                f"entity {ending} ends after the end of the text at UTF-16 offset {end}"
            )
        if end not in byte_at:
            raise bad_request(f"entity {ending} ends {middle} at byte offset {byte_at[end + 1]}")


def _trim(text: str, entities: list[Object]) -> tuple[str, list[Object]]:
    """Without the blank edges; a blank beginning that an entity covers stays."""
    text = text.rstrip(WHITESPACE)
    size = utf16(text)
    kept = [e for e in entities if e["offset"] < size and e["length"]]
    blank = len(text) - len(text.lstrip(WHITESPACE))
    cut = min([blank, *(entity["offset"] for entity in kept)])
    return text[cut:], [
        {**e, "offset": e["offset"] - cut, "length": min(e["length"], size - e["offset"])}
        for e in kept
    ]


def parse_html(markup: str) -> tuple[str, list[Object]]:
    """The text and entities of HTML as Telegram reads it, or its refusal."""
    text, entities, position = "", list[Object](), 0
    opened: list[tuple[str, int, dict[str, str]]] = []

    def refuse(words: str) -> Refusal:
        return bad_request(f"can't parse entities: {words}")

    for tag in TAG.finditer(markup):
        text += _unescape(markup[position : tag.start()])
        position = tag.end()
        ends, name, rest, closed = tag.groups()
        name, at = name.lower(), f"at byte offset {len(markup[: tag.start()].encode())}"
        if ends:
            if not opened:
                raise refuse(f"Unexpected end tag {at}")
            if not closed or rest.strip():
                raise refuse(f"Unclosed end tag {at}")
            expected, begin, attributes = opened.pop()
            if name not in ("", expected):
                raise refuse(f'Unmatched end tag {at}, expected "</{expected}>", found "</{name}>"')
            if utf16(text) > begin:
                _add_entity(entities, expected, begin, text, attributes)
            continue
        if not closed and not rest:
            raise refuse(f"Unclosed start tag {at}")
        if name not in TAGS:
            raise refuse(f'Unsupported start tag "{name}" {at}')
        if ATTRIBUTE.sub("", rest).strip() or not (closed or rest.strip()):
            raise refuse(f'Empty attribute name in the tag "{name}" {at}')
        if not closed:
            raise refuse(f'Unclosed start tag "{name}" {at}')
        values = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in ATTRIBUTE.finditer(rest)}
        if name == "span" and values.get("class") != "tg-spoiler":
            raise refuse(f'Tag "span" must have class "tg-spoiler" {at}')
        opened.append((name, utf16(text), values))
    if opened:
        raise refuse(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    text += _unescape(markup[position:])
    return text, sorted(entities, key=lambda e: (e["offset"], -e["length"]))


def _add_entity(
    entities: list[Object], tag: str, begin: int, text: str, attributes: dict[str, str]
) -> None:
    """Adds the entity of a closed tag; like Telegram, drops a link that is none, silently."""
    entity: Object = {"type": TAGS[tag], "offset": begin, "length": utf16(text) - begin}
    if tag == "a":
        if not LINK.fullmatch(attributes.get("href", "")):
            return
        entity["url"] = attributes["href"]
    elif tag == "tg-emoji":
        entity["custom_emoji_id"] = attributes.get("emoji-id", "")
    elif tag == "tg-time":
        entity["unix_time"] = int(attributes.get("unix", "0"))
        entity["date_time_format"] = attributes.get("format", "")
    elif tag == "blockquote" and "expandable" in attributes:
        entity["type"] = "expandable_blockquote"
    entities.append(entity)


def _unescape(markup: str) -> str:
    def character(found: re.Match[str]) -> str:
        decimal, hexadecimal, name = found.groups()
        if name:
            return {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[name]
        code = int(decimal) if decimal else int(hexadecimal, 16)
        return chr(code) if 0 < code < 0x110000 else found[0]

    return CHARACTER.sub(character, markup)


def check_buttons(markup: Object) -> None:
    """Refuses an inline keyboard with too many buttons or with a button that does nothing."""
    buttons = [button for row in markup.get("inline_keyboard", []) for button in row]
    if len(buttons) > 100:
        raise bad_request("reply markup is too long")
    for button in buttons:
        kinds = button.keys() - {"text", "style", "icon_custom_emoji_id"}
        if not button["text"].strip():
            raise bad_request("BUTTON_TEXT_INVALID")
        if not kinds:
            words = "can't parse inline keyboard button: Text buttons are unallowed"
            raise bad_request(f"{words} in the inline keyboard")
        if len(kinds) > 1:
            raise bad_request("BUTTON_TYPE_INVALID")
        if kinds == {"callback_data"} and not 1 <= len(button["callback_data"].encode()) <= 64:
            raise bad_request("BUTTON_DATA_INVALID")
