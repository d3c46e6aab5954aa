"""A Micropub server (https://www.w3.org/TR/micropub/) with a media endpoint. ``posts`` is its truth."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes import form
from tests.fakes.wire import Call, Reply

TOKEN = "not-a-real-indieauth-token"
LONGEST = 100_000


@dataclass(slots=True)
class Site:
    """No idempotency: a repeat is a second post. Whether it lists its posts, keeps slugs and files, is its own affair."""

    lists: bool = True
    keeps_slugs: bool = True
    as_html: bool = False
    """Whether it lists its contents as HTML."""
    media_endpoint: str | None = "/media"
    accepts: int = 201
    """202 where it makes pages later."""
    refuses: tuple[int, str] | None = None
    changes: tuple[int, str] | None = None
    """A status and a word for every update and delete, such as ``(403, "insufficient_scope")``."""
    is_terse: bool = False
    """Whether a note that is not there is told by a status and a page, without a word in JSON."""
    renames: bool = False
    """Whether an update gives a note another address."""
    page: int = 100
    pages: bool = True
    """Whether it knows ``offset``."""
    posts: list[dict[str, Any]] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)

    def answer(self, call: Call) -> Reply:
        """The reply to one call; the network's side of a ``Wire``."""
        url = urlsplit(call.path)
        if call.headers.get("authorization") != f"Bearer {TOKEN}":
            return _no(401, "unauthorized", "No valid token")
        if self.refuses:
            return _no(*self.refuses, "No to this")
        match call.method, url.path:
            case "POST", "/micropub":
                wanted = json.loads(call.body)
                return self._changed(wanted) if "action" in wanted else self._created(wanted)
            case "GET", "/micropub":
                return self._asked({key: values[0] for key, values in parse_qs(url.query).items()})
            case "POST", "/media":
                self.files.append(form.fields(call)["file"])
                return Reply(201, b"", {"location": f"https://blog.example/media/{len(self.files)}.jpg"})
        return Reply(404, b"")

    def texts(self) -> list[str]:
        """What readers see."""
        return [post["content"][0] for post in self.posts]

    def _created(self, wanted: dict[str, Any]) -> Reply:
        assert wanted["type"] == ["h-entry"]
        properties: dict[str, Any] = wanted["properties"]
        if len(properties["content"][0].encode()) > LONGEST:
            return _no(400, "invalid_request", "The content is too long")
        url = self.store(properties)
        return Reply(self.accepts, json.dumps({"success": "create"}).encode(), {"location": url})

    def _changed(self, wanted: dict[str, Any]) -> Reply:
        """An update replaces whole properties; what is deleted is not there for a second time."""
        if self.changes:
            return _no(*self.changes, "No change to this")
        found = next((post for post in self.posts if post["url"] == [wanted["url"]]), None)
        if found is None:
            terse = Reply(404, b"<h1>Not Found</h1>", {"content-type": "text/html"})
            return terse if self.is_terse else _no(404, "not_found", "No post found for this URL")
        if wanted["action"] == "delete":
            self.posts.remove(found)
            return Reply(200, json.dumps({"success": "delete"}).encode())
        if len(wanted["replace"]["content"][0].encode()) > LONGEST:
            return _no(400, "invalid_request", "The content is too long")
        for name in wanted.get("delete", []):
            found.pop(name, None)
        found |= wanted["replace"] | ({"url": [f"{wanted['url']}-bis"]} if self.renames else {})
        return Reply(201, b"", {"location": found["url"][0]}) if self.renames else Reply(204, b"")

    def store(self, properties: dict[str, Any]) -> str:
        """Kept under its slug, or under a number where another post has that or slugs are not kept."""
        taken = {post["url"][0] for post in self.posts}
        url = f"https://blog.example/notes/{properties.get('mp-slug', [''])[0]}"
        if not self.keeps_slugs or url in taken:
            url = f"https://blog.example/notes/{len(self.posts) + 1}"
        self.posts.append({**properties, "url": [url]})
        return url

    def _asked(self, asked: dict[str, str]) -> Reply:
        match asked["q"]:
            case "config":
                told = {"media-endpoint": self.media_endpoint} if self.media_endpoint else {}
                return Reply(200, json.dumps(told).encode())
            case "source" if self.lists:
                newest = [self._listed(post) for post in reversed(self.posts)]
                first = int(asked.get("offset", "0")) if self.pages else 0
                shown = newest[first : first + min(int(asked["limit"]), self.page)]
                return Reply(200, json.dumps({"items": shown}).encode())
        return _no(400, "invalid_request", "Unsupported query")

    def _listed(self, post: dict[str, Any]) -> dict[str, Any]:
        kept = {key: values for key, values in post.items() if key != "mp-slug"}
        if self.as_html:
            kept["content"] = [{"html": f"<p>{post['content'][0]}</p>"}]
        return {"type": ["h-entry"], "properties": kept}


def _no(status: int, error: str, words: str) -> Reply:
    return Reply(status, json.dumps({"error": error, "error_description": words}).encode())
