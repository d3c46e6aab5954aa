"""Two plain far ends: a board where a post stands under its key, and an inbox that takes whatever comes."""

import json
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.fakes.wire import Call, Reply


@dataclass(slots=True)
class Board:
    """As the sandbox answers: 201 the first time, 200 again, 409 where another post stands."""

    posts: dict[str, str] = field(default_factory=dict)

    def answer(self, call: Call) -> Reply:
        """The reply to one call; the network's side of a ``Wire``."""
        path = urlsplit(call.path).path
        if call.method == "PUT":
            wanted = json.loads(call.body)["text"]
            if self.posts.setdefault(path, wanted) != wanted:
                return Reply(409, b'{"error": "another post stands here"}')
        if path not in self.posts:
            return Reply(404, b'{"error": "nothing is here"}')
        return Reply(200, json.dumps({"text": self.posts[path], "url": f"https://board.example{path}"}).encode())

    def texts(self) -> list[str]:
        """What readers see."""
        return list(self.posts.values())


@dataclass(slots=True)
class Inbox:
    """What Apprise hands over to its ``json://``."""

    messages: list[str] = field(default_factory=list)

    def answer(self, call: Call) -> Reply:
        """The reply to one call; the network's side of a ``Wire``."""
        self.messages.append(json.loads(call.body)["message"])
        return Reply(200, b"{}")

    def texts(self) -> list[str]:
        """What readers see."""
        return list(self.messages)
