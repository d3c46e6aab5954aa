"""What SIGTERM and SIGINT do: while relay starts, it is gone at once; later the first is in order, the next at once."""

import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

log = logging.getLogger("relay")

SIGNALS = (signal.SIGTERM, signal.SIGINT)
LAST_RESORT = 8.8
"""Seconds after the first signal at which whatever still hangs is left."""
HASTE = 0.6
"""Seconds that an end at once has to write down what is in flight; with ``LAST_RESORT`` within ten."""

Handler = Callable[[int, FrameType | None], object]


def gone() -> NoReturn:
    """The end of the process, whatever its threads are at."""
    os._exit(0)


def closed() -> NoReturn:
    """The end of a process that has closed all it had: tidying up after the threads of drivers may take any time.

    On a machine with much to do it was seen to take 20 seconds, twice what a container gives.
    """
    sys.stderr.flush()
    gone()


class Ending:
    """``hold`` lets nothing new begin; ``leave`` writes down as unknown what is in flight; ``go`` is what is last."""

    def __init__(
        self, hold: Callable[[], object], leave: Callable[[], object], go: Callable[[], NoReturn] = gone
    ) -> None:
        self._hold, self._leave, self._go = hold, leave, go
        self._lock = threading.Lock()
        self._is_told = False

    def told(self) -> None:
        """A signal came."""
        if self._is_told:
            threading.Thread(target=self.at_once, name="end at once", daemon=True).start()
            return
        self._is_told = True
        _later(LAST_RESORT, self.at_once)
        self._hold()

    def at_once(self) -> NoReturn:
        """What is in flight is in the tables as unknown, for the next start to find out; then this life is over."""
        _later(HASTE, self._go)
        with self._lock:  # who comes second waits until the first has ended the process
            try:
                self._leave()
            except Exception:
                log.exception("what is in flight could not be written down; the next start finds it by its lease")
            log.warning("relay ends with work in flight; the next start takes it up")
            sys.stderr.flush()
            self._go()


def suddenly() -> None:
    """Until ``begun``, a signal ends the process there and then: all that a start does may be cut and repeated.

    By a thread of its own: what keeps the main one, as a database that is locked, does not keep the end.
    """
    heard, wakes = socket.socketpair()
    wakes.setblocking(False)  # noqa: FBT003  # as socket has it
    for number in SIGNALS:
        signal.signal(number, _noted)
    signal.set_wakeup_fd(wakes.fileno(), warn_on_full_buffer=False)
    threading.Thread(target=_gone, args=(heard, wakes), name="signals", daemon=True).start()


def orderly(told: Handler) -> None:
    """From now on a signal is ``told``, unless the process ends suddenly before that."""
    for number in SIGNALS:
        signal.signal(number, told)


def begun() -> None:
    """What a start does is done: no signal ends the process suddenly any more."""
    signal.set_wakeup_fd(-1)


def _noted(_: int, __: FrameType | None) -> None:
    """Not the default, which is no end at all for the first process of a container."""


def _gone(heard: socket.socket, _wakes: socket.socket) -> None:
    heard.recv(1)
    os.write(2, b"relay was told to end before it had begun\n")
    os._exit(0)


def _later(seconds: float, what: Callable[[], object]) -> None:
    timer = threading.Timer(seconds, what)
    timer.daemon = True
    timer.start()
