"""A port of loopback that can be shut: who knocks then is refused. Each line has one of its own."""

import socket
import ssl
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread

Serve = Callable[[socket.socket], None]


@dataclass(slots=True)
class Door:
    """``serve`` gets every connection, in a thread of its own. ``tls``: who comes is greeted with a certificate."""

    tls: ssl.SSLContext | None = None
    serve: Serve = socket.socket.close
    port: int = 0
    is_open: bool = False
    _socket: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        self._bind()
        self.port = int(self._socket.getsockname()[1])

    @property
    def url(self) -> str:
        """Where it is."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def open(self) -> None:
        """Whoever knocks is let in from now on."""
        if not self.is_open:
            self._socket.listen(64)
            self.is_open = True
            Thread(target=self._let_in, args=(self._socket,), daemon=True).start()

    def shut(self) -> None:
        """Whoever knocks is refused from now on; the port stays taken."""
        if self.is_open:
            self.is_open = False
            self._end()
            self._bind()

    def close(self) -> None:
        """For good."""
        self.is_open = False
        self._end()

    def _bind(self) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", self.port))

    def _end(self) -> None:
        with suppress(OSError):  # nobody was let in
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _let_in(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            Thread(target=self._met, args=(connection,), daemon=True).start()

    def _met(self, connection: socket.socket) -> None:
        with connection:
            try:
                self.serve(connection)
            except (OSError, ValueError):
                return  # who hangs up is gone


def reset(connection: socket.socket) -> None:
    """What is closed after this is reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def wait_for_end(connection: socket.socket, seconds: float = 5.0) -> None:
    """Say nothing until the other side has had enough."""
    connection.settimeout(seconds)
    try:
        while connection.recv(4096):
            pass
    except OSError:
        return
