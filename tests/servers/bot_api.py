"""A strict, stateful Telegram Bot API server on loopback, and people who talk to its bot.

    with BotApiServer() as server:  # TELEGRAM_API_URL=server.url TELEGRAM_BOT_TOKEN=server.token
        sara = server.user(7, first_name="Sara")
        sara.chat().say(sara, "/start")
        assert "Isnad" in sara.chat().wait_for().text

It lives in a thread of its own, so it serves a bot in another process as well as one in this
event loop; an async test waits with `await asyncio.to_thread(chat.wait_for, 2)`.
"""

import asyncio
import copy
import inspect
import itertools
import json
import re
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Self, overload

from aiohttp import web

from .bot_api_schema import (
    Flood,
    FloodJudge,
    Object,
    Refusal,
    Schema,
    Upload,
    bad_request,
    check_buttons,
    formatted,
    too_many_requests,
    utf16,
)

SCHEMA = Schema(Path(__file__).parents[3] / "shared" / "telegram" / "api.min.json")
BOT: Object = {"id": 123456789, "is_bot": True, "first_name": "Isnad", "username": "isnad_test_bot"}
ABILITIES = ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries")
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
ONLY_ONE = "other getUpdates request; make sure that only one bot instance is running"
MARKS = re.compile(r"(?<!\S)(?:(/\w{1,64}(?:@\w+)?)|@\w{3,32})", re.ASCII)
ACTIONS = {"typing", "choose_sticker", "find_location", "record_voice", "record_video"}
ACTIONS |= {f"upload_{kind}" for kind in ("photo", "video", "voice", "document", "video_note")}
MEGABYTE = 2**20
# The schema lists the emoji of reactions in its prose only.
EMOJI = SCHEMA.prose("ReactionTypeEmoji", "emoji")


class Request(NamedTuple):
    """One request of the bot; `time` is `time.monotonic()`."""

    time: float
    method: str
    parameters: Object


class Draft(NamedTuple):
    """What the bot shows in a private chat while it writes."""

    time: float
    id: int
    text: str
    entities: list[Object]
    can_stop: bool
    keep_on_stop: bool


class _Cut(Exception):
    """The connection is to be closed without an answer."""


@dataclass
class _Fault:
    """What happens to a request instead of, before or after its proper answer."""

    refusal: Refusal | None = None
    cut: str = ""  # "before" or "after" acting
    seconds: float = 0


@dataclass(eq=False)
class Message:
    """A message as its chat shows it now; `history` is what it was before each edit."""

    object: Object
    history: list[Object] = field(default_factory=list)
    reactions: list[str] = field(default_factory=list)
    seen: int = -1  # how many edits it had when `wait_for` passed it

    @property
    def id(self) -> int:
        return int(self.object["message_id"])

    @property
    def by_bot(self) -> bool:
        return bool(self.object["from"]["is_bot"])

    @property
    def text(self) -> str:
        return str(self.object.get("text", self.object.get("caption", "")))

    @property
    def buttons(self) -> list[Object]:
        rows = self.object.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]


class Person:
    """Someone with a Telegram account."""

    def __init__(self, server: "BotApiServer", user: Object) -> None:
        self.server, self.user, self.blocked = server, user, False

    def chat(self) -> "Chat":
        """The private chat with the bot; until it is opened the bot cannot find it."""
        info = {"id": self.user["id"], "type": "private", "first_name": self.user["first_name"]}
        return self.server.open_chat(info, self)

    def blocks_bot(self, blocked: bool = True) -> None:
        """Blocks the bot, or lets it write again."""
        with self.server.changed:
            self.blocked = blocked
            member = {"status": "member", "user": BOT}
            states = [{"status": "kicked", "user": BOT, "until_date": 0}, member]
            old, new = states[::-1] if blocked else states
            change = {"chat": self.chat().info, "from": self.user, "date": int(time.time())}
            change |= {"old_chat_member": old, "new_chat_member": new}
            self.server.update("my_chat_member", change)

    def ask_inline(self, query: str) -> str:
        """Types a query after the bot's name in some chat; returns the query's id."""
        return self.server.query("inline_query", self, {"query": query, "offset": ""})


