"""X's API, as far as posting and reading back go. ``posts`` is its truth; ``spent`` is what it has cost."""

import hmac
import html
import json
import re
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from tests.fakes.form import fields
from tests.fakes.wire import Call, Reply

USER = "2244994945"
TOKEN = "bearer-not-a-real-token-123"
SECRETS = {
    "consumer_key": "key-not-a-real-one-1",
    "consumer_secret": "secret-not-a-real-one-2",
    "access_token": f"{USER}-token-not-a-real-one-3",
    "access_token_secret": "secret-not-a-real-one-4",
}
FIRST = 1_993_000_000_000_000_000
PROBLEMS = "https://api.twitter.com/2/problems/"


@dataclass(frozen=True, slots=True)
class Posted:
    """A post that is really there, in the words in which it was sent."""

    id: str
    text: str
    created_at: datetime
    media: tuple[str, ...] = ()


@dataclass(slots=True)
class X:
    """Answers calls as X does; ``now`` is its clock, and only tests move it."""

    now: datetime = datetime(2026, 11, 24, 8, 0, 30, tzinfo=UTC)
    refuses: tuple[int, dict[str, Any]] | None = None
    """A status and a problem for every call that publishes."""
    limited_for: timedelta | None = None
    page: int = 100
    posts: list[Posted] = field(default_factory=list)
    media: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    """Bytes and alternative text of what was uploaded."""
    spent: Decimal = Decimal(0)
    _nonces: set[str] = field(default_factory=set)

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
            case ["POST", "/2/media/upload"]:
                return self._upload(fields(call))
            case ["POST", "/2/media/metadata"]:
                return self._describe(json.loads(call.body))
            case ["GET", "/2/users/me"]:
                return self._reply(200, {"data": {"id": USER, "username": "veille"}})
            case ["GET", str(found)] if found == f"/2/users/{USER}/tweets":
                return self._timeline(dict(parse_qsl(urlsplit(call.path).query)))
        return None

    def _is_known(self, call: Call) -> bool:
        given = call.headers.get("authorization", "")
        return given == f"Bearer {TOKEN}" or (given.startswith("OAuth ") and self._is_signed(call, given[6:]))

    def _is_signed(self, call: Call, given: str) -> bool:
        """RFC 5849 §3.4, from the side of the server; a nonce is taken once."""
        told = {name: unquote(value) for name, value in re.findall(r'(\w+)="([^"]*)"', given)}
        claimed, nonce = told.pop("oauth_signature", ""), told.get("oauth_nonce", "")
        where = urlsplit(call.path)
        pairs = [*parse_qsl(where.query, keep_blank_values=True), *told.items()]
        both = sorted((quote(name, safe="-._~"), quote(value, safe="-._~")) for name, value in pairs)
        listed = quote("&".join("=".join(pair) for pair in both), safe="-._~")
        url = quote(f"http://{call.headers['host']}{where.path}", safe="-._~")
        key = f"{SECRETS['consumer_secret']}&{SECRETS['access_token_secret']}".encode()
        own = b64encode(hmac.new(key, f"{call.method}&{url}&{listed}".encode(), "sha1").digest()).decode()
        is_fresh = nonce not in self._nonces
        self._nonces.add(nonce)
        known = told.get("oauth_consumer_key"), told.get("oauth_token")
        return is_fresh and claimed == own and known == (SECRETS["consumer_key"], SECRETS["access_token"])

    def _post(self, wanted: dict[str, Any]) -> Reply:
        if self.limited_for:
            return self._problem(429, "Too Many Requests", "Too Many Requests", "about:blank")
        if self.refuses:
            return self._reply(*self.refuses)
        if not wanted["text"].strip() or _weight(wanted["text"]) > 280:
            told = {"errors": [{"message": "Your Tweet text is too long."}], "title": "Invalid Request"}
            detail = "One or more parameters to your request was invalid."
            return self._reply(400, told | {"detail": detail, "type": PROBLEMS + "invalid-request"})
        if any(post.text == wanted["text"].strip() for post in self.posts):
            detail = "You are not allowed to create a Tweet with duplicate content."
            return self._problem(403, "Forbidden", detail, "about:blank")
        media = tuple(wanted.get("media", {}).get("media_ids", ()))
        if not set(media) <= self.media.keys():
            return self._problem(400, "Invalid Request", "Your media IDs are invalid.", PROBLEMS + "invalid-request")
        post = self.store(wanted["text"], media)
        self.spent += Decimal("0.200") if "http" in post.text else Decimal("0.015")
        return self._reply(201, {"data": {"id": post.id, "text": post.text, "edit_history_tweet_ids": [post.id]}})

    def store(self, text: str, media: tuple[str, ...] = ()) -> Posted:
        """Kept as X keeps it, without white space at the ends."""
        post = Posted(str(FIRST + len(self.posts)), text.strip(), self.now, media)
        self.posts.append(post)
        return post

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
        newest = [post for post in reversed(self.posts) if post.created_at >= since]
        start, size = int(asked.get("pagination_token", "0")), min(int(asked["max_results"]), self.page)
        shown = newest[start : start + size]
        self.spent += Decimal("0.001") * len(shown)
        meta: dict[str, Any] = {"result_count": len(shown)}
        if start + size < len(newest):
            meta["next_token"] = str(start + size)
        data = {"data": [_shown(post) for post in shown]} if shown else {}
        return self._reply(200, data | {"meta": meta})

    def _problem(self, status: int, title: str, detail: str, kind: str) -> Reply:
        return self._reply(status, {"title": title, "detail": detail, "type": kind, "status": status})

    def _reply(self, status: int, content: dict[str, Any]) -> Reply:
        reset = int((self.now + (self.limited_for or timedelta(minutes=15))).timestamp())
        left = "0" if self.limited_for else "99"
        headers = {"x-rate-limit-limit": "100", "x-rate-limit-remaining": left, "x-rate-limit-reset": str(reset)}
        headers["date"] = format_datetime(self.now, usegmt=True)
        return Reply(status, json.dumps(content).encode(), headers)


def _shown(post: Posted) -> dict[str, Any]:
    """As the API shows it: links by X's short ones, three signs as HTML has them, and a link to each picture."""
    text, urls = post.text, []
    for number, link in enumerate(dict.fromkeys(re.findall(r"https?://[^\s«»]+|\b[a-z.]+\.gouv\.fr/\w+", text))):
        short = f"https://t.co/{post.id[-4:]}{number}"
        text = text.replace(link, short)
        urls.append({"url": short, "expanded_url": link if "://" in link else f"http://{link}", "display_url": link})
    for name in post.media:
        short = f"https://t.co/{name}pic"
        text += f" {short}"
        page = f"https://x.com/veille/status/{post.id}/photo/1"
        urls.append({"url": short, "expanded_url": page, "media_key": f"3_{name}"})
    created = post.created_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    shown = {"id": post.id, "text": html.escape(text, quote=False), "created_at": created}
    return shown | ({"entities": {"urls": urls}} if urls else {})


def _weight(text: str) -> int:
    return len(re.sub(r"https?://\S+", "x" * 23, text))
