"""G1 to G8: the same entry is known again whatever moves around it, and nothing that is not news is announced."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.polling.documents import START, Item, hourly, news, ok, rss
from tests.polling.world import HOUR, World

NOISE = {
    "lastBuildDate": ("<lastBuildDate>Tue, 24 Nov 2026 {n}:00:00 GMT</lastBuildDate>", ""),
    "pubDate": ("<pubDate>Tue, 24 Nov 2026 {n}:00:00 GMT</pubDate>", ""),
    "generator": ("<generator>WordPress 6.{n}</generator>", ""),
    "comments": ("", "<slash:comments>{n}</slash:comments>"),
    "statistics": ("", '<media:community><media:statistics views="{n}" favorites="{n}"/></media:community>'),
}


def polls(world: World, *documents: bytes) -> str:
    """A feed that says these one after another."""
    url = world.follow(*[ok(document) for document in documents])
    for _ in documents:
        world.next()
    return url


def noisy(kind: str) -> list[bytes]:
    channel, more = NOISE[kind]
    return [rss([replace(item, more=more.format(n=n)) for item in hourly()], channel.format(n=n)) for n in (10, 11, 12)]


@pytest.mark.parametrize("kind", NOISE)
def test_g1_noise_changes_no_entry(world: World, kind: str) -> None:
    first, *others = noisy(kind)
    url = world.follow(ok(first), *map(ok, others))
    world.next()
    before = world.entries(url)
    world.next()
    world.next()
    assert (world.entries(url), len(before)) == (before, 3)


@pytest.mark.parametrize("kind", NOISE)
def test_g1_noise_changes_nothing_that_goes_out(world: World, kind: str) -> None:
    world.follow(*map(ok, noisy(kind)))
    world.next()
    before = world.reader.published()
    world.next()
    world.next()
    assert world.reader.published() == before
    assert world.reader.queued() == 0


def test_g2_an_entry_that_never_stands_still_is_frozen_and_that_is_said(world: World) -> None:
    def document(number: int) -> bytes:
        first, *rest = hourly()
        return ok(rss([replace(first, body=f"Jeton {number:04}."), *rest]))

    url = world.follow(*[document(number) for number in range(32)])
    seen = []
    for _ in range(32):
        world.next()
        seen.append(next(entry.body for entry in world.entries(url) if "Jeton" in entry.body))
    assert 2 <= len(set(seen)) <= 25
    assert len(set(seen[-5:])) == 1
    assert re.search(r"frozen|freez|revision|keeps changing|changes at every", world.told(url).text)


def test_g3_one_guid_for_all_identifies_nothing(world: World) -> None:
    one = [replace(item, guid="tout") for item in hourly(4)]
    url = polls(world, rss(one[1:]), rss(one[1:]), rss(one))
    assert world.titles(url) == [f"Actualité {number}" for number in range(1, 5)]


def test_g3_nor_does_one_link_for_all_but_with_its_date_it_does(world: World) -> None:
    one = [replace(item, guid="tout", link="http://agence.test/") for item in hourly(4)]
    url = polls(world, rss(one[1:]), rss(one[1:]), rss(one))
    assert world.titles(url) == [f"Actualité {number}" for number in range(1, 5)]


LINK = "https://agence.test/actualites/le-pont"
RENAMED = [
    ("http://agence.test/a", "https://agence.test/a"),
    ("http://agence.test/a", "http://www.agence.test/a"),
    ("http://agence.test/a", "http://agence.test/a/"),
    ("http://agence.test/?p=12", "http://agence.test/?p=4012"),
    ("12", "https://agence.test/actualites/le-pont"),
]


def renamed(world: World, before: str, after: str) -> str:
    item = replace(news(7), guid=before, link=LINK)
    others = list(hourly())
    return polls(world, rss([item, *others]), rss([replace(item, guid=after), *others]))


@pytest.mark.parametrize(("before", "after"), RENAMED)
def test_g4_the_same_link_under_another_guid_is_the_same_entry(world: World, before: str, after: str) -> None:
    url = renamed(world, before, after)
    assert world.titles(url) == ["Actualité 1", "Actualité 2", "Actualité 3", "Actualité 7"]


@pytest.mark.parametrize(("before", "after"), RENAMED)
def test_g4_it_is_not_announced_again(world: World, before: str, after: str) -> None:
    renamed(world, before, after)
    assert world.reader.queued() == 0


def moved(item: Item, *, link: bool) -> Item:
    """The item after its site was built anew."""
    anew = f"{item.guid}-v2"
    return replace(item, guid=anew, link=item.link if link else anew)


MIGRATIONS = [
    pytest.param([moved(item, link=True) for item in hourly(12)], id="links kept"),
    pytest.param([moved(item, link=False) for item in hourly(12)], id="titles and dates kept"),
    pytest.param(
        [*[news(100 + n, START) for n in range(4)], *[moved(item, link=True) for item in hourly(8)]], id="with others"
    ),
]


@pytest.mark.parametrize("after", MIGRATIONS)
def test_g5_a_feed_that_renames_everything_has_no_entry_twice(world: World, after: list[Item]) -> None:
    url = polls(world, rss(hourly(12)), rss(after))
    titles = world.titles(url)
    assert len(titles) == len(set(titles)) >= 12


@pytest.mark.parametrize("after", MIGRATIONS)
def test_g5_nothing_of_it_is_announced_and_an_editor_is_asked(world: World, after: list[Item]) -> None:
    url = polls(world, rss(hourly(12)), rss(after))
    assert world.reader.queued() == 0
    assert re.search(r"renam|migrat|guid", world.told(url).text)


def reused() -> tuple[bytes, bytes]:
    """A publisher who writes another piece of news over the guid of an old one."""
    old = replace(news(7), guid="une")
    new = Item("Le pont est ouvert", "une", "http://agence.test/actualites/le-pont", START + HOUR, "Enfin.")
    return rss([old, *hourly()]), rss([new, *hourly()])


def test_g6_another_title_and_link_under_an_old_guid_are_another_entry(world: World) -> None:
    url = polls(world, *reused())
    assert "Le pont est ouvert" in world.titles(url)
    assert "Actualité 7" in world.titles(url)


def test_g6_it_is_proposed(world: World) -> None:
    polls(world, *reused())
    assert world.reader.queued() == 1


def shared(world: World) -> tuple[str, str]:
    """Two feeds bring the same page, each under a guid of its own."""
    item = news(7, START + HOUR)
    one = world.follow(ok(rss(hourly())), ok(rss([item, *hourly()])))
    tracked = replace(item, guid="depeche-1", link=f"{item.link}/?utm_source=rss&utm_medium=feed")
    own = [news(number, START, host="depeche.test") for number in (20, 21)]
    two = world.follow(ok(rss(own)), ok(rss([tracked, *own])), place="depeche.test/feed")
    for _ in range(4):
        world.tick(hours=25)
    return one, two


def test_g7_one_page_from_two_feeds_is_one_entry_with_two_sources(world: World) -> None:
    one, two = shared(world)
    keys = [{entry.key for entry in world.entries(url) if entry.title == "Actualité 7"} for url in (one, two)]
    assert len(keys[0]) == 1
    assert keys[0] == keys[1]


def test_g7_it_is_proposed_once(world: World) -> None:
    shared(world)
    assert world.reader.queued() == 1


def test_g8_what_is_no_longer_listed_is_not_deleted(world: World) -> None:
    url = polls(world, rss(hourly(4)), rss(hourly(4)[:2]), rss(hourly(4)[:1]))
    assert len(world.entries(url)) == 4


def test_g8_unless_the_feed_says_that_it_lists_everything(world: World) -> None:
    url = polls(world, rss(hourly(4), "<fh:complete/>"), rss(hourly(4)[:2], "<fh:complete/>"))
    assert world.titles(url) == ["Actualité 3", "Actualité 4"]


def test_g8_and_what_comes_back_is_no_news(world: World) -> None:
    url = polls(world, rss(hourly(4)), rss(hourly(4)[:2]), rss(hourly(4)))
    assert len(world.entries(url)) == 4
    world.now += timedelta(hours=2)
    assert world.reader.queued() == 0
