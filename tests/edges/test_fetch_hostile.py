"""Publishers that answer anything: whatever it is, it becomes an answer of ours."""

import gc
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta

import pytest

from relay.core.document import Busy, Fetched, Unreachable
from relay.core.source import Validators
from relay.intake.fetch import fetch
from relay.intake.wire.exchange import Getting
from relay.intake.wire.guard import Guard
from tests.edges.ways import Opening
from tests.fakes.feed_server import answer, listening


@pytest.fixture
def http(opening: Opening) -> Iterator[Getting]:
    with opening(Guard(("127.0.0.1",)), None, 2.0) as way:
        yield way


@pytest.mark.parametrize(
    "to",
    [
        *(b"http://xn--/", b"http://[", b"http://\xe9.fr:x/", b"http://a..b/", b"javascript:alert(1)", b"http://%00/"),
        *(b"http://a%0d%0ab/", b"https:x", b"mailto:x", b"ftp://x/", b"?" + b"a" * 70_000, b"http://[::1%25lo]:1/"),
    ],
)
def test_a_redirect_to_nowhere_is_an_answer(http: Getting, to: bytes) -> None:
    with listening(answer(302, headers=[(b"Location", to)])) as server:
        assert isinstance(fetch(http, server.url, "cget", Validators()), Unreachable)


@pytest.mark.parametrize(
    "url", ["http://xn--/", "http://\udcff/", "http://a\x00/", f"http://{'a' * 70}.fr/", "http://😀./"]
)
def test_an_address_that_cannot_be_one_is_an_answer(http: Getting, url: str) -> None:
    assert isinstance(fetch(http, url, "cget", Validators()), Unreachable)


@pytest.mark.parametrize(
    "told",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\nx",
        b"HTTP/1.1 101 Switching\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 30_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx",
        b"\x00" * 1000,
    ],
)
def test_what_is_no_answer_of_http_is_said_in_a_sentence(http: Getting, told: bytes) -> None:
    with listening(told) as server:
        answered = fetch(http, server.url, "cget", Validators())
    assert isinstance(answered, Unreachable)
    assert answered.why.startswith("127.0.0.1 ")


@pytest.mark.parametrize(
    "headers",
    [
        [(b"Cache-Control", b"max-age=" + b"9" * 5000), (b"Age", b"9" * 5000)],
        [(b"Expires", b"Fri, 31 Dec 9999 23:59:59 -2359"), (b"Date", b"Mon, 01 Jan 0001 00:00:00 +2359")],
        [(b"Expires", b"Mon, 21 Sep 2026 14:13:20 +99999999999999999"), (b"Date", b"\xff")],
        [(b"Content-Type", b"text/xml; charset=\xff"), (b"ETag", b"\xff\xfe"), (b"Last-Modified", b"\xe9")],
    ],
)
def test_headers_beyond_all_measure_do_no_harm(http: Getting, headers: list[tuple[bytes, bytes]]) -> None:
    with listening(answer(headers=headers)) as server:
        first = fetch(http, server.url, "cget", Validators())
        assert isinstance(first, Fetched)
        assert isinstance(fetch(http, server.url, "cget", first.validators), Fetched)


def test_a_password_in_an_address_does_not_become_part_of_what_is_read(http: Getting) -> None:
    with listening(answer(body=b"<rss/>")) as server:
        answered = fetch(http, server.url.replace("//", "//reader:secret@"), "cget", Validators())
    assert isinstance(answered, Fetched)
    assert (answered.url, server.asked[0].header(b"authorization") is not None) == (server.url, True)


def test_a_head_whose_lines_end_without_a_cr_is_read_as_any_other(http: Getting) -> None:
    moved = b"HTTP/1.1 302 Found\nContent-Length: 0\nConnection: close\nLocation: /b\n\n"
    there = b'HTTP/1.1 200 OK\nContent-Length: 6\nConnection: close\nETag: "a"\n\n<rss/>'
    busy = b"HTTP/1.1 429 Slow down\r\nContent-Length: 0\r\nConnection: close\r\nRetry-After: 3600\r\n\n"
    with listening(moved, there, busy) as server:
        found = fetch(http, server.url, "cget", Validators())
        refused = fetch(http, server.url, "cget", Validators())
    assert isinstance(found, Fetched)
    assert (found.url, found.validators.etag) == (f"{server.url}/b", b'"a"')
    assert isinstance(refused, Busy)
    assert refused.retry_after == timedelta(hours=1)


def test_a_body_is_let_go_with_its_answer(http: Getting) -> None:
    with listening(answer(body=b"x" * 5_000_000)) as server:
        tracemalloc.start()
        try:
            assert isinstance(fetch(http, server.url, "cget", Validators()), Fetched)
            gc.collect()
            assert tracemalloc.get_traced_memory()[0] < 2_000_000
        finally:
            tracemalloc.stop()
