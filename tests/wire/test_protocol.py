"""Beneath HTTP: how much of a request is listened to, and how soon an answer is on its way."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

from relay import daemon
from relay.config.configuration import Service
from relay.web.protocol import LARGEST_HEAD
from tests.wire.site import Site

HEAD = b"GET /feeds/blog/atom.xml HTTP/1.1\r\nHost: a\r\n"
CHUNKED = b"POST /hub HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
MUCH = 8 * LARGEST_HEAD


@pytest.fixture
def connection(site: Site) -> Iterator[socket.socket]:
    address = urlsplit(site.url)
    with socket.create_connection((address.hostname or "", address.port or 0), 10) as asking:
        yield asking


@pytest.mark.parametrize(
    ("begin", "more"),
    [
        (HEAD, b"X-%d: a\r\n"),
        (HEAD + b"X: ", b"a%d"),
        (b"GET /feeds/", b"a%d"),
        (CHUNKED + b"0\r\n", b"X-%d: a\r\n"),
        (CHUNKED + b"1;", b"a=%d;"),
    ],
    ids=["headers", "a header", "an address", "trailers", "a chunk's words"],
)
def test_a_request_that_comes_to_no_end_is_refused(connection: socket.socket, begin: bytes, more: bytes) -> None:
    connection.sendall(begin)
    sent, number = 0, 0
    try:
        while sent < MUCH:
            some = b"".join(more % (number + one) for one in range(500))
            connection.sendall(some)
            sent, number = sent + len(some), number + 500
        answer = everything(connection)
    except ConnectionError:
        answer = b""
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")


def test_a_large_head_and_many_requests_of_one_connection_are_answered(connection: socket.socket) -> None:
    request = HEAD + b"X: " + b"a" * (LARGEST_HEAD - 2_000) + b"\r\n\r\n"
    for _ in range(5):
        connection.sendall(request)
        answer = b""
        while not answer.endswith(b"</feed>\n") and not answer.endswith(b"</feed>"):
            part = connection.recv(65_536)
            assert part, answer[:200]
            answer += part
        assert answer.startswith(b"HTTP/1.1 200 ")


def test_a_body_of_any_length_is_no_head(connection: socket.socket) -> None:
    connection.sendall(b"POST /hub HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % MUCH)
    with suppress(ConnectionError):
        connection.sendall(b"a" * MUCH)
    assert connection.recv(12) == b"HTTP/1.1 413"


def test_no_answer_waits_until_its_reader_has_confirmed_a_part_of_it() -> None:
    settings = Service(public_url="http://127.0.0.1", listen_host="127.0.0.1", listen_port=0)
    with daemon.listen(settings) as listening, socket.create_connection(listening.getsockname()):
        accepted = listening.accept()[0]
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def everything(connection: socket.socket) -> bytes:
    answer = b""
    while part := connection.recv(65_536):
        answer += part
    return answer
