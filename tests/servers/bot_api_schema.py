"""What Telegram accepts in one request, whatever was said before: shape, text, buttons and pace.

Refusals are in Telegram's own words; the words about markup and entities were compared with TDLib.
"""

import json
import math
import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

Object = dict[str, Any]

# Parameters that stay text however much they look like JSON; needed only without the schema file.
TEXTS = {"text", "caption", "description", "short_description", "name", "query", "file_id"}
TEXTS |= {"callback_query_id", "inline_query_id", "language_code"}
JSON_LIKE = re.compile(r"-?\d+|true|false|[\[{].*", re.DOTALL)
SCALARS: dict[str, tuple[type, ...]] = {
    "Integer": (int,), "Float": (int, float), "Boolean": (bool,), "String": (str,)
}  # fmt: skip
CONSTANT = re.compile(r'(?:must be|always) "?(\w+)"?$')
LENGTH = re.compile(r"(\d+)-(\d+) characters(?! after entit)")


class Refusal(Exception):
    """An answer that is not ok: error code, description and, for a flood, the seconds to wait."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code, self.description, self.retry_after = code, description, retry_after


def bad_request(words: str) -> Refusal:
    """A refusal because of what the request says."""
    return Refusal(400, f"Bad Request: {words}")


def too_many_requests(seconds: int) -> Refusal:
    """A refusal because of how often the bot asks."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", seconds)


@dataclass(frozen=True)
class Upload:
    """A file that came as a part of a multipart request, or that a person sent."""

    name: str
    content: bytes
    mime_type: str = "application/octet-stream"


class Schema:
    """The published Bot API as data: methods and types with their fields; empty without it."""

    def __init__(self, path: Path) -> None:
        self.present = path.is_file()
        data = json.loads(path.read_bytes()) if self.present else {"methods": {}, "types": {}}
        self.methods: Object = data["methods"]
        self.types: Object = data["types"]
        if self.present:  # what Bot API 10.3 added, and the file (10.1) does not have
            stops = {"can_stop": "Boolean", "keep_on_stop": "Boolean"}
            self.methods["sendMessageDraft"]["fields"] += _fields(**stops)
            update = _fields(stopped_message_generation="MessageGenerationStopped")
            self.types["Update"]["fields"] += update
            stopped = _fields(chat="Chat", message_thread_id="Integer", draft_id="Integer")
            self.types["MessageGenerationStopped"] = {"fields": stopped}

    def read(self, method: str, name: str, value: object) -> object:
        """A parameter as it was meant: in a form or an address every value arrives as text."""
        if not isinstance(value, str):
            return value
        fields = self.methods.get(method, {}).get("fields", [])
        kinds: list[str] = next((field["types"] for field in fields if field["name"] == name), [])
        if kinds == ["Integer", "String"]:
            return int(value) if re.fullmatch(r"-?\d+", value) else value
        if "String" in kinds or not (kinds or JSON_LIKE.fullmatch(value)):
            return value
        if not self.present and name in TEXTS:
            return value
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            return value  # the check of its type says what is wrong with it

    def violations(self, method: str, parameters: Object) -> list[str]:
        """What the published schema does not allow in a request, in words."""
        if not self.present:
            return []
        attached = str({k: v for k, v in parameters.items() if not isinstance(v, Upload)})
        given = {
            name: value
            for name, value in parameters.items()
            if not (isinstance(value, Upload) and f"attach://{name}" in attached)
        }
        found = self._check_fields(given, self.methods[method].get("fields", []), method)
        kinds = {field["name"] for field in self.types["Update"]["fields"]} - {"update_id"}
        asked = given.get("allowed_updates")
        unknown = [kind for kind in asked if kind not in kinds] if isinstance(asked, list) else []
        return found + [f"{method}: allowed_updates: no update is called {k!r}" for k in unknown]

    def check(self, value: object, kinds: list[str], where: str) -> list[str]:
        """What keeps a value from being of one of these types, in words; empty when it is."""
        found = [self._check_kind(value, kind, where) for kind in kinds]
        # Of several types the one that was meant: its constants fit, and least is wrong with it.
        return min(found, key=lambda words: (sum(": must be " in w for w in words), len(words)))

    def _check_kind(self, value: object, kind: str, where: str) -> list[str]:
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where}: not an array: {value!r}"]
            inner = [kind.removeprefix("Array of ")]
            checked = (self.check(v, inner, f"{where}[{i}]") for i, v in enumerate(value))
            return [words for found in checked for words in found]
        if kind in SCALARS:
            # By exact type: True is an int to Python, but not to Telegram.
            return [] if type(value) in SCALARS[kind] else [f"{where}: not {kind}: {value!r}"]
        if kind == "InputFile":
            return [] if isinstance(value, Upload) else [f"{where}: not a file: {value!r}"]
        if subtypes := self.types[kind].get("subtypes"):
            return self.check(value, subtypes, where)
        if not isinstance(value, dict):
            return [f"{where}: not {kind}: {value!r}"]
        return self._check_fields(value, self.types[kind].get("fields", []), where)

    def _check_fields(self, values: Object, fields: list[Object], where: str) -> list[str]:
        known = {field["name"]: field for field in fields}
        found = [f"{where}: unknown parameter {name!r}" for name in values if name not in known]
        for name, field in known.items():
            if name in values:
                found += self.check(values[name], field["types"], f"{where}: {name}")
                found += _check_prose(values[name], field["description"], f"{where}: {name}")
            elif field["required"]:
                found.append(f"{where}: {name} is missing")
        return found

    def prose(self, kind: str, name: str) -> str:
        """What the description of a type's field says; empty without the file."""
        fields = self.types.get(kind, {}).get("fields", [])
        return "".join(field["description"] for field in fields if field["name"] == name)


