"""One picture over real HTTP: under the guard, politely, bounded, and by its bytes."""

from collections.abc import Iterator

import httpx
import pytest

from relay.intake.pictures.fetch import Missing, fetch
from relay.intake.wire.body import LIMIT
from relay.intake.wire.guard import Guard
from relay.intake.wire.pace import Turns
from relay.intake.wire.robots import Robots
from relay.intake.wire.transport import reading_client
from tests.edges.pages import client
from tests.fakes.drawings import drawn, saved
from tests.fakes.feed_server import FeedServer, answer, listening

PNG = saved(drawn(), "PNG")


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with client() as http:
        yield http


@pytest.fixture
def site() -> Iterator[FeedServer]:
    with listening(answer(404)) as server:
        server.pages["/a.png"] = answer(body=PNG, headers=[(b"Content-Type", b"text/plain")])
        yield server


def fetched(http: httpx.Client, url: str) -> bytes | Missing:
    return fetch(http, Robots(http), url)


def missing(http: httpx.Client, url: str) -> Missing:
    found = fetched(http, url)
    assert isinstance(found, Missing)
    return found


def test_a_picture_is_one_by_its_bytes_whatever_its_server_calls_it(http: httpx.Client, site: FeedServer) -> None:
    assert fetched(http, f"{site.url}/a.png") == PNG
    assert [one.path for one in site.asked] == ["/robots.txt", "/a.png"]
    assert (site.asked[1].header(b"accept") or b"").startswith(b"image/jpeg")
    assert site.asked[1].header(b"cookie") is None


@pytest.mark.parametrize(
    "body",
    [b"<svg xmlns='http://www.w3.org/2000/svg'><script>x()</script></svg>", b"<!doctype html>", b"%PDF-1.7", b""],
)
def test_what_is_no_picture_is_refused_whatever_its_server_calls_it(
    http: httpx.Client, site: FeedServer, body: bytes
) -> None:
    site.pages["/a.jpg"] = answer(body=body, headers=[(b"Content-Type", b"image/jpeg")])
    assert missing(http, f"{site.url}/a.jpg") == Missing("It is no JPEG, PNG, GIF or WebP picture.")


@pytest.mark.parametrize(("status", "is_passing"), [(404, False), (403, False), (410, False), (429, True), (503, True)])
def test_what_is_not_there_now_may_be_there_later(
    http: httpx.Client,
    site: FeedServer,
    status: int,
    is_passing: bool,  # noqa: FBT001
) -> None:
    site.pages["/a.jpg"] = answer(status)
    found = missing(http, f"{site.url}/a.jpg")

    assert str(status) in found.why
    assert found.is_passing is is_passing


def test_robots_are_obeyed_also_where_a_redirect_leads(http: httpx.Client, site: FeedServer) -> None:
    site.pages["/robots.txt"] = answer(body=b"User-agent: relay\nDisallow: /prive/")
    site.pages["/b.png"] = answer(302, headers=[(b"Location", b"/prive/a.png")])
    site.pages["/prive/a.png"] = answer(body=PNG)

    assert "robots.txt" in missing(http, f"{site.url}/b.png").why
    assert "robots.txt" in missing(http, f"{site.url}/prive/a.png").why


def test_a_file_that_is_too_large_is_given_up(http: httpx.Client, site: FeedServer) -> None:
    site.pages["/a.png"] = answer(body=PNG + b"\0" * LIMIT)
    found = missing(http, f"{site.url}/a.png")

    assert "larger than 10 MiB" in found.why
    assert found.is_passing is False


def test_an_address_inside_the_operators_network_is_not_reached(site: FeedServer) -> None:
    with reading_client(Guard(), None, turns=Turns(gap=0)) as http:
        assert isinstance(fetched(http, f"{site.url}/a.png"), Missing)
    assert site.asked == []


def test_a_host_that_cannot_be_reached_may_be_later(http: httpx.Client) -> None:
    assert missing(http, "http://127.0.0.1:9/a.png").is_passing


@pytest.mark.parametrize("url", ["http://[x/a.png", "http://exa mple/a.png", "ftp://127.0.0.1/a.png"])
def test_an_address_that_is_none_is_refused_in_a_sentence(http: httpx.Client, url: str) -> None:
    assert missing(http, url).why
