"""A1 to A13: what a server gives to tell its documents apart goes back as it came (RFC 9110 §8.8, §13.1)."""

import pytest

from tests.fakes.feed_server import answer
from tests.polling.documents import START, feed, hourly, http_date, ok, rss
from tests.polling.world import DAY, World, conditions

ETAG, DATE = b"ETag", b"Last-Modified"
OLD = b"Mon, 23 Nov 2026 08:00:00 GMT"
NEW = b"Tue, 24 Nov 2026 08:00:00 GMT"
NOTHING = (None, None)


def test_a1_a_first_request_has_no_conditions(world: World) -> None:
    world.follow(feed((ETAG, b'"a"')))
    assert conditions(world.next()) == NOTHING


def test_a2_an_etag_goes_back_with_its_quotes(world: World) -> None:
    world.follow(feed((ETAG, b'"a"')))
    world.next()
    assert world.next().header(b"if-none-match") == b'"a"'


def test_a3_a_weak_etag_stays_weak(world: World) -> None:
    world.follow(feed((ETAG, b'W/"a"')))
    world.next()
    assert world.next().header(b"if-none-match") == b'W/"a"'


def test_a4_an_etag_with_apaches_suffix_goes_back_with_the_same_encodings(world: World) -> None:
    world.follow(feed((ETAG, b'"a-gzip"')))
    first = world.next()
    second = world.next()
    assert second.header(b"if-none-match") == b'"a-gzip"'
    assert second.header(b"accept-encoding") == first.header(b"accept-encoding")


def test_a4_a_server_that_never_matches_it_changes_no_entry(world: World) -> None:
    url = world.follow(feed((ETAG, b'"a-gzip"')))
    world.next()
    before = world.entries(url)
    world.next()
    assert (world.entries(url), len(before)) == (before, 3)


def test_a4_a_server_that_never_matches_it_has_nothing_rendered_again(world: World) -> None:
    world.follow(feed((ETAG, b'"a-gzip"')))
    world.next()
    before = world.reader.published()
    world.next()
    assert world.reader.published() == before


@pytest.mark.parametrize("etag", [b"without quotes", b'"\xe9t\xe9"', b"\xe9"], ids=["bare", "byte E9", "bare byte E9"])
def test_a5_a_malformed_etag_goes_back_byte_for_byte(world: World, etag: bytes) -> None:
    url = world.follow(feed((ETAG, etag)))
    world.next()
    assert world.next().header(b"if-none-match") == etag
    assert not world.told(url).is_error


@pytest.mark.parametrize(
    "date", [b"Sun, 06 Nov 1994 08:49:37 -0000", b"Sunday, 06-Nov-94 08:49:37 GMT", b"hier \xe0 midi"], ids=repr
)
def test_a6_an_odd_date_is_not_written_anew(world: World, date: bytes) -> None:
    world.follow(feed((DATE, date)))
    world.next()
    assert world.next().header(b"if-modified-since") == date


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([(ETAG, b'"a"'), (DATE, OLD)], (b'"a"', OLD)),
        ([(ETAG, b'"a"')], (b'"a"', None)),
        ([(DATE, OLD)], (None, OLD)),
    ],
    ids=["both", "etag", "date"],
)
def test_a7_what_the_server_gave_goes_back_and_no_more(
    world: World, headers: list[tuple[bytes, bytes]], expected: tuple[bytes | None, bytes | None]
) -> None:
    world.follow(feed(*headers))
    world.next()
    assert conditions(world.next()) == expected


def test_a8_no_condition_is_made_of_any_other_date(world: World) -> None:
    channel = (
        "<lastBuildDate>Mon, 23 Nov 2026 08:00:00 GMT</lastBuildDate><pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate>"
    )
    world.follow(feed((b"Date", http_date(START)), (b"Expires", http_date(START)), channel=channel))
    world.next()
    assert conditions(world.next()) == NOTHING


def test_a9_the_same_bytes_under_a_new_etag_are_asked_for_by_the_new_one(world: World) -> None:
    world.follow(feed((ETAG, b'"1"')), feed((ETAG, b'"2"')))
    world.next()
    world.next()
    assert world.next().header(b"if-none-match") == b'"2"'


def test_a10_an_unchanged_date_does_not_hide_a_new_etag(world: World) -> None:
    world.follow(feed((ETAG, b'"1"'), (DATE, OLD)), feed((ETAG, b'"2"'), (DATE, OLD)))
    world.next()
    world.next()
    assert conditions(world.next()) == (b'"2"', OLD)


def test_a11_unchanged_entries_do_not_hide_a_new_etag(world: World) -> None:
    other = ok(rss(hourly()) + b"<!-- generated in 12 ms -->", (ETAG, b'"2"'))
    world.follow(feed((ETAG, b'"1"')), other)
    world.next()
    world.next()
    assert world.next().header(b"if-none-match") == b'"2"'


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([(ETAG, b'"2"'), (DATE, NEW)], (b'"2"', NEW)),
        ([(ETAG, b'"2"')], (b'"2"', OLD)),
        ([(DATE, NEW)], (b'"1"', NEW)),
        ([], (b'"1"', OLD)),
    ],
    ids=["both", "etag", "date", "neither"],
)
def test_a12_not_modified_renews_what_it_carries_and_keeps_the_rest(
    world: World, headers: list[tuple[bytes, bytes]], expected: tuple[bytes | None, bytes | None]
) -> None:
    world.follow(feed((ETAG, b'"1"'), (DATE, OLD)), answer(304, headers=headers))
    world.next()
    world.next()
    assert conditions(world.next()) == expected


def test_a13_a_document_without_validators_ends_the_old_ones(world: World) -> None:
    world.follow(feed((ETAG, b'"1"'), (DATE, OLD)), ok(rss(hourly(4))))
    world.next()
    world.next()
    assert conditions(world.next()) == NOTHING


def test_a15_validators_survive_a_restart(world: World) -> None:
    world.follow(feed((ETAG, b'"1"'), (DATE, OLD)), answer(304))
    world.next()
    world.reader.restart()
    assert conditions(world.next()) == (b'"1"', OLD)


def test_a15_validators_do_not_expire_by_age(world: World) -> None:
    world.follow(feed((ETAG, b'"1"'), (DATE, OLD)), answer(304))
    world.next()
    for _ in range(20):
        world.now += 5 * DAY
        world.reader.restart()
        assert conditions(world.next()) == (b'"1"', OLD)
