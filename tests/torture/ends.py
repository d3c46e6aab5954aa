"""The far ends: each keeps its own truth, is slow, shows what it has only after a while, and fails now and then."""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import ThreadingHTTPServer
from random import Random
from threading import Lock, Thread
from urllib.parse import urlsplit

from tests.fakes.discord import Discord
from tests.fakes.mastodon import Mastodon
from tests.fakes.wire import Call, Fault, Reply, Wire, _Handler
from tests.torture.accounts import DIALECTS, PLACED, SILENT
from tests.torture.clock import Clock
from tests.torture.stock import number

LAG = timedelta(seconds=20)
"""How long a post is public before its account's list has it."""
SLOW = (0.005, 0.06)
"""Seconds that a call which publishes takes before it is done, and again before it is answered."""
FAULTS = (
    *(Fault.DROP_BEFORE, Fault.DROP_AFTER, Fault.CUT_SHORT, Fault.ERROR_AFTER, Fault.GATEWAY_AFTER),
    *(Fault.UNAVAILABLE, Fault.TIMEOUT_AFTER, Fault.LATE),
)
LIMITED = 0.01
"""Of the calls that publish, in the share of faults; 429, which says that nothing was done."""


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


@dataclass(slots=True)
class Ends:
    """All of them behind one address; the first folder of a path says which one it is."""

    clock: Clock
    chance: Random
    faulty: float
    servers: dict[str, Mastodon] = field(default_factory=lambda: {name: Mastodon(of) for name, of in DIALECTS.items()})
    places: dict[str, Placed] = field(default_factory=lambda: {name: Placed() for name in PLACED})
    discord: Discord = field(default_factory=Discord)
    begun: int = 0
    """How many calls that publish have come."""
    _lock: Lock = field(default_factory=Lock)

    def answer(self, call: Call) -> Reply:
        """The network's side of the ``Wire``."""
        if call.method == "GET":
            return self._answered(call)
        if len(call.body) < int(call.headers["content-length"]):
            return Reply(400, b"{}")  # who was asking died in the middle of it
        self.begun += 1
        if self.faulty and self.chance.random() < LIMITED:
            return Reply(429, b'{"error": "Too many requests"}', {"retry-after": "90"})
        time.sleep(self.chance.uniform(*SLOW))
        reply = self._answered(call)
        time.sleep(self.chance.uniform(*SLOW))
        return reply

    def _answered(self, call: Call) -> Reply:
        name, _, path = call.path.lstrip("/").partition("/")
        with self._lock:
            if name in self.servers:
                return self._served(self.servers[name], replace(call, path=f"/{path}"))
            if name in self.places:
                return self.places[name].answer(call)
            return Reply(404, b"{}") if name == "calm" else self.discord.answer(call)

    def _served(self, server: Mastodon, call: Call) -> Reply:
        server.now = self.clock.now()
        if call.method == "GET":
            listed = [status for status in server.statuses if status.created_at <= server.now - LAG]
            is_list = urlsplit(call.path).path.endswith("/statuses")
            reply = (replace(server, statuses=listed) if is_list else server).answer(call)
        else:
            reply = server.answer(call)
        return replace(reply, headers={**reply.headers, "x-ratelimit-remaining": "250"})

    def public(self) -> Counter[tuple[str, int]]:
        """How often each post is public: account and number → copies."""
        texts = [(name, status.text) for name, server in self.servers.items() for status in server.statuses]
        texts += [(name, text) for name, place in self.places.items() for text in place.posts.values()]
        texts += [(SILENT, message.text) for message in self.discord.messages]
        return Counter((name, number(text)) for name, text in texts)


@contextmanager
def listening(ends: Ends, posts: int) -> Iterator[Wire]:
    """Their server. Every call that publishes draws its fault from a list that was thrown beforehand."""
    faults = [_thrown(ends.chance, ends.faulty - LIMITED) for _ in range(posts * 4)] if ends.faulty else []
    wire = Wire(ends.answer, publishes="/", faults=faults)
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"wire": wire}))
    wire.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield wire
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    """Who hangs up has died, and that is no news here."""

    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # as socketserver has it


def _thrown(chance: Random, share: float) -> Fault:
    return chance.choice(FAULTS) if chance.random() < share else Fault.NONE
