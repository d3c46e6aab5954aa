"""A Mastodon server, as far as posting and reading back go. ``statuses`` is its truth."""

import json
import re
import time
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.utils import format_datetime
from html import escape
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from tests.fakes.wire import Call, Reply

TOKEN = "kept-in-an-envelope"
OWNER = "109876543210987654"
PER_WINDOW = 300

Dialect = Literal["4.5", "4.6.0"]


@dataclass(frozen=True, slots=True)
class Stored:
    """A status that is really there."""

    id: str
    text: str
    language: str
    visibility: str
    created_at: datetime
    media: tuple[str, ...] = ()


@dataclass(slots=True)
class Media:
    """A picture that was uploaded; ``looks`` more and it is ready, and ``is_attached`` once a status has it."""

    id: str
    type: str
    body: bytes
    alt: str
    looks: int
    is_attached: bool = False


@dataclass(slots=True)
class Mastodon:
    """Answers calls as the versions of ``dialect`` do; ``now`` is its clock, and only tests move it."""

    dialect: Dialect = "4.5"
    now: datetime = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    key_lifetime: timedelta = timedelta(hours=1)
    refuses: tuple[int, str] | None = None
    """A status and words for every call that publishes, such as ``(403, "This action is not allowed")``."""
    limited_for: timedelta | None = None
    """How long this account may not post any more."""
    lists: bool = True
    """Whether the account's statuses can be read back."""
    slowness: float = 0
    """Seconds that storing a status takes."""
    statuses: list[Stored] = field(default_factory=list)
    media: list[Media] = field(default_factory=list)
    media_looks: int = 0
    """How often one must look before an uploaded picture is ready."""
    _keys: dict[str, tuple[datetime, Stored]] = field(default_factory=dict)
    _busy: list[str] = field(default_factory=list)

    def answer(self, call: Call) -> Reply:
        """The reply to one call; the network's side of a ``Wire``."""
        if call.headers.get("authorization") != f"Bearer {TOKEN}":
            return self._reply(401, {"error": "The access token is invalid"})
        return self._routed(call) or self._reply(404, {"error": "Record not found"})

    def _routed(self, call: Call) -> Reply | None:
        url = urlsplit(call.path)
        path = url.path.strip("/").split("/")[2:]
        if path[:1] == ["media"]:
            return self._upload(call) if call.method == "POST" else self._media(path[-1])
        match [call.method, *path]:
            case ["POST", "statuses"]:
                return self._post(call)
            case ["GET", "accounts", "verify_credentials"]:
                return self._reply(200, {"id": OWNER, "username": "blog", "acct": "blog"})
            case ["GET", "accounts", str(owner), "statuses"] if owner == OWNER and self.lists:
                return self._list(parse_qs(url.query))
            case ["GET", "statuses", str(name), "source"]:
                return self._source(name)
        return None

    def _post(self, call: Call) -> Reply:
        if self.limited_for:
            return self._reply(429, {"error": "Too many requests"})
        if self.refuses:
            return self._reply(self.refuses[0], {"error": self.refuses[1]})
        wanted = json.loads(call.body)
        if problem := _problem(wanted["status"]):
            return self._reply(422, {"error": f"Validation failed: {problem}"})
        if problem := self._attached(wanted.get("media_ids", [])):
            return self._reply(422, {"error": f"Validation failed: {problem}"})
        key = call.headers.get("idempotency-key", "")
        if self.dialect == "4.6.0" and key in self._busy:
            return self._reply(503, {"error": "There was a temporary problem serving your request, please try again"})
        self._busy.append(key)
        reply = self._once(key, wanted)
        self._busy.remove(key)
        return reply

    def _once(self, key: str, wanted: dict[str, Any]) -> Reply:
        """A key is known only once its status is stored: before 4.6 nothing keeps two calls at once apart."""
        since, known = self._keys.get(key, (None, None))
        time.sleep(self.slowness)
        if known and since and self.now - since < self.key_lifetime:
            again = self._reply(200, _json(known))
            return again if self.dialect == "4.5" else self._reply(500, {"error": "Internal Server Error"})
        status = self.store(wanted)
        self._keys[key] = (self.now, status)
        return self._reply(200, _json(status))

    def _upload(self, call: Call) -> Reply:
        """A form (RFC 7578) with the file and its description; 202 while its sizes are being made."""
        head = f"content-type: {call.headers['content-type']}\r\n\r\n".encode()
        parts = {part.get_param("name", header="content-disposition"): part for part in _parts(head + call.body)}
        file, alt = parts["file"], parts["description"].get_payload(decode=True)
        body = file.get_payload(decode=True)
        assert isinstance(body, bytes)
        assert isinstance(alt, bytes)
        if not file.get_content_type().startswith("image/"):
            return self._reply(422, {"error": "Validation failed: File content type is invalid"})
        new = Media(str(len(self.media) + 1), file.get_content_type(), body, alt.decode(), self.media_looks)
        self.media.append(new)
        return self._reply(202 if new.looks else 200, {"id": new.id, "type": "image", "url": None})

    def _media(self, name: str) -> Reply:
        for media in self.media:
            if media.id == name and not media.is_attached:
                media.looks -= 1
                return self._reply(206 if media.looks > 0 else 200, {"id": name, "type": "image"})
        return self._reply(404, {"error": "Record not found"})

    def _attached(self, names: list[str]) -> str:
        """Since 4.3, what another status has is refused for ever."""
        free = {media.id: media for media in self.media if not media.is_attached and media.looks <= 0}
        taken = [name for name in names if name not in free]
        return f"Media {', '.join(taken)} not found or already attached to another post" if taken else ""

    def store(self, wanted: dict[str, Any]) -> Stored:
        """Kept as Mastodon keeps it, without white space at the ends, under an identifier made of its moment."""
        moment = self.now + timedelta(milliseconds=len(self.statuses))
        name = str(int(moment.timestamp() * 1000) << 16)
        media = tuple(wanted.get("media_ids", ()))
        status = Stored(name, wanted["status"].strip(), wanted["language"], wanted["visibility"], moment, media)
        for one in self.media:
            one.is_attached = one.is_attached or one.id in media
        self.statuses.append(status)
        return status

    def _list(self, query: dict[str, list[str]]) -> Reply:
        below = int(query.get("max_id", [str(1 << 80)])[0])
        newest = [status for status in reversed(self.statuses) if int(status.id) < below]
        return self._reply(200, [_json(status) for status in newest[: min(int(query["limit"][0]), 40)]])

    def _source(self, name: str) -> Reply:
        texts = {status.id: status.text for status in self.statuses}
        if name not in texts:
            return self._reply(404, {"error": "Record not found"})
        return self._reply(200, {"id": name, "text": texts[name], "spoiler_text": ""})

    def _reply(self, status: int, content: Any) -> Reply:
        reset = self.now + (self.limited_for or timedelta(hours=3))
        headers = {
            "date": format_datetime(self.now, usegmt=True),
            "x-ratelimit-limit": str(PER_WINDOW),
            "x-ratelimit-remaining": "0" if self.limited_for else str(PER_WINDOW - len(self.statuses)),
            "x-ratelimit-reset": _iso(reset, "microseconds"),
        }
        return Reply(status, json.dumps(content).encode(), headers)


