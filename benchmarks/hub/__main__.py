"""How long news take to 900 of 1,000 subscribers, while 100 hang: ``python -m benchmarks.hub``."""

import argparse
import multiprocessing
import tempfile
import threading
import time
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.hub.audience import HANGS, play
from relay import hub
from relay.config.configuration import Configuration, Service
from relay.core.feed import OutgoingFeed
from relay.core.source import Backlog, Source
from relay.loops import bring_up
from relay.pipeline.hub import asking
from relay.schedule.embedded import Embedded
from relay.schedule.hub import EVERY, hub_jobs
from relay.schedule.jobs import Job
from relay.service import Relay
from relay.storage import subscribers
from relay.wiring import build

LOOPBACK = ("127.0.0.0/8",)
PUBLIC = "http://127.0.0.1:8080"
LINK = f"{PUBLIC}/feeds/blog/"
PATIENCE = 120.0
"""Seconds until the benchmark gives up."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subscribers", type=int, default=1000)
    parser.add_argument("--hanging", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3, help="news, one after the other")
    wanted = parser.parse_args()
    near, far = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=play, args=(far,), daemon=True)
    process.start()
    with tempfile.TemporaryDirectory() as folder, build(_configuration(Path(folder), near.recv())) as relay:
        _run(relay, near, wanted)
    process.terminate()
    return 0


def _configuration(folder: Path, port: int) -> Configuration:
    source = Source("agence", f"http://127.0.0.1:{port}/feed", "Source : l’agence", backlog=Backlog("latest", 1000))
    feed = OutgoingFeed("blog", "Le blog", LINK, ("agence",), ("atom", "rss", "json", "html"), hubs=(f"{PUBLIC}/hub",))
    service = Service(
        public_url=PUBLIC,
        database=str(folder / "relay.db"),
        feeds=folder / "feeds",
        allow=LOOPBACK,
        callbacks=LOOPBACK,
    )
    return Configuration(1, "UTC", "fr", service, sources=(source,), feeds=(feed,))


def _run(relay: Relay, audience: Connection, wanted: argparse.Namespace) -> None:
    behind, published = threading.Event(), list[float]()
    port = int(relay.configuration.sources[0].url.split(":")[2].partition("/")[0])

    def done() -> None:
        published.append(time.monotonic())
        scheduler.nudge("distribute")

    scheduler = Embedded(
        (
            Job("publish", EVERY, lambda: bring_up(relay, behind, done)),
            *hub_jobs(partial(hub.verify, relay), partial(hub.distribute, relay), partial(hub.announce, relay)),
        )
    )
    relay.poll(["agence"])
    behind.set()
    bring_up(relay, behind)
    hub.distribute(relay)
    print(f"{_subscribe(relay, port, wanted):.2f} s until {wanted.subscribers} subscriptions are verified", flush=True)
    scheduler.start()
    for number in range(wanted.rounds):
        stored, arrived = _round(relay, audience, behind, wanted.subscribers - wanted.hanging)
        since = (
            f"{arrived - published[-1]:.2f} s from the document on the disk, {arrived - stored:.2f} s from the entry"
        )
        print(f"round {number + 1}: {since} in the database, {_size(relay)} KiB to each", flush=True)
    scheduler.stop(5)


def _subscribe(relay: Relay, port: int, wanted: argparse.Namespace) -> float:
    """Every tenth of a thousand hangs when it is told, and each has an address of its own."""
    began, step = time.monotonic(), wanted.subscribers // max(wanted.hanging, 1)
    for number in range(wanted.subscribers):
        hangs = number % step == 0 and number // step < wanted.hanging
        callback = f"http://127.1.{number // 200}.{number % 200 + 1}:{port}{HANGS if hangs else '/told'}?s={number}"
        form = {"hub.mode": "subscribe", "hub.topic": f"{LINK}atom.xml", "hub.callback": callback}
        said = asking.ask(relay.db, relay.desk, {**form, "hub.secret": f"secret {number}"}, relay.clock())
        assert said.status == 202, said
    while _subscribed(relay) < wanted.subscribers:
        assert time.monotonic() < began + PATIENCE, f"{_subscribed(relay)} subscriptions only"
        hub.verify(relay)
    return time.monotonic() - began


def _subscribed(relay: Relay) -> int:
    with relay.db.read() as tx:
        found = subscribers.readership(tx).get("blog")
    return found.subscribers if found else 0


def _round(relay: Relay, audience: Connection, behind: threading.Event, expected: int) -> tuple[float, float]:
    """When an entry is stored of which nothing is published yet, and when all who are to have it have it."""
    audience.send("news")
    audience.recv()
    relay.poll(["agence"])
    began = time.monotonic()
    behind.set()
    arrived: list[float] = []
    while len(arrived) < expected:
        assert time.monotonic() < began + PATIENCE, f"{len(arrived)} have it only"
        time.sleep(0.05)
        audience.send("who?")
        arrived = audience.recv()
    return began, sorted(arrived)[expected - 1]


def _size(relay: Relay) -> int:
    return (relay.configuration.service.feeds / "blog" / "atom.xml").stat().st_size // 1024


if __name__ == "__main__":
    raise SystemExit(main())
