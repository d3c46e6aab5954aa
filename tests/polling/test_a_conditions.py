"""A14 to A20: when a request is conditional, whom the validators are told, and what else never goes along."""

import pytest

from tests.fakes.feed_server import Asked, Drip, Told, answer
from tests.polling.documents import HTML, feed, hourly, news, ok, rss
from tests.polling.world import HOUR, World, conditions, places

ETAG, DATE = b"ETag", b"Last-Modified"
OLD = b"Mon, 23 Nov 2026 08:00:00 GMT"
KNOWN = (b'"1"', OLD)
GOOD = feed((ETAG, b'"1"'), (DATE, OLD))
OTHERS = ((ETAG, b'"2"'), (DATE, b"Tue, 24 Nov 2026 08:00:00 GMT"))
USELESS = [
    pytest.param(answer(429, headers=OTHERS), id="429"),
    pytest.param(answer(403, headers=OTHERS), id="403"),
    pytest.param(answer(500, headers=OTHERS), id="500"),
    pytest.param(answer(503, headers=OTHERS), id="503"),
    pytest.param(b"", id="cut before"),
    pytest.param(ok(rss(hourly(9)), *OTHERS)[:-200], id="cut short"),
    pytest.param(answer(200, b"<html><body>Bonjour</body></html>", [HTML, *OTHERS]), id="no feed"),
    pytest.param(answer(200, b"", OTHERS), id="empty"),
    pytest.param(ok(b'<rss version="2.0"><channel><ti', *OTHERS), id="torn"),
]


@pytest.mark.parametrize("useless", USELESS)
def test_a14_what_cannot_be_used_changes_no_validator(world: World, useless: bytes) -> None:
    world.follow(GOOD, useless)
    world.next()
    assert conditions(world.next()) == KNOWN
    assert conditions(world.next()) == KNOWN


def test_a14_an_answer_that_never_comes_changes_no_validator(world: World) -> None:
    world.reader.hurry(0.5)
    world.follow(GOOD, Drip([b"HTTP/1.1 200 It is so\r\nETag: x\r\nContent-Length: 99\r\n\r\n<rss"], 2))
    world.next()
    world.next()
    assert conditions(world.next()) == KNOWN


@pytest.mark.parametrize("useless", USELESS[-4:])
def test_a14_what_could_not_be_read_is_asked_for_again_whole(world: World, useless: bytes) -> None:
    world.follow(useless)
    world.next()
    assert conditions(world.next()) == (None, None)


def deaf(world: World, days: int) -> None:
    """A feed that is read once, and says nothing but 304 from then on."""
    world.follow(GOOD, answer(304))
    world.next()
    for _ in range(days * 2):
        world.tick(hours=12)


def test_a16_news_from_elsewhere_make_one_request_unconditional(world: World) -> None:
    deaf(world, days=7)
    world.reader.pushed(world.url("agence.test/feed"), rss([news(9, world.now), *hourly()]), world.now)
    for _ in range(4):
        world.tick(hours=12)
    world.says("agence.test/feed", ok(rss([news(9, world.now), *hourly()]), *OTHERS), answer(304))
    since = len(world.server.asked)
    for _ in range(8):
        world.tick(days=1)
    asked = [conditions(request) for request in world.server.asked]
    assert asked.count((None, None)) == 2, "the first of all, and one more"
    assert len(asked) > since + 2
    assert asked[-1] != (None, None)


def test_a16_without_news_from_elsewhere_every_request_is_conditional(world: World) -> None:
    deaf(world, days=20)
    asked = [conditions(request) for request in world.server.asked[1:]]
    assert len(asked) > 10
    assert set(asked) == {KNOWN}


@pytest.mark.parametrize(
    "date", [b"Tue, 19 Jan 2038 03:14:07 GMT", b"Fri, 27 Nov 2026 09:17:00 GMT"], ids=["2038", "soon"]
)
def test_a17_a_date_in_the_future_goes_back_too(world: World, date: bytes) -> None:
    world.follow(feed((DATE, date)), answer(304))
    world.next()
    assert world.next().header(b"if-modified-since") == date
    assert world.next().header(b"if-modified-since") == date


def test_a18_a_person_who_asks_makes_a_conditional_request(world: World) -> None:
    url = world.follow(GOOD, answer(304))
    world.next()
    world.now += HOUR
    assert [conditions(request) for request in world.refresh(url)] == [KNOWN]


def test_a19_validators_go_to_the_stored_address_and_to_the_one_they_came_from(world: World) -> None:
    world.says("ailleurs.test/feed", GOOD)
    world.follow(redirect(world, "ailleurs.test/feed"))
    world.next()
    asked = _poll(world)
    assert places(asked) == ["agence.test/feed", "ailleurs.test/feed"]
    assert [conditions(request) for request in asked] == [KNOWN, KNOWN]


def test_a19_validators_go_to_no_other_address(world: World) -> None:
    world.says("ailleurs.test/feed", GOOD)
    world.says("autre.test/feed", GOOD)
    world.follow(redirect(world, "ailleurs.test/feed"), redirect(world, "autre.test/feed"))
    world.next()
    asked = _poll(world)
    assert places(asked) == ["agence.test/feed", "autre.test/feed"]
    assert [conditions(request) for request in asked] == [KNOWN, (None, None)]


COOKIES = ((b"Set-Cookie", b"a=b; Path=/; Max-Age=99999999"), (b"Set-Cookie", b"c=d"))


def test_a20_no_cookie_no_referrer_no_parameter_ever(world: World) -> None:
    world.says("agence.test/ici", feed(*COOKIES))
    url = world.follow(redirect(world, "agence.test/ici", *COOKIES))
    for _ in range(3):
        world.next()
    world.refresh(url)
    assert set(places(world.server.asked)) == {"agence.test/feed", "agence.test/ici"}
    assert {request.header(name) for request in world.server.asked for name in (b"cookie", b"referer")} == {None}


def redirect(world: World, place: str, *headers: tuple[bytes, bytes], status: int = 302) -> Told:
    return answer(status, headers=[(b"Location", world.url(place).encode()), *headers])


def _poll(world: World) -> list[Asked]:
    before = len(world.server.asked)
    world.next()
    return world.server.asked[before:]
