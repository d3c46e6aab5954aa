"""C1 to C7: a server that says "not so often" is left alone, and is not broken (RFC 6585 §4, RFC 9110 §10.2.3)."""

from datetime import timedelta
from itertools import pairwise

import pytest

from tests.fakes.feed_server import Asked, Told, answer
from tests.polling.documents import START, feed, http_date
from tests.polling.world import DAY, HOUR, World, places

ETAG = (b"ETag", b'"1"')
MINUTE = timedelta(minutes=1)
AFTER = b"Retry-After"
A, B = "agence.test/a", "agence.test/b"


def told_off(*headers: tuple[bytes, bytes], status: int = 429) -> bytes:
    return answer(status, headers=headers)


def two_feeds(world: World, refusal: bytes, host: str = "agence.test") -> None:
    """A, which was read, is told off; then B, of the same host, is added."""
    world.follow(feed(ETAG), refusal, answer(304), place=f"{host}/a")
    world.tick()
    assert places(world.tick(minutes=75)) == [f"{host}/a"]
    world.follow(feed(ETAG), answer(304), place=f"{host}/b")


@pytest.mark.parametrize("status", [429, 503])
def test_c1_a_host_that_asks_for_quiet_gets_it_for_all_its_feeds(world: World, status: int) -> None:
    two_feeds(world, told_off((AFTER, b"7200"), status=status))
    assert set(places(world.asks_after(2 * HOUR))) <= {A, B}


@pytest.mark.parametrize("status", [429, 503])
def test_c1_what_was_due_at_the_same_moment_waits_too(world: World, status: int) -> None:
    for path in "abcd":
        world.follow(told_off((AFTER, b"3600"), status=status), place=f"agence.test/{path}")
    assert len(world.tick()) == 1
    world.asks_after(HOUR)


def test_c1_not_even_a_person_breaks_the_quiet(world: World) -> None:
    two_feeds(world, told_off((AFTER, b"7200")))
    assert world.refresh(world.url(B)) == []
    assert world.tick(minutes=110) == []


def test_c1_another_host_is_asked_all_the_same(world: World) -> None:
    two_feeds(world, told_off((AFTER, b"86400")))
    world.follow(feed(ETAG), place="depeche.test/feed")
    assert places(world.tick()) == ["depeche.test/feed"]


def test_c1_on_a_host_of_ones_own_only_that_feed_waits(world: World) -> None:
    two_feeds(world, told_off((AFTER, b"86400")), host="127.0.0.1")
    assert places(world.tick()) == ["127.0.0.1/b"]
    assert "127.0.0.1/a" not in places(world.tick(hours=20))


@pytest.mark.parametrize("skew", [-1000 * DAY, timedelta(0), 3 * DAY], ids=["slow", "right", "fast"])
def test_c2_a_date_counts_from_the_servers_own_date(world: World, skew: timedelta) -> None:
    clock = START + 75 * MINUTE + skew
    two_feeds(world, told_off((AFTER, http_date(clock + 2 * HOUR)), (b"Date", http_date(clock))))
    world.asks_after(2 * HOUR)


@pytest.mark.parametrize(
    "headers",
    [[], [(AFTER, b"-5")], [(AFTER, b"bient\xf4t")], [(AFTER, b"")], [(AFTER, b"Thu, 19 Nov 1981 08:52:00 GMT")]],
    ids=["absent", "negative", "a word", "empty", "past"],
)
def test_c3_without_a_good_number_it_is_ten_minutes_at_least(world: World, headers: list[tuple[bytes, bytes]]) -> None:
    world.follow(told_off(*headers), place=A)
    world.tick()
    world.follow(feed(ETAG), place=B)
    world.asks_after(10 * MINUTE)


def test_c3_the_pause_doubles_up_to_six_hours(world: World) -> None:
    moments = []

    def refuse(asked: Asked) -> Told:
        moments.append(world.now)
        return told_off()

    for number in range(12):
        world.follow(refuse, place=f"agence.test/{number}")
    for _ in range(48 * 3):
        world.tick(minutes=20)
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    wanted = [10, 20, 40, 80, 160, 320, 360, 360, 360]
    assert len(gaps) >= len(wanted)
    assert all(gap >= least * MINUTE for gap, least in zip(gaps, wanted, strict=False)), gaps
    assert gaps[-1] <= 8 * HOUR


def test_c4_a_week_is_honoured(world: World) -> None:
    two_feeds(world, told_off((AFTER, b"604800")))
    world.asks_after(7 * DAY)


def test_c5_a_503_without_a_wish_is_an_error_of_that_feed(world: World) -> None:
    two_feeds(world, told_off(status=503))
    assert places(world.tick()) == [B]


def blogs(world: World, *names: str) -> None:
    for name in names:
        world.follow(told_off((AFTER, b"7200")), place=f"{name}.tumblr.com/rss")
        assert len(world.tick(seconds=1)) == 1


def test_c6_three_hosts_of_one_service_speak_for_it(world: World) -> None:
    blogs(world, "un", "deux", "trois")
    world.follow(feed(ETAG), place="quatre.tumblr.com/rss")
    assert not world.tick(seconds=1)
    world.asks_after(100 * MINUTE, most=3 * HOUR)


def test_c6_two_hosts_do_not(world: World) -> None:
    blogs(world, "un", "deux")
    world.follow(feed(ETAG), place="quatre.tumblr.com/rss")
    assert len(world.tick(seconds=1)) == 1


def test_c7_to_be_told_off_is_no_failure(world: World) -> None:
    refusals = [told_off((AFTER, b"3600"))] * 8
    url = world.follow(feed(ETAG), *refusals, answer(500), answer(304))
    world.next()
    for _ in refusals:
        world.next()
        assert not world.told(url).is_error
    world.next()
    world.asks_after(30 * MINUTE, most=80 * MINUTE)
