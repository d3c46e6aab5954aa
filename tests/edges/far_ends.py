"""Far ends on one port, without a thread: they accept, and answer, when a test has them do so."""

import socket
from select import select
from types import TracebackType
from typing import Self

from relay.intake.wire.address import WebAddress, web_address
from relay.intake.wire.exchange import Ended, Exchanges

KEPT = b"HTTP/1.1 304 Not Modified\r\n\r\n"


def begun(body: bytes, length: int) -> bytes:
    """An answer of which so much has come."""
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (length, body)


class FarEnds:
    """Hosts of any name; ``told`` is what has ended while they were asked."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._accepted: list[socket.socket] = []
        self.told: list[Ended] = []

    def address(self, host: str) -> WebAddress:
        return web_address(f"http://{host}:{self._server.getsockname()[1]}/")

    def asked(self, exchanges: Exchanges, host: str) -> socket.socket:
        """The connection over which the request has come."""
        exchanges.start(host, self.address(host), ())
        self._come(exchanges, self._server)
        self._accepted.append(one := self._server.accept()[0])
        self._come(exchanges, one)
        assert one.recv(10_000)
        return one

    def _come(self, exchanges: Exchanges, awaited: socket.socket) -> None:
        while not select([awaited], [], [], 0)[0]:
            self.told += exchanges.done(0.01)
            assert not self.told

    def open(self) -> int:
        """Connections that the other side has not closed."""
        return sum(not select([one], [], [], 0)[0] for one in self._accepted)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for one in [*self._accepted, self._server]:
            one.close()
