"""relay with a clock that somebody else moves: all its loops in one process, and its pages on loopback."""

import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx
from starlette.applications import Starlette
from tests.real.ports import free_port

from benchmarks.daemon import SANDBOXES, SERVICE, names
from benchmarks.month.town import START
from benchmarks.scaled.world import read
from relay.config.configuration import Service
from relay.core.people import Role
from relay.daemon import REQUESTS_END, listen
from relay.front import office
from relay.intake.wire.pace import Turns
from relay.loops import deliveries, every, news
from relay.schedule.jobs import Job
from relay.service import Relay
from relay.storage import people
from relay.web.app import create
from relay.web.server import Server, spoken
from relay.wiring import build

EDITOR = "camille"
_HEAD = f"""\
{SERVICE}database  = "{{folder}}/relay.db"
callbacks = ["127.0.0.1"]

[feeds.blog]
title   = "Le blog"
link    = "http://127.0.0.1:{{port}}/feeds/blog/"
formats = ["atom", "rss", "json", "html"]

[approvals.quick]
steps   = ["editor"]
undo    = "0s"

[hooks.intranet]
url    = "{{server}}/told"
secret = {{{{ env = "RELAY_HOOK_SECRET" }}}}
{SANDBOXES}
[[routes]]
from     = [{{names}}]
to       = ["masto", "bsky"]
approval = "quick"
"""
_SOURCE = """
[sources.s{n}]
url         = "{town}/feed/{n}"
attribution = "Source : Agence {n}"
"""


@dataclass(slots=True)
class Clock:
    """The simulated instant."""

    now: datetime = START

    def __call__(self) -> datetime:
        """What relay takes for the time."""
        return self.now


@dataclass(frozen=True, slots=True)
class Living:
    """The service, its loops and its pages; ``client`` asks them."""

    relay: Relay
    clock: Clock
    loops: tuple[Job, ...]
    app: Starlette
    client: httpx.Client
    turns: Turns

    def step(self) -> None:
        """Each loop once."""
        for job in self.loops:
            job.run()


@contextmanager
def living(folder: Path, town: str, sources: int) -> Iterator[Living]:
    clock, turns, port = Clock(), Turns(gap=0, per_second=1e6), free_port()
    os.environ["RELAY_HOOK_SECRET"] = "whsec_" + "c2VjcmV0" * 6
    configuration = read(_written(folder, town, port, sources))
    with ExitStack() as stack:
        relay = stack.enter_context(build(configuration, clock=clock, turns=turns))
        with relay.db.write() as tx:
            for editor in (EDITOR, "alix"):
                people.add(tx, editor, Role.EDITOR, clock.now)
        app = create(office(relay, lambda: None))
        stack.enter_context(_served(app, configuration.service))
        client = stack.enter_context(httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60))
        yield Living(relay, clock, _loops(relay), app, client, turns)


def _loops(relay: Relay) -> tuple[Job, ...]:
    behind = threading.Event()
    return every(relay, behind, lambda _: None, lambda: news(relay, None, behind), lambda: deliveries(relay))


@contextmanager
def _served(app: Starlette, settings: Service) -> Iterator[None]:
    """As the daemon does it, in a thread."""
    listening, stands = listen(settings), threading.Event()
    server = Server(spoken(app, REQUESTS_END, (), hatch=app.state.hatch), stands.set, lambda _: None)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    stands.wait(30)
    try:
        yield
    finally:
        app.state.live.end()
        server.should_exit = True
        thread.join(30)


def _written(folder: Path, town: str, port: int, sources: int) -> Path:
    file = folder / "relay.toml"
    head = _HEAD.format(port=port, folder=folder, server=town, names=names(sources))
    file.write_text(head + "".join(_SOURCE.format(n=n, town=town) for n in range(sources)), encoding="utf-8")
    return file
