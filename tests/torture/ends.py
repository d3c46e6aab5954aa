"""The far ends: each keeps its own truth, is slow, shows what it has only after a while, and fails now and then.

They need nothing but HTTP: whatever speaks Mastodon's API can be sent to ``/keyed`` and its like (``tests.torture.program``).
"""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from threading import Event, Lock
from urllib.parse import urlsplit

import httpx

from tests.fakes.discord import Discord
from tests.fakes.mastodon import Mastodon
from tests.fakes.pds import Member, Pds
from tests.fakes.wire import Call, Fault, Reply, Wire, _Handler, serving
from tests.torture.accounts import DIALECTS, PDS, PLACED, SILENT
from tests.torture.clock import Clock
from tests.torture.placed import Placed
from tests.torture.posted import records
from tests.torture.program import Public
from tests.torture.server import Server
from tests.torture.stock import number

LAG = timedelta(seconds=20)
"""How long a post is public before its account's list has it."""
SLOW = (0.005, 0.06)
"""Seconds that a call which publishes takes before it is done, and again before it is answered."""
_CALM = "calm"
FAULTS = (
    *(Fault.DROP_BEFORE, Fault.DROP_AFTER, Fault.CUT_SHORT, Fault.ERROR_AFTER, Fault.GATEWAY_AFTER),
    *(Fault.UNAVAILABLE, Fault.TIMEOUT_AFTER, Fault.LATE),
)
LIMITED = 0.01
"""Of the calls that publish, in the share of faults; 429, which says that nothing was done."""


@dataclass(slots=True)
class Ends:
    """All of them behind one address; the first folder of a path says which one it is."""

    clock: Clock
    chance: Random
    faulty: float
    servers: dict[str, Mastodon] = field(default_factory=lambda: {name: Mastodon(of) for name, of in DIALECTS.items()})
    places: dict[str, Placed] = field(default_factory=lambda: {name: Placed() for name in PLACED})
    discord: Discord = field(default_factory=Discord)
    pds: Pds | None = None
    """Bluesky's own server, and who is on it."""
    members: tuple[Member, ...] = ()
    slow: tuple[float, float] = SLOW
    begun: int = 0
    """How many calls that publish have come."""
    callers: int = 0
    """How many connections are open: none, once all who were asking are dead and all that they asked is done."""
    hurry: Event = field(default_factory=Event)
    """While it is set, nothing is slow: nobody waits for an answer."""
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
        self.hurry.wait(self.chance.uniform(*self.slow))
        reply = self._answered(call)
        self.hurry.wait(self.chance.uniform(*self.slow))
        return reply

    def _answered(self, call: Call) -> Reply:
        name, _, path = call.path.lstrip("/").partition("/")
        if name == PDS and self.pds:
            return self.pds.answer(replace(call, path=f"/{path}"))
        with self._lock:
            if name in self.servers:
                return self._served(self.servers[name], replace(call, path=f"/{path}"))
            if name in self.places:
                return self.places[name].answer(call)
            return Reply(404, b"{}") if name == _CALM else self.discord.answer(call)

    def _served(self, server: Mastodon, call: Call) -> Reply:
        server.now = self.clock.now()
        if call.method == "GET":
            listed = [status for status in server.statuses if status.created_at <= server.now - LAG]
            is_list = urlsplit(call.path).path.endswith("/statuses")
            reply = (replace(server, statuses=listed) if is_list else server).answer(call)
        else:
            reply = server.answer(call)
        return replace(reply, headers={**reply.headers, "x-ratelimit-remaining": "250"})

    def public(self) -> Public:
        """How often each post is public: account and number → copies."""
        texts = [(name, status.text) for name, server in self.servers.items() for status in server.statuses]
        texts += [(name, text) for name, place in self.places.items() for text in place.posts.values()]
        texts += [(SILENT, message.text) for message in self.discord.messages]
        for index, member in enumerate(self.members):
            texts += [(f"{PDS}{index}", text) for text in self._on_pds(member)]
        return Counter((name, number(text)) for name, text in texts)

    def _on_pds(self, member: Member) -> Iterator[str]:
        return records(self.pds, member) if self.pds else iter(())

    def met(self, callers: int) -> None:
        """So many more connections, or fewer."""
        with self._lock:
            self.callers += callers


@contextmanager
def listening(ends: Ends, posts: int) -> Iterator[Wire]:
    """Their server. Every call that publishes draws its fault from a list that was thrown beforehand."""
    faults = [_thrown(ends.chance, ends.faulty - LIMITED) for _ in range(posts * 4)] if ends.faulty else []
    wire = Wire(ends.answer, publishes="/", faults=faults)
    server = Server(type("Handler", (_Handler,), {"wire": wire}), ends.met)
    with serving(server, wire):
        yield wire


def calm(ends: Ends, wire: Wire, *, all_dead: bool) -> None:
    """Until they have done all that was asked of them: the clock must not go past what is on its way.

    Connections are taken in order: when this one has been, so have those of the dead. Where somebody lives, whose
    connections stay open, the little that has been taken in and not read yet gets a moment.
    """
    ends.hurry.set()
    httpx.get(f"{wire.url}/{_CALM}", trust_env=False)
    while all_dead and ends.callers:
        time.sleep(0.001)
    if not all_dead:
        time.sleep(0.02)
    wire.settle()
    ends.hurry.clear()


def _thrown(chance: Random, share: float) -> Fault:
    return chance.choice(FAULTS) if chance.random() < share else Fault.NONE
