"""A network on which a post stands where its key says, as in a repository of Bluesky's."""

import json
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.fakes.wire import Call, Reply


@dataclass(slots=True)
class Placed:
    """A network on which a post stands where its key says. ``posts`` is its truth."""

    posts: dict[str, str] = field(default_factory=dict)

    def answer(self, call: Call) -> Reply:
        """The reply to one call."""
        path = urlsplit(call.path).path
        if call.method == "PUT":
            wanted = json.loads(call.body)["text"]
            if self.posts.setdefault(path, wanted) != wanted:
                return Reply(409, b'{"error": "another post stands here"}')
        if path not in self.posts:
            return Reply(404, b'{"error": "nothing is here"}')
        return Reply(200, json.dumps({"text": self.posts[path], "url": f"https://placed.example{path}"}).encode())

    def texts(self) -> list[str]:
        """What readers see."""
        return list(self.posts.values())
