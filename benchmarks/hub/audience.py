"""Subscribers, and the source of the news, in a process of their own: on as many addresses as loopback has."""

import asyncio
import socket
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from urllib.parse import parse_qs, urlsplit

HANGS = "/hang"
_ITEM = (
    "<item><title>Nouvelle {n}</title><guid>n{n}</guid><link>https://agence.exemple/{n}</link>"
    "<description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
)
_RSS = "<rss version='2.0'><channel><title>L’agence</title><link>https://agence.exemple/</link>{items}</channel></rss>"
_PROSE = "Le programme dresse son bilan, et les quartiers sont mieux reliés. " * 40


@dataclass
class Audience:
    """``news`` is how many items the source has; ``arrived`` when documents came, by ``time.monotonic``."""

    news: int = 50
    arrived: list[float] = field(default_factory=list)

    def answer(self, method: str, path: str) -> bytes:
        """The body of what is answered."""
        if method == "POST":
            self.arrived.append(time.monotonic())
            return b""
        if path == "/feed":
            items = "".join(_ITEM.format(n=n, text=_PROSE) for n in range(self.news, 0, -1))
            return _RSS.format(items=items).encode()
        return parse_qs(urlsplit(path).query).get("hub.challenge", [""])[0].encode()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection; who hangs reads what comes, and never says a word."""
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n"):
                method, path, _ = head[0].split()
                length = next((line for line in head if line.lower().startswith("content-length:")), ":0")
                await reader.readexactly(int(length.partition(":")[2]))
                if method == "POST" and path.startswith(HANGS):
                    await asyncio.sleep(3600)
                body = self.answer(method, path)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


def play(told: Connection) -> None:
    """Serve until the process is ended; over ``told`` goes the port, then for every word the times of arrival."""
    asyncio.run(_play(told))


async def _play(told: Connection) -> None:
    audience = Audience()
    server = await asyncio.start_server(audience.take, sock=_loopback(), backlog=2000)
    told.send(server.sockets[0].getsockname()[1])
    while True:
        word = await asyncio.to_thread(told.recv)
        if word == "news":
            audience.news += 1
            audience.arrived.clear()
        told.send(list(audience.arrived))


def _loopback() -> socket.socket:
    """Every address of 127.0.0.0/8, and none that another machine could reach: bound to the device (Linux)."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo")
    listening.bind(("", 0))
    return listening
