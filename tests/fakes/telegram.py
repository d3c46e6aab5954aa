"""Telegram's Bot API, as far as posting goes. ``messages`` is its truth; a bot cannot read it."""

import json
import re
from dataclasses import dataclass, field, replace
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
    number: int = 0
    answers: int | None = None


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
    keeps: bool = False
    """Whether it is a chat where the bot may not delete (any more)."""
    messages: list[Posted] = field(default_factory=list)
    _last: int = 0

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
        return self._done(method, *_given(call))

    def _done(self, method: str, given: dict[str, Any], photo: bytes) -> Reply:
        if given.get("chat_id") not in {CHANNEL, str(NUMBER)}:
            return _no(400, "Bad Request: chat not found")
        match method:
            case "sendMessage" | "sendPhoto":
                return self._post(given, photo)
            case "editMessageText" | "editMessageCaption" | "editMessageMedia":
                return self._edit(method, given, photo)
            case "deleteMessage":
                return self._delete(given)
        return _no(404, "Not Found")

    def _post(self, given: dict[str, Any], photo: bytes) -> Reply:
        posted = _read(given, photo)
        if isinstance(posted, Reply):
            return posted
        if posted.answers and not self._at(posted.answers):
            return _no(400, "Bad Request: message to be replied not found")
        self._last += 1
        self.messages.append(replace(posted, number=self._last))
        return self._posted(self.messages[-1])

    def _edit(self, method: str, given: dict[str, Any], photo: bytes) -> Reply:
        """A text stays a text; what would change nothing is refused."""
        place = self._at(given["message_id"])
        if not place:
            return _no(400, "Bad Request: message to edit not found")
        before = self.messages[place - 1]
        if bool(before.photo) is (method == "editMessageText"):
            what = "text" if before.photo else "caption"
            return _no(400, f"Bad Request: there is no {what} in the message to edit")
        read = _read(given.get("media", given), photo or before.photo)
        if isinstance(read, Reply):
            return read
        after = replace(read, number=before.number, answers=before.answers)
        if after == before:
            same = "exactly the same as a current content and reply markup of the message"
            return _no(400, f"Bad Request: message is not modified: specified new message content are {same}")
        self.messages[place - 1] = after
        return self._posted(after)

    def _delete(self, given: dict[str, Any]) -> Reply:
        place = self._at(given["message_id"])
        if not place:
            return _no(400, "Bad Request: message to delete not found")
        if self.keeps:
            return _no(400, "Bad Request: message can't be deleted")
        del self.messages[place - 1]
        return Reply(200, json.dumps({"ok": True, "result": True}).encode())

    def _at(self, number: object) -> int:
        """The place of a message, from 1; 0 where it is not there."""
        return next((place for place, one in enumerate(self.messages, 1) if one.number == int(str(number))), 0)

    def _posted(self, posted: Posted) -> Reply:
        chat: dict[str, Any] = {"id": NUMBER, "title": "Veille", "type": "channel"}
        if not self.is_private:
            chat["username"] = CHANNEL.removeprefix("@")
        result = {"message_id": posted.number, "chat": chat, "date": 1795507200, "text": posted.text}
        return Reply(200, json.dumps({"ok": True, "result": result}).encode())


def _read(given: dict[str, Any], photo: bytes) -> Posted | Reply:
    """The message that is asked for, or what is wrong with it."""
    text, most = (given["caption"], 1024) if photo else (given["text"], 4096)
    if not text.strip():
        return _no(400, "Bad Request: message text is empty")
    if len(text) > most:
        return _no(400, f"Bad Request: message {'caption ' if photo else ''}is too long")
    links = tuple(_link(text, entity) for entity in given.get("caption_entities" if photo else "entities", []))
    preview = given.get("link_preview_options", {}).get("url")
    answers = given.get("reply_parameters", {}).get("message_id")
    return Posted(text.strip(), links, preview, photo, answers=answers)


def _given(call: Call) -> tuple[dict[str, Any], bytes]:
    """The parameters of a call, in JSON or in a form, and its file."""
    if call.headers["content-type"] == "application/json":
        return json.loads(call.body), b""
    found = fields(call)
    photo = found.pop("photo")
    words: dict[str, Any] = {name: value.decode() for name, value in found.items()}
    in_json = {"caption_entities", "media", "reply_parameters"}
    return {name: json.loads(value) if name in in_json else value for name, value in words.items()}, photo


def _link(text: str, entity: dict[str, Any]) -> tuple[str, str]:
    """The stretch of the text that an entity names, counted in UTF-16 code units, and where it leads."""
    units, start = text.encode("utf-16-le"), entity["offset"] * 2
    return units[start : start + entity["length"] * 2].decode("utf-16-le"), entity["url"]


def _no(code: int, words: str, parameters: dict[str, int] | None = None) -> Reply:
    said: dict[str, Any] = {"ok": False, "error_code": code, "description": words}
    return Reply(code, json.dumps(said | ({"parameters": parameters} if parameters else {})).encode())
