"""The published Bot API as data, and what it does not allow in a request."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from .telegram_refusals import Object, Upload

__all__ = ["SCHEMA", "Schema", "Upload"]

# Parameters that stay text however much they look like JSON; needed only without the schema file.
TEXTS = {"text", "caption", "description", "short_description", "name", "query", "file_id"}
TEXTS |= {"callback_query_id", "inline_query_id", "language_code"}
JSON_LIKE = re.compile(r"-?\d+|true|false|[\[{].*", re.DOTALL)
SCALARS: dict[str, tuple[type, ...]] = {
    "Integer": (int,), "Float": (int, float), "Boolean": (bool,), "String": (str,)
}  # fmt: skip
CONSTANT = re.compile(r'(?:must be|always) "?(\w+)"?$')
LENGTH = re.compile(r"(\d+)-(\d+) characters(?! after entit)")


class Schema:
    """The published Bot API as data: methods and types with their fields; empty without it."""

    def __init__(self, path: Path) -> None:
        self.present = path.is_file()
        data = json.loads(path.read_bytes()) if self.present else {"methods": {}, "types": {}}
        self.methods: Object = data["methods"]
        self.types: Object = data["types"]
        if self.present:  # what Bot API 10.3 added, and the file (10.1) does not have
            stops = {"can_stop": "Boolean", "keep_on_stop": "Boolean"}
            for draft in ("sendMessageDraft", "sendRichMessageDraft"):
                self.methods[draft]["fields"] += _fields(**stops)
            self.types["InputRichMessage"]["fields"] += _fields(blocks="Array of RichBlock")
            quotation = _fields(type="String", text="RichText", credit="RichText")
            self.types["RichBlockExpandableBlockQuotation"] = {"fields": quotation}
            quotation[0]["description"] = 'always "expandable_blockquote"'
            self.types["RichBlock"]["subtypes"].append("RichBlockExpandableBlockQuotation")
            self.types["InlineKeyboardButton"]["fields"] += _fields(disabled="Boolean")
            welcome = _fields(can_send_welcome_messages="Boolean")
            self.types["ChatMemberAdministrator"]["fields"] += welcome
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
        if not self.present:
            return []
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


SCHEMA = Schema(Path(__file__).parents[3] / "shared" / "telegram" / "api.min.json")
