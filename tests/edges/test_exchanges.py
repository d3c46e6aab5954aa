"""What holds of an exchange whatever it goes over; and how polls go over libcurl."""

import gzip
import socket
import string
from collections.abc import Iterator
from ipaddress import IPv4Address
from pathlib import Path

import httpx
import pytest

from relay.core.document import Answer, Fetched, Unreachable
from relay.core.source import Validators
from relay.intake.fetch import fetch
from relay.intake.wire.address import web_address
from relay.intake.wire.curl import pile
from relay.intake.wire.exchange import Getting
from relay.intake.wire.guard import Guard
from tests.edges.ways import WAYS, Opening
from tests.fakes.feed_server import Told, answer, listening
from tests.polling.certificate import believed, server_context

HERE = Guard(("127.0.0.1", "::1"), lambda _host, _port: (IPv4Address("127.0.0.1"),))


@pytest.fixture
def way(opening: Opening) -> Iterator[Getting]:
    with opening(HERE, None, 2.0) as found:
        yield found


def ask(way: Getting, told: Told, path: str = "/feed") -> Answer:
    with listening(told) as server:
        return fetch(way, f"{server.url}{path}", "cget", Validators())


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "told",
    [
        b"<rss/>",
        OK + b"Content-Length: 6\r\nContent-Length: 7\r\n\r\n<rss/>",
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n<rss/>\r\n0\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n6\r\n<rss/>\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n9\r\n<rss/>",
        OK + b"Content-Length: 60\r\n\r\n<rss/>",
        OK + b"A: " + b"a" * 150_000 + b"\r\n\r\n",
        OK + b"".join(b"A%d: a\r\n" % number for number in range(20_000)) + b"\r\n",
        OK + b"Content-Encoding: gzip\r\n\r\n<rss/>",
        b"HTTP/1.1 2x0 OK\r\n\r\n",
        b"",
    ],
)
def test_an_answer_that_is_none_is_a_failure_and_names_its_host(way: Getting, told: bytes) -> None:
    answered = ask(way, told)
    assert isinstance(answered, Unreachable)
    assert answered.why.startswith("127.0.0.1 ")


@pytest.mark.parametrize(
    "told",
    [
        b"HTTP/1.0 200 OK\r\n\r\n<rss/>",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nX: 1\r\n\r\n"
        + OK
        + b"Content-Length: 6\r\n\r\n<rss/>",
        OK + b"Transfer-Encoding: chunked\r\n\r\n3;a=b\r\n<rs\r\n3\r\ns/>\r\n0\r\nTrailer: 1\r\n\r\n",
        OK + b"Content-Length: 6\r\nContent-Length: 6\r\n\r\n<rss/>",
        OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"<rss/>"),
        b"HTTP/1.1 200\r\nContent-Length: 6\r\n\r\n<rss/>",
    ],
)
def test_an_answer_that_is_one_is_read(way: Getting, told: bytes) -> None:
    answered = ask(way, told)
    assert isinstance(answered, Fetched)
    assert answered.body == b"<rss/>"


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("", "/"),
        ("?a=b", "/?a=b"),
        ("/é à/ü?q=ö ", "/%C3%A9%20%C3%A0/%C3%BC?q=%C3%B6%20"),
        ("/a/../b/./c//d", "/b/c//d"),
        ("/%7Ea%2Fb%", "/%7Ea%2Fb%"),
        ('/a[1]{2}|3\\4^5`6"7<8>#f', None),
        ("/a;b=c,d!$&'()*+:@~_-.", "/a;b=c,d!$&'()*+:@~_-."),
    ],
)
def test_paths_are_asked_for_alike(path: str, asked: str | None) -> None:
    found = []
    with listening(answer()) as server:
        for opened in WAYS.values():
            with opened(HERE, None, 2.0) as way:
                fetch(way, f"{server.url}{path}", "cget", Validators())
        found = [request.path for request in server.asked]
    assert found == [asked or found[0]] * len(WAYS)


def test_requests_bear_the_same_headers() -> None:
    with listening(answer()) as server:
        for opened in WAYS.values():
            with opened(HERE, "https://exemple.fr/contact", 2.0) as way:
                url = server.url.replace("//", "//p%40ul:s%3Ae@").replace("127.0.0.1", "exämple.fr")
                fetch(way, url, "cget", Validators(b'"\xe9"', b"Mon, 23 Nov 2026 08:00:00 GMT"))
        first, *others = ({*request.headers} for request in server.asked)
    assert others == [first] * (len(WAYS) - 1)
    assert {b"authorization", b"host", b"a-im", b"if-none-match"} < {name for name, _ in first}


