"""C8 to C10: a publisher who does not want this reader, or no reader at a page."""

import pytest

from tests.fakes.feed_server import answer
from tests.polling.documents import HTML, Item, feed, hourly, ok, page, rss
from tests.polling.world import HOUR, World, places

ETAG = (b"ETag", b'"1"')
MOMENT = "<html><head><title>Just a moment...</title></head><body>Checking</body></html>"
CHALLENGES = [
    pytest.param(answer(403, rss(hourly()), [(b"CF-Mitigated", b"challenge")]), id="header"),
    pytest.param(page(MOMENT, 403), id="403"),
    pytest.param(page(MOMENT, 503), id="503"),
    pytest.param(page(MOMENT, 503, [(b"Retry-After", b"5")]), id="503 in a hurry"),
]


@pytest.mark.parametrize("challenge", CHALLENGES)
def test_c8_a_bot_check_is_called_one_and_not_read(world: World, challenge: bytes) -> None:
    url = world.follow(challenge)
    world.next()
    assert "bot check" in world.told(url).text
    assert world.entries(url) == []


@pytest.mark.parametrize("challenge", CHALLENGES)
def test_c8_a_bot_check_is_met_with_patience_and_the_same_name(world: World, challenge: bytes) -> None:
    world.follow(feed(ETAG), challenge)
    first = world.next()
    world.next()
    again = world.asks_after(4 * HOUR, most=25 * HOUR)
    assert len(again) == 1
    assert again[0].header(b"user-agent") == first.header(b"user-agent")


@pytest.mark.parametrize("status", [401, 403])
def test_c9_a_reader_that_is_refused_waits_four_hours(world: World, status: int) -> None:
    world.follow(feed(ETAG), answer(status))
    world.next()
    world.next()
    world.asks_after(4 * HOUR, most=25 * HOUR)


@pytest.mark.parametrize("status", [401, 403])
def test_c9_its_user_is_told_what_to_write_to_the_publisher(world: World, status: int) -> None:
    url = world.follow(answer(status))
    name = (world.next().header(b"user-agent") or b"-").decode()
    said = world.told(url).text
    assert name in said
    assert url in said


ROBOTS = answer(200, b"User-agent: *\nDisallow: /feed\nDisallow: /prive/\n", [(b"Content-Type", b"text/plain")])
ARTICLE = f"<html><body><article><h1>Un titre</h1>{'<p>Une longue phrase de cet article, qui en a beaucoup.</p>' * 20}</article></body></html>"


def test_c10_the_feed_itself_is_asked_whatever_robots_txt_says(world: World) -> None:
    world.says("agence.test/robots.txt", ROBOTS)
    url = world.follow(feed(ETAG), answer(304))
    world.next()
    world.next()
    assert places(world.server.asked) == ["agence.test/feed"] * 2
    assert len(world.entries(url)) == 3


def test_c10_the_pages_behind_it_are_not(world: World) -> None:
    world.says("agence.test/robots.txt", ROBOTS)
    for place in ("agence.test/prive/1", "agence.test/libre/2"):
        world.says(place, answer(200, ARTICLE.encode(), [HTML]))
    items = [Item(f"N° {path}", path, world.url(f"agence.test/{path}"), None) for path in ("prive/1", "libre/2")]
    world.follow(ok(rss(items), ETAG), answer(304), fulltext=True)
    world.next()
    asked = places(world.server.asked)
    assert "agence.test/libre/2" in asked
    assert "agence.test/prive/1" not in asked
