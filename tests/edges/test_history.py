"""Archives and further pages of a feed, followed backwards (RFC 5005 §3, §4)."""

from collections.abc import Iterator

import httpx
import pytest

from relay.core.document import ParsedFeed
from relay.intake.history import older
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


def archive(site: FeedServer, previous: str | None, *ids: str, rel: str = "prev-archive") -> bytes:
    """An Atom document; its entries are called by their id and by where they stand."""
    link = f'<link rel="{rel}" href="{site.url}{previous}"/>' if previous else ""
    entries = "".join(
        f"<entry><id>urn:{id}</id><title>{id} avant {previous}</title><updated>2026-01-01T00:00:00Z</updated></entry>"
        for id in ids
    )
    body = f'<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:f</id><title>F</title><updated>2026-01-01T00:00:00Z</updated>{link}{entries}</feed>'
    return answer(body=body.encode(), headers=[(b"Content-Type", b"application/atom+xml")])


def current(site: FeedServer, path: str = "/2") -> ParsedFeed:
    return ParsedFeed("atom10", previous=site.url + path)


@pytest.mark.parametrize("rel", ["prev-archive", "next"])
def test_older_documents_are_read_to_the_oldest_one_after_the_other(
    http: httpx.Client, site: FeedServer, rel: str
) -> None:
    site.pages |= {"/2": archive(site, "/1", "d", "c", rel=rel), "/1": archive(site, None, "b", "a", rel=rel)}
    found = older(http, "f", current(site))

    assert [entry.id for entry in found.entries] == ["urn:d", "urn:c", "urn:b", "urn:a"]
    assert (found.documents, found.note) == (2, None)
    assert [asked.path for asked in site.asked] == ["/2", "/1"]


def test_of_an_entry_in_two_documents_the_newer_counts(http: httpx.Client, site: FeedServer) -> None:
    site.pages |= {"/2": archive(site, "/1", "a"), "/1": archive(site, None, "a", "b")}
    assert [entry.title for entry in older(http, "f", current(site)).entries] == ["a avant /1", "b avant None"]


def test_a_circle_is_left_where_it_closes(http: httpx.Client, site: FeedServer) -> None:
    site.pages |= {"/2": archive(site, "/1", "b"), "/1": archive(site, "/2", "a")}
    found = older(http, "f", current(site))

    assert (len(found.entries), found.documents, len(site.asked)) == (2, 2, 2)
    assert "in a circle" in (found.note or "")


def test_no_more_documents_are_read_than_are_wanted(http: httpx.Client, site: FeedServer) -> None:
    site.pages |= {f"/{number}": archive(site, f"/{number + 1}", str(number)) for number in range(30)}
    found = older(http, "f", current(site), most=4)

    assert (found.documents, len(site.asked)) == (4, 4)
    assert "from " + f"{site.url}/6 on" in (found.note or "")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (answer(404), "answered 404"),
        (answer(410), "not there any more"),
        (answer(body=b"<html>non</html>"), "a web page"),
    ],
)
def test_what_was_read_before_a_failure_is_kept(http: httpx.Client, site: FeedServer, told: bytes, said: str) -> None:
    site.pages |= {"/2": archive(site, "/1", "b"), "/1": told}
    found = older(http, "f", current(site))

    assert ([entry.id for entry in found.entries], found.documents) == (["urn:b"], 1)
    assert said in (found.note or "")


def test_a_feed_that_names_none_is_not_asked(http: httpx.Client, site: FeedServer) -> None:
    assert older(http, "f", ParsedFeed("rss20")).documents == 0
    assert site.asked == []
