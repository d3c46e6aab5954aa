"""Sources and networks in a process of their own, which says at any time what it has seen."""

import asyncio
import multiprocessing
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from random import Random
from time import monotonic

from tests.scale import wire
from tests.scale.ends import Ends, Told
from tests.scale.farm import Asked, Farm

_processes = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Seen:
    """All that the outside knows ``at`` a moment: requests to sources, calls that publish, and what is public."""

    at: float
    asked: list[Asked]
    told: list[Told]
    public: Counter[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Far:
    """Where they are: a port for all sources, on addresses of their own, and one for the networks."""

    sources: int
    networks: int
    line: Connection

    def seen(self) -> Seen:
        """So far."""
        self.line.send("seen")
        found: Seen = self.line.recv()
        return found


@contextmanager
def standing(each: int, faulty: float, seed: int) -> Iterator[Far]:
    """Both, until the end of the block."""
    ours, theirs = _processes.Pipe()
    process = _processes.Process(target=_run, args=(theirs, each, faulty, seed), daemon=True)
    process.start()
    try:
        sources, networks = ours.recv()
        yield Far(sources, networks, ours)
    finally:
        process.kill()
        process.join()


def _run(line: Connection, each: int, faulty: float, seed: int) -> None:
    chance = Random(seed)  # noqa: S311  # no secret
    asyncio.run(_live(line, Farm(each, chance), Ends(chance, faulty)))


async def _live(line: Connection, farm: Farm, ends: Ends) -> None:
    servers = [await wire.serve(0, farm.answer), await wire.serve(0, ends.answer)]
    line.send(tuple(server.sockets[0].getsockname()[1] for server in servers))
    asked = asyncio.Event()
    asyncio.get_running_loop().add_reader(line.fileno(), asked.set)
    while True:
        await asked.wait()
        asked.clear()
        if line.poll():
            line.recv()
            line.send(Seen(monotonic(), farm.asked, ends.told, ends.public()))
