"""Who is connected when the end comes: a page that listens, and a client that has sent half of a request."""

import http.client
import socket
import time
from contextlib import suppress
from dataclasses import dataclass

from tests.ending.site import SESSION

STEADY = 90.0
"""Seconds that a start may take on a machine that has much else to do."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Both stay as they are until they are let go, or the server ends."""

    page: http.client.HTTPConnection
    slow: socket.socket

    def leave(self) -> None:
        """They hang up."""
        self.page.close()
        self.slow.close()


def wait_for(port: int, seconds: float = STEADY) -> bool:
    """Whether the pages answer in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError, http.client.HTTPException):
            asking = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            asking.request("GET", "/health")
            asking.getresponse().read()
            asking.close()
            return True
        time.sleep(0.02)
    return False


def gathered(port: int) -> Crowd:
    """A page that is told what happens, and somebody who sends a form, slowly."""
    page = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    page.request("GET", "/live", headers={"Cookie": f"relay={SESSION}"})
    stream = page.getresponse()
    if stream.status != 200 or not stream.readline():
        raise RuntimeError(f"the page is not told what happens: {stream.status}")
    slow = socket.create_connection(("127.0.0.1", port), timeout=20)
    slow.sendall(b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 400\r\n\r\nname=cam")
    return Crowd(page, slow)