def _fields(**kinds: str) -> list[Object]:
    """Optional fields in the shape of the schema file."""
    rest = {"required": False, "description": ""}
    return [{"name": name, "types": [kind], **rest} for name, kind in kinds.items()]


def _check_prose(value: object, prose: str, where: str) -> Iterator[str]:
    """Constants and lengths, which the schema states in its descriptions only."""
    if not isinstance(value, str):
        return
    if (constant := CONSTANT.search(prose)) and value != constant[1]:
        yield f"{where}: must be {constant[1]!r}: {value!r}"
    if (limits := LENGTH.search(prose)) and not int(limits[1]) <= len(value) <= int(limits[2]):
        yield f"{where}: {len(value)} characters, allowed are {limits[1]} to {limits[2]}"


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


class Flood(NamedTuple):
    """A request that came too soon: when, by which rule, and how long it should have waited."""

    time: float
    rule: str
    method: str
    chat_id: int
    retry_after: int


class FloodJudge:
    """Counts what a bot sends against Telegram's limits. What comes too soon does not count."""

    BURST = 3  # messages at once that pass in a private chat

    def __init__(self) -> None:
        self._times: defaultdict[tuple[str, int], deque[float]] = defaultdict(deque)
        self._paid: defaultdict[int, float] = defaultdict(float)

    def judge(self, now: float, method: str, chat_id: int) -> Flood | None:
        """The limit that this request breaks, if any: the one that asks for the longest wait."""
        draft = method == "sendMessageDraft"
        if not draft and (not method.startswith(("send", "edit")) or method == "sendChatAction"):
            return None
        if draft:
            limits = [("20 drafts in 5 s", 20, 5, chat_id), ("40 drafts in 30 s", 40, 30, chat_id)]
        else:
            limits = [("30 in 1 s", 30, 1, 0)]
            limits += [("20 in a minute in a group", 20, 60, chat_id)] if chat_id < 0 else []
        waits, counters = [(0.0, "")], []
        for rule, limit, seconds, key in limits:
            times = self._times[rule, key]
            while times and times[0] <= now - seconds:
                times.popleft()
            counters.append(times)
            if len(times) >= limit:
                waits.append((times[0] + seconds - now, rule))
        # Each message is paid for with a second, and a burst may be paid for afterwards.
        paid = max(self._paid[chat_id], now) + 1
        private = chat_id > 0 and not draft
        if private:
            waits.append((paid - now - self.BURST, "1 in 1 s in a private chat"))
        wait, rule = max(waits)
        if wait > 0:
            return Flood(now, rule, method, chat_id, math.ceil(wait))
        for times in counters:
            times.append(now)
        if private:
            self._paid[chat_id] = paid
        return None
