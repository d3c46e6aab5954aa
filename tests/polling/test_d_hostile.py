"""D5 to D9: answers that are too much, too slow, without end, from where nobody may look, or a trap."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, process_time

import pytest

from tests.fakes.feed_server import Asked, Drip, FeedServer, Told, answer
from tests.polling.documents import RSS, feed, hourly, ok, rss
from tests.polling.world import World, places

MIB = 1024 * 1024
FEED = rss(hourly())


def refused(world: World, told: Told) -> None:
    """The answer is an error, and nothing of it is kept."""
    url = world.follow(told)
    world.next()
    assert world.told(url).is_error
    assert world.entries(url) == []


def test_d5_a_body_of_more_than_ten_mebibytes_is_refused(world: World) -> None:
    refused(world, ok(FEED + b" " * (10 * MIB)))


def test_d5_one_of_nine_is_read(world: World) -> None:
    url = world.follow(ok(FEED + b" " * (9 * MIB)))
    world.next()
    assert len(world.entries(url)) == 3


def test_d5_it_is_not_waited_for_the_end_of_it(world: World) -> None:
    sent = []

    def endless(asked: Asked) -> Told:
        return Drip(pieces(), 0)

    def pieces() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 It is so\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n\r\n" + FEED
        for number in range(64):
            sent.append(number)
            yield b" " * MIB

    world.follow(endless)
    world.next()
    assert len(sent) < 32


@pytest.mark.parametrize("layers", [1, 2])
def test_d5_a_bomb_of_gzip_is_refused(world: World, layers: int) -> None:
    body = FEED + b" " * (32 * MIB)
    for _ in range(layers):
        body = gzip.compress(body, 9 if layers > 1 else 6)
    refused(world, answer(200, body, [RSS, *[(b"Content-Encoding", b"gzip")] * layers]))


def test_d6_a_slow_drip_is_given_up(world: World) -> None:
    assert world.reader.hurry(1.0) <= 60
    head = b"HTTP/1.1 200 It is so\r\nContent-Length: %d\r\n\r\n" % len(FEED)
    world.follow(Drip([head, *[FEED[:1]] * 100], 0.1))
    begun = monotonic()
    world.tick()
    assert monotonic() - begun < 5


def redirect(world: World, place: str, status: int = 302) -> bytes:
    return answer(status, headers=[(b"Location", world.url(place).encode())])


def test_d7_a_loop_of_redirects_is_an_error_and_soon(world: World) -> None:
    world.says("agence.test/a", redirect(world, "agence.test/feed"))
    refused(world, redirect(world, "agence.test/a"))
    assert len(world.server.asked) <= 6


@pytest.mark.parametrize(("hops", "read"), [(5, 3), (6, 0)])
def test_d7_five_redirects_are_followed_and_no_more(world: World, hops: int, read: int) -> None:
    for number in range(1, hops):
        world.says(f"agence.test/{number}", redirect(world, f"agence.test/{number + 1}"))
    world.says(f"agence.test/{hops}", feed())
    url = world.follow(redirect(world, "agence.test/1"))
    world.next()
    assert len(world.entries(url)) == read
    assert world.told(url).is_error == (not read)


def forbidden(secret: FeedServer, name: str) -> str:
    return f"http://{name}:{secret.port}/feed"


@pytest.mark.parametrize("name", ["interne.test", "127.0.0.2", "[::ffff:127.0.0.2]"])
def test_d8_an_address_that_is_not_public_is_not_reached(world: World, secret: FeedServer, name: str) -> None:
    world.reader.add(forbidden(secret, name))
    world.tick()
    assert secret.asked == []
    assert world.told(forbidden(secret, name)).is_error


@pytest.mark.parametrize("name", ["interne.test", "127.0.0.2"])
def test_d8_nor_by_a_redirect(world: World, secret: FeedServer, name: str) -> None:
    url = world.follow(answer(302, headers=[(b"Location", forbidden(secret, name).encode())]))
    world.tick()
    assert (len(world.server.asked), secret.asked) == (1, [])
    assert world.told(url).is_error


def test_d8_nor_where_a_name_is_another_address_at_each_look(
    world: World, secret: FeedServer, names: dict[str, list[str]]
) -> None:
    names["double.test"] = ["127.0.0.1", "127.0.0.2"]
    world.reader.add(forbidden(secret, "double.test"))
    for _ in range(3):
        world.tick(days=1)
    assert secret.asked == []


LEVELS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BOMB = (
    FEED.replace(b"?>", f'?><!DOCTYPE rss [<!ENTITY a0 "ha">{LEVELS}]>'.encode(), 1)
    .replace(b"Un texte", b"&a9;")
    .replace(b"Le texte", b"&a9;")
)


def cost(world: World, body: bytes, place: str) -> float:
    """CPU seconds of a poll that brings it, at best."""
    took = []
    for number in range(4):
        world.follow(ok(body), place=f"{place}{number}.test/feed")
        begun = process_time()
        world.tick()
        took.append(process_time() - begun)
    return min(took)


def test_d9_a_bomb_of_entities_costs_next_to_nothing(world: World) -> None:
    cost(world, FEED, "chauffe")
    assert cost(world, BOMB, "bombe") - cost(world, FEED, "agence") < 0.05


@pytest.mark.parametrize(
    ("entity", "secret"),
    [('<!ENTITY x "deployee">', "deployee"), ('<!ENTITY x SYSTEM "file:///etc/passwd">', None)],
    ids=["internal", "external"],
)
def test_d9_an_entity_of_the_documents_own_is_not_expanded(world: World, entity: str, secret: str | None) -> None:
    wanted = secret or Path("/etc/passwd").read_text()[:20]
    body = FEED.replace(b"?>", f"?><!DOCTYPE rss [{entity}]>".encode(), 1).replace(b"Le texte", b"[&x;]")
    url = world.follow(ok(body))
    world.next()
    assert all(wanted not in f"{entry.title} {entry.body}" for entry in world.entries(url))


def test_d9_a_document_is_fetched_and_nothing_that_it_refers_to(world: World) -> None:
    dtd = f'?><!DOCTYPE rss SYSTEM "{world.url("agence.test/rss.dtd")}" [<!ENTITY x SYSTEM "{world.url("agence.test/x")}">]>'
    world.follow(ok(FEED.replace(b"?>", dtd.encode(), 1).replace(b"Le texte", b"&x;")))
    world.next()
    assert places(world.server.asked) == ["agence.test/feed"]
