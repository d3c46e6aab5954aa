"""The Graph API, as far as a Page's posts go. ``posts`` is its truth."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.fakes.form import fields
from tests.fakes.wire import Call, Reply

TOKEN = "EAA-not-a-real-page-token-1234567890"
PAGE = "104561234567890"
_MISSING = "does not exist, cannot be loaded due to missing permissions, or does not support this operation"


@dataclass(frozen=True, slots=True)
class Posted:
    """A post that is really there."""

    id: str
    message: str
    created_at: datetime
    link: str = ""
    photos: tuple[str, ...] = ()


@dataclass(slots=True)
class Facebook:
    """Answers calls as the Graph API does; ``now`` is its clock, and only tests move it."""

    now: datetime = datetime(2026, 11, 24, 8, 0, 30, tzinfo=UTC)
    refuses: tuple[int, dict[str, Any]] | None = None
    """A status and an error for every call that publishes."""
    usage: dict[str, Any] | None = None
    """What stands beside an answer, in ``X-Business-Use-Case-Usage``."""
    size: int = 100
    may_delete: bool = True
    """Whether the token has the right to."""
    posts: list[Posted] = field(default_factory=list)
    photos: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    """Bytes and alternative text of what was uploaded and not published."""
    _given: int = 0
    """How many numbers it has given to posts."""

    def answer(self, call: Call) -> Reply:
        """The reply to one call; the network's side of a ``Wire``."""
        url = urlsplit(call.path)
        if call.headers.get("authorization") != f"Bearer {TOKEN}":
            told = {"message": "Invalid OAuth access token.", "type": "OAuthException", "code": 190}
            return self._reply(401, {"error": told})
        match [call.method, *url.path.strip("/").split("/")[1:]]:
            case ["POST", str(page), "feed"] if page == PAGE:
                return self._post({name: values[0] for name, values in parse_qs(call.body.decode()).items()})
            case ["POST", str(page), "photos"] if page == PAGE:
                return self._photo(fields(call))
            case ["GET", str(page), "posts"] if page == PAGE:
                return self._list({name: values[0] for name, values in parse_qs(url.query).items()})
            case [str(method), str(name)] if any(post.id == unquote(name) for post in self.posts):
                return self._one(method, unquote(name), call)
        return self._no(100, f"Unsupported {call.method.lower()} request. Object {_MISSING}.", 33)

    def _one(self, method: str, name: str, call: Call) -> Reply:
        """A post by its number."""
        [place] = [place for place, post in enumerate(self.posts) if post.id == name]
        if method == "GET":
            return self._reply(200, {"id": name})
        if self.refuses:
            return self._reply(self.refuses[0], {"error": self.refuses[1]})
        if method == "DELETE" and not self.may_delete:
            return self._no(100, f"Unsupported delete request. Object {_MISSING}.", 33)
        if method == "DELETE":
            del self.posts[place]
            return self._reply(200, {"success": True})
        return self._edit(place, parse_qs(call.body.decode()).get("message", [""])[0])

    def _edit(self, place: int, message: str) -> Reply:
        """The words alone."""
        if len(message) > 63_206:
            return self._no(100, "Param message must be at most 63206 characters long.")
        self.posts[place] = replace(self.posts[place], message=message.strip())
        return self._reply(200, {"success": True})

    def _post(self, wanted: dict[str, str]) -> Reply:
        if self.refuses:
            return self._reply(self.refuses[0], {"error": self.refuses[1]})
        message = wanted.get("message", "")
        if len(message) > 63_206:
            return self._no(100, "Param message must be at most 63206 characters long.")
        if self.posts and self.posts[-1].message == message:
            return self._no(506, "Duplicate status message")
        photos = tuple(one["media_fbid"] for one in json.loads(wanted.get("attached_media", "[]")))
        if not set(photos) <= self.photos.keys():
            return self._no(100, "Invalid parameter: attached_media")
        return self._reply(200, {"id": self.store(message, wanted.get("link", ""), photos).id})

    def store(self, message: str, link: str = "", photos: tuple[str, ...] = ()) -> Posted:
        """Kept under the Page's number and its own."""
        self._given += 1
        self.posts.append(Posted(f"{PAGE}_{122_000 + self._given - 1}", message.strip(), self.now, link, photos))
        return self.posts[-1]

    def _photo(self, form: dict[str, bytes]) -> Reply:
        assert form["published"] == b"false"
        if not form["source"].startswith((b"\xff\xd8", b"\x89PNG")):
            return self._no(324, "Missing or invalid image file")
        name = str(987_000 + len(self.photos))
        self.photos[name] = (form["source"], form.get("alt_text_custom", b"").decode())
        return self._reply(200, {"id": name})

    def _list(self, asked: dict[str, str]) -> Reply:
        """Newest first, a page at a time."""
        since = datetime.fromtimestamp(int(asked["since"]), UTC)
        newest = [post for post in reversed(self.posts) if post.created_at >= since]
        start, size = int(asked.get("after", "0")), min(int(asked["limit"]), self.size)
        shown = [_json(post, asked["fields"].split(",")) for post in newest[start : start + size]]
        paging = {"cursors": {"before": str(start), "after": str(start + size)}}
        more = {"next": "https://graph.facebook.com/…"} if start + size < len(newest) else {}
        return self._reply(200, {"data": shown, **({"paging": paging | more} if shown else {})})

    def _no(self, code: int, message: str, second: int | None = None) -> Reply:
        told = {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code, "fbtrace_id": "A"}
        return self._reply(400, {"error": told | ({"error_subcode": second} if second else {})})

    def _reply(self, status: int, content: dict[str, Any]) -> Reply:
        headers = {"x-business-use-case-usage": json.dumps(self.usage)} if self.usage is not None else {}
        return Reply(status, json.dumps(content).encode(), headers)


def _json(post: Posted, wanted: list[str]) -> dict[str, str]:
    created = post.created_at.strftime("%Y-%m-%dT%H:%M:%S+0000")
    known = {"id": post.id, "message": post.message, "created_time": created}
    return {name: known[name] for name in wanted if known[name]}
