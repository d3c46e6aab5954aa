"""Looking a name up, for which the system knows no deadline (getaddrinfo(3)): another thread asks, relay waits."""

import socket
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Semaphore, Thread

PATIENCE = 5.0
"""Seconds that a look-up may take. A resolver that hangs costs no request more than that."""

SPARE = 16
"""Threads that stay for the next name, however many were needed at once."""

Told = list[str] | OSError | ValueError
Asked = tuple[str, int, "SimpleQueue[Told]"]


class _Askers:
    """Threads that ask; one that is free is asked before another is begun. Those that hang hold nobody up."""

    def __init__(self) -> None:
        self._asked: SimpleQueue[Asked] = SimpleQueue()
        self._free, self._room = Semaphore(0), Semaphore(SPARE)

    def ask(self, host: str, port: int) -> "SimpleQueue[Told]":
        """Where the answer will be."""
        told: SimpleQueue[Told] = SimpleQueue()
        self._asked.put((host, port, told))
        if self._free.acquire(blocking=False):
            self._room.release()
        else:
            Thread(target=self._serve, name="relay-lookup", daemon=True).start()
        return told

    def _serve(self) -> None:
        while True:
            host, port, told = self._asked.get()
            told.put(_found(host, port))
            if not self._room.acquire(blocking=False):
                return
            self._free.release()


_ASKERS = _Askers()


def looked_up(host: str, port: int, patience: float = PATIENCE) -> list[str]:
    """The addresses of ``host`` as the system tells them.

    ``OSError`` where it knows none, or none in time; ``ValueError`` where ``host`` can be no name.
    """
    if is_address(host):
        return [host]
    try:
        found = _ASKERS.ask(host, port).get(timeout=patience)
    except Empty:
        raise TimeoutError(f"the name {host} was not looked up within {patience:g} seconds") from None
    if isinstance(found, Exception):
        raise found
    return found


def is_address(host: str) -> bool:
    """Whether it is one that needs no look-up; other spellings than the usual (``0x7f.1``) are the system's to read.

    So are those that name a zone, as ``fe80::1%eth0`` (RFC 4007 §11): it knows its networks.
    """
    try:
        return str(ip_address(host)) == host and "%" not in host
    except ValueError:
        return False


def _found(host: str, port: int) -> Told:
    try:
        return [str(sockaddr[0]) for *_, sockaddr in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, ValueError) as error:
        return error
