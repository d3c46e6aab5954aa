"""D1 to D4: what goes wrong is tried again, ever less often and without end, and what was read stays."""

from datetime import timedelta
from itertools import pairwise

import pytest

from tests.fakes.feed_server import answer
from tests.polling.documents import HTML, feed, hourly, ok, page, rss
from tests.polling.world import DAY, World, places

ETAG = (b"ETag", b'"1"')
MINUTE = timedelta(minutes=1)
FAILURES = [
    pytest.param(answer(500), id="500"),
    pytest.param(answer(503), id="503"),
    pytest.param(answer(404), id="404"),
    pytest.param(b"", id="cut"),
]


@pytest.mark.parametrize("failure", FAILURES)
def test_d1_failures_are_tried_again_ever_less_often_and_for_ever(world: World, failure: bytes) -> None:
    world.follow(feed(ETAG), failure)
    world.next()
    world.next()
    for number in range(12):
        least = min(30 * MINUTE * 2**number, 7 * DAY)
        world.asks_after(least, most=max(1.1 * least, 70 * MINUTE) + 15 * MINUTE)


def test_d1_one_success_makes_it_forget(world: World) -> None:
    url = world.follow(feed(ETAG), *[answer(500)] * 6, answer(304), answer(500))
    for _ in range(7):
        world.next()
    assert world.told(url).is_error
    world.next()
    assert not world.told(url).is_error
    world.next()
    world.asks_after(30 * MINUTE, most=85 * MINUTE)


SITE = '<html><head><link rel="alternate" type="application/rss+xml" href="/nouveau.xml"></head></html>'


def follow_site(world: World, *later: bytes) -> str:
    """A feed that was read once and names its site, which has another one."""
    world.says("agence.test/", page(SITE))
    world.says("agence.test/nouveau.xml", feed())
    document = rss(hourly()).replace(b"http://agence.test/<", world.url("agence.test/<").encode())
    return world.follow(ok(document, ETAG), *later)


def gone(world: World) -> str:
    """It is gone for three days."""
    url = follow_site(world, answer(410))
    for _ in range(3 * 8):
        world.tick(hours=3)
    return url


def test_d2_gone_once_is_a_failure_like_any_other(world: World) -> None:
    url = world.follow(feed(ETAG), answer(410), answer(304))
    world.next()
    world.next()
    assert world.told(url).is_error
    world.next()
    assert not world.told(url).is_error


def test_d2_gone_all_day_is_not_yet_gone_for_good(world: World) -> None:
    world.follow(feed(ETAG), answer(410))
    world.next()
    for _ in range(20):
        world.tick(hours=1)
    before = len(world.server.asked)
    for _ in range(3 * 4):
        world.tick(hours=6)
    assert len(world.server.asked) > before


def test_d2_gone_on_two_days_is_gone_and_not_asked_again(world: World) -> None:
    gone(world)
    before = places(world.server.asked).count("agence.test/feed")
    for _ in range(60):
        world.tick(days=1)
    assert places(world.server.asked).count("agence.test/feed") == before


def test_d2_an_editor_is_told_and_offered_what_the_site_has(world: World) -> None:
    url = gone(world)
    for _ in range(8):
        world.tick(days=1)
    said = world.told(url).text
    assert "gone" in said
    assert world.url("agence.test/nouveau.xml") in said


def missing(world: World) -> str:
    """It is not found two dozen times and some more."""
    url = follow_site(world, answer(404))
    for _ in range(27):
        world.next()
    return url


def test_d3_a_feed_that_was_long_not_found_is_looked_for_and_the_find_proposed(world: World) -> None:
    url = missing(world)
    assert world.url("agence.test/nouveau.xml") in world.told(url).text


def test_d3_the_find_is_never_taken_without_a_yes(world: World) -> None:
    url = missing(world)
    before = world.titles(url)
    for _ in range(3):
        world.next()
    asked = places(world.server.asked)
    assert asked.count("agence.test/feed") == 30
    assert asked.count("agence.test/nouveau.xml") <= asked.count("agence.test/")
    assert world.titles(url) == before


def test_d3_the_site_is_searched_only_then_and_once_a_week_at_most(world: World) -> None:
    follow_site(world, answer(404))
    for _ in range(20):
        world.next()
    assert set(places(world.server.asked)) == {"agence.test/feed"}
    searches = []
    for _ in range(60):
        searches += [world.now for place in places(world.tick(days=3)) if place == "agence.test/"]
    assert len(searches) > 5
    assert all(later - earlier >= 7 * DAY for earlier, later in pairwise(searches))


@pytest.mark.parametrize(
    "useless",
    [
        pytest.param(page("<html><body><h1>En travaux</h1></body></html>"), id="a page"),
        pytest.param(answer(200, rss([])[:20], [HTML]), id="a beginning"),
        pytest.param(ok(b""), id="empty"),
        pytest.param(ok(b"\n  \n"), id="blank"),
        pytest.param(ok(rss(hourly(9))[:-300], ETAG), id="torn"),
    ],
)
def test_d4_what_is_no_whole_feed_is_an_error_and_takes_nothing_away(world: World, useless: bytes) -> None:
    url = world.follow(feed(ETAG), useless)
    world.next()
    before = world.entries(url)
    world.next()
    assert world.told(url).is_error
    assert [entry for entry in world.entries(url) if entry in before] == before
