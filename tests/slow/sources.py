"""Sources that take their time, beside others that are well, asked by relay's own step over real HTTP."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv4Address
from itertools import chain, repeat
from pathlib import Path
from time import monotonic

import httpx

from relay.core.directory.handles import Directory
from relay.core.document import Answer
from relay.core.source import Source, Validators
from relay.intake.fetch import fetch
from relay.intake.wire.guard import Guard
from relay.intake.wire.over_httpx import OverHttpx
from relay.intake.wire.pace import Turns
from relay.intake.wire.transport import reading_client
from relay.pipeline.desk import Desk
from relay.pipeline.poll import poll_due
from relay.pipeline.polling.asking import Polled
from relay.pipeline.reading.reader import Reader
from tests.edges.opened import opened
from tests.fakes.feed_server import Asked, Drip, FeedServer, Told, answer, listening

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DEADLINE, HOUR = 30.0, 3600.0
"""Seconds that relay gives a request, and that it leaves between two where a feed says nothing else."""
ERROR = 0.2
"""What a source that is well may be late by, as a part of that hour, for others that are not."""
_FEED = (
    '<rss version="2.0"><channel><title>Agence</title><link>https://{host}/</link><description>x</description>'
    "<ttl>5</ttl><item><title>Bilan de {host}</title><guid>{host}</guid><link>https://{host}/1</link></item>"
    "</channel></rss>"
)


def dripping(deadline: float) -> Mapping[str, Sequence[bytes]]:
    """What each kind of server says, a piece at a time; none comes to an end within any deadline."""
    return {
        "silent": [b""],
        "head": [b"HTTP/1.1 200 OK\r\n", b"X-Slow: a\r\n"],
        "body": [answer(body=b" " * 90_000)[:400], b" "],
        "chunks": [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"],
        "redirects": [b"", answer(302, headers=[(b"Location", b"?again")])],
    }


def host(kind: str, number: int) -> str:
    """A site of its own for each."""
    return f"{kind}-{number}.test"


def told(request: Asked, deadline: float) -> Told:
    """What a site answers: those that redirect do so three times within a deadline, for ever."""
    kind = request.host.partition("-")[0]
    if kind == "well":
        headers = [(b"Content-Type", b"application/rss+xml"), (b"ETag", b'"one"')]
        return answer(body=_FEED.format(host=request.host).encode(), headers=headers)
    first, rest = dripping(deadline)[kind][0], dripping(deadline)[kind][-1]
    pieces, pause = ([first, rest], deadline * 0.4) if kind == "redirects" else (_endless(first, rest), deadline / 10)
    return Drip(pieces, pause)


def _endless(first: bytes, rest: bytes) -> Iterator[bytes]:
    return chain([first], repeat(rest, 40))


@contextmanager
def town(deadline: float) -> Iterator[tuple[FeedServer, httpx.Client]]:
    """All sites, on one port of this machine, and relay's client for them."""
    guard = Guard(("127.0.0.1",), lambda _host, _port: (IPv4Address("127.0.0.1"),))
    with (
        listening(lambda request: told(request, deadline)) as server,
        reading_client(guard, None, deadline=deadline, turns=Turns(gap=0)) as http,
    ):
        yield server, http


def fetched(kind: str, deadline: float) -> tuple[Answer, float]:
    """What asking one comes to, and how many seconds it takes."""
    with town(deadline) as (server, http):
        began = monotonic()
        found = fetch(OverHttpx(http), f"http://{host(kind, 0)}:{server.port}/", kind, Validators())
        return found, monotonic() - began


@dataclass(frozen=True, slots=True)
class Pass:
    """Deadlines, not seconds: until the last of those that are ``well`` was stored, and until all was over.

    ``new`` is how many of them brought their news.
    """

    well: float
    whole: float
    new: int

    @property
    def error(self) -> float:
        """How late a source of an hour can be, that becomes due as the pass begins, as a part of its hour."""
        return (self.well + self.whole) * DEADLINE / HOUR


def polled(folder: Path, drips: int, well: int, deadline: float) -> Pass:
    """One pass over so many that never end and so many that are well, who come last."""
    kinds = [*dripping(deadline)]
    names = [host(kinds[number % len(kinds)], number) for number in range(drips)]
    names += [host("well", number) for number in range(well)]
    done: dict[str, float] = {}
    with opened(folder) as db, town(deadline) as (server, http):
        sources = {name: Source(name, f"http://{name}:{server.port}/", "Source") for name in names}
        began = monotonic()

        def brought(polled: Sequence[Polled]) -> None:
            done.update({one.source_id: monotonic() - began for one in polled if one.new})

        poll_due(db, Reader.over(http), _desk(sources), None, NOW, brought)
        whole = monotonic() - began
    return Pass(max(done.values(), default=whole) / deadline, whole / deadline, len(done))


def _desk(sources: Mapping[str, Source]) -> Desk:
    return Desk(
        sources=sources,
        feeds=(),
        accounts={},
        routes=(),
        directory=Directory({}),
        networks={},
        public_url="http://127.0.0.1",
    )
