"""A Nostr relay on loopback (NIP-01, 09, 11, 42), whose exchanges break where a ``Wire`` says so."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from coincurve import PublicKeyXOnly
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from tests.fakes.wire import _BROKEN, LATENESS, Call, Fault, Reply, Wire

KEY = "5f" * 32
LONGEST = 8_196
"""Signs, as NIP-11's example has it."""
_CLOSE_CODES = {500: 1011, 502: 1014, 503: 1013, 504: 1012}
"""What a status of HTTP is where HTTP is over (IANA, WebSocket Close Code Numbers)."""


@dataclass(slots=True)
class NostrRelay:
    """``events`` is its truth, by name. ``says`` is its answer to every event, ``raw`` what it sends in its stead."""

    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    says: str = ""
    raw: list[str | bytes] | None = None
    oldest: int = 0
    """What it takes is of this time or later (NIP-11, ``created_at_lower_limit``)."""
    greets: list[str] = field(default_factory=list)
    limitation: dict[str, Any] = field(default_factory=lambda: {"max_content_length": LONGEST})
    document: dict[str, Any] | None = None
    asked: list[Any] = field(default_factory=list)
    """Every message that came."""
    behind: Callable[[Call], Reply] | None = None
    """Another relay that answers in its stead, and has its own truth."""

    def texts(self) -> list[str]:
        """What readers see."""
        return [event["content"] for event in self.events.values() if event["kind"] == 1]

    def answer(self, call: Call) -> Reply:
        """What becomes of one message; the network's side of a ``Wire``."""
        if self.behind:
            return self.behind(call)
        message = json.loads(call.body)
        if message[0] == "EVENT":
            words = self._take(message[1])
            is_taken = not words or words.startswith("duplicate:")
            return Reply(200, json.dumps(["OK", message[1]["id"], is_taken, words]).encode())
        found = [["EVENT", message[1], event] for event in self.events.values() if event["id"] in message[2]["ids"]]
        return Reply(200, "\n".join(json.dumps(one) for one in [*found, ["EOSE", message[1]]]).encode())

    def _take(self, event: dict[str, Any]) -> str:
        if self.says:
            return self.says
        if event["id"] in self.events:
            return "duplicate: already have this event"
        if not genuine(event):
            return "invalid: bad event id or signature"
        if event["created_at"] < self.oldest:
            return "invalid: created_at is too old"
        if len(event["content"]) > LONGEST:
            return "invalid: content is too long"
        self.events[event["id"]] = event
        gone = [tag[1] for tag in event["tags"] if tag[0] == "e"] if event["kind"] == 5 else []
        for name in gone:
            if name in self.events and self.events[name]["pubkey"] == event["pubkey"]:
                del self.events[name]
        return ""


def genuine(event: dict[str, Any]) -> bool:
    """Whether name and signature are those of all that it says (NIP-01, BIP-340)."""
    whole = [0, event["pubkey"], event["created_at"], event["kind"], event["tags"], event["content"]]
    digest = sha256(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()).digest()
    key = PublicKeyXOnly(bytes.fromhex(event["pubkey"]))
    return digest.hex() == event["id"] and key.verify(bytes.fromhex(event["sig"]), digest)


@contextmanager
def relaying(relay: NostrRelay, tls: ssl.SSLContext | None = None) -> Iterator[Wire]:
    """Run it on a free port; the wire's ``url`` begins with ws://, or with wss:// where there is ``tls``."""
    wire = Wire(relay.answer, publishes="EVENT")

    def talk(connection: ServerConnection) -> None:
        with suppress(ConnectionClosed, OSError):
            for greeting in relay.greets:
                connection.send(greeting)
            for text in connection:
                _heard(relay, wire, connection, str(text))

    def of_itself(connection: ServerConnection, request: Request) -> Response | None:
        if "upgrade" in request.headers.get("Connection", "").lower():
            return None
        document = {"software": "git+https://example.org/relays/fake.git", "version": "1.2"} | (relay.document or {})
        body = json.dumps(document | {"limitation": relay.limitation}).encode()
        return Response(200, "OK", Headers({"Content-Length": str(len(body)), "Connection": "close"}), body)

    how: dict[str, Any] = {"process_request": of_itself, "compression": None, "close_timeout": 1, "ssl": tls}
    with serve(talk, "127.0.0.1", 0, **how) as server:
        wire.url = f"{'wss' if tls else 'ws'}://127.0.0.1:{server.socket.getsockname()[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield wire
        finally:
            server.shutdown()
            thread.join()


def _heard(relay: NostrRelay, wire: Wire, connection: ServerConnection, text: str) -> None:
    message = json.loads(text)
    relay.asked.append(message)
    is_event = message[0] == "EVENT"
    call = Call("POST" if is_event else "GET", message[0], {}, text.encode())
    fault = wire.fault(call)
    if fault is Fault.LATE:
        connection.socket.shutdown(socket.SHUT_RDWR)
        time.sleep(LATENESS)
    reply = wire.reply(call, fault)
    if is_event and relay.raw is not None:
        for one in relay.raw:
            connection.send(one)
    elif fault is Fault.NONE and reply:
        for line in reply.body.decode().split("\n"):
            connection.send(line)
    else:
        _break(connection, fault, reply)


def _break(connection: ServerConnection, fault: Fault, reply: Reply | None) -> None:
    """As it looks where no HTTP is spoken any more: cut, closed with a code, half a frame, or a page."""
    if fault is Fault.CUT_SHORT and reply:
        connection.socket.sendall(bytes([0x81, min(len(reply.body), 125)]) + reply.body[:9])
    if fault is Fault.GARBAGE_AFTER:
        connection.send(_BROKEN[fault].body.decode())
    elif reply and reply.status in _CLOSE_CODES:
        connection.close(_CLOSE_CODES[reply.status], HTTPStatus(reply.status).phrase)
    else:
        with suppress(OSError):
            connection.socket.shutdown(socket.SHUT_RDWR)