@pytest.mark.parametrize("value", [b'"a"\r\nX: y', b'"a"\nX: y', b'"a\0"'])
def test_a_validator_does_not_cut_a_request_in_two(way: Getting, value: bytes) -> None:
    with listening(answer()) as server:
        answered = fetch(way, server.url, "cget", Validators(value))
    assert isinstance(answered, Unreachable)
    assert server.asked == []


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    believed(tmp_path, monkeypatch)
    return tmp_path


def secure(opening: Opening, folder: Path, host: str) -> Answer:
    with listening(answer(body=b"<rss/>"), tls=server_context(folder)) as server, opening(HERE, None, 5.0) as way:
        return fetch(way, f"https://{host}:{server.port}/", "cget", Validators())


def test_an_authority_that_is_believed_vouches_for_a_host(opening: Opening, trusted: Path) -> None:
    assert isinstance(secure(opening, trusted, "agence.test"), Fetched)


def test_a_certificate_for_another_host_is_not_valid(opening: Opening, trusted: Path) -> None:
    answered = secure(opening, trusted, "ailleurs.test")
    assert isinstance(answered, Unreachable)
    assert answered.why.startswith("The certificate of ailleurs.test is not valid: ")


def test_a_certificate_of_nobody_is_not_valid_and_asked_for_once(opening: Opening, tmp_path: Path) -> None:
    answered = secure(opening, tmp_path, "agence.test")
    assert answered == Unreachable("The certificate of agence.test is not valid: self-signed certificate.")


def test_what_speaks_no_tls_is_said_so(opening: Opening) -> None:
    with listening(answer()) as server, opening(HERE, None, 5.0) as way:
        answered = fetch(way, f"https://agence.test:{server.port}/", "cget", Validators())
    assert isinstance(answered, Unreachable)


def test_the_environment_has_no_say(opening: Opening, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login a password b\n")
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("HOME", str(tmp_path))
    with listening(answer(body=b"<rss/>")) as server, opening(HERE, None, 2.0) as way:
        assert isinstance(fetch(way, server.url, "cget", Validators()), Fetched)
    assert server.asked[0].header(b"authorization") is None


def test_a_kept_connection_is_for_its_own_host_and_looked_up_once(opening: Opening) -> None:
    looked_up: list[str] = []

    def resolve(host: str, _port: int) -> tuple[IPv4Address]:
        looked_up.append(host)
        return (IPv4Address("127.0.0.1"),)

    kept = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    with (
        listening(kept) as server,
        opening(Guard(("127.0.0.1",), resolve), None, 2.0) as way,
    ):
        for host in ("a.test", "b.test"):
            fetch(way, f"http://{host}:{server.port}/", "cget", Validators(b'"1"'))
    assert looked_up == ["a.test", "b.test"]


def test_no_more_means_are_kept_than_spare_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pile, "SPARE", 1)
    free = pile.Pile()
    first, second = free.take(), free.take()
    free.give(first)
    free.give(second)
    taken, new = free.take(), free.take()
    assert taken is first
    assert new is not second
    taken.close()
    new.close()


def test_nothing_stays_open_when_all_is_closed(opening: Opening) -> None:
    before = len([*Path("/proc/self/fd").iterdir()])
    with listening(answer(304)) as server, opening(HERE, None, 2.0) as way:
        for number in range(5):
            fetch(way, f"http://h{number}.test:{server.port}/", "cget", Validators())
    assert len([*Path("/proc/self/fd").iterdir()]) <= before


def test_no_socket_to_be_had_is_no_fault_of_the_source(way: Getting, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> socket.socket:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("relay.intake.wire.connect.socket", full)
    monkeypatch.setattr(socket, "create_connection", full)
    with listening(answer()) as server:
        answered = fetch(way, server.url, "cget", Validators())
    assert answered == Unreachable("127.0.0.1 cannot be reached: [Errno 24] Too many open files.")


PLAIN = string.printable.strip()


@pytest.mark.parametrize(
    "form", ["http://ex.fr/a{}b", "http://ex.fr/{}", "http://ex.fr?{}", "http://e{}x.fr/", "http://ex.fr:{}0/", "{}"]
)
def test_an_address_read_at_a_glance_is_what_httpx_reads(form: str) -> None:
    ports = ["http://a.fr:443/", "https://a.fr:443/", "http://a.fr:80", "http://a.fr:65536/", "http://a.fr:65535/"]
    for url in [form.format(sign) for sign in PLAIN] + ports:
        try:
            read = httpx.URL(url)
        except httpx.InvalidURL:
            with pytest.raises(httpx.InvalidURL):
                web_address(url)
            continue
        found = web_address(url)
        assert (found.text, found.scheme, found.host.encode()) == (str(read), read.scheme, read.raw_host)
        assert (found.place.encode(), found.target.encode(), found.user) == (read.netloc, read.raw_path, read.userinfo)
        assert found.port == (read.port if read.port is not None else {"http": 80, "https": 443}.get(read.scheme, 0))
