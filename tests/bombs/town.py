"""Publishers, each at an address of its own on loopback: some are good, and some send what does harm."""

import selectors
import socket
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field

from tests.bombs.bombs import RSS, Served, rss


@dataclass(slots=True)
class Town:
    """``asked`` and ``sent`` are when each was last asked, and had its answer: instants of ``time.monotonic``."""

    port: int = 0
    bombs: dict[str, Served] = field(default_factory=dict)
    asked: dict[str, float] = field(default_factory=dict)
    sent: dict[str, float] = field(default_factory=dict)
    times: int = 0

    def answer(self, host: str) -> Served:
        """A bomb, or else the newest of many words."""
        if host in self.bombs:
            return self.bombs[host]
        self.times += 1
        words = b"<item><title>News %d</title><link>https://a.fr/%d</link></item>" % (self.times, self.times)
        return Served(rss(words), RSS)


@contextmanager
def opened(hosts: Mapping[str, str]) -> Iterator[Town]:
    """A town whose publishers are at these ``hosts``, all at one port."""
    town, ended = Town(), threading.Event()
    with ExitStack() as open_ones:
        doors: list[socket.socket] = []
        for host in hosts.values():
            doors.append(open_ones.enter_context(socket.create_server((host, town.port))))
            town.port = doors[0].getsockname()[1]
        watching = threading.Thread(target=_watch, args=(town, doors, ended), daemon=True)
        watching.start()
        try:
            yield town
        finally:
            ended.set()
            watching.join()


def _watch(town: Town, doors: Sequence[socket.socket], ended: threading.Event) -> None:
    with selectors.DefaultSelector() as found:
        for door in doors:
            found.register(door, selectors.EVENT_READ, door)
        while not ended.is_set():
            for key, _ in found.select(0.2):
                asking, _ = key.data.accept()
                threading.Thread(target=_serve, args=(town, asking), daemon=True).start()


def _serve(town: Town, asking: socket.socket) -> None:
    """One request, and the end of the connection."""
    with asking, suppress(OSError):  # relay may have had enough of it
        asking.settimeout(30)
        host, asked = asking.getsockname()[0], b""
        while b"\r\n\r\n" not in asked:
            if not (more := asking.recv(65536)):
                return
            asked += more
        if b" /robots.txt " in asked:
            asking.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        town.asked[host] = time.monotonic()
        _tell(asking, town.answer(host))
    town.sent[host] = time.monotonic()


def _tell(asking: socket.socket, served: Served) -> None:
    headers = {"Content-Type": served.type, "Content-Length": str(len(served.body)), "Connection": "close"}
    lines = "".join(f"{name}: {value}\r\n" for name, value in {**headers, **served.headers}.items())
    asking.sendall(f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode() + served.body)
