"""Those who are connected and slow: each in its own way, all moved by one thread."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from enum import StrEnum
from itertools import cycle, islice
from socket import create_connection
from threading import Event, Thread
from time import monotonic


class Kind(StrEnum):
    """What somebody does."""

    SILENT = "says nothing"
    HEAD = "drips a head"
    BODY = "drips a body"
    LINES = "drips empty lines"
    AFTER = "drips empty lines behind a request"
    SECOND = "begins a second request with the first"
    DEAF = "takes no answer"


BEGINS = {
    Kind.SILENT: b"",
    Kind.HEAD: b"GET / HTTP/1.1\r\nHost: relay\r\n",
    Kind.BODY: b"POST /sign-in/password HTTP/1.1\r\nHost: relay\r\nSec-Fetch-Site: same-origin\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\nname=",
    Kind.LINES: b"",
    Kind.AFTER: b"GET / HTTP/1.1\r\nHost: relay\r\n\r\n",
    Kind.SECOND: b"GET /health HTTP/1.1\r\nHost: relay\r\n\r\n"
    b"POST /sign-in/password HTTP/1.1\r\nHost: relay\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 9\r\n\r\nname=",
    Kind.DEAF: b"GET /feeds/blog/atom.xml HTTP/1.1\r\nHost: relay\r\n\r\n",
}
GOES_ON = {Kind.HEAD: b"X-Slow: a\r\n", Kind.BODY: b"a", Kind.LINES: b"\r\n", Kind.AFTER: b"\r\n"}
DRIPPING = (Kind.SILENT, Kind.HEAD, Kind.BODY)


class Somebody:
    """One connection; ``lasted`` is how many seconds it took until the server ended it, ``told`` what it said."""

    def __init__(self, kind: Kind, port: int, host: str = "127.0.0.1") -> None:
        self.kind, self.lasted, self.told = kind, 0.0, b""
        self._began = monotonic()
        self._socket = create_connection(("127.0.0.1", port), timeout=10, source_address=(host, 0))
        self._socket.sendall(BEGINS[kind])
        self._socket.settimeout(0)

    def go_on(self) -> None:
        """A little more, unless it is over."""
        if self.lasted or self.kind is Kind.DEAF:
            return
        try:
            while piece := self._socket.recv(4096):
                self.told += piece
        except BlockingIOError:
            self._drip()
        except OSError:
            self._is_over()
        else:
            self._is_over()

    def _drip(self) -> None:
        try:
            self._socket.send(GOES_ON.get(self.kind, b""))
        except OSError:
            self._is_over()

    def _is_over(self) -> None:
        self.lasted = monotonic() - self._began

    def close(self) -> None:
        """Leave."""
        with suppress(OSError):
            self._socket.close()


@contextmanager
def slow(
    port: int, kinds: Sequence[Kind], count: int, every: float = 0.1, host: str = "127.0.0.1"
) -> Iterator[list[Somebody]]:
    """So many, of these kinds in turn, for as long as the context lasts."""
    over = Event()
    with ExitStack() as stack:
        crowd = [Somebody(kind, port, host) for kind in islice(cycle(kinds), count)]
        for one in crowd:
            stack.callback(one.close)

        def move() -> None:
            while not over.wait(every):
                for one in crowd:
                    one.go_on()

        thread = Thread(target=move, daemon=True)
        thread.start()
        try:
            yield crowd
        finally:
            over.set()
            thread.join()


def ended(crowd: Sequence[Somebody], patience: float) -> list[float]:
    """How long each lasted, once all are over or ``patience`` seconds are; ``inf`` for whoever still is there."""
    end = monotonic() + patience
    while monotonic() < end and not all(one.lasted for one in crowd):
        Event().wait(0.02)
    return [one.lasted or float("inf") for one in crowd]
