"""A network with a memory of its own: what is public there, and whether that is what people have approved."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx

from tests.pipeline.world import Crash

ANSWERS: Mapping[str, int] = {"later": 429, "refused": 422, "no access": 401}
"""What it says instead of taking anything."""
MOODS = ("well", "well", "well", "answer lost", "down", "crash before", "crash after", *ANSWERS)


@dataclass
class FarEnd:
    """It takes whatever it is asked to take, again and again: that nothing is there twice is relay's own doing.

    ``is_approved`` knows what people have said; ``is_stopped`` whether they have stopped everything.
    """

    is_approved: Callable[[str], bool]
    is_stopped: Callable[[], bool]
    mood: str = "well"
    shown: dict[str, dict[str, str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    taken: int = 0

    def answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if request.method == "GET":
            return self._shown(path)
        if self.mood == "crash before":
            raise Crash
        if self.mood == "down":
            raise httpx.ConnectError("down", request=request)
        if self.mood in ANSWERS:
            return httpx.Response(ANSWERS[self.mood])
        self._take(request, path)
        if self.mood == "crash after":
            raise Crash
        if self.mood == "answer lost":
            raise httpx.ReadTimeout("lost", request=request)
        return httpx.Response(204) if request.method == "DELETE" else self._shown(path)

    def _shown(self, path: str) -> httpx.Response:
        if path not in self.shown:
            return httpx.Response(404)
        return httpx.Response(200, json=self.shown[path], headers={"ETag": '"1"'})

    def _take(self, request: httpx.Request, path: str) -> None:
        if self.is_stopped():
            self.wrong.append(f"{request.method} while everything was stopped")
        if request.method == "DELETE":
            self.shown.pop(path, None)
            return
        post, is_change = json.loads(request.content), "if-match" in request.headers
        if not self.is_approved(post["text"]):
            self.wrong.append(f"published, and never approved: {post['text']!r}")
        if path in self.shown and not is_change:
            self.wrong.append(f"published a second time: {post['text']!r}")
        self.shown[path] = {**post, "url": f"https://sandbox.example{path}"}
        self.taken += 1

    def twice(self) -> list[str]:
        """What is public in two places: the first posts by what they lead to, the others by what they answer."""
        places = Counter(post["link"] or post.get("answers", "") for post in self.shown.values())
        return [place for place, number in places.items() if number > 1]
