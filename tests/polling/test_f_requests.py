"""F1 to F7: what a request looks like, and which are not made."""

import gzip
import re
import zlib
from itertools import pairwise

import pytest

from tests.fakes.feed_server import answer
from tests.polling.documents import RSS, feed, hourly, news, ok, page, rss
from tests.polling.world import DAY, World, places

ETAG = (b"ETag", b'"1"')
FEED = rss(hourly())
NAMED = re.compile(r"[\w-]+/[\w.]+ \(\+https?://[^ ;]+; feed-id [\w-]+; 1 subscriber\)")
SUSPECT = re.compile(r"bot|crawl|spider|flux|gpt|\bai\b", re.IGNORECASE)


def agent(world: World) -> str:
    return (world.next().header(b"user-agent") or b"").decode()


def test_f1_it_says_who_it_is_whom_to_ask_and_for_how_many(world: World) -> None:
    world.follow(feed(ETAG))
    said = agent(world)
    assert NAMED.fullmatch(said)
    assert not SUSPECT.search(said)


def test_f1_it_says_the_same_each_time(world: World) -> None:
    world.follow(feed(ETAG), answer(304), answer(500), answer(403), feed())
    said = set()
    for _ in range(6):
        said.add(agent(world))
        world.reader.restart()
    assert len(said) == 1


def test_f1_each_feed_has_a_number(world: World) -> None:
    world.follow(feed(ETAG), place="agence.test/a")
    world.follow(feed(ETAG), place="agence.test/b")
    numbers = {re.search(rb"feed-id ([^;]+)", request.header(b"user-agent") or b"") for request in world.tick()}
    assert None not in numbers
    assert len({found[1] for found in numbers if found}) == 2


def test_f2_it_asks_for_feeds_before_anything_else(world: World) -> None:
    world.follow(feed(ETAG))
    accepted = (world.next().header(b"accept") or b"").decode()
    parts = [part.partition(";") for part in accepted.replace(" ", "").split(",")]
    quality = {name: float(rest.removeprefix("q=") or 1) for name, _, rest in parts}
    for kind in ("atom+xml", "rss+xml", "feed+json", "rdf+xml", "xml"):
        assert quality.get(f"application/{kind}", 0) > quality["*/*"]


CODED = {"gzip": gzip.compress(FEED), "deflate": zlib.compress(FEED)}


def test_f3_what_it_says_that_it_can_unpack_it_can(world: World) -> None:
    world.follow(feed(ETAG))
    offered = (world.next().header(b"accept-encoding") or b"").decode().replace(" ", "").split(",")
    assert "gzip" in offered
    for coding in set(offered) & set(CODED):
        told = answer(200, CODED[coding], [RSS, (b"Content-Encoding", coding.encode())])
        url = world.follow(told, place=f"agence.test/{coding}")
        world.tick()
        assert len(world.entries(url)) == 3


@pytest.mark.parametrize("coding", [b"x-zip", b"compress", b"gzip, x-zip", b"aes128gcm"])
def test_f3_a_coding_that_it_does_not_know_is_an_error(world: World, coding: bytes) -> None:
    url = world.follow(answer(200, FEED, [RSS, (b"Content-Encoding", coding)]))
    world.next()
    assert world.told(url).is_error
    assert world.entries(url) == []


def test_f4_every_request_is_a_get(world: World) -> None:
    url = world.follow(feed(ETAG), answer(304), answer(405), answer(500), feed())
    for _ in range(6):
        world.next()
    world.refresh(url)
    assert {request.method for request in world.server.asked} == {"GET"}


@pytest.mark.parametrize("pace", [{"gap": 1.0}], indirect=True)
def test_f5_a_host_is_asked_one_thing_at_a_time_a_second_apart(world: World) -> None:
    for number in range(4):
        world.follow(feed(ETAG), place=f"agence.test/{number}")
    asked = world.tick()
    assert set(world.server.most.values()) == {1}
    assert min(later.at - earlier.at for earlier, later in pairwise(asked)) > 0.5  # on the wire, of 1 that were waited
    assert asked[-1].at - asked[0].at > 2.5


def test_f5_a_poll_fetches_no_icon_and_no_picture(world: World) -> None:
    picture = f"<image><url>{world.url('agence.test/logo.png')}</url><title>A</title><link>{world.url('agence.test/')}</link></image>"
    world.follow(feed(ETAG, channel=picture), answer(304))
    for _ in range(5):
        world.tick(days=8)
    assert set(places(world.server.asked)) == {"agence.test/feed"}


def test_f6_a_delta_is_asked_for_only_with_something_to_take_it_from(world: World) -> None:
    world.follow(feed(ETAG), answer(304))
    assert world.next().header(b"a-im") is None
    assert world.next().header(b"a-im") == b"feed"


def test_f6_nor_by_a_date_alone(world: World) -> None:
    world.follow(feed((b"Last-Modified", b"Mon, 23 Nov 2026 08:00:00 GMT")), answer(304))
    world.next()
    assert world.next().header(b"a-im") is None


def test_f6_a_delta_adds_and_takes_nothing_away(world: World) -> None:
    delta = answer(226, rss([news(9)]), [RSS, (b"IM", b"feed"), (b"ETag", b'"2"')])
    url = world.follow(feed(ETAG), delta, answer(304))
    world.next()
    world.next()
    assert world.titles(url) == ["Actualité 1", "Actualité 2", "Actualité 3", "Actualité 9"]
    assert world.next().header(b"if-none-match") == b'"2"'


BARE = page("<html><head><title>Agence</title></head><body>Bonjour</body></html>")


def test_f7_a_person_who_looks_for_a_feed_causes_ten_guesses_at_most_one_by_one(world: World) -> None:
    world.says("agence.test/", BARE)
    world.reader.find(world.url("agence.test/"), world.now)
    guesses = [place for place in places(world.server.asked) if place not in {"agence.test/", "agence.test/robots.txt"}]
    assert len(guesses) <= 10
    assert world.server.most == {"agence.test": 1}


def test_f7_a_guess_counts_when_it_can_be_read(world: World) -> None:
    world.says("agence.test/", BARE)
    for path in ("feed", "feed/", "rss", "rss.xml", "atom.xml", "index.xml", "feed.xml"):
        world.says(f"agence.test/{path}", BARE)
    assert world.reader.find(world.url("agence.test/"), world.now) == []
    world.says("agence.test/feed/", ok(FEED))
    assert world.reader.find(world.url("agence.test/"), world.now) == [world.url("agence.test/feed/")]


def test_f7_a_poll_guesses_nothing(world: World) -> None:
    world.says("agence.test/", BARE)
    world.follow(feed(ETAG), answer(404), place="agence.test/fil")
    for _ in range(15):
        world.tick(seconds=DAY.total_seconds())
    assert set(places(world.server.asked)) == {"agence.test/fil"}
