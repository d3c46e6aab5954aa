"""The Threads API, as far as posting and reading back go. ``posts`` is its truth; a container is no post yet."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes.wire import Call, Reply

TOKEN = "THAA-not-a-real-token-1234567890"
_MISSING = "does not exist, cannot be loaded due to missing permissions, or does not support this operation"


@dataclass(slots=True)
class Container:
    """What may become a post; ``looks`` more and it is ready."""

    fields: dict[str, str]
    made_at: datetime
    looks: int = 0
    status: str = "FINISHED"
    error: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """A post that is really there, with what its container was made of."""

    id: str
    fields: dict[str, str]
    created_at: datetime


@dataclass(slots=True)
class Threads:
    """Answers calls as Threads does; ``now`` is its clock, and only tests move it."""

    now: datetime = datetime(2026, 11, 24, 8, 0, 30, tzinfo=UTC)
    refuses: tuple[int, dict[str, Any]] | None = None
    """A status and an error for every call that publishes."""
    looks: int = 0
    """How often one must look before a container is ready."""
    unreachable: str = ""
    """An address from which Threads cannot fetch a picture."""
    lists: bool = True
    may_delete: bool = True
    """Whether the token has ``threads_delete``."""
    posts: list[Posted] = field(default_factory=list)
    containers: dict[str, Container] = field(default_factory=dict)
    _given: int = 0
    """How many numbers it has given to posts."""

    def answer(self, call: Call) -> Reply:
        """The reply to one call; the network's side of a ``Wire``."""
        url = urlsplit(call.path)
        if call.headers.get("authorization") != f"Bearer {TOKEN}":
            told = {"message": "Error validating access token", "type": "OAuthException", "code": 190}
            return _reply(401, {"error": told})
        given = {name: values[0] for name, values in parse_qs(call.body.decode() or url.query).items()}
        known = self._routed(call, given)
        return known or _no(100, f"Unsupported {call.method.lower()} request. Object {_MISSING}.", 33)

    def _routed(self, call: Call, given: dict[str, str]) -> Reply | None:
        match [call.method, *urlsplit(call.path).path.strip("/").split("/")[1:]]:
            case ["POST", "me", "threads"]:
                return self._contain(given)
            case ["POST", "me", "threads_publish"]:
                return self._publish(given["creation_id"])
            case ["GET", "me", "threads" | "replies" as edge] if self.lists:
                return self._list(int(given["since"]), replies=edge == "replies")
            case ["GET", str(name)] if name in self.containers:
                return self._status(name)
            case [str(method), str(name)] if any(post.id == name for post in self.posts):
                return self._one(method, name)
        return None

    def _one(self, method: str, name: str) -> Reply | None:
        """A post by its number."""
        if method == "GET":
            return _reply(200, {"id": name, "permalink": _permalink(name)}) if self.lists else None
        if method != "DELETE" or not self.may_delete:
            return None
        if self.refuses:
            return _reply(self.refuses[0], {"error": self.refuses[1]})
        self.posts = [post for post in self.posts if post.id != name]
        return _reply(200, {"success": True, "deleted_id": name})

    def texts(self) -> list[str]:
        """What readers see."""
        return [post.fields["text"] for post in self.posts]

    def _contain(self, given: dict[str, str]) -> Reply:
        text = given.get("text", "")
        if len(text) > 500:
            return _no(100, "Param text must be at most 500 characters long.")
        links = {*re.findall(r"https?://\S+", text), given.get("link_attachment", "")} - {""}
        if len(links) > 5:
            return _no(100, "THREADS_API__LINK_LIMIT_EXCEEDED")
        if "reply_to_id" in given and not any(post.id == given["reply_to_id"] for post in self.posts):
            return _no(100, "Param reply_to_id is not a valid media ID.")
        assert ("image_url" in given) == (given["media_type"] == "IMAGE")
        assert "link_attachment" not in given or given["media_type"] == "TEXT"
        name = str(17_900_000 + len(self.containers))
        self.containers[name] = Container(given, self.now, self.looks)
        if given.get("image_url", "-").startswith(self.unreachable or "?"):
            self.containers[name].status, self.containers[name].error = "ERROR", "FAILED_DOWNLOADING_IMAGE"
        return _reply(200, {"id": name})

    def _publish(self, name: str) -> Reply:
        if self.refuses:
            return _reply(self.refuses[0], {"error": self.refuses[1]})
        container = self.containers[name]
        if self._word(container) != "FINISHED":
            return _no(24, "The requested resource does not exist")
        container.status = "PUBLISHED"
        post = self.store(container.fields)
        return _reply(200, {"id": post.id})

    def store(self, given: dict[str, str]) -> Posted:
        """Kept under a number of its own, which is not the container's."""
        self._given += 1
        self.posts.append(Posted(str(18_000_000 + self._given - 1), given, self.now))
        return self.posts[-1]

    def _status(self, name: str) -> Reply:
        container = self.containers[name]
        container.looks -= 1
        told = {"id": name, "status": self._word(container)}
        return _reply(200, told | ({"error_message": container.error} if container.error else {}))

    def _word(self, container: Container) -> str:
        if container.status == "FINISHED" and self.now - container.made_at > timedelta(hours=24):
            return "EXPIRED"
        return "IN_PROGRESS" if container.looks > 0 else container.status

    def _list(self, since: int, *, replies: bool) -> Reply:
        """An account's posts and its answers are listed apart."""
        kind = [post for post in self.posts if ("reply_to_id" in post.fields) == replies]
        shown = [post for post in reversed(kind) if post.created_at.timestamp() >= since]
        data = [{"id": post.id, "text": post.fields["text"], "permalink": _permalink(post.id)} for post in shown]
        return _reply(200, {"data": data[:100], "paging": {}})


def _permalink(name: str) -> str:
    return f"https://www.threads.com/@veille/post/{name}"


def _no(code: int, message: str, second: int | None = None) -> Reply:
    told = {"message": message, "type": "THApiException", "code": code, "fbtrace_id": "A"}
    return _reply(400, {"error": told | ({"error_subcode": second} if second else {})})


def _reply(status: int, content: dict[str, Any]) -> Reply:
    return Reply(status, json.dumps(content).encode())
