"""What only the daemon can do: weighing, the next planned change, documents that stand ready."""

import os
from datetime import timedelta

import brotli
import pytest

from relay.core.polling.pollstate import PollState
from relay.storage import sources
from tests.edges.newsroom import NOON, Newsroom
from tests.wire.reading import BROWSER
from tests.wire.site import Site


def plan(room: Newsroom, seconds: int) -> None:
    with room.office.db.write() as tx:
        sources.save(tx, "anct", PollState(due=NOON + timedelta(seconds=seconds)), None)


@pytest.mark.parametrize(("seconds", "lifetime"), [(-5, 60), (59, 60), (600, 600), (3600, 3600), (7200, 3600)], ids=str)
def test_h6_a_document_is_fresh_until_the_next_planned_change(
    planned: tuple[Newsroom, Site], seconds: int, lifetime: int
) -> None:
    room, site = planned
    plan(room, seconds)
    whole = site.ask()
    short = site.ask(If_None_Match=whole.headers["etag"])
    assert whole.headers["cache-control"] == short.headers["cache-control"] == f"public, max-age={lifetime}"


def test_h6_the_tables_are_not_asked_at_every_request(planned: tuple[Newsroom, Site]) -> None:
    room, site = planned
    plan(room, 600)
    site.ask()
    plan(room, 1200)
    room.clock.now += timedelta(seconds=20)
    assert site.ask(User_Agent="reader/2").headers["cache-control"] == "public, max-age=580"
    room.clock.now += timedelta(seconds=20)
    assert site.ask(User_Agent="reader/3").headers["cache-control"] == "public, max-age=1160"


def test_h5_a_twin_of_another_version_is_not_sent(site: Site) -> None:
    twin = site.feeds / "blog" / "atom.xml.br"
    twin.write_bytes(brotli.compress(b"another version"))
    answer = site.ask(Accept_Encoding="br")
    assert (answer.content, "content-encoding" in answer.headers) == (site.body("atom.xml"), False)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("x-gzip", "gzip"),
        ("*", "br"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("br;q=0, *", "zstd"),
        ("identity, gzip;q=0.5", None),
        ("gzip;q=0", None),
        ("identity;q=0, compress", None),
        ("", None),
        ("gzip;q=oops, ;;,", "gzip"),
    ],
)
def test_h5_a_reader_gets_the_coding_that_it_wants_most(site: Site, accepted: str, coding: str | None) -> None:
    answer = site.ask(Accept_Encoding=accepted)
    assert answer.headers.get("content-encoding") == coding
    assert answer.content == site.body("atom.xml")


@pytest.mark.parametrize(
    ("accepted", "path"),
    [
        ("text/html;q=0.5, application/atom+xml;q=0.9", "atom.xml"),
        ("application/xml", "atom.xml"),
        ("application/json", "feed.json"),
        ("text/*", "index.html"),
        ("application/atom+xml;q=0, application/rss+xml;q=0.2", "rss.xml"),
        ("nonsense", "index.html"),
        ("", "index.html"),
    ],
)
def test_h9_the_folder_weighs_what_is_asked_for(site: Site, accepted: str, path: str) -> None:
    answer = site.ask("blog/", Accept=accepted)
    assert answer.content == site.body(path)
    assert answer.headers["content-location"] == f"/feeds/blog/{path}"


def test_h9_a_feed_without_a_page_is_a_feed_for_browsers_too(site: Site) -> None:
    (site.feeds / "blog" / "index.html").unlink()
    assert site.ask(Accept=BROWSER).content == site.body("atom.xml")
    assert site.ask("blog/", Accept=BROWSER).content == site.body("atom.xml")


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=-", "bytes=a-b", "lines=0-1", "bytes=0-1,5-9", "0-1", "bytes=1"])
def test_a_range_that_cannot_be_served_is_the_whole(site: Site, asked: str) -> None:
    answer = site.ask("blog/pictures/a.jpg", Range=asked)
    assert (answer.status_code, "content-range" in answer.headers) == (200, False)


def test_a_known_picture_is_304_whatever_part_is_asked_for(site: Site) -> None:
    tag = site.ask("blog/pictures/a.jpg").headers["etag"]
    assert site.ask("blog/pictures/a.jpg", Range="bytes=0-1", If_None_Match=tag).status_code == 304


def test_a_feed_has_no_parts(site: Site) -> None:
    answer = site.ask(Range="bytes=0-1")
    assert (answer.status_code, "accept-ranges" in answer.headers) == (200, False)


def test_a_new_version_of_the_same_second_is_seen(site: Site) -> None:
    site.ask()
    file = site.feeds / "blog" / "atom.xml"
    moment = file.stat().st_mtime_ns
    file.write_bytes(b"<feed/>")
    os.utime(file, ns=(moment, moment + 1))
    assert site.ask().content == b"<feed/>"


def test_h12_a_retired_feed_is_gone_from_its_day_on(planned: tuple[Newsroom, Site]) -> None:
    room, site = planned
    assert site.ask("lettre/rss.xml").status_code == 301
    room.clock.now = room.clock.now.replace(year=2027, month=1, day=31)
    gone = site.ask("lettre/rss.xml")
    assert (gone.status_code, gone.headers["content-language"]) == (410, "fr")
    assert "Ce flux n’est plus publié" in gone.text
    assert 'href="https://lettre.exemple.fr/flux/"' in gone.text


@pytest.mark.parametrize("path", ["veille/%0d%0aSet-Cookie:%20a=b", "veille//evil.example/", "veille/..%2f..%2freview"])
def test_h12_a_strange_old_address_leads_nowhere_else(site: Site, path: str) -> None:
    answer = site.ask(path)
    assert answer.status_code in {301, 404}
    assert "set-cookie" not in answer.headers
    assert answer.headers.get("location", "/feeds/blog/").startswith("/feeds/blog/")


def test_h10_a_feed_made_of_another_has_its_own_address_and_no_hub(site: Site) -> None:
    own = "https://blog.exemple.fr/feeds/blog/source/anct/"
    for path, address in (("", own), ("atom.xml", f"{own}atom.xml")):
        assert site.ask(f"blog/source/anct/{path}").headers["link"] == f'<{address}>; rel="self"'
