"""E1 to E7: when a redirect is a move (RFC 9110 §15.4), and when it is a mistake, a portal or a hijack."""

import pytest

from tests.fakes.feed_server import Asked, Told, answer
from tests.polling.documents import feed, hourly, news, ok, page, rss
from tests.polling.world import DAY, World, places

OLD, NEW, LAST = "agence.test/feed", "nouvelle.test/feed", "derniere.test/feed"
DAILY = (b"Cache-Control", b"max-age=80000")


def redirect(world: World, place: str, status: int = 301) -> bytes:
    return answer(status, headers=[(b"Location", world.url(place).encode()), DAILY])


def daily(world: World, days: int) -> None:
    """Polls of a process that begins anew each day, so that it sees every redirect."""
    for _ in range(days):
        world.reader.restart()
        world.tick(days=1)


def asked_first(world: World) -> str:
    """Where the reader goes first now."""
    world.reader.restart()
    return world.next().address


def moving(world: World, status: int = 301, target: bytes | None = None) -> str:
    """A feed that was read at its old address, and redirects from then on."""
    world.says(NEW, target or feed(DAILY))
    url = world.follow(feed(DAILY), redirect(world, NEW, status))
    world.tick()
    return url


@pytest.mark.parametrize("status", [301, 308])
def test_e1_a_lasting_redirect_is_believed_after_a_week(world: World, status: int) -> None:
    url = moving(world, status)
    daily(world, 10)
    before = len(world.server.asked)
    daily(world, 3)
    assert set(places(world.server.asked[before:])) == {NEW}
    assert len(world.entries(url)) == 3


def test_e1_an_editor_sees_the_new_address_and_the_old_one(world: World) -> None:
    url = moving(world)
    daily(world, 10)
    said = world.told(url).text
    assert world.url(NEW) in said
    assert world.url(OLD) in said


def test_e1_a_week_is_seven_days(world: World) -> None:
    moving(world)
    daily(world, 7)
    assert asked_first(world) == OLD


def test_e1_it_takes_five_fetches_too(world: World) -> None:
    three_days = (b"Cache-Control", b"max-age=250000")
    world.says(NEW, feed(three_days))
    world.follow(feed(three_days), redirect(world, NEW))
    for wanted in (OLD, OLD, OLD, OLD, OLD, OLD, NEW, NEW):
        assert asked_first(world) == wanted
        world.now += 2 * DAY


def test_e1_a_feed_of_other_news_is_not_the_same_feed(world: World) -> None:
    other = [news(number, host="pirate.test") for number in range(40, 45)]
    moving(world, target=ok(rss(other), DAILY))
    daily(world, 14)
    assert asked_first(world) == OLD


def test_e1_an_answer_without_redirect_begins_the_week_anew(world: World) -> None:
    there = redirect(world, NEW)
    world.says(NEW, feed(DAILY))
    world.follow(feed(DAILY), *[there] * 5, feed(DAILY), there)
    daily(world, 11)
    assert asked_first(world) == OLD


def test_e2_from_http_to_https_at_once(world: World) -> None:
    def upgrade(asked: Asked) -> Told:
        secure = answer(301, headers=[(b"Location", world.url(OLD, "https").encode())])
        return secure if asked.scheme == "http" else feed(DAILY)

    url = world.follow(upgrade)
    world.tick()
    assert len(world.entries(url)) == 3
    world.reader.restart()
    assert world.next().scheme == "https"


@pytest.mark.parametrize("status", [302, 303, 307])
def test_e3_a_passing_redirect_is_never_believed(world: World, status: int) -> None:
    moving(world, status)
    daily(world, 14)
    assert asked_first(world) == OLD


def chain(world: World, first: int, second: int) -> None:
    world.says(NEW, redirect(world, LAST, second))
    world.says(LAST, feed(DAILY))
    world.follow(feed(DAILY), redirect(world, NEW, first))
    world.tick()
    daily(world, 12)


def test_e4_a_lasting_one_after_a_passing_one_is_never_believed(world: World) -> None:
    chain(world, 302, 301)
    assert asked_first(world) == OLD


def test_e4_of_a_lasting_one_before_a_passing_one_only_the_first_is(world: World) -> None:
    chain(world, 301, 302)
    assert asked_first(world) == NEW


def test_e4_of_two_lasting_ones_the_last_is(world: World) -> None:
    chain(world, 301, 308)
    assert asked_first(world) == LAST


@pytest.mark.parametrize(
    "target",
    [page("<html><body>Connectez-vous au réseau de la gare</body></html>"), answer(404), answer(503), ok(b"")],
    ids=["portal", "404", "maintenance", "empty"],
)
def test_e5_an_address_without_a_feed_is_never_believed(world: World, target: bytes) -> None:
    url = moving(world, target=target)
    daily(world, 14)
    assert asked_first(world) == OLD
    assert len(world.entries(url)) == 3


@pytest.mark.parametrize("of", ["rss", "atom"])
def test_e6_what_a_document_calls_itself_changes_nothing(world: World, of: str) -> None:
    named = f'<atom:link rel="self" type="application/{of}+xml" href="{world.url(NEW)}"/>'
    world.follow(ok(rss(hourly(), named), DAILY))
    world.tick()
    daily(world, 12)
    assert set(places(world.server.asked)) == {OLD}


def test_e7_a_new_process_asks_the_stored_address(world: World) -> None:
    moving(world)
    world.tick(days=1)
    world.tick(days=1)
    assert asked_first(world) == OLD
    assert NEW in places(world.server.asked)
