"""Looking a name up, for which the system knows no deadline (getaddrinfo(3)): another thread asks, relay waits."""

import socket
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Semaphore, Thread

PATIENCE = 5.0
"""Seconds that a look-up may take. A resolver that hangs costs no request more than that."""

Told = list[str] | OSError | ValueError
Asked = tuple[str, int, "SimpleQueue[Told]"]


class _Askers:
    """Threads that ask; one that is free is asked before another is begun. Those that hang hold nobody up."""

    def __init__(self) -> None:
        self._asked: SimpleQueue[Asked] = SimpleQueue()
        self._free = Semaphore(0)

    def ask(self, host: str, port: int) -> "SimpleQueue[Told]":
        """Where the answer will be."""
        told: SimpleQueue[Told] = SimpleQueue()
        self._asked.put((host, port, told))
        if not self._free.acquire(blocking=False):
            Thread(target=self._serve, name="relay-lookup", daemon=True).start()
        return told

    def _serve(self) -> None:
        while True:
            host, port, told = self._asked.get()
            told.put(_found(host, port))
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
    """Whether it is one that needs no look-up; other spellings than the usual (``0x7f.1``) are the system's to read."""
    try:
        return str(ip_address(host)) == host
    except ValueError:
        return False


def _found(host: str, port: int) -> Told:
    try:
        return [str(sockaddr[0]) for *_, sockaddr in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, ValueError) as error:
        return error
