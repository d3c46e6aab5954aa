"""A server on loopback that stands before a network and breaks the calls that publish, the way networks do."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.real.ports import free_port


class Fault(StrEnum):
    """What may befall a call that publishes; "before" and "after" the network has done what it was asked."""

    NONE = "none"
    DROP_BEFORE = "the connection is cut before"
    DROP_AFTER = "the connection is cut after"
    CUT_SHORT = "the answer ends in the middle, after"
    ERROR_BEFORE = "500 before"
    ERROR_AFTER = "500 after"
    GATEWAY_AFTER = "502 after"
    UNAVAILABLE = "503 before"
    TIMEOUT_AFTER = "504 after"
    GARBAGE_AFTER = "200 and no JSON, after"
    LATE = "the connection is cut, and some time later it is done all the same"


LATENESS = 0.1
"""Seconds after which what is late is done."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request as the network receives it; ``path`` has the query."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What the network answers."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Wire:
    """``faults`` befall the next calls whose path contains ``publishes``, in this order; ``calls`` are all that came."""

    network: Callable[[Call], Reply]
    publishes: str
    url: str = ""
    faults: list[Fault] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    _done: list[Call] = field(default_factory=list)

    def fault(self, call: Call) -> Fault:
        """What befalls this call."""
        self.calls.append(call)
        hit = call.method != "GET" and self.publishes in call.path and self.faults
        return self.faults.pop(0) if hit else Fault.NONE

    def reply(self, call: Call, fault: Fault) -> Reply | None:
        """The network's reply or a broken one; ``None`` cuts the connection."""
        try:
            reply = None if fault in _UNHEARD else self.network(call)
        finally:
            self._done.append(call)
        return reply if fault in {Fault.NONE, Fault.CUT_SHORT} else _BROKEN.get(fault)

    def settle(self) -> None:
        """Wait until the network has done everything it was asked."""
        while len(self._done) < len(self.calls):
            time.sleep(0.005)


_UNHEARD = {Fault.DROP_BEFORE, Fault.ERROR_BEFORE, Fault.UNAVAILABLE}
_PAGE = b"<html><body>We are sorry</body></html>"
_BROKEN = {
    Fault.ERROR_BEFORE: Reply(500, b'{"error":"Internal Server Error"}'),
    Fault.ERROR_AFTER: Reply(500, b'{"error":"Internal Server Error"}'),
    Fault.GATEWAY_AFTER: Reply(502, _PAGE),
    Fault.UNAVAILABLE: Reply(503, b'{"error":"There was a temporary problem serving your request"}'),
    Fault.TIMEOUT_AFTER: Reply(504, _PAGE),
    Fault.GARBAGE_AFTER: Reply(200, _PAGE),
}


@contextmanager
def listening(wire: Wire) -> Iterator[Wire]:
    """Run ``wire`` in a thread on a free port of loopback; its ``url`` is then known."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"wire": wire}))
    server.daemon_threads = True
    with serving(server, wire):
        yield wire


@contextmanager
def serving(server: ThreadingHTTPServer, wire: Wire) -> Iterator[Wire]:
    """The same for a server of one's own, whose handler speaks for ``wire``."""
    wire.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield wire
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def closed_port() -> str:
    """The address of a port on loopback where nobody listens."""
    return f"http://127.0.0.1:{free_port()}"


class _Handler(BaseHTTPRequestHandler):
    wire: Wire
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        call = Call(self.command, self.path, headers, body)
        fault = self.wire.fault(call)
        if fault is Fault.LATE:
            self.connection.shutdown(socket.SHUT_RDWR)
            time.sleep(LATENESS)
        reply = self.wire.reply(call, fault)
        cut = fault is Fault.CUT_SHORT and reply is not None and bool(reply.body)  # nothing cannot be cut
        self.close_connection = reply is None or cut
        if reply:
            self._write(reply, reply.body[: min(9, len(reply.body) - 1) if cut else None])

    def _write(self, reply: Reply, body: bytes) -> None:
        self.send_response_only(reply.status)
        headers = {"content-type": "application/json", **reply.headers, "content-length": str(len(reply.body))}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815 — http.server calls them so

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the name in the class above it
        pass
