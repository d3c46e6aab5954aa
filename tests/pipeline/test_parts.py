"""Feeds that take some posts only, feeds that are made of a feed, and the lists of both."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from relay.core.expression.grammar import parse
from relay.core.expression.tokens import Misreading
from relay.core.expression.tree import Expression
from relay.core.feed import OutgoingFeed
from relay.intake import opml
from relay.intake.parse import parse as read
from tests.pipeline.world import Agency, World

COLON = "\u00a0: "
BILAN, QUARTIERS = "Un premier bilan", "Des quartiers mieux reliés"


class Sorted(Agency):
    """Its items have categories: the first of each item's words."""

    def item(self, number: int, title: str) -> str:
        return super().item(number, title).replace("<guid>", f"<category>{title.split(maxsplit=1)[0]}</category><guid>")


@pytest.fixture
def sorted_world(world: World) -> World:
    world.agency = Sorted()
    return world


def rule(text: str) -> Expression:
    found = parse(text)
    assert not isinstance(found, Misreading)
    return found


def use(world: World, **changes: Any) -> OutgoingFeed:
    """The next start, with another feed."""
    feed = replace(world.desk.feeds[0], **changes)
    world.desk = replace(world.desk, feeds=(feed,))
    return feed


def titles(path: Path) -> list[str]:
    return [entry.title.partition(" @")[0] for entry in feedparser.parse(path.read_bytes()).entries]


def listed(world: World, name: str) -> list[tuple[str, str | None, str | None]]:
    found = opml.read((world.feeds / name).read_bytes())
    return [(one.url, one.title, one.site) for one in found.subscriptions]


def test_a_feed_takes_the_posts_that_all_its_filters_hold_for(world: World) -> None:
    feed = use(world, when=(rule("title ~ bilan"),))
    world.poll()
    world.publish()

    assert titles(world.feeds / feed.id / "atom.xml") == [BILAN]


def test_one_line_gives_a_feed_for_each_source_category_and_language(sorted_world: World) -> None:
    feed = use(sorted_world, per=("source", "category", "language"), per_formats=("atom", "json"))
    sorted_world.poll()
    sorted_world.publish()
    folder = sorted_world.feeds / feed.id

    assert titles(folder / "source" / "cget" / "atom.xml") == [BILAN, QUARTIERS]
    assert titles(folder / "category" / "un" / "atom.xml") == [BILAN]
    assert titles(folder / "category" / "des" / "atom.xml") == [QUARTIERS]
    assert titles(folder / "language" / "fr" / "atom.xml") == [BILAN, QUARTIERS]
    there = {file.name for file in (folder / "category" / "un").iterdir()}
    assert {name for name in there if name.endswith((".xml", ".json", ".html"))} == {"atom.xml", "feed.json"}


def test_a_feed_that_is_made_of_another_has_a_name_for_ever(sorted_world: World) -> None:
    feed = use(sorted_world, per=("category",), per_formats=("atom",))
    sorted_world.poll()
    sorted_world.publish()
    document = sorted_world.feeds / feed.id / "category" / "un" / "atom.xml"
    before = read(document.read_bytes(), "", None)

    sorted_world.now += timedelta(days=400)
    use(sorted_world, title="Un autre titre")
    sorted_world.publish()
    after = read(document.read_bytes(), "", None)

    assert before.id == after.id == f"tag:blog.example,2026-11-24:{feed.id}/category/un"
    assert before.self_url == f"{feed.link}category/un/atom.xml"
    assert (before.title, after.title) == (f"{feed.title}{COLON}Un", f"Un autre titre{COLON}Un")


def test_what_has_not_changed_is_not_written_again(sorted_world: World) -> None:
    use(sorted_world, per=("source", "category"), per_formats=("atom",))
    sorted_world.poll()

    assert {"feeds.opml", "sources.opml"} < set(sorted_world.publish())
    assert sorted_world.publish() == []


def test_the_lists_name_every_feed_and_every_source(sorted_world: World) -> None:
    feed = use(sorted_world, per=("category",), per_formats=("json",))
    sorted_world.poll()
    sorted_world.publish()

    assert listed(sorted_world, "feeds.opml") == [
        (f"{feed.link}atom.xml", feed.title, feed.link),
        (f"{feed.link}category/des/feed.json", f"{feed.title}{COLON}Des", f"{feed.link}category/des/"),
        (f"{feed.link}category/un/feed.json", f"{feed.title}{COLON}Un", f"{feed.link}category/un/"),
    ]
    assert listed(sorted_world, "sources.opml") == [
        (sorted_world.desk.sources["cget"].url, "CGET", "https://agence.example/")
    ]


def test_a_feed_without_a_document_is_on_no_list(world: World) -> None:
    world.publish()

    assert not (world.feeds / "feeds.opml").exists()


def test_a_source_that_no_feed_takes_is_not_on_the_list(world: World) -> None:
    hidden = replace(world.desk.sources["cget"], id="interne", url="https://interne.example/rss")
    world.desk = replace(world.desk, sources={**world.desk.sources, "interne": hidden})
    world.poll()
    world.publish()

    assert [url for url, _, _ in listed(world, "sources.opml")] == [world.desk.sources["cget"].url]


def test_what_comes_later_adds_its_own_and_moves_no_other(sorted_world: World) -> None:
    feed = use(sorted_world, per=("category",), per_formats=("atom",))
    sorted_world.poll()
    sorted_world.publish()
    sorted_world.agency.titles = ["Ville et quartiers", *sorted_world.agency.titles]
    sorted_world.agency.etag = '"v2"'
    sorted_world.pass_(hours=3)
    sorted_world.poll()

    written = sorted_world.publish()
    assert "blog/category/ville/atom.xml" in written
    assert "blog/category/des/atom.xml" not in written
    assert titles(sorted_world.feeds / feed.id / "category" / "ville" / "atom.xml") == ["Ville et quartiers"]


def test_a_feed_that_takes_more_posts_from_now_on_is_looked_at_anew(sorted_world: World) -> None:
    feed = use(sorted_world, per=("category",), per_formats=("atom",), when=(rule("title ~ bilan"),))
    sorted_world.poll()
    sorted_world.publish()
    assert not (sorted_world.feeds / feed.id / "category" / "des").exists()

    use(sorted_world, when=())
    sorted_world.publish()
    assert titles(sorted_world.feeds / feed.id / "category" / "des" / "atom.xml") == [QUARTIERS]
