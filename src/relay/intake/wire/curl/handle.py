"""One easy handle of libcurl: it speaks HTTP, over connections that relay opens for it."""

from dataclasses import dataclass
from io import BytesIO
from socket import socket
from time import monotonic
from typing import Any

import certifi
import pycurl

from relay.intake.wire.body import LIMIT
from relay.intake.wire.connect import opened
from relay.intake.wire.curl.question import Question
from relay.intake.wire.guard import Guard

KEPT = 2
"""Connections that a handle keeps, each for ``IDLE`` seconds."""
IDLE = 5
_NOWHERE = "::192.0.2.1:"
"""The address that libcurl believes it goes to (RFC 5737): it looks up no name, and opens no socket itself."""
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as it came: the lines of its headers, its body as it was encoded."""

    status: int
    head: bytes
    body: bytes


class Handle:
    """For one exchange at a time. Close it: what it refers to refers to it."""

    def __init__(self, guard: Guard) -> None:
        self._guard, self._curl = guard, pycurl.Curl()
        self._asked: Question | None = None
        self._opened: socket | None = None
        self._trouble: Exception | None = None
        for option, value in _options().items():
            self._curl.setopt(option, value)
        self._curl.setopt(pycurl.OPENSOCKETFUNCTION, self._connected)
        self._curl.setopt(pycurl.SOCKOPTFUNCTION, self._taken)

    def perform(self, asked: Question) -> Told:
        """The exchange; ``pycurl.error``, or what kept relay from connecting."""
        self._asked, self._trouble = asked, None
        with BytesIO() as head, BytesIO() as body:  # closed, for libcurl refers to them until its next exchange
            self._ask(asked, head, body)
            return Told(self._curl.getinfo(pycurl.RESPONSE_CODE), head.getvalue(), body.getvalue())

    def _ask(self, asked: Question, head: BytesIO, body: BytesIO) -> None:
        curl = self._curl
        curl.setopt(pycurl.URL, asked.origin)
        curl.setopt(pycurl.REQUEST_TARGET, asked.target)
        curl.setopt(pycurl.HTTPHEADER, asked.headers)
        curl.setopt(pycurl.TIMEOUT_MS, max(1, int((asked.end - monotonic()) * 1000)))
        curl.setopt(pycurl.HEADERFUNCTION, head.write)
        curl.setopt(pycurl.WRITEFUNCTION, body.write)
        try:
            curl.perform()
        except pycurl.error:
            if self._trouble:
                raise self._trouble from self._trouble.__cause__
            raise

    def close(self) -> None:
        """And its connections."""
        self._curl.close()

    def _connected(self, _purpose: int, _address: tuple[Any, ...]) -> socket | int:
        """The connection that the guard lets relay have. No exception of ours gets through libcurl: it is kept."""
        assert self._asked is not None
        try:
            self._opened = opened(self._guard, self._asked.host, self._asked.port, self._asked.end)
        except Exception as error:  # noqa: BLE001  # it is raised again by ``perform``
            self._trouble = error
            return int(pycurl.SOCKET_BAD)
        return self._opened

    def _taken(self, _number: int, _purpose: int) -> int:
        """The socket has done its part: pycurl has one of its own for the same connection (dup(2))."""
        if self._opened:
            self._opened.close()
        return int(pycurl.SOCKOPT_ALREADY_CONNECTED)


def _options() -> dict[int, Any]:
    """What holds for every exchange. Nothing is taken from the environment, and nothing is kept but connections."""
    return {
        pycurl.NOSIGNAL: 1,
        pycurl.PROTOCOLS: pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS,
        pycurl.FOLLOWLOCATION: 0,
        pycurl.HTTP_VERSION: pycurl.CURL_HTTP_VERSION_1_1,
        pycurl.HTTP09_ALLOWED: 0,
        pycurl.PATH_AS_IS: 1,
        pycurl.PROXY: "",
        pycurl.NOPROXY: "*",
        pycurl.NETRC: pycurl.NETRC_IGNORED,
        pycurl.CONNECT_TO: [_NOWHERE],
        pycurl.SSLVERSION: pycurl.SSLVERSION_TLSv1_2,
        pycurl.SSL_VERIFYPEER: 1,
        pycurl.SSL_VERIFYHOST: 2,
        pycurl.CAINFO: certifi.where(),
        pycurl.CAPATH: None,
        pycurl.MAXCONNECTS: KEPT,
        pycurl.MAXAGE_CONN: IDLE,
        pycurl.MAXFILESIZE_LARGE: LIMIT,
        pycurl.BUFFERSIZE: _PIECE,
    }
