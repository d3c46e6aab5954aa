"""Turns: one request at a time to a host, a second apart, and not too many to the world at once."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import Protocol

import httpx

KEPT = 10_000
"""Hosts whose last turn is remembered before those long past are forgotten."""


class Taking(Protocol):
    """Who gives turns: to the threads of one process, or to many processes."""

    def take(self, host: str) -> Callable[[], None]:
        """Wait for the turn of this request; what is returned ends it, and may be called again."""


@dataclass(slots=True)
class _Host:
    taken: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0


class Turns:
    """Who may ask now, of one process. ``gap``: seconds from the end of one request to a host to the start of its next.

    ``per_second``: how many requests may start in a second, to whichever hosts.
    """

    def __init__(self, gap: float = 1.0, per_second: float = 200.0, sleep: Callable[[float], None] = sleep) -> None:
        self._gap, self._spacing, self._sleep = gap, 1 / per_second, sleep
        self._hosts: dict[str, _Host] = {}
        self._next = 0.0
        self._lock = threading.Lock()

    def take(self, host: str) -> Callable[[], None]:
        """Wait for the turn of this request; what is returned ends it, and may be called again."""
        turn = self._host(host)
        turn.taken.acquire()
        if (wait := max(turn.free_at - monotonic(), self._wait_of_all())) > 0:
            self._sleep(wait)
        ended = threading.Lock()

        def end() -> None:
            if ended.acquire(blocking=False):
                turn.free_at = monotonic() + self._gap
                turn.taken.release()

        return end

    def _host(self, name: str) -> _Host:
        with self._lock:
            if len(self._hosts) > KEPT:
                now = monotonic()
                self._hosts = {
                    key: host for key, host in self._hosts.items() if host.taken.locked() or host.free_at > now
                }
            return self._hosts.setdefault(name, _Host())

    def _wait_of_all(self) -> float:
        with self._lock:
            now = monotonic()
            self._next = max(self._next, now) + self._spacing
            return self._next - self._spacing - now


class Paced(httpx.BaseTransport):
    """A transport whose requests wait for their turn, which lasts until the answer is read or given up."""

    def __init__(self, transport: httpx.BaseTransport, turns: Taking) -> None:
        self._transport, self._turns = transport, turns

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One exchange, in turn."""
        end = self._turns.take(request.url.netloc.decode("ascii", "replace"))
        try:
            response = self._transport.handle_request(request)
        except BaseException:
            end()
            raise
        body = _Stream(response.stream, end)
        return httpx.Response(
            response.status_code, headers=response.headers, stream=body, extensions=response.extensions
        )

    def close(self) -> None:
        """Close every connection."""
        self._transport.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream | httpx.AsyncByteStream, end: Callable[[], None]) -> None:
        assert isinstance(stream, httpx.SyncByteStream)
        self._stream, self._end = stream, end

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        try:
            self._stream.close()
        finally:
            self._end()