class Chat:
    """A private chat or a group as its members see it."""

    def __init__(self, server: "BotApiServer", info: Object, owner: Person | None) -> None:
        self.server, self.info, self.owner, self.left = server, info, owner, False
        self.id: int = info["id"]
        self.messages: list[Message] = []
        self.drafts: list[Draft] = []
        self.actions: list[str] = []
        self.shown_draft: Draft | None = None

    @property
    def draft(self) -> Draft | None:
        """The draft to be seen now: it lasts for 30 s, or until the bot's next message."""
        draft = self.shown_draft
        return draft if draft and time.monotonic() < draft.time + 30 else None

    def find(self, message_id: int) -> Message | None:
        """The message with this id, unless it was deleted."""
        return next((message for message in self.messages if message.id == message_id), None)

    def say(
        self,
        person: Person,
        text: str,
        reply_to: int | None = None,
        entities: list[Object] | None = None,
    ) -> int:
        """A person writes; commands and mentions are marked unless entities are given."""
        marks = _marks(text) if entities is None else entities
        return self._receive(person, {"text": text, "entities": marks}, reply_to)

    def edit(self, person: Person, message_id: int, text: str) -> None:
        """A person edits a text of theirs."""
        with self.server.changed:
            message = self.find(message_id)
            if message is None or message.object["from"] != person.user:
                raise LookupError(f"{person.user['first_name']} has no message {message_id} here")
            self.change(message, {"text": text, "entities": _marks(text)})
            self.server.update("edited_message", message.object)

    def press(self, person: Person, button: str, message: Message | int) -> str:
        """Presses the button with this text or callback data; returns the query's id."""
        target = self.find(message) if isinstance(message, int) else message
        if target is None:
            raise LookupError(f"no message {message} here")
        for found in target.buttons:
            if button in (found["text"], found.get("callback_data")) and "callback_data" in found:
                pressed = {"message": target.object, "data": found["callback_data"]}
                pressed["chat_instance"] = str(self.id)
                return self.server.query("callback_query", person, pressed)
        raise LookupError(f"no button {button!r} with callback data in {target.buttons}")

    def press_stop(self) -> None:
        """Presses the stop button of the draft (Bot API 10.3)."""
        with self.server.changed:
            draft = self.draft
            if draft is None or not draft.can_stop:
                raise LookupError("no draft with a stop button")
            self.shown_draft = draft._replace(can_stop=False) if draft.keep_on_stop else None
            stopped = {"chat": self.info, "draft_id": draft.id}
            self.server.update("stopped_message_generation", stopped)

    def send_photo(self, person: Person, caption: str = "") -> int:
        photo = {**self.server.keep(Upload("photo.jpg", b"jpeg")), "width": 90, "height": 90}
        return self._receive(person, {"photo": [photo], "caption": caption})

    def send_voice(self, person: Person) -> int:
        voice = {**self.server.keep(Upload("voice.ogg", b"ogg")), "duration": 1}
        return self._receive(person, {"voice": voice})

    def send_sticker(self, person: Person) -> int:
        sticker = {**self.server.keep(Upload("sticker.webp", b"webp")), "type": "regular"}
        sticker |= {"width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._receive(person, {"sticker": sticker})

    def send_document(self, person: Person, upload: Upload, caption: str = "") -> int:
        return self._receive(person, {"document": self.server.document(upload), "caption": caption})

    @overload
    def wait_for(self, what: int, timeout: float = 5) -> list[Message]: ...
    @overload
    def wait_for(
        self, what: Callable[[Message], bool] | None = None, timeout: float = 5
    ) -> Message: ...
    def wait_for(
        self, what: int | Callable[[Message], bool] | None = None, timeout: float = 5
    ) -> Message | list[Message]:
        """The bot's next message, or this many, or the next new or edited one that is wanted.

        Next is next to the last message that was returned; what stood before it is passed over.
        """

        def found() -> list[Message]:
            bots = [message for message in self.messages if message.by_bot]
            if callable(what):
                return [m for m in bots if len(m.history) > m.seen and what(m)][:1]
            fresh = [m for m in bots if m.seen < 0][: what or 1]
            return fresh if len(fresh) == (what or 1) else []

        with self.server.changed:
            messages = self.server.changed.wait_for(found, timeout)
            if not messages:
                raise TimeoutError(f"not within {timeout} s:\n{self.server.transcript(self)}")
            for message in self.messages:
                if message.id <= messages[-1].id:
                    message.seen = len(message.history)
        return messages if isinstance(what, int) else messages[0]

    def add(self, sender: Object, content: Object, reply_to: int | None = None) -> Message:
        """Puts a message into the chat."""
        with self.server.changed:
            answered = self.find(reply_to) if reply_to else None
            head = {"message_id": next(self.server.numbers), "from": sender, "chat": self.info}
            if answered:  # shown one level deep, as Telegram does
                head["reply_to_message"] = _filled({**answered.object, "reply_to_message": None})
            message = Message({**head, "date": int(time.time()), **_filled(content)})
            self.messages.append(message)
            self.server.changed.notify_all()
        return message

    def change(self, message: Message, content: Object) -> None:
        """Edits a message; refused where nothing changes."""
        new = _filled({**message.object, **content})
        if new == message.object:
            words = "specified new message content and reply markup are exactly the same as a"
            words += " current content and reply markup of the message"
            raise bad_request(f"message is not modified: {words}")
        message.history.append(message.object)
        message.object = {**new, "edit_date": int(time.time())}
        self.server.changed.notify_all()

    def _receive(self, person: Person, content: Object, reply_to: int | None = None) -> int:
        with self.server.changed:
            message = self.add(person.user, content, reply_to)
            self.server.update("message", message.object)
        return message.id


def _marks(text: str) -> list[Object]:
    """The commands and mentions of a text."""
    return [
        {
            "type": "bot_command" if found[1] else "mention",
            "offset": utf16(text[: found.start()]),
            "length": utf16(found[0]),
        }
        for found in MARKS.finditer(text)
    ]


def _filled(content: Object) -> Object:
    """Without the empty fields, which Telegram leaves out of its objects."""
    return {name: value for name, value in content.items() if value not in (None, "", [], {})}


class BotApiServer:
    """The server, its people and chats, and the faults it was told to make."""

    token = "123456789:AA" + "token-of-the-loopback-server".ljust(33, "0")

    def __init__(self) -> None:
        self.url = ""
        self.enforce_floods = False
        self.requests: list[Request] = []
        self.violations: list[str] = []  # of the published schema
        self.refusals: list[str] = []  # every error that was answered, faults included
        self.floods: list[Flood] = []  # what came too soon, refused or not
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Upload] = {}
        self.answers: dict[str, Object | None] = {}  # to callback and inline queries, by their id
        self.updates: list[Object] = []  # not yet confirmed
        self.numbers = itertools.count(1)
        self._update_ids = itertools.count(100_000_001)
        self.changed = threading.Condition()  # its lock guards all of the above
        self.bot = _BotSide(self)
        self._judge = FloodJudge()
        self._faults: defaultdict[str, deque[_Fault]] = defaultdict(deque)

    def __enter__(self) -> Self:
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready)), daemon=True)
        self._thread.start()
        if not ready.wait(10):
            raise RuntimeError("the Bot API server did not start")
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join()

    # The user's side

    def user(self, id: int, language_code: str = "ar", first_name: str = "سارة") -> Person:
        """A new person, or the one with this id."""
        user = {"id": id, "is_bot": False, "first_name": first_name, "language_code": language_code}
        return self.people.setdefault(id, Person(self, user))

    def group(self, id: int, title: str, owner: Person | None = None) -> Chat:
        """A group of which the bot is a member; below -10^12 it is a supergroup."""
        kind = "supergroup" if id < -(10**12) else "group"
        return self.open_chat({"id": id, "type": kind, "title": title}, owner)

    def open_chat(self, info: Object, owner: Person | None) -> Chat:
        """The chat with this id, which the bot can find from now on."""
        with self.changed:
            return self.chats.setdefault(info["id"], Chat(self, info, owner))

    def transcript(self, chat: Chat) -> str:
        """The conversation as plain text."""
        lines = []
        for message in chat.messages:
            clock = time.strftime("%H:%M:%S", time.localtime(message.object["date"]))
            notes = f" (edited {len(message.history)}×)" if message.history else ""
            if reply := message.object.get("reply_to_message"):
                notes += f" (reply to #{reply['message_id']})"
            kinds = [k for k in ("photo", "voice", "sticker", "document") if k in message.object]
            text = " ".join([f"<{kind}>" for kind in kinds] + [message.text])
            sender = message.object["from"]["first_name"]
            lines.append(f"{clock} #{message.id} {sender}{notes}: {text}")
            if message.buttons:
                lines.append("    " + " ".join(f"[{button['text']}]" for button in message.buttons))
        if chat.draft:
            lines.append(f"… {chat.draft.text}")
        return "\n".join(lines)

    def update(self, kind: str, content: Object) -> None:
        """Hands an update to the bot, if it wants this kind."""
        with self.changed:
            if kind in self.bot.allowed if self.bot.allowed else kind not in NOT_BY_DEFAULT:
                self.updates.append({"update_id": next(self._update_ids), kind: content})
        self._loop.call_soon_threadsafe(self.bot.news.set)

    def query(self, kind: str, person: Person, content: Object) -> str:
        """Hands a query to the bot, which has to answer it once."""
        query_id = str(10**15 + next(self.numbers))
        self.answers[query_id] = None
        self.update(kind, {"id": query_id, "from": person.user, **content})
        return query_id

    def keep(self, upload: Upload) -> Object:
        """Stores a file; what Telegram tells about any."""
        file_id = f"file-{next(self.numbers)}"
        self.files[file_id] = upload
        size = len(upload.content)
        return {"file_id": file_id, "file_unique_id": f"unique-{file_id}", "file_size": size}

    def document(self, upload: Upload) -> Object:
        """Stores a file; the document it is in a message."""
        return {**self.keep(upload), "file_name": upload.name, "mime_type": upload.mime_type}

    # Faults

    def fail(
        self, method: str, error_code: int = 429, retry_after: int = 2, times: int = 1
    ) -> None:
        """Answers the next requests with an error, without acting."""
        refusal = Refusal(error_code, HTTPStatus(error_code).phrase)
        if error_code == 429:
            refusal = too_many_requests(retry_after)
        self._plan(method, _Fault(refusal=refusal), times)

    def reset(self, method: str, times: int = 1, after: bool = False) -> None:
        """Closes the connection of the next requests unanswered, before or after acting."""
        self._plan(method, _Fault(cut="after" if after else "before"), times)

    def stall(self, method: str, seconds: float, times: int = 1) -> None:
        """Lets the next requests wait before acting."""
        self._plan(method, _Fault(seconds=seconds), times)

    def _plan(self, method: str, fault: _Fault, times: int) -> None:
        if method not in self.bot.methods:
            raise ValueError(f"no method is called {method}")
        with self.changed:
            self._faults[method].extend([fault] * times)

    # HTTP

    async def _serve(self, ready: threading.Event) -> None:
        self._loop, self._closing = asyncio.get_running_loop(), asyncio.Event()
        app = web.Application(client_max_size=51 * MEGABYTE)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        ready.set()
        await self._closing.wait()
        await runner.cleanup()

    async def _handle(self, request: web.Request) -> web.Response:
        try:
            return web.json_response({"ok": True, "result": await self._answer(request)})
        except Refusal as refusal:
            if request.transport:  # else nobody is there to read it, as after an abandoned poll
                self.refusals.append(f"{request.match_info['method']}: {refusal.description}")
            answer = {"ok": False, "error_code": refusal.code, "description": refusal.description}
            if refusal.retry_after:
                answer["parameters"] = {"retry_after": refusal.retry_after}
            return web.json_response(answer, status=refusal.code)
        except _Cut:
            if request.transport:
                request.transport.abort()
            return web.Response()

    async def _answer(self, request: web.Request) -> object:
        if request.match_info["token"] != self.token:
            raise Refusal(401, "Unauthorized")
        if self.bot.logged_out:
            raise Refusal(400, "Logged out")
        method = self.bot.names.get(request.match_info["method"].lower())
        if method is None:
            raise Refusal(404, "Not Found: method not found")
        parameters = await _parameters(request, method)
        with self.changed:
            self.requests.append(Request(time.monotonic(), method, parameters))
            fault = self._faults[method].popleft() if self._faults[method] else _Fault()
            self.changed.notify_all()
        await asyncio.sleep(fault.seconds)
        if fault.refusal:
            raise fault.refusal
        if fault.cut == "before":
            raise _Cut
        with self.changed:
            self._check(method, parameters)
            result = self.bot.methods[method](parameters)
        if asyncio.iscoroutine(result):
            result = await result
        if fault.cut == "after":
            raise _Cut
        return result

    def _check(self, method: str, parameters: Object) -> None:
        found = SCHEMA.violations(method, parameters)
        self.violations += found
        if found:
            raise bad_request("; ".join(found))
        chat_id = parameters.get("chat_id")
        known = chat_id if chat_id in self.chats else 0
        flood = self._judge.judge(time.monotonic(), method, known)
        if flood:
            self.floods.append(flood)
            if self.enforce_floods:
                raise too_many_requests(flood.retry_after)

    async def _download(self, request: web.Request) -> web.Response:
        upload = self.files.get(PurePosixPath(request.match_info["path"]).stem)
        if request.match_info["token"] != self.token or upload is None:
            raise web.HTTPNotFound
        return web.Response(body=upload.content)


