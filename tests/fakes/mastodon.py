"""A server of Mastodon's API, as far as posting, changing and reading back go. ``statuses`` is its truth."""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes.mastodon_dialects import MASTODON_45, Dialect
from tests.fakes.mastodon_forms import told
from tests.fakes.mastodon_keys import Ring
from tests.fakes.mastodon_media import Shelf
from tests.fakes.mastodon_rendering import OWNER, Stored, as_json, iso
from tests.fakes.mastodon_statuses import changed, made, of_text, problem
from tests.fakes.wire import Call, Reply

TOKEN = "kept-in-an-envelope"
PER_WINDOW = 300


@dataclass(slots=True)
class Mastodon:
    """Answers calls as the servers of ``dialect`` do; ``now`` is its clock, and only tests move it."""

    dialect: Dialect = MASTODON_45
    now: datetime = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    refuses: tuple[int, str] | None = None
    """A status and words for every call that publishes, such as ``(403, "This action is not allowed")``."""
    limited_for: timedelta | None = None
    """How long this account may not post any more."""
    overloaded: bool = False
    """GoToSocial: more calls at once than it takes."""
    drops: bool = False
    """It takes all for spam, and answers as if it did not (AntiSpam::SilentlyDrop)."""
    silenced: bool = False
    """Its moderators show the account in no public timeline."""
    lists: bool = True
    """Whether the account's statuses can be read back."""
    blank: bool = False
    """Whether what is listed has no text."""
    marks_up: bool = False
    """Friendica: the source has links where the text has hashtags."""
    slowness: float = 0
    """Seconds that storing a status takes."""
    statuses: list[Stored] = field(default_factory=list)
    shelf: Shelf = field(default_factory=Shelf)
    _ring: Ring = field(default_factory=Ring)
    _number: int = 0

    def answer(self, call: Call) -> Reply:
        """The reply to one call; the network's side of a ``Wire``."""
        if self.overloaded:
            body = b'{"error":"Service Unavailable: server is overloaded"}'
            return Reply(503, body, {"retry-after": "30"})
        url = urlsplit(call.path)
        path = url.path.strip("/").split("/")[1:]
        if path[-1:] == ["instance"]:
            return self._instance(path[0])
        if call.headers.get("authorization") != f"Bearer {TOKEN}":
            return self._reply(401, {"error": "The access token is invalid"})
        return self._routed(call, path[1:], parse_qs(url.query)) or self._unknown()

    def store(self, wanted: dict[str, Any]) -> Stored:
        """The status is there from now on, with its pictures."""
        status = self._made(wanted)
        self.statuses.append(status)
        self.shelf.attach(status.media, status.id)
        return status

    def _routed(self, call: Call, path: list[str], query: dict[str, list[str]]) -> Reply | None:
        match [call.method, *path]:
            case [_, "media", *_]:
                return self._media(call, path[-1])
            case ["POST", "statuses"]:
                return self._post(call)
            case ["GET", "accounts", "verify_credentials"]:
                return self._reply(200, {"id": OWNER, "username": "blog", "acct": "blog"})
            case ["GET", "accounts", str(owner), "statuses"] if owner == OWNER and self.lists:
                return self._list(query)
            case [_, "statuses", str(name), *rest]:
                return self._way(call, rest)(name, call)
        return None

    def _media(self, call: Call, name: str) -> Reply:
        is_new = call.method == "POST"
        return self._reply(*(self.shelf.upload(call, self.dialect.most_alt) if is_new else self.shelf.look(name)))

    def _way(self, call: Call, rest: list[str]) -> Callable[[str, Call], Reply | None]:
        ways = {
            ("GET",): (200, self._show),
            ("GET", "source"): (self.dialect.source, self._source),
            ("PUT",): (self.dialect.edits, self._edit),
            ("DELETE",): (self.dialect.deletes, self._delete),
        }
        status, way = ways.get((call.method, *rest), (404, self._show))
        return way if status == 200 else lambda _name, _call: self._reply(status, {"error": "Not Found"})

    def _post(self, call: Call) -> Reply:
        if self.limited_for and self.dialect.keys != "replayed":
            return self._reply(429, {"error": "Too many requests"})
        key, wanted = call.headers.get("idempotency-key", ""), told(call)
        return self._ring.once(key, self.dialect, self.now, lambda: self._tried(wanted))

    def _tried(self, wanted: dict[str, Any]) -> tuple[Reply, bool]:
        if self.limited_for:
            return self._reply(429, {"error": "Too many requests"}), False
        if self.refuses:
            return self._reply(self.refuses[0], {"error": self.refuses[1]}), False
        if why := problem(wanted, self.dialect, self.shelf, {status.id for status in self.statuses}):
            return self._reply(*why), False
        time.sleep(self.slowness)
        status = self._made(wanted) if self.drops else self.store(wanted)
        return self._reply(200, self._json(status)), not self.drops

    def _show(self, name: str, _: Call) -> Reply | None:
        status = self._of(name)
        return self._reply(200, self._json(status)) if status else None

    def _source(self, name: str, _: Call) -> Reply | None:
        status = self._of(name)
        if not status:
            return None
        marked = re.sub(r"#(\w+)", r"[#\1](https://social.example/search?tag=\1)", status.text)
        text = marked if self.marks_up else status.text
        return self._reply(200, {"id": name, "text": text, "spoiler_text": status.title or status.warning})

    def _edit(self, name: str, call: Call) -> Reply | None:
        status, wanted = self._of(name), json.loads(call.body)
        if not status:
            return None
        if told := of_text(wanted, self.dialect):
            return self._reply(*told)
        if words := self.shelf.problem(wanted.get("media_ids", []), name):
            return self._reply(422, {"error": f"Validation failed: {words}"})
        after = changed(status, wanted, self.dialect)
        self.statuses[self.statuses.index(status)] = after
        self.shelf.attach(after.media, name)
        self.shelf.describe(wanted.get("media_attributes", []))
        return self._reply(200, self._json(after))

    def _delete(self, name: str, call: Call) -> Reply | None:
        """Its pictures stay for a day, for another post to have them, unless they are to go (4.4)."""
        status = self._of(name)
        if not status:
            return None
        self.statuses.remove(status)
        self.shelf.free(name, drop="delete_media=true" in call.path)
        return self._reply(200, self._json(status) | {"text": status.text})

    def _of(self, name: str) -> Stored | None:
        return next((status for status in self.statuses if status.id == name), None)

    def _made(self, wanted: dict[str, Any]) -> Stored:
        self._number += 1
        new = made(wanted, self.dialect, self.now + timedelta(milliseconds=self._number))
        return replace(new, visibility="unlisted") if self.silenced and new.visibility == "public" else new

    def _list(self, query: dict[str, list[str]]) -> Reply:
        if not self.dialect.pages:
            return self._reply(200, [self._json(status) for status in reversed(self.statuses)])
        below = int(query.get("max_id", [str(1 << 80)])[0])
        newest = [status for status in reversed(self.statuses) if int(status.id) < below]
        return self._reply(200, [self._json(status) for status in newest[: min(int(query["limit"][0]), 40)]])

    def _instance(self, version: str) -> Reply:
        dialect = self.dialect
        if version == "v2" and not dialect.v2:
            return self._unknown()
        statuses = {"max_characters": dialect.most, "characters_reserved_per_url": dialect.told_link_cost}
        media = {"description_limit": dialect.told_alt} if dialect.told_alt else {}
        told = {"version": dialect.version, "source_url": dialect.source_url}
        return self._reply(200, told | {"configuration": {"statuses": statuses, "media_attachments": media}})

    def _json(self, status: Stored) -> dict[str, Any]:
        told = as_json(status, shortens=self.dialect.shortens)
        return told | {"content": ""} if self.blank else told

    def _unknown(self) -> Reply:
        return self._reply(404, {"error": "Record not found"})

    def _reply(self, status: int, content: Any) -> Reply:
        reset = self.now + (self.limited_for or timedelta(hours=3))
        headers = {
            "date": format_datetime(self.now, usegmt=True),
            "x-ratelimit-limit": str(PER_WINDOW),
            "x-ratelimit-remaining": "0" if self.limited_for else str(PER_WINDOW - len(self.statuses)),
            "x-ratelimit-reset": iso(reset, "microseconds"),
        }
        return Reply(status, json.dumps(content).encode(), headers)
