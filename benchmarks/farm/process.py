"""The farm's process, and how it is spoken to from the reader's."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from benchmarks.farm.exchange import Exchange
from benchmarks.farm.server import Farm, places
from benchmarks.farm.site import Site

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Far:
    """The far end, as the near end sees it."""

    port: int
    line: "Connection[Any, Any]"

    def at(self, now: datetime) -> None:
        """It is this instant now."""
        self.line.send(now)
        self.line.recv()

    def written(self) -> list[Exchange]:
        """What was asked since this was asked last, in the order in which it came."""
        self.line.send(None)
        found: list[Exchange] = self.line.recv()
        return found


@contextmanager
def far_end(sites: Sequence[Site], slowness: float) -> Iterator[Far]:
    """The publishers, listening, for as long as this lasts; slow ones take so many seconds."""
    context = get_context("spawn")
    near, far = context.Pipe()
    process = context.Process(target=_run, args=(far, tuple(sites), slowness), daemon=True)
    process.start()
    far.close()
    try:
        yield Far(near.recv(), near)
    finally:
        near.close()
        process.join()


def _run(line: "Connection[Any, Any]", sites: Sequence[Site], slowness: float) -> None:
    asyncio.run(_live(line, Farm(places(sites), slowness)))


async def _live(line: "Connection[Any, Any]", farm: Farm) -> None:
    server = await asyncio.start_server(farm.serve, HOST, 0, backlog=512)
    farm.port = server.sockets[0].getsockname()[1]
    farm.idle.set()
    line.send(farm.port)
    heard = asyncio.Event()
    asyncio.get_running_loop().add_reader(line.fileno(), heard.set)
    with suppress(EOFError, ConnectionError):
        while True:
            await heard.wait()
            heard.clear()
            while line.poll():
                await _obey(line, farm)
    server.close()


async def _obey(line: "Connection[Any, Any]", farm: Farm) -> None:
    told = line.recv()
    if told is None:
        await farm.idle.wait()
        line.send(farm.written)
        farm.written = []
    else:
        farm.now = told
        line.send(None)
