"""Discord, as far as a webhook sees it. ``messages`` is its truth; a webhook cannot list it."""

import json
import re
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes.form import fields
from tests.fakes.wire import Call, Reply

HOOK = "/api/webhooks/223704706495545344/3d89bb7572e0fb30d8128367b3b1b44fecd1726de135cbe28a41f8b2f777c372ba2939e7"
SERVER, CHANNEL = "199737254929760256", "199737254929760257"


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that is really there: what was written, and who would have been called by it."""

    content: str
    embeds: tuple[str, ...] = ()
    username: str = ""
    calls_nobody: bool = False
    has_card: bool = True
    file: bytes = b""
    alt: str = ""
    thread: str = ""
    number: str = ""

    @property
    def text(self) -> str:
        """What readers see: a backslash before a sign is not shown, nor are the brackets around an address."""
        written = self.content or "".join(self.embeds)
        bare = re.sub(r"<(https?://[^\s<>]+)>", r"\1", written)
        return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", bare)


@dataclass(slots=True)
class Discord:
    """Answers calls as Discord does: it has no key for webhooks, and so posts a repeat again."""

    limited_for: float = 0
    """Seconds for which this webhook may not post any more."""
    is_gone: bool = False
    is_another: bool = False
    """Whether the webhook under this address did not post the messages: they are unknown to it."""
    left: str = "4"
    """What the headers say is left in the bucket, which begins anew at half past a second."""
    messages: list[Posted] = field(default_factory=list)
    _last: int = 1_100_000_000_000_000_000

    def answer(self, call: Call) -> Reply:
        """The reply to one call; the network's side of a ``Wire``."""
        url = urlsplit(call.path)
        if self.is_gone or url.path.split("/")[3] != HOOK.split("/")[3]:
            return _reply(404, {"message": "Unknown Webhook", "code": 10015})
        hook, _, number = url.path.partition("/messages/")
        if hook != HOOK:
            return _reply(401, {"message": "Invalid Webhook Token", "code": 50027})
        if call.method == "GET":
            return _reply(200, {"id": HOOK.split("/")[3], "type": 1, "guild_id": SERVER, "channel_id": CHANNEL})
        if self.limited_for:
            return self._too_many()
        query = parse_qs(url.query)
        return self._changed(call, query, number) if number else self._post(call, query)

    def _too_many(self) -> Reply:
        said = {"message": "You are being rate limited.", "retry_after": self.limited_for, "global": False}
        return _reply(429, said, {"retry-after": str(int(self.limited_for) + 60), "x-ratelimit-scope": "user"})

    def _post(self, call: Call, query: dict[str, list[str]]) -> Reply:
        message, file = _given(call)
        if refused := _problem(message):
            return refused
        self._last += 1
        self.messages.append(_stored(message, file, query, str(self._last)))
        return self._told(self.messages[-1]) if query.get("wait") == ["true"] else Reply(204, b"")

    def _changed(self, call: Call, query: dict[str, list[str]], number: str) -> Reply:
        """A message in a thread is found in that thread alone; what an edit does not name stays as it is."""
        thread = "".join(query.get("thread_id", []))
        found = next((one for one in self.messages if (one.number, one.thread) == (number, thread)), None)
        if found is None or self.is_another:
            return _reply(404, {"message": "Unknown Message", "code": 10008})
        if call.method == "DELETE":
            self.messages.remove(found)
            return Reply(204, b"")
        message, file = _given(call)
        written = {"content": found.content, "embeds": [{"description": each} for each in found.embeds], **message}
        if refused := _problem(written):
            return refused
        stored = _stored(written, file, query, number)
        keeps = "attachments" not in message
        after = replace(stored, username=found.username, file=found.file, alt=found.alt) if keeps else stored
        self.messages[self.messages.index(found)] = replace(after, username=found.username)
        return self._told(after)

    def _told(self, posted: Posted) -> Reply:
        shown = {"id": posted.number, "channel_id": posted.thread or CHANNEL, "content": posted.content}
        headers = {"x-ratelimit-remaining": self.left, "x-ratelimit-reset": "1795507202.500"}
        return _reply(200, {**shown, "webhook_id": HOOK.split("/")[3]}, headers)


def _problem(message: dict[str, Any]) -> Reply | None:
    content, embeds = message.get("content", ""), message.get("embeds", [])
    if not content.strip() and not embeds:
        return _reply(400, {"message": "Cannot send an empty message", "code": 50006})
    is_long = len(content) > 2000 or any(len(embed["description"]) > 4096 for embed in embeds)
    return _too_long() if is_long else None


def _stored(message: dict[str, Any], file: bytes, query: dict[str, list[str]], number: str) -> Posted:
    return Posted(
        message.get("content", "").strip(),
        tuple(embed["description"] for embed in message.get("embeds", [])),
        message.get("username", ""),
        calls_nobody=message.get("allowed_mentions") == {"parse": []},
        has_card=not message.get("flags", 0) & 4,
        file=file,
        alt="".join(one.get("description", "") for one in message.get("attachments", [])),
        thread="".join(query.get("thread_id", [])),
        number=number,
    )


def _given(call: Call) -> tuple[dict[str, Any], bytes]:
    """The message, in JSON or in a form beside its file."""
    if call.headers["content-type"] == "application/json":
        return json.loads(call.body), b""
    found = fields(call)
    return json.loads(found["payload_json"]), found["files[0]"]


def _too_long() -> Reply:
    wrong = {"content": {"_errors": [{"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000 or fewer in length."}]}}
    return _reply(400, {"message": "Invalid Form Body", "code": 50035, "errors": wrong})


def _reply(status: int, said: dict[str, Any], headers: dict[str, str] | None = None) -> Reply:
    return Reply(status, json.dumps(said).encode(), headers or {})
