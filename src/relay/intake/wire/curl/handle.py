"""One easy handle of libcurl: it speaks HTTP, over connections that relay opens for it."""

from dataclasses import dataclass
from io import BytesIO
from socket import socket
from time import monotonic
from typing import Any

import certifi
import pycurl

from relay.intake.wire.body import LIMIT
from relay.intake.wire.curl.question import Question
from relay.intake.wire.curl.room import Room

IDLE = 5
"""Seconds for which a connection is kept."""
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as it came: the lines of its headers, its body as it was encoded."""

    status: int
    head: bytes
    body: bytes


class Handle:
    """For one exchange at a time, which whoever has it adds to a multi handle, and removes."""

    def __init__(self, room: Room) -> None:
        self.curl, self._room = pycurl.Curl(), room
        self._head: list[bytes] = []
        self._body = BytesIO()
        self._socket: socket | None = None
        self.lacks_connection = False
        for option, value in _options().items():
            self.curl.setopt(option, value)
        self.curl.setopt(pycurl.OPENSOCKETFUNCTION, self._connection)
        self.curl.setopt(pycurl.SOCKOPTFUNCTION, self._connected)
        self.curl.setopt(pycurl.HEADERFUNCTION, self._head.append)
        self.curl.setopt(pycurl.WRITEFUNCTION, self._keep)

    def ask(self, asked: Question, connection: socket | None) -> None:
        """What the exchange is, and over what; without a connection it takes one that is kept, or lacks it."""
        self._socket, self.lacks_connection = connection, False
        curl = self.curl
        curl.setopt(pycurl.URL, asked.origin)
        curl.setopt(pycurl.CONNECT_TO, [asked.nowhere])
        curl.setopt(pycurl.REQUEST_TARGET, asked.target)
        curl.setopt(pycurl.HTTPHEADER, asked.headers)
        curl.setopt(pycurl.TIMEOUT_MS, max(1, int((asked.end - monotonic()) * 1000)))

    def told(self) -> Told:
        """What has come, which is the handle's no more."""
        told = Told(self.curl.getinfo(pycurl.RESPONSE_CODE), b"".join(self._head), self._body.getvalue())
        self.clear()
        return told

    def clear(self) -> None:
        """Let go of what has come, and of the connection that was not needed, or not any more."""
        self._head.clear()
        self._body = BytesIO()
        self._release()

    def resume(self) -> None:
        """Ask for room again: only while libcurl speaks."""
        self.curl.pause(pycurl.PAUSE_CONT)

    def put_off(self) -> None:
        """Whoever has the handle judges whether the time is over, and libcurl no more."""
        self.curl.setopt(pycurl.TIMEOUT_MS, 0)

    def close(self) -> None:
        """It has no connections of its own."""
        self.clear()
        self.curl.close()

    def _keep(self, piece: bytes) -> int | None:
        if not self._room.takes(self, len(piece)):
            return int(pycurl.WRITEFUNC_PAUSE)
        self._body.write(piece)
        return None

    def _connection(self, _purpose: int, _address: tuple[Any, ...]) -> socket | int:
        """The one that relay has opened; libcurl opens none."""
        self.lacks_connection = self._socket is None
        return self._socket or int(pycurl.SOCKET_BAD)

    def _connected(self, _number: int, _purpose: int) -> int:
        """The socket has done its part: pycurl has one of its own for the same connection (dup(2))."""
        self._release()
        return int(pycurl.SOCKOPT_ALREADY_CONNECTED)

    def _release(self) -> None:
        if self._socket:
            self._socket.close()
            self._socket = None


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
        pycurl.SSLVERSION: pycurl.SSLVERSION_TLSv1_2,
        pycurl.SSL_VERIFYPEER: 1,
        pycurl.SSL_VERIFYHOST: 2,
        pycurl.CAINFO: certifi.where(),
        pycurl.CAPATH: None,
        pycurl.MAXAGE_CONN: IDLE,
        pycurl.MAXFILESIZE_LARGE: LIMIT,
        pycurl.BUFFERSIZE: _PIECE,
    }