def _json(status: Stored) -> dict[str, Any]:
    return {
        "id": status.id,
        "created_at": _iso(status.created_at, "milliseconds"),
        "in_reply_to_id": None,
        "reblog": None,
        "visibility": status.visibility,
        "language": status.language,
        "uri": f"https://social.example/users/blog/statuses/{status.id}",
        "url": f"https://social.example/@blog/{status.id}",
        "content": f"<p>{escape(status.text)}</p>",
        "account": {"id": OWNER, "username": "blog", "acct": "blog"},
    }


def _parts(form: bytes) -> "list[Message[str, str]]":
    found = message_from_bytes(form).get_payload()
    return [part for part in found if isinstance(part, Message)] if isinstance(found, list) else []


def _iso(moment: datetime, precision: str) -> str:
    return moment.isoformat(timespec=precision).replace("+00:00", "Z")


def _problem(text: str) -> str | None:
    if not text.strip():
        return "Text can't be blank"
    return "Text character limit of 500 exceeded" if _length(text) > 500 else None


def _length(text: str) -> int:
    """Characters as a reader sees them: what joins or marks another does not count, a link counts 23."""
    text = re.sub(r"https?://\S+", "x" * 23, text)
    text = re.sub(r"(@\w+)@[\w.-]+\w", r"\1", text)
    text = re.sub("\u200d.", "", text)
    return sum(unicodedata.category(char) not in {"Mn", "Me"} for char in text)
