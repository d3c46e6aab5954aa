"""A publisher's server on loopback: real HTTP, answers from a script, and a record of what was asked, byte for byte."""

import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedIOBase

Headers = Sequence[tuple[bytes, bytes]]

_HANDSHAKE = b"\x16"
"""The first byte of a client that wants TLS (RFC 8446 §5.1)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came over the wire; names of headers are in lower case, values untouched.

    ``at`` is an instant of ``time.monotonic``, ``scheme`` how the client came.
    """

    method: str
    path: str
    headers: tuple[tuple[bytes, bytes], ...]
    at: float = 0.0
    scheme: str = "http"

    def header(self, name: bytes) -> bytes | None:
        """The value of a header, ``None`` if it was not sent."""
        return dict(self.headers).get(name)

    @property
    def host(self) -> str:
        """The host as the client named it, without a port."""
        return (self.header(b"host") or b"").decode("latin-1").partition(":")[0]

    @property
    def address(self) -> str:
        """What was asked for, without scheme and port: ``agence.test/feed``."""
        return self.host + self.path


@dataclass(frozen=True, slots=True)
class Drip:
    """An answer that comes in pieces, ``pause`` seconds apart."""

    pieces: Iterable[bytes]
    pause: float


Told = bytes | Drip
Script = Told | Callable[[Asked], Told]


@dataclass(slots=True)
class FeedServer:
    """``sites`` answer by host and path, ``pages`` by path; anything else gets the next of ``script``.

    The last answer of a script is for ever. ``most`` is how many requests waited for a host's answer at a time.
    """

    script: list[Script] = field(default_factory=list)
    pages: dict[str, Told] = field(default_factory=dict)
    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    sites: dict[str, list[Script]] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    most: dict[str, int] = field(default_factory=dict)
    _busy: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.url.rpartition(":")[2])

    def told(self, request: Asked) -> Told:
        """What this request is answered."""
        with self._lock:
            self.asked.append(request)
            if request.path in self.pages:
                return self.pages[request.path]
            script = self.sites.get(request.address, self.script)
            answer = script.pop(0) if len(script) > 1 else script[0]
        return answer(request) if callable(answer) else answer

    @contextmanager
    def answering(self, request: Asked) -> Iterator[None]:
        """A request that waits for its answer, counted with those of its host."""
        self._count(request.host, 1)
        try:
            yield
        finally:
            self._count(request.host, -1)

    def _count(self, host: str, change: int) -> None:
        with self._lock:
            self._busy[host] = self._busy.get(host, 0) + change
            self.most[host] = max(self.most.get(host, 0), self._busy[host])


def answer(status: int = 200, body: bytes = b"", headers: Headers = ()) -> bytes:
    """A whole HTTP answer; the connection ends with it."""
    lines = [b"HTTP/1.1 %d It is so" % status, *(b"%s: %s" % header for header in headers)]
    lines += [b"Content-Length: %d" % len(body), b"Connection: close"]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


@contextmanager
def listening(*script: Script, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Iterator[FeedServer]:
    """A server in a thread on a free port of loopback; its ``url`` is then known, without a path.

    With ``tls`` it speaks both HTTP and HTTPS, by how the client begins.
    """
    publisher = FeedServer(list(script), tls=tls)
    server = _Server((host, 0), _handler(publisher))
    publisher.url = f"http://{host}:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 128


def _handler(publisher: FeedServer) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        scheme = "http"

        def setup(self) -> None:
            if publisher.tls and self.request.recv(1, socket.MSG_PEEK) == _HANDSHAKE:
                self.request = publisher.tls.wrap_socket(self.request, server_side=True)
                self.scheme = "https"
            super().setup()

        def finish(self) -> None:
            super().finish()
            if self.scheme == "https":
                self.request.close()

        def handle(self) -> None:
            request = _read(self.rfile, self.scheme)
            if request is not None:
                with publisher.answering(request):
                    told = publisher.told(request)
                _say(self.wfile, told)

    return Handler


def _read(stream: BufferedIOBase, scheme: str) -> Asked | None:
    first = stream.readline().decode("latin-1").split()
    if len(first) != 3:
        return None
    lines = list(iter(lambda: stream.readline().rstrip(b"\r\n"), b""))
    headers = tuple((name.lower(), value.strip()) for name, _, value in (line.partition(b":") for line in lines))
    # To its end: a connection closed with something unread is reset, and the answer is lost on its way.
    stream.read(int(dict(headers).get(b"content-length", 0)))
    return Asked(first[0], first[1], headers, time.monotonic(), scheme)


def _say(stream: BufferedIOBase, told: Told) -> None:
    pieces, pause = (told.pieces, told.pause) if isinstance(told, Drip) else ([told], 0)
    try:
        for piece in pieces:
            stream.write(piece)
            time.sleep(pause)
    except OSError:
        return  # the client has had enough
