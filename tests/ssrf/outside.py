"""A world that is one public host: every connection is written down, those to it are answered by a server of ours."""

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from math import inf
from threading import Thread
from typing import Any, Protocol, cast
from unittest.mock import patch
from weakref import WeakKeyDictionary

import httpx

from relay.intake.wire.by_threads import ByThreads
from relay.intake.wire.curl.over_curl import OverCurl, polling
from relay.intake.wire.exchange import Getting
from relay.intake.wire.guard import Address, Guard, Resolve
from relay.intake.wire.over_httpx import OverHttpx
from relay.intake.wire.pace import Turns
from relay.intake.wire.transport import reading_client
from tests.edges.ways import Alone

PUBLIC = "93.184.216.34"
_POLLS: WeakKeyDictionary[httpx.Client, OverCurl] = WeakKeyDictionary()


@dataclass(slots=True)
class World:
    """``names`` are what look-ups are told, by turns; ``location`` is whereto the public host redirects.

    ``documents`` are what it has, by their paths.
    """

    names: dict[str, list[list[str]]] = field(default_factory=dict)
    location: str = ""
    status: int = 302
    connects: list[str] = field(default_factory=list)
    asked: int = 0
    documents: dict[str, bytes] = field(default_factory=dict)

    def resolve(self, host: str, port: int) -> Sequence[Address]:
        """By ``names``, and numbers in every spelling that the system knows; no name is asked for."""
        self.asked += 1
        if turns := self.names.get(host.rstrip(".").lower()):
            turns.append(turns.pop(0))
            return [ip_address(one) for one in turns[-1]]
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        except ValueError as error:
            raise OSError(host) from error
        return [ip_address(sockaddr[0]) for *_, sockaddr in found]

    @property
    def escapes(self) -> list[str]:
        """Connections to anything but the public host."""
        return [one for one in self.connects if one != PUBLIC]

    def settle(self) -> None:
        """Nothing is on its way."""

    def clear(self) -> None:
        """Forget all connections."""
        self.connects.clear()


class Place(Protocol):
    """Where addresses lead: ``World``, or ``ground.Ground``. ``names`` are what look-ups are told, by turns."""

    names: dict[str, list[list[str]]]
    location: str
    status: int
    connects: list[str]
    asked: int
    documents: dict[str, bytes]

    @property
    def resolve(self) -> Resolve:
        """How names are looked up there."""

    @property
    def escapes(self) -> list[str]:
        """Connections to anything but the public host."""

    def settle(self) -> None:
        """Until every connection is among ``connects``."""

    def clear(self) -> None:
        """Forget all connections."""


def host(place: "Place") -> type[BaseHTTPRequestHandler]:
    """What answers there: with a document, or it redirects to ``location``, or has nothing."""

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = place.documents.get(self.path, b"")
            self.send_response(200 if found else place.status if place.location else 404)
            if place.location and not found:
                self.send_header("Location", place.location.encode().decode("latin-1"))  # in UTF-8, as servers do
            self.send_header("Content-Length", str(len(found)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(found)

        do_POST = do_GET  # noqa: N815  # http.server's name

        def log_message(self, *_: object) -> None:
            pass

    return Host


@contextmanager
def serving(world: World) -> Iterator[int]:
    """The public host, on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), host(world)) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
            thread.join()


def connecting(world: World, port: int) -> Callable[[socket.socket, Any], None]:
    """What stands for ``socket.connect``: port 80 of the public host is ours, all else is written down and refused."""
    connect = socket.socket.connect

    def connected(own: socket.socket, to: Any) -> None:
        world.connects.append(str(to[0]))
        if to[0] != PUBLIC or to[1] != 80:
            raise ConnectionRefusedError(str(to))
        connect(own, ("127.0.0.1", port))

    return connected


@contextmanager
def standing() -> Iterator[World]:
    """The world in the place of ``socket.connect``, without the pauses between attempts."""
    world = World()
    with (
        serving(world) as port,
        patch.object(socket.socket, "connect", connecting(world, port)),
        patch("relay.intake.wire.follow.wait_fixed", lambda _seconds: lambda _state: 0),
    ):
        yield world


@contextmanager
def client(place: Place, guard: object = None) -> Iterator[httpx.Client]:
    """Relay's own for sources, without its pauses; with the same guard polls go over libcurl (``way_of``)."""
    own, turns = cast("Guard", guard or Guard(resolve=place.resolve)), Turns(0, inf, lambda _seconds: None)
    with reading_client(own, None, 5.0, turns) as http, polling(own, None, 5.0, turns) as polls:
        _POLLS[http] = polls
        yield http


@contextmanager
def many_of(http: httpx.Client) -> Iterator[Getting]:
    """How a pass polls, under the guard of this client."""
    polls = _POLLS.get(http)
    with closing(polls.many() if polls else ByThreads(OverHttpx(http))) as exchanges:
        yield Alone(exchanges)


def way_of(http: httpx.Client) -> Getting:
    """How the service polls, under the guard of this client; over itself where it is not one of ``client``."""
    return _POLLS.get(http) or OverHttpx(http)
