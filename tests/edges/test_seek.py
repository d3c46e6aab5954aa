"""From an address to the feeds behind it, over real HTTP."""

from collections.abc import Iterator

import httpx
import pytest

from relay.intake.finding.seek import seek
from tests.edges.pages import client, feed, page
from tests.fakes.feed_server import FeedServer, answer, listening


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with client() as http:
        yield http


@pytest.fixture
def site() -> Iterator[FeedServer]:
    with listening(answer(404)) as server:
        yield server


def paths(site: FeedServer) -> list[str]:
    return [asked.path for asked in site.asked]


def test_a_feed_is_found_by_one_request(http: httpx.Client, site: FeedServer) -> None:
    site.pages["/rss"] = feed()
    sought = seek(http, f"{site.url}/rss")

    assert [(one.url, one.how.name) for one in sought.feeds] == [(f"{site.url}/rss", "ITSELF")]
    assert paths(site) == ["/rss"]


def test_every_feed_that_is_named_is_read_and_nothing_is_guessed(http: httpx.Client, site: FeedServer) -> None:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{name}">' for name in ("a", "gone", "b"))
    site.pages |= {"/": page(links, (b"Link", b'</c>; rel="alternate"; type="application/atom+xml"'))}
    site.pages |= {"/a": feed("A"), "/b": feed("B"), "/c": feed("C")}
    sought = seek(http, f"{site.url}/")

    assert [(one.document.title, one.how.name) for one in sought.feeds] == [
        ("A", "LINK"),
        ("B", "LINK"),
        ("C", "HEADER"),
    ]
    assert paths(site) == ["/", "/a", "/gone", "/b", "/c"]


def test_what_is_named_but_does_not_read_as_a_feed_does_not_count(http: httpx.Client, site: FeedServer) -> None:
    site.pages["/"] = page('<link rel="alternate" type="application/rss+xml" href="/login">')
    site.pages["/login"] = page("<h1>Connexion</h1>")
    sought = seek(http, f"{site.url}/")

    assert sought.feeds == ()
    assert sought.page
    assert sought.why == "This is a web page, not a feed."


def test_a_page_that_lists_feeds_is_looked_into(http: httpx.Client, site: FeedServer) -> None:
    site.pages["/"] = page('<a href="/nos-flux">Flux RSS</a>')
    site.pages["/nos-flux"] = page('<a href="/actualites.rss">Actualités</a> <a href="/agenda.rss">Agenda</a>')
    site.pages |= {"/actualites.rss": feed("Actualités"), "/agenda.rss": feed("Agenda")}
    sought = seek(http, f"{site.url}/")

    assert [(one.document.title, one.how.name) for one in sought.feeds] == [
        ("Actualités", "LISTED"),
        ("Agenda", "LISTED"),
    ]


def test_one_feed_at_two_addresses_comes_once(http: httpx.Client, site: FeedServer) -> None:
    site.pages["/"] = page('<a href="/a.rss">x</a> <a href="/b.rss">y</a>')
    site.pages |= {"/a.rss": answer(301, headers=[(b"Location", b"/b.rss")]), "/b.rss": feed()}

    assert [one.url for one in seek(http, f"{site.url}/").feeds] == [f"{site.url}/b.rss"]


def test_f7_guesses_are_ten_one_after_the_other_and_by_get(http: httpx.Client, site: FeedServer) -> None:
    site.pages["/"] = page("<p>Rien</p>")
    sought = seek(http, f"{site.url}/")

    assert sought.feeds == ()
    assert len(paths(site)) == len(set(paths(site))) == 1 + 10
    assert {asked.method for asked in site.asked} == {"GET"}


def test_f7_guessing_ends_with_the_first_that_reads(http: httpx.Client, site: FeedServer) -> None:
    site.pages |= {
        "/actu/": page("<p>Rien</p>"),
        "/feed/": page("<p>Introuvable</p>"),
        "/rss.xml": feed(),
        "/atom.xml": feed(),
    }
    sought = seek(http, f"{site.url}/actu/")

    assert [(one.url, one.how.name) for one in sought.feeds] == [(f"{site.url}/rss.xml", "GUESS")]
    assert paths(site)[-1] == "/rss.xml"


def test_a_page_of_very_many_links_is_not_followed_for_ever(http: httpx.Client, site: FeedServer) -> None:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{number}">' for number in range(500))
    site.pages["/"] = page(links)
    seek(http, f"{site.url}/")

    assert len(site.asked) <= 1 + 12 + 10


@pytest.mark.parametrize(
    ("status", "said"), [(404, "answered 404"), (403, "refuses this reader (403)"), (500, "answered 500")]
)
def test_an_address_with_nothing_behind_it_says_why(
    http: httpx.Client, site: FeedServer, status: int, said: str
) -> None:
    site.pages["/"] = answer(status)
    sought = seek(http, f"{site.url}/")

    assert (sought.feeds, sought.page) == ((), None)
    assert said in sought.why
    assert paths(site) == ["/"]
