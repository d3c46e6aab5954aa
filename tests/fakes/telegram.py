"""Telegram's Bot API, as far as posting goes. ``messages`` is its truth; a bot cannot read it."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.form import fields
from tests.fakes.wire import Call, Reply

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
CHANNEL, NUMBER = "@veille_ville", -1001234567890


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that is really there; ``links`` are the stretches of its text that were named as links."""

    text: str
    links: tuple[tuple[str, str], ...] = ()
    preview: str | None = None
    photo: bytes = b""


@dataclass(slots=True)
class Telegram:
    """Answers every call as the Bot API does: it has no key, and so posts a repeat again."""

    refuses: tuple[int, str] | None = None
    """A code and words for every message, such as ``(403, "Forbidden: bot was kicked from the channel chat")``."""
    limited_for: int = 0
    """Seconds for which this bot may not post any more."""
    moved_to: int = 0
    """The number that the chat has since it became a supergroup."""
    is_private: bool = False
    messages: list[Posted] = field(default_factory=list)

    def answer(self, call: Call) -> Reply:
        """The reply to one call; the network's side of a ``Wire``."""
        token, _, method = urlsplit(call.path).path.removeprefix("/bot").partition("/")
        if not re.fullmatch(r"\d+:[\w-]+", token):
            return _no(404, "Not Found")
        if token != TOKEN:
            return _no(401, "Unauthorized")
        if self.limited_for:
            return _no(429, f"Too Many Requests: retry after {self.limited_for}", {"retry_after": self.limited_for})
        if self.moved_to:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            return _no(400, words, {"migrate_to_chat_id": self.moved_to})
        if self.refuses:
            return _no(*self.refuses)
        return self._post(method, call) if method in {"sendMessage", "sendPhoto"} else _no(404, "Not Found")

    def _post(self, method: str, call: Call) -> Reply:
        given, photo = _given(call)
        if given.get("chat_id") not in {CHANNEL, str(NUMBER)}:
            return _no(400, "Bad Request: chat not found")
        text, most = (given["text"], 4096) if method == "sendMessage" else (given["caption"], 1024)
        if not text.strip():
            return _no(400, "Bad Request: message text is empty")
        if len(text) > most:
            return _no(400, f"Bad Request: message {'caption ' if photo else ''}is too long")
        links = tuple(_link(text, entity) for entity in given.get("entities" if not photo else "caption_entities", []))
        preview = given.get("link_preview_options", {}).get("url")
        self.messages.append(Posted(text.strip(), links, preview, photo))
        return self._posted(text.strip())

    def _posted(self, text: str) -> Reply:
        chat: dict[str, Any] = {"id": NUMBER, "title": "Veille", "type": "channel"}
        if not self.is_private:
            chat["username"] = CHANNEL.removeprefix("@")
        result = {"message_id": len(self.messages), "chat": chat, "date": 1795507200, "text": text}
        return Reply(200, json.dumps({"ok": True, "result": result}).encode())


def _given(call: Call) -> tuple[dict[str, Any], bytes]:
    """The parameters of a call, in JSON or in a form, and its file."""
    if call.headers["content-type"] == "application/json":
        return json.loads(call.body), b""
    found = fields(call)
    photo = found.pop("photo")
    words: dict[str, Any] = {name: value.decode() for name, value in found.items()}
    return words | {"caption_entities": json.loads(words.get("caption_entities", "[]"))}, photo


def _link(text: str, entity: dict[str, Any]) -> tuple[str, str]:
    """The stretch of the text that an entity names, counted in UTF-16 code units, and where it leads."""
    units, start = text.encode("utf-16-le"), entity["offset"] * 2
    return units[start : start + entity["length"] * 2].decode("utf-16-le"), entity["url"]


def _no(code: int, words: str, parameters: dict[str, int] | None = None) -> Reply:
    said: dict[str, Any] = {"ok": False, "error_code": code, "description": words}
    return Reply(code, json.dumps(said | ({"parameters": parameters} if parameters else {})).encode())
