"""A connection to an address that was checked, opened while other things go on."""

import os
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from socket import SO_ERROR, SOL_SOCKET, socket
from time import monotonic

from relay.intake.wire.connect import PATIENCE, connecting
from relay.intake.wire.curl.multi import Multi, Work
from relay.intake.wire.curl.question import Question
from relay.intake.wire.guard import Address

Opened = Callable[[socket | OSError], None]


class Opening:
    """To the first of ``addresses`` that accepts, by the rules of ``connect.first``; ``opened`` is told of it."""

    def __init__(self, multi: Multi, addresses: Iterable[Address], asked: Question, opened: Opened) -> None:
        self._multi, self._addresses, self._asked, self._opened = multi, deque(addresses), asked, opened
        self._socket: socket | None = None
        self._timer: list[Work] = []

    def begin(self) -> None:
        """Set out."""
        self._go_on(OSError("it has no address"))

    def give_up(self) -> None:
        """Have no more to do with it."""
        if self._socket:
            self._let_go(self._socket).close()

    def _go_on(self, trouble: OSError) -> None:
        while self._addresses:
            try:
                self._try(self._addresses.popleft())
            except OSError as error:
                trouble = error
            else:
                return
        self._opened(trouble)

    def _try(self, address: Address) -> None:
        """A connection that is there at once is found by the next look, as any other."""
        until = min(monotonic() + PATIENCE, self._asked.end)
        if until <= monotonic():
            raise TimeoutError("the time for this request is over")
        self._socket = connecting(address, self._asked.port)
        self._multi.watch(self._socket.fileno(), partial(self._ready, self._socket))
        self._timer = self._multi.at(until, partial(self._failed, self._socket, TimeoutError("timed out")))

    def _ready(self, connected: socket) -> None:
        if number := connected.getsockopt(SOL_SOCKET, SO_ERROR):
            self._failed(connected, OSError(number, os.strerror(number)))
        else:
            self._opened(self._let_go(connected))

    def _failed(self, unconnected: socket, error: OSError) -> None:
        self._let_go(unconnected).close()
        self._go_on(error)

    def _let_go(self, used: socket) -> socket:
        self._multi.unwatch(used.fileno())
        self._timer.clear()
        self._socket = None
        return used
