"""Sources that take their time, each at an address of its own, in one process.

    python -m benchmarks.polls.slow PORT DELAY SLOWNESS SLOW HANGING LOG

Each answers 304 after ``DELAY`` seconds; of a hundred, ``SLOW`` after ``SLOWNESS`` seconds, and ``HANGING`` never.
A line of ``LOG`` is when a request came (seconds, the clock of the machine), and which source's.
"""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TextIO

_ANSWER = b'HTTP/1.1 304 Not Modified\r\nETag: "v0"\r\nConnection: close\r\n\r\n'


@dataclass(frozen=True, slots=True)
class Manners:
    """Seconds, and how many of a hundred."""

    delay: float
    slowness: float
    slow: int
    hanging: int

    def is_hanging(self, n: int) -> bool:
        """Whether source ``n`` never answers; they are spread evenly."""
        return n * 37 % 100 < self.hanging

    def is_slow(self, n: int) -> bool:
        """Whether it is one of the slow."""
        return self.hanging <= n * 37 % 100 < self.hanging + self.slow

    def wait(self, n: int) -> float | None:
        """Seconds until it answers; ``None``: never."""
        if self.is_hanging(n):
            return None
        return self.slowness if self.is_slow(n) else self.delay


class Source(asyncio.Protocol):
    """One connection, one request."""

    def __init__(self, manners: Manners, log: TextIO) -> None:
        self._manners, self._log = manners, log
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It begins."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """A request, which is small enough to come at once."""
        n = int(data.split(b" ", 2)[1].strip(b"/"))
        self._log.write(f"{monotonic():.6f} {n}\n")
        wait = self._manners.wait(n)
        if wait is not None:
            asyncio.get_running_loop().call_later(wait, self._answer)

    def _answer(self) -> None:
        assert self._transport is not None
        self._transport.write(_ANSWER)
        self._transport.close()


async def serve(port: int, manners: Manners, log: TextIO) -> None:
    """Until the process ends."""
    made = await asyncio.get_running_loop().create_server(
        lambda: Source(manners, log),
        "0.0.0.0",  # noqa: S104  # all of 127.0.0.0/8
        port,
        backlog=4096,
    )
    await made.serve_forever()


if __name__ == "__main__":
    told = Manners(float(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
    with Path(sys.argv[6]).open("w", buffering=1, encoding="ascii") as opened:
        asyncio.run(serve(int(sys.argv[1]), told, opened))
