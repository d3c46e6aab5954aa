"""The outgoing feeds over HTTP: types, validators, and nothing but the feeds."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from relay.storage import service
from tests.edges.newsroom import NOON, Newsroom, open_newsroom

BODY = b"<feed/>"
SECONDS = 1_790_000_000
MODIFIED = "Mon, 21 Sep 2026 14:13:20 GMT"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        folder = newsroom.office.feeds / "blog"
        folder.mkdir(parents=True)
        for name in ("atom.xml", "rss.xml", "feed.json", "index.html", "style.css"):
            (folder / name).write_bytes(BODY)
            os.utime(folder / name, (SECONDS, SECONDS))
        (folder / ".relay-half.tmp").write_text("half")
        (newsroom.office.feeds / "secret.html").write_text("secret")
        (newsroom.office.feeds / "other").mkdir()
        (newsroom.office.feeds / "other" / "secret.html").write_text("of a feed that left the configuration")
        yield newsroom


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("atom.xml", "application/atom+xml; charset=utf-8"),
        ("rss.xml", "application/rss+xml; charset=utf-8"),
        ("feed.json", "application/feed+json"),
        ("index.html", "text/html; charset=utf-8"),
        ("", "text/html; charset=utf-8"),
        ("style.css", "text/css; charset=utf-8"),
    ],
)
def test_each_document_has_its_registered_type(room: Newsroom, path: str, expected: str) -> None:
    answer = room.visitor().get(f"/feeds/blog/{path}")
    assert (answer.content, answer.headers["content-type"]) == (BODY, expected)


def test_a_document_says_how_long_it_is_fresh_and_where_it_lives(room: Newsroom) -> None:
    headers = room.visitor().get("/feeds/blog/atom.xml").headers
    assert headers["cache-control"] == "public, max-age=300"
    assert headers["last-modified"] == MODIFIED
    assert headers["link"] == '<https://blog.exemple.fr/atom.xml>; rel="self"'
    assert "set-cookie" not in headers


def test_head_has_the_headers_of_get_and_no_body(room: Newsroom) -> None:
    browser = room.visitor()
    head, get = browser.head("/feeds/blog/atom.xml"), browser.get("/feeds/blog/atom.xml")
    assert head.content == b""
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}


def etag(browser: httpx.Client) -> str:
    return browser.get("/feeds/blog/atom.xml").headers["etag"]


@pytest.mark.parametrize("form", ["{}", "W/{}", '"old", {}', '"old" , W/{}', "*"])
def test_a_reader_that_has_it_gets_304_without_a_body(room: Newsroom, form: str) -> None:
    browser = room.visitor()
    tag = etag(browser)
    answer = browser.get("/feeds/blog/atom.xml", headers={"If-None-Match": form.format(tag)})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == tag
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert answer.headers["last-modified"] == MODIFIED


def test_a_tag_that_a_compressing_proxy_marked_is_known_again(room: Newsroom) -> None:
    browser = room.visitor()
    marked = etag(browser)[:-1] + '-gzip"'
    assert browser.get("/feeds/blog/atom.xml", headers={"If-None-Match": marked}).status_code == 304


def test_a_tag_decides_even_against_a_date(room: Newsroom) -> None:
    both = {"If-None-Match": '"old"', "If-Modified-Since": MODIFIED}
    assert room.visitor().get("/feeds/blog/atom.xml", headers=both).status_code == 200


@pytest.mark.parametrize(
    ("since", "status"),
    [
        (MODIFIED, 304),
        ("Tue, 22 Sep 2026 14:13:20 GMT", 304),
        ("Sun, 20 Sep 2026 14:13:20 GMT", 200),
        ("yesterday", 200),
        ("", 200),
    ],
)
def test_without_a_tag_the_date_decides(room: Newsroom, since: str, status: int) -> None:
    answer = room.visitor().get("/feeds/blog/atom.xml", headers={"If-Modified-Since": since})
    assert answer.status_code == status


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/blog/../secret.html",
        "/feeds/blog/%2e%2e/secret.html",
        "/feeds/blog/..%2fsecret.html",
        "/feeds/blog/%2e%2e%2f%2e%2e%2frelay.db",
        "/feeds/blog//etc/passwd",
        "/feeds/blog/x%00.html",
        "/feeds/..%2f/relay.db",
        "/feeds/%2e%2e/secret.html",
        "/feeds/blog/.relay-half.tmp",
        "/feeds/other/secret.html",
        "/static/..%2fapp.py",
    ],
)
def test_nothing_but_the_feeds_can_be_read(room: Newsroom, path: str) -> None:
    raw = httpx.URL(room.url).copy_with(raw_path=path.encode())
    assert room.visitor().get(raw).status_code == 404


def test_a_link_out_of_the_folder_is_not_followed(room: Newsroom) -> None:
    (room.office.feeds / "blog" / "out.html").symlink_to(room.office.feeds / "secret.html")
    assert room.visitor().get("/feeds/blog/out.html").status_code == 404


def test_published_pages_run_no_script(room: Newsroom) -> None:
    policy = room.visitor().get("/feeds/blog/index.html").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_the_public_can_see_which_feeds_there_are(room: Newsroom) -> None:
    shown = room.visitor().get("/feeds/").text
    assert "La ville en commun" in shown
    assert 'href="/feeds/blog/atom.xml"' in shown


def test_the_folder_of_a_feed_is_its_page(room: Newsroom) -> None:
    answer = room.visitor().get("/feeds/blog")
    assert (answer.status_code, answer.headers["location"]) == (308, "/feeds/blog/")


def beat(room: Newsroom, *loops: str) -> None:
    with room.office.db.write() as tx:
        for loop in loops:
            service.beat(tx, loop, NOON)


def test_it_is_well_while_both_loops_run(room: Newsroom) -> None:
    beat(room, "poll", "deliver")
    answer = room.visitor().get("/health")
    loops = {"poll": "2026-11-24T11:00:00Z", "deliver": "2026-11-24T11:00:00Z"}
    alarms = [{"alarm": "account", "what": "an account waits for a person"}] * 2
    assert (answer.status_code, answer.json()) == (200, {"ok": True, "loops": loops, "alarms": alarms})


def test_it_is_not_well_when_a_loop_is_silent_for_two_minutes(room: Newsroom) -> None:
    beat(room, "poll", "deliver")
    room.clock.now += timedelta(minutes=2)
    answer = room.visitor().get("/health")
    assert answer.status_code == 503
    assert answer.json()["error"] == "the poll loop last ran at 11:00:00Z; the deliver loop last ran at 11:00:00Z"


def test_it_is_not_well_before_a_loop_has_run(room: Newsroom) -> None:
    beat(room, "poll")
    assert room.visitor().get("/health").json()["error"] == "the deliver loop has not run yet"


def test_it_is_not_well_without_its_database(room: Newsroom) -> None:
    with room.office.db.write() as tx:
        tx.exec_driver_sql("DROP TABLE heartbeats")
    answer = room.visitor().get("/health")
    assert (answer.status_code, answer.json()["ok"]) == (503, False)
