"""What one thread waits for, all at once: libcurl's multi interface, sockets, instants, and what others tell it."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from heapq import heappop, heappush
from itertools import count
from math import inf
from queue import SimpleQueue
from select import POLLIN, POLLOUT, poll
from threading import Lock
from time import monotonic

import pycurl

CONNECTIONS = 64
"""That are kept, each of which is an open file: libcurl closes none for its age before it opens another.

It counts those in use too: where more are, it keeps none.
"""
_MASKS = {pycurl.POLL_IN: POLLIN, pycurl.POLL_OUT: POLLOUT, pycurl.POLL_INOUT: POLLIN | POLLOUT}

Work = Callable[[], object]
Timer = list[object]


class Multi:
    """Used by one thread at a time, but for ``tell``. Close it: what it refers to refers to it.

    ``poll`` waits, not pycurl's ``select``: that knows no socket beyond the 1,024th of the process.
    """

    def __init__(self) -> None:
        self._curl, self._poll, self._due = pycurl.CurlMulti(), poll(), inf
        self._ready: dict[int, Work] = {}
        self._timers: list[tuple[float, int, list[Work]]] = []
        self._numbers = count()
        self._told: SimpleQueue[Work] = SimpleQueue()
        self._is_waiting, self._lock = False, Lock()
        self._woken, self._waker = os.pipe()
        os.set_blocking(self._waker, False)
        self.watch(self._woken, self._awake, POLLIN)
        self._curl.setopt(pycurl.M_SOCKETFUNCTION, self._socket)
        self._curl.setopt(pycurl.M_TIMERFUNCTION, self._timer)
        self._curl.setopt(pycurl.M_MAXCONNECTS, CONNECTIONS)

    def add(self, handle: "pycurl.Curl") -> None:
        """Begin what the handle is set up for."""
        self._curl.add_handle(handle)

    def remove(self, handle: "pycurl.Curl") -> None:
        """Have no more to do with it, whether it has ended or not."""
        self._curl.remove_handle(handle)

    def watch(self, socket: int, ready: Work, event: int = POLLOUT) -> None:
        """``ready`` is called when it can be written to, or has failed, until it is watched no more."""
        self._ready[socket] = ready
        self._poll.register(socket, event)

    def unwatch(self, socket: int) -> None:
        """Before it is closed."""
        del self._ready[socket]
        self._poll.unregister(socket)

    def at(self, instant: float, work: Work) -> list[Work]:
        """Have ``work`` done then (``time.monotonic``), unless what is returned is cleared before."""
        timer = [work]
        heappush(self._timers, (instant, next(self._numbers), timer))
        return timer

    def tell(self, work: Work) -> None:
        """Have it done by the thread that waits, or will: from any thread."""
        self._told.put(work)
        if self._is_waiting:
            self._wake()

    def _wake(self) -> None:
        """With the lock: when this is closed, the pipe's number may be somebody else's."""
        with self._lock, suppress(BlockingIOError):  # it is full of such words already
            if self._is_waiting:
                os.write(self._waker, b"\0")

    def wait(self, seconds: float) -> None:
        """Until something has happened, and been done; at most so long."""
        until = min(monotonic() + seconds, self._due, self._timers[0][0] if self._timers else inf)
        found = [(self._ready.get(socket), socket, events) for socket, events in self._polled(until)]
        for ready, socket, events in found:
            self._happened(ready, socket, events)
        self._pass()

    def _polled(self, until: float) -> list[tuple[int, int]]:
        try:
            self._is_waiting = True
            left = 0.0 if not self._told.empty() else max(0.0, until - monotonic())
            return self._poll.poll(left * 1000)
        finally:
            self._is_waiting = False

    def _happened(self, ready: Work | None, socket: int, events: int) -> None:
        if ready:
            ready()
        else:
            reads, writes = events & ~POLLOUT, events & POLLOUT
            action = (pycurl.CSELECT_IN if reads else 0) | (pycurl.CSELECT_OUT if writes else 0)
            self._curl.socket_action(socket, action)

    def _pass(self) -> None:
        """Do what it is time for."""
        while not self._told.empty():
            self._told.get()()
        while self._timers and self._timers[0][0] <= monotonic():
            for work in heappop(self._timers)[2]:
                work()
        if self._due <= monotonic():
            self._due = inf
            self._curl.socket_action(pycurl.SOCKET_TIMEOUT, 0)

    def ended(self) -> Iterator[tuple["pycurl.Curl", int, str]]:
        """Handles that have, each with libcurl's number of its failure (0 for none) and what there is to say of it."""
        _, well, failed = self._curl.info_read()
        yield from ((handle, 0, "") for handle in well)
        yield from failed

    def close(self) -> None:
        """And its connections."""
        self._curl.close()
        with self._lock:
            self._is_waiting = False
            os.close(self._woken)
            os.close(self._waker)

    def _socket(self, what: int, socket: int, *_: object) -> None:
        if what == pycurl.POLL_REMOVE:
            self._poll.unregister(socket)
        else:
            self._poll.register(socket, _MASKS[what])

    def _timer(self, milliseconds: int) -> None:
        self._due = inf if milliseconds < 0 else monotonic() + milliseconds / 1000

    def _awake(self) -> None:
        os.read(self._woken, 4096)
