"""A receiver of webhooks as the standard wants one (https://www.standardwebhooks.com). ``posts`` is its truth."""

import base64
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.wire import Call, Reply

KEY = b"twenty-four bytes or more, here"
SECRET = f"whsec_{base64.b64encode(KEY).decode()}"
TOLERANCE = 300
LONGEST = 16_000


@dataclass(slots=True)
class Receiver:
    """Checks signature and time, and takes what comes under an id that it has had for no new post."""

    says: tuple[int, dict[str, str]] | None = None
    """A status and headers that it answers with, whatever comes."""
    now: float = field(default_factory=time.time)  # noqa: TID251  # the receiver's own clock
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    """The ids that it has had."""

    def answer(self, call: Call) -> Reply:
        """The reply to one call; the network's side of a ``Wire``."""
        if self.says:
            return Reply(self.says[0], json.dumps({"error": f"No to {call.path}"}).encode(), self.says[1])
        if not self._is_signed(call):
            return Reply(401, b'{"error": "No matching signature found"}')
        payload = json.loads(call.body)
        name = call.headers["webhook-id"]
        if len(payload["data"].get("text", "").encode()) > LONGEST:
            return Reply(413, b'{"error": "Payload too large"}')
        if name not in self.events:
            self.events.append(name)
            self._take(name, payload)
        return Reply(204, b"")

    def _take(self, name: str, payload: dict[str, Any]) -> None:
        """What an event says of a post is what is shown of it."""
        match payload["type"]:
            case "post.published":
                self.posts[name] = payload
            case "post.updated":
                self.posts[payload["data"]["id"]] = payload
            case "post.deleted":
                self.posts.pop(payload["data"]["id"], None)

    def _is_signed(self, call: Call) -> bool:
        name, moment = call.headers["webhook-id"], call.headers["webhook-timestamp"]
        signed = f"{name}.{moment}.".encode() + call.body
        wanted = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
        is_recent = abs(int(moment) - self.now) <= TOLERANCE
        return is_recent and hmac.compare_digest(f"v1,{wanted}", call.headers["webhook-signature"])
