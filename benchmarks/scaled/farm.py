"""Publishers, each at an address of its own in 127.0.0.0/8 (Linux has them all), in one process: HTTP as they speak it.

    python -m benchmarks.scaled.farm PORT DELAY NEWS LOG

Each answers ``DELAY`` seconds after it was asked: 304, and one in ``NEWS`` of them a document with one entry more.
A line of ``LOG`` is when a request came, when its answer left (seconds, the clock of the machine), and which source's.
"""

import asyncio
import sys
from pathlib import Path
from time import monotonic
from typing import TextIO

_HEAD = 'HTTP/1.1 {status}\r\nETag: "{tag}"\r\nContent-Type: application/rss+xml\r\nContent-Length: {size}\r\n\r\n'
_FEED = "<rss version='2.0'><channel><title>Agence {n}</title><link>http://{n}.test/</link>{items}</channel></rss>"
_ITEM = (
    "<item><title>Bilan {n}-{k}</title><guid>urn:{n}:{k}</guid><link>http://{n}.test/{k}</link>"
    "<pubDate>Tue, 24 Nov 2026 09:00:00 GMT</pubDate><description>Un bilan.</description></item>"
)


class Publisher(asyncio.Protocol):
    """One connection."""

    def __init__(self, delay: float, news: int, log: TextIO, asked: dict[int, int]) -> None:
        self._delay, self._news, self._log, self._asked = delay, news, log, asked
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It begins."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """A request, which is small enough to come at once."""
        came, number = monotonic(), int(data.split(b".xml", 1)[0].rpartition(b"/")[2] or 0)
        asyncio.get_running_loop().call_later(self._delay, self._answer, number, came)

    def _answer(self, number: int, came: float) -> None:
        assert self._transport is not None
        count = self._asked[number] = self._asked.get(number, 0) + 1
        is_news = self._news > 0 and number % self._news == 0
        body = feed(number, count) if is_news else b""
        head = _HEAD.format(status="200 OK" if is_news else "304 Not Modified", tag=f"v{count}", size=len(body))
        self._transport.write((head if is_news else head.replace("Content-Length: 0\r\n", "")).encode() + body)
        self._log.write(f"{came:.6f} {monotonic():.6f} {number}\n")


def feed(number: int, count: int) -> bytes:
    """Its last three entries."""
    items = "".join(_ITEM.format(n=number, k=k) for k in range(count, max(count - 3, 0), -1))
    return _FEED.format(n=number, items=items).encode()


async def serve(port: int, delay: float, news: int, log: TextIO) -> None:
    """Until the process ends."""
    asked: dict[int, int] = {}
    made = await asyncio.get_running_loop().create_server(
        lambda: Publisher(delay, news, log, asked),
        "0.0.0.0",  # noqa: S104  # all of 127.0.0.0/8
        port,
        backlog=4096,
    )
    await made.serve_forever()


if __name__ == "__main__":
    with Path(sys.argv[4]).open("w", buffering=1, encoding="ascii") as opened:
        asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), opened))
