"""WordPress's REST API, as WordPress 6.1 answered in November 2026. ``posts`` and ``media`` are its truth."""

import base64
import html
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes import form
from tests.fakes.wire import Call, Reply

USER, PASSWORD = "veille", "abcd EFGH 1234 ijkl MNOP 5678"
LONGEST = 100_000
COLUMN = 65_535
"""Bytes of a title that go into the database."""


@dataclass(slots=True)
class WordPress:
    """No idempotency: a repeat is another post, its slug with "-2" (``wp_unique_post_slug``)."""

    says: tuple[int, dict[str, str]] | None = None
    """A status and headers that it answers with, whatever comes."""
    may_publish: bool = True
    has_trash: bool = True
    """Whether ``EMPTY_TRASH_DAYS`` is more than 0."""
    posts: list[dict[str, Any]] = field(default_factory=list)
    media: list[dict[str, Any]] = field(default_factory=list)
    _last: int = 99

    def answer(self, call: Call) -> Reply:
        """The reply to one call; the network's side of a ``Wire``."""
        url = urlsplit(call.path)
        asked = {key: values[0] for key, values in parse_qs(url.query).items()}
        if self.says:
            return Reply(self.says[0], b"<html>Somebody else</html>", {"content-type": "text/html", **self.says[1]})
        return _stranger(call) or self._routed(call, url.path, asked)

    def _routed(self, call: Call, path: str, asked: dict[str, str]) -> Reply:
        match [call.method, *path.strip("/").split("/")]:
            case ["POST", "wp-json", "wp", "v2", "posts"]:
                return self._post(call)
            case ["GET", "wp-json", "wp", "v2", "posts"]:
                return self._listed(self.posts, asked, asked.get("status", "publish"))
            case [method, "wp-json", "wp", "v2", "posts", str(number)]:
                return self._of_one(method, int(number), call.body, asked)
            case ["POST", "wp-json", "wp", "v2", "media"]:
                return self._upload(call)
            case ["GET", "wp-json", "wp", "v2", "media"]:
                return self._listed(self.media, asked, "inherit")
        return _no(404, "rest_no_route", "No route was found matching the URL and request method.")

    def texts(self) -> list[str]:
        """What readers see of the content, tags left out."""
        shown = (post for post in self.posts if post["status"] != "trash")
        parts = ("\n\n".join(re.findall(r"<p>(.*?)</p>", post["content"], re.DOTALL)) for post in shown)
        return [html.unescape(re.sub(r"<[^>]*>", "", part)) for part in parts]

    def _post(self, call: Call) -> Reply:
        if not self.may_publish:
            return _no(403, "rest_cannot_publish", "Sorry, you are not allowed to publish posts in this post type.")
        wanted = json.loads(call.body)
        if len(html.unescape(re.sub(r"<[^>]*>", "", wanted["content"])).strip().encode()) > LONGEST:
            return Reply(413, b"<html><h1>413 Request Entity Too Large</h1></html>", {"content-type": "text/html"})
        if len(wanted["title"].encode()) > COLUMN:
            return _no(500, "db_insert_error", "Could not insert post into the database.")
        shown = wanted.get("featured_media", 0)
        if shown and shown not in {one["id"] for one in self.media}:
            return _no(400, "rest_invalid_featured_media", "Invalid featured media ID.")
        return self._stored(self.posts, {"featured_media": 0, **wanted})

    def _of_one(self, method: str, number: int, body: bytes, asked: dict[str, str]) -> Reply:
        found = next((post for post in self.posts if post["id"] == number), None)
        if found is None:
            return _no(404, "rest_post_invalid_id", "Invalid post ID.")
        if method == "GET":
            return Reply(200, _json(found))
        if not self.may_publish:
            word = "delete" if method == "DELETE" else "edit"
            return _no(403, f"rest_cannot_{word}", f"Sorry, you are not allowed to {word} this post.")
        return self._removed(found, asked) if method == "DELETE" else self._edited(found, json.loads(body))

    def _edited(self, found: dict[str, Any], wanted: dict[str, Any]) -> Reply:
        """What is not named stays; a post in the trash stays there."""
        shown = wanted.get("featured_media", 0)
        if shown and shown not in {one["id"] for one in self.media}:
            return _no(400, "rest_invalid_featured_media", "Invalid featured media ID.")
        found |= wanted
        return Reply(200, _json(found))

    def _removed(self, found: dict[str, Any], asked: dict[str, str]) -> Reply:
        if asked.get("force") == "true":
            self.posts.remove(found)
            return Reply(200, json.dumps({"deleted": True, "previous": json.loads(_json(found))}).encode())
        if not self.has_trash:
            words = "The post does not support trashing. Set 'force=true' to delete."
            return _no(501, "rest_trash_not_supported", words)
        if found["status"] == "trash":
            return _no(410, "rest_already_trashed", "The post has already been deleted.")
        found |= {"status": "trash", "slug": f"{found['slug']}__trashed"}
        return Reply(200, _json(found))

    def _upload(self, call: Call) -> Reply:
        told = form.fields(call)
        words = {name: told[name].decode() for name in ("slug", "title", "alt_text")}
        return self._stored(self.media, {**words, "status": "inherit", "body": told["file"]})

    def _stored(self, among: list[dict[str, Any]], wanted: dict[str, Any]) -> Reply:
        taken = {one["slug"] for one in (self.posts if among is self.posts else [*self.posts, *self.media])}
        names = (wanted["slug"], *(f"{wanted['slug']}-{number}" for number in range(2, 99)))
        self._last += 1
        number = self._last
        slug = next(name for name in names if name not in taken)
        among.append({**wanted, "id": number, "slug": slug, "link": f"https://blog.example/{slug}/"})
        return Reply(201, _json(among[-1]))

    def _listed(self, among: list[dict[str, Any]], asked: dict[str, str], status: str) -> Reply:
        """Ten at most, and by the exact slug where one is asked for; drafts only to whoever asks for any."""
        seen = [
            one for one in among if status in {"any", one["status"]} and asked.get("slug", one["slug"]) == one["slug"]
        ]
        return Reply(200, b"[" + b",".join(_json(one) for one in seen[:10]) + b"]")


def _stranger(call: Call) -> Reply | None:
    """Who is nobody may read what is public, and nothing else; spaces in an application password do not count."""
    kind, _, written = call.headers.get("authorization", "").partition(" ")
    user, _, password = base64.b64decode(written).decode().partition(":")
    if kind == "Basic" and (user, password.replace(" ", "")) == (USER, PASSWORD.replace(" ", "")):
        return None
    if call.method == "GET":
        return _no(400, "rest_invalid_param", "Invalid parameter(s): status") if "status=any" in call.path else None
    return _no(401, "rest_cannot_create", "Sorry, you are not allowed to create posts as this user.")


def _no(status: int, code: str, words: str) -> Reply:
    return Reply(status, json.dumps({"code": code, "message": words, "data": {"status": status}}).encode())


def _json(stored: dict[str, Any]) -> bytes:
    told = {key: value for key, value in stored.items() if key != "body"}
    shown = {key: {"rendered": told[key], "raw": told[key]} for key in ("title", "content", "excerpt") if key in told}
    return json.dumps(told | shown).encode()
