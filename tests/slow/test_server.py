"""Whoever is slow in speaking to relay is not waited for, and keeps nobody else waiting."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from socket import create_connection
from threading import Event
from typing import cast

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from relay.web import security
from relay.web.collected import Collected
from relay.web.crowd import Limits
from tests.edges.newsroom import Newsroom
from tests.slow.people import DRIPPING, Kind, ended, slow
from tests.slow.serving import BIG, PLAIN, SHORT, Served, newsroom, serving

SLACK = 1.5
"""Seconds that a busy machine may add."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with newsroom(tmp_path_factory.mktemp("room")) as found:
        yield found


@pytest.mark.parametrize(
    ("kind", "seconds", "told"),
    [
        (Kind.SILENT, SHORT.head, b""),
        (Kind.HEAD, SHORT.head, b"HTTP/1.1 408 Request Timeout\r\n"),
        (Kind.BODY, SHORT.head + SHORT.body, b"HTTP/1.1 408 Request Timeout\r\n"),
        (Kind.LINES, SHORT.head, b""),
        (Kind.SECOND, SHORT.head + SHORT.body, b"HTTP/1.1 "),
        (Kind.AFTER, SHORT.head * 3, b"HTTP/1.1 200 OK\r\n"),
    ],
)
def test_whoever_is_slow_is_told_and_left(room: Newsroom, kind: Kind, seconds: float, told: bytes) -> None:
    with serving(room) as served, slow(served.port, [kind], 3) as crowd:
        assert max(ended(crowd, seconds + SLACK)) <= seconds + SLACK
        assert min(one.lasted for one in crowd) >= SHORT.head * 0.9
        assert all(one.told.startswith(told) if told else not one.told or one.told.startswith(LATE) for one in crowd)


def test_who_is_answered_before_they_have_said_all_is_left_too(room: Newsroom) -> None:
    with serving(room) as served, create_connection(("127.0.0.1", served.port)) as client:
        client.sendall(b"POST /sign-in/password HTTP/1.1\r\nHost: relay\r\nSec-Fetch-Site: cross-site\r\n")
        client.sendall(b"Content-Length: 5\r\n\r\n")
        assert client.recv(65536).startswith(b"HTTP/1.1 403 ")
        client.sendall(b"name=")
        assert _connected(served, 2 * SHORT.head + SLACK) == 0


