"""How an answer is said: at once, slowly, in drops, or not at all."""

import asyncio
import socket
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

from benchmarks.farm.answers import Answer

PATIENCE = 60.0
"""Seconds that a server leaves a connection open on which nothing happens."""
DROP = 0.2
"""Seconds between two bytes of a server that drips."""


@dataclass(frozen=True, slots=True)
class Line:
    """A connection; ``slowness`` is the seconds that a slow server takes."""

    ear: asyncio.StreamReader
    mouth: asyncio.StreamWriter
    slowness: float


async def say(told: Answer, head: bytes, line: Line) -> tuple[float, bool]:
    """When it ended (``time.monotonic``), and whether the asker heard all of it."""
    whole = head + told.body
    with suppress(ConnectionError, TimeoutError):
        match told.manner:
            case "hang":
                await asyncio.wait_for(line.ear.read(), PATIENCE)
            case "drip":
                await _drip(whole, line)
            case "slow":
                await asyncio.sleep(line.slowness)
                return await _whole(whole, line)
            case "whole":
                return await _whole(whole, line)
            case "reset":
                pass
    return monotonic(), False


async def _whole(whole: bytes, line: Line) -> tuple[float, bool]:
    """Whoever closes before all is said, or without having read all of it, has not heard it.

    The instant is the one before the last byte goes: after it, the asker may be quicker than this process.
    """
    ended = monotonic()
    if line.ear.at_eof():
        return ended, False
    try:
        line.mouth.write(whole)
        await line.mouth.drain()
        await asyncio.wait_for(line.ear.read(), PATIENCE)
    except (ConnectionError, TimeoutError):
        return ended, False
    return ended, not _is_refused(line)


def _is_refused(line: Line) -> bool:
    """Whoever had left before the answer came has closed in order, and then refused it: only the socket knows."""
    return bool(line.mouth.get_extra_info("socket").getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))


async def _drip(whole: bytes, line: Line) -> None:
    """Byte by byte, for as long as anybody listens."""
    for place in range(len(whole)):
        line.mouth.write(whole[place : place + 1])
        await line.mouth.drain()
        with suppress(TimeoutError):
            await asyncio.wait_for(line.ear.read(1), DROP)
            return
