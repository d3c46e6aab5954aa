"""The demo's sample sources: two servers as polite as relay wishes every server were."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.resources import files
from typing import Any

import feedparser
import httpx
import pytest
from lxml import html

from relay.core.document import ParsedFeed
from relay.demo import sources
from relay.demo.serving import Running
from relay.intake import xmlfeed

START = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
FEEDS = [(sources.AGENCY_FEED, 6), (sources.TOWN_FEED, 4)]
PATHS = [sources.AGENCY_FEED, sources.TOWN_FEED, f"{sources.AGENCY}/", f"{sources.AGENCY}/tram-bus-velo"]

Get = Callable[..., httpx.Response]


@pytest.fixture
def server() -> Iterator[Running]:
    running = sources.serve(START, clock=lambda: START + timedelta(minutes=5))
    yield running
    running.stop()


@pytest.fixture
def get(server: Running, http: httpx.Client) -> Get:
    """GET a path of the server, with the headers given."""
    return lambda path, **headers: http.get(
        server.url + path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


def read(answer: httpx.Response) -> ParsedFeed:
    return xmlfeed.read(answer.text, str(answer.url))


@pytest.mark.parametrize(("path", "entries"), FEEDS)
def test_a_feed_is_well_formed(get: Get, path: str, entries: int) -> None:
    found: Any = feedparser.parse(get(path).content)
    assert (found.bozo, len(found.entries)) == (False, entries)


@pytest.mark.parametrize(("path", "entries"), FEEDS)
def test_relay_reads_a_feed_without_repairing_it(get: Get, path: str, entries: int) -> None:
    found = read(get(path))
    assert (found.error, found.repaired, len(found.entries)) == (None, (), entries)


@pytest.mark.parametrize("path", PATHS)
def test_whoever_has_it_already_is_told_so_by_its_etag(get: Get, path: str) -> None:
    again = get(path, if_none_match=get(path).headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", PATHS)
def test_whoever_has_it_already_is_told_so_by_its_date(get: Get, path: str) -> None:
    again = get(path, if_modified_since=get(path).headers["last-modified"])
    assert (again.status_code, again.content) == (304, b"")


def test_a_304_has_the_validators_of_the_200(get: Get) -> None:
    first = get(sources.AGENCY_FEED)
    again = get(sources.AGENCY_FEED, if_none_match=f'"other", W/{first.headers["etag"]}')
    assert again.status_code == 304
    assert (again.headers["etag"], again.headers["last-modified"]) == (
        first.headers["etag"],
        first.headers["last-modified"],
    )


def test_another_etag_counts_more_than_the_date(get: Get) -> None:
    modified = get(sources.AGENCY_FEED).headers["last-modified"]
    again = get(sources.AGENCY_FEED, if_none_match='"other"', if_modified_since=modified)
    assert again.status_code == 200


@pytest.mark.parametrize("since", ["Mon, 01 Jan 2024 00:00:00 GMT", "yesterday", ""])
def test_an_older_date_or_none_at_all_gets_everything(get: Get, since: str) -> None:
    assert get(sources.TOWN_FEED, if_modified_since=since).status_code == 200


def test_a_feed_is_the_same_bytes_every_time(get: Get) -> None:
    assert get(sources.AGENCY_FEED).content == get(sources.AGENCY_FEED).content


@pytest.mark.parametrize("path", [sources.AGENCY_FEED, sources.TOWN_FEED])
def test_the_newest_entry_is_a_few_hours_old_when_the_demo_starts(get: Get, path: str) -> None:
    newest = read(get(path)).entries[0].published
    assert newest
    assert timedelta(hours=2) < START - newest < timedelta(hours=4)


@pytest.mark.parametrize("path", [sources.AGENCY_FEED, sources.TOWN_FEED])
def test_an_enclosure_is_as_long_as_its_feed_says(get: Get, http: httpx.Client, path: str) -> None:
    told = [file for entry in read(get(path)).entries for file in entry.enclosures]
    answers = [http.get(file.url) for file in told]
    assert told
    assert [file.length for file in told] == [len(answer.content) for answer in answers]
    assert {file.type for file in told} == {answer.headers["content-type"] for answer in answers} == {"image/png"}


def test_every_entry_of_the_agency_has_a_picture_with_words(get: Get) -> None:
    pictures = [entry.picture for entry in read(get(sources.AGENCY_FEED)).entries]
    assert all(picture and len(picture.alt) > 60 for picture in pictures)


def test_some_entries_of_the_town_have_no_picture(get: Get) -> None:
    pictures = [entry.picture for entry in read(get(sources.TOWN_FEED)).entries]
    assert [bool(picture) for picture in pictures] == [True, False, False, True]


def test_no_picture_is_heavier_than_40_kilobytes() -> None:
    pictures = list(files("relay.demo").joinpath("content", "pictures").iterdir())
    assert len(pictures) == 10
    assert [picture.name for picture in pictures if len(picture.read_bytes()) > 40_000] == []


@pytest.mark.parametrize("path", [sources.AGENCY_FEED, sources.TOWN_FEED])
def test_every_address_in_a_feed_is_the_server_s_own_and_answers(
    get: Get, http: httpx.Client, server: Running, path: str
) -> None:
    bodies = [html.fragment_fromstring(entry.content_html or "", "div") for entry in read(get(path)).entries]
    links = {link for body in bodies for _, _, link, _ in body.iterlinks()}
    links |= {entry.url or "" for entry in read(get(path)).entries}
    assert {link for link in links if not link.startswith(f"{server.url}/")} == set()
    assert {http.get(link).status_code for link in links} == {200}


def test_an_article_has_the_title_of_its_entry_and_leads_to_the_feed(get: Get, http: httpx.Client) -> None:
    entry = read(get(sources.AGENCY_FEED)).entries[0]
    page = html.fromstring(http.get(entry.url or "").content)
    assert page.xpath("string(//h1)") == entry.title
    assert str(page.xpath("string(//link[@rel='alternate']/@href)")).endswith(sources.AGENCY_FEED)


@pytest.mark.parametrize("path", ["/", f"{sources.AGENCY}/", f"{sources.TOWN}/", f"{sources.TOWN}/conseil-municipal"])
def test_every_page_says_that_it_is_an_example(get: Get, path: str) -> None:
    assert "Contenu d’exemple." in get(path).text


@pytest.mark.parametrize("path", ["/agence/nothing", "/images/nothing.png", "/static/nothing", "/nothing"])
def test_what_is_not_there_is_not_found(get: Get, path: str) -> None:
    assert get(path).status_code == 404


@pytest.mark.parametrize(("home", "feed"), [(sources.AGENCY, sources.AGENCY_FEED), (sources.TOWN, sources.TOWN_FEED)])
def test_publishing_one_more_changes_the_feed_and_its_validators(
    server: Running, http: httpx.Client, get: Get, home: str, feed: str
) -> None:
    before = get(feed)
    answer = http.post(f"{server.url}{home}/publish")
    after = get(feed, if_none_match=before.headers["etag"])
    assert (answer.status_code, answer.headers["location"]) == (303, f"{server.url}{home}/")
    assert after.headers["etag"] != before.headers["etag"]
    assert len(read(after).entries) == len(read(before).entries) + 1
    assert read(after).entries[0].published == START + timedelta(minutes=5)


def test_two_published_in_the_same_second_have_different_dates(server: Running, http: httpx.Client, get: Get) -> None:
    http.post(f"{server.url}{sources.AGENCY}/publish")
    first = parsedate_to_datetime(get(sources.AGENCY_FEED).headers["last-modified"])
    http.post(f"{server.url}{sources.AGENCY}/publish")
    second = parsedate_to_datetime(get(sources.AGENCY_FEED).headers["last-modified"])
    assert first < second


def test_the_button_rests_when_nothing_is_left(server: Running, http: httpx.Client, get: Get) -> None:
    http.post(f"{server.url}{sources.TOWN}/publish")
    before = get(sources.TOWN_FEED).content
    http.post(f"{server.url}{sources.TOWN}/publish")
    assert get(sources.TOWN_FEED).content == before
    assert "<button disabled>" in get(f"{sources.TOWN}/").text
