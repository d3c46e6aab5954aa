"""HEAD over connections that stay open: wrk and h2load wait for a body that never comes."""

import selectors
import time
from collections.abc import Mapping
from socket import create_connection, socket
from urllib.parse import urlsplit

_END = b"\r\n\r\n"


def ask(url: str, headers: Mapping[str, str], connections: int, seconds: float) -> tuple[int, float]:
    """How many answers came, and in how many seconds; ``SystemExit`` for an answer that is not 200.

    Each connection asks again as soon as it has its answer.
    """
    address = urlsplit(url)
    lines = [f"HEAD {address.path} HTTP/1.1", f"Host: {address.netloc}", *(f"{k}: {v}" for k, v in headers.items())]
    request = "\r\n".join([*lines, "", ""]).encode()
    with selectors.DefaultSelector() as waiting:
        for _ in range(connections):
            _open(waiting, address.netloc, request)
        began, count = time.monotonic(), 0
        while time.monotonic() < began + seconds:
            count += sum(_again(waiting, key.fileobj, address.netloc, request) for key, _ in waiting.select(1))
        took = time.monotonic() - began
        for key in list(waiting.get_map().values()):
            _close(waiting, key.fileobj)
    return count, took


def _again(waiting: selectors.BaseSelector, asking: object, place: str, request: bytes) -> bool:
    """Whether an answer was there; where the server has closed the connection, another one asks."""
    assert isinstance(asking, socket)
    try:
        answer = asking.recv(16_384)
        if answer:
            asking.sendall(request)
    except ConnectionError:
        answer = b""
    if not answer:
        _close(waiting, asking)
        _open(waiting, place, request)
    elif not answer.startswith(b"HTTP/1.1 200 ") or not answer.endswith(_END):
        raise SystemExit(f"no answer to HEAD: {answer[:80]!r}")
    return bool(answer)


def _open(waiting: selectors.BaseSelector, place: str, request: bytes) -> None:
    host, _, port = place.partition(":")
    asking = create_connection((host, int(port)))
    waiting.register(asking, selectors.EVENT_READ)
    asking.sendall(request)


def _close(waiting: selectors.BaseSelector, asking: object) -> None:
    assert isinstance(asking, socket)
    waiting.unregister(asking)
    asking.close()
