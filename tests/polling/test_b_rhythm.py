"""B1 to B8: how long a feed is left alone, by custom and by what HTTP says of its freshness (RFC 9111 §4.2)."""

import re
from datetime import timedelta

import pytest

from tests.fakes.feed_server import answer
from tests.polling.documents import START, feed, hourly, http_date, news, ok, rss
from tests.polling.world import DAY, HOUR, SECOND, World, conditions

ETAG = (b"ETag", b'"1"')
MINUTE = timedelta(minutes=1)
FRESH = b"Cache-Control"


def test_b1_a_busy_feed_is_asked_once_an_hour(world: World) -> None:
    world.follow(feed(ETAG), answer(304))
    world.next()
    for _ in range(3):
        world.asks_after(HOUR)


def test_b1_a_person_who_asked_puts_the_next_poll_off(world: World) -> None:
    url = world.follow(feed(ETAG), answer(304))
    world.next()
    world.now += 50 * MINUTE
    world.refresh(url)
    world.asks_after(HOUR)


def test_b1_a_feed_that_can_only_be_fetched_whole_is_asked_once_a_day(world: World) -> None:
    slow = ok(rss([news(number, START - number * 2 * DAY) for number in range(1, 6)]))
    world.follow(slow)
    world.next()
    world.next()
    world.asks_after(DAY)


def test_b1_unless_its_history_shows_that_it_is_quicker(world: World) -> None:
    world.follow(*[ok(rss(hourly(3 + hours, START + hours * HOUR))) for hours in range(4)])
    world.next()
    for _ in range(4):
        world.next()
    world.asks_within(20 * HOUR)


def test_b2_jitter_never_shortens_the_hour(world: World) -> None:
    for number in range(12):
        world.follow(feed(ETAG), answer(304), place=f"agence{number}.test/feed")
    world.tick()
    for _ in range(3):
        assert len(world.server.asked) % 12 == 0
        world.quiet(HOUR)
        assert len(world.tick(minutes=22)) == 12


@pytest.mark.parametrize(
    ("headers", "least"),
    [
        ([(FRESH, b"max-age=43200")], 12 * HOUR),
        ([(FRESH, b"public, MAX-AGE=43200, must-revalidate")], 12 * HOUR),
        ([(FRESH, b"max-age=43200"), (b"Date", http_date(START))], 12 * HOUR),
        ([(FRESH, b"max-age=43200"), (b"Age", b"3600"), (b"Date", http_date(START))], 11 * HOUR),
    ],
    ids=["max-age", "among others", "dated", "aged"],
)
def test_b3_a_feed_is_left_alone_while_it_is_fresh(
    world: World, headers: list[tuple[bytes, bytes]], least: timedelta
) -> None:
    world.follow(feed(ETAG, *headers), answer(304))
    world.next()
    world.asks_after(least)


def test_b4_not_modified_without_a_word_keeps_the_old_one(world: World) -> None:
    world.follow(feed(ETAG, (FRESH, b"max-age=43200")), answer(304))
    world.next()
    world.asks_after(12 * HOUR)
    world.asks_after(12 * HOUR)


@pytest.mark.parametrize(
    ("later", "least"), [(b"max-age=86400", 6 * HOUR), (b"max-age=10800", 3 * HOUR)], ids=["longer", "shorter"]
)
def test_b5_of_what_a_document_and_its_not_modified_say_the_shorter_wins(
    world: World, later: bytes, least: timedelta
) -> None:
    world.follow(feed(ETAG, (FRESH, b"max-age=21600")), answer(304, headers=[(FRESH, later)]))
    world.next()
    world.asks_after(6 * HOUR)
    world.asks_after(least)


def test_b6_an_absurd_age_is_capped_and_said_to_be(world: World) -> None:
    url = world.follow(feed(ETAG, (FRESH, b"max-age=504576000")), answer(304))
    world.next()
    assert re.search(r"\b(7 d|168 h|a week)", world.told(url).text)
    world.asks_after(6 * DAY, most=7.7 * DAY)


@pytest.mark.parametrize(
    "headers",
    [
        [(FRESH, b"no-cache")],
        [(FRESH, b"no-store")],
        [(FRESH, b"max-age=0")],
        [(FRESH, b"no-cache, max-age=86400")],
        [(b"Expires", b"0")],
        [(b"Expires", b"Thu, 19 Nov 1981 08:52:00 GMT")],
        [(b"Expires", b"jamais")],
    ],
    ids=lambda headers: headers[0][1].decode(),
)
def test_b7_what_must_not_be_cached_is_asked_for_as_usual_and_with_conditions(
    world: World, headers: list[tuple[bytes, bytes]]
) -> None:
    world.follow(feed(ETAG, *headers), answer(304, headers=headers))
    world.next()
    asked = world.asks_after(HOUR / 2, most=2 * HOUR)
    assert conditions(asked[0]) == (b'"1"', None)


def test_b8_expires_counts_from_the_servers_own_date(world: World) -> None:
    wrong = START - 1000 * DAY
    world.follow(feed(ETAG, (b"Date", http_date(wrong)), (b"Expires", http_date(wrong + 6 * HOUR))), answer(304))
    world.next()
    world.asks_after(6 * HOUR)


def test_b8_expires_counts_only_where_there_is_no_max_age(world: World) -> None:
    told = (b"Date", http_date(START)), (b"Expires", http_date(START + DAY)), (FRESH, b"max-age=7200")
    world.follow(feed(ETAG, *told), answer(304))
    world.next()
    world.asks_after(2 * HOUR, most=3 * HOUR - SECOND)
