"""A TCP proxy before the database, in a process of its own: a door for each process of relay's, which can stall or be shut."""

import asyncio
import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Literal

State = Literal["open", "stalled", "cut"]
Order = tuple[str, State]
_processes = multiprocessing.get_context("spawn")
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Proxy:
    """``ports``: which door is whose."""

    ports: dict[str, int]
    line: Connection

    def put(self, name: str, state: State) -> None:
        """From now on: let through, held back without a word, or shut, with all that is in it."""
        self.line.send((name, state))


@dataclass(slots=True)
class Door:
    """``free`` is set while something goes through; ``writers`` are all ends of all connections."""

    target: str
    free: asyncio.Event = field(default_factory=asyncio.Event)
    is_shut: bool = False
    writers: set[asyncio.StreamWriter] = field(default_factory=set)

    def put(self, state: State) -> None:
        """See :meth:`Proxy.put`."""
        self.is_shut = state == "cut"
        (self.free.clear if state == "stalled" else self.free.set)()
        for writer in list(self.writers) if self.is_shut else ():
            writer.transport.abort()

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, both ways, until either side has ended it."""
        if self.is_shut:
            writer.transport.abort()
            return
        with suppress(OSError):
            theirs, beyond = await asyncio.open_unix_connection(self.target)
            self.writers |= {writer, beyond}
            await asyncio.gather(self._pump(reader, beyond), self._pump(theirs, writer))
            self.writers -= {writer, beyond}
        writer.close()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await reader.read(_PIECE):
                await self.free.wait()
                writer.write(piece)
                await writer.drain()
        await self.free.wait()
        writer.close()


@contextmanager
def standing(names: Sequence[str], target: str) -> Iterator[Proxy]:
    """Before the Unix socket ``target``, until the end of the block."""
    ours, theirs = _processes.Pipe()
    process = _processes.Process(target=_run, args=(theirs, tuple(names), target), daemon=True)
    process.start()
    try:
        yield Proxy(ours.recv(), ours)
    finally:
        process.kill()
        process.join()


def _run(line: Connection, names: Sequence[str], target: str) -> None:
    asyncio.run(_live(line, names, target))


async def _live(line: Connection, names: Sequence[str], target: str) -> None:
    doors = {name: Door(target) for name in names}
    servers = {name: await asyncio.start_server(door.meet, "127.0.0.1", 0) for name, door in doors.items()}
    for door in doors.values():
        door.free.set()
    line.send({name: server.sockets[0].getsockname()[1] for name, server in servers.items()})
    told = asyncio.Event()
    asyncio.get_running_loop().add_reader(line.fileno(), told.set)
    while True:
        await told.wait()
        told.clear()
        while line.poll():
            name, state = line.recv()
            doors[name].put(state)
