"""A publisher's server on loopback: real HTTP, answers from a script, and a record of what was asked, byte for byte."""

import socketserver
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came over the wire; names of headers are in lower case, values untouched."""

    method: str
    path: str
    headers: tuple[tuple[bytes, bytes], ...]

    def header(self, name: bytes) -> bytes | None:
        """The value of a header, ``None`` if it was not sent."""
        return dict(self.headers).get(name)


@dataclass(frozen=True, slots=True)
class Drip:
    """An answer that comes in pieces, ``pause`` seconds apart."""

    pieces: Sequence[bytes]
    pause: float


Told = bytes | Drip


@dataclass(slots=True)
class FeedServer:
    """``pages`` answer by path; any other path gets the next of ``script``, whose last answer is for ever."""

    script: list[Told] = field(default_factory=list)
    pages: dict[str, Told] = field(default_factory=dict)
    url: str = ""
    asked: list[Asked] = field(default_factory=list)

    def told(self, request: Asked) -> Told:
        """What this request is answered."""
        self.asked.append(request)
        if request.path in self.pages:
            return self.pages[request.path]
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]


def answer(status: int = 200, body: bytes = b"", headers: Headers = ()) -> bytes:
    """A whole HTTP answer; the connection ends with it."""
    lines = [b"HTTP/1.1 %d It is so" % status, *(b"%s: %s" % header for header in headers)]
    lines += [b"Content-Length: %d" % len(body), b"Connection: close"]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


@contextmanager
def listening(*script: Told) -> Iterator[FeedServer]:
    """A server in a thread on a free port of loopback; its ``url`` is then known, without a path."""
    publisher = FeedServer(list(script))
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _handler(publisher))
    server.daemon_threads = True
    publisher.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(publisher: FeedServer) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            request = self._request()
            if request is not None:
                self._say(publisher.told(request))

        def _request(self) -> Asked | None:
            first = self.rfile.readline().decode("latin-1").split()
            if len(first) != 3:
                return None
            lines = list(iter(lambda: self.rfile.readline().rstrip(b"\r\n"), b""))
            headers = tuple((name.lower(), value.strip()) for name, _, value in (line.partition(b":") for line in lines))
            # To its end: a connection closed with something unread is reset, and the answer is lost on its way.
            self.rfile.read(int(dict(headers).get(b"content-length", 0)))
            return Asked(first[0], first[1], headers)

        def _say(self, told: Told) -> None:
            pieces, pause = (told.pieces, told.pause) if isinstance(told, Drip) else ([told], 0)
            try:
                for piece in pieces:
                    self.wfile.write(piece)
                    time.sleep(pause)
            except OSError:
                return  # the client has had enough

    return Handler