async def _parameters(request: web.Request, method: str) -> Object:
    """The parameters of a request: from its address, and from its body of whichever kind."""
    given: Object = dict(request.query)
    if request.content_type == "application/json":
        given |= await request.json()
    else:
        given |= await request.post()
    for name, value in given.items():
        if isinstance(value, web.FileField):
            given[name] = Upload(value.filename, value.file.read(), value.content_type)
        else:
            given[name] = SCHEMA.read(method, name, value)
    return given


class _BotSide:
    """What the bot can do: each public function is the Bot API method of that name."""

    def __init__(self, server: BotApiServer) -> None:
        self.methods: dict[str, Callable[[Object], object]] = {}
        for name, function in inspect.getmembers(self, inspect.ismethod):
            if not name.startswith("_"):
                head, *rest = name.split("_")
                self.methods[head + "".join(map(str.title, rest))] = function
        for name in ("name", "description", "short_description"):
            camel = name.title().replace("_", "")
            self.methods[f"setMy{camel}"] = partial(self._set_profile, name)
            self.methods[f"getMy{camel}"] = partial(self._get_profile, name)
        self.names = {name.lower(): name for name in self.methods}
        self.allowed: list[str] = []
        self.news = asyncio.Event()
        self._server = server
        self._started = time.monotonic()
        self.logged_out = False
        self._webhook = ""
        self._poll, self._poll_ended_by = 0, ""
        self._commands: dict[tuple[str, str], list[Object]] = {}
        self._profile: dict[tuple[str, str], str] = {("name", ""): BOT["first_name"]}

    # Updates

    async def get_updates(self, p: Object) -> list[Object]:
        if self._webhook:
            words = "can't use getUpdates method while webhook is active"
            raise Refusal(409, f"Conflict: {words}; use deleteWebhook to delete the webhook first")
        offset, updates = p.get("offset", 0), self._server.updates
        with self._server.changed:
            self._allow(p)
            self._end_poll(ONLY_ONE)
            kept = [u for u in updates if u["update_id"] >= offset] if offset >= 0 else updates
            updates[:] = kept[min(offset, 0) :]
        mine, until = self._poll, time.monotonic() + p.get("timeout", 0)
        while True:
            self.news.clear()
            with self._server.changed:  # a test may be in the middle of making several
                ready = copy.deepcopy(updates[: p.get("limit", 100)])
            if ready:
                return ready
            left = until - time.monotonic()
            if left <= 0:
                return []
            with suppress(TimeoutError):
                await asyncio.wait_for(self.news.wait(), left)
            if mine != self._poll:
                raise Refusal(409, f"Conflict: terminated by {self._poll_ended_by}")

    def set_webhook(self, p: Object) -> bool:
        if p["url"] and not p["url"].startswith("https://"):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[\w-]{0,256}", p.get("secret_token", ""), re.ASCII):
            raise bad_request("secret token contains unallowed characters")
        self._allow(p)
        self._end_poll("setWebhook request")
        self._webhook = p["url"]
        return self._drop(p)

    def delete_webhook(self, p: Object) -> bool:
        self._webhook = ""
        return self._drop(p)

    def get_webhook_info(self, p: Object) -> Object:
        info = {"url": self._webhook, "has_custom_certificate": False}
        info["pending_update_count"] = len(self._server.updates)
        return info | ({"allowed_updates": self.allowed} if self.allowed else {})

    def close(self, p: Object) -> bool:
        # Telegram refuses it in the first ten minutes after the bot was launched.
        wait = int(self._started + 600 - time.monotonic())
        if wait > 0:
            raise too_many_requests(wait)
        return True

    def log_out(self, p: Object) -> bool:
        self.logged_out = True
        return True

    # Messages

    def send_message(self, p: Object) -> Object:
        return self._send(p, self._text(p))

    def send_document(self, p: Object) -> Object:
        given = p["document"]
        if isinstance(given, str):
            attached = given.startswith("attach://")
            given = p.get(given[9:]) if attached else self._server.files.get(given)
        if given is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        caption, entities = formatted(p, "caption", 1024)
        content = {"document": self._server.document(given), "caption": caption}
        return self._send(p, content | {"caption_entities": entities})

    def send_message_draft(self, p: Object) -> bool:
        text, entities = formatted(p, "text", 4096)
        chat = self._chat(p)
        if chat.info["type"] != "private":
            raise bad_request("TEXTDRAFT_PEER_INVALID")
        if not p["draft_id"]:
            raise bad_request("RANDOM_ID_INVALID")
        stop = p.get("can_stop", False), p.get("keep_on_stop", False)
        chat.shown_draft = Draft(time.monotonic(), p["draft_id"], text, entities, *stop)
        chat.drafts.append(chat.shown_draft)
        self._server.changed.notify_all()
        return True

    def edit_message_text(self, p: Object) -> Object:
        _, message = self._message(p, "message to edit not found")
        if message.by_bot and "text" not in message.object:
            raise bad_request("there is no text in the message to edit")
        return self._edit(p, self._text(p))

    def edit_message_reply_markup(self, p: Object) -> Object:
        return self._edit(p, {})

    def delete_message(self, p: Object) -> bool:
        chat, message = self._message(p, "message to delete not found")
        if not message.by_bot and chat.info["type"] != "private":
            raise bad_request("message can't be deleted")
        chat.messages.remove(message)
        self._server.changed.notify_all()
        return True

    def set_message_reaction(self, p: Object) -> bool:
        _, message = self._message(p, "message to react not found")
        reactions = p.get("reaction", [])
        if len(reactions) > 1:
            raise bad_request("REACTIONS_TOO_MANY")
        emoji = [reaction.get("emoji", "") for reaction in reactions]
        if EMOJI and any(f'"{one}"' not in EMOJI for one in emoji):
            raise bad_request("REACTION_INVALID")
        message.reactions = emoji
        self._server.changed.notify_all()
        return True

    def send_chat_action(self, p: Object) -> bool:
        if p["action"] not in ACTIONS:
            raise bad_request("wrong parameter action in request")
        self._chat(p).actions.append(p["action"])
        self._server.changed.notify_all()
        return True

    def get_file(self, p: Object) -> Object:
        upload = self._server.files.get(p["file_id"])
        if upload is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(upload.content) > 20 * MEGABYTE:
            raise bad_request("file is too big")
        path = f"documents/{p['file_id']}{PurePosixPath(upload.name).suffix}"
        file = {"file_id": p["file_id"], "file_unique_id": f"unique-{p['file_id']}"}
        return file | {"file_size": len(upload.content), "file_path": path}

    # Queries

    def answer_callback_query(self, p: Object) -> bool:
        return self._answer(p, str(p["callback_query_id"]))

    def answer_inline_query(self, p: Object) -> bool:
        if len(p["results"]) > 50:
            raise bad_request("RESULTS_TOO_MUCH")
        return self._answer(p, str(p["inline_query_id"]))

    # The bot and its chats

    def get_me(self, p: Object) -> Object:
        return BOT | dict.fromkeys(ABILITIES, True)

    def set_my_commands(self, p: Object) -> bool:
        if len(p["commands"]) > 100:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in p["commands"]:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
                raise bad_request("BOT_COMMAND_INVALID")
        self._commands[self._scope(p)] = p["commands"]
        return True

    def get_my_commands(self, p: Object) -> list[Object]:
        return self._commands.get(self._scope(p), [])

    def delete_my_commands(self, p: Object) -> bool:
        self._commands.pop(self._scope(p), None)
        return True

    def get_chat(self, p: Object) -> Object:
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
        accepted = dict.fromkeys((*gifts, "gifts_from_channels"), False)
        info = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": accepted}
        return self._chat(p, writes=False).info | info

    def get_chat_member(self, p: Object) -> Object:
        chat, user_id = self._chat(p, writes=False), p["user_id"]
        if user_id == BOT["id"]:
            return {"status": "member", "user": BOT}
        person = self._server.people.get(user_id)
        if person is None:
            raise bad_request("user not found")
        if person is chat.owner and chat.info["type"] != "private":
            return {"status": "creator", "user": person.user, "is_anonymous": False}
        inside = person is chat.owner or any(m.object["from"] == person.user for m in chat.messages)
        return {"status": "member" if inside else "left", "user": person.user}

    def leave_chat(self, p: Object) -> bool:
        chat = self._chat(p)
        if chat.info["type"] == "private":
            raise bad_request("chat member status can't be changed in private chats")
        chat.left = True
        return True

    # What these have in common

    def _allow(self, p: Object) -> None:
        self.allowed = p.get("allowed_updates", self.allowed)

    def _drop(self, p: Object) -> bool:
        if p.get("drop_pending_updates"):
            self._server.updates.clear()
        return True

    def _end_poll(self, by: str) -> None:
        """Ends the poll under way, if there is one: it is answered with a conflict."""
        self._poll, self._poll_ended_by = self._poll + 1, by
        self.news.set()

    def _chat(self, p: Object, *, writes: bool = True) -> Chat:
        if "chat_id" not in p:
            raise bad_request("chat_id is empty")
        chat = self._server.chats.get(p["chat_id"])
        if chat is None:
            raise bad_request("chat not found")
        if chat.left:
            raise Refusal(403, f"Forbidden: bot is not a member of the {chat.info['type']} chat")
        private = chat.info["type"] == "private"
        if writes and private and chat.owner and chat.owner.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if "message_thread_id" in p:
            raise bad_request("message thread not found")
        return chat

    def _message(self, p: Object, missing: str) -> tuple[Chat, Message]:
        if "message_id" not in p:
            raise bad_request("message identifier is not specified")
        chat = self._chat(p)
        message = chat.find(p["message_id"])
        if message is None:
            raise bad_request(missing)
        return chat, message

    def _text(self, p: Object) -> Object:
        text, entities = formatted(p, "text", 4096)
        if not text:
            raise bad_request("message text is empty")
        return {"text": text, "entities": entities}

    def _keyboard(self, p: Object) -> Object:
        markup = p.get("reply_markup", {})
        check_buttons(markup)
        return {"reply_markup": markup if markup.get("inline_keyboard") else None}

    def _send(self, p: Object, content: Object) -> Object:
        chat = self._chat(p)
        reply = p.get("reply_parameters", {"message_id": 0, "allow_sending_without_reply": True})
        if not chat.find(reply["message_id"]) and not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        message = chat.add(BOT, content | self._keyboard(p), reply["message_id"])
        chat.shown_draft = None
        return message.object

    def _edit(self, p: Object, content: Object) -> Object:
        chat, message = self._message(p, "message to edit not found")
        if not message.by_bot:
            raise bad_request("message can't be edited")
        chat.change(message, content | self._keyboard(p))
        return message.object

    def _answer(self, p: Object, query_id: str) -> bool:
        if self._server.answers.get(query_id, {}) is not None:
            words = "query is too old and response timeout expired or query ID is invalid"
            raise bad_request(words)
        self._server.answers[query_id] = p
        self._server.changed.notify_all()
        return True

    def _scope(self, p: Object) -> tuple[str, str]:
        scope = p.get("scope", {"type": "default"})
        if "chat_id" in scope:
            self._chat(scope, writes=False)
        return json.dumps(scope, sort_keys=True), p.get("language_code", "")

    def _set_profile(self, name: str, p: Object) -> bool:
        self._profile[name, p.get("language_code", "")] = p.get(name, "")
        return True

    def _get_profile(self, name: str, p: Object) -> Object:
        own = self._profile.get((name, p.get("language_code", "")))
        return {name: own or self._profile.get((name, ""), "")}
