"""What is answered at the hatch is the answer that rooms would give now, byte for byte; nothing else is answered there."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from relay.web.app import create
from relay.web.server import spoken
from relay.web.serving import hatch
from tests.edges.newsroom import open_newsroom
from tests.wire.site import FEED, Site

SHORT = 1.5
"""Seconds after which a connection that asks nothing is ended."""


@dataclass(slots=True)
class House:
    """A server with a hatch, and rooms behind it that write down who came so far."""

    site: Site
    port: int
    shelved: hatch.Hatch
    came: list[str] = field(default_factory=list)

    @contextmanager
    def connection(self) -> Iterator["Caller"]:
        with socket.create_connection(("127.0.0.1", self.port), 5) as line:
            yield Caller(line, self.came)

    def ask(self, request: bytes) -> tuple[bytes, bool]:
        """By somebody who has not asked before."""
        with self.connection() as caller:
            return caller.ask(request)

    def last(self, request: bytes) -> bytes:
        """What the same request gets when it is known."""
        with self.connection() as caller:
            return three(caller, request)[-1][0]


@dataclass(slots=True)
class Caller:
    line: socket.socket
    came: list[str]
    rest: bytes = b""
    """What came behind the answer that was heard last."""

    def ask(self, *parts: bytes) -> tuple[bytes, bool]:
        """The answer, and whether the rooms had to give it."""
        before = len(self.came)
        for part in parts:
            self.line.sendall(part)
            sleep(0.05 if len(parts) > 1 else 0)
        return self.heard(is_head=parts[0].startswith(b"HEAD")), len(self.came) > before

    def heard(self, *, is_head: bool = False) -> bytes:
        """One answer whole, its headers in the order of their names, and without its moment."""
        found = self.rest
        while b"\r\n\r\n" not in found:
            more = self.line.recv(65536)
            assert more, f"it hung up: {found!r}"
            found += more
        head, _, body = found.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        wanted = int(length[1]) if length and not is_head and b" 304 " not in head[:20] else 0
        while len(body) < wanted:
            body += self.line.recv(65536)
        status, *lines = head.split(b"\r\n")
        told = sorted(line for line in lines if not line.lower().startswith(b"date:"))
        assert len(told) == len(lines) - 1
        self.rest = body[wanted:]
        return b"\r\n".join([status, *told, b"", body[:wanted]])

    def is_left(self) -> bool:
        """Whether the server has hung up."""
        try:
            return self.line.recv(1) == b""
        except ConnectionResetError:
            return True


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_newsroom(tmp_path) as room:
        app = create(replace(room.office, desk=replace(room.office.desk, feeds=(FEED,))))
        house = House(Site("", room.office.feeds), 0, app.state.hatch)
        house.site.publish(2)
        how = spoken(_noting(app, house.came), 1, (), hatch=app.state.hatch)
        how.lifespan, how.timeout_keep_alive = "off", SHORT  # type: ignore[assignment]  # parts of a second do as well
        server, listening = uvicorn.Server(how), socket.create_server(("127.0.0.1", 0))
        house.port = listening.getsockname()[1]
        thread = Thread(target=server.run, args=[[listening]])
        thread.start()
        yield house
        server.should_exit = True
        thread.join(5)


def _noting(app: ASGIApp, came: list[str]) -> ASGIApp:
    async def noted(scope: Scope, receive: Receive, send: Send) -> None:
        came.append(scope["path"])
        await app(scope, receive, send)

    return noted


def asked(path: str = "atom.xml", method: str = "GET", version: str = "1.1", **headers: str) -> bytes:
    lines = [f"{method} /feeds/blog/{path} HTTP/{version}", "Host: relay.test"]
    lines += [f"{name.replace('_', '-')}: {text}" for name, text in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def three(caller: Caller, *parts: bytes) -> list[tuple[bytes, bool]]:
    """What the same request gets three times: the shelf is filled by the first, the hatch learns the second."""
    return [caller.ask(*parts) for _ in range(3)]


@pytest.mark.parametrize(
    "request_",
    [
        asked(),
        asked(method="HEAD"),
        asked(Accept_Encoding="gzip"),
        asked(Accept_Encoding="gzip", method="HEAD"),
        asked(If_None_Match="*"),
        asked(If_None_Match="*", method="HEAD"),
        asked(If_None_Match='"old"'),
        asked("", Accept="application/feed+json"),
        asked("source/anct/rss.xml", Cookie="a=b"),
        asked("pictures/a.jpg"),
        asked(Connection="Upgrade", Upgrade="h2c"),
    ],
    ids=lambda one: one.split(b"\r\n\r\n")[0].decode().replace("\r\n", " | "),
)
def test_the_third_who_asks_is_answered_in_front_of_all_rooms(house: House, request_: bytes) -> None:
    with house.connection() as caller:
        (first, came), (second, again), (third, at_last) = three(caller, request_)
    assert (came, again, at_last) == (True, True, False)
    assert first == second == third
    with house.connection() as another:
        assert another.ask(request_) == (first, False)


@pytest.mark.parametrize(
    "request_",
    [
        asked("pictures/a.jpg", Range="bytes=0-1"),
        asked("nothing.xml"),
        asked(Expect="100-continue"),
        asked(Padding="p" * hatch.LONGEST),
    ],
    ids=["part", "404", "expects", "long"],
)
def test_whatever_is_odd_is_looked_into_each_time(house: House, request_: bytes) -> None:
    with house.connection() as caller:
        three(caller, asked())
        assert [came for _, came in three(caller, request_)] == [True] * 3


@pytest.mark.parametrize("request_", [asked(Connection="close"), asked(version="1.0")], ids=["close", "1.0"])
def test_who_wants_to_be_left_is_left(house: House, request_: bytes) -> None:
    for _ in range(3):
        with house.connection() as caller:
            assert caller.ask(request_)[1]
            assert caller.is_left()


def test_a_new_version_and_one_that_is_gone_are_seen_at_once(house: House) -> None:
    old = house.last(asked())
    house.site.publish(3)
    new, came = house.ask(asked())
    assert came
    assert new != old
    assert new.endswith(house.site.body("atom.xml"))
    etag = re.search(rb"(?i)etag: (\S+)", new)
    assert etag
    conditional = asked(If_None_Match=etag[1].decode())
    assert house.last(conditional).startswith(b"HTTP/1.1 304 Not Modified\r\n")
    house.site.publish(4)
    assert house.ask(conditional)[0].startswith(b"HTTP/1.1 200 OK\r\n")
    house.last(asked())
    (house.site.feeds / "blog" / "atom.xml").unlink()
    assert house.ask(asked())[0].startswith(b"HTTP/1.1 404 ")


def test_a_request_in_parts_or_two_at_once_are_read(house: House) -> None:
    whole = asked()
    with house.connection() as caller:
        first = three(caller, whole)[-1][0]
        assert caller.ask(whole[:30], whole[30:]) == (first, True)
        caller.line.sendall(whole + whole)
        assert [caller.heard(), caller.heard()] == [first, first]
        assert caller.ask(whole) == (first, False)


def test_what_only_looks_like_a_request_is_not_one(house: House) -> None:
    """It is the body of another, which was answered before it came."""
    known = asked()
    with house.connection() as caller:
        three(caller, known)
        head = asked("nowhere", "POST", Content_Length=str(len(known)))
        caller.line.sendall(head)
        sleep(0.2)
        refused, _ = caller.ask(known)
        assert not refused.startswith(b"HTTP/1.1 200")
        caller.line.settimeout(0.2)
        with pytest.raises(TimeoutError):
            caller.heard()


def test_the_beginning_of_a_request_that_stands_before_it_is_not_forgotten(house: House) -> None:
    with house.connection() as caller:
        three(caller, asked())
        caller.line.sendall(b"GET /feeds/blog/rss.xml HTTP/1.1\r\nX: ")
        sleep(0.1)
        assert caller.ask(asked())[0].startswith(b"HTTP/1.1 200 OK\r\n")  # of rss.xml: the rest are its headers
        assert house.came[-1] == "/feeds/blog/rss.xml"


def test_nor_is_one_that_began_in_the_bytes_of_the_request_before_it(house: House) -> None:
    with house.connection() as caller:
        three(caller, asked())
        caller.line.sendall(asked("nothing.xml") + b"GET /feeds/blog/rss.xml HTTP/1.1\r\nX: ")
        assert caller.heard().startswith(b"HTTP/1.1 404 ")
        assert caller.ask(asked())[0].startswith(b"HTTP/1.1 200 OK\r\n")  # of rss.xml: the rest are its headers
        assert house.came[-1] == "/feeds/blog/rss.xml"


def test_the_end_of_one_request_and_the_beginning_of_another_are_no_request(house: House) -> None:
    whole = asked()
    with house.connection() as caller:
        first = three(caller, whole)[-1][0]
        for sent in (whole + whole[:9], whole[9:] + whole[:9], whole[9:]):
            caller.line.sendall(sent)
            assert caller.heard() == first


def test_who_goes_on_asking_is_not_left_and_who_stops_is(house: House) -> None:
    with house.connection() as caller:
        three(caller, asked())
        for _ in range(3):
            sleep(SHORT * 0.4)
            assert caller.ask(asked())[1] is False
        began = monotonic()
        assert caller.is_left()
        assert monotonic() - began < SHORT * 3


def test_whoever_invents_requests_has_all_forgotten_and_no_more(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hatch, "MOST", 4)
    with house.connection() as caller:
        for number in range(20):
            three(caller, asked(Number=str(number)))
    assert len(house.shelved._known) <= 4
