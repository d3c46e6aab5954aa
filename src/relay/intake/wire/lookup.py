"""Looking a name up, for which the system knows no deadline (getaddrinfo(3)): another thread asks, relay waits."""

import socket
from collections.abc import Callable
from functools import partial
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Semaphore, Thread, local
from typing import TypeVar

PATIENCE = 5.0
"""Seconds that a look-up may take. A resolver that hangs costs no request more than that."""

SPARE = 16
"""Threads that stay for the next name, however many were needed at once."""

T = TypeVar("T")


class _Askers:
    """Threads that ask; one that is free is asked before another is begun. Those that hang hold nobody up."""

    def __init__(self) -> None:
        self._asked: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._free, self._room = Semaphore(0), Semaphore(SPARE)

    def ask(self, what: Callable[[], T], told: Callable[[T | Exception], None]) -> None:
        """Have ``what`` answered; the answer, or the exception that it ends in, is ``told`` in that thread."""
        self._asked.put(partial(_tell, what, told))
        if self._free.acquire(blocking=False):
            self._room.release()
        else:
            Thread(target=self._serve, name="relay-lookup", daemon=True).start()

    def _serve(self) -> None:
        _HERE.asks = True
        while True:
            self._asked.get()()
            if not self._room.acquire(blocking=False):
                return
            self._free.release()


_ASKERS, _HERE = _Askers(), local()


def aside(what: Callable[[], T], told: Callable[[T | Exception], None]) -> None:
    """Have ``what`` looked up by a thread that waits for the system however long it takes: for who waits otherwise."""
    _ASKERS.ask(what, told)


def looked_up(host: str, port: int, patience: float = PATIENCE) -> list[str]:
    """The addresses of ``host`` as the system tells them.

    ``OSError`` where it knows none, or none in time; ``ValueError`` where ``host`` can be no name.
    """
    if is_address(host):
        return [host]
    if getattr(_HERE, "asks", False):
        return _found(host, port)
    answer: SimpleQueue[list[str] | Exception] = SimpleQueue()
    _ASKERS.ask(partial(_found, host, port), answer.put)
    try:
        found = answer.get(timeout=patience)
    except Empty:
        raise late(host, patience) from None
    if isinstance(found, Exception):
        raise found
    return found


def late(host: str, patience: float = PATIENCE) -> TimeoutError:
    """What a look-up that takes too long ends in."""
    return TimeoutError(f"the name {host} was not looked up within {patience:g} seconds")


def is_address(host: str) -> bool:
    """Whether it is one that needs no look-up; other spellings than the usual (``0x7f.1``) are the system's to read.

    So are those that name a zone, as ``fe80::1%eth0`` (RFC 4007 §11): it knows its networks.
    """
    if ":" not in host and not host[-1:].isdigit():  # most names, of which parsing takes its time to say so
        return False
    try:
        return str(ip_address(host)) == host and "%" not in host
    except ValueError:
        return False


def _tell(what: Callable[[], T], told: Callable[[T | Exception], None]) -> None:
    try:
        found: T | Exception = what()
    except Exception as error:  # noqa: BLE001  # it is raised again, or told of, by whoever asked
        found = error
    told(found)


def _found(host: str, port: int) -> list[str]:
    return [str(sockaddr[0]) for *_, sockaddr in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
