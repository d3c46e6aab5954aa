"""Connections to checked addresses only, each of their steps inside the deadline of its request.

httpcore hands a number of seconds to every step. Here that number is the instant (``time.monotonic``) at which the
whole request must be over, so that a server which drips a byte a second cannot move it.
"""

from collections.abc import Callable, Iterable
from socket import AF_INET, AF_INET6, socket
from ssl import SSLContext
from time import monotonic
from typing import Any, TypeVar

import httpcore

from relay.intake.wire.guard import Address, Guard

PATIENCE = 10.0
"""Seconds that one address gets to accept a connection before the next one is tried."""

T = TypeVar("T")
Options = Iterable[httpcore.SOCKET_OPTION]


def first(guard: Guard, host: str, port: int, connect: Callable[[Address], T]) -> T:
    """What comes of ``connect`` at the first address of ``host`` that accepts; ``Forbidden`` before any is tried."""
    try:
        addresses = guard.check(host, port)
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from error
    *others, last = addresses
    for address in others:
        try:
            return connect(address)
        except (httpcore.ConnectError, httpcore.ConnectTimeout):
            continue
    return connect(last)


def connecting(address: Address, port: int) -> socket:
    """A socket on its way to ``address``, for which nobody waits; ``OSError`` where it cannot even set out."""
    made = socket(AF_INET if address.version == 4 else AF_INET6)
    try:
        made.settimeout(0)
        made.connect((str(address), port))
    except BlockingIOError:
        return made
    except BaseException:
        made.close()
        raise
    return made


def patience(end: float | None) -> float:
    """Seconds that one address has to accept, of a request that must be over at ``end``."""
    return min(PATIENCE, _left(end, httpcore.ConnectTimeout))


class GuardedBackend(httpcore.NetworkBackend):
    """Resolves, checks, and connects to the very addresses that were checked: a second look-up could differ."""

    def __init__(self, guard: Guard) -> None:
        self._guard, self._sockets = guard, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002  # the shape is httpcore's
        socket_options: Options | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address that accepts one; ``timeout`` is the request's last instant."""
        return first(self._guard, host, port, lambda one: self._connect(one, port, timeout, socket_options))

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002  # the shape is httpcore's
        socket_options: Options | None = None,  # noqa: ARG002  # the shape is httpcore's
    ) -> httpcore.NetworkStream:
        """Never."""
        raise httpcore.ConnectError(f"relay does not speak to sockets of this machine ({path}).")

    def _connect(
        self, address: Address, port: int, end: float | None, options: Options | None
    ) -> httpcore.NetworkStream:
        return _Stream(self._sockets.connect_tcp(str(address), port, patience(end), None, options))


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, _left(timeout, httpcore.ConnectTimeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(end: float | None, late: type[httpcore.TimeoutException]) -> float:
    left = (monotonic() + PATIENCE if end is None else end) - monotonic()
    if left <= 0:
        raise late("the time for this request is over")
    return left
