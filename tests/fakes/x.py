"""X's API, as far as posting and reading back go. ``posts`` is its truth; ``spent`` is what it has cost."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.fakes.form import fields
from tests.fakes.wire import Call, Reply
from tests.fakes.x_posts import Posted, answered_of, edited_of, media_of, shown, weight
from tests.fakes.x_signature import SECRETS, USER, nonce_of

__all__ = ["PROBLEMS", "SECRETS", "TOKEN", "USER", "Posted", "X"]

TOKEN = "bearer-not-a-real-token-123"
FIRST = 1_993_000_000_000_000_000
PROBLEMS = "https://api.twitter.com/2/problems/"


@dataclass(slots=True)
class X:
    """Answers calls as X does; ``now`` is its clock, and only tests move it."""

    now: datetime = datetime(2026, 11, 24, 8, 0, 30, tzinfo=UTC)
    refuses: tuple[int, dict[str, Any]] | None = None
    """A status and a problem for every call that publishes."""
    limited_for: timedelta | None = None
    page: int = 100
    is_premium: bool = False
    """Whether the account pays for longer posts, and edits."""
    posts: list[Posted] = field(default_factory=list)
    media: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    """Bytes and alternative text of what was uploaded."""
    spent: Decimal = Decimal(0)
    _nonces: set[str] = field(default_factory=set)
    _given: int = 0
    """How many numbers it has given to posts."""

    def answer(self, call: Call) -> Reply:
        """The reply to one call; the network's side of a ``Wire``."""
        if not self._is_known(call):
            return self._problem(401, "Unauthorized", "Unauthorized", "about:blank")
        known = self._routed(call)
        return known or self._problem(404, "Not Found Error", "Not found", PROBLEMS + "resource-not-found")

    def _routed(self, call: Call) -> Reply | None:
        match [call.method, urlsplit(call.path).path]:
            case ["POST", "/2/tweets"]:
                return self._post(json.loads(call.body))
            case ["DELETE", str(path)] if path.startswith("/2/tweets/"):
                return self._delete(path.rpartition("/")[2])
            case ["POST", "/2/media/upload"]:
                return self._upload(fields(call))
            case ["POST", "/2/media/metadata"]:
                return self._describe(json.loads(call.body))
        return self._read(call)

    def _read(self, call: Call) -> Reply | None:
        match [call.method, urlsplit(call.path).path]:
            case ["GET", "/2/users/me"]:
                return self._reply(200, {"data": {"id": USER, "username": "veille"}})
            case ["GET", str(found)] if found == f"/2/users/{USER}/tweets":
                return self._timeline(dict(parse_qsl(urlsplit(call.path).query)))
        return None

    def _is_known(self, call: Call) -> bool:
        given = call.headers.get("authorization", "")
        return given == f"Bearer {TOKEN}" or (given.startswith("OAuth ") and self._is_signed(call, given[6:]))

    def _is_signed(self, call: Call, given: str) -> bool:
        """A nonce is taken once."""
        nonce = nonce_of(call, given)
        is_fresh = nonce is not None and nonce not in self._nonces
        self._nonces.add(nonce or "")
        return is_fresh

    def _post(self, wanted: dict[str, Any]) -> Reply:
        return self._stopped() or self._unfit(wanted) or self._unwelcome(wanted) or self._kept(wanted)

    def _stopped(self) -> Reply | None:
        if self.limited_for:
            return self._problem(429, "Too Many Requests", "Too Many Requests", "about:blank")
        return self._reply(*self.refuses) if self.refuses else None

    def _unfit(self, wanted: dict[str, Any]) -> Reply | None:
        if not wanted["text"].strip() or weight(wanted["text"]) > (25_000 if self.is_premium else 280):
            told = {"errors": [{"message": "Your Tweet text is too long."}], "title": "Invalid Request"}
            detail = "One or more parameters to your request was invalid."
            return self._reply(400, told | {"detail": detail, "type": PROBLEMS + "invalid-request"})
        if not set(media_of(wanted)) <= self.media.keys():
            return self._problem(400, "Invalid Request", "Your media IDs are invalid.", PROBLEMS + "invalid-request")
        return None

    def _unwelcome(self, wanted: dict[str, Any]) -> Reply | None:
        edited, answered = edited_of(wanted), answered_of(wanted)
        if any(post.text == wanted["text"].strip() and post.id != edited for post in self.posts):
            return self._forbidden("You are not allowed to create a Tweet with duplicate content.")
        if answered and not self._has(answered):
            return self._forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.")
        if edited and not self._may_edit(edited):
            return self._forbidden("You are not permitted to perform this action.")
        return None

    def _kept(self, wanted: dict[str, Any]) -> Reply:
        text, media, edited = wanted["text"], media_of(wanted), edited_of(wanted)
        post = self._renew(edited, text, media) if edited else self.store(text, media, answered_of(wanted))
        self.spent += Decimal("0.200") if "http" in post.text else Decimal("0.015")
        history = {"edit_history_tweet_ids": [*post.earlier, post.id]}
        return self._reply(201, {"data": {"id": post.id, "text": post.text, **history}})

    def store(self, text: str, media: tuple[str, ...] = (), answers: str = "") -> Posted:
        """Kept as X keeps it, without white space at the ends."""
        post = Posted(self._number(), text.strip(), self.now, media, answers)
        self.posts.append(post)
        return post

    def _number(self) -> str:
        self._given += 1
        return str(FIRST + self._given - 1)

    def _has(self, name: str) -> bool:
        return any(name in {post.id, *post.earlier} for post in self.posts)

    def _may_edit(self, name: str) -> bool:
        """The last version of a post, five times, within an hour; of whoever pays."""
        return self.is_premium and any(
            post.id == name and len(post.earlier) < 5 and self.now - post.created_at <= timedelta(hours=1)
            for post in self.posts
        )

    def _renew(self, name: str, text: str, media: tuple[str, ...]) -> Posted:
        """Another number in the place of the first; only the last version is listed."""
        [place] = [place for place, post in enumerate(self.posts) if post.id == name]
        old = self.posts[place]
        new = replace(old, id=self._number(), text=text.strip(), media=media, earlier=(*old.earlier, old.id))
        self.posts[place] = new
        return new

    def _delete(self, name: str) -> Reply:
        if stopped := self._stopped():
            return stopped
        if not self._has(name):
            told = f"Could not find tweet with id: [{name}]."
            return self._problem(404, "Not Found Error", told, PROBLEMS + "resource-not-found")
        self.posts = [post for post in self.posts if name not in {post.id, *post.earlier}]
        return self._reply(200, {"data": {"deleted": True}})

    def _upload(self, form: dict[str, bytes]) -> Reply:
        assert form["media_category"] == b"tweet_image"
        if not form["media"].startswith((b"\xff\xd8", b"\x89PNG")):
            return self._problem(400, "Invalid Request", "media type unrecognized.", PROBLEMS + "invalid-request")
        name = str(7_000 + len(self.media))
        self.media[name] = (form["media"], "")
        return self._reply(200, {"data": {"id": name, "media_key": f"3_{name}", "expires_after_secs": 86400}})

    def _describe(self, wanted: dict[str, Any]) -> Reply:
        name, alt = wanted["id"], wanted["metadata"]["alt_text"]["text"]
        if len(alt) > 1000:
            return self._problem(400, "Invalid Request", "alt text is too long", PROBLEMS + "invalid-request")
        self.media[name] = (self.media[name][0], alt)
        self.spent += Decimal("0.005")
        return self._reply(200, {"data": {"id": name}})

    def _timeline(self, asked: dict[str, str]) -> Reply:
        """Newest first, a page at a time, each post for money."""
        since = datetime.fromisoformat(asked["start_time"])
        hides = "replies" in asked.get("exclude", "").split(",")
        listed = [post for post in self.posts if not (hides and post.answers)]
        newest = [post for post in reversed(listed) if post.created_at >= since]
        start, size = int(asked.get("pagination_token", "0")), min(int(asked["max_results"]), self.page)
        listed = newest[start : start + size]
        self.spent += Decimal("0.001") * len(listed)
        meta: dict[str, Any] = {"result_count": len(listed)}
        if start + size < len(newest):
            meta["next_token"] = str(start + size)
        data = {"data": [shown(post) for post in listed]} if listed else {}
        return self._reply(200, data | {"meta": meta})

    def _forbidden(self, detail: str) -> Reply:
        return self._problem(403, "Forbidden", detail, "about:blank")

    def _problem(self, status: int, title: str, detail: str, kind: str) -> Reply:
        return self._reply(status, {"title": title, "detail": detail, "type": kind, "status": status})

    def _reply(self, status: int, content: dict[str, Any]) -> Reply:
        reset = int((self.now + (self.limited_for or timedelta(minutes=15))).timestamp())
        left = "0" if self.limited_for else "99"
        headers = {"x-rate-limit-limit": "100", "x-rate-limit-remaining": left, "x-rate-limit-reset": str(reset)}
        headers["date"] = format_datetime(self.now, usegmt=True)
        return Reply(status, json.dumps(content).encode(), headers)
