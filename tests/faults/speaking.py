"""A connection that speaks HTTP: each call has its fate, and the connection may end with it."""

import os
import socket
from http.server import BaseHTTPRequestHandler

from tests.fakes.wire import Call, Reply
from tests.faults.doors import Door, reset, wait_for_end
from tests.faults.fates import Fate, fate
from tests.faults.kinds import Effect, Kind
from tests.faults.line import Line


def speak(line: Line, door: Door, connection: socket.socket) -> None:
    """Answer until the other side has no more to ask, or has been cut off."""
    type("Told", (_Told,), {"line": line, "door": door})(connection, ("127.0.0.1", 0), None)


class _Told(BaseHTTPRequestHandler):
    line: Line
    door: Door
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def _serve(self) -> None:
        effect = self.line.strikes(self.command, self.path)
        try:
            ends = self._fate(effect)
        finally:
            self.line.rests()
        if self.line.goes():
            self.door.shut()
        self._end(ends)

    def _fate(self, effect: Effect | None) -> Fate:
        if effect is not None and self.line.plan.kind is Kind.RESET_BEFORE:
            return Fate("reset")
        length = int(self.headers.get("content-length", "0"))
        body = self.rfile.read(length)
        if len(body) < length:
            return Fate("close")  # who asked was gone before all of it was said
        headers = {name.lower(): value for name, value in self.headers.items()}
        if self.door.tls:
            headers["x-forwarded-proto"] = "https"
        return fate(self.line, Call(self.command, self.path, headers, body), effect)

    def _end(self, ends: Fate) -> None:
        is_shut = not self.door.is_open
        self.close_connection = self.close_connection or ends.way != "reply" or is_shut
        match ends.way:
            case "reply" if ends.reply:
                self._write(ends.reply, ends.reply.body)
            case "short" if ends.reply:
                self._write(ends.reply, ends.reply.body[: len(ends.reply.body) // 2], cut=True)
            case "reset":
                reset(self.connection)
            case "hold":
                wait_for_end(self.connection)
            case "begun":
                self.wfile.write(b"HTTP/1.1 20")
            case "noise":
                with socket.socket(fileno=os.dup(self.connection.fileno())) as bare:
                    bare.sendall(b"\x17\x03\x03\x00\x20" + b"noise" * 7)

    def _write(self, reply: Reply, body: bytes, *, cut: bool = False) -> None:
        self.send_response_only(reply.status)
        length = str(len(reply.body) + (cut and not reply.body))
        headers = {"content-type": "application/json", **reply.headers}
        if reply.status != 204:
            headers["content-length"] = length
        if self.close_connection:
            headers["connection"] = "close"
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815 — http.server calls them so

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the name in the class above it
        pass
