"""Real HTTP over real sockets, in a process of its own, for all publishers at once; they are told apart by name."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import monotonic

from benchmarks.farm.answers import Answer, answer
from benchmarks.farm.exchange import Exchange, Request
from benchmarks.farm.saying import Line, say
from benchmarks.farm.site import START, Site


@dataclass(slots=True)
class Farm:
    """Every publisher by its addresses; ``now`` is the simulated instant, which somebody else moves.

    ``idle`` is set while nobody is being answered.
    """

    places: Mapping[str, tuple[Site, int]]
    slowness: float = 1.0
    now: datetime = START
    written: list[Exchange] = field(default_factory=list)
    port: int = 0
    idle: asyncio.Event = field(default_factory=asyncio.Event)
    _turn: int = 0
    _open: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, one request."""
        self._open += 1
        self.idle.clear()
        try:
            request = await _request(reader)
            if request:
                await self._answer(request, Line(reader, writer, self.slowness))
        finally:
            writer.close()
            self._open -= 1
            if not self._open:
                self.idle.set()

    async def _answer(self, request: Request, line: Line) -> None:
        self._turn += 1
        site, hop = self.places.get(request.host + request.target, (None, 0))
        told = answer(site, hop, request.conditions, self.now, self._turn) if site else Answer(404)
        begun = Exchange(
            at=self.now,
            began=monotonic(),
            ended=monotonic(),
            request=request,
            site=site.number if site else None,
            hop=hop,
            answer=replace(told, body=b"", headers=()),
            size=len(told.body),
        )
        row = len(self.written)
        self.written.append(begun)
        ended, is_whole = await say(told, _head(told, site, hop, self.port), line)
        self.written[row] = replace(begun, ended=ended, is_whole=is_whole)


def places(sites: Sequence[Site]) -> dict[str, tuple[Site, int]]:
    """Every address that somebody has, and which hop of the way it is."""
    return {site.address(hop): (site, hop) for site in sites for hop in range(len(site.hops) + 1)}


async def _request(reader: asyncio.StreamReader) -> Request | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    first, *lines = head[:-4].split(b"\r\n")
    method, target, _ = first.decode("latin-1").split()
    parted = (line.partition(b":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in parted}
    return Request(method, headers.get(b"host", b"").decode("latin-1").partition(":")[0], target, headers)


def _head(told: Answer, site: Site | None, hop: int, port: int) -> bytes:
    lines = [b"HTTP/1.1 %d It is so" % told.status, *(b"%s: %s" % header for header in told.headers)]
    if site and hop < len(site.hops):
        place = site.address(0 if site.loop and hop + 1 == len(site.hops) else hop + 1)
        host, _, path = place.partition("/")
        lines.append(b"Location: " + f"http://{host}:{port}/{path}".encode())
    lines += [b"Content-Length: %d" % len(told.body), b"Connection: close"]
    return b"\r\n".join(lines) + b"\r\n\r\n"
