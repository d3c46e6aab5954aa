"""Looking a name up, for which the system knows no deadline (getaddrinfo(3)): a thread of its own asks, relay waits."""

import socket
from queue import Empty, SimpleQueue
from threading import Thread

PATIENCE = 5.0
"""Seconds that a look-up may take. A resolver that hangs costs no request more than that."""


def looked_up(host: str, port: int, patience: float = PATIENCE) -> list[str]:
    """The addresses of ``host`` as the system tells them.

    ``OSError`` where it knows none, or none in time; ``ValueError`` where ``host`` can be no name.
    """
    told: SimpleQueue[list[str] | OSError | ValueError] = SimpleQueue()
    Thread(target=lambda: told.put(_asked(host, port)), name="relay-lookup", daemon=True).start()
    try:
        found = told.get(timeout=patience)
    except Empty:
        raise TimeoutError(f"the name {host} was not looked up within {patience:g} seconds") from None
    if isinstance(found, Exception):
        raise found
    return found


def _asked(host: str, port: int) -> list[str] | OSError | ValueError:
    try:
        return [str(sockaddr[0]) for *_, sockaddr in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, ValueError) as error:
        return error
