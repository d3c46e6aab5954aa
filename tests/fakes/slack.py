"""Slack, as far as a webhook or a bot sees it. ``messages`` is its truth; only the bot can read it."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes.wire import Call, Reply

HOOK = "/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX"
TOKEN = "xoxb-not-a-real-token-1234567890"
CHANNEL = "C024BE91L"


@dataclass(slots=True)
class Slack:
    """Answers calls as Slack does: no key, so a repeat is posted again; ``now`` is its clock (seconds since 1970)."""

    now: float = 1795507200.0
    refuses: tuple[int, str] | None = None
    """A status and a word for every message: of the webhook with that status, of the API with 200."""
    limited_for: int = 0
    """Seconds for which nothing may be posted any more."""
    page: int = 100
    keeps_metadata: bool = True
    closed: str = ""
    """The word for every change, such as ``edit_window_closed`` or ``cant_delete_message``."""
    messages: list[dict[str, Any]] = field(default_factory=list)
    _stored: int = 0

    def answer(self, call: Call) -> Reply:
        """The reply to one call; the network's side of a ``Wire``."""
        url = urlsplit(call.path)
        if url.path.startswith("/services/"):
            return self._hooked(url.path, call)
        if call.headers.get("authorization") != f"Bearer {TOKEN}":
            return _api(error="invalid_auth")
        return self._asked(url.path, {key: values[0] for key, values in parse_qs(url.query).items()}, call.body)

    def _asked(self, path: str, asked: dict[str, str], body: bytes) -> Reply:
        match path:
            case "/api/auth.test":
                return _api(url="https://veille.slack.com/", team="Veille", user="relay")
            case "/api/chat.postMessage":
                return self._posted(json.loads(body))
            case "/api/chat.update" | "/api/chat.delete":
                return self._changed(path, json.loads(body))
            case "/api/conversations.history" | "/api/conversations.replies":
                return self._history(asked)
        return _api(error="unknown_method")

    def texts(self) -> list[str]:
        """What readers see: links without their brackets, and the three signs as signs."""
        plain = (re.sub(r"<(https?://[^|>]+)>", r"\1", message["text"]) for message in self.messages)
        return [text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for text in plain]

    def _hooked(self, path: str, call: Call) -> Reply:
        if path != HOOK:
            return _plain(404, "no_service") if path.count("/") != 4 else _plain(403, "invalid_token")
        if self.limited_for:
            return Reply(429, b"rate_limited", {"retry-after": str(self.limited_for)})
        if self.refuses:
            return _plain(*self.refuses)
        message = json.loads(call.body)
        if problem := _problem(message):
            return _plain(400, problem)
        self.store(message)
        return _plain(200, "ok")

    def _posted(self, message: dict[str, Any]) -> Reply:
        if self.limited_for:
            said = json.dumps({"ok": False, "error": "ratelimited"}).encode()
            return Reply(429, said, {"retry-after": str(self.limited_for)})
        problem = "channel_not_found" if message["channel"] != CHANNEL else _problem(message)
        if self.refuses or problem:
            return _api(error=self.refuses[1] if self.refuses else problem)
        stored = self.store(message)
        return _api(channel=CHANNEL, ts=stored["ts"], message=stored)

    def _changed(self, path: str, change: dict[str, Any]) -> Reply:
        """What an update does not name stays, the attachments above all."""
        if self.limited_for:
            said = json.dumps({"ok": False, "error": "ratelimited"}).encode()
            return Reply(429, said, {"retry-after": str(self.limited_for)})
        found = next((one for one in self.messages if one["ts"] == change["ts"]), None)
        if change["channel"] != CHANNEL or found is None:
            return _api(error="message_not_found" if found is None else "channel_not_found")
        if self.closed:
            return _api(error=self.closed)
        if path.endswith("delete"):
            self.messages.remove(found)
            return _api(channel=CHANNEL, ts=change["ts"])
        if problem := _problem(change):
            return _api(error=problem)
        found |= {**change, "text": _linked(change["text"])}
        return _api(channel=CHANNEL, ts=change["ts"], text=found["text"])

    def store(self, message: dict[str, Any]) -> dict[str, Any]:
        """Kept as Slack keeps it: under its moment, and with its links between angle brackets."""
        text = _linked(message["text"])
        moment = f"{self.now + self._stored * 0.001:.6f}"
        self._stored += 1
        stored = {"type": "message", "subtype": "bot_message", **message, "text": text, "ts": moment}
        self.messages.append(stored)
        return stored

    def _history(self, asked: dict[str, str]) -> Reply:
        """A channel newest first and without answers, a thread oldest first; metadata only where it is asked for."""
        if asked["channel"] != CHANNEL:
            return _api(error="channel_not_found")
        oldest, start, root = float(asked["oldest"]), int(asked.get("cursor", "0")), asked.get("ts")
        listed = (
            [one for one in self.messages if root in {one["ts"], one.get("thread_ts")}]
            if root
            else [one for one in reversed(self.messages) if "thread_ts" not in one]
        )
        found = [message for message in listed if float(message["ts"]) > oldest]
        shown = found[start : start + min(int(asked["limit"]), self.page)]
        if asked.get("include_all_metadata") != "true" or not self.keeps_metadata:
            shown = [{key: value for key, value in message.items() if key != "metadata"} for message in shown]
        more = str(start + len(shown)) if start + len(shown) < len(found) else ""
        return _api(messages=shown, has_more=bool(more), response_metadata={"next_cursor": more})


def _linked(text: str) -> str:
    return re.sub(r"(https?://[^\s<>]+)", r"<\1>", text)


def _problem(message: dict[str, Any]) -> str:
    if not message["text"].strip():
        return "no_text"
    return "msg_too_long" if len(message["text"]) > 3000 else ""


def _api(error: str = "", **said: Any) -> Reply:
    return Reply(200, json.dumps({"ok": False, "error": error} if error else {"ok": True, **said}).encode())


def _plain(status: int, word: str) -> Reply:
    return Reply(status, word.encode(), {"content-type": "text/plain"})
