"""LinkedIn's versioned API, as far as posting and reading back go. ``posts`` is its truth."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.fakes.linkedin_posts import Posted, listed, seen
from tests.fakes.wire import Call, Reply

__all__ = ["ORGANIZATION", "PERSON", "TOKEN", "LinkedIn", "Posted", "seen"]

TOKEN = "AQX-not-a-real-token-1234567890"
ORGANIZATION, PERSON = "urn:li:organization:123", "urn:li:person:AbC-12"
VERSIONS = {"202607", "202610"}
FIRST = 7_431_000_000_000_000_000
LONGEST = 2850
"""What is sure to be taken: where it really ends, and what is counted, nobody says."""


@dataclass(slots=True)
class LinkedIn:
    """Answers calls as LinkedIn does; ``now`` is its clock, and only tests move it."""

    now: datetime = datetime(2026, 11, 24, 8, 0, 30, tzinfo=UTC)
    url: str = ""
    """Where it is itself: pictures are put to an address that it tells."""
    refuses: tuple[int, dict[str, Any]] | None = None
    """A status and a body for every call that publishes."""
    image_looks: int = 0
    """How often one must look before a picture is ready."""
    is_member: bool = False
    """Whether the token is one of a member: it may write and not read."""
    page: int = 50
    posts: list[Posted] = field(default_factory=list)
    images: dict[str, bytes] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    """Posts that were deleted, and whose text is still not taken again."""
    organizations: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Pages by the last part of their address: number and name."""

    def answer(self, call: Call) -> Reply:
        """The reply to one call; the network's side of a ``Wire``."""
        if call.headers.get("authorization") != f"Bearer {TOKEN}":
            return self._no(401, "INVALID_ACCESS_TOKEN", "Invalid access token")
        url = urlsplit(call.path)
        if call.method == "PUT" and url.path.startswith("/dms-uploads/"):
            self.images[f"urn:li:image:{url.path.rpartition('/')[2]}"] = call.body
            return Reply(201, b"")
        if call.headers.get("linkedin-version") not in VERSIONS:
            told = f"Requested version {call.headers.get('linkedin-version')} is not active"
            return self._no(426, "NONEXISTENT_VERSION", told)
        assert call.headers["x-restli-protocol-version"] == "2.0.0"
        told = "Not enough permissions to access: partnerApiPostsExternal"
        return self._routed(call) or self._no(403, "ACCESS_DENIED", told)

    def _routed(self, call: Call) -> Reply | None:
        url = urlsplit(call.path)
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        match [call.method, *map(unquote, url.path.strip("/").split("/")[1:])]:
            case ["POST", "posts"]:
                return self._post(json.loads(call.body))
            case ["POST", "posts", str(urn)] if call.headers.get("x-restli-method") == "PARTIAL_UPDATE":
                return self._patch(urn, json.loads(call.body))
            case ["DELETE", "posts", str(urn)] if call.headers.get("x-restli-method") == "DELETE":
                return self._delete(urn)
            case ["GET", "posts"] if not self.is_member and call.headers.get("x-restli-method") == "FINDER":
                return self._list(asked)
            case ["GET", "posts", str(urn)] if not self.is_member:
                return self._one(urn)
        return self._beside(call, asked)

    def _beside(self, call: Call, asked: dict[str, str]) -> Reply | None:
        """What is not of the posts themselves."""
        match [call.method, *map(unquote, urlsplit(call.path).path.strip("/").split("/")[1:])]:
            case ["GET", "organizations"] if not self.is_member and asked["q"] == "vanityName":
                return self._organization(asked["vanityName"])
            case ["POST", "images"] if asked == {"action": "initializeUpload"}:
                return self._initialise(json.loads(call.body))
            case ["GET", "images", str(urn)] if not self.is_member:
                return self._image(urn)
        return None

    def _post(self, wanted: dict[str, Any]) -> Reply:
        if refused := self._unfit(wanted) or self._duplicate(wanted["commentary"]):
            return refused
        post = self.store(wanted["commentary"], wanted.get("content", {}), wanted["visibility"])
        return self._reply(201, {}, {"x-restli-id": post.urn})

    def _unfit(self, wanted: dict[str, Any]) -> Reply | None:
        if self.refuses:
            return self._reply(*self.refuses)
        author, others = (PERSON, {"CONNECTIONS"}) if self.is_member else (ORGANIZATION, set())
        if wanted["author"] != author or wanted["lifecycleState"] != "PUBLISHED":
            return self._no(403, "ACCESS_DENIED", "Unpermitted fields present in REQUEST_BODY")
        if wanted["visibility"] not in {"PUBLIC", *others}:
            return self._no(400, "INVALID_FIELD", "The visibility is not allowed for this author")
        shown = wanted.get("content", {})
        used = {shown.get("media", {}).get("id"), shown.get("article", {}).get("thumbnail")} - {None}
        if not used <= self.images.keys():
            return self._no(400, "INVALID_FIELD", "The image is not uploaded")
        return self._too_long(wanted["commentary"])

    def _too_long(self, commentary: str) -> Reply | None:
        if len(seen(commentary)) <= LONGEST:
            return None
        return self._no(400, "INVALID_FIELD", "ShareCommentary text length is more than allowed")

    def _duplicate(self, commentary: str) -> Reply | None:
        for post in self.posts:
            if post.commentary == commentary:
                told = f"Content is a duplicate of {post.urn}"
                detail = {"inputErrors": [{"description": told, "code": "DUPLICATE_POST"}]}
                body = {"message": told, "status": 422, "errorDetails": detail, "code": "UNPROCESSABLE_ENTITY"}
                return self._reply(422, body)
        return None

    def store(self, commentary: str, shown: dict[str, Any] | None = None, visibility: str = "PUBLIC") -> Posted:
        """Kept under an identifier of LinkedIn's own."""
        urn = f"urn:li:share:{FIRST + len(self.posts)}"
        author = PERSON if self.is_member else ORGANIZATION
        self.posts.append(Posted(urn, author, commentary, self.now, shown or {}, visibility))
        return self.posts[-1]

    def texts(self) -> list[str]:
        """What readers see."""
        return [post.text for post in self.posts if post.urn not in self.gone]

    def _patch(self, urn: str, wanted: dict[str, Any]) -> Reply:
        """The words alone: whatever else is set is refused."""
        if self.refuses:
            return self._reply(*self.refuses)
        given = wanted["patch"]["$set"]
        if given.keys() != {"commentary"}:
            return self._no(403, "ACCESS_DENIED", "Unpermitted fields present in REQUEST_BODY")
        if too_long := self._too_long(given["commentary"]):
            return too_long
        for place, post in enumerate(self.posts):
            if post.urn == urn and urn not in self.gone:
                self.posts[place] = replace(post, commentary=given["commentary"])
                return Reply(204, b"", {"date": format_datetime(self.now, usegmt=True)})
        return self._no(404, "NOT_FOUND", f"Could not find entity {urn}")

    def _delete(self, urn: str) -> Reply:
        """However often: LinkedIn calls it idempotent."""
        if self.refuses:
            return self._reply(*self.refuses)
        self.gone.add(urn)
        return Reply(204, b"", {"date": format_datetime(self.now, usegmt=True)})

    def _organization(self, name: str) -> Reply:
        found = self.organizations.get(name)
        listed = [{"id": found[0], "localizedName": found[1], "vanityName": name}] if found else []
        return self._reply(200, {"elements": listed, "paging": {"start": 0, "count": 10, "links": []}})

    def _list(self, asked: dict[str, str]) -> Reply:
        """Newest first, a page at a time."""
        assert asked["q"] == "author"
        assert asked["sortBy"] == "CREATED"
        mine = [post for post in reversed(self.posts) if post.author == asked["author"] and post.urn not in self.gone]
        start, size = int(asked["start"]), int(asked["count"])
        shown = [listed(post) for post in mine[start : start + size]]
        return self._reply(200, {"elements": shown, "paging": {"start": start, "count": size, "links": []}})

    def _one(self, urn: str) -> Reply:
        for post in self.posts:
            if post.urn == urn and urn not in self.gone:
                return self._reply(200, listed(post))
        return self._no(404, "NOT_FOUND", f"Could not find entity {urn}")

    def _initialise(self, wanted: dict[str, Any]) -> Reply:
        name = f"C{len(self.images)}"
        where = f"{self.url}/dms-uploads/{name}"
        value = {"uploadUrl": where, "image": f"urn:li:image:{name}", "uploadUrlExpiresAt": 1795593600000}
        assert wanted["initializeUploadRequest"]["owner"] in {ORGANIZATION, PERSON}
        return self._reply(200, {"value": value})

    def _image(self, urn: str) -> Reply:
        self.image_looks -= 1
        body, status = self.images[urn], "PROCESSING" if self.image_looks >= 0 else "AVAILABLE"
        if not body.startswith((b"\xff\xd8", b"\x89PNG")):
            status = "PROCESSING_FAILED"
        return self._reply(200, {"id": urn, "status": status})

    def _no(self, status: int, code: str, message: str) -> Reply:
        return self._reply(status, {"status": status, "code": code, "message": message})

    def _reply(self, status: int, content: dict[str, Any], headers: dict[str, str] | None = None) -> Reply:
        date = {"date": format_datetime(self.now, usegmt=True)}
        return Reply(status, json.dumps(content).encode(), date | (headers or {}))
