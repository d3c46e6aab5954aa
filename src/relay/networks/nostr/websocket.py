"""WebSocket (RFC 6455) over the connection that the HTTP client opens, so that its guard and its TLS hold here too.

The client asks for the upgrade and hands over its stream; the frames are the ``websockets`` library's (sans I/O).
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, TypeVar, cast
from urllib.parse import urlsplit

import httpcore
import httpx

from relay.networks.wire.answers import NoAnswer

if TYPE_CHECKING:
    from websockets.frames import Frame
    from websockets.protocol import Protocol

PATIENCE = 15.0
"""Seconds for everything that is said once the connection stands; the way there has the client's own deadline."""
LONGEST = 1 << 20
"""Bytes of one message: no answer to relay's questions comes near."""
_CHUNK = 65_536
_GREETING = 10.0
"""Seconds, where the client has no deadline of its own."""

T = TypeVar("T")


@dataclass(slots=True)
class Socket:
    """An open connection. ``where`` is the other end, for sentences; ``end`` the instant when its time is over."""

    where: str
    stream: httpcore.NetworkStream
    protocol: "Protocol"
    end: float
    came: list[str] = field(default_factory=list)
    begun: bytes = b""
    closed: str = ""

    def send(self, text: str) -> NoAnswer | None:
        """One message; ``None`` when it has left."""
        self.protocol.send_text(text.encode("utf-8", "replace"))
        try:
            self.flush()
        except (httpcore.NetworkError, httpcore.TimeoutException) as error:
            return self._lost(repr(error))
        return None

    def receive(self) -> str | NoAnswer:
        """The next message."""
        while not self.came:
            if self.closed:
                return self._lost(self.closed)
            try:
                self._take(self.stream.read(_CHUNK, self._left()))
            except (httpcore.NetworkError, httpcore.TimeoutException) as error:
                return self._lost(repr(error))
        return self.came.pop(0)

    def flush(self) -> None:
        """What the protocol has to say: messages, pongs, the word of farewell."""
        for data in filter(None, self.protocol.data_to_send()):
            self.stream.write(data, self._left())

    def _take(self, data: bytes) -> None:
        if data:
            self.protocol.receive_data(data)
        for frame in self.protocol.events_received():
            self._keep(cast("Frame", frame))  # before the handshake there would be others
        if not data or self.protocol.parser_exc is not None:
            self.closed = self.closed or repr(self.protocol.parser_exc or EOFError())
        with suppress(httpcore.NetworkError):  # who has closed may hear no more; what came before counts
            self.flush()

    def _keep(self, frame: "Frame") -> None:
        match frame.opcode.name:
            case "TEXT" | "BINARY" | "CONT":
                self.begun += bytes(frame.data)
                if frame.fin:
                    self.came.append(self.begun.decode("utf-8", "replace"))
                    self.begun = b""
            case "CLOSE":
                self.closed = str(self.protocol.close_rcvd)

    def _lost(self, how: str) -> NoAnswer:
        return NoAnswer(f"{self.where}: the answer was lost ({how}).", sent=True)

    def _left(self) -> float:
        if (left := self.end - monotonic()) <= 0:
            raise httpcore.ReadTimeout("its time is over")
        return left


def conversation(http: httpx.Client, address: str, talk: Callable[[Socket], T]) -> T | NoAnswer:
    """What ``talk`` has of a connection to ``address`` (http or https); while there is none, nothing was sent."""
    from websockets.utils import generate_key  # noqa: PLC0415 — only accounts of this network need it

    where, key, said = told(address), generate_key(), None
    asked = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": key}
    try:
        with http.stream("GET", address, headers=asked, timeout=_GREETING) as answer:
            socket = _upgraded(where, key, answer)
            if isinstance(socket, NoAnswer):
                return socket
            said = talk(socket)
            _leave(socket)
    except (httpx.RequestError, httpx.InvalidURL, UnicodeError) as error:
        return said or NoAnswer(f"{where}: it could not be reached ({error!r}).", sent=False)
    return said


def told(address: str) -> str:
    """A relay in a sentence: what follows the host is left out."""
    parts = urlsplit(address)
    return f"{parts.scheme.replace('http', 'ws')}://{parts.netloc}"


def hint(address: str) -> str:
    """A relay as a note names it to everybody: with its path, without what may be a secret."""
    return f"{told(address)}{urlsplit(address).path.rstrip('/')}"


def _upgraded(where: str, key: str, answer: httpx.Response) -> Socket | NoAnswer:
    from websockets.protocol import Protocol, Side  # noqa: PLC0415 — as above
    from websockets.utils import accept_key  # noqa: PLC0415 — as above

    stream = answer.extensions.get("network_stream")
    if answer.status_code != httpx.codes.SWITCHING_PROTOCOLS or stream is None:
        return NoAnswer(f"{where} answered {answer.status_code}: {answer.reason_phrase}", sent=False)
    if answer.headers.get("sec-websocket-accept") != accept_key(key):
        return NoAnswer(f"{where} answered 101: this is no WebSocket", sent=False)
    return Socket(where, stream, Protocol(Side.CLIENT, max_size=LONGEST), monotonic() + PATIENCE)


def _leave(socket: Socket) -> None:
    if socket.protocol.state.name == "OPEN":
        socket.protocol.send_close(1000)
        with suppress(httpcore.NetworkError, httpcore.TimeoutException):
            socket.flush()
