"""B9 to B12: what a document asks for, how a quiet feed is asked, and many feeds at once."""

from datetime import timedelta
from time import monotonic, sleep

import pytest

from tests.fakes.feed_server import Asked, Told, answer
from tests.polling.documents import START, feed, news, ok, rss
from tests.polling.world import DAY, HOUR, World, places

ETAG = (b"ETag", b'"1"')
MINUTE = timedelta(minutes=1)
EVERY_HOUR = "".join(f"<hour>{hour}</hour>" for hour in range(24))
EVERY_DAY = "".join(f"<day>{day}day</day>" for day in ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun"))
TWICE_A_DAY = "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"


def asked_for(world: World, channel: str, *headers: tuple[bytes, bytes]) -> None:
    world.follow(feed(ETAG, *headers, channel=channel), answer(304))
    world.next()


@pytest.mark.parametrize(
    ("channel", "least"),
    [
        ("<ttl>1440</ttl>", DAY),
        (TWICE_A_DAY, 12 * HOUR),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", DAY),
        ("<sy:updateFrequency>1</sy:updateFrequency><sy:updatePeriod>weekly</sy:updatePeriod>", 7 * DAY),
    ],
    ids=["ttl", "twice a day", "daily", "weekly"],
)
def test_b9_a_document_that_says_how_often_is_asked_so(world: World, channel: str, least: timedelta) -> None:
    asked_for(world, channel)
    world.asks_after(least)


def test_b9_not_in_the_hours_that_it_skips(world: World) -> None:
    asked_for(world, "<skipHours><hour>10</hour><hour>11</hour><hour>12</hour></skipHours>")
    world.asks_after(START.replace(hour=13, minute=0) - world.now, most=4.5 * HOUR)


def test_b9_not_on_the_days_that_it_skips(world: World) -> None:
    asked_for(world, "<ttl>1200</ttl><skipDays><day>Wednesday</day><day>Thursday</day></skipDays>")
    world.asks_after(START.replace(day=27, hour=0, minute=0) - world.now, most=3 * DAY)


@pytest.mark.parametrize(
    "channel", [f"<skipHours>{EVERY_HOUR}</skipHours>", f"<skipDays>{EVERY_DAY}</skipDays>"], ids=["hours", "days"]
)
def test_b9_a_feed_that_skips_everything_skips_nothing(world: World, channel: str) -> None:
    asked_for(world, channel)
    world.asks_within(2 * HOUR)


@pytest.mark.parametrize(
    ("channel", "age", "least"),
    [
        (f"<ttl>120</ttl>{TWICE_A_DAY}", b"max-age=21600", 12 * HOUR),
        (f"<ttl>1440</ttl>{TWICE_A_DAY}", b"max-age=21600", DAY),
        ("<ttl>120</ttl>", b"max-age=21600", 6 * HOUR),
    ],
    ids=["sy", "ttl", "max-age"],
)
def test_b9_the_largest_hint_wins(world: World, channel: str, age: bytes, least: timedelta) -> None:
    asked_for(world, channel, (b"Cache-Control", age))
    world.asks_after(least)


def silent(world: World, silence: timedelta) -> None:
    """A feed whose last news are so old."""
    old = [news(number, START - silence - number * HOUR) for number in range(1, 5)]
    world.follow(ok(rss(old), ETAG), answer(304))
    world.next()


@pytest.mark.parametrize(("silence", "least"), [(31 * DAY, DAY), (366 * DAY, 7 * DAY)], ids=["a month", "a year"])
def test_b10_a_silent_feed_is_asked_seldom(world: World, silence: timedelta, least: timedelta) -> None:
    silent(world, silence)
    world.asks_after(least)
    world.asks_after(least)


@pytest.mark.parametrize(("silence", "later"), [(31 * DAY, 20 * HOUR), (366 * DAY, 6 * DAY)], ids=["a month", "a year"])
def test_b10_one_new_entry_makes_it_a_feed_like_any_other(world: World, silence: timedelta, later: timedelta) -> None:
    silent(world, silence)
    fresh = [news(9, START + later), *[news(number, START - silence - number * HOUR) for number in range(1, 5)]]
    world.says("agence.test/feed", ok(rss(fresh), (b"ETag", b'"2"')), answer(304))
    world.next()
    world.asks_within(2 * HOUR)


def test_b11_after_a_stop_no_feed_is_asked_sooner_than_without_it(world: World) -> None:
    world.follow(feed(ETAG), answer(304), place="a.test/feed")
    world.tick()
    world.now += 340 * MINUTE
    world.reader.restart()
    world.follow(feed(ETAG), answer(304), place="b.test/feed")
    world.tick()
    world.reader.restart()
    asked = world.tick(minutes=20)
    assert "b.test/feed" not in places(asked)
    world.now += 38 * MINUTE
    assert "b.test/feed" not in places(world.tick())
    world.now += 20 * MINUTE
    assert "b.test/feed" in places(world.tick())


HOSTS, EACH, RATE = 6, 10, 20.0


def slowly(asked: Asked) -> Told:
    """Long enough for a second request to be seen beside the first."""
    sleep(0.005)
    return feed(ETAG)


@pytest.mark.parametrize("pace", [{"per_second": RATE}], indirect=True)
def test_b11_a_backlog_is_worked_off_evenly_and_one_by_one_for_each_host(world: World) -> None:
    for number in range(HOSTS * EACH):
        world.follow(slowly, place=f"agence{number % HOSTS}.test/{number}")
    begun = monotonic()
    assert len(world.tick()) == HOSTS * EACH
    assert set(world.server.most.values()) == {1}
    assert monotonic() - begun >= HOSTS * EACH / RATE - 1


def test_b12_two_sources_of_one_address_make_one_request(world: World) -> None:
    url = world.follow(feed(ETAG), answer(304))
    world.reader.add(url)
    assert len(world.tick()) == 1
    assert len(world.tick(minutes=80)) == 1


def test_b12_two_sources_that_lead_to_one_address_make_one_request_there(world: World) -> None:
    world.follow(feed(ETAG), answer(304))
    there = (b"Location", world.url("agence.test/feed").encode())
    world.follow(answer(301, headers=[there]), place="ancienne.test/feed")
    world.tick()  # that they do is seen now
    for _ in range(3):
        assert places(world.tick(minutes=80)).count("agence.test/feed") == 1