@pytest.mark.parametrize("protocol", ["websocket", "h2c"])
def test_who_asks_for_another_protocol_is_answered_like_everybody(
    room: Newsroom, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, protocol: str
) -> None:
    named = {"Connection": "Upgrade", "Upgrade": protocol, "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "a" * 24}
    with serving(room) as served:
        monkeypatch.setattr(logging.getLogger("uvicorn.error"), "handlers", [caplog.handler])
        told = httpx.get(f"http://127.0.0.1:{served.port}/", headers=named, trust_env=False)
        assert _connected(served, SLACK) == 0
    assert (told.status_code, told.headers["x-content-type-options"]) == (200, "nosniff")
    assert [record.message for record in caplog.records if record.name.startswith("uvicorn")] == []


def test_what_is_no_request_is_answered_with_the_guards_of_every_answer(room: Newsroom) -> None:
    with serving(room) as served, create_connection(("127.0.0.1", served.port)) as client:
        client.sendall(b"<script>\r\n\r\n")
        told = client.recv(65536).decode()
        assert client.recv(1) == b""
    guards = {**security.HEADERS, "Content-Security-Policy": security.DATA, "Cache-Control": "no-store"}
    assert told.startswith("HTTP/1.1 400 Bad Request\r\n")
    assert [name for name, value in guards.items() if f"\r\n{name}: {value}\r\n" not in told] == []
    assert told.endswith("\r\n\r\nInvalid HTTP request received.")


LATE = b"HTTP/1.1 408 Request Timeout\r\n"


def _connected(served: Served, seconds: float) -> int:
    """How many are left after so long at most."""
    for _ in range(int(seconds / 0.05)):
        if not served.connected():
            break
        Event().wait(0.05)
    return served.connected()


def test_a_reader_that_takes_nothing_is_left(room: Newsroom) -> None:
    with serving(room) as served, slow(served.port, [Kind.DEAF], 3):
        Event().wait(0.3)
        assert served.connected() == 3
        assert _connected(served, SHORT.taking + SHORT.head + SLACK) == 0


@pytest.mark.parametrize("connection", ["keep-alive", "close"])
def test_a_reader_that_takes_a_little_at_a_time_has_it_all(room: Newsroom, connection: str) -> None:
    """Longer than any limit as a whole, and never stuck for so long."""
    with serving(room, Limits(head=0.3, body=0.3, taking=1.0)) as served:
        url, size = f"http://127.0.0.1:{served.port}/feeds/blog/atom.xml", 0
        named = {"Accept-Encoding": "identity", "Connection": connection}
        with httpx.stream("GET", url, headers=named, trust_env=False) as answer:
            for piece in answer.iter_raw(BIG // 16):
                size += len(piece)
                Event().wait(0.1)
    assert size == BIG


def test_two_hundred_slow_ones_stop_no_sign_in(room: Newsroom) -> None:
    with serving(room, Limits(), proxies=("127.0.0.1",)) as served, slow(served.port, DRIPPING, 200) as crowd:
        assert served.login() < 5
        assert (served.connected() >= 200, any(one.lasted for one in crowd)) == (True, False)


def test_those_of_one_network_make_room_among_themselves(room: Newsroom) -> None:
    few = Limits(of_network=10)
    with serving(room, few) as served, slow(served.port, DRIPPING, 5, host="127.0.0.2") as others:
        with slow(served.port, DRIPPING, 30) as crowd:
            Event().wait(0.3)
            assert served.login() < 5
            assert 20 <= sum(1 for one in crowd if one.lasted) <= 22
        assert not any(one.lasted for one in others)


def test_when_all_places_are_taken_the_slowest_makes_room(room: Newsroom) -> None:
    few = Limits(whole=10)
    with serving(room, few, proxies=("127.0.0.0/8",)) as served, slow(served.port, DRIPPING, 30) as crowd:
        assert served.login() < 5
        assert 20 <= sum(1 for one in crowd if one.lasted) <= 22
        assert served.connected() <= 10


def test_where_everybody_is_served_who_comes_then_is_told_to_come_again(room: Newsroom) -> None:
    held = Event()

    def busy(_: Request) -> Response:
        held.wait(5)
        return Response()

    def with_busy(app: Starlette) -> Starlette:
        app.add_route("/busy", busy)
        return app

    with serving(room, Limits(whole=2), change=with_busy) as served, ExitStack() as stack:
        stack.callback(held.set)
        for _ in range(2):
            client = stack.enter_context(create_connection(("127.0.0.1", served.port)))
            client.sendall(b"GET /busy HTTP/1.1\r\nHost: relay\r\n\r\n")
        Event().wait(0.2)
        told = httpx.get(f"http://127.0.0.1:{served.port}/health", trust_env=False)
    assert (told.status_code, told.headers["retry-after"]) == (503, "10")


def test_a_server_that_waits_for_ever_is_found(room: Newsroom) -> None:
    with serving(room, **PLAIN) as served, slow(served.port, DRIPPING, 3) as crowd:
        assert ended(crowd, SHORT.head + SHORT.body + 0.5) == [float("inf")] * 3


def _threaded(app: Starlette) -> Starlette:
    """As pages would be that read a form in their own thread."""
    app.user_middleware = [one for one in app.user_middleware if cast("object", one.cls) is not Collected]
    return app


def test_a_server_that_gives_each_slow_form_a_thread_is_found(room: Newsroom) -> None:
    with serving(room, Limits(), change=_threaded) as served, slow(served.port, [Kind.BODY], 60):
        Event().wait(0.3)
        with pytest.raises(AssertionError, match="ReadTimeout"):
            served.login(1)
