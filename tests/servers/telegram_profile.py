"""The bot's methods about itself and about the chats it is in."""

import json
import re
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from .telegram_methods import Methods
from .telegram_people import BOT, membership
from .telegram_refusals import Object, bad_request, too_many_requests

if TYPE_CHECKING:
    from .bot_api import BotApiServer

ABILITIES = """
    can_join_groups can_read_all_group_messages supports_inline_queries supports_guest_queries
    has_topics_enabled
""".split()
PROFILE = {"name": 64, "description": 512, "short_description": 120}
"""The bot's texts and how long they may be."""


class ProfileMethods(Methods):
    """Names, commands, chats and members."""

    def __init__(self, server: "BotApiServer") -> None:
        super().__init__(server)
        self.logged_out = False
        self._started = time.monotonic()
        self._commands: dict[tuple[str, str], list[Object]] = {}
        self._profile: dict[tuple[str, str], str] = {("name", ""): BOT["first_name"]}

    def named(self) -> dict[str, Callable[[Object], object]]:
        """The methods by their names, with those for each text of the profile."""
        found = super().named()
        for name in PROFILE:
            camel = name.title().replace("_", "")
            found[f"setMy{camel}"] = partial(self._set_profile, name)
            found[f"getMy{camel}"] = partial(self._get_profile, name)
        return found

    def get_me(self, p: Object) -> Object:
        return BOT | dict.fromkeys(ABILITIES, True)

    def close(self, p: Object) -> bool:
        # Telegram refuses it in the first ten minutes after the bot was launched.
        wait = int(self._started + 600 - time.monotonic())
        if wait > 0:
            raise too_many_requests(wait)
        return True

    def log_out(self, p: Object) -> bool:
        self.logged_out = True
        return True

    def set_my_commands(self, p: Object) -> bool:
        if len(p["commands"]) > 100:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in p["commands"]:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
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
            return chat.bot
        person = self._server.people.get(user_id)
        if person is None:
            raise bad_request("user not found")
        if not chat.private and (person is chat.owner or user_id in chat.admins):
            return membership("creator" if person is chat.owner else "administrator", person.user)
        inside = person is chat.owner or any(m.author is person for m in chat.messages)
        return membership("member" if inside else "left", person.user)

    def get_chat_administrators(self, p: Object) -> list[Object]:
        chat = self._chat(p, writes=False)
        if chat.private:
            raise bad_request("there are no administrators in the private chat")
        ids = {chat.owner.user["id"]} if chat.owner else set()
        return [self.get_chat_member({**p, "user_id": one}) for one in sorted(ids | chat.admins)]

    def leave_chat(self, p: Object) -> bool:
        chat = self._chat(p)
        if chat.private:
            raise bad_request("chat member status can't be changed in private chats")
        chat.left, chat.bot = True, membership("left", BOT)
        return True

    def menu(self, person_id: int, language: str, chat_id: int | None = None) -> list[str]:
        """The commands that somebody sees in a chat (their own with the bot): the narrowest."""
        chat = self._server.chats[person_id if chat_id is None else chat_id]
        here = {"type": "chat", "chat_id": chat.id}
        scopes: list[Object] = [{**here, "type": "chat_member", "user_id": person_id}]
        admin = person_id in chat.admins or bool(chat.owner and chat.owner.user["id"] == person_id)
        if admin and not chat.private:
            scopes += [{**here, "type": "chat_administrators"}]
        scopes += [here]
        if admin and not chat.private:
            scopes += [{"type": "all_chat_administrators"}]
        scopes += [{"type": f"all_{'private' if chat.private else 'group'}_chats"}]
        for scope in [*(scopes[1:] if chat.private else scopes), {"type": "default"}]:
            for code in (language, ""):
                commands = self._commands.get((json.dumps(scope, sort_keys=True), code))
                if commands:
                    return [command["command"] for command in commands]
        return []

    def _scope(self, p: Object) -> tuple[str, str]:
        scope = p.get("scope", {"type": "default"})
        if "chat_id" in scope:
            self._chat(scope, writes=False)
        return json.dumps(scope, sort_keys=True), p.get("language_code", "")

    def _set_profile(self, name: str, p: Object) -> bool:
        if len(p.get(name, "")) > PROFILE[name]:
            raise bad_request(f"BOT_{name.upper()}_TOO_LONG")
        self._profile[name, p.get("language_code", "")] = p.get(name, "")
        return True

    def _get_profile(self, name: str, p: Object) -> Object:
        own = self._profile.get((name, p.get("language_code", "")))
        return {name: own or self._profile.get((name, ""), "")}
