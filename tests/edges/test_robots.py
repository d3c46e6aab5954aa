"""C10: what robots.txt forbids is not fetched, where it is no feed (RFC 9309)."""

from collections.abc import Iterator

import httpx
import pytest

from relay.intake.wire import robots
from relay.intake.wire.robots import Robots
from tests.edges.pages import client
from tests.fakes.feed_server import FeedServer, answer, listening


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with client() as http:
        yield http


@pytest.fixture
def site() -> Iterator[FeedServer]:
    with listening(answer(404)) as server:
        yield server


@pytest.mark.parametrize(
    ("rules", "path", "may"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /prive/", "/actualites", True),
        ("User-agent: *\nDisallow: /\nAllow: /actualites", "/actualites/1", True),
        ("User-agent: *\nAllow: /\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nAllow: /\nDisallow: /*.pdf$", "/a.pdf?x", True),
        ("User-agent: relay\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Relay\nAllow: /", "/a", True),
        ("User-agent: autre\nDisallow: /", "/a", True),
        ("User-agent: autre\nUser-agent: relay\nDisallow: /a\n\nUser-agent: relay\nDisallow: /b", "/b", False),
        ("\ufeffUser-agent: *\r\nDisallow: /é", "/%C3%A9", False),
        ("<html>Not found</html>", "/a", True),
    ],
)
def test_the_rules_are_those_of_the_standard(
    http: httpx.Client, site: FeedServer, rules: str, path: str, *, may: bool
) -> None:
    site.pages["/robots.txt"] = answer(body=rules.encode())
    assert (Robots(http).refusal(site.url + path) is None) is may


@pytest.mark.parametrize(
    ("status", "may"), [(404, True), (403, True), (401, True), (410, True), (429, False), (500, False), (503, False)]
)
def test_no_file_allows_all_and_a_server_in_trouble_nothing(
    http: httpx.Client, site: FeedServer, status: int, *, may: bool
) -> None:
    site.pages["/robots.txt"] = answer(status)
    refusal = Robots(http).refusal(f"{site.url}/a")

    assert (refusal is None) is may
    assert may or (refusal and str(status) in refusal)


def test_a_server_that_cannot_be_reached_allows_nothing(http: httpx.Client) -> None:
    refusal = Robots(http).refusal("http://127.0.0.1:9/a")
    assert refusal
    assert "127.0.0.1 refuses connections" in refusal


def test_redirects_of_the_file_are_followed(http: httpx.Client, site: FeedServer) -> None:
    site.pages["/robots.txt"] = answer(301, headers=[(b"Location", b"/r")])
    site.pages["/r"] = answer(body=b"User-agent: *\nDisallow: /")

    assert Robots(http).refusal(f"{site.url}/a")


def test_a_file_that_redirects_for_ever_counts_as_none(http: httpx.Client, site: FeedServer) -> None:
    site.pages["/robots.txt"] = answer(302, headers=[(b"Location", b"/robots.txt")])
    assert Robots(http).refusal(f"{site.url}/a") is None


def test_only_the_beginning_of_a_huge_file_counts(http: httpx.Client, site: FeedServer) -> None:
    filling = b"# filling\n" * (robots.LARGEST // 10)
    site.pages["/robots.txt"] = answer(body=b"User-agent: *\nDisallow: /a\n" + filling + b"Disallow: /b\n")
    rules = Robots(http)

    assert rules.refusal(f"{site.url}/a")
    assert rules.refusal(f"{site.url}/b") is None


@pytest.mark.parametrize(("status", "seconds"), [(200, robots.DAY), (500, robots.HOUR)])
def test_a_site_is_asked_once_and_again_when_its_answer_is_old(
    http: httpx.Client, site: FeedServer, monkeypatch: pytest.MonkeyPatch, status: int, seconds: float
) -> None:
    now = [1000.0]
    monkeypatch.setattr(robots, "monotonic", lambda: now[0])
    site.pages["/robots.txt"] = answer(status)
    rules = Robots(http)
    for wait in (0, seconds - 1, 2):
        now[0] += wait
        rules.refusal(f"{site.url}/a")
        rules.refusal(f"{site.url}/b")

    assert len(site.asked) == 2


def test_many_sites_with_long_rules_do_not_fill_the_memory(
    http: httpx.Client, site: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(robots, "HEAVIEST", 3000)
    known = Robots(http)
    site.pages["/robots.txt"] = answer(body=b"User-agent: *\n" + b"#" * 2000)
    first, second = f"{site.url}/a", f"{site.url.replace('127.0.0.1', 'localhost')}/a"
    for url in (first, second, second):
        known.refusal(url)
    assert len(site.asked) == 2
    known.refusal(first)
    assert len(site.asked) == 3


def test_only_so_many_sites_are_remembered(
    http: httpx.Client, site: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(robots, "MOST", 1)
    known = Robots(http)
    for host in ("127.0.0.1", "localhost", "127.0.0.1"):
        known.refusal(f"{site.url.replace('127.0.0.1', host)}/a")
    assert len(site.asked) == 3
