"""The networks: each keeps what it was sent, is slow, and fails now and then; who sent what, and when, is written down."""

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from time import monotonic
from urllib.parse import parse_qs

from relay.wiring import clock
from tests.fakes.mastodon import Mastodon
from tests.fakes.mastodon_dialects import GOTOSOCIAL, MASTODON_45, Dialect
from tests.fakes.wire import Call, Reply
from tests.scale.names import number, worker_of
from tests.torture.placed import Placed

SERVERS: Mapping[str, Dialect] = {
    **{f"bare{n}": GOTOSOCIAL for n in range(8)},
    **{f"keyed{n}": MASTODON_45 for n in range(5)},
}
"""Servers of Mastodon's API: half of all have no keys, so that whatever is sent twice is public twice."""
PLACES = ("placed0", "placed1", "placed2")
ACCOUNTS = (*SERVERS, *PLACES)
SLOW = (0.02, 0.15)
"""Seconds that a call which publishes takes before it is done, and again before it is answered."""
FAULTS = ("cut before", "cut after", "500 after", "503 before")
LAG = timedelta(seconds=0.5)
"""How long a post is public before its account's list has it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A call that publishes, in seconds of the monotonic clock."""

    at: float
    worker: str
    account: str
    number: int


@dataclass(slots=True)
class Ends:
    """All of them behind one address: the first folder of a path says which one it is."""

    chance: Random
    faulty: float
    servers: dict[str, Mastodon] = field(default_factory=lambda: {name: Mastodon(of) for name, of in SERVERS.items()})
    places: dict[str, Placed] = field(default_factory=lambda: {name: Placed() for name in PLACES})
    told: list[Told] = field(default_factory=list)

    async def answer(self, _: str, call: Call) -> Reply | None:
        """What it answers, after a while; ``None`` cuts the connection."""
        if call.method == "GET":
            return self._done(call)
        account = call.path.split("/")[1]
        self.told.append(Told(monotonic(), worker_of(call), account, number(_text(call))))
        fault = self.chance.choice(FAULTS) if self.chance.random() < self.faulty else ""
        await asyncio.sleep(self.chance.uniform(*SLOW))
        if fault.endswith("before"):
            return Reply(503, b"{}") if fault.startswith("503") else None
        reply = self._done(call)
        await asyncio.sleep(self.chance.uniform(*SLOW))
        if fault:
            return Reply(500, b"{}") if fault.startswith("500") else None
        return reply

    def public(self) -> Counter[tuple[str, int]]:
        """How often each post is public: account and number → copies."""
        texts = [(name, status.text) for name, server in self.servers.items() for status in server.statuses]
        texts += [(name, text) for name, place in self.places.items() for text in place.posts.values()]
        return Counter((name, number(text)) for name, text in texts)

    def _done(self, call: Call) -> Reply:
        name, _, path = call.path.lstrip("/").partition("/")
        if name in self.places:
            return self.places[name].answer(call)
        if name not in self.servers:
            return Reply(404, b"{}")
        server = self.servers[name]
        server.now = clock()
        own = replace(call, path=f"/{path}")
        listed = [status for status in server.statuses if status.created_at <= server.now - LAG]
        is_list = call.method == "GET" and path.partition("?")[0].endswith("/statuses")
        reply = (replace(server, statuses=listed) if is_list else server).answer(own)
        return replace(reply, headers={**reply.headers, "x-ratelimit-remaining": "250"})


def _text(call: Call) -> str:
    """The words, of a form or of JSON."""
    if call.headers.get("content-type", "").startswith("application/json"):
        told = json.loads(call.body)
        return str(told.get("text") or told.get("status") or "")
    return parse_qs(call.body.decode()).get("status", [""])[0]
