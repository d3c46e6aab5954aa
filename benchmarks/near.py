"""relay, on a database of its own, with a clock that somebody else moves, following every publisher of the farm."""

import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.farm.site import START, Site
from relay.config.configuration import Configuration, Service
from relay.core.account import Account
from relay.core.route import Route
from relay.core.source import Source
from relay.intake.wire.guard import Guard
from relay.intake.wire.pace import Turns
from relay.intake.wire.transport import reading_client
from relay.pipeline.reading.reader import Reader
from relay.service import Relay
from relay.wiring import build

FAR = "127.0.0.1"
OPEN = (f"{FAR}/32",)
CONTACT = "https://www.exemple.fr/contact"

look_up = socket.getaddrinfo


@dataclass(slots=True)
class Clock:
    """The simulated instant."""

    now: datetime = START

    def __call__(self) -> datetime:
        """What relay takes for the time."""
        return self.now


@contextmanager
def near_end(sites: Sequence[Site], port: int, folder: Path, patience: float) -> Iterator[tuple[Relay, Clock]]:
    """One request a host at a time, as always; but nobody waits a second between two, for that costs real time only.

    ``patience``: the real seconds that a request may take in all.
    """
    clock, turns = Clock(), Turns(gap=0, per_second=1e6)
    with ExitStack() as stack:
        stack.enter_context(patch.object(socket, "getaddrinfo", _resolve))
        relay = stack.enter_context(build(_configuration(sites, port, folder), clock=clock, turns=turns))
        client = stack.enter_context(reading_client(Guard(OPEN), CONTACT, deadline=patience, turns=turns))
        yield replace(relay, reader=Reader.over(client)), clock


def _resolve(host: str | bytes, *rest: Any, **options: Any) -> list[Any]:
    """All names under ``.test`` lead to the farm."""
    name = host.decode() if isinstance(host, bytes) else host
    return look_up(FAR if name.endswith(".test") else name, *rest, **options)


def _configuration(sites: Sequence[Site], port: int, folder: Path) -> Configuration:
    sources = tuple(_source(site, port) for site in sites)
    return Configuration(
        version=1,
        zone="UTC",
        language="fr",
        service=Service(database=str(folder / "relay.db"), feeds=folder / "feeds", contact=CONTACT, allow=OPEN),
        sources=sources,
        feeds=(),
        accounts=(Account("masto", "sandbox", {"server": "https://sandbox.test", "imitates": "mastodon"}),),
        routes=(Route(0, tuple(source.id for source in sources), ("masto",)),),
    )


def _source(site: Site, port: int) -> Source:
    return Source(f"s{site.number}", f"http://{site.host}:{port}{site.path}", "Source : l’agence")
